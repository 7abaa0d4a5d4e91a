"""The financing plan: which grants, loans and interest supports together serve the owner best."""

from sxsh_options.funding.plan.awaited import awaited_by
from sxsh_options.funding.plan.best import Plan, best_plan, own_capital_only
from sxsh_options.funding.plan.proposal import Proposal, apart, propose
from sxsh_options.funding.plan.terms import plan_terms
from sxsh_options.funding.plan.waiting import Waiting, wait_or_act

__all__ = [
    "Plan",
    "Proposal",
    "Waiting",
    "apart",
    "awaited_by",
    "best_plan",
    "own_capital_only",
    "plan_terms",
    "propose",
    "wait_or_act",
]

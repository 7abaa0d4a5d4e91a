"""The financing plan: which grants, loans and interest supports together serve the owner best."""

from sxsh_options.funding.plan.best import Objective, Plan, best_plan, own_capital_only
from sxsh_options.funding.plan.proposal import Proposal, propose

__all__ = ["Objective", "Plan", "Proposal", "best_plan", "own_capital_only", "propose"]

"""A financing plan as JSON, for other programs."""

from __future__ import annotations

import json
import math
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from sxsh_options.funding.plan import Waiting
from sxsh_options.funding.plan.best import GrantInPlan, LoanInPlan
from sxsh_options.funding.plan.figures import Figures
from sxsh_options.services.plans import Planned

SCHEMA = 1


def plan_to_json(planned: Planned, waiting: Waiting | None = None) -> str:
    """Return a plan as a JSON document of schema 1; what is not known or never comes is ``null``."""
    plan = planned.plan
    document = {
        "schema": SCHEMA,
        "as_of": planned.as_of,
        "objective": plan.objective,
        "status": plan.status,
        "assumptions": {
            **{each.name: each.value for each in planned.assumptions},
            "discount_rate": plan.terms.general.discount_rate,
            "analysis_years": plan.years,
        },
        "options": list(plan.option_ids),
        "investment_vnd": plan.investment_vnd,
        "net_annual_benefit_vnd": plan.net_annual_benefit_vnd,
        "co2e_t_per_year": plan.co2e_t,
        "own_capital_vnd": plan.after.own_capital_vnd,
        "grants": [_grant(grant, planned) for grant in plan.grants],
        "loans": [_loan(loan) for loan in plan.loans],
        "bridge": None
        if plan.bridge is None
        else {
            "amount_vnd": plan.bridge.amount_vnd,
            "rate": plan.bridge.rate,
            "months": plan.bridge.months,
            "interest_vnd": plan.bridge.interest_vnd,
        },
        "before": _figures(plan.before),
        "after": _figures(plan.after),
        "left_out": [
            {
                "source_id": each.source.id,
                "reason": each.reason.code.removeprefix("plan.out."),
                "sources": each.reason.params.get("sources", []),
            }
            for each in plan.left_out
        ],
        "waiting": None if waiting is None else _waiting(waiting),
        "warnings": [{"code": note.code, **note.params} for note in planned.messages],
    }
    return json.dumps(_finite(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _grant(grant: GrantInPlan, planned: Planned) -> dict[str, Any]:
    source = grant.piece.source
    match = next(each for each in planned.matched.found if each.source.id == source.id)
    closes = match.deadline.closes if match.deadline else None
    return {
        "source_id": source.id,
        "item": grant.piece.line.item,
        "amount_vnd": grant.amount_vnd,
        "paid_after_months": grant.month,
        "counted_on_by_owner": grant.piece.counted_on,
        "reference": grant.piece.line.reference.model_dump(),
        "effort": {
            "papers": len(source.dossier) or None,
            "files_by": closes,
            "days_left": (closes - planned.as_of).days if closes else None,
            "weeks_to_decision": source.payout.weeks_to_decision if source.payout else None,
        },
        "costs": [
            {"option_id": line.option_id, "item_id": line.item_id, "kind": line.kind, "amount_vnd": amount}
            for line, amount in grant.lines
        ],
    }


def _loan(loan: LoanInPlan) -> dict[str, Any]:
    return {
        "offer_id": loan.piece.offer.id,
        "source_id": loan.piece.source.id if loan.piece.source else None,
        "interest_support": loan.piece.support.id if loan.piece.support else None,
        "principal_vnd": loan.principal_vnd,
        "rates": list(loan.piece.offer.rates),
        "effective_rate": loan.effective_rate,
        "term_years": loan.term_years,
        "interest_vnd": loan.interest_vnd,
        "principal_repaid_vnd": loan.repaid_vnd,
        "balance_vnd": loan.balance_vnd,
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "npv_vnd": figures.npv_vnd,
        "irr": figures.irr,
        "irr_status": figures.irr_status,
        "simple_payback_years": figures.payback_years,
        "own_payback_years": figures.own_payback_years,
        "own_capital_vnd": figures.own_capital_vnd,
        "cash_flows_vnd": figures.equity_vnd,
        "tax_vnd": figures.tax_vnd,
        "cumulative_by_month_vnd": figures.cumulative_vnd,
        "debt_service_cover": figures.cover,
    }


def _waiting(waiting: Waiting) -> dict[str, Any]:
    even, why = waiting.break_even, waiting.why_not_now
    return {
        "advice": waiting.advice,
        "months": waiting.months,
        "npv_now_vnd": waiting.npv_now_vnd,
        "npv_later_vnd": waiting.npv_later_vnd,
        "lost_savings_vnd": waiting.lost_savings_vnd,
        "break_even_grant_vnd": even.grant_vnd if even else None,
        "break_even_chance": even.chance if even else None,
        "break_even_months": even.months if even else None,
        "why_not_now": why.code if why else None,
        "least_own_capital_now_vnd": why.params.get("least_vnd") if why else None,
        "split": None
        if waiting.split is None
        else {
            "now": list(waiting.split.at_once.option_ids),
            "later": list(waiting.split.delayed.option_ids),
            "months": waiting.waiting_months,
            "npv_vnd": waiting.npv_split_vnd,
            "grants_vnd": waiting.split.at_once.granted_vnd + waiting.split.delayed.granted_vnd,
            "lost_savings_vnd": waiting.lost_savings_split_vnd,
        },
        "awaited": [
            {"source_id": each.match.source.id, "files_by": each.files_by, "decided_on": each.decided_on}
            for each in waiting.waited_for
        ],
    }


def _finite(value: Any) -> Any:
    """Return a value as JSON can hold it: lists for arrays, ``None`` for what is not finite."""
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(each) for each in value]
    if isinstance(value, np.ndarray):
        return [_finite(each) for each in _listed(value)]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, date) else value


def _listed(array: npt.NDArray[np.float64]) -> list[float]:
    return [float(each) for each in array]

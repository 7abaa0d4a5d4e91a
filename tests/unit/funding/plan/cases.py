"""Proposals and pieces made by hand, without an assessment behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from sxsh_options import finance
from sxsh_options.funding.amounts import ItemAmount
from sxsh_options.funding.eligibility import Outcome
from sxsh_options.funding.matching import Match
from sxsh_options.funding.plan.pieces import GrantPiece, LoanPiece
from sxsh_options.funding.plan.proposal import CostLine, Proposal, Variant
from sxsh_options.funding.plan.terms import PlanTerms
from sxsh_options.funding.rules import Rule
from sxsh_options.funding.schema import Source, Support
from sxsh_options.funding.standing import Deadline
from sxsh_options.model import CostKind, Financing, LoanOffer, Weights
from sxsh_options.screening.terms import Terms

DAY = date(2026, 11, 23)
MILLION = 1e6


def general(years: int, *, rate: float = 0.1, tax: float = 0.0, losses: str = "offset") -> Terms:
    """Terms of an evaluation."""
    return Terms(
        as_of=DAY,
        discount_rate=rate,
        analysis_years=years,
        tax=finance.TaxProfile("company", {DAY.year: tax}) if tax else finance.TaxProfile("none"),
        loss_treatment=losses,  # type: ignore[arg-type]
        loss_carry_years=5,
        price_growth={},
        benefit_growth=0.0,
        opex_growth=0.0,
        fixed_asset_threshold_vnd=30 * MILLION,
        gas_set="AR5",
        weights=Weights(technical=1, economic=1, environmental=1),
        low_cost_vnd=0.0,
        quick_payback_years=1.0,
    )


def terms(years: int, financing: Financing | None = None, **changes: Any) -> PlanTerms:
    """Terms of a plan; what is not named is nothing."""
    given: dict[str, Any] = {
        "general": general(years),
        "financing": financing or Financing(),
        "months_to_payout": 12,
        "bridge_rate": None,
        "least_cover": 0.0,
        "usual_loan": None,
        "usual_own_share": 0.0,
        "taxable": False,
        "reduces_basis": True,
        "used": (),
        "messages": (),
    }
    return PlanTerms(**(given | changes))


def line(option: str, item: str, cost: float, years: int, kind: str = "equipment") -> CostLine:
    """A cost, deducted in equal parts."""
    return CostLine(option, item, item, CostKind(kind), cost, cost, cost, np.full(years, 1.0 / years))


def variant(options: Sequence[str], capex: float, benefit: Sequence[float]) -> Variant:
    """What options bring, year by year; the investment is deducted in equal parts."""
    flow = np.array(benefit, dtype=np.float64)
    zero = np.zeros(len(flow))
    equal = np.full(len(flow), capex / len(flow))
    return Variant(frozenset(options), capex, flow, zero, equal, zero, zero, 1.0, {})


def proposal(variants: Sequence[Variant], lines: Sequence[CostLine], plan: PlanTerms) -> Proposal:
    """One cluster."""
    return Proposal((tuple(variants),), tuple(lines), (), (), {}, plan)


def source(name: str, kind: str = "grant", **changes: Any) -> Source:
    """A source with the least that the schema asks for."""
    words = {"vi": name, "en": name}
    given: dict[str, Any] = {
        "id": name,
        "name": words,
        "kind": kind,
        "level": "national",
        "groups": ["state_grant"] if kind == "grant" else [],
        "checked_on": DAY,
        "versions": [{"from": date(2020, 1, 1), "references": [{"title": "Luật", "evidence": "read"}]}],
    }
    return Source.model_validate(given | changes)


def grant(of: Source, share: float, cap: float, kinds: Sequence[str] = ("equipment",)) -> GrantPiece:
    """One line of a grant."""
    support = Support.model_validate(
        {
            "item": "machinery",
            "costs": list(kinds),
            "rate": share,
            "cap_vnd": cap,
            "base": "net_of_vat",
            "reference": {"title": "Luật", "evidence": "read"},
        }
    )
    return GrantPiece(of, support, share, cap, False)


def loan(name: str, rate: float, years: int, **changes: Any) -> LoanPiece:
    """A bank's offer."""
    offer = LoanOffer.model_validate({"id": name, "rate": rate, "term_years": years, **changes})
    return LoanPiece(offer, None, None, False)


def matched(piece: GrantPiece, *, closes: date | None = None, approval_first: bool = False) -> Match:
    """An eligible source of one grant: for the year after `closes`, or nobody knows when."""
    asks = Rule.model_validate({"field": "bought_before_approval", "equals": False})
    outcome = Outcome("not_bought_before", {}, "met", {}, asks, None)
    amount = ItemAmount(piece.line, piece.cap_vnd, piece.cap_vnd, piece.cap_vnd, piece.cap_vnd, piece.share)
    return Match(
        piece.source,
        piece.source.versions[0],
        "in_force",
        "eligible",
        (outcome,) if approval_first else (),
        (amount,),
        piece.cap_vnd,
        piece.cap_vnd,
        None if closes is None else Deadline(closes, closes.year + 1),
    )

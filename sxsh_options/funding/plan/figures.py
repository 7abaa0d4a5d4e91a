"""What the owner looks at: net present value, payback, own capital, the cash of each year and month."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sxsh_options import finance
from sxsh_options.funding.plan.columns import Column, GrantColumn
from sxsh_options.funding.plan.outcome import LEAST_VND, MONTHS, Outcome, payout
from sxsh_options.funding.plan.proposal import Variant
from sxsh_options.funding.plan.terms import PlanTerms

Floats = npt.NDArray[np.float64]

_NO_OWN_CAPITAL = 0.02  # of the investment: below it an IRR of own capital says nothing


@dataclass(frozen=True, slots=True)
class Figures:
    """What the owner looks at.

    Attributes
    ----------
    payback_years : float
        Of the investment net of grants, before loans; ``inf``: never.
    own_payback_years : float
        Of the owner's own money.
    irr, irr_status
        Of the owner's cash; NaN and "no_own_capital" where the owner puts in next to nothing.
    own_capital_vnd : float
        The most that the owner has put in at any time.
    equity_vnd : array of shape (T+1,)
        What the yearly columns below add up to: savings less operating cost, less what is invested and
        bought again, grants, loans and bridge, less what they cost and are repaid, less tax.
    operating_vnd, invested_vnd, granted_vnd, lent_vnd, repaid_vnd, tax_vnd : arrays of shape (T+1,)
    cumulative_vnd : array of shape (M+1,)
        By month, own capital not yet counted.
    cover : array of shape (T,)
        Cash over debt service; NaN in years without.
    """

    npv_vnd: float
    irr: float
    irr_status: str
    payback_years: float
    own_payback_years: float
    own_capital_vnd: float
    equity_vnd: Floats
    operating_vnd: Floats
    invested_vnd: Floats
    granted_vnd: Floats
    lent_vnd: Floats
    repaid_vnd: Floats
    tax_vnd: Floats
    cumulative_vnd: Floats
    cover: Floats

    def lowest_from(self, months: float) -> float:
        """Return the least of the owner's cash so far from some months on, VND, own capital not counted."""
        by_month, by_year = self.cumulative_vnd[int(months) :], self.equity_vnd.cumsum()
        first = math.ceil(months / MONTHS) if len(by_month) else int(months / MONTHS)
        later = [*by_month.tolist(), *by_year[first:].tolist()]
        return float(min(later, default=by_year[-1]))


def figures_of(
    outcome: Outcome,
    variants: Sequence[Variant],
    terms: PlanTerms,
    columns: Sequence[Column],
    amounts: Floats,
) -> Figures:
    """Return the figures of an outcome.

    Parameters
    ----------
    outcome : Outcome
    variants : sequence of Variant
        Carried out.
    terms : PlanTerms
    columns : sequence of Column, length C
    amounts : array of shape (C,)
        VND of each column.
    """
    flows, service = outcome.flows, outcome.debt_service_vnd
    invested, granted, lent = (np.zeros_like(flows.equity) for _ in range(3))
    invested[0] = sum(variant.capex_vnd for variant in variants)
    invested[1:] = sum(variant.later_capex_vnd for variant in variants)
    _, year = payout(terms, len(service))
    for column, amount in zip(columns, amounts.tolist(), strict=True):
        if isinstance(column, GrantColumn):
            granted[year] += amount
        else:
            lent[0] += amount
    with np.errstate(divide="ignore", invalid="ignore"):
        cover = np.where(service > LEAST_VND, outcome.cash_for_debt_vnd / service, np.nan)
    own = float(outcome.own_capital_vnd) if outcome.own_capital_vnd >= LEAST_VND else 0.0
    has_irr = own >= _NO_OWN_CAPITAL * invested[0]
    return Figures(
        float(flows.npv_vnd),
        float(flows.irr) if has_irr else math.nan,
        str(flows.irr_status) if has_irr else "no_own_capital",
        float(flows.payback_before_financing_years),
        float(finance.simple_payback(flows.equity)),
        own,
        flows.equity,
        np.concatenate(([0.0], outcome.operating_vnd)),
        invested,
        granted,
        lent,
        flows.interest + flows.principal,
        flows.tax,
        outcome.cumulative_vnd,
        cover,
    )

"""What becomes of the owner's money under given amounts: yearly by ``finance.project``, then by month.

At the start everything is paid: the investment and the fees of loans. Savings, operating cost and debt
service spread evenly over a year; tax and what is bought again fall on its last month. Grants arrive
together, and what bridges the time until then is repaid from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sxsh_options import finance
from sxsh_options.funding.plan.columns import BridgeColumn, Column, GrantColumn, LoanColumn
from sxsh_options.funding.plan.pieces import LoanPiece
from sxsh_options.funding.plan.proposal import Variant, project_inputs
from sxsh_options.funding.plan.terms import PlanTerms

Floats = npt.NDArray[np.float64]

MONTHS = 12
LEAST_VND = 1.0  # less is nothing: a solver's rounding


@dataclass(frozen=True, slots=True)
class Outcome:
    """Cash of one plan, or of many along a leading axis.

    Attributes
    ----------
    flows : ProjectCashFlows
    cumulative_vnd : array of shape (..., M+1)
        Of the owner by month, own capital not yet counted; month 0 is the day of investing.
    before_year_end_vnd : array of shape (..., T)
        The same a month before the end of each year: within a year cash moves evenly, so that its lows are
        there or at the ends of years, in the months of ``cumulative_vnd`` also where grants are paid.
    own_capital_vnd : array of shape (...)
        The most that the owner has put in at any time.
    debt_service_vnd : array of shape (..., T)
        Interest and principal of the loans, without the bridge.
    cash_for_debt_vnd : array of shape (..., T)
        Savings less operating cost, tax and what is bought again.
    operating_vnd : array of shape (..., T)
        Savings less operating cost.
    """

    flows: finance.ProjectCashFlows
    cumulative_vnd: Floats
    before_year_end_vnd: Floats
    own_capital_vnd: Floats
    debt_service_vnd: Floats
    cash_for_debt_vnd: Floats
    operating_vnd: Floats


def payout(terms: PlanTerms, years: int) -> tuple[int, int]:
    """Return the month and the year in which grants are paid, within the time of analysis."""
    month = min(terms.months_to_payout, MONTHS * years)
    return month, -(-month // MONTHS)


def loan_of(piece: LoanPiece, principal_vnd: Floats | float, years: int) -> finance.Loan:
    """Return a loan as :mod:`sxsh_options.finance` has it; nobody lends for longer than the options live."""
    term = min(piece.offer.term_years, years)
    return finance.Loan(
        principal_vnd,
        piece.offer.rates,
        term,
        min(piece.offer.grace_years, term - 1),
        piece.offer.repayment,
        piece.offer.fee_share,
        piece.support_rates,
        piece.support_cap_vnd,
    )


def bridge_of(principal_vnd: Floats | float, terms: PlanTerms, years: int) -> finance.Loan:
    """Return the bridge: interest for the months until the grants are paid, then all of it back."""
    month, year = payout(terms, years)
    rate = terms.bridge_rate or 0.0
    rates = [rate * min(max(month - MONTHS * before, 0), MONTHS) / MONTHS for before in range(year)]
    return finance.Loan(principal_vnd, rates, year, year - 1)


def outcome_of(
    variants: Sequence[Variant],
    terms: PlanTerms,
    columns: Sequence[Column],
    amounts: Floats,
    *,
    tax_rate: float | None = None,
) -> Outcome:
    """Return what becomes of the owner's money.

    Parameters
    ----------
    variants : sequence of Variant
        One of each cluster.
    terms : PlanTerms
    columns : sequence of Column, length C
    amounts : array of shape (..., C)
        VND of each column.
    tax_rate : float, optional
        In place of the terms', with losses offset at once: for taking the tax apart.
    """
    years = len(variants[0].benefit_vnd)
    month, year = payout(terms, years)
    grants, loans, bridges = [], [], []
    for i, column in enumerate(columns):
        amount = amounts[..., i]
        match column:
            case GrantColumn(piece, line):
                taxable = terms.taxable if piece.is_state else True
                reduces = terms.reduces_basis and piece.is_state
                covered = line.deducted if line is not None else np.zeros(years)
                grants.append(finance.Grant(amount, year, taxable, reduces, covered))
            case LoanColumn(piece):
                loans.append(loan_of(piece, amount, years))
            case BridgeColumn():
                bridges.append(bridge_of(amount, terms, years))
    inputs = project_inputs(variants, terms, grants, [*loans, *bridges])
    if tax_rate is not None:
        inputs = replace_tax(inputs, tax_rate)
    flows = finance.project(inputs)
    return _outcome(inputs, flows, grants, loans, bridges, month)


def replace_tax(inputs: finance.ProjectInputs, rate: float) -> finance.ProjectInputs:
    """Return the same project under another tax rate, losses offset at once."""
    kept = {
        name: getattr(inputs, name)
        for name, field in finance.ProjectInputs.__dataclass_fields__.items()
        if field.init and name not in ("tax_rate", "loss_treatment", "loss_carry_years")
    }
    return finance.ProjectInputs(**kept, tax_rate=rate)


def _outcome(
    inputs: finance.ProjectInputs,
    flows: finance.ProjectCashFlows,
    grants: Sequence[finance.Grant],
    loans: Sequence[finance.Loan],
    bridges: Sequence[finance.Loan],
    month: int,
) -> Outcome:
    years = inputs.years
    lead = flows.equity.shape[:-1]
    service = np.zeros((*lead, years + 1))
    at_start = np.zeros(lead)
    for loan in loans:
        schedule = finance.loan_schedule(loan, years)
        service += schedule.interest + schedule.principal
        at_start = at_start + schedule.balance[..., 0] - schedule.interest[..., 0]
    operating = np.broadcast_to(inputs.benefit_vnd - inputs.opex_vnd, (*lead, years))
    at_end = flows.tax[..., 1:] + inputs.later_capex_vnd
    shown = min(years, -(-month // MONTHS) + 1)
    monthly = np.zeros((*lead, MONTHS * shown + 1))
    monthly[..., 0] = at_start - inputs.capex_vnd
    even = (operating - service[..., 1:]) / MONTHS
    monthly[..., 1:] = np.repeat(even[..., :shown], MONTHS, axis=-1)
    monthly[..., MONTHS::MONTHS] -= at_end[..., :shown]
    for grant in grants:
        monthly[..., month] += grant.amount_vnd
    for bridge in bridges:
        schedule = finance.loan_schedule(bridge, years)
        monthly[..., 0] += schedule.balance[..., 0]
        paid = schedule.interest + schedule.principal
        for at in range(1, bridge.term_years + 1):
            monthly[..., min(MONTHS * at, month)] -= paid[..., at]
    cumulative = monthly.cumsum(axis=-1)
    at_ends = flows.equity.cumsum(axis=-1)
    before_ends = at_ends[..., 1:] + at_end - even
    before_ends[..., :shown] = cumulative[..., MONTHS - 1 :: MONTHS]  # grants may come in the last month
    lowest = np.minimum(cumulative.min(axis=-1), at_ends.min(axis=-1))
    lowest = np.minimum(lowest, before_ends.min(axis=-1))
    return Outcome(
        flows,
        cumulative,
        before_ends,
        np.maximum(-lowest, 0.0),
        service[..., 1:],
        operating - at_end,
        operating,
    )

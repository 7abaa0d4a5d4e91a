"""Why a source that could be counted on is not in the plan."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sxsh_options import finance
from sxsh_options.errors import Message, message
from sxsh_options.funding.plan.choice import Choice
from sxsh_options.funding.plan.columns import GrantColumn, LoanColumn, names_of
from sxsh_options.funding.plan.outcome import LEAST_VND, Outcome, loan_of
from sxsh_options.funding.plan.pieces import LeftOut, LoanPiece, Pieces
from sxsh_options.funding.schema import Source

Floats = npt.NDArray[np.float64]


def unused(
    choice: Choice, pieces: Pieces, amounts: Floats, carried: frozenset[str], outcome: Outcome
) -> list[LeftOut]:
    """Return the sources that a plan could have used and does not, each with the reason.

    Parameters
    ----------
    choice : Choice
    pieces : Pieces
    amounts : array of shape (C,)
        VND of the plan's columns.
    carried : frozenset of str
        Options that are carried out.
    outcome : Outcome
        Of the plan.
    """
    taken = {
        name
        for column, amount in zip(choice.columns, amounts.tolist(), strict=True)
        if amount > 0
        for name in names_of(column)
    }
    found: dict[str, LeftOut] = {}
    for piece in pieces.grants:
        if piece.source.id not in taken:
            of_grant = _of_grant(piece.source, choice, amounts, carried, taken)
            found.setdefault(piece.source.id, LeftOut(piece.source, of_grant))
    taken_loans = [
        column.piece
        for column, amount in zip(choice.columns, amounts.tolist(), strict=True)
        if amount > 0 and isinstance(column, LoanColumn)
    ]
    for loan in pieces.loans:
        if loan.source is not None and loan.source.id not in taken:
            reason = _excluded(loan.source, taken) or _not_covered(loan, choice, outcome)
            found.setdefault(loan.source.id, LeftOut(loan.source, reason or message("plan.out.dearer")))
        if loan.support is not None and loan.support.id not in taken:
            found.setdefault(loan.support.id, LeftOut(loan.support, _of_support(taken_loans)))
    supported = {loan.support.id for loan in pieces.loans if loan.support is not None}
    for guarantee in pieces.guarantees:
        if guarantee.source.id not in taken | supported:
            found.setdefault(
                guarantee.source.id, LeftOut(guarantee.source, message("plan.out.no_collateral_needed"))
            )
    return list(found.values())


def _excluded(source: Source, taken: set[str]) -> Message | None:
    against = sorted(taken & set(source.excludes))
    return message("plan.out.excluded", sources=against) if against else None


def _not_covered(loan: LoanPiece, choice: Choice, outcome: Outcome) -> Message | None:
    """Return that a loan cheaper than own capital has a year whose cash leaves nothing to serve it."""
    terms = choice.proposal.terms
    years = choice.proposal.years
    unit = loan_of(loan, 1.0, years)
    if not terms.least_cover or finance.effective_rate(unit) >= terms.general.discount_rate:
        return None
    room = outcome.cash_for_debt_vnd - terms.least_cover * outcome.debt_service_vnd
    tight = [year for year in range(unit.term_years) if room[year] < LEAST_VND]
    return message("plan.out.not_covered", year=tight[0] + 1) if tight else None


def _of_support(taken: list[LoanPiece]) -> Message:
    """Return why an interest support is not used, by the loans that are taken."""
    if not taken:
        return message("plan.out.no_loan")
    if all(loan.is_preferential for loan in taken):
        return message("plan.out.preferential")
    has_another = any(loan.support is not None for loan in taken)
    return message("plan.out.loan_has_support" if has_another else "plan.out.no_gain")


def _of_grant(
    source: Source, choice: Choice, amounts: Floats, carried: frozenset[str], taken: set[str]
) -> Message:
    if (reason := _excluded(source, taken)) is not None:
        return reason
    if any(not needs.met_by(taken) for needs in source.prerequisites):
        names = sorted(name for needs in source.prerequisites for name in needs.named)
        return message("plan.out.needs", sources=names)
    wanted = {
        (column.line.option_id, column.line.item_id)
        for column in choice.columns
        if isinstance(column, GrantColumn) and column.piece.source.id == source.id and column.line is not None
    }
    payers = {
        column.piece.source.id
        for column, amount in zip(choice.columns, amounts.tolist(), strict=True)
        if isinstance(column, GrantColumn)
        and column.line is not None
        and amount > 0
        and (column.line.option_id, column.line.item_id) in wanted
    }
    if payers:
        return message("plan.out.same_cost", sources=sorted(payers))
    if not any(option in carried for option, _ in wanted):
        return message("plan.out.no_such_cost")
    return message("plan.out.no_gain")

"""Loans: what is paid when, as shares of the sum borrowed, so that one loan serves many projects at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from sxsh_options.errors import FinanceError, Message, message
from sxsh_options.finance._rows import FloatArray, as_finite, as_rate
from sxsh_options.finance.indicators import capital_recovery_factor

Repayment = Literal["annuity", "equal_principal"]


@dataclass(frozen=True, eq=False)
class Loan:
    """A loan paid out in year 0 and repaid at the end of each year.

    Parameters
    ----------
    principal_vnd : float or array of shape (...)
        Sum borrowed; an array gives every project of a batch its own.
    rate : float
        Nominal interest a year on the balance at its start.
    term_years : int
        Years until the last payment, the grace period among them.
    grace_years : int
        First years in which only interest is paid.
    repayment : {"annuity", "equal_principal"}
        Level payments of interest and principal together, or a level principal.

    Raises
    ------
    FinanceError
        Every field that cannot be used, at once.
    """

    principal_vnd: ArrayLike
    rate: float
    term_years: int
    grace_years: int = 0
    repayment: Repayment = "annuity"

    def __post_init__(self) -> None:
        faults: list[Message] = []
        try:
            principal = as_finite(self.principal_vnd, "principal_vnd")
            if (principal < 0.0).any():
                faults.append(_fault("finance.negative", "principal_vnd", value=float(principal.min())))
        except FinanceError as error:
            faults.extend(error.messages)
        try:
            as_rate(self.rate)
        except FinanceError as error:
            faults.extend(error.messages)
        if not float(self.term_years).is_integer() or self.term_years < 1:
            faults.append(_fault("finance.not_positive", "term_years", value=float(self.term_years)))
        elif not float(self.grace_years).is_integer() or not 0 <= self.grace_years < self.term_years:
            faults.append(
                _fault(
                    "finance.grace", "grace_years", grace=float(self.grace_years), term=int(self.term_years)
                )
            )
        if self.repayment not in get_args(Repayment):
            faults.append(
                _fault(
                    "finance.unknown_choice",
                    "repayment",
                    value=str(self.repayment),
                    choices=list(get_args(Repayment)),
                )
            )
        if faults:
            raise FinanceError(faults)


@dataclass(frozen=True, slots=True, eq=False)
class LoanSchedule:
    """Yearly columns of a loan, shape ``(..., years+1)``, VND, year 0 first."""

    interest: FloatArray
    principal: FloatArray
    balance: FloatArray  # at the end of the year


def loan_schedule(loan: Loan, years: int) -> LoanSchedule:
    """Return interest, principal and balance of a loan for the years 0..``years``.

    A term beyond ``years`` is cut off there, with the balance that is then owed.

    Notes
    -----
    Annuity: payment = balance after grace x r / (1 - (1+r)**-n), n = term - grace.
    """
    owed, payments = 1.0, loan.term_years - loan.grace_years
    level = capital_recovery_factor(loan.rate, payments)
    interest, principal, balance = np.zeros((3, years + 1))
    balance[0] = owed
    for year in range(1, min(years, loan.term_years) + 1):
        interest[year] = owed * loan.rate
        if year == loan.term_years:
            principal[year] = owed  # what rounding left goes with the last payment
        elif year > loan.grace_years:
            principal[year] = level - interest[year] if loan.repayment == "annuity" else 1.0 / payments
        owed -= principal[year]
        balance[year] = owed
    borrowed = np.asarray(loan.principal_vnd, dtype=np.float64)[..., None]
    return LoanSchedule(borrowed * interest, borrowed * principal, borrowed * balance)


def _fault(code: str, field: str, **params: object) -> Message:
    return message(code, field=field, **params).at(field=field)

"""Loans: what is paid when, as shares of the sum borrowed, so that one loan serves many projects at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from sxsh_options.errors import FinanceError, Message, message
from sxsh_options.finance._rows import FloatArray, as_finite, as_rate
from sxsh_options.finance.indicators import capital_recovery_factor
from sxsh_options.finance.irr import irr

Repayment = Literal["annuity", "equal_principal"]


@dataclass(frozen=True, eq=False)
class Loan:
    """A loan paid out in year 0 and repaid at the end of each year.

    Parameters
    ----------
    principal_vnd : float or array of shape (...)
        Sum borrowed; an array gives every project of a batch its own.
    rate : float or sequence of float
        Nominal interest a year on the balance at its start; a floating loan names the rate of each year, and
        the last one holds for the rest.
    term_years : int
        Years until the last payment, the grace period among them.
    grace_years : int
        First years in which only interest is paid.
    repayment : {"annuity", "equal_principal"}
        Level payments of interest and principal together, or a level principal.
    fee : float
        Share of the principal that is paid to the lender in year 0.
    support_rates : sequence of float
        Interest that somebody else takes over, year 1 first, as a share of the balance; none after its end.
    support_cap_vnd : float or None
        The most that is taken over in a year.

    Raises
    ------
    FinanceError
        Every field that cannot be used, at once.
    """

    principal_vnd: ArrayLike
    rate: float | Sequence[float]
    term_years: int
    grace_years: int = 0
    repayment: Repayment = "annuity"
    fee: float = 0.0
    support_rates: Sequence[float] = ()
    support_cap_vnd: float | None = None

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
        if np.size(self.rate) == 0:
            faults.append(_fault("finance.no_years", "rate", shape=[0]))
        for name, value in (("fee", self.fee), ("support_cap_vnd", self.support_cap_vnd or 0.0)):
            if value < 0.0:
                faults.append(_fault("finance.negative", name, value=float(value)))
        if any(rate < 0.0 for rate in self.support_rates):
            faults.append(_fault("finance.negative", "support_rates", value=float(min(self.support_rates))))
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

    interest: FloatArray  # with the fee in year 0, less what others take over
    principal: FloatArray
    balance: FloatArray  # at the end of the year


def loan_schedule(loan: Loan, years: int) -> LoanSchedule:
    """Return interest, principal and balance of a loan for the years 0..``years``.

    A term beyond ``years`` is cut off there, with the balance that is then owed.

    Notes
    -----
    Annuity: payment = balance x r / (1 - (1+r)**-n), n = payments that are left. Where the rate floats, the
    payment is worked out again each year. What is taken over in a year is
    min(support rate, rate) x balance at its start, at most the cap.
    """
    owed, payment = 1.0, 0.0
    paid_at: float | None = None  # the rate that the payment was worked out for
    interest, principal, balance, support = np.zeros((4, years + 1))
    balance[0] = owed
    rates = np.atleast_1d(np.asarray(loan.rate, dtype=np.float64))
    for year in range(1, min(years, loan.term_years) + 1):
        rate = float(rates[min(year, len(rates)) - 1])
        interest[year] = owed * rate
        if year <= len(loan.support_rates):
            support[year] = owed * min(loan.support_rates[year - 1], rate)
        if year == loan.term_years:
            principal[year] = owed  # what rounding left goes with the last payment
        elif year > loan.grace_years:
            if rate != paid_at:
                payment = owed * capital_recovery_factor(rate, loan.term_years - year + 1)
                paid_at = rate
            equal = 1.0 / (loan.term_years - loan.grace_years)
            principal[year] = payment - interest[year] if loan.repayment == "annuity" else equal
        owed -= principal[year]
        balance[year] = owed
    borrowed = np.asarray(loan.principal_vnd, dtype=np.float64)[..., None]
    cap = np.inf if loan.support_cap_vnd is None else loan.support_cap_vnd
    interest[0] = loan.fee
    net = borrowed * interest - np.minimum(borrowed * support, cap)
    return LoanSchedule(net, borrowed * principal, borrowed * balance)


def effective_rate(loan: Loan) -> float:
    """Return what a loan costs a year before tax: the rate at which its payments are worth what is lent.

    The fee and what others take over of the interest are in it; NaN for a loan of nothing.

    Notes
    -----
    IRR of principal - fee, -(interest - support + principal repaid), ...
    """
    schedule = loan_schedule(loan, loan.term_years)
    to_lender = schedule.interest + schedule.principal
    to_lender[..., 0] -= schedule.balance[..., 0]
    return float(irr(to_lender))


def _fault(code: str, field: str, **params: object) -> Message:
    return message(code, field=field, **params).at(field=field)

"""The whole chain of a project: benefits, tax, grants, loans, to cash flows and indicators.

Everything is an array over the leading axes, so that a list of options, or draws of uncertain inputs, are one
call. With the columns of :class:`ProjectCashFlows`, all amounts positive as named,

    unlevered = - capex + benefit - opex - later capex + grants + salvage - tax without interest
    equity    = unlevered + tax shield of the interest + loan - interest - principal

The taxable income of a year is benefit - opex - depreciation - interest + taxable grants + salvage; that of
year 0 belongs to year 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from sxsh_options.errors import FinanceError, Message, message
from sxsh_options.finance._rows import FloatArray, Numbers, as_finite, as_rate
from sxsh_options.finance.indicators import npv, simple_payback
from sxsh_options.finance.irr import irr_and_status
from sxsh_options.finance.loans import Loan, loan_schedule
from sxsh_options.finance.taxes import LossTreatment, taxable_after_losses

DebtAtHorizon = Literal["owed", "repaid"]

_AMOUNTS = ("capex_vnd", "salvage_vnd", "discount_rate")
_YEARLY = (
    "benefit_vnd",
    "opex_vnd",
    "depreciation_fractions",
    "tax_rate",
    "tax_credit_vnd",
    "later_capex_vnd",
    "later_depreciation_vnd",
)


@dataclass(frozen=True, eq=False)
class Grant:
    """Support that is not paid back.

    Parameters
    ----------
    amount_vnd : float or array of shape (...)
        Sum received.
    year : int
        Year of payment, 0..T.
    taxable : bool
        Whether it is income for the tax on profit.
    reduces_basis : bool
        Whether the cost it covers is left out of depreciation.
    covered_fractions : yearly or None
        How that cost would have been deducted; ``None``: as the whole of the project is.
    """

    amount_vnd: Numbers
    year: int
    taxable: bool
    reduces_basis: bool
    covered_fractions: Numbers | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class ProjectInputs:
    """What a project costs and brings, checked as a whole when it is made.

    A yearly field takes ``(T,)``, ``(..., T)``, ``(..., 1)`` or one number for all years; year 1 first. T is
    the last axis of ``benefit_vnd``. Leading axes of all fields broadcast.

    Parameters
    ----------
    capex_vnd : float or array of shape (...)
        Investment of year 0, VND, positive.
    benefit_vnd : array of shape (..., T)
        Savings, avoided fees and added revenue a year, VND.
    opex_vnd : yearly
        Added operating cost, VND.
    depreciation_fractions : yearly
        Deductible share of the basis; the basis is the capex less the grants that reduce it, not below 0.
    tax_rate : yearly
        On profit, as a fraction.
    tax_credit_vnd : yearly
        Taken off the tax of the year, and paid out where it is more.
    grants, loans : sequences
        Loans are paid out in year 0.
    salvage_vnd : float or array of shape (...)
        Received in year T and taxed in full.
    discount_rate : float or array of shape (...)
        Nominal, a year.
    later_capex_vnd : yearly
        Purchases after year 0, VND; negative where money is released, such as working capital.
    later_depreciation_vnd : yearly
        Deductible depreciation of those, VND.
    loss_treatment : {"offset", "carry_forward"}
        A year of loss lowers the tax on the firm's other profit at once, or that of the project's following
        years.
    loss_carry_years : int or None
        Years a loss may be carried; needed for ``"carry_forward"``.
    debt_at_horizon : {"owed", "repaid"}
        What becomes of a loan that runs beyond year T: left out of the flows and shown in ``debt_balance``,
        or repaid in year T, when the project is settled.

    Raises
    ------
    FinanceError
        One message for every field that cannot be used.
    """

    capex_vnd: Numbers
    benefit_vnd: Numbers
    discount_rate: Numbers
    opex_vnd: Numbers = 0.0
    depreciation_fractions: Numbers = 0.0
    tax_rate: Numbers = 0.0
    tax_credit_vnd: Numbers = 0.0
    grants: Sequence[Grant] = ()
    loans: Sequence[Loan] = ()
    salvage_vnd: Numbers = 0.0
    later_capex_vnd: Numbers = 0.0
    later_depreciation_vnd: Numbers = 0.0
    loss_treatment: LossTreatment = "offset"
    loss_carry_years: int | None = None
    debt_at_horizon: DebtAtHorizon = "owed"
    years: int = field(init=False)
    shape: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        faults: list[Message] = []
        arrays: dict[str, FloatArray] = {}
        for name in (*_AMOUNTS, *_YEARLY):
            try:
                arrays[name] = as_finite(getattr(self, name), name)
            except FinanceError as error:
                faults.extend(error.messages)
        benefit = arrays.get("benefit_vnd")
        if benefit is not None and (benefit.ndim == 0 or benefit.shape[-1] == 0):
            faults.append(_fault("finance.no_years", "benefit_vnd", shape=list(benefit.shape)))
        elif benefit is not None:
            object.__setattr__(self, "years", benefit.shape[-1])
            object.__setattr__(self, "shape", self._common_shape(arrays, faults))
        faults.extend(_range_faults(arrays))
        for name, choice in (("loss_treatment", LossTreatment), ("debt_at_horizon", DebtAtHorizon)):
            value, choices = getattr(self, name), list(get_args(choice))
            if value not in choices:
                faults.append(_fault("finance.unknown_choice", name, value=str(value), choices=choices))
        if self.loss_treatment == "carry_forward" and (self.loss_carry_years or 0) < 1:
            faults.append(
                _fault("finance.not_positive", "loss_carry_years", value=self.loss_carry_years or 0)
            )
        if faults:
            raise FinanceError(faults)
        for name, array in arrays.items():
            object.__setattr__(self, name, array)

    def _common_shape(self, arrays: dict[str, FloatArray], faults: list[Message]) -> tuple[int, ...]:
        """Return the broadcast leading shape; append a fault for each field that does not fit."""
        shape: tuple[int, ...] = ()
        leads = [
            (name, array.shape[:-1] if name in _YEARLY else array.shape) for name, array in arrays.items()
        ]
        for name in _YEARLY:
            array = arrays.get(name)
            if array is not None and array.ndim and array.shape[-1] not in (1, self.years):
                expected = [*array.shape[:-1], self.years]
                faults.append(_fault("finance.wrong_shape", name, shape=list(array.shape), expected=expected))
        for i, grant in enumerate(self.grants):
            name = f"grants[{i}].amount_vnd"
            try:
                amount = as_finite(grant.amount_vnd, name)
            except FinanceError as error:
                faults.extend(error.messages)
                continue
            leads.append((name, amount.shape))
            if (amount < 0.0).any():
                faults.append(_fault("finance.negative", name, value=float(amount.min())))
            if not 0 <= grant.year <= self.years:
                faults.append(
                    _fault("finance.year_outside", f"grants[{i}].year", year=int(grant.year), last=self.years)
                )
        for i, loan in enumerate(self.loans):
            leads.append((f"loans[{i}].principal_vnd", np.shape(loan.principal_vnd)))
        for name, lead in leads:
            try:
                shape = np.broadcast_shapes(shape, lead)
            except ValueError:
                faults.append(_fault("finance.wrong_shape", name, shape=list(lead), expected=list(shape)))
        return shape


@dataclass(frozen=True, slots=True, eq=False)
class ProjectCashFlows:
    """Yearly columns of shape ``(..., T+1)`` in VND, year 0 first, and the indicators of each project."""

    unlevered: FloatArray  # after tax, with grants, as if there were no loan
    equity: FloatArray  # what the owner pays and receives
    depreciation: FloatArray
    tax: FloatArray  # paid, less credits; negative where losses save tax on other profit
    interest: FloatArray  # with the fees of loans, less what others take over
    principal: FloatArray  # repaid
    debt_balance: FloatArray  # owed at the end of the year
    npv_vnd: Numbers  # of equity
    irr: Numbers  # of equity; NaN where irr_status is not "unique"
    irr_status: Numbers
    payback_before_financing_years: Numbers  # of unlevered


def project(inputs: ProjectInputs) -> ProjectCashFlows:
    """Return cash flows and indicators of one project, or of all projects of a batch.

    Parameters
    ----------
    inputs : ProjectInputs

    Returns
    -------
    ProjectCashFlows
    """
    lead, years = inputs.shape, inputs.years
    capex = inputs.capex_vnd
    reducing = [grant for grant in inputs.grants if grant.reduces_basis]
    general = _sum([grant.amount_vnd for grant in reducing if grant.covered_fractions is None])
    basis = np.maximum(capex - general, 0.0)
    depreciation = np.zeros((*lead, years + 1))
    depreciation[..., 1:] = basis[..., None] * inputs.depreciation_fractions + inputs.later_depreciation_vnd
    for grant in reducing:
        if grant.covered_fractions is not None:
            covered = np.asarray(grant.amount_vnd, dtype=np.float64)[..., None] * grant.covered_fractions
            depreciation[..., 1:] -= covered
    operating = np.subtract(inputs.benefit_vnd, inputs.opex_vnd)

    income = operating - depreciation[..., 1:]
    income[..., -1] += inputs.salvage_vnd
    for grant in inputs.grants:
        if grant.taxable:
            income[..., max(grant.year, 1) - 1] += grant.amount_vnd
    tax = np.zeros((*lead, years + 1))
    tax[..., 1:] = _tax(inputs, income)

    unlevered = np.empty((*lead, years + 1))
    unlevered[..., 0] = -capex
    unlevered[..., 1:] = operating - inputs.later_capex_vnd - tax[..., 1:]
    unlevered[..., -1] += inputs.salvage_vnd
    for grant in inputs.grants:
        unlevered[..., grant.year] += grant.amount_vnd

    interest, principal, balance = np.zeros((3, *lead, years + 1))
    equity = unlevered.copy()
    if inputs.loans:
        for loan in inputs.loans:
            schedule = loan_schedule(loan, years)
            interest += schedule.interest
            principal += schedule.principal
            balance += schedule.balance
        if inputs.debt_at_horizon == "repaid":
            principal[..., -1] += balance[..., -1]
            balance[..., -1] = 0.0
        before = tax
        tax = before.copy()
        deducted = interest[..., 1:].copy()
        deducted[..., 0] += interest[..., 0]  # fees of year 0 belong to year 1
        tax[..., 1:] = _tax(inputs, income - deducted)
        equity += before - tax - interest - principal
        equity[..., 0] += balance[..., 0]
    rate, status = irr_and_status(equity)
    return ProjectCashFlows(
        unlevered=unlevered,
        equity=equity,
        depreciation=depreciation,
        tax=tax,
        interest=interest,
        principal=principal,
        debt_balance=balance,
        npv_vnd=npv(inputs.discount_rate, equity),
        irr=rate,
        irr_status=status,
        payback_before_financing_years=simple_payback(unlevered),
    )


def _tax(inputs: ProjectInputs, income: FloatArray) -> FloatArray:
    """Return the tax of years 1..T less the credits."""
    if inputs.loss_treatment == "carry_forward":
        income = taxable_after_losses(income, inputs.loss_carry_years or 0)
    return np.asarray(income * inputs.tax_rate - inputs.tax_credit_vnd)


def _sum(amounts: Sequence[Numbers]) -> FloatArray:
    total: FloatArray = np.zeros(())
    for amount in amounts:
        total = total + np.asarray(amount, dtype=np.float64)
    return total


def _range_faults(arrays: dict[str, FloatArray]) -> list[Message]:
    """Return a fault for each field outside its range, whatever its shape."""
    faults: list[Message] = []
    if "discount_rate" in arrays:
        try:
            as_rate(arrays["discount_rate"], "discount_rate")
        except FinanceError as error:
            faults.extend(error.messages)
    for name in ("capex_vnd", "depreciation_fractions"):
        if name in arrays and (arrays[name] < 0.0).any():
            faults.append(_fault("finance.negative", name, value=float(arrays[name].min())))
    fractions = arrays.get("depreciation_fractions")
    if fractions is not None and fractions.ndim:
        most = float(fractions.sum(axis=-1).max(initial=0.0))
        if most > 1.0 + 1e-9:
            faults.append(_fault("finance.over_depreciated", "depreciation_fractions", total=most))
    rates = arrays.get("tax_rate")
    if rates is not None and ((rates < 0.0) | (rates > 1.0)).any():
        worst = float(rates.min() if rates.min() < 0.0 else rates.max())
        faults.append(_fault("finance.tax_rate", "tax_rate", rate=worst))
    return faults


def _fault(code: str, name: str, **params: object) -> Message:
    return message(code, field=name, **params).at(field=name)

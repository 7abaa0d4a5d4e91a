"""Indicators of cash flows: year 0 first and undiscounted, amounts in VND, rates a year as fractions.

Every function takes one row ``(T+1,)`` and gives a number, or rows ``(..., T+1)`` and gives an array of
shape ``(...)``. Input that is no number, NaN or infinite, and a rate of -1 or less, raise
:class:`~sxsh_options.errors.FinanceError`. An indicator that is not defined for a row is NaN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sxsh_options.errors import FinanceError, message
from sxsh_options.finance._rows import (
    FloatArray,
    Numbers,
    as_finite,
    as_finite_flows,
    as_flows,
    as_numbers,
    as_rate,
    broadcast,
    not_finite,
    plain,
)


def discount_factors(rate: ArrayLike, years: int) -> FloatArray:
    """Return ``(1 + rate) ** -t`` for t = 0..years, as the last axis."""
    exponents = -np.arange(years + 1, dtype=np.float64)
    with np.errstate(over="ignore"):
        return np.asarray(np.power(1.0 + as_rate(rate)[..., None], exponents))


def npv(rate: ArrayLike, cash_flows: ArrayLike) -> Numbers:
    """Return the net present value, ``sum(CF_t / (1 + rate)**t)`` from t = 0.

    Parameters
    ----------
    rate : float or array of shape (...)
        Discount rate a year. An array broadcasts against the rows: one rate a row, or many for one row.
    cash_flows : array of shape (T+1,) or (..., T+1)
        VND, year 0 first.

    Returns
    -------
    float or array
        VND of year 0. A spreadsheet's ``NPV()`` is one period later: it discounts the first flow too.
    """
    flows = as_flows(cash_flows)
    weights = discount_factors(rate, flows.shape[-1] - 1)
    with np.errstate(over="ignore", invalid="ignore"):
        if weights.ndim == 1:
            values = np.asarray(flows @ weights)
        else:
            try:
                values = np.asarray(np.einsum("...t,...t->...", flows, weights))
            except ValueError as error:
                raise FinanceError(
                    message(
                        "finance.wrong_shape",
                        field="rate",
                        shape=list(weights.shape[:-1]),
                        expected=list(flows.shape[:-1]),
                    ).at(field="rate")
                ) from error
    # NaN and infinity always reach the sum, so a look at the sums is enough (a 16th of the reading).
    if not np.isfinite(values).all():
        if not np.isfinite(flows).all():
            raise not_finite(flows, "cash_flows")
        raise _overflow("npv")
    return plain(values)


def mirr(cash_flows: ArrayLike, finance_rate: ArrayLike, reinvest_rate: ArrayLike) -> Numbers:
    """Return the modified internal rate of return, ``(FV(inflows) / PV(outflows)) ** (1/T) - 1``.

    Outflows are discounted to year 0 at ``finance_rate``, inflows carried to year T at ``reinvest_rate``.
    NaN for a row without an inflow or without an outflow.
    """
    flows = as_finite_flows(cash_flows)
    years = flows.shape[-1] - 1
    inflows = np.asarray(npv(reinvest_rate, np.maximum(flows, 0.0)))
    outflows = np.asarray(npv(finance_rate, np.maximum(-flows, 0.0)))
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = np.where((inflows > 0) & (outflows > 0), inflows / outflows, np.nan) ** (1.0 / max(years, 1))
    return plain(np.asarray(growth * (1.0 + as_rate(reinvest_rate, "reinvest_rate")) - 1.0))


def simple_payback(cash_flows: ArrayLike) -> Numbers:
    """Return the years until the cumulative sum stays at or above zero, linear within the year.

    The crossing that counts is the one after which the sum never falls below zero again. 0 for a row that
    is never below zero, ``inf`` for one that ends below it.

    Returns
    -------
    float or array
        Years.
    """
    flows = as_finite_flows(cash_flows)
    last_year = flows.shape[-1] - 1
    with np.errstate(over="ignore"):
        size = np.abs(flows).sum(axis=-1, keepdims=True)
    if not np.isfinite(size).all():
        raise _overflow("simple_payback")
    total = np.cumsum(flows, axis=-1)
    # 0.3 - 0.1 - 0.1 - 0.1 is paid back, whatever binary fractions say.
    short = total < -(last_year + 1) * np.finfo(np.float64).eps * size
    ever_short = short.any(axis=-1)
    last_short = last_year - np.argmax(short[..., ::-1], axis=-1)
    start = np.minimum(last_short, max(last_year - 1, 0))[..., None]
    gap = -np.take_along_axis(total, start, axis=-1)[..., 0]
    flow = np.take_along_axis(flows, np.minimum(start + 1, last_year), axis=-1)[..., 0]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        years = last_short + np.minimum(gap / flow, 1.0)
    years = np.where(ever_short & (last_short == last_year), np.inf, years)
    return plain(np.where(ever_short, years, 0.0))


def discounted_payback(rate: ArrayLike, cash_flows: ArrayLike) -> Numbers:
    """Return :func:`simple_payback` of the flows discounted to year 0."""
    flows = as_finite_flows(cash_flows)
    with np.errstate(over="ignore", invalid="ignore"):
        discounted = flows * discount_factors(rate, flows.shape[-1] - 1)
    if not np.isfinite(discounted).all():
        raise _overflow("discounted_payback")
    return simple_payback(discounted)


def profitability_index(rate: ArrayLike, cash_flows: ArrayLike) -> Numbers:
    """Return the present value of years 1..T over the investment of year 0: ``1 + NPV / -CF_0``.

    NaN for a row whose year 0 is no outlay.
    """
    flows = as_finite_flows(cash_flows)
    return plain(1.0 + _ratio(np.asarray(npv(rate, flows)), -flows[..., 0]))


def benefit_cost_ratio(rate: ArrayLike, benefits: ArrayLike, costs: ArrayLike) -> Numbers:
    """Return the present value of the benefits over that of the costs.

    Both are given as positive amounts, year 0 first. NaN where there is no cost.
    """
    return plain(_ratio(np.asarray(npv(rate, benefits)), np.asarray(npv(rate, costs))))


def return_on_investment(cash_flows: ArrayLike) -> Numbers:
    """Return the undiscounted net gain as a share of the investment: ``sum(CF) / -CF_0``.

    NaN for a row whose year 0 is no outlay.
    """
    flows = as_finite_flows(cash_flows)
    return plain(_ratio(np.asarray(npv(0.0, flows)), -flows[..., 0]))


def capital_recovery_factor(rate: ArrayLike, years: ArrayLike) -> Numbers:
    """Return the level yearly payment, years 1..n, that repays 1: ``r / (1 - (1+r)**-n)``, 1/n at r = 0."""
    rates, lives = as_rate(rate), as_finite(years, "years")
    if (lives <= 0).any():
        raise FinanceError(
            message("finance.not_positive", field="years", value=float(lives.min())).at(field="years")
        )
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        factor = rates / -np.expm1(-lives * np.log1p(rates))
    return plain(np.where(rates == 0.0, 1.0 / lives, factor))


def equivalent_annual(rate: ArrayLike, cash_flows: ArrayLike, years: ArrayLike | None = None) -> Numbers:
    """Return the level amount of years 1..n that is worth as much as the row: ``NPV * CRF(rate, n)``.

    Parameters
    ----------
    rate : float or array of shape (...)
        Discount rate a year.
    cash_flows : array of shape (T+1,) or (..., T+1)
        VND, year 0 first.
    years : float or array of shape (...), optional
        The life n of each row where rows are padded with zeros to one length; T by default.

    Returns
    -------
    float or array
        VND a year.
    """
    flows = as_flows(cash_flows)
    horizon = flows.shape[-1] - 1
    lives = as_numbers(horizon if years is None else years, "years")
    value = np.asarray(npv(rate, flows))
    return plain(value * broadcast(np.asarray(capital_recovery_factor(rate, lives)), value.shape, "years"))


def real_to_nominal(rate: ArrayLike, inflation: ArrayLike) -> Numbers:
    """Return the nominal rate of a real one: ``(1 + rate) * (1 + inflation) - 1``."""
    real, growth = as_rate(rate), as_rate(inflation, "inflation")
    return plain(np.asarray(real + growth + real * growth))


def _overflow(function: str) -> FinanceError:
    """Return the error for a result beyond the largest floating-point number."""
    return FinanceError(message("finance.overflow", function=function).at(field="cash_flows"))


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Return ``above / below``, NaN where ``below`` is not positive."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.asarray(np.where(below > 0.0, above / below, np.nan))

"""Yearly series: escalated amounts, and assets that are bought again when their life ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sxsh_options.errors import FinanceError, message
from sxsh_options.finance._rows import FloatArray, Numbers, as_finite, as_rate, plain


def escalate(amount: ArrayLike, growth: ArrayLike, years: int) -> FloatArray:
    """Return ``amount * (1+growth)**(t-1)`` for the years t = 1..``years``: year 1 is at today's level.

    Parameters
    ----------
    amount : float or array of shape (...)
        Yearly amount at today's prices.
    growth : float or array of shape (...)
        Growth of the price a year, nominal.
    years : int
        Length of the result's last axis.
    """
    first = as_finite(amount, "amount")[..., None]
    return np.asarray(first * np.power(1.0 + as_rate(growth, "growth")[..., None], np.arange(years)))


def replacements(
    capex_vnd: ArrayLike, life_years: ArrayLike, horizon: int, growth: float = 0.0
) -> tuple[FloatArray, Numbers]:
    """Return what it costs to keep an asset in place up to a common horizon.

    An asset bought in year 0 is bought again whenever its life ends before the horizon, in the year
    in which it ends (a life of 2.5 years ends in year 3, then in year 5).

    Parameters
    ----------
    capex_vnd : float or array of shape (...)
        Price today.
    life_years : float or array of shape (...)
        Technical life.
    horizon : int
        Years T of the comparison.
    growth : float
        Growth of the price a year; a purchase of year t costs ``capex * (1+growth)**(t-1)``.

    Returns
    -------
    later_capex : array of shape (..., T)
        VND, year 1 first.
    residual : float or array of shape (...)
        VND at the end of year T: the last purchase by the part of its life that is left (straight line).
    """
    capex, lives = np.broadcast_arrays(as_finite(capex_vnd, "capex_vnd"), as_finite(life_years, "life_years"))
    if (lives <= 0.0).any():
        raise FinanceError(
            message("finance.not_positive", field="life_years", value=float(lives.min())).at(
                field="life_years"
            )
        )
    prices = escalate(1.0, growth, horizon)
    starts = np.arange(1, horizon + 1)
    # Purchase k is due at k*life; year t sees those with t-1 < k*life <= t, before the horizon.
    due = np.floor(starts / lives[..., None] + 1e-9)
    due = np.minimum(due, np.ceil(horizon / lives[..., None] - 1e-9) - 1.0)
    bought = np.diff(due, axis=-1, prepend=0.0)
    last = due[..., -1]
    year_of_last = np.ceil(last * lives - 1e-9).astype(np.intp)
    price = np.where(last > 0.0, prices[np.maximum(year_of_last, 1) - 1], 1.0)
    left = 1.0 - (horizon - last * lives) / lives
    return capex[..., None] * bought * prices, plain(np.asarray(capex * price * np.clip(left, 0.0, 1.0)))

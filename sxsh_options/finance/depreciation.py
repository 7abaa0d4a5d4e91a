"""Depreciation as fractions of the basis a year, shape ``(..., years)``, year 1 first.

A life longer than ``years`` leaves a part that is not depreciated; a shorter one is followed by zeros.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sxsh_options.errors import FinanceError, message
from sxsh_options.finance._rows import FloatArray, as_finite


def straight_line(life: ArrayLike, years: int) -> FloatArray:
    """Return equal fractions 1/life; a life of 2.5 years gives 0.4, 0.4, 0.2.

    Parameters
    ----------
    life : float or array of shape (...)
        Depreciation life in years.
    years : int
        Length of the result's last axis.
    """
    lives = _positive(life, "life")[..., None]
    return np.asarray(np.clip(lives - np.arange(years), 0.0, 1.0) / lives)


def declining_balance(life: int, years: int, factor: float) -> FloatArray:
    """Return a declining balance that turns straight-line when that is faster.

    Each year ``factor / life`` of what is left is deducted, until that is no more than what is left spread
    over the years left; from then on, the latter. The whole basis is deducted within the life.

    Parameters
    ----------
    life : int
        Depreciation life in years.
    years : int
        Length of the result.
    factor : float
        Multiple of the straight-line rate.
    """
    _positive(life, "life")
    _positive(factor, "factor")
    left, fractions = 1.0, np.zeros(years)
    for year in range(min(life, years)):
        fractions[year] = min(left, max(left * factor / life, left / (life - year)))
        left -= fractions[year]
    return fractions


def units_of_production(output: ArrayLike, total_output: ArrayLike) -> FloatArray:
    """Return fractions by use: the output of each year over the output that the asset is designed for.

    Deductions stop when the designed output is reached.

    Parameters
    ----------
    output : array of shape (..., years)
        Output of each year, in any unit.
    total_output : float or array of shape (...)
        Output over the whole life, in the same unit.
    """
    yearly = as_finite(output, "output")
    if (yearly < 0.0).any():
        raise FinanceError(
            message("finance.negative", field="output", value=float(yearly.min())).at(field="output")
        )
    used = np.minimum(np.cumsum(yearly, axis=-1) / _positive(total_output, "total_output")[..., None], 1.0)
    return np.asarray(np.diff(used, axis=-1, prepend=0.0))


def later_depreciation(later_capex_vnd: ArrayLike, fractions: ArrayLike) -> FloatArray:
    """Return the depreciation in VND of assets bought in years 1..T, shape ``(..., T)``.

    As with the first investment, deductions begin in the year after the purchase.

    Parameters
    ----------
    later_capex_vnd : array of shape (..., T)
        Purchases, year 1 first.
    fractions : array of shape (..., n)
        Of the basis, first year of use first; fractions that reach beyond year T are cut off.
    """
    bought, shares = as_finite(later_capex_vnd, "later_capex_vnd"), as_finite(fractions, "fractions")
    years = bought.shape[-1]
    lead = np.broadcast_shapes(bought.shape[:-1], shares.shape[:-1])
    result = np.zeros((*lead, years))
    for year in range(1, years):
        used = min(shares.shape[-1], years - year)
        result[..., year : year + used] += bought[..., year - 1, None] * shares[..., :used]
    return result


def _positive(value: ArrayLike, field: str) -> FloatArray:
    array = as_finite(value, field)
    if (array <= 0.0).any():
        raise FinanceError(
            message("finance.not_positive", field=field, value=float(array.min())).at(field=field)
        )
    return array

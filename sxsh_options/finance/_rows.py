"""What every indicator needs: rows of cash flows and rates, checked once, with named errors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sxsh_options.errors import FinanceError, message

FloatArray = NDArray[np.float64]

#: One number for one row, an array for many; numpy cannot say which in its types.
Numbers = Any


def as_numbers(values: ArrayLike, field: str) -> FloatArray:
    """Return ``values`` as floats; what is no number is an error that names ``field``."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise FinanceError(message("finance.not_numbers", field=field).at(field=field)) from error


def as_finite(values: ArrayLike, field: str) -> FloatArray:
    """Return ``values`` as floats; NaN and infinity are an error that names ``field``."""
    array = as_numbers(values, field)
    if not np.isfinite(array).all():
        raise not_finite(array, field)
    return array


def not_finite(array: FloatArray, field: str) -> FinanceError:
    """Return the error for the first NaN or infinity in ``array``."""
    index = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
    return FinanceError(
        message("finance.not_finite", field=field, index=list(index), value=str(array[index])).at(field=field)
    )


def as_flows(cash_flows: ArrayLike, field: str = "cash_flows") -> FloatArray:
    """Return cash flows of shape ``(..., T+1)``; their finiteness is left to the caller."""
    flows = as_numbers(cash_flows, field)
    if flows.ndim == 0 or flows.shape[-1] == 0:
        raise FinanceError(message("finance.no_years", field=field, shape=list(flows.shape)).at(field=field))
    return flows


def as_finite_flows(cash_flows: ArrayLike, field: str = "cash_flows") -> FloatArray:
    """Return cash flows of shape ``(..., T+1)``, all of them finite."""
    return as_finite(as_flows(cash_flows, field), field)


def as_rate(rate: ArrayLike, field: str = "rate") -> FloatArray:
    """Return a rate a year, or many; each finite and above -1."""
    rates = as_finite(rate, field)
    if (rates <= -1.0).any():
        raise FinanceError(
            message("finance.rate_too_low", field=field, rate=float(rates.min())).at(field=field)
        )
    return rates


def broadcast(array: FloatArray, shape: tuple[int, ...], field: str) -> FloatArray:
    """Return ``array`` stretched to ``shape``, or the error that names both shapes."""
    try:
        return np.broadcast_to(array, shape)
    except ValueError as error:
        raise FinanceError(
            message("finance.wrong_shape", field=field, shape=list(array.shape), expected=list(shape)).at(
                field=field
            )
        ) from error


def plain(values: NDArray[Any]) -> Numbers:
    """Return a Python scalar for a 0-d array, and the array itself otherwise."""
    return values.item() if values.ndim == 0 else values

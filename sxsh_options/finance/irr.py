"""Internal rates of return that are never a wrong number.

With the discount factor ``d = 1 / (1 + r)`` the NPV is a polynomial ``sum(CF_t * d**t)``, and the rates
r > -1 are its roots d > 0. A rate is given only where there is exactly one such root.

* No change of sign along the row: no root.
* One change: exactly one root (Descartes' rule of signs). The usual row, one outlay and then inflows, is
  solved many rows at a time by Halley steps on ``ln(PV of inflows / outlay)`` as a function of ``ln d``;
  what has not converged, and every other such row, by a bracketed iteration.
* More changes: all roots are isolated (:mod:`sxsh_options.finance._roots`) and counted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sxsh_options.errors import FinanceError, message
from sxsh_options.finance import _roots
from sxsh_options.finance._rows import FloatArray, Numbers, as_finite_flows, as_flows, not_finite, plain

STATUSES = ("unique", "multiple", "no_root", "no_sign_change")
_UNIQUE, _MULTIPLE, _NO_ROOT, _NO_SIGN_CHANGE = range(4)

_BLOCK = 8192  # rows whose columns stay in the processor's cache
_PLAIN_RANGE = 1e100  # amounts beyond it (or below its inverse) take the path that scales each row
_FIRST_STEPS = 2  # enough for nine rows of ten
_MORE_STEPS = 4
_CONVERGED = 1e-6  # a cubic step this small leaves an error below rounding


def irr(cash_flows: ArrayLike) -> Numbers:
    """Return the internal rate of return: the rate r > -1 at which the NPV is zero, where it is unique.

    Parameters
    ----------
    cash_flows : array of shape (T+1,) or (..., T+1)
        Year 0 first; any currency and scale.

    Returns
    -------
    float or array
        The rate a year as a fraction; NaN where there is no such rate or more than one:
        :func:`irr_status` says which. Correct to a few units in the last place of ``1 + r`` for a simple
        root. Roots between which the NPV cannot be told from zero in floating point count as one.

    Raises
    ------
    FinanceError
        NaN or infinity among the flows, or no year at all.
    """
    return irr_and_status(cash_flows)[0]


def irr_status(cash_flows: ArrayLike) -> Numbers:
    """Return why :func:`irr` gives a number or not.

    Returns
    -------
    str or array of str
        ``"unique"``; ``"multiple"`` (:func:`irr_roots` lists them); ``"no_root"``: signs change, yet no
        rate makes the NPV zero; ``"no_sign_change"``: never an outlay, or never an inflow.
    """
    return irr_and_status(cash_flows)[1]


def irr_roots(cash_flows: ArrayLike) -> FloatArray:
    """Return all rates r > -1 at which the NPV of one row is zero, ascending."""
    flows = as_finite_flows(cash_flows)
    if flows.ndim != 1:
        raise FinanceError(
            message(
                "finance.wrong_shape", field="cash_flows", shape=list(flows.shape), expected=[flows.shape[-1]]
            ).at(field="cash_flows")
        )
    row = flows[None, :]
    changes = int(_roots.sign_changes(np.sign(row))[0])
    if changes == 0:
        return np.empty(0)
    return _rate(_roots.only_root(row) if changes == 1 else _roots.all_roots(row)[1])[::-1]


def irr_and_status(cash_flows: ArrayLike) -> tuple[Numbers, Numbers]:
    """Return :func:`irr` and :func:`irr_status` of the same rows, for the work of one."""
    flows = as_flows(cash_flows)
    rows = flows.reshape(-1, flows.shape[-1])
    rates = np.full(len(rows), np.nan)
    codes = np.full(len(rows), _UNIQUE, dtype=np.intp)
    rest: list[NDArray[np.intp]] = []
    for start in range(0, len(rows), _BLOCK):
        stop = start + _BLOCK
        unsolved = _solve_usual(np.ascontiguousarray(rows[start:stop].T), rates[start:stop])
        if unsolved.size:
            rest.append(start + unsolved)
    if rest:
        which = np.concatenate(rest)
        if not np.isfinite(rows[which]).all():
            raise not_finite(flows, "cash_flows")
        for start in range(0, which.size, _BLOCK):
            part = which[start : start + _BLOCK]
            rates[part], codes[part] = _solve_any(rows[part])
    shape = flows.shape[:-1]
    return plain(rates.reshape(shape)), plain(np.array(STATUSES)[codes].reshape(shape))


def _solve_usual(columns: FloatArray, rates: FloatArray) -> NDArray[np.intp]:
    """Solve the rows of one outlay and later inflows; return the indices of all others.

    ``columns`` is ``(T+1, n)``: each step then runs over whole columns. The number of steps of a row
    does not depend on its neighbours, so neither does its answer.
    """
    if len(columns) == 1:
        return np.arange(columns.shape[1])
    low, high = columns[1:].min(axis=0), columns[1:].max(axis=0)
    outlay = -columns[0]
    # Comparisons with NaN are false, so a row that holds one is never usual.
    usual = (low >= 0.0) & (high > 1.0 / _PLAIN_RANGE) & (high < _PLAIN_RANGE)
    usual &= (outlay > 1.0 / _PLAIN_RANGE) & (outlay < _PLAIN_RANGE)
    index = np.flatnonzero(usual)
    if index.size < usual.size:
        columns = columns[:, index]
    factors, moved = _first_guess(columns), np.empty(index.size)
    with np.errstate(all="ignore"):  # what diverges is found by its last step
        for _ in range(_FIRST_STEPS):
            moved = _halley_step(columns, factors)
        for _ in range(_MORE_STEPS):
            open_rows = np.flatnonzero(~(np.abs(moved) <= _CONVERGED))
            if not open_rows.size:
                break
            some = factors[open_rows]
            moved[open_rows] = _halley_step(columns[:, open_rows], some)
            factors[open_rows] = some
    solved = np.abs(moved) <= _CONVERGED
    usual[index[~solved]] = False
    rates[index[solved]] = (1.0 / factors - 1.0)[solved]
    return np.flatnonzero(~usual)


def _first_guess(columns: FloatArray) -> FloatArray:
    """Return a discount factor near the root, from the payback and the mean time of the inflows.

    A level annuity of n years that pays back in a share ``p`` of its life solves ``(1-exp(-y))/y = p`` with
    ``y = n*r``; ``y = (1-p*p)/p`` is exact at both ends, p to 0 and p to 1, and a few per cent off between.
    With the mean time m for ``(n+1)/2`` it serves any shape of inflows, and the factor is never negative.
    """
    total, moment = columns[-1].copy(), np.zeros(columns.shape[1])
    for column in columns[-2:0:-1]:
        np.add(moment, total, out=moment)
        np.add(total, column, out=total)
    span = 2.0 * (moment / total) + 1.0  # 2m - 1
    share = -columns[0] / total
    return np.asarray(share * (span + share) / (1.0 + span * share))


def _halley_step(columns: FloatArray, factors: FloatArray) -> FloatArray:
    """Move every discount factor one Halley step, in place; return the steps in ``ln d``.

    With S(d) = sum(CF_t * d**(t-1), t >= 1) one Horner scheme gives S, S' and S''/2. In u = ln d the
    function g = ln(d*S / outlay) has the slope m = 1 + dS'/S and the curvature v of the formula below.
    """
    value = columns[-1].copy()
    slope = np.zeros_like(factors)
    bend = np.zeros_like(factors)
    for column in columns[-2:0:-1]:
        np.multiply(bend, factors, out=bend)
        np.add(bend, slope, out=bend)
        np.multiply(slope, factors, out=slope)
        np.add(slope, value, out=slope)
        np.multiply(value, factors, out=value)
        np.add(value, column, out=value)
    slope *= factors
    slope /= value
    bend *= factors
    bend *= factors
    bend /= value
    value *= factors
    value /= -columns[0]
    gap = np.log(value, out=value)
    curvature = 2.0 * bend + slope - slope * slope
    slope += 1.0
    step = np.asarray(-2.0 * gap * slope / (2.0 * slope * slope - gap * curvature))
    factors *= np.exp(step)
    return step


def _solve_any(rows: FloatArray) -> tuple[FloatArray, NDArray[np.intp]]:
    """Return rates and status codes of rows of any signs."""
    changes = _roots.sign_changes(np.sign(rows))
    rates = np.full(len(rows), np.nan)
    codes = np.full(len(rows), _NO_SIGN_CHANGE, dtype=np.intp)
    one = np.flatnonzero(changes == 1)
    if one.size:
        rates[one] = _rate(_roots.only_root(rows[one]))
        codes[one] = _UNIQUE
    several = np.flatnonzero(changes > 1)
    if several.size:
        row, root = _roots.all_roots(rows[several])
        count = np.bincount(row, minlength=several.size)
        codes[several] = np.select([count == 0, count == 1], [_NO_ROOT, _UNIQUE], _MULTIPLE)
        single = count[row] == 1
        rates[several[row[single]]] = _rate(root[single])
    return rates, codes


def _rate(log_factors: FloatArray) -> FloatArray:
    """Return r of ``ln d``."""
    with np.errstate(over="ignore"):
        return np.asarray(np.expm1(-log_factors) + 0.0)  # no negative zero

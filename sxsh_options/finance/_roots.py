"""Positive roots of many polynomials at once: counted by Bernstein coefficients, then refined.

A row holds the coefficients ``c_0 .. c_n`` of ``f(d) = sum(c_t * d**t)``; a root is returned as ``u = ln d``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from sxsh_options.finance._rows import FloatArray

IndexArray = NDArray[np.intp]

_EPS = float(np.finfo(np.float64).eps)
_NOISE = 8.0 * _EPS  # times n+1: relative error of a value computed by halving
_MAX_DEPTH = 2200  # halvings from 1 down to the smallest double
_MAX_STEPS = 200


def sign_changes(signs: FloatArray) -> IndexArray:
    """Return how often the sign changes along each row; zeros are passed over."""
    columns = np.arange(signs.shape[1])
    last = np.maximum.accumulate(np.where(signs != 0.0, columns, 0), axis=1)
    filled = np.take_along_axis(signs, last, axis=1)
    return np.asarray(np.count_nonzero(filled[:, 1:] * filled[:, :-1] < 0.0, axis=1))


def only_root(rows: FloatArray) -> FloatArray:
    """Return the root of rows whose signs change exactly once.

    ``h(u) = ln(P/Q)``, P and Q the positive and the negative terms, then has a slope of at least 1 in
    size, so the root lies within ``|h(0)|`` of 0.
    """
    signs, logs = _sign_and_log(rows)
    direction = _last_signs(signs)
    reach = -direction * _log_ratio_at_one(signs, logs) * (1.0 + 1e-9)
    return _refine(signs, logs, np.minimum(reach, 0.0), np.maximum(reach, 0.0), direction)


def all_roots(rows: FloatArray) -> tuple[IndexArray, FloatArray]:
    """Return ``(row, root)`` of every positive root of every row, ascending within a row.

    With ``d = x / (1-x)`` the polynomial has on (0, 1) the Bernstein coefficients ``c_t / C(n,t)``; the
    number of roots in a cell is at most that of their sign changes, and exactly one for one change. A
    cell that may hold more is halved (de Casteljau). A coefficient that rounding could have made counts
    as zero; a zero at a halving point is a root, and so is a cell of nothing but zeros. Roots
    between which the polynomial cannot be told from zero are one root, as is a root of higher order.
    """
    n = rows.shape[1] - 1
    signs, logs = _sign_and_log(rows)
    scaled = np.ldexp(rows, -np.frexp(np.abs(rows).max(axis=1))[1][:, None])
    cells = _Cells.whole(scaled / np.array([comb(n, t) for t in range(n + 1)], dtype=np.float64))
    found: list[tuple[IndexArray, FloatArray]] = []
    brackets: list[tuple[IndexArray, FloatArray, FloatArray, FloatArray]] = []
    for _ in range(_MAX_DEPTH):
        signs_here, doubtful = cells.signs()
        changes = sign_changes(signs_here)
        flat = np.flatnonzero(~signs_here.any(axis=1))
        if flat.size:
            found.append((cells.row[flat], cells.middles(flat)))
        # A bracket has no root at its ends, and they are not d = 0 or d = inf.
        closed = (signs_here[:, 0] * signs_here[:, -1] < 0.0) & (cells.left[0] > 0.0) & (cells.right[1] > 0.0)
        single = (changes == 1) & closed & ~doubtful.any(axis=1)
        if single.any():
            index = np.flatnonzero(single)
            brackets.append(
                (cells.row[index], cells.lefts(index), cells.rights(index), signs_here[index, -1])
            )
        cells = cells.take(np.flatnonzero(((changes > 0) & ~single) | _may_touch(signs_here, doubtful)))
        if not cells.row.size:
            break
        cells, at_middle = cells.halved()
        if at_middle[0].size:
            found.append(at_middle)
    if brackets:
        row, low, high, direction = (np.concatenate(parts) for parts in zip(*brackets, strict=True))
        found.append((row, _refine(signs[row], logs[row], low, high, direction)))
    if not found:
        return np.empty(0, dtype=np.intp), np.empty(0)
    row, root = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((root, row))
    return _merged(signs, logs, row[order], root[order])


@dataclass(frozen=True, slots=True)
class _Cells:
    """Intervals of (0, 1), each with the Bernstein coefficients of one row's polynomial on it.

    An end x is kept with ``1 - x``, so that it is exact near 0 and near 1.
    """

    row: IndexArray
    value: FloatArray  # (cells, n+1)
    size: FloatArray  # the same of the polynomial with all terms positive: what rounding is measured by
    left: FloatArray  # (2, cells): x and 1 - x
    right: FloatArray

    @classmethod
    def whole(cls, coefficients: FloatArray) -> _Cells:
        """Return one cell (0, 1) for every row."""
        zero, one = np.zeros(len(coefficients)), np.ones(len(coefficients))
        row = np.arange(len(coefficients))
        return cls(row, coefficients, np.abs(coefficients), np.stack((zero, one)), np.stack((one, zero)))

    def signs(self) -> tuple[FloatArray, NDArray[np.bool_]]:
        """Return the signs of the coefficients, 0 where rounding could have made them, and where it could."""
        noise = _NOISE * self.value.shape[1] * self.size
        doubtful = (np.abs(self.value) <= noise) & (self.size > 0.0)
        return np.where(doubtful, 0.0, np.sign(self.value)), doubtful

    def lefts(self, index: IndexArray) -> FloatArray:
        """Return ln d of the left ends."""
        return _log_factor(self.left[:, index])

    def middles(self, index: IndexArray) -> FloatArray:
        """Return ln d of the halving points."""
        return _log_factor(0.5 * (self.left[:, index] + self.right[:, index]))

    def rights(self, index: IndexArray) -> FloatArray:
        """Return ln d of the right ends."""
        return _log_factor(self.right[:, index])

    def take(self, index: IndexArray) -> _Cells:
        """Return the cells of an index."""
        return _Cells(
            self.row[index], self.value[index], self.size[index], self.left[:, index], self.right[:, index]
        )

    def halved(self) -> tuple[_Cells, tuple[IndexArray, FloatArray]]:
        """Return both halves of every cell, and ``(row, root)`` of the roots at their common ends."""
        count, width = self.value.shape
        halves = _halving(width - 1)
        value, size = self.value @ halves, self.size @ halves
        middle = 0.5 * (self.left + self.right)
        both = _Cells(
            np.concatenate((self.row, self.row)),
            np.concatenate((value[:, :width], value[:, width:])),
            np.concatenate((size[:, :width], size[:, width:])),
            np.concatenate((self.left, middle), axis=1),
            np.concatenate((middle, self.right), axis=1),
        )
        zero = np.flatnonzero(both.signs()[0][:count, -1] == 0.0)
        return both, (self.row[zero], self.middles(zero))


def _may_touch(signs: FloatArray, doubtful: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where a doubtful coefficient stands between two of certain sign: the graph may touch zero."""
    certain = signs != 0.0
    before = np.logical_or.accumulate(certain, axis=1)
    after = np.logical_or.accumulate(certain[:, ::-1], axis=1)[:, ::-1]
    return np.asarray((doubtful & before & after).any(axis=1))


def _log_factor(ends: FloatArray) -> FloatArray:
    """Return ``ln d = ln x - ln(1-x)``."""
    return np.asarray(np.log(ends[0]) - np.log(ends[1]))


@cache
def _halving(n: int) -> FloatArray:
    """Return the matrix that maps Bernstein coefficients to those of the left and the right half."""
    left = np.array([[comb(j, i) / 2.0**j for j in range(n + 1)] for i in range(n + 1)])
    return np.hstack((left, left[::-1, ::-1]))


def _sign_and_log(rows: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the signs, and ln|c| with the largest of a row brought to [0.5, 1) by a power of two."""
    size = np.abs(rows)
    mantissa, exponent = np.frexp(size)
    exponent -= exponent.max(axis=1, where=size > 0.0, initial=-(1 << 20), keepdims=True)
    with np.errstate(divide="ignore"):
        return np.sign(rows), np.log(mantissa) + exponent * np.log(2.0)


def _terms(signs: FloatArray, logs: FloatArray, u: FloatArray) -> FloatArray:
    """Return the terms ``c_t * exp(t*u)``, scaled so that the largest of a row is 1 in size."""
    exponents = logs + u[:, None] * np.arange(logs.shape[1])
    return np.asarray(signs * np.exp(exponents - exponents.max(axis=1, keepdims=True)))


def _last_signs(signs: FloatArray) -> FloatArray:
    """Return the last sign of each row that is not zero."""
    last = signs.shape[1] - 1 - np.argmax(signs[:, ::-1] != 0.0, axis=1)
    return np.asarray(np.take_along_axis(signs, last[:, None], axis=1)[:, 0])


def _log_ratio_at_one(signs: FloatArray, logs: FloatArray) -> FloatArray:
    """Return ``h(0) = ln(P/Q)``, whatever the range of the terms."""
    sums = []
    for sign in (1.0, -1.0):
        own = np.where(signs == sign, logs, -np.inf)
        top = own.max(axis=1)
        sums.append(top + np.log(np.exp(own - top[:, None]).sum(axis=1)))
    return np.asarray(sums[0] - sums[1])


def _refine(
    signs: FloatArray, logs: FloatArray, low: FloatArray, high: FloatArray, direction: FloatArray
) -> FloatArray:
    """Return the root of each row in ``[low, high]``, where the sign goes from ``-direction`` to it.

    Newton steps on h; where one would leave the bracket or does not halve the step before it, bisection.
    """
    root = np.empty(len(low))
    index = np.arange(len(low))
    times = np.arange(logs.shape[1], dtype=np.float64)
    sums = np.stack((np.ones_like(times), times))
    logs, positive = np.ascontiguousarray(logs.T), np.ascontiguousarray(signs.T > 0.0, dtype=np.float64)
    u = np.clip(0.0, low, high)
    last = high - low
    for _ in range(_MAX_STEPS):
        terms = times[:, None] * u
        terms += logs
        terms -= terms.max(axis=0)
        np.exp(terms, out=terms)
        gains = terms * positive
        terms -= gains
        (plus, plus_moment), (minus, minus_moment) = sums @ gains, sums @ terms
        with np.errstate(divide="ignore", invalid="ignore"):  # one side may vanish far from the root
            height = np.log(plus) - np.log(minus)
            newton = u - height / (plus_moment / plus - minus_moment / minus)
        below = height * direction < 0.0
        low, high = np.where(below, u, low), np.where(below, high, u)
        good = (newton >= low) & (newton <= high) & (np.abs(newton - u) <= 0.5 * np.abs(last))
        following = np.where(good, newton, low + 0.5 * (high - low))
        following = np.where(height == 0.0, u, following)
        last, u = following - u, following
        done = np.abs(last) <= 2.0 * _EPS * np.maximum(1.0, np.abs(u))
        if done.any():
            root[index[done]] = u[done]
            going = np.flatnonzero(~done)
            if not going.size:
                return root
            index, direction = index[going], direction[going]
            logs, positive = logs[:, going], positive[:, going]
            u, low, high, last = u[going], low[going], high[going], last[going]
    root[index] = u
    return root


def _merged(
    signs: FloatArray, logs: FloatArray, row: IndexArray, root: FloatArray
) -> tuple[IndexArray, FloatArray]:
    """Make one root of neighbours between which the polynomial is zero to rounding."""
    if root.size < 2:
        return row, root
    terms = _terms(signs[row[:-1]], logs[row[:-1]], 0.5 * (root[:-1] + root[1:]))
    flat = np.abs(terms.sum(axis=1)) <= _NOISE * terms.shape[1] * np.abs(terms).sum(axis=1)
    same = (row[:-1] == row[1:]) & flat
    group = np.concatenate(([0], np.cumsum(~same)))
    count = np.bincount(group)
    first = np.concatenate(([0], np.flatnonzero(~same) + 1))
    return row[first], np.bincount(group, weights=root) / count

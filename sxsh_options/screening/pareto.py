"""Ties and Pareto tiers: who shares a rank, who is beaten by nobody."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TIE = 1e-9  # relative difference below which two results are the same result


def order_classes(values: Floats) -> Ints:
    """Give the distinct values numbers from 0 (smallest) up; values closer than ``TIE`` are one.

    Parameters
    ----------
    values : ndarray, shape (N,)
        May hold ``inf``, not NaN.

    Returns
    -------
    ndarray of int, shape (N,)
    """
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    finite = np.where(np.isfinite(ranked), ranked, 0.0)
    with np.errstate(invalid="ignore"):
        gap = np.diff(ranked)
    scale = np.maximum(np.abs(finite[1:]), np.abs(finite[:-1]))
    new = np.where(np.isnan(gap), False, gap > TIE * scale)
    classes = np.empty(len(values), dtype=np.int64)
    classes[order] = np.concatenate(([0], np.cumsum(new))) if len(values) else 0
    return classes


def competition_rank(values: Floats) -> Ints:
    """Rank from 1, smallest first; ties share the better rank and the next ranks are left out.

    Parameters
    ----------
    values : ndarray, shape (N,)

    Returns
    -------
    ndarray of int, shape (N,)
    """
    classes = order_classes(values)
    ordered = np.sort(classes)
    return np.searchsorted(ordered, classes, side="left") + 1


def tiers(criteria: Floats) -> Ints:
    """Pareto tiers over three criteria, all to be minimised; tier 1 is beaten by nobody.

    One option beats another where it is no worse in all criteria and better in at least one. Tier k
    holds what is beaten only by tiers before k.

    Parameters
    ----------
    criteria : ndarray, shape (N, 3)

    Returns
    -------
    ndarray of int, shape (N,)

    Notes
    -----
    Points are swept in order of the first criterion. Each tier keeps the staircase of its best
    (second, third) pairs, so one bisection tells whether it beats a point; and as what is beaten by a
    tier is beaten by every earlier one, a bisection over the tiers finds the place: O(N log² N) beside
    the keeping of the staircases.
    """
    if not len(criteria):
        return np.empty(0, dtype=np.int64)
    classes = np.column_stack([order_classes(column) for column in criteria.T])
    points, place = np.unique(classes, axis=0, return_inverse=True)
    stairs: list[tuple[list[int], list[int]]] = []
    tier = np.empty(len(points), dtype=np.int64)
    for index, (_, second, third) in enumerate(points.tolist()):
        low, high = 0, len(stairs)
        while low < high:
            middle = (low + high) // 2
            seconds, thirds = stairs[middle]
            left = bisect_right(seconds, second) - 1
            if left >= 0 and thirds[left] <= third:
                low = middle + 1
            else:
                high = middle
        if low == len(stairs):
            stairs.append(([], []))
        seconds, thirds = stairs[low]
        start = stop = bisect_left(seconds, second)
        while stop < len(seconds) and thirds[stop] >= third:
            stop += 1
        seconds[start:stop] = [second]
        thirds[start:stop] = [third]
        tier[index] = low + 1
    return tier[place.reshape(-1)]

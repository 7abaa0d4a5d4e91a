"""Ties and tiers against the definition, worked out by brute force."""

from __future__ import annotations

import numpy as np
import pytest

from sxsh_options.screening.pareto import competition_rank, order_classes, tiers


def tiers_by_definition(points: np.ndarray) -> list[int]:
    left = set(range(len(points)))
    tier = [0] * len(points)
    level = 0
    while left:
        level += 1
        unbeaten = {
            i
            for i in left
            if not any((points[j] <= points[i]).all() and (points[j] < points[i]).any() for j in left)
        }
        for i in unbeaten:
            tier[i] = level
        left -= unbeaten
    return tier


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("values", [3, 8, 1000])
def test_tiers_are_those_of_the_definition(seed: int, values: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.integers(0, values, size=(60, 3)).astype(float)
    assert tiers(points).tolist() == tiers_by_definition(points)


def test_equal_options_share_a_tier_and_infinity_is_worst() -> None:
    points = np.array([[np.inf, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    assert tiers(points).tolist() == [2, 1, 1]


def test_no_options_no_tiers() -> None:
    assert tiers(np.empty((0, 3))).tolist() == []


def test_ties_share_the_better_rank_and_the_next_ranks_are_left_out() -> None:
    values = np.array([2.0, 1.0, 2.0, np.inf, np.inf, 3.0])
    assert competition_rank(values).tolist() == [2, 1, 2, 5, 5, 4]


def test_rounding_is_no_difference() -> None:
    values = np.array([0.1 + 0.2, 0.3, 0.3000001])
    assert order_classes(values).tolist() == [0, 0, 1]


def test_zero_and_a_tiny_number_are_two() -> None:
    assert order_classes(np.array([0.0, 1e-300, -1.0])).tolist() == [1, 2, 0]

"""Depreciation fractions, escalation and replacements by hand."""

import numpy as np
import pytest

from sxsh_options import finance
from sxsh_options.errors import FinanceError


def test_straight_line() -> None:
    np.testing.assert_allclose(finance.straight_line(4, 5), [0.25, 0.25, 0.25, 0.25, 0.0])
    np.testing.assert_allclose(finance.straight_line(2.5, 4), [0.4, 0.4, 0.2, 0.0])
    np.testing.assert_allclose(finance.straight_line(5, 2), [0.2, 0.2])
    np.testing.assert_allclose(finance.straight_line([1, 2], 2), [[1.0, 0.0], [0.5, 0.5]])
    np.testing.assert_allclose(finance.straight_line(0.5, 2), [1.0, 0.0])


def test_declining_balance() -> None:
    """50 million over 5 years, 40 % a year: 20, 12, 7.2, then 10.8 in two equal parts."""
    fractions = finance.declining_balance(5, 6, 2.0)
    np.testing.assert_allclose(50 * fractions, [20.0, 12.0, 7.2, 5.4, 5.4, 0.0], atol=1e-12)
    np.testing.assert_allclose(finance.declining_balance(3, 2, 1.0), [1 / 3, 1 / 3])
    np.testing.assert_allclose(finance.declining_balance(1, 2, 2.5), [1.0, 0.0])


def test_units_of_production() -> None:
    fractions = finance.units_of_production([10.0, 30.0, 80.0, 5.0], 100.0)
    np.testing.assert_allclose(fractions, [0.1, 0.3, 0.6, 0.0])


def test_later_depreciation() -> None:
    """100 bought in year 1 and 40 in year 3, deducted over two years from the year after."""
    later = finance.later_depreciation([100.0, 0.0, 40.0, 0.0, 0.0], [0.5, 0.5])
    np.testing.assert_allclose(later, [0.0, 50.0, 50.0, 20.0, 20.0])
    np.testing.assert_allclose(finance.later_depreciation([0.0, 0.0, 40.0], [0.5, 0.5]), [0.0, 0.0, 0.0])
    many = finance.later_depreciation([[10.0, 0.0], [20.0, 0.0]], [[1.0], [0.5]])
    np.testing.assert_allclose(many, [[0.0, 10.0], [0.0, 10.0]])


@pytest.mark.parametrize("life", [0.0, -1.0, [5.0, 0.0]])
def test_life_that_is_none(life: float) -> None:
    for call in (lambda: finance.straight_line(life, 3), lambda: finance.replacements(1.0, life, 3)):
        with pytest.raises(FinanceError) as error:
            call()
        assert [m.code for m in error.value.messages] == ["finance.not_positive"]


def test_negative_output() -> None:
    with pytest.raises(FinanceError) as error:
        finance.units_of_production([1.0, -1.0], 10.0)
    assert [m.code for m in error.value.messages] == ["finance.negative"]


def test_escalate() -> None:
    np.testing.assert_allclose(finance.escalate(100.0, 0.1, 3), [100.0, 110.0, 121.0])
    np.testing.assert_allclose(finance.escalate([1.0, 2.0], [0.0, 1.0], 3), [[1, 1, 1], [2, 4, 8]])
    with pytest.raises(FinanceError):
        finance.escalate(100.0, -1.0, 3)


@pytest.mark.parametrize(
    ("life", "horizon", "bought", "residual"),
    [
        (10, 10, {}, 0.0),
        (15, 10, {}, 100 / 3),
        (5, 10, {5: 1}, 0.0),
        (4, 10, {4: 1, 8: 1}, 50.0),
        (3, 10, {3: 1, 6: 1, 9: 1}, 200 / 3),
        (2.5, 6, {3: 1, 5: 1}, 60.0),  # used from 5.0 to 6.0 of its 2.5 years
        (0.5, 2, {1: 2, 2: 1}, 0.0),
        (1, 3, {1: 1, 2: 1}, 0.0),
        (0.1, 1, {1: 9}, 0.0),
    ],
)
def test_replacements(life: float, horizon: int, bought: dict[int, int], residual: float) -> None:
    later, left = finance.replacements(100.0, life, horizon)
    expected = np.zeros(horizon)
    for year, count in bought.items():
        expected[year - 1] = 100.0 * count
    np.testing.assert_allclose(later, expected)
    assert left == pytest.approx(residual, abs=1e-9)


def test_replacements_of_many_at_rising_prices() -> None:
    later, left = finance.replacements([100.0, 10.0], [2, 5], 3, growth=0.1)
    np.testing.assert_allclose(later, [[0.0, 110.0, 0.0], [0.0, 0.0, 0.0]])
    np.testing.assert_allclose(left, [55.0, 4.0])

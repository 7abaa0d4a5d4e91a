"""IRR: the hand-made polynomials say how many roots there are, and where."""

import math
from itertools import pairwise

import numpy as np
import pytest

from sxsh_options import finance
from sxsh_options.errors import FinanceError


def flow_with(*rates: float, rest: tuple[float, ...] = (1.0,)) -> np.ndarray:
    """Return cash flows whose NPV is zero at these rates, times a factor without a root."""
    factors = np.polynomial.polynomial.polyfromroots([1 / (1 + r) for r in rates])
    return np.polynomial.polynomial.polymul(factors, rest)


@pytest.mark.parametrize(
    ("flow", "rate"),
    [
        ([-100.0, 110.0], 0.1),
        ([-100.0, 50.0, 50.0], 0.0),
        ([-100.0, 0.0, 121.0], 0.1),
        ([-100.0, 25.0, 25.0], -0.3596117967977924),  # d**2 + d = 4
        ([100.0, -110.0], 0.1),
        ([0.0, -100.0, 0.0, 121.0, 0.0], 0.1),
        ([-50.0, -55.0, 121.0], 0.1),
        ([-1.0, 0.0, 0.0, 0.0, 0.0, 1e10], 99.0),
        ([-1e10, 0.0, 0.0, 0.0, 0.0, 1.0], -0.99),
        ([-1.0, 1e6], 999_999.0),
        ([-1e6, 1.0], -0.999999),
    ],
)
def test_one_root(flow: list[float], rate: float) -> None:
    assert finance.irr_status(flow) == "unique"
    assert finance.irr(flow) == pytest.approx(rate, rel=1e-12, abs=1e-15)
    assert finance.irr_roots(flow) == pytest.approx([rate], rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(
    "rates",
    [
        (0.1, 0.2),
        (0.0, 0.3),
        (0.25, 4.0),
        (-0.5, 0.1),
        (0.1, 0.2, 0.3),
        (-0.9, 0.1, 9.0),
        (0.1, 0.10001),
        (0.0, 0.1, 0.2, 0.3),
    ],
)
def test_several_roots(rates: tuple[float, ...]) -> None:
    for rest in ((1.0,), (2.0, 1.0), (1.0, 0.0, 3.0)):
        flow = flow_with(*rates, rest=rest)
        assert finance.irr_status(flow) == "multiple"
        assert math.isnan(finance.irr(flow))
        assert finance.irr_roots(flow) == pytest.approx(list(rates), abs=1e-9)


@pytest.mark.parametrize("rate", [0.1, -0.4, 3.0])
def test_only_root_behind_several_changes_of_sign(rate: float) -> None:
    """(d - a)(d**2 - d + 1): the second factor has no real root but changes signs."""
    flow = flow_with(rate, rest=(1.0, -1.0, 1.0))
    assert sum(a * b < 0 for a, b in pairwise(flow)) == 3
    assert finance.irr_status(flow) == "unique"
    assert finance.irr(flow) == pytest.approx(rate, rel=1e-12)


@pytest.mark.parametrize("rate", [0.0, 0.1, 1.0])
def test_double_root_counts_once(rate: float) -> None:
    """In floating point a double root is only known to the square root of rounding."""
    flow = flow_with(rate, rate)
    assert finance.irr_status(flow) == "unique"
    assert finance.irr(flow) == pytest.approx(rate, abs=1e-6)
    both = flow_with(rate, rate, 0.5)
    assert finance.irr_status(both) == "multiple"
    assert finance.irr_roots(both) == pytest.approx(sorted((rate, 0.5)), abs=1e-6)


def test_close_but_never_zero() -> None:
    """(d - a)**2 + e keeps its sign however small e is above rounding."""
    for gap in (1e-2, 1e-5, 1e-9):
        flow = flow_with(0.1, 0.1) + np.array([gap, 0.0, 0.0])
        assert finance.irr_status(flow) == "no_root"
        assert math.isnan(finance.irr(flow))
        assert finance.irr_roots(flow).size == 0
        assert finance.irr_status(flow - np.array([2 * gap, 0.0, 0.0])) == "multiple"


@pytest.mark.parametrize("flow", [[1.0, 2.0], [-1.0, -2.0], [0.0, 0.0], [5.0], [-5.0], [0.0, 3.0, 0.0]])
def test_no_change_of_sign(flow: list[float]) -> None:
    assert finance.irr_status(flow) == "no_sign_change"
    assert math.isnan(finance.irr(flow))
    assert finance.irr_roots(flow).size == 0


def test_scalars_and_arrays() -> None:
    assert isinstance(finance.irr([-100.0, 110.0]), float)
    assert isinstance(finance.irr_status([-100.0, 110.0]), str)
    flows = np.array([[[-100.0, 110.0], [1.0, 1.0], [-100.0, 50.0]]])
    rates, statuses = finance.irr_and_status(flows)
    np.testing.assert_allclose(rates, [[0.1, np.nan, -0.5]])
    assert statuses.tolist() == [["unique", "no_sign_change", "unique"]]
    assert finance.irr(np.empty((0, 4))).shape == (0,)


def test_one_bad_row_among_many_is_found() -> None:
    flows = np.tile([-100.0, 60.0, 60.0], (10_000, 1))
    flows[8_765, 1] = np.nan
    with pytest.raises(FinanceError) as error:
        finance.irr(flows)
    assert error.value.messages[0].params["index"] == [8_765, 1]


def test_many_usual_rows_at_once() -> None:
    """Level savings of n years: the annuity formula at the rate must give the payback back."""
    years = np.arange(1, 41)
    paybacks = np.geomspace(0.01, 60.0, 500)
    for n in years[::6]:
        flows = np.column_stack((-paybacks, np.ones((paybacks.size, n))))
        rates, statuses = finance.irr_and_status(flows)
        assert (statuses == "unique").all()
        factor = finance.capital_recovery_factor(rates, n)
        np.testing.assert_allclose(1.0 / factor, paybacks, rtol=1e-11)


def test_amounts_of_any_size() -> None:
    for scale in (5e-324 * 2**60, 1e-300, 1e-99, 1e150, 1e300):
        assert finance.irr([-100 * scale, 60 * scale, 60 * scale]) == pytest.approx(
            finance.irr([-100.0, 60.0, 60.0]), rel=1e-12
        )
        assert finance.irr_roots(np.array([-10.0, 23.0, -13.2]) * scale) == pytest.approx([0.1, 0.2])
    assert finance.irr_status([-1e300, 1.0, 1e-300]) == "unique"
    assert finance.irr([-1e-300, 0.0, 1e300]) == pytest.approx(1e300)

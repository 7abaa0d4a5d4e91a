"""Indicators by hand calculation, their edges, and their named errors."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sxsh_options import finance
from sxsh_options.errors import FinanceError

NAN, INF = float("nan"), float("inf")


def codes(error: pytest.ExceptionInfo[FinanceError]) -> list[str]:
    return [m.code for m in error.value.messages]


def test_npv_does_not_discount_year_0() -> None:
    assert finance.npv(0.25, [-100.0, 50.0, 100.0]) == pytest.approx(-100 + 40 + 64)


def test_npv_shapes() -> None:
    flows = np.array([[-100.0, 50.0, 100.0], [-10.0, 5.0, 10.0]])
    assert isinstance(finance.npv(0.25, flows[0]), float)
    assert finance.npv(0.25, flows) == pytest.approx([4.0, 0.4])
    assert finance.npv([0.25, 0.0], flows) == pytest.approx([4.0, 5.0])
    assert finance.npv([0.0, 0.25], flows[0]) == pytest.approx([50.0, 4.0])
    assert finance.npv(0.25, flows[None]).shape == (1, 2)
    assert finance.npv(0.1, np.empty((0, 5))).shape == (0,)


def test_rates_of_another_length() -> None:
    with pytest.raises(FinanceError) as error:
        finance.npv([0.1, 0.2, 0.3], np.ones((2, 4)))
    assert codes(error) == ["finance.wrong_shape"]


@pytest.mark.parametrize("rate", [-1.0, -2.0, NAN, INF, "ten"])
@pytest.mark.parametrize(
    "call",
    [
        lambda r: finance.npv(r, [-1.0, 2.0]),
        lambda r: finance.discounted_payback(r, [-1.0, 2.0]),
        lambda r: finance.profitability_index(r, [-1.0, 2.0]),
        lambda r: finance.equivalent_annual(r, [-1.0, 2.0]),
        lambda r: finance.mirr([-1.0, 2.0], 0.1, r),
        lambda r: finance.mirr([-1.0, 2.0], r, 0.1),
        lambda r: finance.capital_recovery_factor(r, 5),
        lambda r: finance.real_to_nominal(0.1, r),
        lambda r: finance.benefit_cost_ratio(r, [0.0, 1.0], [1.0, 0.0]),
    ],
)
def test_rate_out_of_domain(call: Callable[[Any], Any], rate: Any) -> None:
    with pytest.raises(FinanceError) as error:
        call(rate)
    expected = "finance.not_numbers" if rate == "ten" else "finance.rate_too_low"
    assert codes(error) == [expected if rate == "ten" or math.isfinite(rate) else "finance.not_finite"]
    assert isinstance(error.value, ValueError)


@pytest.mark.parametrize(
    "call",
    [
        lambda f: finance.npv(0.1, f),
        finance.irr,
        finance.irr_status,
        finance.irr_roots,
        lambda f: finance.mirr(f, 0.1, 0.1),
        finance.simple_payback,
        lambda f: finance.discounted_payback(0.1, f),
        lambda f: finance.profitability_index(0.1, f),
        finance.return_on_investment,
        lambda f: finance.equivalent_annual(0.1, f),
    ],
)
@pytest.mark.parametrize(
    ("flows", "code"),
    [
        ([-1.0, NAN, 2.0], "finance.not_finite"),
        ([-1.0, 3.0, INF], "finance.not_finite"),
        ([-1.0, "much"], "finance.not_numbers"),
        ([[-1.0, 2.0], [1.0]], "finance.not_numbers"),
        ([], "finance.no_years"),
        (5.0, "finance.no_years"),
    ],
)
def test_flows_that_cannot_be_used(call: Callable[[Any], Any], flows: Any, code: str) -> None:
    with pytest.raises(FinanceError) as error:
        call(flows)
    assert codes(error) == [code]


def test_the_bad_cell_is_named() -> None:
    with pytest.raises(FinanceError) as error:
        finance.npv(0.1, [[-1.0, 2.0], [-1.0, INF]])
    assert error.value.messages[0].params["index"] == [1, 1]
    assert error.value.messages[0].place is not None
    assert error.value.messages[0].place.field == "cash_flows"


@pytest.mark.parametrize(
    "call",
    [
        lambda: finance.npv(-0.9999999999, [1e300, 1e300]),
        lambda: finance.simple_payback([-1e308, -1e308]),
        lambda: finance.discounted_payback(-0.9999999999, [-1e300, 1e300]),
        lambda: finance.return_on_investment([-1e308, 1e308, 1e308, 1e308]),
    ],
)
def test_a_result_beyond_the_largest_number(call: Callable[[], Any]) -> None:
    with pytest.raises(FinanceError) as error:
        call()
    assert codes(error) == ["finance.overflow"]


def test_a_flow_too_small_to_divide_by() -> None:
    assert finance.simple_payback([-1e300, 1e-300]) == INF


@pytest.mark.parametrize(
    ("flows", "years"),
    [
        ([-100.0, 40.0, 40.0, 40.0], 2.5),
        ([-100.0, 50.0, 50.0], 2.0),
        ([-100.0, 200.0], 0.5),
        ([-100.0, 50.0, 49.0], INF),
        ([-100.0, 0.0, 0.0], INF),
        ([-100.0], INF),
        ([0.0], 0.0),
        ([0.0, 0.0], 0.0),
        ([10.0, 5.0], 0.0),
        ([10.0, -5.0, 5.0], 0.0),
        ([10.0, -20.0, 40.0], 1.25),  # in hand at first, but not for good
        ([-100.0, 150.0, -100.0, 200.0], 2.25),  # paid back, short again, paid back
        ([-100.0, 150.0, -100.0], INF),
        ([-100.0, 50.0, 50.0, 0.0, 0.0], 2.0),
        ([-0.3, 0.1, 0.1, 0.1], 3.0),  # though the binary sum is -5.6e-17
        ([-1e300, 5e299, 1e300], 1.5),
    ],
)
def test_simple_payback(flows: list[float], years: float) -> None:
    assert finance.simple_payback(flows) == pytest.approx(years, rel=1e-12)


def test_payback_of_many() -> None:
    flows = np.array([[[-100.0, 50.0, 100.0]], [[-100.0, 10.0, 10.0]]])
    np.testing.assert_allclose(finance.simple_payback(flows), [[1.5], [INF]])


def test_discounted_payback() -> None:
    """100 = 60/1.2 + x * 72/1.44 with x = 1."""
    assert finance.discounted_payback(0.2, [-100.0, 60.0, 72.0, 1.0]) == pytest.approx(2.0)
    assert finance.discounted_payback(0.2, [-100.0, 60.0, 60.0]) == INF
    rows = finance.discounted_payback([0.0, 0.2], [[-100.0, 60.0, 80.0], [-100.0, 60.0, 144.0]])
    assert rows == pytest.approx([1.5, 1.5])


def test_profitability_index_and_return() -> None:
    flows = [-100.0, 60.0, 72.0]
    assert finance.profitability_index(0.2, flows) == pytest.approx(1.0)
    assert finance.return_on_investment(flows) == pytest.approx(0.32)
    for no_outlay in ([0.0, 1.0], [5.0, -1.0]):
        assert math.isnan(finance.profitability_index(0.2, no_outlay))
        assert math.isnan(finance.return_on_investment(no_outlay))


def test_benefit_cost_ratio() -> None:
    assert finance.benefit_cost_ratio(0.25, [0.0, 50.0, 100.0], [40.0, 0.0, 18.75]) == pytest.approx(2.0)
    assert math.isnan(finance.benefit_cost_ratio(0.25, [0.0, 50.0], [0.0, 0.0]))


def test_capital_recovery_factor() -> None:
    assert finance.capital_recovery_factor(0.1, 2) == pytest.approx(1.21 / 2.1)
    assert finance.capital_recovery_factor(0.0, 8) == 0.125
    assert finance.capital_recovery_factor(1e-12, 8) == pytest.approx(0.125, rel=1e-10)
    assert finance.capital_recovery_factor(0.1, [1, 2]) == pytest.approx([1.1, 1.21 / 2.1])
    with pytest.raises(FinanceError) as error:
        finance.capital_recovery_factor(0.1, 0)
    assert codes(error) == ["finance.not_positive"]


def test_equivalent_annual_over_own_lives() -> None:
    """A machine of 2 years and one of 3, padded to 3: each spread over its own life."""
    flows = [[-210.0, 121.0, 121.0, 0.0], [-331.0, 133.1, 133.1, 133.1]]
    assert finance.equivalent_annual(0.1, flows, years=[2, 3]) == pytest.approx([0.0, 0.0], abs=1e-12)
    assert finance.equivalent_annual(0.1, [-210.0, 131.0, 131.0]) == pytest.approx(10.0)
    assert finance.equivalent_annual(0.0, [-10.0, 10.0, 10.0]) == 5.0
    with pytest.raises(FinanceError) as error:
        finance.equivalent_annual(0.1, flows, years=[2, 3, 4])
    assert codes(error) == ["finance.wrong_shape"]


def test_mirr() -> None:
    """Inflows 110 and 121 at 10 % make 242 in year 2; 242 / 200 = 1.1 squared."""
    assert finance.mirr([-200.0, 110.0, 121.0], 0.1, 0.1) == pytest.approx(0.1)
    assert math.isnan(finance.mirr([1.0, 2.0], 0.1, 0.1))
    assert math.isnan(finance.mirr([-1.0, -2.0], 0.1, 0.1))


def test_real_to_nominal() -> None:
    assert finance.real_to_nominal(0.064, 0.025) == pytest.approx(0.0906)
    assert finance.real_to_nominal([0.0, 0.1], 0.1) == pytest.approx([0.1, 0.21])

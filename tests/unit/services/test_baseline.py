"""The use of a year: quantities, cost, emissions, use per unit of product."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sxsh_options.services.baseline import resources_in_play, yearly_use
from tests.builders import AS_OF, assessment, electricity, option


def flow(flow_id: str, resource: str, quantity: float, unit: str, **rest: Any) -> dict[str, Any]:
    return {"id": flow_id, "resource": resource, "quantity": quantity, "unit": unit, **rest}


def test_half_a_year_is_doubled() -> None:
    """181 of 365.25 days: 100,000 kWh are 201,795.58 a year."""
    period = {**electricity(), "start": "2025-01-01", "end": "2025-06-30"}
    use = yearly_use(assessment(baseline=period), AS_OF)
    assert use.flows[0].quantity == pytest.approx(100_000 * 365.25 / 181)
    assert use.flows[0].cost_vnd == pytest.approx(2000 * 100_000 * 365.25 / 181)


def test_cost_emissions_and_sums() -> None:
    """1,200 MWh at 2,000 đ/kWh and 0.6592 t/MWh; 12,000 m3 of water at the default of 12,100 đ."""
    flows = [
        flow("power", "electricity", 1200, "MWh", unit_price=2e6),
        flow("water", "water", 12_000, "m3"),
        flow("waste", "wastewater", 9000, "m3"),
        flow("coal", "coal_grade_3_4", 100, "t"),
    ]
    use = yearly_use(assessment(baseline={**electricity(), "flows": flows}), AS_OF)
    power, water, waste, coal = use.flows
    assert (power.quantity, power.unit, power.cost_vnd) == (1200, "MWh", pytest.approx(2.4e9))
    assert power.co2e_t == pytest.approx(1200 * 0.6592)
    assert power.price_source is None
    assert water.cost_vnd == pytest.approx(145.2e6)
    assert water.price_source is not None
    assert water.co2e_t is None, "the water supply is outside scopes 1 and 2"
    assert (waste.cost_vnd, coal.cost_vnd) == (None, None)
    assert use.cost_vnd == pytest.approx(2.4e9 + 145.2e6)
    assert use.unpriced == ("coal_grade_3_4",), "wastewater is not bought"
    assert coal.co2e_t is not None
    assert use.co2e_t == pytest.approx(1200 * 0.6592 + coal.co2e_t)


def test_vat_that_cannot_be_deducted_is_a_cost() -> None:
    flows = [flow("power", "electricity", 1000, "kWh", unit_price=2000, vat_rate=0.08, vat_deductible=False)]
    use = yearly_use(assessment(baseline={**electricity(), "flows": flows}), AS_OF)
    assert use.cost_vnd == pytest.approx(2_160_000)


def test_use_per_unit_of_product() -> None:
    """100,000 + 20,000 kWh for 500 t are 240 kWh/t."""
    flows = [flow("a", "electricity", 100_000, "kWh"), flow("b", "electricity", 20, "MWh")]
    made = [{"id": "milk", "name": "sữa", "quantity": 500, "unit": "tấn"}]
    baseline = {**electricity(), "flows": flows, "production": made}
    (row,) = yearly_use(assessment(baseline=baseline), AS_OF).per_product
    assert (row.product, row.product_unit, row.resource, row.unit) == ("sữa", "tấn", "electricity", "kwh")
    assert row.quantity == pytest.approx(240)


def test_a_factor_of_ones_own_counts() -> None:
    own = {
        "id": "f",
        "kind": "emission_factor",
        "key": "electricity",
        "value": 0.1,
        "unit": "mwh",
        "reason": "điện mặt trời",
    }
    use = yearly_use(assessment(baseline=electricity(), overrides=[own]), AS_OF)
    assert use.co2e_t == pytest.approx(10.0)  # 100 MWh at 0.1


def test_nothing_entered() -> None:
    use = yearly_use(assessment(), date(2026, 11, 22))
    assert (use.flows, use.per_product, use.cost_vnd, use.unpriced) == ((), (), 0.0, ())


def test_resources_in_play() -> None:
    saving = {"resource": "water", "quantity": 10, "unit": "m3"}
    given = assessment(option(savings=[saving]), baseline=electricity())
    assert resources_in_play(given) == ("electricity", "water")


@pytest.mark.parametrize(
    ("treatment", "co2e"),
    [("deep_lagoon", 28_000), ("shallow_lagoon", 7_000), ("aerobic", 0), ("none", None), (None, None)],
)
def test_methane_of_an_open_lagoon_is_an_emission(treatment: str | None, co2e: float | None) -> None:
    """5,000 t of COD, 0.25 kg CH4 each kg, MCF 0.8 or 0.2, GWP 28."""
    load = flow("cod", "cod", 5000, "t")
    given = {**electricity(), "flows": [load], "wastewater_treatment": treatment}
    use = yearly_use(assessment(baseline=given), AS_OF)
    assert use.lagoon_co2e_t == (None if co2e is None else pytest.approx(co2e))
    assert use.co2e_t == pytest.approx(co2e or 0)


def test_an_open_lagoon_of_unknown_load_is_no_zero() -> None:
    given = {**electricity(), "flows": [], "wastewater_treatment": "deep_lagoon"}
    assert yearly_use(assessment(baseline=given), AS_OF).lagoon_co2e_t is None

"""Default prices: net of VAT, per canonical unit, dated."""

from __future__ import annotations

from datetime import date

import pytest

from sxsh_options.errors import InputError
from sxsh_options.resources import prices

TODAY = date(2026, 11, 22)


def price(resource: str, as_of: date = TODAY) -> prices.DatedValue:
    found = prices.default_price(resource, as_of)
    assert found is not None
    return found


def test_electricity_is_the_production_tariff_at_normal_hours() -> None:
    found = price("electricity")
    assert (found.number, found.unit, found.evidence) == (1833.0, "VND/kwh", "secondary")


@pytest.mark.parametrize(
    ("resource", "as_of", "vnd_per_t"),
    [
        # published with 8 % VAT: 18,380 VND/L at 0.84 kg/L; 13,430 VND/kg; 1,646,000 VND a 48 kg cylinder
        ("diesel", TODAY, 18_380 / 1.08 / 0.84 * 1000),
        ("diesel", date(2025, 10, 1), 18_650 / 1.08 / 0.84 * 1000),
        ("diesel", date(2025, 10, 2), 19_030 / 1.08 / 0.84 * 1000),
        ("fuel_oil", TODAY, 13_430 / 1.08 * 1000),
        ("lpg", TODAY, 1_646_000 / 48 / 1.08 * 1000),
    ],
)
def test_fuels_without_vat(resource: str, as_of: date, vnd_per_t: float) -> None:
    found = price(resource, as_of)
    assert found.number == pytest.approx(vnd_per_t, rel=1e-14)
    assert (found.unit, found.evidence) == ("VND/t", "derived")
    assert "price.vat_taken_off" in [m.code for m in found.messages]


def test_a_published_price_soon_may_be_out_of_date() -> None:
    assert "parameter.may_be_out_of_date" not in [m.code for m in price("diesel", date(2025, 10, 8)).messages]
    assert "parameter.may_be_out_of_date" in [m.code for m in price("diesel", date(2025, 11, 15)).messages]


def test_water_is_the_newest_price_without_vat() -> None:
    assert (price("water").number, price("water").unit) == (12_100.0, "VND/m3")
    assert price("water", date(2021, 12, 31)).number == 11_400.0


@pytest.mark.parametrize("resource", ["coal", "steam", "wood", "natural_gas", "dye"])
def test_a_price_nobody_found_stays_unknown(resource: str) -> None:
    assert prices.default_price(resource, TODAY) is None
    assert [m.code for m in prices.lookup(resource, TODAY)[1]] == ["price.not_known"]


def test_no_price_before_the_first_known() -> None:
    found, messages = prices.lookup("electricity", date(2025, 5, 9))
    assert found is None
    assert [m.code for m in messages] == ["price.not_known", "parameter.before_first"]


def test_what_is_not_bought_needs_no_price() -> None:
    assert prices.lookup("cod", TODAY) == (None, ())


@pytest.mark.parametrize(
    ("voltage", "period", "vnd"),
    [("ge_110kv", "off_peak", 1146), ("6_to_22kv", "peak", 3508), ("below_6kv", "normal", 1987)],
)
def test_tariffs_by_voltage_and_hour(voltage: str, period: str, vnd: float) -> None:
    assert prices.electricity_tariff(TODAY, voltage, period).number == vnd


@pytest.mark.parametrize(("voltage", "period"), [("400kv", "peak"), ("ge_110kv", "night")])
def test_unknown_tariff_levels_are_refused(voltage: str, period: str) -> None:
    with pytest.raises(InputError) as error:
        prices.electricity_tariff(TODAY, voltage, period)
    assert error.value.messages[0].code == "price.unknown_tariff"

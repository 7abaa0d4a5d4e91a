"""Emission factors: dates of the grid, fuels against printed values, gases, gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from sxsh_options.errors import InputError, ParameterError
from sxsh_options.resources import emissions

TODAY = date(2026, 11, 22)

# kgCO2e per tonne of fuel with AR5 potentials, one decimal, computed and printed elsewhere from the factors
# of the IPCC 2006 guidelines. The column is reproduced with GWP 28 for methane, not 30: combustion counts
# the carbon of methane as CO2 already.
PRINTED_KG_PER_T_AR5 = {
    "anthracite": 2642.7, "bituminous": 2458.2, "subbituminous": 1829.1, "lignite": 1210.0, "coke": 3036.5,
    "diesel": 3196.7, "fuel_oil": 3136.8, "lpg": 2987.2, "natural_gas": 2695.4, "gasoline": 3080.8,
    "kerosene": 3159.9, "wood": 29.6, "rice_husk": 24.7, "bagasse": 14.2, "biomass_pellet": 33.2,
    "charcoal": 196.5, "biogas": 2.7,
}  # fmt: skip


def factor(resource: str, as_of: date = TODAY, **options: object) -> emissions.EmissionFactor:
    found = emissions.factor(resource, as_of=as_of, **options)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("as_of", "data_year", "t_per_mwh"),
    [
        (date(2016, 5, 19), 2014, 0.6612),
        (date(2016, 12, 30), 2014, 0.6612),  # 2015 has no letter date: usable from 31 December 2016
        (date(2016, 12, 31), 2015, 0.8154),
        (date(2017, 12, 30), 2015, 0.8154),
        (date(2017, 12, 31), 2016, 0.9185),
        (date(2024, 3, 18), 2021, 0.7221),
        (date(2024, 3, 19), 2022, 0.6766),
        (date(2024, 12, 2), 2022, 0.6766),
        (date(2024, 12, 3), 2023, 0.6592),
        (TODAY, 2023, 0.6592),
    ],
)
def test_the_newest_published_grid_factor(as_of: date, data_year: int, t_per_mwh: float) -> None:
    grid = factor("electricity", as_of)
    assert grid.data_year == data_year
    assert grid.t_co2e_per_unit * 1000 == pytest.approx(t_per_mwh, rel=1e-15)
    assert (grid.unit, grid.scope) == ("kwh", "2")


def codes(found: emissions.EmissionFactor) -> list[str]:
    return [message.code for message in found.messages]


def test_an_assumed_publication_is_marked() -> None:
    assert "parameter.start_assumed" in codes(factor("electricity", date(2016, 12, 31)))
    assert "parameter.start_assumed" not in codes(factor("electricity", date(2016, 12, 30)))


def test_the_missing_year_is_said_from_the_day_it_could_be_expected() -> None:
    assert codes(factor("electricity", date(2025, 12, 30))) == []
    late = factor("electricity", date(2025, 12, 31))
    assert codes(late) == ["factor.newer_year_unknown"]
    assert late.messages[0].params == {"year": 2024, "used": 2023}


def test_no_grid_factor_before_the_first_publication() -> None:
    found, messages = emissions.lookup("electricity", as_of=date(2013, 1, 1))
    assert found is None
    assert [m.code for m in messages] == ["factor.not_known", "parameter.before_first"]


def test_a_named_data_year() -> None:
    grid = factor("electricity", data_year=2019)
    assert (grid.data_year, grid.inputs) == (2019, {"grid_tco2_per_mwh": 0.8458})
    early = factor("electricity", date(2024, 1, 1), data_year=2023)
    assert codes(early) == ["factor.published_later"]


@pytest.mark.parametrize("year", [2012, 2024, 2025])
def test_a_gap_is_never_filled(year: int) -> None:
    with pytest.raises(ParameterError) as error:
        emissions.factor("electricity", as_of=TODAY, data_year=year)
    assert error.value.messages[0].code == "parameter.no_data_year"


@pytest.mark.parametrize("fuel", PRINTED_KG_PER_T_AR5)
def test_fuels_agree_with_the_printed_factor(fuel: str) -> None:
    computed = factor(fuel).t_co2e_per_unit * 1000
    assert abs(computed - PRINTED_KG_PER_T_AR5[fuel]) <= 0.05 + 1e-9


def test_diesel_by_hand() -> None:
    """43.0 GJ/t x (74100 + 3 x 28 + 0.6 x 265) kg/TJ = 3196.749 kg/t."""
    diesel = factor("diesel")
    assert diesel.t_co2e_per_unit == pytest.approx(3.196749, rel=1e-15)
    assert diesel.biogenic_t_co2_per_unit == 0
    assert (diesel.scope, diesel.formula_id) == ("1", "emission.combustion")


@pytest.mark.parametrize(("gas_set", "kg_per_tj"), [("AR4", 74353.8), ("AR5", 74343.0), ("AR6", 74347.5)])
def test_the_gas_set_changes_methane_and_nitrous_oxide(gas_set: str, kg_per_tj: float) -> None:
    """74100 + 3 x (25 | 28 | 27.9) + 0.6 x (298 | 265 | 273)."""
    assert factor("diesel", gas_set=gas_set).t_co2e_per_unit == pytest.approx(
        43.0 * kg_per_tj / 1e6, rel=1e-15
    )


def test_biomass_carbon_is_reported_and_not_counted() -> None:
    """Wood: 15.6 GJ/t x 112 kg/GJ biogenic; 15.6 x (30 x 28 + 4 x 265) / 10^6 counted."""
    wood = factor("wood")
    assert wood.biogenic_t_co2_per_unit == pytest.approx(1.7472, rel=1e-15)
    assert wood.t_co2e_per_unit == pytest.approx(0.02964, rel=1e-15)


def test_coal_of_no_stated_grade_is_anthracite_and_says_so() -> None:
    coal = factor("coal")
    assert coal.t_co2e_per_unit == factor("anthracite").t_co2e_per_unit
    assert (coal.evidence, codes(coal)) == ("derived", ["factor.proxy"])


@pytest.mark.parametrize(
    ("refrigerant", "gas_set", "t_per_kg"),
    [("r404a", "AR5", 3.9428), ("r404a", "AR4", 3.922), ("r22", "AR5", 1.76), ("r717", "AR6", 0.0)],
)
def test_refrigerants_by_gas_set(refrigerant: str, gas_set: str, t_per_kg: float) -> None:
    assert factor(refrigerant, gas_set=gas_set).t_co2e_per_unit == pytest.approx(t_per_kg, rel=1e-15)


def test_water_stands_apart() -> None:
    assert (factor("water").scope, factor("water").t_co2e_per_unit) == (
        "other",
        pytest.approx(0.000344, rel=1e-15),
    )
    assert factor("wastewater").t_co2e_per_unit == 0.000186


@pytest.mark.parametrize("resource", ["steam", "solid_waste", "caustic_soda"])
def test_what_is_not_known_is_none_and_said(resource: str) -> None:
    assert emissions.factor(resource, as_of=TODAY) is None
    found, messages = emissions.lookup(resource, as_of=TODAY)
    assert found is None
    assert [m.code for m in messages] == ["factor.not_known"]


def test_a_pollutant_has_no_greenhouse_gas_factor_and_needs_none() -> None:
    assert emissions.lookup("cod", as_of=TODAY) == (None, ())


def test_unknown_gas_set() -> None:
    with pytest.raises(InputError) as error:
        emissions.factor("diesel", as_of=TODAY, gas_set="AR7")
    assert error.value.messages[0].code == "factor.unknown_gas_set"


def test_methane_of_wastewater_on_site() -> None:
    """0.25 kg CH4/kg COD x 0.8 x 28 = 5.6 kg CO2e; 0.6 x 0.3 x 28 = 5.04 for BOD in an overloaded basin."""
    cod = emissions.wastewater_methane("cod", "anaerobic_reactor", as_of=TODAY)
    assert cod.t_co2e_per_unit == pytest.approx(0.0056, rel=1e-15)
    assert (cod.scope, cod.unit) == ("1", "kg")
    bod = emissions.wastewater_methane("bod", "aerobic_overloaded", as_of=TODAY)
    assert bod.t_co2e_per_unit == pytest.approx(0.00504, rel=1e-15)
    assert emissions.wastewater_methane("cod", "aerobic_managed", as_of=TODAY).t_co2e_per_unit == 0


@pytest.mark.parametrize(
    ("load", "treatment", "code"),
    [("tss", "septic", "factor.unknown_load"), ("cod", "magic", "factor.unknown_treatment")],
)
def test_methane_of_what_is_not_known(load: str, treatment: str, code: str) -> None:
    with pytest.raises(InputError) as error:
        emissions.wastewater_methane(load, treatment, as_of=TODAY)
    assert error.value.messages[0].code == code


@dataclass(frozen=True)
class OwnFactor:
    value: float
    unit: str
    reason: str = "Đo tại lò hơi"
    by: str = "Kỹ sư A"
    on: date | None = date(2026, 1, 5)


def test_the_users_own_factor_takes_the_place_of_ours_and_is_marked() -> None:
    """2.7 tCO2e per 1000 L of diesel is 2.7 / 0.84 per tonne."""
    own = emissions.overridden("diesel", OwnFactor(2.7, "kl"), factor("diesel"))
    assert own.t_co2e_per_unit == pytest.approx(2.7 / 0.84, rel=1e-15)
    assert (own.evidence, own.reference.title, own.valid_from) == (
        "override",
        "Đo tại lò hơi",
        date(2026, 1, 5),
    )
    steam = emissions.overridden("steam", OwnFactor(0.2, ""), None)
    assert (steam.t_co2e_per_unit, steam.scope, steam.unit) == (0.2, "2", "t")

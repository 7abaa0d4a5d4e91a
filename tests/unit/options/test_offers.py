"""What the catalogue would save in a facility, worked by hand from the facility's own figures."""

from __future__ import annotations

from typing import Any

import pytest

from sxsh_options.model import Assessment
from sxsh_options.options import annual_flows
from sxsh_options.options.bases import Premises, metered_uses
from sxsh_options.options.offers import Offer, fits, offer, offers
from sxsh_options.options.tables import option_catalogue
from sxsh_options.resources import conversion
from tests.builders import AS_OF, assessment, option

YEAR = {"start": "2025-01-01", "end": "2025-12-31"}
POWER = {"id": "power", "resource": "electricity", "quantity": 2_400, "unit": "mwh"}
WATER = {"id": "water", "resource": "water", "quantity": 120_000, "unit": "m3"}
DIESEL = {"id": "oil", "resource": "diesel", "quantity": 50, "unit": "t"}
COD = {"id": "cod", "resource": "cod", "quantity": 400, "unit": "t"}
LIGHT = {"id": "light", "resource": "electricity", "quantity": 90, "unit": "mwh", "end_use": "elec_light"}


def facility(*flows: dict[str, Any], sector: str = "seafood", **more: Any) -> Assessment:
    baseline = {**YEAR, "flows": list(flows)} | more.pop("baseline", {})
    return assessment(
        option("A", saving=1e6), facility={"name": "F", "sector": sector}, baseline=baseline, **more
    )


def stated(end_use: str, value: float, unit: str = "share") -> dict[str, Any]:
    return {
        "id": end_use,
        "kind": "end_use",
        "key": end_use,
        "value": value,
        "unit": unit,
        "reason": "ước tính",
    }


def premises(given: Assessment) -> Premises:
    return Premises(given, annual_flows(given))


def offered(option_id: str, given: Assessment) -> Offer:
    return offer(option_catalogue().options[option_id], premises(given), AS_OF)


def quantities(found: Offer) -> list[tuple[str, float, float, float]]:
    return [(s.resource, *map(pytest.approx, s.quantity)) for s in found.savings]


def test_a_usual_share_of_the_sector_where_there_is_no_meter() -> None:
    # light takes 5 % of a seafood plant's 2,400,000 kWh; LED saves 35, 50, 65 % of that
    found = offered("LGT01", facility(POWER))
    assert quantities(found) == [("electricity", 42_000, 60_000, 78_000)]
    assert found.bases["elec_light"].origin == "usual"


def test_a_meter_comes_first() -> None:
    found = offered("LGT01", facility(POWER, LIGHT))
    assert quantities(found) == [("electricity", 31_500, 45_000, 58_500)]
    assert found.bases["elec_light"].origin == "metered"


def test_a_stated_share_comes_before_the_usual_one() -> None:
    found = offered("LGT01", facility(POWER, overrides=[stated("elec_light", 0.10)]))
    assert quantities(found) == [("electricity", 84_000, 120_000, 156_000)]
    assert found.bases["elec_light"].origin == "stated"


def test_a_sum_of_end_uses_takes_the_shares_of_its_parts() -> None:
    # whitening 33.17 % and polishing 21.6 % of 1,000,000 kWh; 10 % of that
    power = {**POWER, "quantity": 1_000}
    found = offered("RIC02", facility(power, sector="rice_mill"))
    assert found.savings[0].quantity.typical == pytest.approx(54_770)


def test_the_general_share_where_the_sector_has_none() -> None:
    # motors take 65 % of electricity anywhere; 2, 4, 7 % of it by IE3 motors
    assert offered("MOT02", facility(POWER)).savings[0].quantity.typical == pytest.approx(62_400)


def test_what_is_not_known_is_asked_for_and_nothing_is_invented() -> None:
    found = offered("BLR02", facility(POWER, DIESEL))
    assert found.savings == ()
    assert [end_use.end_use_id for end_use in found.unknown] == ["fuel_boiler"]
    assert not found.ready


def test_methane_counts_only_against_an_open_lagoon() -> None:
    # 400 t COD x 0.25 kg CH4/kg x 0.8 of a deep lagoon = 80 t; 80, 90, 95 % avoided
    covered = offered("MAT07", facility(COD, DIESEL, baseline={"wastewater_treatment": "covered_anaerobic"}))
    assert "methane" not in {saving.resource for saving in covered.savings}
    assert [effect.effect for effect in covered.left_out] == ["methane"]
    deep = offered("MAT07", facility(COD, DIESEL, baseline={"wastewater_treatment": "deep_lagoon"}))
    assert ("methane", 64_000, 72_000, 76_000) in quantities(deep)
    shallow = offered("MAT07", facility(COD, DIESEL, baseline={"wastewater_treatment": "shallow_lagoon"}))
    assert ("methane", 16_000, 18_000, 19_000) in quantities(shallow)


def test_biogas_replaces_no_more_fuel_than_the_cod_gives() -> None:
    # 9.18 t COD, 70, 85, 95 % removed, 0.25 t CH4/t, 50.4 GJ/t: 81.0, 98.3, 109.9 GJ of the 46 t of coal
    coal = {"id": "coal", "resource": "anthracite", "quantity": 46, "unit": "t"}
    cod = {**COD, "quantity": 9.18}
    found = offered("MAT07", facility(coal, cod, sector="rice_noodle"))
    (fuel,) = (s for s in found.savings if s.resource == "anthracite")
    per_tonne = 1.0 / conversion.to_canonical("anthracite", 1.0, "gj")
    assert fuel.quantity.typical * per_tonne == pytest.approx(9.18 * 0.85 * 0.25 * 50.4)
    assert fuel.share is None


def test_biogas_of_unknown_cod_is_not_computed() -> None:
    found = offered("MAT07", facility(DIESEL, sector="rice_noodle"))
    assert found.savings == ()
    assert not found.ready


def test_negative_effects_are_added_consumption() -> None:
    # 20, 40, 60 % of 120,000 m3 reused, at 0.8 to 2 kWh for each of the 48,000 m3
    found = offered("WAT09", facility(WATER))
    assert quantities(found) == [
        ("water", 24_000, 48_000, 72_000),
        ("electricity", -96_000, -57_600, -38_400),
    ]


def test_a_heat_pump_uses_a_third_of_the_heat_as_electricity() -> None:
    # 50 t of diesel at 43 GJ/t; hot water takes 40 %, of which 95 % is replaced; COP 3
    found = offered("BLR10", facility(DIESEL, overrides=[stated("fuel_hot_water", 0.4)]))
    saved_kwh = 50 * 0.4 * 0.95 * 43 / 0.0036
    assert found.savings[-1].resource == "electricity"
    assert found.savings[-1].quantity.typical == pytest.approx(-0.33 * saved_kwh)


def test_a_fuel_that_takes_over_brings_its_own_use() -> None:
    # 95 % of 30 t diesel (43 GJ/t) becomes wood of 15.6 GJ/t
    found = offered("BLR08", facility(DIESEL, overrides=[stated("fuel_boiler", 0.6)]))
    saved, added = found.savings
    assert (saved.resource, added.resource) == ("diesel", "wood")
    assert saved.quantity.typical == pytest.approx(28.5)
    assert added.quantity.typical == pytest.approx(-28.5 * 43 / 15.6)
    assert found.money[0].base is not None


def test_a_bill_is_money_alone() -> None:
    found = offered("PWR02", facility(POWER, overrides=[stated("elec_cost_shiftable_peak", 500e6, "VND")]))
    assert found.savings == ()
    assert found.money[0].bill_vnd == 500e6


def test_the_main_material_is_the_heaviest_and_no_packaging() -> None:
    fish = {"id": "fish", "resource": "seafood", "quantity": 6_000, "unit": "t"}
    salt = {"id": "salt", "resource": "salt", "quantity": 80, "unit": "t"}
    boxes = {"id": "boxes", "resource": "packaging", "quantity": 9_000, "unit": "t"}
    base = premises(facility(salt, fish, boxes)).base("raw_main")
    assert [part.flow for part in base.parts] == ["fish"]


def test_options_for_boilers_fit_wherever_fuel_is_burnt() -> None:
    boiler = option_catalogue().options["BLR01"]
    assert fits(boiler, premises(facility(DIESEL, sector="wood")))
    assert not fits(boiler, premises(facility(POWER, sector="wood")))


def test_another_sector_has_other_options() -> None:
    brick = {each.option.option_id for each in offers(premises(facility(POWER, sector="gạch")), AS_OF)}
    assert "BRK02" in brick
    assert "SEA05" not in brick
    unknown = {
        each.option.option_id for each in offers(premises(facility(POWER, sector="phi thuyền")), AS_OF)
    }
    assert "BRK02" not in unknown
    assert "LGT01" in unknown


def test_a_flow_may_have_been_metered_for_a_part_of_its_kind() -> None:
    names = {use.end_use_id for use in metered_uses("diesel")}
    assert {"fuel_boiler", "fuel_dryer"} <= names
    assert "elec_light" not in names
    assert metered_uses("cod") == ()

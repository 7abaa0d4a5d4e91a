"""The option catalogue that ships: complete, in both languages, and as its sources print it."""

from __future__ import annotations

import re

import pytest

from sxsh_options.options.tables import CatalogueOption, option_catalogue, sector_of
from sxsh_options.parameters import Band

KNOWN = option_catalogue()
VIETNAMESE = re.compile(
    r"[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]", re.IGNORECASE
)


@pytest.fixture(params=sorted(KNOWN.options))
def option(request: pytest.FixtureRequest) -> CatalogueOption:
    return KNOWN.options[request.param]


def test_nothing_was_left_behind() -> None:
    assert len(KNOWN.options) == 124
    assert sum(len(option.effects) for option in KNOWN.options.values()) == 170
    assert len(KNOWN.shares) == 37
    assert len(KNOWN.anchors) == 21


@pytest.mark.parametrize(
    ("option_id", "base", "band"),
    [
        ("LGT01", "elec_light", (0.35, 0.50, 0.65)),
        ("PWR01", "elec_bill_reactive_penalty", (0.50, 0.90, 1.00)),
        ("PWR02", "elec_cost_shiftable_peak", (0.40, 0.60, 0.67)),
        ("BLR10", "fuel_saved", (-0.40, -0.33, -0.25)),
        ("WAT09", "water_saved", (-2.0, -1.2, -0.8)),
        ("MAT07", "fuel_total", (0.30, 0.65, 1.00)),
        ("TEX01", "water_process", (0.30, 0.44, 0.55)),
        ("SEA05", "raw_main", (0.003, 0.008, 0.02)),
    ],
)
def test_bands_are_those_of_the_source(option_id: str, base: str, band: tuple[float, ...]) -> None:
    found = [effect.band for effect in KNOWN.options[option_id].effects if effect.base == base]
    assert found == [Band(*band)]


def test_what_only_saves_money_carries_no_energy() -> None:
    bills = [e for o in KNOWN.options.values() for e in o.effects if e.measure == "percent_of_cost"]
    assert {effect.option_id for effect in bills} == {"PWR01", "PWR02", "BLR08", "RIC03", "RUB04", "WOD02"}
    assert {effect.effect for effect in bills} == {"money"}


def test_methane_is_claimed_against_an_open_lagoon_only() -> None:
    methane = [e for o in KNOWN.options.values() for e in o.effects if e.effect == "methane"]
    assert [(effect.option_id, effect.needs) for effect in methane] == [("MAT07", "open_anaerobic")]


def test_an_option_says_in_both_languages_what_it_is(option: CatalogueOption) -> None:
    assert VIETNAMESE.search(option.name["vi"] + option.process_step["vi"])
    assert not VIETNAMESE.search(option.name["en"] + option.process_step["en"])
    assert len(option.name["vi"]) <= 80
    for other in option.exclusive_with:
        assert option.option_id in KNOWN.options[other].exclusive_with


def test_figures_are_plausible(option: CatalogueOption) -> None:
    assert 1 <= option.life_years <= 30
    assert option.payback_years[0] <= option.payback_years[1] <= 12
    assert option.opex_share < 0.1
    for effect in option.effects:
        if effect.measure in ("percent", "percent_of_cost", "switch"):
            assert 0 <= effect.band.low <= effect.band.high <= 1


def test_one_step_has_one_name() -> None:
    pairs = {(o.process_step["vi"], o.process_step["en"]) for o in KNOWN.options.values()}
    assert len(pairs) == len({vi for vi, _ in pairs}) == len({en for _, en in pairs})
    assert len(pairs) <= 30


@pytest.mark.parametrize(
    ("typed", "sector"),
    [
        ("Chế biến thủy sản", "seafood"),
        ("thuỷ sản", "seafood"),
        ("KHOAI MI", "cassava"),
        ("dệt nhuộm", "textile"),
        ("bún", "rice_noodle"),
        ("gạch", "brick"),
        ("seafood", "seafood"),
    ],
)
def test_a_sector_answers_to_what_people_type(typed: str, sector: str) -> None:
    found = sector_of(typed)
    assert found is not None
    assert found.sector_id == sector


def test_an_unknown_sector_is_none() -> None:
    assert sector_of("phi thuyền") is None
    assert sector_of("") is None

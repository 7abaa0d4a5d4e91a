"""The worth of offers at the facility's prices, their order, and the option that is filled from one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sxsh_options.i18n import Wording
from sxsh_options.model import Assessment, Category
from sxsh_options.services import workbench
from sxsh_options.services.editing import get, put
from sxsh_options.services.offers import ValuedOffer, fill, matching, offered, offered_one, questions
from sxsh_options.services.ranking import RankRequest
from tests.builders import AS_OF, assessment
from tests.unit.options.test_offers import COD, DIESEL, POWER, WATER, facility, stated

REQUEST = RankRequest(as_of=AS_OF, discount_rate=0.1)


def document(given: Assessment) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(given.model_dump_json(exclude_none=True))
    return {**found, "options": []}


def by_id(found: tuple[ValuedOffer, ...]) -> dict[str, ValuedOffer]:
    return {each.option.option_id: each for each in found}


PRICED = {**POWER, "unit_price": 2_000_000.0}  # of a MWh


def test_the_saving_is_worth_what_the_facility_pays() -> None:
    # 60,000 kWh at 2,000 VND, 0.6592 t a MWh
    led = by_id(offered(facility(PRICED), AS_OF))["LGT01"]
    assert led.saving_vnd == pytest.approx((84e6, 120e6, 156e6))
    assert led.co2e_t == pytest.approx(60 * 0.6592)


def test_the_most_worth_comes_first_and_what_is_not_known_last() -> None:
    found = offered(facility(PRICED, WATER, DIESEL), AS_OF)
    computed = [each.saving_vnd.typical for each in found if each.computed and each.saving_vnd]
    assert computed == sorted(computed, reverse=True)
    known = [each.computed for each in found]
    assert known == sorted(known, reverse=True)


def test_the_questions_that_most_options_wait_for_come_first() -> None:
    asked = questions(offered(facility(PRICED, DIESEL), AS_OF))
    assert asked[0][0].end_use_id == "fuel_boiler"
    assert [waiting for _, waiting in asked] == sorted((waiting for _, waiting in asked), reverse=True)
    assert not [use for use, _ in asked if use.of == "cost"]


def test_an_answer_settles_the_question() -> None:
    given = facility(PRICED, DIESEL, overrides=[stated("fuel_boiler", 0.9)])
    assert "fuel_boiler" not in {use.end_use_id for use, _ in questions(offered(given, AS_OF))}


@pytest.mark.parametrize(
    ("option_id", "basis", "vnd"),
    [
        ("BLR01", "site", 15e6),  # one boiler
        ("PWR05", "size", 2.71e9),  # 360,000 kWh / 1,460 kWh a kWp = 246.6 kWp at 11 million
        ("LGT01", "payback", 214e6),  # 120 million x 1.85 years / (1 + 2 % x 1.85)
    ],
)
def test_the_placeholder_says_what_it_rests_on(option_id: str, basis: str, vnd: float) -> None:
    guess = by_id(offered(facility(PRICED, DIESEL), AS_OF))[option_id].capex
    assert guess is not None
    assert guess.basis == basis
    assert guess.vnd.typical == pytest.approx(vnd, rel=1e-3)


def test_a_filled_option_is_worth_what_was_offered() -> None:
    given = facility(PRICED, WATER)
    for each in offered(given, AS_OF):
        if not each.computed or each.saving_vnd is None or each.unpriced:
            continue
        bench = workbench.evaluate(fill(document(given), each, "vi"), REQUEST)
        (ranked,) = bench.ranked.options
        opex = each.capex.vnd.typical * each.option.opex_share if each.capex else 0.0
        assert ranked.net_annual_benefit_vnd == pytest.approx(each.saving_vnd.typical - opex, rel=5e-3)
        assert bench.unfinished == ()


def test_a_filled_option_keeps_band_end_use_and_origin() -> None:
    given = facility(PRICED)
    filled = fill(document(given), offered_one(given, AS_OF, "LGT01"), "vi")
    option = get(filled, ("options", "LGT01"))
    saving = option["savings"][0]
    assert (saving["low"], saving["percent"], saving["high"]) == (35.0, 50.0, 65.0)
    assert (saving["base_share"], saving["end_use"], saving["of_flow"]) == (0.05, "elec_light", "power")
    assert (option["catalogue_id"], option["interaction_group"]) == ("LGT01", "elec_light")
    assert option["capex"][0]["suggested"] == option["capex"][0]["amount"]


def test_the_saving_follows_the_flow() -> None:
    given = facility(PRICED)
    filled = fill(document(given), offered_one(given, AS_OF, "LGT01"), "vi")
    doubled = put(filled, ("baseline", "flows", "power", "quantity"), 4_800.0)
    (before,), (after,) = (workbench.evaluate(each, REQUEST).ranked.options for each in (filled, doubled))
    assert after.physical_savings["electricity"] == pytest.approx(2 * before.physical_savings["electricity"])


def test_the_ranking_asks_until_the_placeholder_is_replaced() -> None:
    given = facility(PRICED)
    filled = fill(document(given), offered_one(given, AS_OF, "REF01"), "vi")
    (ranked,) = workbench.evaluate(filled, REQUEST).ranked.options
    assert "question.placeholder_capex" in {question.code for question in ranked.warnings}
    path = ("options", "REF01", "capex", "cost1", "amount")
    quoted = put(filled, path, {"amount": 95e6, "currency": "VND"})
    (ranked,) = workbench.evaluate(quoted, REQUEST).ranked.options
    assert ranked.warnings == ()


def test_money_alone_is_a_benefit_without_energy() -> None:
    given = facility(POWER, overrides=[stated("elec_cost_shiftable_peak", 500e6, "VND")])
    filled = fill(document(given), offered_one(given, AS_OF, "PWR02"), "vi")
    (ranked,) = workbench.evaluate(filled, REQUEST).ranked.options
    # 60 % of 500 million, less 2 % of 10 million a year
    assert ranked.net_annual_benefit_vnd == pytest.approx(300e6 - 200_000)
    assert ranked.physical_savings == {}


def test_a_fuel_switch_is_worth_a_part_of_what_the_fuel_costs() -> None:
    # 25 % of what 45 t of diesel at 20 million cost
    oil = {**DIESEL, "unit_price": 20e6}
    given = facility(oil, overrides=[stated("fuel_boiler", 0.9)])
    found = offered_one(given, AS_OF, "BLR08")
    assert found.saving_vnd == pytest.approx((45e6, 225e6, 405e6))
    filled = fill(document(given), found, "vi")
    assert get(filled, ("options", "BLR08", "annual_saving", "amount")) == pytest.approx(225e6)
    (ranked,) = workbench.evaluate(filled, REQUEST).ranked.options
    assert ranked.physical_savings["wood"] < 0
    # 95 % of 45 t diesel; the wood that takes over gives off a little methane and laughing gas
    assert 0.9 * 0.95 * 45 * 3.197 < ranked.co2e_t_per_year < 0.95 * 45 * 3.197


def test_exclusive_options_never_sum() -> None:
    given = facility(DIESEL, overrides=[stated("fuel_boiler", 0.9)])
    first = fill(document(given), offered_one(given, AS_OF, "BLR08"), "vi")
    both = fill(first, offered_one(given, AS_OF, "BLR09"), "vi")
    assert get(both, ("options", "BLR09", "excludes")) == ["BLR08"]


def test_one_option_may_be_added_twice() -> None:
    given = facility(PRICED)
    found = offered_one(given, AS_OF, "LGT01")
    twice = fill(fill(document(given), found, "vi"), found, "vi")
    assert [option["id"] for option in twice["options"]] == ["LGT01", "LGT01-2"]
    assert by_id(offered(Assessment.model_validate(twice, strict=False), AS_OF))["LGT01"].taken


def test_what_has_no_price_is_named() -> None:
    salt = {"id": "salt", "resource": "salt", "quantity": 80, "unit": "t"}
    found = by_id(offered(facility(salt), AS_OF))["MAT01"]
    assert found.unpriced == ("salt",)
    assert not found.computed


def test_filters_work_together_and_accents_are_free() -> None:
    found = offered(facility(PRICED, WATER, COD), AS_OF)
    assert {each.option.option_id for each in matching(found, text="bien tan")} >= {"MOT01", "REF05"}
    water = matching(found, resource="water", category=Category.GOOD_HOUSEKEEPING)
    assert {each.option.option_id for each in water} == {"WAT01", "WAT02"}
    assert matching(found, step="Lạnh", text="led") == []


def test_an_empty_assessment_has_options_and_nothing_computed() -> None:
    bare = assessment()
    found = offered(bare, AS_OF)
    assert found
    assert not any(each.computed for each in found)


def test_the_investment_of_one_machine_asks_how_many_are_needed() -> None:
    coal = {"id": "coal", "resource": "anthracite", "quantity": 80, "unit": "t", "unit_price": 4e6}
    given = facility(coal, sector="rice_noodle")
    found = offered_one(given, AS_OF, "NDL01")
    assert found.option.one_of_several
    (ranked,) = workbench.evaluate(fill(document(given), found, "vi"), REQUEST).ranked.options
    (asked,) = (q for q in ranked.warnings if q.code.startswith("question.placeholder"))
    assert "Cơ sở cần bao nhiêu dây chuyền hộ gia đình" in Wording("vi").word(asked)
    assert not offered_one(given, AS_OF, "LGT04").option.one_of_several


def test_a_charge_on_wastewater_is_not_passed_over_in_silence() -> None:
    charged = {"id": "ww", "resource": "wastewater", "quantity": 1000, "unit": "m3", "unit_price": 9_000.0}
    given = facility({**WATER, "unit_price": 12_000.0}, charged)
    found = next(each for each in offered(given, AS_OF) if each.computed and "water" in saved_by(each))
    assert found.wastewater_vnd_per_m3 == 9_000
    (ranked,) = workbench.evaluate(fill(document(given), found, "vi"), REQUEST).ranked.options
    (asked,) = (q for q in ranked.warnings if q.code == "question.wastewater_charge")
    assert asked.params["amount"] == pytest.approx(9_000 * ranked.physical_savings["water"])


def saved_by(each: ValuedOffer) -> set[str]:
    return {saving.resource for saving in each.offer.savings if saving.quantity.typical > 0}

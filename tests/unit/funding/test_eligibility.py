"""Who may have what, by the rules of a day: dates, thresholds, and what is not known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sxsh_options.funding import Match, default_register, match
from sxsh_options.funding.eligibility import Outcome
from sxsh_options.funding.facts import DOMAINS
from sxsh_options.model import Assessment
from tests.builders import assessment, option

BILLION = 1e9
LAST_DAY, FIRST_DAY = (
    date(2025, 10, 14),
    date(2025, 10, 15),
)  # of Decree 45/2012's places, of Decree 235/2025's
MACHINERY, PILOT = "khuyen_cong_may_moc", "khuyen_cong_thi_diem_sxsh"
SMALL = {"legal_form": "enterprise", "employees_insured": 80, "revenue_vnd": 40 * BILLION}
WARD_OF_CAN_THO = {"province": "Cần Thơ", "commune_kind": "phuong", "craft_village": False}


def plant(**facts: Any) -> Assessment:
    return assessment(option(capex=1e9), facility={"name": "Plant", **facts})


def matched(source: str, day: date, **facts: Any) -> Match:
    found = {each.source.id: each for each in match(plant(**facts), day, default_register())}
    return found[source]


def criterion(of: Match, part: str) -> Outcome:
    return next(each for each in of.criteria if part in each.id)


def location(day: date, **facts: Any) -> str:
    return criterion(matched(MACHINERY, day, **SMALL, **facts), "location").result


# Places, on the last day of the old rule and the first of the new one


@pytest.mark.parametrize(
    ("facts", "before", "after"),
    [
        ({"district_kind_before_merger": "huyen", **WARD_OF_CAN_THO}, "met", "not_met"),
        ({"district_kind_before_merger": "thi_xa", **WARD_OF_CAN_THO}, "met", "not_met"),
        (
            {
                "district_kind_before_merger": "quan",
                "commune_kind_before_merger": "phuong",
                "city_class_before_merger": "special",
                "province": "TP. Hồ Chí Minh",
                "commune_kind": "xa",
            },
            "not_met",
            "met",
        ),
        (
            {
                "district_kind_before_merger": "thanh_pho",
                "commune_kind_before_merger": "phuong",
                "city_class_before_merger": "1",
                "ward_converted_on": "2010-01-01",
                "province": "Thanh Hóa",
                "commune_kind": "phuong",
            },
            "not_met",
            "met",
        ),
        ({"province": "Thanh Hóa"}, "unknown", "met"),
        ({"province": "Cần Thơ", "commune_kind": "phuong"}, "unknown", "unknown"),  # a craft village, perhaps
        ({**WARD_OF_CAN_THO, "craft_village": True}, "unknown", "met"),
        ({"province": "TP.HCM", "commune_kind": "dac_khu"}, "unknown", "met"),
    ],
)
def test_place_on_the_day_before_and_the_day_itself(facts: dict[str, Any], before: str, after: str) -> None:
    assert location(LAST_DAY, **facts) == before
    assert location(FIRST_DAY, **facts) == after


@pytest.mark.parametrize(
    ("city", "result"), [("1", "not_met"), ("2", "met"), ("3", "met"), ("special", "not_met")]
)
def test_wards_of_cities_before(city: str, result: str) -> None:
    facts = {"district_kind_before_merger": "thanh_pho", "commune_kind_before_merger": "phuong"}
    facts |= {"city_class_before_merger": city, "ward_converted_on": "2001-01-01"}
    assert location(LAST_DAY, **facts) == result


@pytest.mark.parametrize(
    ("converted", "result"),
    [("2020-12-31", "met"), ("2021-01-01", "met"), ("2020-12-30", "not_met"), (None, "unknown")],
)
def test_a_commune_that_became_a_ward_counts_for_five_years(converted: str | None, result: str) -> None:
    """A file of 2025 is for the plan of 2026: the clock ends on 31 December 2025."""
    facts = {"district_kind_before_merger": "thanh_pho", "commune_kind_before_merger": "phuong"}
    facts |= {"city_class_before_merger": "1", "ward_converted_on": converted}  # type: ignore[dict-item]
    assert location(date(2025, 5, 1), **facts) == result


def test_cleaner_production_opens_the_pilot_model_and_not_the_machinery() -> None:
    large = {"legal_form": "enterprise", "employees_insured": 900, "revenue_vnd": 900 * BILLION}
    facts = {**large, "capital_vnd": 800 * BILLION, **WARD_OF_CAN_THO}
    for applies, pilot in ((True, "eligible"), (None, "undetermined"), (False, "not_eligible")):
        known = {**facts, "applies_cleaner_production": applies}
        assert matched(PILOT, FIRST_DAY, **known).verdict == pilot
        assert matched(MACHINERY, FIRST_DAY, **known).verdict == "not_eligible"


# Size


@pytest.mark.parametrize(
    ("day", "facts", "result"),
    [
        (date(2025, 1, 1), {"employees_insured": 199, "revenue_vnd": 199 * BILLION}, "met"),
        (date(2025, 1, 1), {"employees_insured": 200, "revenue_vnd": 200 * BILLION}, "met"),
        (date(2025, 1, 1), {"employees_insured": 201, "revenue_vnd": 200 * BILLION}, "not_met"),
        (date(2025, 1, 1), {"employees_insured": 200, "revenue_vnd": 201 * BILLION}, "unknown"),
        (
            date(2025, 1, 1),
            {"employees_insured": 200, "revenue_vnd": 201 * BILLION, "capital_vnd": 99 * BILLION},
            "met",
        ),
        (
            date(2025, 1, 1),
            {"employees_insured": 200, "revenue_vnd": 201 * BILLION, "capital_vnd": 100 * BILLION},
            "met",
        ),
        (
            date(2025, 1, 1),
            {"employees_insured": 200, "revenue_vnd": 201 * BILLION, "capital_vnd": 101 * BILLION},
            "not_met",
        ),
        (
            date(2025, 1, 1),
            {"employees_insured": 101, "revenue_vnd": 50 * BILLION, "vsic": "4711"},
            "not_met",
        ),
        (date(2025, 1, 1), {"employees_insured": 100, "revenue_vnd": 50 * BILLION, "vsic": "4711"}, "met"),
        # until 10 March 2018 capital or workers, from the 11th workers and (revenue or capital)
        (date(2018, 3, 10), {"employees_insured": 300, "capital_vnd": 500 * BILLION}, "met"),
        (date(2018, 3, 10), {"employees_insured": 301, "capital_vnd": 100 * BILLION}, "met"),
        (date(2018, 3, 10), {"employees_insured": 301, "capital_vnd": 101 * BILLION}, "not_met"),
        (date(2018, 3, 11), {"employees_insured": 300, "capital_vnd": 50 * BILLION}, "not_met"),
        (date(2025, 1, 1), {}, "unknown"),
    ],
)
def test_size_of_an_enterprise(day: date, facts: dict[str, Any], result: str) -> None:
    assert criterion(matched(MACHINERY, day, legal_form="enterprise", **facts), "sme").result == result


def test_a_cooperative_union_came_with_the_new_decree() -> None:
    assert criterion(matched(MACHINERY, LAST_DAY, legal_form="cooperative_union"), "sme").result == "not_met"
    assert criterion(matched(MACHINERY, FIRST_DAY, legal_form="cooperative_union"), "sme").result == "met"


def test_a_household_has_no_size() -> None:
    assert criterion(matched(MACHINERY, FIRST_DAY, legal_form="household"), "sme").result == "met"


@pytest.mark.parametrize(
    ("workers", "revenue", "caps"),
    [
        (10, 3 * BILLION, [50e6]),
        (11, 3 * BILLION, [100e6]),
        (100, 50 * BILLION, [100e6]),
        (101, 50 * BILLION, [150e6]),
        (200, 200 * BILLION, [150e6]),
    ],
)
def test_advice_by_class_of_size(workers: int, revenue: float, caps: list[float]) -> None:
    facts = {"legal_form": "enterprise", "employees_insured": workers, "revenue_vnd": revenue}
    found = matched("sme_tu_van", date(2026, 1, 1), **facts, capital_vnd=revenue)
    assert [item.cap_vnd for item in found.items] == caps


# Levels by date


@pytest.mark.parametrize(
    ("day", "cap"),
    [
        (date(2014, 4, 8), 200e6),
        (date(2018, 5, 13), 200e6),
        (date(2018, 5, 14), 300e6),
        (date(2024, 8, 27), 300e6),
        (date(2024, 8, 28), 300e6),
    ],
)
def test_machinery_by_date(day: date, cap: float) -> None:
    found = matched(MACHINERY, day, **SMALL, district_kind_before_merger="huyen")
    assert found.verdict == "eligible"
    assert found.amount_vnd == cap  # half of a billion is more
    assert found.amount_upper_bound_vnd == 1.5 * cap


def test_before_the_first_rule() -> None:
    found = matched(MACHINERY, date(2014, 4, 7), **SMALL, district_kind_before_merger="huyen")
    assert found.verdict == "undetermined"
    assert criterion(found, "date").observed == {"no_rule_known_before": date(2014, 4, 8)}
    assert found.amount_vnd is None


def test_a_new_circular_whose_text_nobody_has_read_is_said() -> None:
    before, after = (matched(MACHINERY, date(2024, 8, day), **SMALL).version for day in (27, 28))
    assert before is not None
    assert after is not None
    assert before.note is None
    assert after.note is not None
    assert "64/2024" in after.note.vi


# Status, territory, tasks


def test_pending_closed_and_task_budgets() -> None:
    pending = matched("ho_tro_lai_2pct_ngan_hang", FIRST_DAY, ownership="private")
    assert (pending.status, pending.verdict) == ("pending", "undetermined")
    assert matched("gctf", FIRST_DAY).verdict == "not_eligible"
    task = matched("su_nghiep_moi_truong", FIRST_DAY)
    assert task.verdict == "not_eligible"
    assert task.source.files_at is not None


@pytest.mark.parametrize(
    ("facts", "result"),
    [
        ({"province": "Cần Thơ", "province_before_merger": "Sóc Trăng"}, "met"),
        ({"province": "Cần Thơ", "province_before_merger": "Hậu Giang"}, "not_met"),
        ({"province": "Cần Thơ"}, "unknown"),
        ({"province": "tỉnh Sóc Trăng"}, "unknown"),
        ({"province": "Thanh Hóa"}, "not_met"),
        ({}, "unknown"),
    ],
)
def test_rules_of_an_old_province_hold_on_its_territory(facts: dict[str, Any], result: str) -> None:
    assert (
        criterion(matched("khuyen_cong_soc_trang_may_moc", FIRST_DAY, **facts), "province").result == result
    )


def test_a_province_that_never_merged() -> None:
    found = matched("khuyen_cong_thanh_hoa_may_moc", date(2024, 1, 1), province="thanh hoa")
    assert criterion(found, "location_province").result == "met"


# What would mend it, what to ask


def test_everything_to_mend_and_to_ask_is_seen_at_once() -> None:
    found = matched(MACHINERY, FIRST_DAY, legal_form="enterprise", employees_insured=400, **WARD_OF_CAN_THO)
    size, place = criterion(found, "sme"), criterion(found, "khuyen_cong_location")
    assert [(test.field, test.at_most) for test in size.to_mend] == [("employees_insured", 200.0)]
    assert len(place.to_mend) == 1
    asked = criterion(matched(MACHINERY, FIRST_DAY, province="Cần Thơ"), "khuyen_cong_location")
    assert asked.to_ask == ("commune_kind", "craft_village")


ORDER = ("not_eligible", "undetermined", "eligible")
VALUES: dict[str, Any] = {
    "legal_form": DOMAINS["legal_form"],
    "ownership": DOMAINS["ownership"],
    "commune_kind": DOMAINS["commune_kind"],
    "commune_kind_before_merger": DOMAINS["commune_kind_before_merger"],
    "district_kind_before_merger": DOMAINS["district_kind_before_merger"],
    "city_class_before_merger": DOMAINS["city_class_before_merger"],
    "province": ("Cần Thơ", "Thanh Hóa", "TP. Hồ Chí Minh", "Quảng Ngãi"),
    "employees_insured": (5, 10, 11, 100, 200, 201, 500),
    "revenue_vnd": (1e9, 3e9, 50e9, 200e9, 201e9),
    "capital_vnd": (1e9, 20e9, 100e9, 101e9),
    "craft_village": (True, False),
    "applies_cleaner_production": (True, False),
    "women_owned": (True, False),
    "ward_converted_on": ("2005-01-01", "2022-06-30"),
}
FACTS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})
DAYS = st.sampled_from(
    [date(2013, 1, 1), date(2019, 6, 1), date(2024, 12, 1), LAST_DAY, FIRST_DAY, date(2026, 11, 23)]
)


@given(FACTS, DAYS, st.data())
def test_a_further_fact_that_is_met_never_worsens_a_verdict(
    facts: dict[str, Any], day: date, data: st.DataObject
) -> None:
    unknown = sorted(set(VALUES) - set(facts))
    if not unknown:
        return
    name = data.draw(st.sampled_from(unknown))
    value = data.draw(st.sampled_from(VALUES[name]))
    before = {m.source.id: m for m in match(plant(**facts), day, default_register())}
    after = {m.source.id: m for m in match(plant(**facts, **{name: value}), day, default_register())}
    for source_id, earlier in before.items():
        later = after[source_id]
        results = {c.id: c.result for c in later.criteria}
        worse = [c for c in earlier.criteria if c.result == "met" and results.get(c.id) != "met"]
        assert not worse  # what was met without the fact is met with it
        broken = [c for c in later.criteria if c.result == "not_met"]
        if not [c for c in broken if c.id not in {e.id for e in earlier.criteria if e.result == "not_met"}]:
            assert ORDER.index(later.verdict) >= ORDER.index(earlier.verdict)


@pytest.mark.parametrize(
    ("day", "verdict"), [(date(2024, 12, 31), "eligible"), (date(2025, 1, 1), "undetermined")]
)
def test_terms_that_have_not_been_checked_for_long_are_not_sure(day: date, verdict: str) -> None:
    given = assessment(option(capex=1e9), facility={"name": "P"}, project={"environmental_project": True})
    found = next(each for each in match(given, day, default_register()) if each.source.id == "vepf")
    assert found.verdict == verdict


def test_a_demonstration_model_must_be_new_in_the_area() -> None:
    for new, verdict in ((True, "eligible"), (None, "undetermined"), (False, "not_eligible")):
        facility = {"name": "P", "legal_form": "household", "province": "Thanh Hóa"}
        given = assessment(option(capex=1e9), facility=facility, project={"new_in_area": new})
        found = next(
            e for e in match(given, FIRST_DAY, default_register()) if e.source.id == "khuyen_cong_trinh_dien"
        )
        assert found.verdict == verdict

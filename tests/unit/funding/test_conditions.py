"""Conditions beside place and size: earlier support, women owners, kilns, machines bought too early."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sxsh_options.funding import Match, default_register, match
from sxsh_options.funding.facts import years_between
from tests.builders import assessment

DAY = date(2026, 3, 2)
MACHINERY, PILOT, ADVICE = "khuyen_cong_may_moc", "khuyen_cong_thi_diem_sxsh", "sme_tu_van"
RURAL = {"name": "x", "legal_form": "household", "province": "Thanh Hóa", "applies_cleaner_production": True}
FIRM = {**RURAL, "legal_form": "enterprise", "employees_insured": 10, "revenue_vnd": 3e9}


def of(source: str, facility: dict[str, Any], day: date = DAY, **more: Any) -> Match:
    items = [
        {"id": kind, "kind": kind, "amount": amount}
        for kind, amount in more.pop("costs", {"equipment": 800e6}).items()
    ]
    option = {"id": "a", "name": "A", "technical_life_years": 10, "annual_saving": 1e6, "capex": items}
    given = assessment(option, facility=facility, **more)
    return next(each for each in match(given, day, default_register()) if each.source.id == source)


@pytest.mark.parametrize(
    ("had", "source", "verdict"),
    [
        ("machinery", MACHINERY, "not_eligible"),
        ("machinery", PILOT, "undetermined"),  # the model may hold the same machine
        ("pilot_model", MACHINERY, "undetermined"),
        ("consultancy", MACHINERY, "eligible"),
        ("consultancy", ADVICE, "not_eligible"),
        ("machinery", ADVICE, "eligible"),
        (None, MACHINERY, "undetermined"),
    ],
)
def test_nothing_is_paid_for_twice(had: str | None, source: str, verdict: str) -> None:
    support = {"id": "s", "year": 2024, **({"cost_item": had} if had else {})}
    found = of(source, {**FIRM, "previous_state_support": [support]})
    assert found.verdict == verdict
    own = next(each for each in found.criteria if each.id == "previous_support")
    assert own.reference is not None
    assert own.reference.article == ("Điều 4.2" if source == ADVICE else "Điều 7")


@pytest.mark.parametrize(
    ("women", "workers", "amount", "upper"),
    [
        (True, 10, 70e6, 70e6),
        (False, 10, 50e6, 50e6),
        (None, 10, 50e6, 70e6),
        (True, 100, 150e6, 150e6),
        (True, 200, 200e6, 200e6),
        (False, 200, 150e6, 150e6),
    ],
)
def test_women_owners_have_higher_caps(women: bool | None, workers: int, amount: float, upper: float) -> None:
    """70, 150, 200 million instead of 50, 100, 150, of 100, 50 and 30 per cent of 1 billion."""
    firm = {**FIRM, "employees_insured": workers, "women_owned": women}
    found = of(ADVICE, firm, costs={"consultancy": 1e9})
    assert found.amount_vnd == pytest.approx(amount)
    assert found.amount_upper_bound_vnd == pytest.approx(upper)


def test_a_cost_that_is_not_there_is_no_amount_of_nothing() -> None:
    found = of(MACHINERY, RURAL, costs={"consultancy": 80e6})
    assert found.verdict == "eligible"
    assert (found.amount_vnd, found.amount_upper_bound_vnd) == (None, None)
    assert [item.no_such_cost for item in found.items] == [True]


def test_a_level_of_another_time_is_no_bound() -> None:
    """Circular 28/2018 came a year later: in 2017 neither level is known."""
    place = {**RURAL, "province": "Cần Thơ", "province_before_merger": "Sóc Trăng"}
    earlier = of("khuyen_cong_soc_trang_thi_diem_sxsh", place, date(2017, 6, 1), costs={"equipment": 10e9})
    later = of("khuyen_cong_soc_trang_thi_diem_sxsh", place, date(2019, 6, 1), costs={"equipment": 10e9})
    assert earlier.amount_upper_bound_vnd is None
    assert later.amount_upper_bound_vnd == 500e6


@pytest.mark.parametrize(
    ("day", "result"),
    [
        (date(2023, 12, 31), "met"),  # for the plan of 2024: four years and 350 days by 31/12/2023
        (date(2024, 1, 1), "not_met"),  # for the plan of 2025: 31/12/2024 is too late
    ],
)
def test_the_clock_of_a_new_ward_ends_before_the_year_of_the_plan(day: date, result: str) -> None:
    place = {
        **RURAL,
        "district_kind_before_merger": "thanh_pho",
        "commune_kind_before_merger": "phuong",
        "city_class_before_merger": "1",
        "ward_converted_on": "2019-01-15",
    }
    found = of(MACHINERY, place, day)
    assert next(c for c in found.criteria if "location" in c.id).result == result


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2020, 12, 31), date(2025, 12, 31), 5.0),
        (date(2020, 2, 29), date(2025, 2, 28), 5 - 1 / 366),  # the year from 29 February 2024
        (date(2020, 2, 29), date(2025, 3, 1), 5.0),
        (date(2020, 2, 29), date(2025, 12, 31), 5 + 305 / 365),
        (date(2023, 1, 20), date(2026, 1, 20), 3.0),
    ],
)
def test_years_are_whole_on_their_day(first: date, last: date, years: float) -> None:
    assert years_between(first, last) == pytest.approx(years, abs=1e-12)


@pytest.mark.parametrize(
    ("vsic", "result"),
    [("1020", "met"), ("3510", "met"), ("0810", "unknown"), ("5510", "not_met"), ("0111", "not_met")],
)
def test_industrial_promotion_is_for_those_who_produce(vsic: str, result: str) -> None:
    found = of(MACHINERY, {**RURAL, "vsic": vsic})
    assert next(c for c in found.criteria if c.id == "industrial_production").result == result


def test_what_nobody_entered_and_is_taken_for_granted_is_said() -> None:
    found = of(MACHINERY, {**RURAL, "vsic": "", "sector": ""})
    assert found.verdict == "eligible"
    assumed = {name for criterion in found.criteria for name in criterion.assumed}
    assert assumed == {"bought_before_approval", "polluting_kiln", "industrial_production", "had_support"}
    entered = of(
        MACHINERY,
        {
            **RURAL,
            "vsic": "1020",
            "sector": "seafood",
            "previous_state_support": [{"id": "s", "cost_item": "consultancy"}],
        },
        project={"project_started": False, "polluting_kiln": False},
    )
    assert not any(criterion.assumed for criterion in entered.criteria)


def test_of_classes_one_of_which_holds_the_largest_bound_counts() -> None:
    """Half of 500 at most 100 for a small firm, 30 % at most 150 for a medium one: never both."""
    firm = {**FIRM, "employees_insured": None, "revenue_vnd": None}
    found = of("sme_tu_van", firm, date(2026, 6, 1), costs={"consultancy": 5e8})
    assert (found.amount_vnd, found.amount_upper_bound_vnd) == (None, 150e6)


@pytest.mark.parametrize(
    ("province", "before", "day", "result"),
    [
        ("TP. Hồ Chí Minh", "TP. Hồ Chí Minh", date(2026, 1, 1), "met"),
        ("TP. Hồ Chí Minh", "Bình Dương", date(2026, 1, 1), "unknown"),
        ("TP. Hồ Chí Minh", "Bình Dương", date(2025, 6, 30), "not_met"),
        ("Thanh Hóa", "Thanh Hóa", date(2026, 1, 1), "not_met"),
    ],
)
def test_whether_a_citys_fund_serves_what_merged_into_it_is_not_known(
    province: str, before: str, day: date, result: str
) -> None:
    found = of("hfic_kich_cau", {**FIRM, "province": province, "province_before_merger": before}, day)
    assert next(c for c in found.criteria if "location" in c.id).result == result


@pytest.mark.parametrize(
    ("place", "result"),
    [
        ({"province": "Nghệ An"}, "met"),
        ({"province": "Đồng Tháp", "province_before_merger": "Tiền Giang"}, "met"),
        ({"province": "Thanh Hóa"}, "not_met"),
        ({"province": None}, "unknown"),
    ],
)
def test_a_province_without_rules_here_has_a_line_too(place: dict[str, str | None], result: str) -> None:
    nowhere = {key: value for key, value in FIRM.items() if not key.startswith("province")}
    found = of("khuyen_cong_tinh_khac_may_moc", {**nowhere, **place}, date(2026, 11, 1))
    assert next(c for c in found.criteria if "location_province" in c.id).result == result


def test_a_condition_that_nobody_is_asked_about_leaves_the_verdict_open() -> None:
    found = of("thue_tndn_17", {**FIRM, "revenue_vnd": 10e9}, date(2026, 6, 1))
    assert found.verdict == "undetermined"
    assert [c.name["en"] for c in found.criteria if c.is_condition]


@pytest.mark.parametrize(
    ("day", "verdict"), [(date(2026, 6, 25), "not_eligible"), (date(2026, 6, 26), "eligible")]
)
def test_what_a_decree_creates_is_not_there_the_day_before(day: date, verdict: str) -> None:
    found = of("nd240_tu_van", FIRM, day, costs={"consultancy": 5e8}, project={"fta_ecosystem_member": True})
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("sector", "kiln", "verdict"),
    [
        ("brick", None, "undetermined"),
        ("brick", True, "not_eligible"),
        ("brick", False, "eligible"),
        ("seafood", None, "eligible"),
        ("", None, "eligible"),
    ],
)
def test_polluting_kilns_are_not_supported(sector: str, kiln: bool | None, verdict: str) -> None:
    found = of(MACHINERY, {**RURAL, "sector": sector}, project={"polluting_kiln": kiln})
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("begun", "verdict"), [(True, "undetermined"), (False, "eligible"), (None, "eligible")]
)
def test_a_machine_bought_before_approval_may_lose_its_grant(begun: bool | None, verdict: str) -> None:
    assert of(MACHINERY, RURAL, project={"project_started": begun}).verdict == verdict


@pytest.mark.parametrize(("day", "status"), [(date(2025, 12, 31), "in_force"), (date(2026, 1, 1), "unknown")])
def test_levels_of_a_programme_that_has_ended_are_not_sure(day: date, status: str) -> None:
    place = {**RURAL, "province": "Đồng Tháp", "province_before_merger": "Đồng Tháp"}
    found = of("khuyen_cong_dong_thap_may_moc", place, day)
    assert found.status == status
    assert found.verdict == ("eligible" if status == "in_force" else "undetermined")


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 10, 13), "in_force"),
        (date(2025, 10, 14), "unknown"),
        (date(2026, 3, 16), "unknown"),
        (date(2026, 3, 17), "closed"),
    ],
)
def test_the_loans_of_the_innovation_fund(day: date, status: str) -> None:
    assert of("natif", FIRM, day).status == status


@pytest.mark.parametrize(
    ("workers", "verdict"), [(499, "met"), (500, "met"), (501, "not_met"), (None, "unknown")]
)
def test_the_size_that_nobody_is_sure_of_refuses_nobody(workers: int | None, verdict: str) -> None:
    """The limit of the green credit fund is from one newspaper: beyond it one has to ask."""
    found = of("gctf", {**FIRM, "employees_insured": workers, "ownership": "private"}, date(2012, 5, 2))
    assert next(each for each in found.criteria if each.id == "gctf_sme").result == verdict
    assert found.verdict == "undetermined"


@pytest.mark.parametrize(
    ("sector", "environmental", "verdict"),
    [
        ("seafood", None, "eligible"),
        ("brick", None, "undetermined"),
        ("brick", True, "eligible"),
        ("brick", False, "not_eligible"),
        ("", None, "undetermined"),
    ],
)
def test_fields_of_the_citys_interest_support(sector: str, environmental: bool | None, verdict: str) -> None:
    city = {**FIRM, "sector": sector, "ownership": "private", "province": "TP. Hồ Chí Minh"}
    city["province_before_merger"] = "TP. Hồ Chí Minh"
    found = of("hfic_kich_cau", city, project={"environmental_project": environmental})
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("startup", "chain", "verdict"),
    [
        (True, False, "eligible"),
        (False, True, "eligible"),
        (False, False, "not_eligible"),
        (False, None, "undetermined"),
    ],
)
def test_the_sme_fund_lends_to_start_ups_or_in_chains(
    startup: bool, chain: bool | None, verdict: str
) -> None:
    project = {"innovative_startup": startup, "value_chain_member": chain}
    assert of("smedf", FIRM, project=project).verdict == verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2018, 6, 30), "undetermined"),  # no rule known before
        (date(2018, 7, 1), "eligible"),
        (date(2025, 10, 13), "eligible"),
        (date(2025, 10, 14), "undetermined"),
    ],
)
def test_interest_support_for_technology_by_date(day: date, verdict: str) -> None:
    assert of("nd76_lai_suat", FIRM, day, project={"technology_transfer": True}).verdict == verdict


@pytest.mark.parametrize(
    ("source", "sector", "day", "verdict"),
    [
        ("pecsme", "brick", date(2010, 12, 31), "eligible"),
        ("pecsme", "plastics", date(2010, 12, 31), "not_eligible"),
        ("pecsme", "brick", date(2011, 1, 1), "not_eligible"),
        ("veeie", "brick", date(2022, 7, 31), "eligible"),
        ("veeie", "brick", date(2022, 8, 1), "not_eligible"),
    ],
)
def test_closed_lines_of_donors(source: str, sector: str, day: date, verdict: str) -> None:
    assert of(source, {**FIRM, "sector": sector}, day).verdict == verdict


@pytest.mark.parametrize(
    ("day", "cap", "grace"),
    [
        (date(2017, 12, 31), 50e9, None),
        (date(2018, 1, 1), 50e9, 2),
        (date(2019, 12, 31), 50e9, 2),
        (date(2020, 1, 1), 36.6e9, 2),
    ],
)
def test_terms_of_the_environment_fund_by_date(day: date, cap: float, grace: int | None) -> None:
    """5 % of 1,000 billion; then by the notices of 2020 and 2021."""
    project = {"environmental_project": True}
    found = of("vepf", FIRM, day, costs={"equipment": 100e9}, project=project)
    (item,) = found.items
    assert (item.cap_vnd, item.support.grace_years) == (cap, grace)
    assert item.support.interest_rate == 0.036


@pytest.mark.parametrize(
    ("sector", "verdict"), [("food", "met"), ("brick", "met"), ("textile", "not_met"), ("", "unknown")]
)
def test_sectors_of_the_green_investment_facility(sector: str, verdict: str) -> None:
    found = of("gif_lcee", {**FIRM, "sector": sector}, date(2016, 5, 2))
    assert next(each for each in found.criteria if each.id == "lcee_sector").result == verdict


@pytest.mark.parametrize(("cost", "most"), [(1_999_999_998, 999_999_999), (2e9, 1e9), (2_000_000_002, 1e9)])
def test_the_grant_of_the_sme_fund_is_a_bound_alone(cost: float, most: float) -> None:
    """Half of the cost up to 1 billion; conditions of its own are not known, so nobody is told yes."""
    project = {"value_chain_member": True}
    found = of(
        "smedf_tai_tro", FIRM, costs={"equipment": cost / 2, "construction": cost / 2}, project=project
    )
    assert found.verdict == "undetermined"
    assert (found.amount_vnd, found.amount_upper_bound_vnd) == (None, most)


@pytest.mark.parametrize(
    ("source", "day", "verdict"),
    [
        ("natif_tai_tro", date(2026, 3, 16), "undetermined"),
        ("natif_tai_tro", date(2026, 3, 17), "undetermined"),
        ("nafosted", date(2026, 6, 25), "not_eligible"),
        ("cong_nghiep_ho_tro", DAY, "not_eligible"),
        ("thue_tndn_san_pham_tiet_kiem", DAY, "undetermined"),
    ],
)
def test_further_sources_by_date(source: str, day: date, verdict: str) -> None:
    """Programmes pay whoever runs a task; what is not known refuses nobody."""
    assert of(source, FIRM, day, project={"technology_transfer": True}).verdict == verdict


@pytest.mark.parametrize(
    ("source", "last"),
    [
        ("gctf", date(2017, 12, 31)),
        ("gif_lcee", date(2018, 12, 31)),
        ("pecsme", date(2010, 12, 31)),
        ("veeie", date(2022, 7, 31)),
    ],
)
def test_ends_that_are_known_by_the_year_or_month_say_so(source: str, last: date) -> None:
    before, after = default_register().sources[source].versions
    assert (before.until, after.status, after.start_assumed) == (last, "closed", True)


@pytest.mark.parametrize(
    ("founded", "revenue", "capital", "verdict"),
    [
        ("2026-01-15", 0.0, 90e9, "eligible"),  # less than a year old: capital decides
        ("2026-01-15", 1e9, 150e9, "not_eligible"),
        ("2025-03-02", 1e9, 150e9, "eligible"),  # a year old on that day: revenue counts
        ("2010-01-01", 0.0, 150e9, "not_eligible"),  # no revenue yet
        ("2010-01-01", 1e9, 150e9, "eligible"),
    ],
)
def test_of_a_firm_without_a_year_of_revenue_capital_decides(
    founded: str, revenue: float, capital: float, verdict: str
) -> None:
    firm = {**FIRM, "founded_on": founded, "revenue_vnd": revenue, "capital_vnd": capital}
    assert of(MACHINERY, firm, DAY).verdict == verdict


@pytest.mark.parametrize(("source", "result"), [(MACHINERY, "unknown"), (PILOT, "met")])
def test_a_mine_may_have_a_pilot_model_anywhere(source: str, result: str) -> None:
    found = of(source, {**RURAL, "vsic": "0810"})
    assert next(c for c in found.criteria if c.id.startswith("industrial_")).result == result


def test_what_a_law_created_is_not_there_before() -> None:
    assert of("thue_ho_tro_mien", FIRM, date(2024, 12, 31)).verdict == "not_eligible"
    assert of("thue_ho_tro_mien", FIRM, date(2025, 1, 1)).verdict == "eligible"


def test_a_cost_of_no_stated_kind_may_be_what_is_supported() -> None:
    """Half of 600 if it is machinery, nothing if it is not: what it is has to be asked."""
    found = of(MACHINERY, RURAL, costs={"other": 600e6})
    assert (found.verdict, found.amount_vnd, found.amount_upper_bound_vnd) == ("undetermined", None, 300e6)
    assert next(c for c in found.criteria if c.id == "cost_kind").to_ask == ("cost_kind",)
    both = of(MACHINERY, RURAL, costs={"equipment": 200e6, "other": 600e6})
    assert (both.verdict, both.amount_vnd, both.amount_upper_bound_vnd) == ("eligible", 100e6, 400e6)
    advice = of(MACHINERY, RURAL, costs={"consultancy": 600e6})
    assert advice.items[0].no_such_cost

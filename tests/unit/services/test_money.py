"""Counts, periods and fields around the matched sources; what differs between two days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sxsh_options.funding import Match
from sxsh_options.model import Assessment, Facility
from sxsh_options.services.examples import load_example
from sxsh_options.services.money import MONEY, field_that_answers, period_of, sources_for
from sxsh_options.services.plans import changes_between
from tests.builders import assessment, option

DAY = date(2026, 11, 23)
VERDICTS = ("eligible", "undetermined", "not_eligible")


def of(source: str, day: date = DAY) -> Match:
    return next(m for m in sources_for(assessment(option()), day).found if m.source.id == source)


def test_money_is_counted_apart_from_tax_advice_and_own_capital() -> None:
    matched = sources_for(load_example("vn_seafood"), DAY)
    money = [match for verdict in VERDICTS for match in matched.money(verdict)]
    beside = [match for verdict in VERDICTS for match in matched.beside(verdict)]
    assert len(money) + len(beside) == len(matched.found)
    assert {match.source.kind for match in money} == MONEY
    assert {match.source.kind for match in beside} == {"tax", "advice", "own"}


@pytest.mark.parametrize(("capex", "investment"), [(100e6, 100e6), (0.0, 0.0)])
def test_what_is_to_be_financed(capex: float, investment: float) -> None:
    assert sources_for(assessment(option(capex=capex)), DAY).investment_vnd == investment


@pytest.mark.parametrize(
    ("fact", "facility", "field"),
    [
        ("revenue_vnd", {}, "revenue_vnd"),
        ("age_years", {}, "founded_on"),
        ("business_group", {}, "vsic"),
        ("industrial_production", {"vsic": "0810"}, None),  # mining: the code does not say it
        ("domestic_capital_share", {}, "ownership"),
        ("domestic_capital_share", {"ownership": "foreign"}, None),
        ("province", {"province": "Atlantis"}, "province"),  # there, and to be mended
        ("previous_state_support", {}, "previous_state_support"),
        ("investment_usd", {}, None),
        ("energy_saving_share", {}, None),
    ],
)
def test_the_field_that_answers(fact: str, facility: dict[str, Any], field: str | None) -> None:
    assert field_that_answers(fact, Facility(name="P", **facility)) == field


def test_how_long_a_rule_holds() -> None:
    assert period_of(of("vepf", date(2019, 1, 1))) == (date(2018, 1, 1), date(2019, 12, 31))
    assert period_of(of("khuyen_cong_hau_giang_may_moc", date(2020, 1, 1))) is None  # it has ended
    newest = period_of(of("vepf"))
    assert newest is not None
    assert newest[1] is None


# Two days


PLACES = (
    {"province": "TP. Hồ Chí Minh", "province_before_merger": "Bình Dương", "employees_insured": 80},
    {"province": "Cần Thơ", "province_before_merger": "Sóc Trăng", "legal_form": "household"},
    {"province": "Thanh Hóa", "employees_insured": 600, "legal_form": "enterprise"},
)
DAYS = (
    (date(2025, 10, 14), date(2025, 10, 15)),
    (date(2025, 12, 31), date(2026, 1, 1)),
    (date(2017, 6, 1), date(2026, 6, 1)),
)


def plant(facility: dict[str, Any]) -> Assessment:
    return assessment(option(capex=1e9), facility={"name": "P", **facility})


@pytest.mark.parametrize("facility", PLACES)
@pytest.mark.parametrize(("first", "second"), DAYS)
def test_only_what_matters_of_two_days(facility: dict[str, Any], first: date, second: date) -> None:
    changes = changes_between(plant(facility), first, second)
    for change in changes:
        one, other = change.before, change.after
        differs = (one.verdict, one.status, one.amount_vnd, one.amount_upper_bound_vnd) != (
            other.verdict,
            other.status,
            other.amount_vnd,
            other.amount_upper_bound_vnd,
        )
        assert differs or change.criteria
        if one.verdict == other.verdict == "not_eligible":
            assert one.status != other.status
            final = [{c.id for c in match.criteria if c.is_final} for match in (one, other)]
            assert not final[0] & final[1]  # refused on both days whatever the rules say
    same = [change.before.verdict == change.after.verdict for change in changes]
    assert same == sorted(same)  # other verdicts first


def test_every_other_verdict_is_among_them() -> None:
    given = plant(PLACES[1])
    for first, second in DAYS:
        before = {m.source.id: m.verdict for m in sources_for(given, first).found}
        other = {m.source.id for m in sources_for(given, second).found if m.verdict != before[m.source.id]}
        changed = changes_between(given, first, second)
        assert {c.after.source.id for c in changed if c.before.verdict != c.after.verdict} == other


def test_the_same_day_changes_nothing() -> None:
    assert changes_between(plant(PLACES[0]), DAY, DAY) == ()

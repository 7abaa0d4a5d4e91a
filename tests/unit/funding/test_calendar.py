"""By when to file: dated events, windows without a day, days that nobody knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sxsh_options.funding import Match, Register, default_register, match
from sxsh_options.funding.calendar import Calendar, calendar_of
from sxsh_options.funding.schema import Source
from sxsh_options.funding.standing import next_day
from sxsh_options.services.examples import load_example
from sxsh_options.services.money import sources_for
from tests.builders import assessment, option

DAY = date(2026, 11, 23)
VERSION = {"from": date(2020, 1, 1), "references": [{"title": "An act", "evidence": "read"}]}
MAY = {"closes": "05-20", "forwarded": "06-15", "for_next_year": True}
ACT = {"title": "An act", "evidence": "read"}


def source(source_id: str = "help", **given: Any) -> Source:
    text = {"vi": source_id, "en": source_id}
    stated = {"name": text, "kind": "grant", "level": "national", "checked_on": DAY, "versions": [VERSION]}
    return Source.model_validate({"id": source_id, **stated, **given})


def held(*sources: Source, as_of: date = DAY) -> Calendar:
    register = Register({each.id: each for each in sources}, {})
    return calendar_of(match(assessment(option()), as_of, register), as_of)


def days(calendar: Calendar) -> list[tuple[str, str, int]]:
    return [(event.day.isoformat(), event.kind, event.for_year) for event in calendar.events]


def test_the_national_window_gives_filing_and_passing_on_with_their_article() -> None:
    found = sources_for(load_example("vn_seafood"), DAY).found
    calendar = calendar_of(found, DAY)
    assert days(calendar) == [("2027-05-20", "file", 2028), ("2027-06-15", "forward", 2028)]
    (event,) = calendar.next_to_file
    assert event.match.source.id == "khuyen_cong_thi_diem_sxsh"
    assert (event.day - calendar.as_of).days == 178
    window = event.match.source.window
    assert window is not None
    assert window.reference is not None
    assert window.reference.article == "Điều 10"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2027, 5, 19), [("2027-05-20", "file", 2028), ("2027-06-15", "forward", 2028)]),
        (date(2027, 5, 20), [("2027-05-20", "file", 2028), ("2027-06-15", "forward", 2028)]),
        (
            date(2027, 5, 21),
            [("2027-06-15", "forward", 2028), ("2028-05-20", "file", 2029), ("2028-06-15", "forward", 2029)],
        ),
        (
            date(2027, 6, 15),
            [("2027-06-15", "forward", 2028), ("2028-05-20", "file", 2029), ("2028-06-15", "forward", 2029)],
        ),
        (date(2027, 6, 16), [("2028-05-20", "file", 2029), ("2028-06-15", "forward", 2029)]),
        (date(2027, 12, 31), [("2028-05-20", "file", 2029), ("2028-06-15", "forward", 2029)]),
    ],
)
def test_a_day_that_is_today_still_counts(as_of: date, expected: list[tuple[str, str, int]]) -> None:
    assert days(held(source(window=MAY), as_of=as_of)) == expected


def test_a_window_for_the_same_year_and_one_passed_on_in_the_next() -> None:
    window = {"closes": "11-30", "forwarded": "01-31"}
    assert days(held(source(window=window))) == [
        ("2026-11-30", "file", 2026),
        ("2027-01-31", "forward", 2026),
    ]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2027, 2, 28), date(2027, 2, 28)),
        (date(2027, 3, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2028, 3, 1), date(2029, 2, 28)),
    ],
)
def test_the_29th_of_february_is_the_28th_in_most_years(as_of: date, expected: date) -> None:
    assert next_day("02-29", as_of) == expected
    assert held(source(window={"closes": "02-29"}), as_of=as_of).next_to_file[0].day == expected


def test_a_leap_day_does_not_shift_the_days_left() -> None:
    (event,) = held(source(window={"closes": "03-01"}), as_of=date(2028, 2, 28)).events
    assert (event.day - date(2028, 2, 28)).days == 2


def test_a_rule_that_ends_before_its_next_day_gives_none() -> None:
    ends = {**VERSION, "until": date(2027, 5, 19)}
    calendar = held(source(window=MAY, versions=[ends]))
    assert calendar.events == ()
    (each,) = calendar.undated
    assert (each.reason, each.last_day) == ("rule_ends", date(2027, 5, 19))


def test_a_rule_that_ends_on_its_day_still_gives_it_but_not_what_comes_after() -> None:
    ends = {**VERSION, "until": date(2027, 5, 20)}
    assert days(held(source(window=MAY, versions=[ends]))) == [("2027-05-20", "file", 2028)]


def test_what_was_filed_is_passed_on_even_where_the_rule_ends_later_in_the_year() -> None:
    ends = {**VERSION, "until": date(2027, 12, 31)}
    calendar = held(source(window=MAY, versions=[ends]), as_of=date(2027, 6, 1))
    assert days(calendar) == [("2027-06-15", "forward", 2028)]
    assert calendar.undated[0].reason == "rule_ends"


def test_a_rule_that_is_closed_by_the_next_one_names_the_day_before() -> None:
    closed = {"from": date(2027, 1, 1), "status": "closed", "references": [ACT]}
    (each,) = held(source(window=MAY, versions=[VERSION, closed])).undated
    assert (each.reason, each.last_day) == ("rule_ends", date(2026, 12, 31))


def test_a_rule_that_goes_on_in_another_version_keeps_its_day() -> None:
    later = {"from": date(2027, 1, 1), "references": [ACT]}
    assert days(held(source(window=MAY, versions=[VERSION, later])))[0] == ("2027-05-20", "file", 2028)


def test_a_window_without_a_day_is_open_all_year() -> None:
    calendar = held(source(window={"note": {"vi": "Quanh năm", "en": "All year"}}))
    assert [each.source.id for each in calendar.any_time] == ["help"]
    assert calendar.events == calendar.undated == ()


@pytest.mark.parametrize(("status", "reason"), [("pending", "pending"), ("unknown", "unknown")])
@pytest.mark.parametrize("window", [None, {"note": {"vi": "Quanh năm", "en": "All year"}}])
def test_a_rule_that_is_not_in_force_is_open_on_no_day(status: str, reason: str, window: Any) -> None:
    calendar = held(source(window=window, versions=[{**VERSION, "status": status}]))
    assert calendar.any_time == ()
    assert [each.reason for each in calendar.undated] == [reason]


def test_a_source_without_a_window_is_asked_about() -> None:
    assert [each.reason for each in held(source()).undated] == ["no_day"]


def test_own_money_taxes_and_refusing_sources_are_left_out() -> None:
    refusing = source("no", beneficiary="programme_owner", window=MAY)
    calendar = held(source("own", kind="own"), source("tax", kind="tax"), refusing)
    assert calendar == Calendar(DAY, (), (), ())


def test_events_come_by_day_and_then_in_the_order_of_the_matches() -> None:
    early, late = source("a_late", window=MAY), source("b_early", window={"closes": "01-31"})
    same = source("c_same", window=MAY)
    calendar = held(early, late, same)
    assert [(e.day.month, e.kind, e.match.source.id) for e in calendar.events] == [
        (1, "file", "b_early"),
        (5, "file", "a_late"),
        (5, "file", "c_same"),
        (6, "forward", "a_late"),
        (6, "forward", "c_same"),
    ]
    assert [event.match.source.id for event in calendar.next_to_file] == ["b_early"]


def test_every_source_that_could_help_stands_in_just_one_place() -> None:
    for as_of in (date(2010, 1, 1), date(2020, 12, 1), DAY, date(2035, 12, 31)):
        found: list[Match] = match(assessment(option()), as_of, default_register())
        calendar = calendar_of(found, as_of)
        filed = [each.source.id for each in found if each.verdict != "not_eligible"]
        filed = [name for name in filed if default_register().sources[name].kind not in ("own", "tax")]
        placed = [event.match.source.id for event in calendar.events if event.kind == "file"]
        placed += [each.source.id for each in calendar.any_time]
        placed += [each.match.source.id for each in calendar.undated]
        assert sorted(placed) == sorted(filed)
        assert all(event.day >= as_of for event in calendar.events)

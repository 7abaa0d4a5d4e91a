"""The calendar file, read back by the library that writes it and line by line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest

from sxsh_options.i18n import Wording
from sxsh_options.services.calendar import Filing, filing_for
from sxsh_options.services.examples import load_example
from sxsh_options.storage.calendar_out import calendar_to_ics

DAY = date(2026, 11, 23)
SEAFOOD = load_example("vn_seafood")
HARD = 'Bún, "Hai\\n Bà"; & Con\nXưởng 2 🍜👩‍🍳 ' + "nước mắm " * 20


def filing(name: str = SEAFOOD.facility.name, as_of: date = DAY, **rest: Any) -> Filing:
    facility = SEAFOOD.facility.model_copy(update={"name": name})
    return filing_for(SEAFOOD.model_copy(update={"facility": facility, **rest}), as_of)


def read(found: Filing, lang: Any = "vi") -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(calendar_to_ics(found, Wording(lang))).events)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_reading_back_gives_the_same_events(lang: str) -> None:
    found = filing()
    entries = read(found, lang)
    assert len(entries) == len(found.calendar.events) == 2
    for entry, event in zip(entries, found.calendar.events, strict=True):
        name = event.match.source.name
        assert entry.decoded("dtstart") == event.day
        assert type(entry.decoded("dtstart")) is date  # all day
        assert entry.decoded("dtend") == event.day + timedelta(days=1)
        assert entry.decoded("dtstamp") == datetime(2026, 11, 23, tzinfo=UTC)
        assert (name.vi if lang == "vi" else name.en) in entry["summary"]
        assert "Thông tư 36/2013/TT-BCT Điều 10" in entry["description"]
        assert "2028" in entry["description"]
        alarms = [alarm.decoded("trigger") for alarm in entry.walk("VALARM")]
        assert alarms == [timedelta(days=-30), timedelta(days=-7)]


def test_the_words_are_those_of_the_reader() -> None:
    vi, en = (read(filing(), lang)[0] for lang in ("vi", "en"))
    assert vi["location"] == "Sở Công Thương"
    assert "Nộp hồ sơ trước 20/05/2027 tại Sở Công Thương, cho kế hoạch 2028." in vi["description"]
    assert en["location"] == "Provincial department of industry and trade"
    assert "File before 20 May 2027" in en["description"]
    assert str(vi["uid"]) == str(en["uid"])


def test_a_name_survives_whatever_stands_in_it() -> None:
    for entry in read(filing(HARD)):
        assert str(entry["summary"]).endswith(HARD)


def test_controls_that_the_format_does_not_take_are_marked() -> None:
    assert "Xưởng\ufffd A" in read(filing("Xưởng\x07 A"))[0]["summary"]


def test_lines_are_short_and_end_as_the_format_asks() -> None:
    written = calendar_to_ics(filing(HARD), Wording("vi"))
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert b"DTSTART;VALUE=DATE:20270520" in written


def test_the_same_day_gives_the_same_file() -> None:
    assert calendar_to_ics(filing(), Wording("vi")) == calendar_to_ics(filing(), Wording("vi"))


def test_an_entry_keeps_its_name_until_its_plan_is_over() -> None:
    first, later, next_year = (
        {str(entry["uid"]) for entry in read(filing(as_of=on))}
        for on in (DAY, date(2027, 5, 20), date(2027, 6, 16))
    )
    assert first == later
    assert not first & next_year
    assert not first & {str(entry["uid"]) for entry in read(filing(id="other"))}


def test_nothing_dated_is_a_calendar_without_entries() -> None:
    assert read(filing(as_of=date(2001, 1, 1))) == []

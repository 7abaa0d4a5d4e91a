"""The calendar file, read back by the library that writes it and line by line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import icalendar
import pytest

from sxsh_options.i18n import Wording
from sxsh_options.i18n.sources import citation
from sxsh_options.services.calendar import Filing, filing_for
from sxsh_options.services.examples import load_example
from sxsh_options.storage.calendar_out import calendar_to_ics

DAY = date(2026, 11, 23)
SEAFOOD = load_example("vn_seafood")
HARD = 'Bún, "Hai\\n Bà"; & Con\nXưởng 2 🍜👩‍🍳 ' + "nước mắm " * 20


def filing(name: str = SEAFOOD.facility.name, as_of: date = DAY, **rest: Any) -> Filing:
    facility = SEAFOOD.facility.model_copy(update={"name": name})
    return filing_for(SEAFOOD.model_copy(update={"facility": facility, **rest}), as_of)


def as_file(found: Filing, lang: Any = "vi", revision: int = 0) -> bytes:
    wording = Wording(lang)
    return calendar_to_ics(found, wording, partial(citation, wording=wording), revision)


def read(found: Filing, lang: Any = "vi") -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(as_file(found, lang)).events)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_reading_back_gives_the_same_events(lang: str) -> None:
    found = filing()
    entries = read(found, lang)
    assert len(entries) == len(found.calendar.events) == 2
    for entry, event in zip(entries, found.calendar.events, strict=True):
        name = event.match.source.name
        assert entry.decoded("dtstart") == event.day - timedelta(days=1)  # the rule says "before"
        assert type(entry.decoded("dtstart")) is date  # all day
        assert entry.decoded("dtend") == event.day
        assert entry.decoded("dtstamp") == datetime(2026, 11, 23, tzinfo=UTC)
        assert (name.vi if lang == "vi" else name.en) in entry["summary"]
        article = {"vi": "Điều 10", "en": "Article 10"}[lang]
        assert f"Thông tư 36/2013/TT-BCT {article}" in entry["description"]
        assert "2028" in entry["description"]
        alarms = [alarm.decoded("trigger") for alarm in entry.walk("VALARM")]
        eight = datetime.combine(entry.decoded("dtstart"), time(8))
        rings = [datetime.combine(entry.decoded("dtstart"), time()) + alarm for alarm in alarms]
        assert rings == [eight - timedelta(days=30), eight - timedelta(days=7)]


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
    written = as_file(filing(HARD))
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert b"DTSTART;VALUE=DATE:20270519" in written
    assert b"TRIGGER:-P29DT16H" in written


def test_the_same_day_gives_the_same_file() -> None:
    assert as_file(filing()) == as_file(filing())


@pytest.mark.parametrize(
    ("lang", "filed", "passed_on"),
    [
        ("vi", "Nộp trước 20/05/2027: ", "Tỉnh gửi hồ sơ lên Bộ trước 15/06/2027: "),
        ("en", "File before 20 May 2027: ", "Goes on to the ministry before 15 Jun 2027: "),
    ],
)
def test_the_title_says_before_which_day(lang: str, filed: str, passed_on: str) -> None:
    first, second = read(filing(), lang)
    assert str(first["summary"]).startswith(filed)
    assert str(second["summary"]).startswith(passed_on)
    assert second.decoded("dtstart") == date(2027, 6, 14)


def test_a_later_revision_of_the_same_day_is_the_newer_one() -> None:
    """RFC 5546: the higher SEQUENCE counts, and of equal ones the later DTSTAMP."""

    def told(revision: int, as_of: date = DAY) -> tuple[int, datetime]:
        written = as_file(filing(as_of=as_of), revision=revision)
        (entry, *_) = icalendar.Calendar.from_ical(written).events
        return entry.decoded("sequence"), entry.decoded("dtstamp")

    assert told(3) < told(3, DAY + timedelta(days=1)) < told(4)
    assert told(3) == told(3)


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

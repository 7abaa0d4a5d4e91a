"""The days to file by as a calendar file (iCalendar, RFC 5545), for any calendar program."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sxsh_options.funding.calendar import Event
from sxsh_options.funding.schema import Reference
from sxsh_options.services.calendar import Filing
from sxsh_options.storage.results_table import Words

ALARMS = (30, 7)  # days before
_ALARM_HOUR = 8  # of the reader's own clock: an all-day entry begins at midnight
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # controls that the format does not take


def calendar_to_ics(
    filing: Filing, wording: Words, cite: Callable[[Reference], str], revision: int = 0
) -> bytes:
    """Return every dated event as an all-day entry on the last safe day, with alarms.

    Parameters
    ----------
    filing : Filing
    wording : Words
        Of the reader's language.
    cite : callable
        Returns where a rule stands, in that language.
    revision : int
        How often the assessment was saved. A calendar takes the entry of a file with a higher one for the
        newer one; of two files of one revision, that of the later day.

    Returns
    -------
    bytes
        The same for the same day and revision. An event keeps its UID, so that a newer file updates the
        calendar.
    """
    import icalendar  # takes a while, and few visits ask for the file

    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//SXSH Options//{wording.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _clean(f"{wording.text('calendar.title')} – {filing.assessment.title}"))
    stamp = datetime.combine(filing.calendar.as_of, datetime.min.time(), UTC)
    for event in filing.calendar.events:
        entry = icalendar.Event()
        summary, day = _summary(event, filing, wording), event.last_safe_day
        entry.add("uid", uid_of(event, filing))
        entry.add("dtstamp", stamp)
        entry.add("sequence", revision)
        entry.add("dtstart", day)
        entry.add("dtend", day + timedelta(days=1))  # the first day after
        entry.add("summary", summary)
        entry.add("description", _description(event, wording, cite))
        if event.match.source.files_at is not None:
            entry.add("location", event.match.source.files_at.both[wording.lang])
        entry.add("transp", "TRANSPARENT")  # the day stays free
        for days in ALARMS:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", summary)
            alarm.add("trigger", timedelta(days=-days, hours=_ALARM_HOUR))
            entry.add_component(alarm)
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def uid_of(event: Event, filing: Filing) -> str:
    """Return what names an event for good: its assessment, source, kind and plan, not its day."""
    return f"{filing.assessment.id}-{event.match.source.id}-{event.kind}-{event.for_year}@sxsh-options"


def _summary(event: Event, filing: Filing, wording: Words) -> str:
    source = event.match.source.name.both[wording.lang]
    what = wording.text(f"calendar.ics.{event.kind}", day=event.day)
    return _clean(f"{what}: {source} – {filing.assessment.facility.name}")


def _description(event: Event, wording: Words, cite: Callable[[Reference], str]) -> str:
    source, window = event.match.source, event.match.source.window
    place = source.files_at.both[wording.lang] if source.files_at else wording.text("calendar.place_unknown")
    lines = [
        wording.text(f"calendar.ics.{event.kind}.what", day=event.day, place=place, year=str(event.for_year)),
        wording.text("calendar.ics.verdict", verdict=wording.text(f"match.verdict.{event.match.verdict}")),
    ]
    if window is not None and window.note is not None:
        lines.append(window.note.both[wording.lang])
    if window is not None and window.reference is not None:
        article = cite(window.reference)
        evidence = wording.text(f"evidence.{window.reference.evidence}")
        lines.append(wording.text("calendar.ics.article", article=article, evidence=evidence))
    return _clean("\n".join(lines))


def _clean(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)

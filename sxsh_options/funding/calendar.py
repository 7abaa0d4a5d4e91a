"""When to file: the dated events of the sources that could help, and the sources without a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sxsh_options.funding.matching import Match
from sxsh_options.funding.standing import is_open, next_day

Kind = Literal["file", "forward"]
Reason = Literal["no_day", "pending", "unknown", "rule_ends"]

_NOT_FILED = frozenset({"own", "tax"})  # nobody is asked for own money; a tax relief goes with the tax return


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has to be done by a day.

    Attributes
    ----------
    day : date
        The rule says "before" this day (for khuyến công, Thông tư 36/2013/TT-BCT, Điều 10).
    kind : {"file", "forward"}
        The applicant files; or the province passes on to the ministry what was filed.
    for_year : int
        Whose plan it is for.
    match : Match
        Its source holds the article, ``source.window.reference``.
    """

    day: date
    kind: Kind
    for_year: int
    match: Match

    @property
    def last_safe_day(self) -> date:
        """Return the last day that is surely before the one that the rule names."""
        return self.day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Undated:
    """A source whose next day is not known.

    Attributes
    ----------
    match : Match
    reason : {"no_day", "pending", "unknown", "rule_ends"}
        No day is known; the rule is awaited; its status is not known; it ends before its next day.
    last_day : date or None
        Of a rule that ends.
    """

    match: Match
    reason: Reason
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The sources that are eligible or undetermined on a day, by when one files for them.

    Attributes
    ----------
    as_of : date
    events : tuple of Event
        From this day on, the nearest first; on one day in the order of the matches.
    any_time : tuple of Match
        One may file with them on any day.
    undated : tuple of Undated
    """

    as_of: date
    events: tuple[Event, ...]
    any_time: tuple[Match, ...]
    undated: tuple[Undated, ...]

    @property
    def next_to_file(self) -> tuple[Event, ...]:
        """What is filed by the nearest such day, if there is one."""
        to_file = [event for event in self.events if event.kind == "file"]
        return tuple(event for event in to_file if event.day == to_file[0].day)


def calendar_of(matches: Iterable[Match], as_of: date) -> Calendar:
    """Return when to file with each source that does not refuse.

    Parameters
    ----------
    matches : iterable of Match
        Made for the same day.
    as_of : date

    Notes
    -----
    A window with a day (``source.window.closes``) gives events; one without a day is open all year round (for
    support of small enterprises, Nghị định 80/2021/NĐ-CP, Điều 32). The provinces' own days are not known.
    """
    filed = [match for match in matches if could_be_filed(match)]
    events: list[Event] = []
    any_time: list[Match] = []
    undated: list[Undated] = []
    for match in filed:
        events += _events(match, as_of)
        window = match.source.window
        if window is not None and window.closes is None and match.status == "in_force":
            any_time.append(match)
        elif match.deadline is None:
            undated.append(_undated(match, as_of))
    events.sort(key=lambda event: (event.day, event.kind))
    return Calendar(as_of, tuple(events), tuple(any_time), tuple(undated))


def could_be_filed(match: Match) -> bool:
    """Tell whether a source may help, and is one that somebody files with."""
    return match.verdict != "not_eligible" and match.source.kind not in _NOT_FILED


def _events(match: Match, as_of: date) -> Iterator[Event]:
    """Yield what is ahead: filing, passing on, and passing on what was filed by the day before this one."""
    source, window = match.source, match.source.window
    if window is None or window.closes is None or not is_open(source, as_of):
        return
    closes = next_day(window.closes, as_of)
    year = closes.year + 1 if window.for_next_year else closes.year
    if window.forwarded is not None:
        running = next_day(window.forwarded, as_of)
        if running < closes and is_open(source, running):
            yield Event(running, "forward", year - 1, match)
    if match.deadline is None:
        return
    yield Event(closes, "file", year, match)
    if window.forwarded is not None and is_open(source, passed := next_day(window.forwarded, closes)):
        yield Event(passed, "forward", year, match)


def _undated(match: Match, as_of: date) -> Undated:
    if match.status in ("pending", "unknown"):
        return Undated(match, "pending" if match.status == "pending" else "unknown")
    if match.source.window is None or match.source.window.closes is None:
        return Undated(match, "no_day")
    return Undated(match, "rule_ends", _last_day(match, as_of))


def _last_day(match: Match, as_of: date) -> date | None:
    """Return the last day on which the rule of a day holds."""
    later = (version.from_ for version in match.source.versions if version.from_ > as_of)
    until = match.version.until if match.version is not None else None
    return until or next((start - timedelta(days=1) for start in later), None)

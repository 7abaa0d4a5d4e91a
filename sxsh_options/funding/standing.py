"""What each source is on a day, whoever asks: its version, its status, the next day to file by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sxsh_options.funding.eligibility import Outcome, Result
from sxsh_options.funding.facts import Value
from sxsh_options.funding.register import Register, version_on
from sxsh_options.funding.schema import Jurisdiction, Reference, Source, SourceVersion, Status
from sxsh_options.model import CostKind

_OWN_WORDS = {  # names of what the sources themselves ask, in data/locales
    "status": "funding.criterion.status",
    "date": "funding.criterion.date",
    "beneficiary": "funding.criterion.beneficiary",
    "location_province": "funding.criterion.location_province",
    "previous_support": "funding.criterion.previous_support",
    "cost_kind": "funding.criterion.cost_kind",
    "up_to_date": "funding.criterion.up_to_date",
    "budget": "funding.criterion.budget",
}


_CHECK_HOLDS_DAYS = 365  # a judgement of ours: after that nobody knows whether a text has been replaced
_STATUS: dict[Status, Result] = {
    "in_force": "met",
    "pending": "unknown",
    "unknown": "unknown",
    "closed": "not_met",
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The next day to file by, and the year whose plan it is for."""

    closes: date
    for_year: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A source on a day.

    Attributes
    ----------
    source : Source
    version : SourceVersion or None
        ``None`` before the first rule and after the last day of the last one.
    status : str
    criteria : tuple of Outcome
        What it asks of nobody in particular: to be in force, up to date, for an establishment.
    reference : Reference
        The first of the version.
    deadline : Deadline or None
    """

    source: Source
    version: SourceVersion | None
    status: Status
    criteria: tuple[Outcome, ...]
    reference: Reference
    deadline: Deadline | None


@lru_cache(maxsize=100)
def standing_on(register: Register, on: date) -> dict[str, Standing]:
    """Return what each source of a register is on a day."""
    return {name: _standing(source, on) for name, source in register.sources.items()}


def _standing(source: Source, on: date) -> Standing:
    version = version_on(source.versions, on)
    reference = (version or source.versions[0]).references[0]
    found = []
    if version is None and on < source.versions[0].from_:
        known = {"no_rule_known_before": source.versions[0].from_}
        result: Result = "not_met" if source.created_by_first_version else "unknown"
        found.append(own_criterion("date", result, known, reference))
    elif version is None:
        found.append(own_criterion("date", "not_met", {"ended_on": source.versions[-1].until}, reference))
    else:
        found.append(own_criterion("status", _STATUS[version.status], {"status": version.status}, reference))
        holds_until = date.fromordinal(source.checked_on.toordinal() + _CHECK_HOLDS_DAYS)
        known_until = version.still_valid_on or holds_until
        if on > known_until:
            known = {"known_until": known_until}
            found.append(own_criterion("up_to_date", "unknown", known, reference))
    if source.beneficiary == "programme_owner":
        found.append(own_criterion("beneficiary", "not_met", {"beneficiary": source.beneficiary}, reference))
    status: Status = "unknown" if version is None else version.status
    closes = deadline(source, on) if is_open(source, on) else None
    return Standing(source, version, status, tuple(found), reference, closes)


@lru_cache(maxsize=100)
def provinces_with_rules(register: Register, on: date, items: frozenset[str]) -> tuple[Jurisdiction, ...]:
    """Return the places which on a day have state grants of their own for some items, each once."""
    places: dict[Jurisdiction, None] = {}
    for each in standing_on(register, on).values():
        place, version = each.source.jurisdiction, each.version
        if place is None or place.others or version is None or "state_grant" not in each.source.groups:
            continue
        if items & {line.item for line in version.support}:
            places[place] = None
    return tuple(places)


@lru_cache(maxsize=10)
def kinds_of_items(register: Register) -> dict[str, frozenset[CostKind]]:
    """Return the kinds of cost that each supported item may hold, by the grants of the state."""
    found: dict[str, frozenset[CostKind]] = {}
    for source in register.sources.values():
        for version in source.versions if "state_grant" in source.groups else ():
            for line in version.support:
                found[line.item] = found.get(line.item, frozenset()) | frozenset(line.costs)
    return found


def own_criterion(
    name: str,
    result: Result,
    observed: Mapping[str, Value],
    reference: Reference | None,
    to_ask: tuple[str, ...] = (),
    assumed: tuple[str, ...] = (),
) -> Outcome:
    """Return what became of a criterion that every source has."""
    words = {"code": _OWN_WORDS[name]}
    return Outcome(name, words, result, dict(observed), None, reference, (), to_ask, assumed)


def deadline(source: Source, as_of: date) -> Deadline | None:
    """Return the next day to file by; ``None`` where none is known or the rule ends before it."""
    if source.window is None or source.window.closes is None:
        return None
    closes = next_day(source.window.closes, as_of)
    if not is_open(source, closes):
        return None
    return Deadline(closes, closes.year + 1 if source.window.for_next_year else closes.year)


def is_open(source: Source, on: date) -> bool:
    """Tell whether a source has a rule on a day that is in force, or awaited."""
    version = version_on(source.versions, on)
    return version is not None and version.status in ("in_force", "pending")


def next_day(month_and_day: str, as_of: date) -> date:
    """Return the next such day of a year, that day itself included; 28 February stands in for the 29th."""
    month, day = (int(part) for part in month_and_day.split("-"))

    def of(year: int) -> date:
        try:
            return date(year, month, day)
        except ValueError:  # of the days that a file may name, this alone is not in every year
            return date(year, 2, 28)

    this_year = of(as_of.year)
    return this_year if this_year >= as_of else of(as_of.year + 1)

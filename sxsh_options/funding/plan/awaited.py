"""Grants that must be decided before one may invest: by when to file, how long that takes, what it costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sxsh_options.funding.matching import Match
from sxsh_options.funding.plan.best import Plan

_DAYS_PER_MONTH = 365.25 / 12
_WEEK = 7
_AT_ONCE = 1.0  # month: nobody calls that waiting
_BOUGHT = "bought_before_approval"  # the fact that sources ask about which must have approved before


@dataclass(frozen=True, slots=True)
class Awaited:
    """A grant that is filed for before investing.

    Attributes
    ----------
    files_by : date or None
        ``None`` where one may file at any time, or the day is not known.
    decided_on : date or None
        When the money can be counted on; ``None`` where nobody knows.
    """

    match: Match
    files_by: date | None
    decided_on: date | None


def awaited_from(match: Match, as_of: date) -> Awaited:
    """Return by when a source is filed for and when it is decided, as far as that is known.

    Filing by a day of one year is for the plan of the next: the money can be counted on from that year's
    first day. Where only the weeks to a decision are known, they count from today.
    """
    source = match.source
    if match.deadline is not None:
        return Awaited(match, match.deadline.closes, date(match.deadline.for_year, 1, 1))
    weeks = source.payout.weeks_to_decision if source.payout else None
    if weeks is not None:
        return Awaited(match, None, date.fromordinal(as_of.toordinal() + round(weeks * _WEEK)))
    return Awaited(match, None, None)


def to_be_awaited(matches: Iterable[Match], as_of: date) -> dict[str, Awaited]:
    """Return the grants that have to be decided before one may invest, by the id of their source."""
    found = (awaited_from(match, as_of) for match in matches)
    return {each.match.source.id: each for each in found if _must_wait(each, as_of)}


def awaited_by(plan: Plan, matches: Sequence[Match], as_of: date) -> tuple[Awaited, ...]:
    """Return the grants of a plan that have to be decided before one may invest."""
    taken = {grant.piece.source.id for grant in plan.grants}
    return tuple(to_be_awaited((match for match in matches if match.source.id in taken), as_of).values())


def declined(slow: Mapping[str, Awaited], wanted: Collection[str]) -> list[frozenset[str]]:
    """Return how long one may wait: for each day on which something is decided, what is decided after it.

    Parameters
    ----------
    slow : mapping of str to Awaited
        Every grant that must be awaited, by the id of its source.
    wanted : collection of str
        Those of which the days count. The first answer waits for all of them.
    """
    known = {name: each.decided_on for name, each in slow.items() if each.decided_on is not None}
    days = sorted({day for name, day in known.items() if name in wanted}, reverse=True)
    later = [frozenset(name for name, decided in known.items() if decided > day) for day in days[1:]]
    return [frozenset(), *later]


def months_of(awaited: Iterable[Awaited], as_of: date) -> float:
    """Return the months until the last of them is decided; a day that nobody knows counts as none."""
    return max((_months(each, as_of) for each in awaited), default=0.0)


def growth(discount_rate: float, months: float) -> float:
    """Return by what waiting divides the value of what comes later: (1 + r)**w, w in years."""
    return float((1.0 + discount_rate) ** (months / 12.0))


def npv_today(plan: Plan, awaited: Sequence[Awaited], as_of: date) -> float:
    """Return what a plan is worth today, VND, that begins when what it awaits is decided."""
    rate = plan.terms.general.discount_rate
    return plan.after.npv_vnd / growth(rate, months_of(awaited, as_of))


def _must_wait(awaited: Awaited, as_of: date) -> bool:
    """Tell whether one has to wait; also where nobody knows how long, but nothing may be bought before."""
    source = awaited.match.source
    if source.kind != "grant" or "state_grant" not in source.groups:
        return False
    if awaited.decided_on is not None:
        return _months(awaited, as_of) > _AT_ONCE
    rules = (outcome.required for outcome in awaited.match.criteria)
    return any(rule is not None and _BOUGHT in rule.fields for rule in rules)


def _months(awaited: Awaited, as_of: date) -> float:
    return 0.0 if awaited.decided_on is None else (awaited.decided_on - as_of).days / _DAYS_PER_MONTH

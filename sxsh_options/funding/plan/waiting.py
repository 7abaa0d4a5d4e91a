"""Wait or act: invest now without what must be filed for first, or file, wait and then invest.

Waiting costs what the options would have saved meanwhile, and moves everything later. Both ways take today's
prices and the same life of the options; what is worth less than nothing today is not carried out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sxsh_options.errors import InputError
from sxsh_options.funding.matching import Match
from sxsh_options.funding.plan.best import Objective, Plan, best_plan
from sxsh_options.funding.plan.proposal import Proposal
from sxsh_options.funding.plan.split import Split, best_split

DAYS_PER_MONTH = 365.25 / 12
_WEEK = 7
_AT_ONCE = 1.0  # month: nobody calls that waiting
_TOO_LITTLE = ("plan.own_capital_too_small", "plan.never_pays_back", "plan.none")
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


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where waiting and acting at once are worth the same.

    Attributes
    ----------
    grant_vnd : float or None
        From which grant on waiting pays; ``None`` where no grant is worth anything.
    chance : float or None
        From which chance of getting the grants on waiting pays; ``None`` where even certainty does not
        suffice.
    months : float or None
        Up to which wait it pays, the grants being certain; ``None`` where no wait pays, or any does.
    """

    grant_vnd: float | None
    chance: float | None
    months: float | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The ways beside each other; money as of today.

    Attributes
    ----------
    now : Plan or None
        Without what must be waited for; ``None`` where own capital does not suffice for that.
    later : Plan
        With it, as seen on the day of investing.
    awaited : tuple of Awaited
        The grants of ``later`` that are not in ``now``.
    months : float
        From today until the last of them is decided, as far as that is known.
    npv_now_vnd : float or None
    npv_later_vnd : float
    lost_savings_vnd : float
        What the options would save, less operating cost, in that time.
    break_even : BreakEven or None
        Of the part that would wait, where there is a split; else of everything. ``None`` where nothing is
        awaited, or where own capital does not suffice without what is.
    least_now_vnd : float or None
        The own capital that acting at once would need, where there is not enough.
    open_grants : tuple of Match
        Grants of which it is not known whether the establishment gets them, for whose decision one would
        have to wait: whoever acts now may lose them.
    split : Split or None
        Where it is worth more to wait with some of the options alone.
    npv_split_vnd : float or None
    """

    now: Plan | None
    later: Plan
    awaited: tuple[Awaited, ...]
    months: float
    npv_now_vnd: float | None
    npv_later_vnd: float
    lost_savings_vnd: float
    break_even: BreakEven | None
    split: Split | None = None
    npv_split_vnd: float | None = None
    least_now_vnd: float | None = None
    open_grants: tuple[Match, ...] = ()

    @property
    def worths(self) -> dict[Literal["now", "later", "split"], float]:
        """What each way that is possible is worth."""
        found: dict[Literal["now", "later", "split"], float] = {"later": self.npv_later_vnd}
        if self.npv_now_vnd is not None:
            found["now"] = self.npv_now_vnd
        if self.npv_split_vnd is not None:
            found["split"] = self.npv_split_vnd
        return found

    @property
    def awaited_vnd(self) -> float:
        """What the grants that are waited for come to, in the part that waits."""
        waited = {each.match.source.id for each in self.awaited}
        return sum(grant.amount_vnd for grant in self.waiting.grants if grant.piece.source.id in waited)

    @property
    def is_decision_known(self) -> bool:
        """Whether it is known of all that is awaited when it is decided."""
        return all(each.decided_on is not None for each in self.awaited)

    @property
    def waiting(self) -> Plan:
        """The plan of what would wait: all of it, or the part of the split."""
        return self.later if self.split is None else self.split.delayed

    @property
    def lost_savings_split_vnd(self) -> float:
        """What the part that waits would save meanwhile."""
        return _lost(self.waiting, self.months)

    @property
    def lost_a_month_vnd(self) -> float:
        """What is lost for each month that everything waits."""
        return _lost(self.later, 1.0)

    @property
    def advice(self) -> Literal["act", "wait", "split", "ask", "neither"]:
        """What is worth most; "ask" where waiting might be, but nobody knows for how long."""
        if max(self.worths.values()) < 0:
            return "neither"
        if self.split is not None:
            return "split"
        if self.npv_now_vnd is None or self.npv_later_vnd > self.npv_now_vnd:
            return "wait" if self.is_decision_known else "ask"
        return "act"


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


def wait_or_act(
    proposal: Proposal,
    matches: Sequence[Match],
    as_of: date,
    objective: Objective = "npv",
    *,
    parts_of: Callable[[tuple[str, ...]], Sequence[Proposal]] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Waiting:
    """Compare investing now, without what must be waited for, with waiting for it.

    Parameters
    ----------
    proposal : Proposal
    matches : sequence of Match
        Every source on the day.
    as_of : date
    objective : {"npv", "own_capital", "payback", "co2e"}
    parts_of : callable, optional
        Returns options as proposals that may be carried out at different times; without it all of them
        wait, or none does.
    cancelled : callable, optional

    Raises
    ------
    InputError
        There is no plan; see :func:`~sxsh_options.funding.plan.best.best_plan`.

    Notes
    -----
    With N0 and N1 the values on the day of investing without and with the awaited grants, w the years of
    waiting, r the discount rate, and k = (N1 - N0) / grants what one dong of them is worth to the owner,

        break-even grant  = (max(N0, 0) (1+r)**w - N0) / k
        break-even chance = max(N0, 0) ((1+r)**w - 1) / (N1 - max(N0, 0))
        break-even wait   = ln(N1 / N0) / ln(1+r)
    """
    slow = frozenset(
        each.match.source.id for each in (awaited_from(m, as_of) for m in matches) if _must_wait(each, as_of)
    )
    later = best_plan(proposal, matches, objective, cancelled=cancelled)
    now, least = _at_once(proposal, matches, objective, slow, cancelled)
    awaited = awaited_by(later, matches, as_of)
    months = max((_months(each, as_of) for each in awaited), default=0.0)
    rate = proposal.terms.general.discount_rate
    growth = (1.0 + rate) ** (months / 12.0)
    split = None
    if parts_of is not None and _may_split(now, later, awaited):
        parts = parts_of(later.option_ids)
        split = best_split(parts, matches, slow, growth, objective, later, cancelled=cancelled)
    npv_now = None if now is None else now.after.npv_vnd
    npv_later = later.after.npv_vnd / growth
    npv_split = None if split is None else split.npv_vnd
    others = npv_later if npv_now is None else max(npv_now, npv_later)
    if npv_split is not None and npv_split <= others:  # as the owner's limits have it
        split = npv_split = None
    without, with_grants = (now, later) if split is None else (split.delayed_without, split.delayed)
    return Waiting(
        now,
        later,
        awaited,
        months,
        npv_now,
        npv_later,
        _lost(later, months),
        _break_even(without, with_grants, slow, growth, rate) if awaited and without is not None else None,
        split,
        npv_split,
        least,
        tuple(
            match
            for match in matches
            if match.verdict == "undetermined"
            and match.source.id in slow
            and match.amount_upper_bound_vnd
            and match.source.id not in {each.match.source.id for each in awaited}
        ),
    )


def awaited_by(plan: Plan, matches: Sequence[Match], as_of: date) -> tuple[Awaited, ...]:
    """Return the grants of a plan that have to be decided before one may invest."""
    taken = {grant.piece.source.id for grant in plan.grants}
    of_plan = (awaited_from(match, as_of) for match in matches if match.source.id in taken)
    return tuple(each for each in of_plan if _must_wait(each, as_of))


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
    """Return the months until a source is decided; a day that nobody knows counts as none."""
    return 0.0 if awaited.decided_on is None else (awaited.decided_on - as_of).days / DAYS_PER_MONTH


def _at_once(
    proposal: Proposal,
    matches: Sequence[Match],
    objective: Objective,
    slow: frozenset[str],
    cancelled: Callable[[], bool] | None,
) -> tuple[Plan | None, float | None]:
    """Return the plan without what must be waited for; where own capital is too small, what it takes."""
    try:
        return best_plan(proposal, matches, objective, without=slow, cancelled=cancelled), None
    except InputError as error:
        if any(what.code not in _TOO_LITTLE for what in error.messages):
            raise
        least = (what.params.get("least_vnd") for what in error.messages)
        return None, next((each for each in least if isinstance(each, float)), None)


def _may_split(now: Plan | None, later: Plan, awaited: Sequence[Awaited]) -> bool:
    """Tell whether to ask which options wait: the wait is known, and later all are done that now are."""
    known = bool(awaited) and all(each.decided_on is not None for each in awaited)
    return (
        known and len(later.option_ids) > 1 and (now is None or set(now.option_ids) <= set(later.option_ids))
    )


def _lost(plan: Plan, months: float) -> float:
    return plan.net_annual_benefit_vnd * months / 12.0


def _break_even(without: Plan, plan: Plan, slow: frozenset[str], growth: float, rate: float) -> BreakEven:
    worth_now, worth_then = without.after.npv_vnd, plan.after.npv_vnd
    at_least = max(worth_now, 0.0)  # what is worth less than nothing is not carried out
    awaited = sum(grant.amount_vnd for grant in plan.grants if grant.piece.source.id in slow)
    of_one = (worth_then - worth_now) / awaited if awaited > 0 else 0.0
    gain = worth_then - at_least
    chance = at_least * (growth - 1.0) / gain if gain > 0 else None
    return BreakEven(
        (at_least * growth - worth_now) / of_one if of_one > 0 else None,
        chance if chance is not None and chance <= 1.0 else None,
        12.0 * math.log(worth_then / worth_now) / math.log1p(rate)
        if gain > 0 and worth_now > 0 and rate > 0
        else None,
    )

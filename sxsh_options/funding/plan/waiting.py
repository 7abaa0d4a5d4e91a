"""Wait or act: invest now without what must be filed for first, or file, wait and then invest.

Waiting costs what the options would have saved meanwhile, and moves everything later. Both ways take today's
prices and the same life of the options; what is worth less than nothing today is not carried out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sxsh_options.errors import InputError, Message
from sxsh_options.funding.matching import Match
from sxsh_options.funding.plan.awaited import (
    Awaited,
    awaited_by,
    declined,
    growth,
    months_of,
    npv_today,
    to_be_awaited,
)
from sxsh_options.funding.plan.best import Plan, best_plan
from sxsh_options.funding.plan.pieces import gather
from sxsh_options.funding.plan.proposal import Proposal
from sxsh_options.funding.plan.split import Split, best_split
from sxsh_options.model import Objective

LEAST_GAIN = 0.05  # of the awaited grants, a judgement of ours: they are never certain
_IMPOSSIBLE = ("plan.own_capital_too_small", "plan.never_pays_back", "plan.none")


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
    as_of : date
    later : Plan
        With what must be waited for, as seen on the day of investing; for the aim of the highest NPV it
        waits only as long as a grant is worth it.
    awaited : tuple of Awaited
        By ``later``.
    at_once : Plan or None
        Without what must be waited for, with fewer options where they cannot all be carried out so; ``None``
        where that is impossible.
    why_not_now : Message or None
        Why they cannot, as :func:`~sxsh_options.funding.plan.best.best_plan` says it.
    split : Split or None
        Where it is worth more to wait with some of the options alone.
    break_even : BreakEven or None
        Of what would wait; ``None`` where nothing is awaited, or where it is impossible without what is.
    open_grants : tuple of Match
        Grants of which it is not known whether the establishment gets them, for whose decision one would
        have to wait: whoever acts now may lose them.
    is_one_group : bool
        Whether all options act on each other or need each other, so that none of them may wait alone.
    least_gain : float
        Of the awaited grants, that waiting has to bring.
    """

    as_of: date
    later: Plan
    awaited: tuple[Awaited, ...]
    at_once: Plan | None
    why_not_now: Message | None = None
    split: Split | None = None
    break_even: BreakEven | None = None
    open_grants: tuple[Match, ...] = ()
    is_one_group: bool = False
    least_gain: float = LEAST_GAIN

    @property
    def npv_now_vnd(self) -> float | None:
        """What acting now is worth."""
        return None if self.at_once is None else self.at_once.after.npv_vnd

    @property
    def npv_later_vnd(self) -> float:
        """What waiting with everything is worth."""
        return npv_today(self.later, self.awaited, self.as_of)

    @property
    def npv_split_vnd(self) -> float | None:
        """What waiting with a part is worth."""
        return None if self.split is None else self.split.npv_vnd

    @property
    def months(self) -> float:
        """From today until the last of what ``later`` awaits is decided, as far as that is known."""
        return months_of(self.awaited, self.as_of)

    @property
    def lost_savings_vnd(self) -> float:
        """What the options would save, less operating cost, in that time."""
        return _lost(self.later, self.months)

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
    def waiting(self) -> Plan:
        """The plan of what would wait: all of it, or the part of the split."""
        return self.later if self.split is None else self.split.delayed

    @property
    def waited_for(self) -> tuple[Awaited, ...]:
        """What the part that would wait awaits."""
        return self.awaited if self.split is None else self.split.awaited

    @property
    def waiting_months(self) -> float:
        """How long the part that would wait does."""
        return months_of(self.waited_for, self.as_of)

    @property
    def awaited_vnd(self) -> float:
        """What the grants that are waited for come to, in the part that waits."""
        return _awaited_vnd(self.waiting, self.waited_for)

    @property
    def is_decision_known(self) -> bool:
        """Whether it is known of all that is awaited when it is decided."""
        return all(each.decided_on is not None for each in self.awaited)

    @property
    def lost_savings_split_vnd(self) -> float:
        """What the part that waits would save meanwhile."""
        return _lost(self.waiting, self.waiting_months)

    @property
    def lost_a_month_vnd(self) -> float:
        """What is lost for each month that everything waits."""
        return _lost(self.later, 1.0)

    def _pays(self, npv_vnd: float, waiting: Plan, awaited: Sequence[Awaited]) -> bool:
        """Tell whether a way to wait is worth enough more than acting at once."""
        if self.npv_now_vnd is None:
            return True
        return npv_vnd > self.npv_now_vnd + self.least_gain * _awaited_vnd(waiting, awaited)

    def with_split(self, split: Split) -> Waiting:
        """Return the ways with another one, where that is worth most."""
        most = split.npv_vnd > max(0.0, self.npv_later_vnd, self.npv_split_vnd or 0.0)
        pays = self._pays(split.npv_vnd, split.delayed, split.awaited)
        return replace(self, split=split) if most and pays else self

    @property
    def advice(self) -> Literal["act", "wait", "split", "ask", "neither"]:
        """What is worth most; "ask" where waiting might be, but nobody knows for how long."""
        if max(self.worths.values()) < 0:
            return "neither"
        if self.split is not None:
            return "split"
        if self._pays(self.npv_later_vnd, self.later, self.awaited):
            return "wait" if self.is_decision_known else "ask"
        return "act"


def wait_or_act(
    proposal: Proposal,
    matches: Sequence[Match],
    as_of: date,
    objective: Objective = "npv",
    *,
    parts_of: Callable[[tuple[str, ...]], Sequence[Proposal]] | None = None,
    fewer: Callable[[], Proposal] | None = None,
    least_gain: float = LEAST_GAIN,
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
    fewer : callable, optional
        Returns the proposal in which options may be left out: what to do now where all of them cannot be.
    least_gain : float
        Of the awaited grants, that waiting has to bring for it to be advised.
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
    slow = to_be_awaited(matches, as_of)
    later = _later(proposal, matches, as_of, objective, slow, cancelled)
    awaited = awaited_by(later, matches, as_of)
    now, why_not = _at_once(proposal, matches, objective, slow, cancelled)
    if now is None and fewer is not None:
        some, _ = _at_once(fewer(), matches, objective, slow, cancelled)
        now = some if some is not None and some.option_ids else None
    found = Waiting(
        as_of,
        later,
        awaited,
        now,
        why_not,
        open_grants=_open(proposal, matches, slow, awaited),
        least_gain=least_gain,
    )
    for names in _to_split(found):
        try:
            parts = () if parts_of is None else parts_of(names)
        except InputError:
            continue  # what is done now and what is done later do not go together
        found = replace(found, is_one_group=len(parts) == 1)
        if parts:
            split = best_split(parts, matches, slow, as_of, objective, later, cancelled=cancelled)
            found = found if split is None else found.with_split(split)
    without = now if found.split is None else found.split.delayed_without
    if not awaited or without is None or (found.split is None and why_not is not None):
        return found
    rate = proposal.terms.general.discount_rate
    return replace(
        found, break_even=_break_even(without, found.waiting, slow, growth(rate, found.waiting_months), rate)
    )


def _later(
    proposal: Proposal,
    matches: Sequence[Match],
    as_of: date,
    objective: Objective,
    slow: Mapping[str, Awaited],
    cancelled: Callable[[], bool] | None,
) -> Plan:
    """Return the plan that waits; for the highest NPV, only as long as what is decided last is worth it."""
    found = [best_plan(proposal, matches, objective, cancelled=cancelled)]
    taken = {grant.piece.source.id for grant in found[0].grants}
    others = {piece.source.id for piece in gather(matches, proposal.terms).grants}
    for without in declined(slow, others) if objective == "npv" else ():
        if not taken & without:
            continue  # that would change nothing
        try:
            found.append(best_plan(proposal, matches, objective, without=without, cancelled=cancelled))
        except InputError:  # own capital does not suffice without it
            break
    return max(found, key=lambda plan: npv_today(plan, awaited_by(plan, matches, as_of), as_of))


def _open(
    proposal: Proposal, matches: Sequence[Match], slow: Mapping[str, Awaited], awaited: Sequence[Awaited]
) -> tuple[Match, ...]:
    """Return the grants that may be there to be lost, unless the owner leaves them out."""
    settled = {choice.id for choice in proposal.terms.financing.sources if choice.use == "leave_out"}
    settled |= {each.match.source.id for each in awaited}
    return tuple(
        match
        for match in matches
        if match.verdict == "undetermined"
        and match.source.id in slow
        and match.amount_upper_bound_vnd
        and match.source.id not in settled
    )


def _at_once(
    proposal: Proposal,
    matches: Sequence[Match],
    objective: Objective,
    slow: Mapping[str, Awaited],
    cancelled: Callable[[], bool] | None,
) -> tuple[Plan | None, Message | None]:
    """Return the plan without what must be waited for; or why there is none."""
    try:
        return best_plan(proposal, matches, objective, without=frozenset(slow), cancelled=cancelled), None
    except InputError as error:
        if any(what.code not in _IMPOSSIBLE for what in error.messages):
            raise
        return None, error.messages[0]


def _to_split(found: Waiting) -> list[tuple[str, ...]]:
    """Return the sets of options of which to ask which wait; none where nobody knows how long that would be.

    Where options may be left out, some may be worth it at one time alone: own capital that does not suffice
    for them now may do so later.
    """
    if not found.awaited or not found.is_decision_known:
        return []
    later = found.later.option_ids
    now = () if found.at_once is None else found.at_once.option_ids
    sets = [later, (*later, *(name for name in now if name not in later))]
    return [names for names in dict.fromkeys(sets) if len(names) > 1]


def _awaited_vnd(plan: Plan, awaited: Sequence[Awaited]) -> float:
    names = {each.match.source.id for each in awaited}
    return sum(grant.amount_vnd for grant in plan.grants if grant.piece.source.id in names)


def _lost(plan: Plan, months: float) -> float:
    return plan.net_annual_benefit_vnd * months / 12.0


def _break_even(
    without: Plan, plan: Plan, slow: Mapping[str, Awaited], grown: float, rate: float
) -> BreakEven:
    worth_now, worth_then = without.after.npv_vnd, plan.after.npv_vnd
    at_least = max(worth_now, 0.0)  # what is worth less than nothing is not carried out
    awaited = sum(grant.amount_vnd for grant in plan.grants if grant.piece.source.id in slow)
    of_one = (worth_then - worth_now) / awaited if awaited > 0 else 0.0
    gain = worth_then - at_least
    chance = at_least * (grown - 1.0) / gain if gain > 0 else None
    return BreakEven(
        (at_least * grown - worth_now) / of_one if of_one > 0 else None,
        chance if chance is not None and chance <= 1.0 else None,
        12.0 * math.log(worth_then / worth_now) / math.log1p(rate)
        if gain > 0 and worth_now > 0 and rate > 0
        else None,
    )

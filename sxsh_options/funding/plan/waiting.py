"""Wait or act: invest now without what must be filed for first, or file, wait and then invest.

Waiting costs what the options would have saved meanwhile, and moves everything later. Both ways take today's
prices and the same life of the options; what is worth less than nothing today is not carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from sxsh_options.funding.matching import Match
from sxsh_options.funding.plan.best import Objective, Plan, best_plan
from sxsh_options.funding.plan.columns import GrantColumn
from sxsh_options.funding.plan.outcome import outcome_of
from sxsh_options.funding.plan.proposal import Proposal

DAYS_PER_MONTH = 365.25 / 12
_WEEK = 7
_AT_ONCE = 1.0  # month: nobody calls that waiting


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
class Waiting:
    """Both ways beside each other; money as of today.

    Attributes
    ----------
    now, later : Plan
        Without what must be waited for; with it, as seen on the day of investing.
    awaited : tuple of Awaited
        The grants of ``later`` that are not in ``now``.
    months : float
        From today until the last of them is decided.
    npv_now_vnd, npv_later_vnd : float
    lost_savings_vnd : float
        What the options would save, less operating cost, in that time.
    break_even_grant_vnd : float or None
        From which grant on waiting pays; ``None`` where no grant is worth anything.
    break_even_chance : float or None
        From which chance of getting the grants of ``later`` on waiting pays; ``None`` where even
        certainty does not suffice.
    """

    now: Plan
    later: Plan
    awaited: tuple[Awaited, ...]
    months: float
    npv_now_vnd: float
    npv_later_vnd: float
    lost_savings_vnd: float
    break_even_grant_vnd: float | None
    break_even_chance: float | None

    @property
    def advice(self) -> Literal["act", "wait", "neither"]:
        """What is worth more; "neither" where both are worth less than nothing."""
        if max(self.npv_now_vnd, self.npv_later_vnd) < 0:
            return "neither"
        return "wait" if self.npv_later_vnd > self.npv_now_vnd else "act"


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
    cancelled : callable, optional

    Raises
    ------
    InputError
        There is no plan; see :func:`~sxsh_options.funding.plan.best.best_plan`.

    Notes
    -----
    With N0 and N1 the values on the day of investing without and with the grants, w the years of waiting, r
    the discount rate, and k what one dong of grant is worth to the owner on the day of investing,

        break-even grant  = (max(N0, 0) (1+r)**w - N0) / k
        break-even chance = max(N0, 0) ((1+r)**w - 1) / (N1 - max(N0, 0))
    """
    state = {
        m.source.id: awaited_from(m, as_of)
        for m in matches
        if m.source.kind == "grant" and "state_grant" in m.source.groups
    }
    slow = frozenset(name for name, each in state.items() if _months(each, as_of) > _AT_ONCE)
    now = best_plan(proposal, matches, objective, without=slow, cancelled=cancelled)
    later = best_plan(proposal, matches, objective, cancelled=cancelled)
    taken = {grant.piece.source.id for grant in later.grants}
    awaited = tuple(state[name] for name in sorted(taken & slow))
    months = max((_months(each, as_of) for each in awaited), default=0.0)
    growth = (1.0 + proposal.terms.general.discount_rate) ** (months / 12.0)
    worth_now, worth_then = now.after.npv_vnd, later.after.npv_vnd
    at_least = max(worth_now, 0.0)  # what is worth less than nothing is not carried out
    of_one = _worth_of_one(proposal, later)
    gain = worth_then - at_least
    chance = at_least * (growth - 1.0) / gain if gain > 0 else None
    return Waiting(
        now,
        later,
        awaited,
        months,
        worth_now,
        worth_then / growth,
        later.net_annual_benefit_vnd * months / 12.0,
        (at_least * growth - worth_now) / of_one if awaited and of_one > 0 else None,
        chance if chance is not None and awaited and chance <= 1.0 else None,
    )


def is_slow(match: Match, as_of: date) -> bool:
    """Tell whether a source is one that is filed and waited for."""
    return _months(awaited_from(match, as_of), as_of) > _AT_ONCE


def _months(awaited: Awaited, as_of: date) -> float:
    """Return the months until a source is decided; a day that nobody knows counts as none."""
    return 0.0 if awaited.decided_on is None else (awaited.decided_on - as_of).days / DAYS_PER_MONTH


def _worth_of_one(proposal: Proposal, plan: Plan) -> float:
    """Return what one dong of the plan's grants is worth on the day of investing, after tax."""
    parts = [(grant, line, amount) for grant in plan.grants for line, amount in grant.lines]
    total = sum(amount for _, _, amount in parts)
    if not total:
        return 0.0
    columns = [GrantColumn(grant.piece, line) for grant, line, _ in parts]
    shares = np.array([[amount / total for _, _, amount in parts], [0.0] * len(parts)])
    cluster = [proposal.clusters[0][0]]
    worth = outcome_of(cluster, proposal.terms, columns, shares).flows.npv_vnd
    return float(worth[0] - worth[1])

"""Which options wait for a grant while the others are carried out at once.

A grant that must be awaited delays only what it pays for. Which options are worth the delay is a
mixed-integer program of its own: each of them, or each group of them that acts on each other, brings its
value now, or its value and its part of the grants later. How the rest is paid for is left aside in that
choice; what it comes to is then worked out as two plans, under the owner's limits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sxsh_options.errors import InputError
from sxsh_options.funding.matching import Match
from sxsh_options.funding.plan.best import Objective, Plan, best_plan, own_capital_only
from sxsh_options.funding.plan.choice import build
from sxsh_options.funding.plan.columns import GrantColumn
from sxsh_options.funding.plan.expressions import Expression, add, scaled
from sxsh_options.funding.plan.pieces import Pieces, gather
from sxsh_options.funding.plan.proposal import Proposal, nothing_done, together
from sxsh_options.model import Financing

_OWED = 1.0  # VND: less is nothing
_MOST_TRIED = 12  # parts that are moved one by one


@dataclass(frozen=True, slots=True)
class Split:
    """Some options at once, the others when their grants are decided.

    Attributes
    ----------
    at_once, delayed : Plan
        ``delayed`` as seen on its day of investing, with what own capital ``at_once`` leaves.
    delayed_without : Plan or None
        The same options as ``delayed``, without what must be waited for; ``None`` where that is impossible.
    npv_vnd : float
        Of both, as of today.
    """

    at_once: Plan
    delayed: Plan
    delayed_without: Plan | None
    npv_vnd: float


def best_split(
    parts: Sequence[Proposal],
    matches: Sequence[Match],
    slow: frozenset[str],
    growth: float,
    objective: Objective,
    later: Plan,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> Split | None:
    """Return which options are worth waiting with; ``None`` where it is all of them, or none, or impossible.

    Where own capital is limited, two further ways are tried: to do at once what brings most within the
    limit, and to wait with just what the awaited grants pay for where everything waits. From the best of
    them one part after the other is moved, as long as that is worth more.

    Parameters
    ----------
    parts : sequence of Proposal
        What may be carried out at different times.
    matches : sequence of Match
    slow : frozenset of str
        Ids of the sources that must be waited for.
    growth : float
        By which waiting divides what is worth something later: (1 + r)**w.
    objective : {"npv", "own_capital", "payback", "co2e"}
    later : Plan
        Of all parts, when the grants have been decided.
    cancelled : callable, optional
    """
    terms = parts[0].terms
    ways = [_paid_for(parts, matches, slow, growth, cancelled)]
    if terms.financing.own_capital_vnd is not None:
        ways.append(_beyond_the_limit(parts, matches, slow, cancelled))
        ways.append(
            frozenset(
                line.option_id
                for grant in later.grants
                if grant.piece.source.id in slow
                for line, _ in grant.lines
            )
        )

    def worth(waits: frozenset[str]) -> tuple[float, frozenset[str], Split | None]:
        made = _made(parts, waits, matches, slow, growth, objective, cancelled)
        return (-math.inf if made is None else made.npv_vnd), waits, made

    best = max((worth(waits) for waits in dict.fromkeys(ways)), key=lambda each: each[0])
    while terms.financing.own_capital_vnd is not None and len(parts) <= _MOST_TRIED:
        others = (best[1] ^ part.clusters[0][0].option_ids for part in parts)
        better = max((worth(waits) for waits in others), key=lambda each: each[0])
        if better[0] <= best[0]:
            break
        best = better
    return best[2]


def _made(
    parts: Sequence[Proposal],
    waits: frozenset[str],
    matches: Sequence[Match],
    slow: frozenset[str],
    growth: float,
    objective: Objective,
    cancelled: Callable[[], bool] | None,
) -> Split | None:
    """Return both plans of a split in which the parts with some options wait."""
    waiting = [part for part in parts if waits & part.clusters[0][0].option_ids]
    rest = [part for part in parts if not waits & part.clusters[0][0].option_ids]
    if not waiting or not rest:
        return None
    terms = parts[0].terms
    lumps = frozenset(
        piece.source.id
        for piece in gather(matches, terms).grants
        if piece.line.lump and piece.source.id in slow
    )  # of which nobody says for which option they are
    chosen = together(waiting, terms)
    try:
        at_once = best_plan(together(rest, terms), matches, objective, without=slow, cancelled=cancelled)
        if terms.financing.own_capital_vnd is not None:
            left = max(terms.financing.own_capital_vnd - at_once.after.own_capital_vnd, 0.0)
            financing = terms.financing.model_copy(update={"own_capital_vnd": left})
            chosen = replace(chosen, terms=replace(terms, financing=financing))
        delayed = best_plan(chosen, matches, objective, without=lumps, cancelled=cancelled)
    except InputError:
        return None
    try:
        bare = together(waiting, terms)
        without = best_plan(bare, matches, objective, without=slow, cancelled=cancelled)
    except InputError:
        without = None
    worth = at_once.after.npv_vnd + delayed.after.npv_vnd / growth
    return Split(at_once, delayed, without, worth)


def _beyond_the_limit(
    parts: Sequence[Proposal],
    matches: Sequence[Match],
    slow: frozenset[str],
    cancelled: Callable[[], bool] | None,
) -> frozenset[str]:
    """Return the options that own capital does not suffice for at once, where it brings most otherwise."""
    terms = parts[0].terms
    everything = together(parts, terms)
    nothing = nothing_done(parts[0].years)
    open_ones = replace(everything, clusters=tuple((nothing, cluster[0]) for cluster in everything.clusters))
    try:
        now = best_plan(open_ones, matches, "npv", without=slow, cancelled=cancelled)
    except InputError:
        return frozenset()
    of_all = frozenset().union(*(part.clusters[0][0].option_ids for part in parts))
    return of_all - set(now.option_ids)


def _paid_for(
    parts: Sequence[Proposal],
    matches: Sequence[Match],
    slow: frozenset[str],
    growth: float,
    cancelled: Callable[[], bool] | None,
) -> frozenset[str]:
    """Return the options that awaited grants pay for, where what is worth more later waits for them.

    Own capital pays the rest, now and later.
    """
    terms = replace(parts[0].terms, financing=Financing(), bridge_rate=None, least_cover=0.0)
    awaited = tuple(
        piece
        for piece in gather(matches, parts[0].terms).grants
        if piece.source.id in slow and not piece.line.lump
    )
    nothing = nothing_done(parts[0].years)
    everything = together(parts, terms)
    clusters = tuple((nothing, cluster[0]) for cluster in everything.clusters)
    choice = build(replace(everything, clusters=clusters), Pieces(awaited, (), (), ()))
    aim: Expression = scaled(choice.npv, 1.0 / growth)
    for (cluster, which), variable in choice.variants.items():
        worth_now = own_capital_only([clusters[cluster][which]], terms).npv_vnd
        add(aim, {variable: 1.0}, -worth_now / choice.scale_vnd)
    values = choice.program.maximise(aim, cancelled=cancelled).values
    if values is None:
        return frozenset()
    _, amounts = choice.read(values)
    return frozenset(
        column.line.option_id
        for column, amount in zip(choice.columns, amounts.tolist(), strict=True)
        if isinstance(column, GrantColumn) and column.line is not None and amount >= _OWED
    )

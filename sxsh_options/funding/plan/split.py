"""Which options wait for a grant while the others are carried out at once.

A grant that must be awaited delays only what it pays for. Which options are worth the delay is a
mixed-integer program of its own: each of them, or each group of them that acts on each other, brings its
value now, or its value and its part of the grants later. How the rest is paid for is left aside in that
choice; what it comes to is then worked out as two plans, under the owner's limits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sxsh_options.errors import InputError
from sxsh_options.funding.matching import Match
from sxsh_options.funding.plan.awaited import Awaited, awaited_by, declined, growth, months_of, npv_today
from sxsh_options.funding.plan.best import Plan, best_plan, own_capital_only
from sxsh_options.funding.plan.choice import build
from sxsh_options.funding.plan.columns import GrantColumn
from sxsh_options.funding.plan.expressions import Expression, add, scaled
from sxsh_options.funding.plan.outcome import LEAST_VND
from sxsh_options.funding.plan.pieces import Pieces, gather
from sxsh_options.funding.plan.proposal import Proposal, nothing_done, together
from sxsh_options.model import Financing, Objective

_MOST_TRIED = 12  # parts that are moved one by one
_Way = tuple[frozenset[int], frozenset[str]]  # the parts that wait, and the grants that they do not wait for


@dataclass(frozen=True, slots=True)
class Split:
    """Some options at once, the others when their grants are decided.

    Attributes
    ----------
    at_once, delayed : Plan
        ``delayed`` as seen on its day of investing, with the own capital that ``at_once`` leaves then: what
        the limit allows, and the least of its cash from that day on.
    awaited : tuple of Awaited
        By ``delayed``.
    npv_vnd : float
        Of both, as of today.
    delayed_without : Plan or None
        The same options as ``delayed``, without what must be waited for; ``None`` where that is impossible.
    """

    at_once: Plan
    delayed: Plan
    awaited: tuple[Awaited, ...]
    npv_vnd: float
    delayed_without: Plan | None = None


def best_split(
    parts: Sequence[Proposal],
    matches: Sequence[Match],
    slow: Mapping[str, Awaited],
    as_of: date,
    objective: Objective,
    later: Plan,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> Split | None:
    """Return which options are worth waiting with; ``None`` where it is all of them, or none, or impossible.

    Parameters
    ----------
    parts : sequence of Proposal
        What may be carried out at different times.
    matches : sequence of Match
    slow : mapping of str to Awaited
        The grants that must be waited for, by the id of their source.
    as_of : date
    objective : {"npv", "own_capital", "payback", "co2e"}
    later : Plan
        Of all parts, when the grants have been decided.
    cancelled : callable, optional

    Notes
    -----
    Where own capital is limited, two further ways are tried: to do at once what brings most within the
    limit, and to wait with just what the awaited grants pay for where everything waits. From the best of
    them one part after the other is moved, as long as that is worth more.
    """
    return _Search(parts, matches, slow, as_of, objective, cancelled).best(later)


class _Search:
    def __init__(
        self,
        parts: Sequence[Proposal],
        matches: Sequence[Match],
        slow: Mapping[str, Awaited],
        as_of: date,
        objective: Objective,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.parts, self.matches, self.slow, self.as_of = parts, matches, slow, as_of
        self.objective, self.cancelled = objective, cancelled
        self.terms = parts[0].terms
        self.grants = [piece for piece in gather(matches, self.terms).grants if piece.source.id in slow]
        # of which nobody says for which option they are
        self.lumps = frozenset(piece.source.id for piece in self.grants if piece.line.lump)

    def best(self, later: Plan) -> Split | None:
        limited = self.terms.financing.own_capital_vnd is not None
        worth, (waits, not_for), split = max(map(self._worth, self._ways(later)), key=lambda each: each[0])
        while limited and len(self.parts) <= _MOST_TRIED:
            others = [(waits ^ {number}, not_for) for number in range(len(self.parts))]
            better = max(map(self._worth, others), key=lambda each: each[0])
            if better[0] <= worth:
                break
            worth, (waits, not_for), split = better
        return None if split is None else replace(split, delayed_without=self._without(waits))

    def _ways(self, later: Plan) -> list[_Way]:
        """Return what to try: each for as long as something is decided."""
        steps = declined(self.slow, {piece.source.id for piece in self.grants})
        ways = [(self._paid_for(step), step) for step in steps]
        if self.terms.financing.own_capital_vnd is not None:
            paid = {
                line.option_id
                for grant in later.grants
                if grant.piece.source.id in self.slow
                for line, _ in grant.lines
            }
            ways += [
                (waits, step) for waits in (self._beyond_the_limit(), self._with(paid)) for step in steps
            ]
        return list(dict.fromkeys(ways))

    def _with(self, option_ids: Iterable[str]) -> frozenset[int]:
        """Return the parts that hold some of the options."""
        wanted = frozenset(option_ids)
        return frozenset(
            number for number, part in enumerate(self.parts) if wanted & part.clusters[0][0].option_ids
        )

    def _worth(self, way: _Way) -> tuple[float, _Way, Split | None]:
        made = self._made(way)
        return (-math.inf if made is None else made.npv_vnd), way, made

    def _made(self, way: _Way) -> Split | None:
        """Return both plans of a split; ``None`` where all wait, or none, or own capital is too small."""
        waits, not_for = way
        rest = [part for number, part in enumerate(self.parts) if number not in waits]
        if not waits or not rest:
            return None
        months = self._months(not_for)
        try:
            at_once = self._plan(together(rest, self.terms), frozenset(self.slow))
            delayed, awaited = self._delayed(waits, not_for, at_once, months)
            if months_of(awaited, self.as_of) < months:  # it begins sooner: with what has been earned by then
                sooner = months_of(awaited, self.as_of)
                delayed, awaited = self._delayed(waits, not_for, at_once, sooner)
        except InputError:
            return None
        worth = at_once.after.npv_vnd + npv_today(delayed, awaited, self.as_of)
        return Split(at_once, delayed, awaited, worth)

    def _delayed(
        self, waits: frozenset[int], not_for: frozenset[str], at_once: Plan, months: float
    ) -> tuple[Plan, tuple[Awaited, ...]]:
        """Return the plan of what waits, with the own capital that the rest leaves or has earned by then."""
        waiting, financing = self._together(waits), self.terms.financing
        if financing.own_capital_vnd is not None:
            left = max(financing.own_capital_vnd + at_once.after.lowest_from(months), 0.0)
            limited = financing.model_copy(update={"own_capital_vnd": left})
            waiting = replace(waiting, terms=replace(self.terms, financing=limited))
        delayed = self._plan(waiting, self.lumps | not_for)
        return delayed, awaited_by(delayed, self.matches, self.as_of)

    def _months(self, not_for: frozenset[str]) -> float:
        """Return how long it takes until everything is decided that is waited for."""
        grants = (each.source.id for each in self.grants if each.source.id not in self.lumps | not_for)
        return months_of((self.slow[name] for name in grants), self.as_of)

    def _without(self, waits: frozenset[int]) -> Plan | None:
        """Return what waits, without what it waits for; ``None`` where that is impossible."""
        try:
            return self._plan(self._together(waits), frozenset(self.slow))
        except InputError:
            return None

    def _together(self, waits: frozenset[int]) -> Proposal:
        return together([self.parts[number] for number in sorted(waits)], self.terms)

    def _plan(self, proposal: Proposal, without: frozenset[str]) -> Plan:
        return best_plan(proposal, self.matches, self.objective, without=without, cancelled=self.cancelled)

    def _beyond_the_limit(self) -> frozenset[int]:
        """Return the parts that own capital does not suffice for at once, where it brings most otherwise."""
        everything = together(self.parts, self.terms)
        nothing = nothing_done(self.parts[0].years)
        clusters = tuple((nothing, cluster[0]) for cluster in everything.clusters)
        try:
            now = best_plan(
                replace(everything, clusters=clusters),
                self.matches,
                "npv",
                without=frozenset(self.slow),
                cancelled=self.cancelled,
            )
        except InputError:
            return frozenset()
        return frozenset(range(len(self.parts))) - self._with(now.option_ids)

    def _paid_for(self, not_for: frozenset[str]) -> frozenset[int]:
        """Return the parts that awaited grants pay for, where what is worth more later waits for them.

        Own capital pays the rest, now and later.
        """
        terms = replace(self.terms, financing=Financing(), bridge_rate=None, least_cover=0.0)
        grants = tuple(each for each in self.grants if each.source.id not in self.lumps | not_for)
        nothing = nothing_done(self.parts[0].years)
        everything = together(self.parts, terms)
        clusters = tuple((nothing, cluster[0]) for cluster in everything.clusters)
        choice = build(replace(everything, clusters=clusters), Pieces(grants, (), (), ()))
        aim: Expression = scaled(choice.npv, 1.0 / growth(terms.general.discount_rate, self._months(not_for)))
        for (cluster, which), variable in choice.variants.items():
            worth_now = own_capital_only([clusters[cluster][which]], terms).npv_vnd
            add(aim, {variable: 1.0}, -worth_now / choice.scale_vnd)
        values = choice.program.maximise(aim, cancelled=self.cancelled).values
        if values is None:
            return frozenset()
        _, amounts = choice.read(values)
        return self._with(
            column.line.option_id
            for column, amount in zip(choice.columns, amounts.tolist(), strict=True)
            if isinstance(column, GrantColumn) and column.line is not None and amount >= LEAST_VND
        )

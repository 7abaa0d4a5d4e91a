"""How much a source gives: min(rate x eligible cost, cap x multiplier, what its budget still has)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sxsh_options.funding.eligibility import result_of
from sxsh_options.funding.facts import Facts
from sxsh_options.funding.schema import SourceVersion, Support
from sxsh_options.model import CostKind, Option
from sxsh_options.screening.valuation import Exchange


@dataclass(frozen=True, slots=True)
class Costs:
    """What the options to be financed cost, in VND by kind of cost, net of VAT and with it."""

    net: Mapping[CostKind, float]
    with_vat: Mapping[CostKind, float]
    _sums: dict[tuple[tuple[CostKind, ...], bool], float] = field(default_factory=dict, compare=False)
    _classified: dict[CostKind, Costs] = field(default_factory=dict, compare=False)

    def of(self, kinds: tuple[CostKind, ...], *, with_vat: bool) -> float:
        """Return what some kinds cost together, VND; many lines of support ask for the same ones."""
        key = (kinds, with_vat)
        if key not in self._sums:
            costs = self.with_vat if with_vat else self.net
            self._sums[key] = sum(costs.get(kind, 0.0) for kind in kinds)
        return self._sums[key]

    def with_other_as(self, kind: CostKind) -> Costs:
        """Return the same costs with those of no stated kind counted as another one."""
        if kind not in self._classified:
            net, with_vat = dict(self.net), dict(self.with_vat)
            for costs in (net, with_vat):
                costs[kind] = costs.get(kind, 0.0) + costs.pop(CostKind.OTHER, 0.0)
            self._classified[kind] = Costs(net, with_vat)
        return self._classified[kind]

    @property
    def total_vnd(self) -> float:
        """The whole investment, net of VAT."""
        return sum(self.net.values())


@dataclass(frozen=True, slots=True)
class ItemAmount:
    """What one line of support comes to.

    Attributes
    ----------
    support : Support
    eligible_cost_vnd : float
    amount_vnd : float or None
        ``None`` where it cannot be said: the cap, the improvement or the class of size is not known.
    upper_bound_vnd : float or None
        The most that it can be; ``None`` where not even that is known.
    cap_vnd : float or None
        Before a multiplier.
    share : float or None
        Of the eligible cost that is given or lent; ``None`` for a lump, and where it is not known.
    no_such_cost : bool
        Nothing of what is to be financed is a cost that it supports: there is no amount, rather than 0.
    one_of_several : bool
        Whether this line is the one that holds is not known, such as where lines go by classes of size.
    is_unclassified : bool
        Whether what it may support is a cost of which nobody said what it is.
    of_other_vnd : float
        The part of the upper bound that rests on costs of which nobody said what they are.
    full_of_other_vnd : float
        The same without a cap.
    """

    support: Support
    eligible_cost_vnd: float
    amount_vnd: float | None
    upper_bound_vnd: float | None
    cap_vnd: float | None
    share: float | None = None
    no_such_cost: bool = False
    one_of_several: bool = False
    is_unclassified: bool = False
    of_other_vnd: float = 0.0
    full_of_other_vnd: float = 0.0


class _Given(NamedTuple):
    """What the lines of a source are held against."""

    costs: Costs
    facts: Facts
    bounds: Mapping[str, SourceVersion | None]
    vnd_per_usd: float | None


def costs_of(options: tuple[Option, ...], exchange: Exchange) -> Costs:
    """Return the investment of options by kind of cost."""
    net: dict[CostKind, float] = {}
    with_vat: dict[CostKind, float] = {}
    for option in options:
        for item in option.capex:
            amount = exchange.vnd(item.amount)
            net[item.kind] = net.get(item.kind, 0.0) + amount
            with_vat[item.kind] = with_vat.get(item.kind, 0.0) + amount * (1.0 + item.vat_rate)
    return Costs(net, with_vat)


def amounts(
    version: SourceVersion,
    costs: Costs,
    facts: Facts,
    bounds: Mapping[str, SourceVersion | None],
    vnd_per_usd: float | None,
) -> list[ItemAmount]:
    """Return what each line of a source that concerns this establishment comes to.

    Parameters
    ----------
    version : SourceVersion
    costs : Costs
    facts : Facts
    bounds : dict of str to SourceVersion or None
        On the same day, of the sources that bound others.
    vnd_per_usd : float or None
        For caps in dollars.
    """
    given = _Given(costs, facts, bounds, vnd_per_usd)
    found = []
    for line in version.support:
        chosen = "met" if line.when is None else result_of(line.when, facts)
        if chosen != "not_met":
            amount = _with_unclassified(line, given)
            if chosen == "unknown":
                amount = replace(amount, amount_vnd=None, one_of_several=True)
            found.append(amount)
    return found


def _with_unclassified(line: Support, given: _Given) -> ItemAmount:
    """Return what a line comes to; a cost of which nobody said what it is may be what it supports, or not."""
    costs = given.costs
    found = _amount(line, given)
    if not line.costs or line.lump or CostKind.OTHER in line.costs or not costs.net.get(CostKind.OTHER):
        return found
    most = _amount(line, given._replace(costs=costs.with_other_as(line.costs[0])))
    share = 1.0 if most.share is None else most.share
    return replace(
        most if found.no_such_cost else found,
        eligible_cost_vnd=found.eligible_cost_vnd,
        amount_vnd=found.amount_vnd,
        upper_bound_vnd=most.upper_bound_vnd,
        is_unclassified=found.no_such_cost,
        of_other_vnd=(most.upper_bound_vnd or 0.0) - (found.upper_bound_vnd or 0.0),
        full_of_other_vnd=share * costs.of((CostKind.OTHER,), with_vat=line.base == "with_vat"),
    )


def _amount(line: Support, given: _Given) -> ItemAmount:
    facts, rate = given.facts, given.vnd_per_usd
    eligible = given.costs.of(line.costs, with_vat=line.base == "with_vat")
    cap = line.cap_vnd
    if cap is None and line.cap_usd is not None and rate is not None:
        cap = line.cap_usd * rate
    higher = cap
    if line.higher_cap is not None:
        lifts = result_of(line.higher_cap.when, facts)
        higher = cap if lifts == "not_met" else line.higher_cap.cap_vnd
        cap = higher if lifts == "met" else cap
    if line.lump:
        return ItemAmount(line, eligible, cap, higher, cap)
    if line.costs and eligible <= 0:
        return ItemAmount(line, 0.0, None, None, cap, no_such_cost=True)
    if line.steps:
        return _by_steps(line, eligible, cap, facts)
    share = line.rate if line.rate is not None else line.loan_share
    if share is None or not line.costs:
        most = min(higher, eligible) if higher is not None and line.costs else None
        return ItemAmount(line, eligible, None, most, cap)
    full = share * eligible
    if cap is not None:
        lifted = (higher or cap) * (line.multiplier.value if line.multiplier else 1.0)
        return ItemAmount(line, eligible, min(full, cap), min(full, lifted), cap, share)
    if line.cap_usd is not None or line.bound_by is not None:
        bound = _bound(line, given.bounds)
        upper = None if bound is None else min(full, bound)
        return ItemAmount(line, eligible, None, upper, None, share)
    return ItemAmount(line, eligible, full, full, None, share)


def _by_steps(line: Support, eligible: float, cap: float | None, facts: Facts) -> ItemAmount:
    """Return the reward of the highest step reached; nothing lies between two steps."""

    def worth(share: float) -> float | None:
        if cap is None and line.cap_usd is not None and share > 0:
            return None  # no rate of the dollar is known on the day
        return min(share * eligible, cap) if cap is not None else share * eligible

    most = worth(max(step.share for step in line.steps))
    improvement = facts.get("environmental_improvement")
    if not isinstance(improvement, (int, float)):
        return ItemAmount(line, eligible, None, most, cap)
    reached = [step.share for step in line.steps if improvement >= step.improvement]
    share = max(reached, default=0.0)
    return ItemAmount(line, eligible, worth(share), worth(share), cap, share)


def _bound(line: Support, bounds: Mapping[str, SourceVersion | None]) -> float | None:
    """Return the cap of the line for the same item of the source that bounds this one, lifted."""
    version = bounds.get(line.bound_by or "")
    for other in version.support if version else ():
        if other.item == line.item and other.cap_vnd is not None:
            return other.cap_vnd * (other.multiplier.value if other.multiplier else 1.0)
    return None


def within_budget(items: Sequence[ItemAmount], remaining_vnd: float, *, at_once: bool) -> list[ItemAmount]:
    """Return lines none of which comes to more than what the source still has.

    Parameters
    ----------
    items : sequence of ItemAmount
    remaining_vnd : float
    at_once : bool
        Whether all of it is paid from this budget, so that it bounds also an amount of which nothing is
        known; interest is taken over from the budgets of several years.
    """
    return [
        each
        if each.no_such_cost
        else replace(
            each,
            amount_vnd=least(each.amount_vnd, remaining_vnd) if each.amount_vnd is not None else None,
            upper_bound_vnd=least(each.upper_bound_vnd, remaining_vnd)
            if at_once or each.upper_bound_vnd is not None
            else None,
        )
        for each in items
    ]


def least(*amounts: float | None) -> float | None:
    """Return the least of the amounts that are known."""
    return min((amount for amount in amounts if amount is not None), default=None)


def total(items: Sequence[ItemAmount]) -> tuple[float | None, float | None]:
    """Return the sum of amounts and of upper bounds; ``None`` where one of them is not known.

    Lines whose kind of cost is not there do not count. Of lines for the same item and costs of which it is
    not known which one holds, such as those of classes of size, one holds: the largest bound counts.
    """
    counted = [each for each in items if not each.no_such_cost]
    if not counted:
        return None, None
    holding: dict[object, ItemAmount] = {}
    for number, each in enumerate(counted):
        key = (each.support.item, each.support.costs) if each.one_of_several else number
        there = holding.get(key)
        if there is None or _bounds_more(each, there):
            holding[key] = each
    upper = _sum([each.upper_bound_vnd for each in holding.values()])
    if upper is not None:
        upper -= _counted_twice(list(holding.values()))
    return _sum([each.amount_vnd for each in counted]), upper


def _bounds_more(one: ItemAmount, other: ItemAmount) -> bool:
    """Tell whether a line has the larger bound; one of which nothing is known has none."""
    return other.upper_bound_vnd is not None and (
        one.upper_bound_vnd is None or one.upper_bound_vnd > other.upper_bound_vnd
    )


def _counted_twice(items: Sequence[ItemAmount]) -> float:
    """Return what several lines count on the same costs of which nobody said what they are.

    These costs go, part by part, to the lines that give most for them, as far as their caps let them.
    """
    lines = [each for each in items if each.of_other_vnd > 0]
    left, most = 1.0, 0.0  # of the costs
    for each in sorted(lines, key=lambda line: -line.full_of_other_vnd):
        part = min(left, each.of_other_vnd / each.full_of_other_vnd)
        most += part * each.full_of_other_vnd
        left -= part
    return sum(each.of_other_vnd for each in lines) - most


def _sum(amounts: list[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None

"""Every source against one assessment on a day: verdict with reasons, amount, deadline, dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sxsh_options.funding.amounts import Costs, ItemAmount, amounts, costs_of, least, total, within_budget
from sxsh_options.funding.eligibility import Outcome, Result, Verdict, outcome, verdict_of
from sxsh_options.funding.facts import Facts, Value, facts_of
from sxsh_options.funding.provinces import Province, province_today
from sxsh_options.funding.register import Register, version_on
from sxsh_options.funding.schema import Jurisdiction, Reference, Source, SourceVersion
from sxsh_options.funding.standing import (
    Deadline,
    Standing,
    kinds_of_items,
    own_criterion,
    provinces_with_rules,
    standing_on,
)
from sxsh_options.model import Assessment, CostKind, Facility, Option, RemainingBudget
from sxsh_options.screening.valuation import Exchange


@dataclass(frozen=True, slots=True)
class Match:
    """What one source says to one assessment on a day.

    Attributes
    ----------
    source : Source
    version : SourceVersion or None
        In force on the day; ``None`` where no rule is known.
    status : str
        Of the source on the day.
    verdict : {"eligible", "not_eligible", "undetermined"}
    criteria : tuple of Outcome
        All of them, so that everything to mend is seen at once.
    items : tuple of ItemAmount
    amount_vnd : float or None
        ``None`` where the source refuses, or where something that decides is not known.
    amount_upper_bound_vnd : float or None
    deadline : Deadline or None
    remaining_vnd : float or None
        Of the budget of the source, as the owner was told; ``None`` where nobody said it.
    """

    source: Source
    version: SourceVersion | None
    status: str
    verdict: Verdict
    criteria: tuple[Outcome, ...]
    items: tuple[ItemAmount, ...]
    amount_vnd: float | None
    amount_upper_bound_vnd: float | None
    deadline: Deadline | None
    remaining_vnd: float | None = None


def match(
    assessment: Assessment, as_of: date, register: Register, vnd_per_usd: float | None = None
) -> list[Match]:
    """Hold every source against an assessment.

    Parameters
    ----------
    assessment : Assessment
        The options of its bundle are to be financed; where there is none, all that are not rejected.
    as_of : date
        The day whose rules count.
    register : Register
    vnd_per_usd : float, optional
        For limits in dollars; without it they are not known.

    Returns
    -------
    list of Match
        One for each source, those that could help first.

    Raises
    ------
    InputError
        An investment is in a currency without a rate.
    """
    exchange = Exchange(assessment.exchange_rates)
    costs = costs_of(to_finance(assessment), exchange)
    standing = standing_on(register, as_of)
    facts = facts_of(assessment, as_of, costs.total_vnd, vnd_per_usd)
    kinds = kinds_of_items(register)
    versions = {name: each.version for name, each in standing.items()}
    shared = {name: _shared(name, register, as_of, facts) for name in register.criteria}
    place = _Place.of(assessment.facility, as_of, register)
    found = [
        _match(each, versions, place, facts, costs, shared, kinds, vnd_per_usd) for each in standing.values()
    ]
    budgets = assessment.financing.remaining_budgets if assessment.financing is not None else ()
    told = {each.id: each for each in budgets if each.remaining_vnd is not None}
    found = [_with_budget(each, told[each.source.id]) if each.source.id in told else each for each in found]
    order = ("eligible", "undetermined", "not_eligible")
    return sorted(
        found, key=lambda m: (order.index(m.verdict), -(m.amount_upper_bound_vnd or 0.0), m.source.id)
    )


def to_finance(assessment: Assessment) -> tuple[Option, ...]:
    """Return the options that money is looked for."""
    if assessment.bundle:
        return tuple(option for option in assessment.options if option.id in assessment.bundle)
    return tuple(o for o in assessment.options if o.decision is None or o.decision.triage != "rejected")


def _match(
    standing: Standing,
    versions: Mapping[str, SourceVersion | None],
    place: _Place,
    facts: Facts,
    costs: Costs,
    shared: Mapping[str, Outcome],
    kinds: Mapping[str, frozenset[CostKind]],
    vnd_per_usd: float | None,
) -> Match:
    source, version = standing.source, standing.version
    outcomes = [*standing.criteria, *_of_province(source, version, place, standing.reference)]
    items: list[ItemAmount] = []
    if version is not None:
        outcomes += [shared[name] for name in version.criteria]
        outcomes += [
            Outcome(
                f"condition_{number}", each.text.both, "unknown", {}, None, each.reference, is_condition=True
            )
            for number, each in enumerate(version.conditions, 1)
        ]
        outcomes += _not_paid_twice(source, version, place.facility, kinds)
        items = amounts(version, costs, facts, versions, vnd_per_usd)
        if any(item.is_unclassified for item in items) and not any(item.amount_vnd for item in items):
            ask = ("cost_kind",)
            outcomes.append(own_criterion("cost_kind", "unknown", {}, standing.reference, ask))
    verdict = verdict_of(outcomes)
    amount, upper = _comes_to(verdict, items)
    return Match(
        source,
        version,
        standing.status,
        verdict,
        tuple(outcomes),
        tuple(items),
        amount,
        upper,
        standing.deadline,
    )


def _comes_to(verdict: Verdict, items: Sequence[ItemAmount]) -> tuple[float | None, float | None]:
    """Return the amount, which only a verdict of "eligible" makes certain, and its upper bound."""
    amount, upper = (None, None) if verdict == "not_eligible" else total(items)
    if verdict == "undetermined":
        return None, amount if upper is None else upper
    return amount, upper


def _with_budget(found: Match, told: RemainingBudget) -> Match:
    """Return a match under what its source still has; one that has nothing left refuses."""
    remaining = told.remaining_vnd or 0.0
    observed: dict[str, Value] = {"remaining_vnd": remaining, "told_by": told.told_by or None}
    criteria = (*found.criteria, own_criterion("budget", "met" if remaining else "not_met", observed, None))
    verdict = verdict_of(list(criteria))
    items = within_budget(found.items, remaining, at_once=found.source.kind != "interest_support")
    amount, upper = _comes_to(verdict, items)
    return replace(
        found,
        verdict=verdict,
        criteria=criteria,
        items=tuple(items),
        amount_vnd=None if amount is None else least(amount, remaining),
        amount_upper_bound_vnd=None if upper is None else least(upper, remaining),
        remaining_vnd=remaining,
    )


def _shared(name: str, register: Register, as_of: date, facts: Facts) -> Outcome:
    """Return what becomes of a criterion that sources share, as it stands on the day."""
    criterion = register.criteria[name]
    version = version_on(criterion.versions, as_of)
    words = criterion.name.both
    if version is None:
        first = criterion.versions[0]
        return Outcome(name, words, "unknown", {"no_rule_known_before": first.from_}, None, first.reference)
    return outcome(name, words, version, facts)


class _Place(NamedTuple):
    """Where production stands on a day: the provinces of today and of before, as far as they are known."""

    facility: Facility
    observed: Mapping[str, Value]
    current: Province | None
    before: Province | None
    as_of: date
    register: Register

    @classmethod
    def of(cls, facility: Facility, as_of: date, register: Register) -> _Place:
        """Return the place of a facility; a province that never merged was the same before."""
        current = province_today(facility.province)
        before = province_today(facility.province_before_merger)
        if current is not None and before is not None and current.current != before.current:
            current = before = None  # they cannot both be right
        if before is None and current is not None and not current.merged:
            before = current
        observed: dict[str, Value] = {
            "province": facility.province or None,
            "province_before_merger": facility.province_before_merger or None,
        }
        return cls(facility, observed, current, before, as_of, register)

    def within(self, jurisdiction: Jurisdiction, items: frozenset[str]) -> Result:
        """Return whether the place lies where the rules of a province hold.

        Rules of an old province hold on its territory until they are replaced (how, is not known for each);
        those of today's province hold on the whole of it.
        """
        if jurisdiction.others:
            known_places = provinces_with_rules(self.register, self.as_of, items)
            covered = {self.within(each, items) for each in known_places}
            return "not_met" if "met" in covered else "unknown" if "unknown" in covered else "met"
        wanted = province_today(jurisdiction.province or "")
        known = self.before if jurisdiction.old else self.current or self.before
        if wanted is None:
            return "unknown"
        if known is not None:
            same = known.name == wanted.name if jurisdiction.old else known.current == wanted.current
            since = jurisdiction.may_extend_from
            merged = since is not None and self.as_of >= since and known.current == wanted.current
            return "met" if same else "unknown" if merged else "not_met"
        return "not_met" if self.current is not None and self.current.current != wanted.current else "unknown"


def _of_province(
    source: Source, version: SourceVersion | None, place: _Place, reference: Reference
) -> list[Outcome]:
    if source.jurisdiction is None:
        return []
    items = frozenset(line.item for line in version.support) if version is not None else frozenset()
    result = place.within(source.jurisdiction, items)
    merged = source.jurisdiction.may_extend_from is not None and place.before is not None
    of_before = source.jurisdiction.old or source.jurisdiction.others
    asked = ("province_before_merger",) if of_before and place.current else ("province",)
    ask = asked if result == "unknown" and not merged else ()
    return [own_criterion("location_province", result, place.observed, reference, ask)]


def _not_paid_twice(
    source: Source,
    version: SourceVersion,
    facility: Facility,
    kinds: Mapping[str, frozenset[CostKind]],
) -> list[Outcome]:
    """Return whether the state has already paid for what a state grant is for: one source for one item.

    Items of other names may hold the same cost (a machine, and the model that it is part of): which cost was
    paid then has to be asked.
    """
    if "state_grant" not in source.groups:
        return []
    reference = source.one_state_source or version.references[0]
    if not facility.previous_state_support:
        nothing: dict[str, Value] = {"had_support": False}
        return [own_criterion("previous_support", "met", nothing, reference, assumed=("had_support",))]
    wanted = {line.item for line in version.support}
    had = [support.cost_item for support in facility.previous_state_support]
    covered = frozenset(kind for line in version.support for kind in line.costs)
    overlaps = any(item is None or covered & kinds.get(item, covered) for item in had)
    result: Result = "not_met" if wanted.intersection(had) else "unknown" if overlaps else "met"
    observed: dict[str, Value] = {"cost_items": ", ".join(item or "?" for item in had)}
    ask = ("previous_state_support",) if result == "unknown" else ()
    return [own_criterion("previous_support", result, observed, reference, ask)]

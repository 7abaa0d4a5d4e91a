"""Whether a rule is met, broken, or cannot be decided; what would mend it, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sxsh_options.funding.facts import Facts, Value, effort
from sxsh_options.funding.rules import Rule
from sxsh_options.funding.schema import CriterionVersion, Reference

Result = Literal["met", "not_met", "unknown"]
Verdict = Literal["eligible", "not_eligible", "undetermined"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one criterion.

    Attributes
    ----------
    id : str
    name : dict of str
        In both languages.
    result : {"met", "not_met", "unknown"}
    observed : dict
        The facts that the rule asks about, as far as they are known.
    required : Rule or None
    reference : Reference or None
    to_mend : tuple of Rule
        The nearest change: tests that would have to turn out otherwise.
    to_ask : tuple of str
        Facts that nobody knows and that could decide.
    assumed : tuple of str
        Facts that nobody entered and that are taken to be usual.
    is_condition : bool
        Whether it is something about which nobody is asked here.
    since : date or None
        The first day of the version of the criterion; ``None`` where the source itself asks it.
    is_since_assumed : bool
    """

    id: str
    name: dict[str, str]
    result: Result
    observed: dict[str, Value]
    required: Rule | None
    reference: Reference | None
    to_mend: tuple[Rule, ...] = ()
    to_ask: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    is_condition: bool = False
    since: date | None = None
    is_since_assumed: bool = False

    @property
    def is_final(self) -> bool:
        """Whether it refuses and nothing that a facility does would change that.

        So it is with what the sources themselves ask: to be open, for establishments, for this province, for
        what nobody has paid for.
        """
        return self.result == "not_met" and self.required is None


def result_of(rule: Rule, facts: Mapping[str, Value]) -> Result:
    """Return whether a rule holds, in Kleene's logic: unknown only where what is not known could decide."""
    if rule.all is not None:
        return _joined([result_of(each, facts) for each in rule.all], decides="not_met", otherwise="met")
    if rule.any is not None:
        return _joined([result_of(each, facts) for each in rule.any], decides="met", otherwise="not_met")
    value = facts[str(rule.field)]
    if value is None:
        return "unknown"
    return "met" if _holds(value, *rule.comparison) else "not_met"


def _joined(results: list[Result], *, decides: Result, otherwise: Result) -> Result:
    if decides in results:
        return decides
    return "unknown" if "unknown" in results else otherwise


def _holds(value: Any, comparison: str, bound: Any) -> bool:
    match comparison:
        case "one_of":
            return value in bound
        case "equals":
            return value is bound
        case "at_most":
            return bool(value <= bound)
        case "at_least":
            return bool(value >= bound)
        case "over":
            return bool(value > bound)
        case _:
            return bool(value < bound)


def to_mend(rule: Rule, facts: Mapping[str, Value]) -> tuple[Rule, ...]:
    """Return the broken tests that would make a broken rule hold if they were met: the nearest way."""
    if result_of(rule, facts) != "not_met":
        return ()
    if rule.all is not None:
        return tuple(test for each in rule.all for test in to_mend(each, facts))
    if rule.any is not None:
        ways = (to_mend(each, facts) for each in rule.any)
        return min(ways, key=_effort)
    return (rule,)


def _effort(tests: tuple[Rule, ...]) -> int:
    return sum(effort(str(test.field)) for test in tests)


def that_matters(rule: Rule, facts: Mapping[str, Value]) -> Rule:
    """Return what of a rule matters for what is known, for telling it in a line.

    Of rules any of which suffices: those that are met; else those that are not known; else the one that is
    the nearest to being met. Nothing is left out of rules that must all hold.

    Parameters
    ----------
    rule : Rule
    facts : mapping of str to Value
        At least those that the rule asks about.
    """
    if rule.all is not None:
        inner = (that_matters(each, facts) for each in rule.all)
        return _one_of(tuple(part for each in inner for part in each.all or (each,)), "all")
    if rule.any is None:
        return rule
    results = [result_of(each, facts) for each in rule.any]
    wanted: Result = "met" if "met" in results else "unknown"
    chosen = [each for each, result in zip(rule.any, results, strict=True) if result == wanted]
    nearest = min(rule.any, key=lambda way: _effort(to_mend(way, facts)))
    inner = (that_matters(each, facts) for each in chosen or [nearest])
    return _one_of(tuple(part for each in inner for part in each.any or (each,)), "any")


def _one_of(parts: tuple[Rule, ...], way: Literal["all", "any"]) -> Rule:
    return parts[0] if len(parts) == 1 else Rule.model_validate({way: parts})


def to_ask(rule: Rule, facts: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the unknown facts that an undecided rule depends on."""
    if result_of(rule, facts) != "unknown":
        return ()
    inner = rule.all or rule.any
    if inner is None:
        return (str(rule.field),)
    return tuple(dict.fromkeys(name for each in inner for name in to_ask(each, facts)))


def outcome(id_: str, name: dict[str, str], version: CriterionVersion, facts: Facts) -> Outcome:
    """Return what becomes of a criterion as it stands in a version."""
    rule = version.rule
    result = result_of(rule, facts)
    observed = {field: facts[field] for field in rule.fields}
    mend = to_mend(rule, facts) if result == "not_met" else ()
    ask = to_ask(rule, facts) if result == "unknown" else ()
    assumed = tuple(field for field in rule.fields if field in facts.assumed)
    return Outcome(
        id_,
        name,
        result,
        observed,
        rule,
        version.reference,
        mend,
        ask,
        assumed,
        since=version.from_,
        is_since_assumed=version.start_assumed,
    )


def verdict_of(outcomes: list[Outcome]) -> Verdict:
    """Return what criteria come to; one of which nobody has read the text does not refuse anybody."""
    refused = [each for each in outcomes if each.result == "not_met"]
    if any(each.required is None or not is_unverified(each.reference) for each in refused):
        return "not_eligible"
    return "undetermined" if refused or any(each.result == "unknown" for each in outcomes) else "eligible"


def is_unverified(reference: Reference | None) -> bool:
    """Tell whether nobody has seen the text of a rule."""
    return reference is not None and reference.evidence.startswith("unverified")

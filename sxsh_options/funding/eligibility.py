"""Whether a rule is met, broken, or cannot be decided; what would mend it, and what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sxsh_options.funding.facts import Facts, Value, effort
from sxsh_options.funding.schema import Reference, Rule

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


def result_of(rule: Rule, facts: Facts) -> Result:
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


def to_mend(rule: Rule, facts: Facts) -> tuple[Rule, ...]:
    """Return the broken tests that would make a broken rule hold if they were met: the nearest way."""
    if result_of(rule, facts) != "not_met":
        return ()
    if rule.all is not None:
        return tuple(test for each in rule.all for test in to_mend(each, facts))
    if rule.any is not None:
        ways = (to_mend(each, facts) for each in rule.any)
        return min(ways, key=lambda way: sum(effort(str(test.field)) for test in way))
    return (rule,)


def to_ask(rule: Rule, facts: Facts) -> tuple[str, ...]:
    """Return the unknown facts that an undecided rule depends on."""
    if result_of(rule, facts) != "unknown":
        return ()
    inner = rule.all or rule.any
    if inner is None:
        return (str(rule.field),)
    return tuple(dict.fromkeys(name for each in inner for name in to_ask(each, facts)))


def outcome(id_: str, name: dict[str, str], rule: Rule, reference: Reference, facts: Facts) -> Outcome:
    """Return what becomes of a criterion."""
    result = result_of(rule, facts)
    observed = {field: facts[field] for field in rule.fields}
    mend = to_mend(rule, facts) if result == "not_met" else ()
    ask = to_ask(rule, facts) if result == "unknown" else ()
    assumed = tuple(field for field in rule.fields if field in facts.assumed)
    return Outcome(id_, name, result, observed, rule, reference, mend, ask, assumed)


def verdict_of(outcomes: list[Outcome]) -> Verdict:
    """Return what criteria come to; one of which nobody has read the text does not refuse anybody."""
    refused = [each for each in outcomes if each.result == "not_met"]
    if any(each.required is None or not is_unverified(each.reference) for each in refused):
        return "not_eligible"
    return "undetermined" if refused or any(each.result == "unknown" for each in outcomes) else "eligible"


def is_unverified(reference: Reference | None) -> bool:
    """Tell whether nobody has seen the text of a rule."""
    return reference is not None and reference.evidence.startswith("unverified")

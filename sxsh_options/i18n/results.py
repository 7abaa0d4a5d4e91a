"""How the parts of a ranking are said, the same on every screen and in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sxsh_options.errors import Message
from sxsh_options.i18n.wording import Wording
from sxsh_options.screening.results import (
    AssumptionUsed,
    Explanation,
    InputUsed,
    RankedOption,
    no_discounted_payback,
    no_payback,
)

_SIGNIFICANT = 4  # digits of what was computed
_COMPUTED = ("co2e", "best_", "score_", "emission_factor", "toe_factor", "consumption_")  # inputs by name
_WRITTEN = 8  # people write no more than these; of what has more, the rest comes from a division
_EXACT = 13  # beyond stands the noise of binary fractions
_NOT_MARKED = ("", "read", "entered")


def is_marked(evidence: str) -> bool:
    """Whether a figure so known carries a mark: it was neither read in its source nor entered."""
    return evidence not in _NOT_MARKED


def option_name(option: RankedOption, wording: Wording) -> str:
    """Return the name in the language, whole."""
    return (wording.lang == "en" and option.name_en) or option.name


def distinct_names(options: Iterable[RankedOption], wording: Wording) -> dict[str, str]:
    """Return names by id; from the second option of the same name on, a number stands behind it."""
    seen: Counter[str] = Counter()
    named: dict[str, str] = {}
    for option in options:
        name = wording.quoted(option_name(option, wording))
        seen[name] += 1
        named[option.option_id] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return named


def payback(option: RankedOption, wording: Wording) -> str:
    """Return the payback, or that it comes at once, not within the years looked at, or never."""
    if option.payback_status == "paid_back":
        return wording.years(option.simple_payback_years)
    return _shortly(no_payback(option), wording)


def discounted_payback(option: RankedOption, wording: Wording) -> str:
    """Return the discounted payback in the same way."""
    if option.payback_status == "paid_back" and option.discounted_payback_years is not None:
        return wording.years(option.discounted_payback_years)
    return _shortly(no_discounted_payback(option), wording)


def _shortly(why: Message, wording: Wording) -> str:
    """Return why there is no payback in years, as short as it can be said."""
    match why.code:
        case "payback_status.never":
            return wording.text("column.never")
        case "payback_status.immediate":
            return wording.text("column.immediate")
    return wording.word(why)


def co2e(option: RankedOption, wording: Wording) -> str:
    """Return the avoided emissions a year; a dash where no saved quantity is known, which is not zero."""
    return wording.number(option.co2e_t_per_year if option.physical_savings else None, 4)


def used_name(used: InputUsed | AssumptionUsed, wording: Wording) -> str:
    """Return what an input or assumption is, with the resource that it belongs to."""
    return wording.of_resource(wording.term(used.name), used.resource)


def used_value(used: InputUsed | AssumptionUsed, wording: Wording) -> str:
    """Return the value of an input or assumption with its unit."""
    if used.name == "analysis_years" and used.value is None:
        return wording.term("own_lives")
    return wording.value(used.value, used.unit, _digits(used))


def _digits(used: InputUsed | AssumptionUsed) -> int:
    """Return how many digits say an input: all of one that somebody wrote, few of a computed one."""
    value = used.value
    if used.name.startswith(_COMPUTED) or not isinstance(value, float):
        return _SIGNIFICANT
    return _WRITTEN if float(f"{value:.{_WRITTEN}g}") == float(f"{value:.{_EXACT}g}") else _SIGNIFICANT


def explained_name(explained: Explanation, wording: Wording) -> str:
    """Return which number an explanation is of."""
    return wording.of_resource(wording.term(explained.quantity), explained.resource)


def explained_value(explained: Explanation, option: RankedOption, wording: Wording) -> str:
    """Return the number with its unit; where there is none, why."""
    quantity = explained.quantity
    if quantity == "simple_payback" and option.payback_status != "paid_back":
        return wording.word(no_payback(option))
    if quantity == "discounted_payback" and (explained.value is None or option.payback_status != "paid_back"):
        return wording.word(no_discounted_payback(option))
    if quantity == "co2e" and not option.physical_savings:
        return wording.term("not_known")
    if explained.value is not None:
        return wording.value(explained.value, explained.unit, _SIGNIFICANT)
    if quantity == "irr":
        return wording.term(f"irr_status.{option.irr_status}")
    return wording.term("not_judged" if quantity.startswith("score_") else "not_known")

"""How figures of a result are said on a screen; every one of them was computed in the services."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sxsh_options.i18n import Wording
from sxsh_options.i18n.formats import MISSING
from sxsh_options.screening.results import AssumptionUsed, InputUsed, RankedList, RankedOption, Source
from sxsh_options.ui.markup import Html, tag

NOT_MARKED = ("", "read", "entered")  # evidence that needs no mark


def plain_name(option: RankedOption, wording: Wording) -> str:
    """Return the name in the language of the screen, whole."""
    return (wording.lang == "en" and option.name_en) or option.name


def distinct_names(options: Iterable[RankedOption], wording: Wording) -> dict[str, str]:
    """Return names by id; where several options have the same name the id stands behind it."""
    names = {option.option_id: plain_name(option, wording) for option in options}
    count = Counter(names.values())
    return {o: name if count[name] == 1 else f"{name} ({o})" for o, name in names.items()}


def option_name(option: RankedOption, wording: Wording) -> Html:
    """Return the name as markup; its direction of writing does not spill over."""
    return tag("bdi", plain_name(option, wording))


def money(vnd: float | None, wording: Wording) -> Html:
    """Return an amount short enough for a table; pointing at it shows it in full."""
    return tag("span", wording.money_compact(vnd), title=wording.money(vnd))


def payback(option: RankedOption, wording: Wording) -> str:
    """Return the payback, or that it comes at once or never."""
    if option.payback_status == "paid_back":
        return wording.years(option.simple_payback_years)
    return wording.text(f"screen.payback.{option.payback_status}")


def co2e(option: RankedOption, wording: Wording) -> str:
    """Return the avoided emissions a year; a dash where no saved quantity is known, which is not zero."""
    return wording.number(option.co2e_t_per_year if option.physical_savings else None, 3)


def lives_differ(ranked: RankedList) -> bool:
    """Whether the options run for different times, so that their NPVs cannot be held side by side."""
    horizon = next((a.value for a in ranked.assumptions if a.name == "analysis_years"), None)
    return horizon is None and len({option.lifetime_years for option in ranked.options}) > 1


def used_name(used: InputUsed | AssumptionUsed, wording: Wording) -> str:
    """Return what an input or assumption is, with the resource that it belongs to."""
    name = wording.term(used.name)
    return name if used.resource is None else f"{name} ({wording.resource(used.resource)})"


def used_value(used: InputUsed | AssumptionUsed, wording: Wording) -> str:
    """Return the value of an input or assumption with its unit."""
    if used.name == "analysis_years" and used.value is None:
        return wording.term("own_lives")
    return wording.value(used.value, used.unit)


def mark(source: Source | None, wording: Wording) -> Html:
    """Return the mark of a figure that was not read in its source itself; else nothing."""
    if source is None or source.evidence in NOT_MARKED:
        return Html()
    meaning = wording.term(f"evidence.{source.evidence}")
    return tag("span", wording.text(f"evidence_mark.{source.evidence}"), class_="sx-mark", title=meaning)


def source_cell(source: Source | None, wording: Wording) -> Html:
    """Return where a figure comes from: mark, title (a link where there is one), article, first day."""
    if source is None:
        return tag("span", MISSING, class_="sx-none")
    title: str = source.title
    if source.url.startswith(("https://", "http://")):
        title = tag("a", source.title, href=source.url, target="_blank")
    parts = [mark(source, wording), tag("span", title)]
    if source.article:
        parts.append(tag("span", source.article))
    if source.valid_from is not None:
        parts.append(
            tag("span", wording.text("screen.valid_from", day=source.valid_from), class_="sx-nowrap")
        )
    return tag("span", parts, class_="sx-source")

"""How the options in the grid were understood: the result, then each with units, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st

from sxsh_options.i18n import Wording, results
from sxsh_options.i18n.formats import MISSING
from sxsh_options.i18n.wording import within
from sxsh_options.model.merging import Document
from sxsh_options.screening.results import RankedOption
from sxsh_options.services import editing, option_fields
from sxsh_options.services.workbench import Unfinished, Workbench
from sxsh_options.ui import figures
from sxsh_options.ui.markup import Html, join, row, table, tag
from sxsh_options.ui.option_rows import saving_in_words
from sxsh_options.ui.work import Work

_SEPARATOR = " · "
_KEY = "options_echo"


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said of an option last: of 60 options one edit changes one, and the others are said again."""

    option: Document
    about: tuple[object, ...]
    row: Html


def lead(work: Work, bench: Workbench, wording: Wording) -> Html:
    """Return how many options there are, how many could be computed, and which one leads."""
    total, ranked = len(editing.rows(work.document, "options")), bench.ranked.options
    first = next((option for option in ranked if option.rank is not None), None)
    counted = wording.text("option.lead", total=total, computed=len(ranked))
    if first is None:
        return tag("p", counted, class_="sx-lead")
    name = wording.text("option.lead.first", name=results.option_name(first, wording))
    return tag(
        "p", counted, " ", tag("strong", name), " ", tag("span", outcome(first, wording)), class_="sx-lead"
    )


def outcome(option: RankedOption, wording: Wording) -> str:
    """Return payback, NPV and avoided emissions of an option in one line."""
    payback = within(results.payback(option, wording))
    paid_back = option.payback_status == "paid_back"
    parts = [
        wording.text("option.outcome.payback", payback=payback) if paid_back else payback,
        wording.text("option.outcome.npv", npv=wording.money_compact(option.npv_vnd)),
    ]
    if option.co2e_t_per_year is not None and option.physical_savings:
        parts.append(wording.text("option.outcome.co2e", co2e=results.co2e(option, wording)))
    return _SEPARATOR.join(parts)


def understood(work: Work, bench: Workbench, wording: Wording) -> Html:
    """Return a table of the options as they were understood."""
    ranked = {option.option_id: option for option in bench.ranked.options}
    unfinished = {row.path[-1]: row for row in bench.unfinished if row.path[0] == "options"}
    before: dict[str, _Said] = st.session_state.get(_KEY, {})
    said: dict[str, _Said] = {}
    headings = [wording.text(f"option.echo.{name}") for name in ("name", "entered", "payback", "npv")]
    for option in editing.rows(work.document, "options"):
        option_id = option["id"]
        result, lacking = ranked.get(option_id), unfinished.get(option_id)
        about = (wording.lang, lacking, *_said_of(result))
        last = before.get(option_id)
        if last is not None and last.option is option and last.about == about:
            said[option_id] = last
        else:
            cells = _cells(option, result, lacking, wording)
            said[option_id] = _Said(option, about, row(headings, cells))
    st.session_state[_KEY] = said
    listed = table(
        headings,
        (kept.row for kept in said.values()),
        caption=wording.text("option.echo"),
        class_="sx-understood",
    )
    return tag("div", listed, class_="sx-fit")


def reasons(row: Unfinished, wording: Wording) -> str:
    """Return what an option lacks, without a full stop at the end."""
    return "; ".join(dict.fromkeys(wording.word(reason).rstrip(".") for reason in row.reasons))


def _said_of(result: RankedOption | None) -> tuple[object, ...]:
    """Return what a row says of a result; not rank and scores, which change for all with one of them."""
    if result is None:
        return ()
    return (
        result.simple_payback_years,
        result.payback_status,
        result.lifetime_years,
        result.npv_vnd,
        len(result.warnings),
    )


def _cells(
    option: dict[str, Any], result: RankedOption | None, lacking: Unfinished | None, wording: Wording
) -> Iterator[Html | str]:
    name = (wording.lang == "en" and option.get("name_en")) or option.get("name") or MISSING
    yield tag("bdi", str(name))
    said: list[str] = [tag("span", _SEPARATOR.join(_figures(option, wording)), class_="sx-entered")]
    if lacking is not None:
        said += (" ", tag("span", reasons(lacking, wording), class_="sx-lacking"))
    if result is not None and result.warnings:
        questions = wording.text("option.questions", count=len(result.warnings))
        said += (" ", tag("span", questions, class_="sx-lacking"))
    yield join(said)
    yield MISSING if result is None else within(results.payback(result, wording))
    yield MISSING if result is None else figures.money(result.npv_vnd, wording)


def _figures(option: dict[str, Any], wording: Wording) -> Iterator[str]:
    """Yield what was entered of an option, each with its unit."""
    if "capex" in option:
        yield wording.text("option.entered.capex", amount=_money(option_fields.investment(option), wording))
    for saving in option.get("savings") or ():
        resource = within(wording.resource(str(saving.get("resource"))))
        if saving.get("percent") is not None:
            yield saving_in_words(saving, wording)
        elif saving.get("quantity") is not None:
            quantity = wording.quantity(saving["quantity"], str(saving.get("unit", "")), 6)
            yield wording.text("option.entered.saving", resource=resource, quantity=quantity)
    for benefit in option.get("benefits") or ():
        if benefit.get("amount") is not None:
            name = within(wording.term(f"benefit_{benefit.get('kind')}"))
            amount = _money(option_fields.amounts([benefit["amount"]]), wording)
            yield wording.text("option.entered.benefit", name=name, amount=amount)
    for key in ("annual_saving", "opex_change"):
        if option.get(key) is not None:
            yield wording.text(
                f"option.entered.{key}", amount=_money(option_fields.amounts([option[key]]), wording)
            )
    if option.get("annual_saving") is not None and option.get("savings"):
        yield wording.text("option.entered.stated_counts")
    if option.get("technical_life_years") is not None:
        yield wording.text("option.entered.life", life=wording.years(int(option["technical_life_years"])))


def _money(sums: dict[str, float], wording: Wording) -> str:
    """Return amounts by currency, dong short."""
    return " + ".join(
        wording.money_compact(amount) if currency == "VND" else wording.quantity(amount, currency, 6)
        for currency, amount in sums.items()
    )

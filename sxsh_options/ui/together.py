"""Several options as one investment: which ones, what they are worth together, and what stands in the way."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

import streamlit as st

from sxsh_options.day import today
from sxsh_options.errors import InputError, Message
from sxsh_options.i18n import Wording, results
from sxsh_options.i18n.formats import MISSING
from sxsh_options.screening.results import (
    Bundle,
    Explanation,
    RankedList,
    RankedOption,
    no_discounted_payback,
    no_payback,
)
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.together import bundle
from sxsh_options.services.workbench import Workbench
from sxsh_options.ui import explanation, figures, remarks, shell
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, table, tag
from sxsh_options.ui.widgets import entered
from sxsh_options.ui.work import Work

LONG_LIST = 12  # options from which the list scrolls by itself


def chosen_of(work: Work, ranked: RankedList) -> list[str]:
    """Return the chosen options, in the order of the list."""
    kept = work.get("bundle")
    wanted = set(kept) if isinstance(kept, list) else set()
    return [option.option_id for option in ranked.options if option.option_id in wanted]


def _choose(work: Work, chosen: Sequence[str]) -> None:
    work.put(("bundle",), list(chosen) or None)


def _put(work: Work, chosen: Sequence[str], option_id: str, *, there: bool) -> None:
    others = [option for option in chosen if option != option_id]
    _choose(work, [*others, option_id] if there else others)


def joint(bench: Workbench, chosen: Sequence[str]) -> tuple[Bundle | None, tuple[Message, ...]]:
    """Return the chosen options as one, or every reason why they cannot go together."""
    if not chosen:
        return None, ()
    try:
        return bundle(bench.assessment, chosen, RankRequest(as_of=today())), ()
    except InputError as error:
        return None, error.messages


def lead(made: Bundle | None, chosen: Sequence[str], wording: Wording) -> Html:
    """Return the result in one sentence, or what to do to get one."""
    if made is None:
        code = "together.cannot" if chosen else "together.choose"
        return tag("p", wording.text(code), class_="sx-lead")
    parts = [wording.text("together.lead.invest", amount=wording.money_compact(made.investment_vnd))]
    if made.payback_status == "paid_back":
        parts.append(wording.text("screen.lead.payback", payback=made.simple_payback_years))
    else:
        parts.append(wording.word(no_payback(made)))
    parts.append(wording.text("screen.lead.npv", amount=wording.money_compact(made.npv_vnd)))
    if made.co2e_t_per_year and made.resources:
        falls = "screen.lead.co2e" if made.co2e_t_per_year > 0 else "screen.lead.more_co2e"
        parts.append(wording.text(falls, co2e=wording.number(abs(made.co2e_t_per_year), 3)))
    return tag(
        "p",
        tag("span", wording.text("together.lead", count=len(chosen)), " ", class_="sx-lead-label"),
        ", ".join(parts),
        ".",
        class_="sx-lead",
    )


def rests_on(ranked: RankedList, made: Bundle) -> RankedList:
    """Return the list with the bundle's own horizon among the assumptions."""
    used = (
        replace(each, value=made.years, source=None) if each.name == "analysis_years" else each
        for each in ranked.assumptions
    )
    return replace(ranked, assumptions=tuple(used))


def choice(work: Work, ranked: RankedList, chosen: Sequence[str], wording: Wording) -> None:
    """Show the options with a box each, and the ways to choose many at once."""
    suggested = [o.option_id for o in ranked.options if o.triage == "implement_now"]
    shell.show(tag("h2", wording.text("together.which")))
    with st.container(horizontal=True):
        st.button(
            wording.text("together.suggested"),
            key="suggested",
            disabled=not suggested,
            on_click=careful(partial(_choose, work, suggested)),
        )
        st.button(
            wording.text("together.none"),
            key="none",
            disabled=not chosen,
            on_click=careful(partial(_choose, work, [])),
        )
    names = results.distinct_names(ranked.options, wording)
    height: int | Literal["content"] = 480 if len(names) > LONG_LIST else "content"
    with st.container(height=height, gap="xsmall", key="choice"):
        for option in ranked.options:
            _box(work, option, names[option.option_id], chosen, wording)


def _box(work: Work, option: RankedOption, name: str, chosen: Sequence[str], wording: Wording) -> None:
    key = f"with/{option.option_id}"
    st.session_state[key] = option.option_id in chosen
    facts = wording.text(
        "together.facts",
        capex=wording.money_compact(option.capex_vnd),
        payback=results.payback(option, wording),
    )

    def take() -> None:
        _put(work, chosen, option.option_id, there=entered(key))

    st.checkbox(f"{figures.unmarked(name)} · {figures.unmarked(facts)}", key=key, on_change=careful(take))


def problems(
    work: Work, faults: Sequence[Message], chosen: Sequence[str], names: dict[str, str], wording: Wording
) -> None:
    """Show why the chosen options cannot go together, each reason with the ways out of it."""
    for number, what in enumerate(faults):
        shell.show(tag("p", wording.word(remarks.with_names(what, names)), class_="sx-fault", role="alert"))
        with st.container(horizontal=True, key=f"ways_out_{number}"):
            if what.code == "together.above_base":
                shell.link("options", wording.text("screen.unfinished.options"))
                shell.link("flows", wording.text("screen.unfinished.flows"))
            needed = what.params.get("needed")
            if needed is not None:
                label = wording.text("together.add", name=names[str(needed)])
                _way_out(label, f"add/{number}", partial(_put, work, chosen, str(needed), there=True))
            for side in ("option", "other"):
                option = str(what.params.get(side))
                if option in chosen:
                    label = wording.text("together.leave", name=names[option])
                    _way_out(
                        label, f"leave/{number}/{side}", partial(_put, work, chosen, option, there=False)
                    )


def _way_out(label: str, key: str, act: Callable[[], None]) -> None:
    st.button(figures.unmarked(label), key=key, on_click=careful(act))


def indicators(made: Bundle, ranked: RankedList, wording: Wording) -> Html:
    """Return the figures of the bundle beside the sums of what each option would bring by itself."""
    alone = [option for option in ranked.options if option.option_id in made.option_ids]
    emissions = [option.co2e_t_per_year for option in alone if option.physical_savings]
    known = made.resources and made.co2e_t_per_year is not None and None not in emissions
    co2e = sum(filter(None, emissions)) if known else None
    rows: list[tuple[str, float | None, float | None, str]] = [
        ("investment", None, made.investment_vnd, "VND"),
        (
            "net_annual_benefit",
            sum(o.net_annual_benefit_vnd for o in alone),
            made.net_annual_benefit_vnd,
            "VND/year",
        ),
        ("simple_payback", None, made.simple_payback_years, "years"),
        ("discounted_payback", None, made.discounted_payback_years, "years"),
        ("npv", None, made.npv_vnd, "VND"),
        ("irr", None, made.irr, "share"),
        ("equivalent_annual", None, made.equivalent_annual_vnd, "VND/year"),
        ("co2e", co2e, made.co2e_t_per_year if made.resources else None, "tCO2e/year"),
        ("energy_toe", sum(o.energy_toe_per_year for o in alone), made.energy_toe_per_year, "TOE/year"),
        ("analysis_years", None, made.years, "years"),
    ]
    return tag(
        "dl",
        (
            part
            for name, separate, value, unit in rows
            for part in (
                tag("dt", wording.term(name)),
                tag(
                    "dd",
                    tag("strong", said(made, name, value, unit, wording)),
                    " ",
                    _separate(separate, value, unit, wording),
                ),
            )
        ),
        class_="sx-pairs",
    )


def _separate(separate: float | None, together: float | None, unit: str, wording: Wording) -> Html:
    """Return the sum of what each option would bring by itself, where that is another one."""
    if separate is None or together is None or math.isclose(separate, together, rel_tol=1e-9):
        return Html()
    amount = _amount(separate, unit, wording)
    return tag("p", wording.text("together.separate", amount=amount), class_="sx-quiet")


def said(made: Bundle, name: str, value: float | None, unit: str, wording: Wording) -> str:
    """Return a figure of the bundle; where there is none, why."""
    if name == "simple_payback" and made.payback_status != "paid_back":
        return wording.word(no_payback(made))
    if name == "discounted_payback" and (value is None or made.payback_status != "paid_back"):
        return wording.word(no_discounted_payback(made))
    if name == "irr" and value is None:
        return wording.term(f"irr_status.{made.irr_status}")
    return wording.term("not_known") if value is None else _amount(value, unit, wording)


def _amount(value: float | None, unit: str, wording: Wording) -> str:
    if value is None:
        return MISSING
    if unit == "VND":
        return wording.money_compact(value, 4)
    if unit == "VND/year":
        return wording.text("together.a_year", amount=wording.money_compact(value, 4))
    return wording.value(value, unit, 4)


def savings(made: Bundle, wording: Wording) -> Html:
    """Return what is saved of each resource: added up, together, and of how much."""
    rows = []
    for saved in made.resources:
        unit = f"{saved.unit}/year"
        share = None if not saved.base else saved.saved_together / saved.base
        rows.append(
            (
                wording.resource(saved.resource),
                wording.value(saved.saved_alone, unit, 4),
                tag("strong", wording.value(saved.saved_together, unit, 4)),
                wording.value(saved.base, unit, 4),
                wording.percent(share, 3),
            )
        )
    headings = ("resource", "alone", "together", "base", "share")
    return tag(
        "div",
        table(
            [wording.text(f"together.column.{name}") for name in headings],
            rows,
            caption=wording.text("together.savings"),
            class_="sx-facts sx-joint",
        ),
        class_="sx-fit",
    )


def consumption(made: Bundle, wording: Wording) -> Html:
    """Return what one unit of product takes, before and after."""
    rows = []
    for explained in made.consumption:
        inputs = {used.name: used.value for used in explained.inputs}
        before, after = inputs["consumption_before"], explained.value
        fall = 1 - after / before if isinstance(before, float) and after is not None else None
        rows.append(
            (
                f"{wording.resource(explained.resource or '')} · {wording.quoted(inputs['product'])}",
                wording.value(before, explained.unit, 4),
                tag("strong", wording.value(after, explained.unit, 4)),
                wording.percent(fall, 3),
            )
        )
    headings = ("consumption", "before", "after", "fall")
    return tag(
        "div",
        table(
            [wording.text(f"together.column.{name}") for name in headings],
            rows,
            caption=wording.text("together.consumption"),
            class_="sx-facts sx-joint",
        ),
        class_="sx-fit",
    )


def reasons(made: Bundle, explained: Sequence[Explanation], wording: Wording) -> Html:
    """Return every number of the bundle, each opening to how it was computed."""
    numbers = (
        explanation.number(e, said(made, e.quantity, e.value, e.unit, wording), wording) for e in explained
    )
    return tag(
        "section", tag("p", wording.text("together.horizon"), class_="sx-quiet"), numbers, class_="sx-fit"
    )

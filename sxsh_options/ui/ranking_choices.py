"""What one window has chosen on the ranking page, and the switches that change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Literal, get_args

import streamlit as st

from sxsh_options.day import today
from sxsh_options.errors import message
from sxsh_options.i18n import Wording, results
from sxsh_options.model.merging import Document
from sxsh_options.screening.results import Criterion, RankedList, RankedOption
from sxsh_options.services import editing, entry
from sxsh_options.services.entry import Bounds, Entry, Typed
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.workbench import Workbench
from sxsh_options.ui import figures, shell
from sxsh_options.ui.fields import Fields
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.work import Work

View = Literal["table", "scatter", "indicators", "abatement", "order"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
VIEWS: tuple[View, ...] = get_args(View)
KINDS = ("technical", "economic", "environmental")
FIRST_ROWS, MORE_ROWS = 30, 100
FIRST_QUESTIONED, MORE_QUESTIONED = 5, 20

_KEPT = "ranking_choices"
_WEIGHTS = ("assumptions", "weights")


@dataclass(slots=True)
class Choices:
    """The choices for one assessment; they live as long as the window."""

    criterion: Criterion = "payback"
    view: View = "table"
    every: bool = False  # all indicators in the table
    option: str | None = None  # explained; None: the first of the list
    rows: int = FIRST_ROWS
    questioned: int = FIRST_QUESTIONED  # options whose questions are shown

    def choose(self, name: str, key: str) -> None:
        """Take what a widget says as the choice of this name."""
        setattr(self, name, st.session_state[key])

    def explain(self, option_id: str) -> None:
        """Explain another option."""
        self.option = option_id

    def show_more(self) -> None:
        """Show further rows of a long list."""
        self.rows += MORE_ROWS

    def question_more(self) -> None:
        """Show the questions of further options."""
        self.questioned += MORE_QUESTIONED


def choices_of(work: Work) -> Choices:
    """Return the choices of this window for the open assessment."""
    kept: dict[str, Choices] = st.session_state.setdefault(_KEPT, {})
    return kept.setdefault(work.id, Choices())


def results_of(work: Work, chosen: Choices) -> Workbench:
    """Return the ranked list by the chosen criterion, with the chosen option, or the first, explained."""
    asked = () if chosen.option is None else (chosen.option,)
    bench = work.bench(RankRequest(as_of=today(), by=chosen.criterion, explain=asked))
    if bench.ranked.explanations or not bench.ranked.options:
        return bench
    first = bench.ranked.options[0].option_id
    return work.bench(RankRequest(as_of=today(), by=chosen.criterion, explain=(first,)))


def criterion(chosen: Choices, ranked: RankedList, wording: Wording) -> None:
    """Show the choice of the criterion; where lives differ, worth is not compared by NPV."""
    differ = {"npv": "equivalent"} if ranked.worth == "equivalent_annual" else {}
    switch(chosen, "criterion", CRITERIA, wording, differ)


def switch(
    chosen: Choices,
    name: str,
    values: tuple[str, ...],
    wording: Wording,
    called: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Show a row of buttons of which one is chosen; some may be `called` by the name of another."""
    st.session_state[name] = getattr(chosen, name)
    st.segmented_control(
        wording.text(f"screen.{name}"),
        values,
        required=True,
        format_func=lambda value: wording.text(f"screen.{name}.{called.get(value, value)}"),
        key=name,
        on_change=careful(partial(chosen.choose, name, name)),
    )


def every_indicator(chosen: Choices, wording: Wording) -> None:
    """Show the toggle between the few columns that decide and all of them."""
    st.session_state["every"] = chosen.every
    st.toggle(
        wording.text("screen.every"), key="every", on_change=careful(partial(chosen.choose, "every", "every"))
    )


def explained(chosen: Choices, options: tuple[RankedOption, ...], shown: str, wording: Wording) -> None:
    """Show the choice of the option whose numbers are explained."""
    names = results.distinct_names(options, wording)
    st.session_state["option"] = shown
    st.selectbox(
        wording.text("screen.option"),
        list[str](names),
        format_func=names.__getitem__,
        key="option",
        filter_mode=None if len(names) <= FIRST_ROWS else "contains",
        placeholder="",
        on_change=careful(partial(chosen.choose, "option", "option")),
    )


# The weights of the score


def weights(work: Work, wording: Wording, ranked: RankedList) -> None:
    """Show by which weights the score is made, with their source, or the fields of one's own weights."""
    own: Mapping[str, Any] | None = editing.get(work.document, _WEIGHTS)
    used = {a.name: a for a in ranked.assumptions}
    with st.container(key="weights"):
        if own is None:
            source = used["weight_technical"].source
            said = "; ".join(
                f"{wording.term(f'weight_{kind}')}: {wording.value(used[f'weight_{kind}'].value)}"
                for kind in KINDS
            )
            shell.show(tag("p", f"{said}. ", figures.source_cell(source, wording), class_="sx-quiet"))
            standard = {kind: used[f"weight_{kind}"].value for kind in KINDS}
            st.button(
                wording.text("screen.weights.own"),
                key="own_weights",
                on_click=careful(lambda: work.put(_WEIGHTS, standard)),
            )
            return
        fields = Fields(work, wording)
        with st.container(horizontal=True):
            for kind in KINDS:
                with st.container(width=200):
                    fields.typed(
                        (*_WEIGHTS, kind),
                        wording.term(f"weight_{kind}"),
                        partial(_read_weight, others=_sum_of_others(own, kind)),
                        wording.exact,
                    )
        shell.show(tag("p", wording.text("screen.weights.ratio"), class_="sx-quiet"))
        st.button(
            wording.text("screen.weights.standard"),
            key="standard_weights",
            on_click=careful(lambda: work.change(_without_weights)),
        )


def _sum_of_others(weights: Mapping[str, Any], kind: str) -> float:
    return sum(float(value) for name, value in weights.items() if name != kind)


def _read_weight(typed: Typed, others: float) -> Entry:
    """Read a weight; there must be one, and they cannot all be zero."""
    read = entry.read_plain(typed, Bounds(0.0, 100.0))
    if read.status == "empty":
        return Entry("error", fault=message("screen.weights.empty"))
    if read.status == "value" and read.value == 0 and others == 0:
        return Entry("error", fault=message("screen.weights.all_zero"))
    return read


def _without_weights(document: Document) -> Document:
    for kind in KINDS:
        document = editing.with_draft(document, (*_WEIGHTS, kind), None)
    return editing.put(document, _WEIGHTS, None)

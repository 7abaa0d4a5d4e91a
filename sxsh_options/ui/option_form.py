"""The form for one option: all that may be said of it, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import streamlit as st

from sxsh_options.day import today
from sxsh_options.errors import Message
from sxsh_options.i18n import Wording
from sxsh_options.i18n.wording import capital
from sxsh_options.model import Answer, Category, TechnicalFeasibility
from sxsh_options.options.tables import option_catalogue
from sxsh_options.screening.plausibility import FIELD_OF
from sxsh_options.services import editing, option_fields
from sxsh_options.services.offers import offered_one
from sxsh_options.services.workbench import Workbench
from sxsh_options.ui import cases, catalogue_offers, option_faults, option_rows, questions, removal, shell
from sxsh_options.ui.fields import Fields, key_of
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.options_echo import outcome, reasons
from sxsh_options.ui.widgets import entered
from sxsh_options.ui.work import Work

View = Literal["grid", "form"]
_VIEW = "options_view"
_OPTION = "option_in_form"
_YEARLY = ("annual_saving", "opex_change")
_TIMES = ("technical_life_years", "depreciation_life_years", "lead_time_months", "downtime_days")
_ONCE = ("downtime_cost", "working_capital", "salvage")
_DECISIONS = ("implement_now", "analyse_further", "rejected")


def view(wording: Wording) -> View:
    """Show the choice between grid and form; return what is chosen."""
    chosen: View = st.session_state.setdefault(_VIEW, "grid")
    key = f"{_VIEW}_choice"
    st.session_state[key] = chosen
    st.segmented_control(
        wording.text("option.view"),
        ("grid", "form"),
        required=True,
        format_func=lambda name: wording.text(f"option.view.{name}"),
        key=key,
        on_change=careful(lambda: st.session_state.update({_VIEW: st.session_state[key]})),
        label_visibility="collapsed",
    )
    return chosen


def show(work: Work, wording: Wording, bench: Workbench) -> None:
    """Show the choice of an option, and its form."""
    option_id = _choice(work, wording)
    removal.show(work, wording)
    if option_id is None:
        shell.show(tag("p", wording.text("option.form.empty"), class_="sx-quiet"))
        return
    _Form(work, wording, bench, option_id).show()


def _choice(work: Work, wording: Wording) -> str | None:
    """Show which option is in the form, and how to add one; return its id."""
    names = option_rows.names(work, wording)
    chosen = st.session_state.get(_OPTION)
    if chosen not in names:
        chosen = next(iter(names), None)
    key = f"{_OPTION}_choice"
    with st.container(horizontal=True, vertical_alignment="bottom", key="choose_option"):
        if names:
            st.session_state[key] = chosen
            st.selectbox(
                wording.text("option.form.choose"),
                list(names),
                format_func=names.__getitem__,
                key=key,
                filter_mode="contains",
                on_change=careful(lambda: st.session_state.update({_OPTION: st.session_state[key]})),
            )
        st.button(
            wording.text("option.form.add"),
            icon=":material/add:",
            key="add_option",
            on_click=careful(partial(_add, work)),
        )
    return chosen


def _add(work: Work) -> None:
    row = {"capex": [{"id": "cost1", "kind": "equipment"}]}
    work.change(lambda document: editing.add_row(document, ("options",), row, "option"))
    st.session_state[_OPTION] = editing.rows(work.document, "options")[-1]["id"]


def _remove(work: Work, option_id: str) -> None:
    memory = removal.memory(work)
    work.change(lambda document: memory.remove(document, [option_id]))


class _Form:
    """The form of one option."""

    def __init__(self, work: Work, wording: Wording, bench: Workbench, option_id: str) -> None:
        self._work, self._wording, self._bench, self._id = work, wording, bench, option_id
        self._fields = Fields(work, wording)
        ranked = (option for option in bench.ranked.options if option.option_id == option_id)
        self._result = next(ranked, None)
        self._asked: tuple[Message, ...] = self._result.warnings if self._result else ()

    def show(self) -> None:
        """Show the result, then each section."""
        self._lead()
        self._origin()
        self._experience()
        resources = option_fields.resources_in_play(self._work.document)
        summed = [c for c in option_fields.columns(resources) if c not in option_fields.FIELDS]
        option_faults.show(self._work, self._wording, summed, self._id)
        self._section("what", self._what)
        self._section("cost", lambda: option_rows.costs(self._fields, self._id))
        self._questions("capex")
        self._section("benefit", self._benefit)
        self._questions("savings")
        self._section("time", self._time)
        with st.expander(self._wording.text("option.section.more"), key="form_more"):
            self._more()
        with st.expander(self._wording.text("option.section.feasibility"), key="form_feasibility"):
            self._feasibility()
        with st.expander(self._wording.text("option.section.links"), key="form_links"):
            option_rows.links(self._fields, self._id)
            self._typed("interaction_group")
        self._section("decision", self._decision)
        questions.confirmed(self._work, self._wording, self._id)
        st.button(
            self._wording.text("option.form.remove"),
            icon=":material/delete:",
            type="tertiary",
            key="remove_option",
            on_click=careful(partial(_remove, self._work, self._id)),
        )

    def _lead(self) -> None:
        if self._result is not None:
            shell.show(tag("p", capital(outcome(self._result, self._wording)), class_="sx-lead"))
            return
        lacking = [row for row in self._bench.unfinished if row.path == ("options", self._id)]
        said = "; ".join(reasons(row, self._wording) for row in lacking)
        shell.show(tag("p", self._wording.text("option.form.lacking", reasons=said), class_="sx-lead"))

    def _origin(self) -> None:
        """Say which option of the catalogue this one was filled from, and what is known of that."""
        origin = self._work.get(*self._path("catalogue_id"))
        if origin not in option_catalogue().options:
            return
        found = offered_one(self._bench.assessment, today(), str(origin))
        name = found.option.name[self._wording.lang]
        shell.show(
            tag("p", self._wording.text("option.from_catalogue", name=name), class_="sx-quiet"),
            catalogue_offers.details(found, self._wording),
        )

    def _experience(self) -> None:
        """Show what others achieved with options like this one."""
        assessment = self._bench.assessment
        option = next((o for o in assessment.options if o.id == self._id), None)
        if option is not None:
            shell.show(cases.beside_option(option, self._result, assessment.facility.sector, self._wording))

    def _section(self, name: str, show: Callable[[], None]) -> None:
        shell.show(tag("h2", self._wording.text(f"option.section.{name}")))
        show()

    def _path(self, *rest: str) -> tuple[str, ...]:
        return ("options", self._id, *rest)

    def _typed(self, name: str, *, area: bool = False) -> None:
        """Show a field of the registry; below it the questions that it causes."""
        field, words = option_fields.FIELDS[name], self._wording
        self._fields.typed(
            self._path(name),
            words.text(f"option.field.{name}"),
            field.read,
            partial(field.show, words=words),
            echo=partial(self._echo, field.kind) if field.kind in ("money", "yearly") else None,
            area=area,
        )
        self._questions(name)

    def _echo(self, kind: str, value: Any) -> str:
        return option_rows.money_in_words(value, self._wording, yearly=kind == "yearly")

    def _questions(self, name: str) -> None:
        asked = [question for question in self._asked if FIELD_OF.get(question.code) == name]
        questions.show(self._work, self._wording, self._id, asked)

    def _columns(self, names: tuple[str, ...]) -> None:
        for column, name in zip(st.columns(len(names)), names, strict=True):
            with column:
                self._typed(name)

    def _what(self) -> None:
        words = self._wording
        kinds = {category.value: words.text(f"category.{category}") for category in Category}
        left, right = st.columns(2)
        with left:
            self._typed("name")
            self._fields.choice(self._path("category"), words.text("option.column.category"), kinds)
        with right:
            self._typed("process_step")
            self._typed("name_en")

    def _benefit(self) -> None:
        option_rows.savings(self._fields, self._id)
        self._columns(_YEARLY)
        option_rows.benefits(self._fields, self._id)

    def _time(self) -> None:
        self._columns(_TIMES[:2])

    def _more(self) -> None:
        self._columns(_TIMES[2:])
        self._columns(_ONCE)
        self._columns(("stated_co2e_t_per_year", "source"))
        self._typed("note", area=True)

    def _feasibility(self) -> None:
        words = self._wording
        answers = {answer.value: capital(words.term(f"answer_{answer}")) for answer in Answer}
        sides = st.columns(2)
        for place, question in enumerate(TechnicalFeasibility.model_fields):
            with sides[place % 2]:
                label = words.term(f"feasibility_{question}")
                self._fields.choice(self._path("feasibility", question), label, answers)

    def _decision(self) -> None:
        words, path = self._wording, self._path("decision", "triage")
        key, chosen = key_of(path), self._work.get(*path)
        names: Mapping[str, str] = {name: capital(words.term(f"triage.{name}")) for name in _DECISIONS}
        st.session_state[key] = chosen
        st.segmented_control(
            words.text("option.field.decision"),
            list(names),
            format_func=names.__getitem__,
            key=key,
            on_change=careful(lambda: self._decide(entered(key))),
        )
        if chosen is not None:
            self._fields.text(self._path("decision", "reason"), words.text("option.field.decision_reason"))

    def _decide(self, triage: str | None) -> None:
        if triage is None:
            self._work.put(self._path("decision"), None)
        else:
            self._work.put(self._path("decision", "triage"), triage)

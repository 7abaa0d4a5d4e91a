"""Filters of the suggestions, and the questions whose answers let more of them be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import streamlit as st

from sxsh_options.day import today
from sxsh_options.i18n import Wording
from sxsh_options.model import Category
from sxsh_options.options.tables import Effects, EndUse, option_catalogue, sector_of
from sxsh_options.services import editing, entry, offers
from sxsh_options.services.entry import Bounds, Entry, Typed
from sxsh_options.services.offers import ValuedOffer
from sxsh_options.ui import shell
from sxsh_options.ui.fields import Fields, Read
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.work import LOCAL, Work

FIRST, MORE = 12, 24
_KEPT = "catalogue_choices"
_ANSWERS = "overrides"
_SHARE = Bounds(0.0, 1.0)
_MONEY = "money"


@dataclass(slots=True)
class Choices:
    """What one window has chosen for one assessment."""

    sector: str | None = None
    resource: str | None = None
    category: str | None = None
    step: str | None = None
    text: str = ""
    shown: int = FIRST

    def choose(self, name: str, key: str) -> None:
        """Take what a widget says, and start at the top of the list again."""
        setattr(self, name, st.session_state[key])
        self.shown = FIRST

    def show_more(self) -> None:
        """Show further offers."""
        self.shown += MORE


def choices_of(work: Work) -> Choices:
    """Return the choices for the open assessment; at first its own sector."""
    kept: dict[str, Choices] = st.session_state.setdefault(_KEPT, {})
    if work.id not in kept:
        kept[work.id] = Choices()
    chosen = kept[work.id]
    if chosen.sector is None:
        own = sector_of(str(work.get("facility", "sector") or ""))
        chosen.sector = own.sector_id if own else None
    return chosen


def filters(chosen: Choices, found: Sequence[ValuedOffer], wording: Wording) -> None:
    """Show the filters."""
    lang, text = wording.lang, wording.text
    sectors = {name: sector.name[lang] for name, sector in option_catalogue().sectors.items()}
    steps = {each.option.process_step["vi"]: each.option.process_step[lang] for each in found}
    affected = {effect.effect for each in found for effect in each.option.effects}
    kinds = {kind: text(f"catalogue.kind.{kind}") for kind in get_args(Effects) if kind in affected}
    categories = {category.value: text(f"category.{category}") for category in Category}
    with st.container(horizontal=True, key="pairs-catalogue"):
        _choice(chosen, "sector", text("catalogue.sector"), sectors, text("catalogue.sector.none"))
        _choice(chosen, "resource", text("catalogue.resource"), kinds, text("catalogue.any"))
        _choice(chosen, "category", text("catalogue.category"), categories, text("catalogue.any"))
        _choice(chosen, "step", text("catalogue.step"), steps, text("catalogue.any"))
        with st.container(key="pair-catalogue-text"):
            key = "catalogue_text"
            st.session_state[key] = chosen.text
            st.text_input(
                text("catalogue.search"),
                key=key,
                placeholder=text("catalogue.search.hint"),
                max_chars=100,
                on_change=careful(lambda: chosen.choose("text", key)),
            )


def _choice(chosen: Choices, name: str, label: str, choices: Mapping[str, str], empty: str) -> None:
    key = f"catalogue_{name}"
    now = getattr(chosen, name)
    st.session_state[key] = now if now in choices else None
    with st.container(key=f"pair-catalogue-{name}"):
        st.selectbox(
            label,
            list(choices),
            index=None,
            format_func=choices.__getitem__,
            key=key,
            placeholder=empty,
            filter_mode="contains",
            on_change=careful(lambda: chosen.choose(name, key)),
        )


def matching(chosen: Choices, found: Sequence[ValuedOffer]) -> list[ValuedOffer]:
    """Return the offers that pass the filters."""
    category = Category(chosen.category) if chosen.category else None
    return offers.matching(
        found, resource=chosen.resource, category=category, step=chosen.step, text=chosen.text
    )


# Questions


class _Answers(Fields):
    """Fields for the size of an end use; the row that keeps it is made with the first answer."""

    def _take(self, path: editing.Path, read: Read, text: str, chosen: float | None = None) -> None:
        found = read(self._typed(text, chosen))
        row_id = path[1]
        if found.status == "value" and self.work.get(*path[:2]) is None:
            end_use = option_catalogue().end_uses[row_id.removeprefix("use-")]
            row: dict[str, Any] = {
                "id": row_id,
                "kind": "end_use",
                "key": end_use.end_use_id,
                "unit": "VND" if end_use.of == _MONEY else "share",
                "reason": self.wording.text("catalogue.ask.reason"),
                "by": LOCAL.name,
                "on": today().isoformat(),
            }
            self.work.change(lambda document: editing.add_row(document, (_ANSWERS,), row, "override"))
        if found.status == "empty" and self.work.get(*path[:2]) is not None:
            self.work.change(
                lambda document: editing.remove_row(editing.with_draft(document, path, None), path[:2])
            )
            return
        self.work.enter(path, found, text)


def questions(work: Work, found: Sequence[ValuedOffer], wording: Wording) -> None:
    """Show what to ask for the options that cannot be worked out yet, and what was answered."""
    asked = offers.questions(found)
    answered = [row for row in editing.rows(work.document, _ANSWERS) if row.get("kind") == "end_use"]
    if not asked and not answered:
        return
    with st.expander(wording.text("catalogue.ask", count=len(asked)), key="catalogue_questions"):
        shell.show(tag("p", wording.text("catalogue.ask.intro"), class_="sx-quiet"))
        shares = [(use, waiting) for use, waiting in asked if _stateable(work, use)]
        flows = [use.question[wording.lang] for use, _ in asked if not _stateable(work, use)]
        known = option_catalogue().end_uses
        kept = [known[str(row["key"])] for row in answered if row.get("key") in known]
        for end_use, waiting in shares:
            _field(work, end_use, wording)
            shell.show(tag("p", wording.text("catalogue.ask.waiting", count=waiting), class_="sx-why"))
        if flows:
            shell.show(
                tag("h3", wording.text("catalogue.ask.flows")),
                tag("ul", (tag("li", question) for question in flows), class_="sx-notes"),
            )
            shell.link("flows", wording.text("catalogue.no_flows.go"), icon=":material/arrow_forward:")
        if kept:
            shell.show(tag("h3", wording.text("catalogue.ask.stated")))
        for end_use in kept:
            _field(work, end_use, wording)


def _stateable(work: Work, end_use: EndUse) -> bool:
    """Tell whether its size can be stated here: a bill, or a share of what the baseline has."""
    if end_use.whole:
        return False
    return end_use.of == _MONEY or offers.has_flow(work.bench().assessment, end_use.of)


def _field(work: Work, end_use: EndUse, wording: Wording) -> None:
    fields = _Answers(work, wording)
    path = (_ANSWERS, f"use-{end_use.end_use_id}", "value")
    label = end_use.question[wording.lang]
    if end_use.of == _MONEY:

        def read_bill(typed: Typed) -> Entry:
            read = entry.read_money(typed, yearly=True, bounds=entry.NOT_NEGATIVE)
            if read.status != "value":
                return read
            return Entry("value", read.value["amount"], style=read.style)

        fields.typed(path, label, read_bill, wording.exact, echo=wording.money_compact, hint="60 triệu")
    else:
        fields.percent(path, label, _SHARE, hint="60 %")

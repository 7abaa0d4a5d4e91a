"""Search, filters and the opened row of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.services import data_view
from sxsh_options.services.data_shapes import DataRow
from sxsh_options.ui.guard import careful
from sxsh_options.ui.work import Work

FIRST, MORE = 50, 50
_KEPT = "data_choices"


@dataclass(slots=True)
class Choices:
    """What one window has chosen."""

    kind: str | None = None
    evidence: str | None = None
    text: str = ""
    shown: int = FIRST
    opened: str = ""

    def choose(self, name: str, key: str) -> None:
        """Take what a widget says, and start at the top of the list again."""
        setattr(self, name, st.session_state[key])
        self.shown, self.opened = FIRST, ""

    def open(self, key: str) -> None:
        """Open a row."""
        self.opened = key

    def close(self) -> None:
        """Close the row that is open."""
        self.opened = ""

    def show_more(self) -> None:
        """Show further rows."""
        self.shown += MORE

    def clear(self) -> None:
        """Take every filter away."""
        self.kind = self.evidence = None
        self.text, self.shown, self.opened = "", FIRST, ""


def choices_of(work: Work | None) -> Choices:
    """Return the choices of this window for the open assessment, or for none."""
    kept: dict[str, Choices] = st.session_state.setdefault(_KEPT, {})
    return kept.setdefault(work.id if work is not None else "", Choices())


def matching(chosen: Choices, as_of: date) -> list[DataRow]:
    """Return the rows that pass the filters."""
    return data_view.matching(as_of, text=chosen.text, kind=chosen.kind, evidence=chosen.evidence)


def filters(chosen: Choices, wording: Wording) -> None:
    """Show the search field and the two filters."""
    text = wording.text
    kinds = {name: text(f"data_view.kind.{name}") for name in data_view.KINDS}
    ways = {name: text(f"data_view.evidence.{name}") for name in data_view.kinds_of_evidence()}
    with st.container(horizontal=True, key="pairs-data"):
        with st.container(key="pair-data-text"):
            key = "data_text"
            st.session_state[key] = chosen.text
            st.text_input(
                text("data_view.search"),
                key=key,
                placeholder=text("data_view.search.hint"),
                max_chars=100,
                on_change=careful(lambda: chosen.choose("text", key)),
            )
        _choice(chosen, "kind", text("data_view.filter.kind"), kinds, wording)
        _choice(chosen, "evidence", text("data_view.filter.evidence"), ways, wording)


def _choice(chosen: Choices, name: str, label: str, choices: Mapping[str, str], wording: Wording) -> None:
    key = f"data_{name}"
    st.session_state[key] = getattr(chosen, name)
    with st.container(key=f"pair-data-{name}"):
        st.selectbox(
            label,
            list(choices),
            index=None,
            format_func=choices.__getitem__,
            key=key,
            placeholder=wording.text("cases.filter.all"),
            filter_mode=None,
            on_change=careful(lambda: chosen.choose(name, key)),
        )

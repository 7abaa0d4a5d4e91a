"""Filters of the case library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.options.cases import Stream
from sxsh_options.options.tables import option_catalogue, sector_of
from sxsh_options.services import case_library
from sxsh_options.services.case_library import ShownCase
from sxsh_options.ui.guard import careful
from sxsh_options.ui.work import Work

FIRST, MORE = 12, 24
_KEPT = "case_choices"


@dataclass(slots=True)
class Choices:
    """What one window has chosen."""

    kind: str | None = None
    sector: str | None = None
    resource: str | None = None
    country: str | None = None
    size: str | None = None
    text: str = ""
    shown: int = FIRST

    def choose(self, name: str, key: str) -> None:
        """Take what a widget says, and start at the top of the list again."""
        setattr(self, name, st.session_state[key])
        self.shown = FIRST

    def show_more(self) -> None:
        """Show further cases."""
        self.shown += MORE

    def clear(self) -> None:
        """Take every filter away."""
        self.kind = self.sector = self.resource = self.country = self.size = None
        self.text, self.shown = "", FIRST


def choices_of(work: Work | None) -> Choices:
    """Return the choices; at first the sector of the open assessment, where cases of it are known."""
    kept: dict[tuple[str, str | None], Choices] = st.session_state.setdefault(_KEPT, {})
    own = sector_of(str(work.get("facility", "sector") or "")) if work is not None else None
    known = own is not None and own.sector_id in case_library.sectors_of_cases()
    sector = own.sector_id if own is not None and known else None
    key = (work.id if work is not None else "", sector)  # the sector may be entered after a first look
    return kept.setdefault(key, Choices(sector=sector))


def matching(chosen: Choices) -> list[ShownCase]:
    """Return the cases that pass the filters."""
    return case_library.matching(
        kind=chosen.kind,
        sector=chosen.sector,
        resource=chosen.resource,
        country=chosen.country,
        size=chosen.size,
        text=chosen.text,
    )


def filters(chosen: Choices, wording: Wording) -> None:
    """Show the filters."""
    text = wording.text
    known = option_catalogue().sectors
    sectors = {name: known[name].name[wording.lang] for name in case_library.sectors_of_cases()}
    streams = {name: text(f"cases.stream.{name}") for name in get_args(Stream)}
    countries = {name: text(f"cases.country.{name}") for name in case_library.countries_of_cases()}
    sizes = {name: text(f"cases.size.{name}") for name in case_library.SIZES}
    kinds = {name: text(f"cases.kind.{name}") for name in case_library.KINDS}
    with st.container(horizontal=True, key="pairs-cases"):
        _choice(chosen, "sector", text("cases.filter.sector"), sectors, wording)
        _choice(chosen, "resource", text("cases.filter.resource"), streams, wording)
        _choice(chosen, "country", text("cases.filter.country"), countries, wording)
        _choice(chosen, "size", text("cases.filter.size"), sizes, wording)
        _choice(chosen, "kind", text("cases.filter.kind"), kinds, wording)
        with st.container(key="pair-cases-text"):
            key = "cases_text"
            st.session_state[key] = chosen.text
            st.text_input(
                text("cases.filter.text"),
                key=key,
                placeholder=text("cases.filter.text.hint"),
                max_chars=100,
                on_change=careful(lambda: chosen.choose("text", key)),
            )


def _choice(chosen: Choices, name: str, label: str, choices: Mapping[str, str], wording: Wording) -> None:
    key = f"cases_{name}"
    now = getattr(chosen, name)
    st.session_state[key] = now if now in choices else None
    with st.container(key=f"pair-cases-{name}"):
        st.selectbox(
            label,
            list(choices),
            index=None,
            format_func=choices.__getitem__,
            key=key,
            placeholder=wording.text("cases.filter.all"),
            filter_mode="contains",
            on_change=careful(lambda: chosen.choose(name, key)),
        )

"""Options that were removed last: what is needed to put them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.model.merging import Document
from sxsh_options.services import editing
from sxsh_options.ui.guard import careful
from sxsh_options.ui.work import Work

_KEY = "removed_options"
_LINKS = ("excludes", "requires")


@dataclass(frozen=True, slots=True)
class Removed:
    """Options that are gone, and the document as it was with them."""

    ids: tuple[str, ...]
    before: Document


@dataclass(slots=True)
class Memory:
    """What was removed last from an assessment."""

    last: Removed | None = None

    def remove(self, document: Document, ids: Sequence[str]) -> Document:
        """Return the document without some options, and remember them."""
        self.last = Removed(tuple(ids), document)
        for option_id in ids:
            document = editing.remove_row(document, ("options", option_id))
        return document


def memory(work: Work) -> Memory:
    """Return what was removed last in this window."""
    kept: dict[str, Memory] = st.session_state.setdefault(_KEY, {})
    return kept.setdefault(work.id, Memory())


def put_back(document: Document, removed: Removed) -> Document:
    """Return the document with the removed options where they stood, their drafts, and the links to them."""
    before = editing.rows(removed.before, "options")
    there = {option["id"] for option in editing.rows(document, "options")}
    back = {option["id"] for option in before if option["id"] in removed.ids} - there
    once = {option["id"]: option for option in before}
    options = [
        _linked(option, once.get(option["id"], {}), back) for option in editing.rows(document, "options")
    ]
    for place, old in enumerate(before):
        if old["id"] in back:
            options.insert(place, old)
    drafts = [
        draft
        for draft in editing.rows(removed.before, editing.DRAFTS)
        if any(str(draft["id"]).startswith(f"options/{option_id}/") for option_id in back)
    ]
    kept = editing.rows(document, editing.DRAFTS)
    return editing.put(
        editing.put(document, ("options",), options), (editing.DRAFTS,), [*kept, *drafts] or None
    )


def _linked(option: Document, once: Document, back: set[str]) -> Document:
    """Return an option with the links to those that come back."""
    lost = {link: [target for target in once.get(link) or () if target in back] for link in _LINKS}
    return {**option, **{link: [*(option.get(link) or ()), *gone] for link, gone in lost.items() if gone}}


def show(work: Work, wording: Wording) -> None:
    """Say which options were removed last, and offer them back."""
    there = memory(work)
    removed = there.last
    if removed is None:
        return
    named = [
        option.get("name") or "–"
        for option in editing.rows(removed.before, "options")
        if option["id"] in removed.ids
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="removed"):
        st.text(
            wording.text("option.removed", name=named[0])
            if len(named) == 1
            else wording.text("option.removed_several", count=len(named)),
            width="content",
        )
        st.button(
            wording.text("option.undo"),
            icon=":material/undo:",
            key="undo_removal",
            on_click=careful(lambda: _undo(work, there, removed)),
        )


def _undo(work: Work, there: Memory, removed: Removed) -> None:
    there.last = None
    work.change(lambda document: put_back(document, removed))

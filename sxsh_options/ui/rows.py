"""Rows of a list as small forms: add one, take one away, put back the one that was taken away last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.model.merging import Document
from sxsh_options.services import editing
from sxsh_options.services.editing import Path
from sxsh_options.ui import shell
from sxsh_options.ui.fields import key_of
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.work import Work

_REMOVED = "removed_row"


def forms(work: Work, wording: Wording, path: Path, show: Callable[[Path], None], remove: str) -> None:
    """Show every row of a list by `show`, each with a button `remove` to take it away."""
    for row in editing.rows(work.document, *path):
        row_path = (*path, str(row["id"]))
        with st.container(border=True, key=f"row-{key_of(row_path)}"):
            show(row_path)
            with st.container(horizontal=True, horizontal_alignment="right"):
                st.button(
                    remove,
                    key=f"remove-{key_of(row_path)}",
                    icon=":material/close:",
                    type="tertiary",
                    on_click=careful(lambda at=row_path: take_away(work, at)),  # type: ignore[misc]
                )
    _offer_back(work, wording, path)


def add_button(work: Work, path: Path, label: str, row: Mapping[str, Any], prefix: str) -> None:
    """Show a button that adds a row."""
    st.button(
        label,
        key=f"add-{key_of(path)}",
        icon=":material/add:",
        on_click=careful(lambda: work.change(lambda d: editing.add_row(d, path, row, prefix))),
    )


def take_away(work: Work, row: Path) -> None:
    """Take a row away, and remember how the document was with it."""
    st.session_state[_REMOVED] = (work.id, row, work.document)
    work.change(lambda document: editing.remove_row(document, row))


def _offer_back(work: Work, wording: Wording, path: Path) -> None:
    """Offer the row of this list that was taken away last, until another row goes."""
    removed: tuple[str, Path, Document] | None = st.session_state.get(_REMOVED)
    if removed is None or removed[0] != work.id or removed[1][:-1] != path:
        return
    if editing.get(work.document, removed[1]) is not None:
        return  # it was added again
    _, row, before = removed
    with st.container(horizontal=True, vertical_alignment="center", key=f"back-{key_of(path)}"):
        shell.show(tag("p", wording.text("facility.removed"), class_="sx-quiet", role="status"))
        st.button(
            wording.text("facility.put_back"),
            key=f"undo-{key_of(path)}",
            icon=":material/undo:",
            on_click=careful(lambda: _put_back(work, row, before)),
        )


def _put_back(work: Work, row: Path, before: Document) -> None:
    del st.session_state[_REMOVED]
    *to_list, row_id = row
    there = [r["id"] for r in editing.rows(before, *to_list)]
    inside = editing.join(row) + "/"
    drafts = [d for d in editing.rows(before, editing.DRAFTS) if str(d["id"]).startswith(inside)]

    def edit(document: Document) -> Document:
        kept = {r["id"]: r for r in editing.rows(document, *to_list)}
        if row_id not in kept:
            kept[row_id] = editing.get(before, row)
            order = {name: place for place, name in enumerate(there)}
            back = sorted(kept.values(), key=lambda r: order.get(r["id"], len(order)))
            document = editing.put(document, to_list, back)
        for draft in drafts:
            document = editing.with_draft(document, str(draft["id"]).split("/"), draft["text"])
        return document

    work.change(edit)

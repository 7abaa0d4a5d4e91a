"""What two windows both changed: both values, side by side, until somebody chooses."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.options.tables import option_catalogue
from sxsh_options.services import editing
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.work import Work


def show(wording: Wording, work: Work) -> None:
    """Show every field that two windows changed, with the way to decide."""
    open_ = editing.rows(work.document, editing.CONFLICTS)
    if not open_:
        return
    with st.container(border=True, key="conflicts"):
        st.html(tag("p", wording.text("conflict.title", count=len(open_)), class_="sx-ask", role="alert"))
        for number, conflict in enumerate(open_):
            _one(conflict, number, wording, work)


def _one(conflict: dict[str, Any], number: int, wording: Wording, work: Work) -> None:
    path = tuple(str(conflict["id"]).split("/"))
    removed = conflict.get("kept") == "mine"
    saved = editing.get(work.document, path)
    said = (
        wording.text("conflict.removed")
        if removed
        else wording.text(
            "conflict.values",
            mine=_value(conflict.get("mine"), wording, path[-1]),
            saved=_value(saved, wording, path[-1]),
        )
    )
    st.html(tag("p", tag("strong", _place(work.document, path, wording)), f": {said}"))
    with st.container(horizontal=True, key=f"conflict_{number}"):
        st.button(
            wording.text("conflict.remove" if removed else "conflict.take"),
            key=f"take_{number}",
            on_click=careful(partial(_decide, work, path, conflict, take=True)),
        )
        st.button(
            wording.text("conflict.keep"),
            key=f"keep_{number}",
            on_click=careful(partial(_decide, work, path, conflict, take=False)),
        )


def _decide(work: Work, path: editing.Path, conflict: dict[str, Any], *, take: bool) -> None:
    def edit(document: editing.Document) -> editing.Document:
        document = editing.without_conflict(document, path)
        if not take:
            return document
        if conflict.get("kept") == "mine":
            return editing.remove_row(document, path)
        there = editing.get(document, path[:-1])
        if isinstance(there, list) and editing.get(document, path) is None:
            return editing.put(document, path[:-1], [*there, conflict["mine"]])
        return editing.put(document, path, conflict.get("mine"))

    work.change(edit)
    work.generation += 1


def _place(document: editing.Document, path: editing.Path, wording: Wording) -> str:
    """Return the row's own name and the field's, in words."""
    if path[0] == editing.DRAFTS:
        path = (*path[1].split("/"), *path[2:])
    row = wording.text(f"nav.{path[0]}") if path[0] in ("facility", "assumptions") else ""
    field = wording.term("field.row")
    for depth, part in enumerate(path):
        there = editing.get(document, path[: depth + 1])
        name = there.get("name") if isinstance(there, dict) else None
        row = str(name) if name and path[0] != "facility" else row
        label = wording.term(f"field.{part.partition(':')[0]}")
        field = field if label.startswith("field.") else label
    return wording.text("conflict.of_row", row=row, field=field) if row else field


def _value(value: Any, wording: Wording, field: str = "") -> str:
    """Return a value of the document as a person would write it; codes go by the field they stand in."""
    match value:
        case None | [] | {}:
            return wording.text("conflict.nothing")
        case bool():
            return wording.term("yes" if value else "no")
        case int() | float():
            return wording.exact(value)
        case {"amount": amount, **others}:
            currency = others.get("currency", "VND")
            return wording.money(amount) if currency == "VND" else f"{wording.exact(amount)} {currency}"
        case {"name": name}:
            return str(name)
        case {"quantity": quantity, "unit": unit}:
            return wording.quantity(quantity, str(unit))
        case [{"amount": _} as item]:
            return _value(item["amount"], wording)
        case list():
            return wording.text("conflict.rows", count=len(value))
        case dict():
            return ", ".join(_value(part, wording) for key, part in value.items() if key != "id")
        case _:
            return _code(str(value), field, wording)


def _code(code: str, field: str, wording: Wording) -> str:
    """Return the name of a code, or the text itself."""
    known = option_catalogue()
    if field == "sector" and code in known.sectors:
        return known.sectors[code].name[wording.lang]
    if field == "end_use" and code in known.end_uses:
        return known.end_uses[code].name[wording.lang]
    if field == "resource":
        return wording.resource(code)
    if field == "wastewater_treatment":
        return wording.text(f"catalogue.treatment.{code}")
    return wording.term(code)

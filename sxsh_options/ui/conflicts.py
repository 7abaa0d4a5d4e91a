"""What two windows both changed: both values, side by side, until somebody chooses."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from sxsh_options.funding import default_register
from sxsh_options.i18n import Wording
from sxsh_options.i18n.wording import capital, within
from sxsh_options.options.tables import option_catalogue
from sxsh_options.services import editing
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.work import Work

# Parts of a path that no screen has a name for: what they hold is named by itself.
_UNNAMED = ("baseline", "feasibility", "decision")
# Bare numbers of đồng that are not called so, and shares.
_MONEY = ("amount", "annual_saving", "annual_saving_low", "annual_saving_high", "unit_price")
_SHARE = re.compile(r"(?:^|_)(?:share|rate|growth)(?:_|$)|^lent_against_collateral$")


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
    path = path_of(str(conflict["id"]))
    removed = conflict.get("kept") == "mine"
    saved = editing.get(work.document, path)
    mine = conflict.get("mine")
    said = wording.text("conflict.removed") if removed else _both(mine, saved, wording, path[-1])
    st.html(tag("p", tag("strong", place_of(work.document, path, wording)), f": {said}"))
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


def _both(mine: Any, saved: Any, wording: Wording, field: str) -> str:
    """Return both values; amounts in short, unless they then look the same."""
    for short in (True, False):
        values = {
            name: _value(value, wording, field, short=short)
            for name, value in (("mine", mine), ("saved", saved))
        }
        if values["mine"] != values["saved"]:
            break
    return wording.text("conflict.values", **values)


def path_of(conflict_id: str) -> editing.Path:
    """Return the path of what conflicts; the id of a draft is itself the path of a field."""
    first, *others = conflict_id.split("/")
    return (first, editing.join(others[:-1]), others[-1]) if first == editing.DRAFTS else (first, *others)


def place_of(document: editing.Document, path: editing.Path, wording: Wording) -> str:
    """Return where a field stands as the screens call it: the page or the row, and the field."""
    if path[0] == editing.DRAFTS:
        path = tuple(path[1].split("/"))
    said: list[str] = []
    for depth, part in enumerate(path):
        there = editing.get(document, path[:depth])
        if isinstance(there, list):
            said[-1] = _row(there, part, path[depth - 1], wording)
        elif part not in _UNNAMED:
            said.append(_part(part, wording))
    return capital(", ".join(dict.fromkeys(said)))


def _part(part: str, wording: Wording) -> str:
    return within(wording.text(f"nav.{part}")) if part in ("facility", "assumptions") else wording.field(part)


def _row(rows: list[Any], row_id: str, name: str, wording: Wording) -> str:
    """Return the name that a person gave to a row, or else what it is of, or its number."""
    found = [(number, row) for number, row in enumerate(rows) if row.get("id") == row_id]
    if not found:
        return wording.field(name)
    ((number, row),) = found
    is_source = name in ("sources", "remaining_budgets")
    source = default_register().sources.get(row_id) if is_source else None
    if source is not None:
        return source.name.both[wording.lang]
    if row.get("name"):
        return str(row["name"])
    numbered = wording.field(f"{name}[{number}]")
    resource = row.get("resource")
    return wording.of_resource(numbered, str(resource)) if resource else numbered


def _value(value: Any, wording: Wording, field: str = "", *, short: bool = True) -> str:
    """Return a value of the document as a person would write it; codes go by the field they stand in."""
    money = wording.money_compact if short else wording.money
    match value:
        case None | []:
            return wording.text("conflict.nothing")
        case dict() if not value:  # as a pattern, {} is every dictionary
            return wording.text("conflict.nothing")
        case bool():
            return wording.term("yes" if value else "no")
        case int() | float():
            return _number(value, wording, field, money)
        case {"amount": amount, **others}:
            currency = others.get("currency", "VND")
            return money(amount) if currency == "VND" else f"{wording.exact(amount)} {currency}"
        case {"name": name}:
            return str(name)
        case {"quantity": quantity, "unit": unit}:
            return wording.quantity(quantity, str(unit))
        case [{"amount": _} as item]:
            return _value(item["amount"], wording, "amount", short=short)
        case list():
            return wording.text("conflict.rows", count=len(value))
        case dict():
            parts = (_value(part, wording, key, short=short) for key, part in value.items() if key != "id")
            return ", ".join(parts)
        case _:
            return _code(str(value), field, wording)


def _number(value: float, wording: Wording, field: str, money: Callable[[float], str]) -> str:
    if field in _MONEY or field.endswith("_vnd"):
        return money(value)
    return wording.percent(value, 15) if _SHARE.search(field) else wording.exact(value)


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

"""What is asked about cells of the grid whose text cannot be read, or can be read in two ways."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import get_args

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.i18n.formats import MISSING
from sxsh_options.numerals import Style
from sxsh_options.services import option_cells
from sxsh_options.services.option_cells import Cell, Manner, Meaning, Unread
from sxsh_options.ui import options_grid, shell
from sxsh_options.ui.fields import meaning_of
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, tag
from sxsh_options.ui.option_questions import line, names
from sxsh_options.ui.work import Work

_AT_ONCE = 3  # shown as they are; more are gathered in lines that open
_SHOWN = 10  # with buttons; of the others the number is said
_EXAMPLES: dict[Style, str] = {"comma_decimal": "1.234.567,5", "dot_decimal": "1,234,567.5"}


def show(work: Work, wording: Wording, columns: Sequence[str], option_id: str | None = None) -> None:
    """Show what could not be read, of one option or all, each with what would be right."""
    how = options_grid.manner(work)
    found = [
        left
        for left in option_cells.unread(work.document, columns, how)
        if option_id in (None, left.cell.option)
    ]
    if not found:
        return
    with st.container(border=True, key="cell_faults"):
        shell.show(tag("p", tag("strong", wording.text("option.unread", count=len(found))), role="alert"))
        if sum(len(left.meanings) > 1 for left in found) > 1:
            _ask_style(work, wording, columns, how)
        if len(found) <= _AT_ONCE:
            _each(work, wording, found, how, "one")
            return
        for kind in ("ambiguous", "unread"):
            group = [left for left in found if (len(left.meanings) > 1) == (kind == "ambiguous")]
            if group:
                inside = line(f"cells_{kind}", _label(kind, group, wording))
                if inside is not None:
                    with inside:
                        _each(work, wording, group, how, kind)


def _label(kind: str, group: Sequence[Unread], wording: Wording) -> str:
    shown, left = names(unread.name or MISSING for unread in group)
    return wording.text(f"option.cells.{kind}", count=len(group), names=f"{shown}…" if left else shown)


def _each(work: Work, wording: Wording, found: Sequence[Unread], how: Manner, kind: str) -> None:
    for place, left in enumerate(found[:_SHOWN]):
        _one(work, wording, left, how, f"{kind}_{place}")
    if len(found) > _SHOWN:
        left_over = wording.text("option.unread_more", count=len(found) - _SHOWN)
        shell.show(tag("p", left_over, class_="sx-quiet"))


def _ask_style(work: Work, wording: Wording, columns: Sequence[str], how: Manner) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="number_style"):
        st.text(wording.text("option.which_style"), width="content")
        for style in get_args(Style):
            st.button(
                _EXAMPLES[style],
                key=f"style_{style}",
                on_click=careful(partial(_settle_all, work, columns, style, how)),
            )


def _one(work: Work, wording: Wording, left: Unread, how: Manner, place: str) -> None:
    """Show one cell: whose it is, what is wrong or what it may mean, and what can be done."""
    where = f"{left.name or MISSING} · {options_grid.heading(left.cell.column, wording)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"cell_fault_{place}"):
        shell.show(
            tag("p", tag("bdi", where, class_="sx-place"), " ", _said(left, wording), class_="sx-cell-fault")
        )
        if len(left.meanings) > 1:
            for number, meaning in enumerate(left.meanings):
                st.button(
                    meaning_of(meaning.number, wording),
                    key=f"cell_means_{place}_{number}",
                    on_click=careful(partial(_settle, work, left.cell, meaning, how)),
                )
        st.button(
            wording.text("option.give_up"),
            type="tertiary",
            key=f"cell_give_up_{place}",
            on_click=careful(partial(work.change, lambda d: option_cells.give_up(d, left.cell))),
        )


def _settle(work: Work, cell: Cell, meaning: Meaning, how: Manner) -> None:
    work.change(lambda document: option_cells.settle(document, cell, meaning, how))


def _settle_all(work: Work, columns: Sequence[str], style: Style, how: Manner) -> None:
    work.change(lambda document: option_cells.settle_all(document, columns, style, how))


def _said(left: Unread, wording: Wording) -> Html:
    if left.fault is not None:
        return tag("span", wording.word(left.fault))
    if len(left.meanings) > 1:
        return tag("span", wording.text("field.ambiguous", text=left.cell.text))
    return tag("span", wording.text("option.enter_again", text=left.cell.text))

"""The grid in which many options are typed or pasted: every cell a text, read and saved as it is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from sxsh_options.i18n import LANGUAGES, Wording
from sxsh_options.model import Category
from sxsh_options.model.merging import Document
from sxsh_options.resources import catalogue
from sxsh_options.resources.tables import spelling
from sxsh_options.services import editing, option_cells, option_fields, quantities
from sxsh_options.services.option_cells import Cell, Manner
from sxsh_options.services.option_fields import SAVING
from sxsh_options.ui import language, removal
from sxsh_options.ui.grid_rows import Edits, GridRow, GridRows
from sxsh_options.ui.guard import careful
from sxsh_options.ui.work import Work

if TYPE_CHECKING:
    import pandas as pd

_KEY = "options_grid"
_CHOSEN = "options_grid_resources"  # resources that were given a column though nothing is saved of them yet
_PICKER = "options_grid_more"
# Blank rows are for typing and pasting into: every row that the editor adds itself costs the framework some
# 7 ms in each run from then on, one of its source nothing.
_BLANK_ROWS, _LEAST_ROWS = 20, 80
_HEIGHT_OF_ROW, _LEAST_ROWS_SHOWN, _MOST_ROWS_SHOWN = 35, 10, 16
_WIDTHS = {"name": 270, option_fields.CATEGORY: 130}
_WIDTH, _WIDTH_OF_LETTER, _BESIDE_LETTERS = 98, 6.4, 42  # px: a heading is never cut off


@dataclass(slots=True)
class Grid:
    """An editor on the screen: made of what the document held, and kept until the document changes elsewhere.

    Attributes
    ----------
    assessment : str
        Whose options it shows.
    key : str
        Of the editor.
    rows : GridRows
    frame : DataFrame
        Its source, which is never changed.
    seen : Document
        The document that it agrees with.
    wording : Wording
    stale : bool
        Whether it shows something else than the document holds, and must be made anew.
    """

    assessment: str
    key: str
    rows: GridRows
    frame: pd.DataFrame
    seen: Document
    wording: Wording
    stale: bool = False


def show(work: Work, wording: Wording) -> tuple[str, ...]:
    """Show the grid, and the choice of further resources; return the columns."""
    resources = option_fields.resources_in_play(work.document, _chosen(work))
    grid = _current(work, wording, option_fields.columns(resources))
    filled = sum(bool(row.source) for row in grid.rows.source)  # when it was made: its height must not change
    shown = min(max(filled + 4, _LEAST_ROWS_SHOWN), _MOST_ROWS_SHOWN)
    st.data_editor(
        grid.frame,
        key=grid.key,
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        height=shown * _HEIGHT_OF_ROW + 2,
        column_config={column: _column(column, wording) for column in grid.rows.columns},
        alt=wording.text("option.grid"),
        on_change=careful(lambda: take(work)),
    )
    _more_resources(work, wording, resources)
    return grid.rows.columns


def manner(work: Work) -> Manner:
    """Return how the person at this assessment writes."""
    known, own = work.get(editing.NUMBER_STYLE), language.number_style()
    return Manner(_categories(), own, own if known == own else None)


def heading(column: str, wording: Wording) -> str:
    """Return how a column is called, with its unit."""
    if column.startswith(SAVING):
        resource = column.removeprefix(SAVING)
        unit = wording.unit(quantities.usual_unit(resource))
        return wording.text("option.column.saving", resource=wording.resource(resource), unit=unit)
    return wording.text(f"option.column.{column}")


def _column(column: str, wording: Wording) -> Any:
    name = heading(column, wording)
    hint = "option.hint.saving" if column.startswith(SAVING) else f"option.hint.{column}"
    needed = max(_WIDTH, round(len(name) * _WIDTH_OF_LETTER) + _BESIDE_LETTERS)
    return st.column_config.TextColumn(
        name, help=wording.text(hint), width=_WIDTHS.get(column, needed), pinned=False
    )


def _current(work: Work, wording: Wording, columns: tuple[str, ...]) -> Grid:
    """Return the editor on the screen, or a new one where it no longer shows what the document holds."""
    there: dict[str, Any] = st.session_state.setdefault(_KEY, {"count": 0, "grid": None})
    grid: Grid | None = there["grid"]
    if (
        grid is None
        or grid.assessment != work.id
        or grid.key not in st.session_state  # its edits went with it when another page was shown
        or grid.stale
        or grid.wording.lang != wording.lang
        or grid.rows.columns != columns
        or not _agrees(grid, work.document)
    ):
        there["count"] += 1
        grid = there["grid"] = _made(work, f"{_KEY}_{there['count']}", columns, wording)
    grid.seen = work.document
    return grid


def _agrees(grid: Grid, document: Document) -> bool:
    """Tell whether a document has the cells that the editor shows, whatever else in it changed."""
    if document is grid.seen:
        return True
    columns, wording = grid.rows.columns, grid.wording
    return _cells(document, columns, wording) == _cells(grid.seen, columns, wording)


def _made(work: Work, key: str, columns: tuple[str, ...], wording: Wording) -> Grid:
    import pandas as pd

    rows = []
    for option_id, *texts in _cells(work.document, columns, wording):
        filled = {column: text for column, text in zip(columns, texts, strict=True) if text}
        rows.append(GridRow(filled, option_id, filled))
    rows += [GridRow({}) for _ in range(max(_BLANK_ROWS, _LEAST_ROWS - len(rows)))]
    frame = pd.DataFrame(
        [[row.source.get(column, "") for column in columns] for row in rows],
        columns=list(columns),
        dtype="str",
    )
    return Grid(work.id, key, GridRows(columns, rows), frame, work.document, wording)


def _cells(document: Document, columns: Sequence[str], wording: Wording) -> list[tuple[str, ...]]:
    """Return id and cells of each option, as a new editor would show them."""
    drafts = {str(draft["id"]): str(draft["text"]) for draft in editing.rows(document, editing.DRAFTS)}

    def text(option: dict[str, Any], column: str) -> str:
        draft = drafts.get(editing.join(option_fields.path_of(option["id"], column)))
        return option_fields.shown(option, column, wording) if draft is None else draft

    return [
        (str(option["id"]), *(text(option, column) for column in columns))
        for option in editing.rows(document, "options")
    ]


def take(work: Work) -> None:
    """Take what is new in the editor into the document, and save it.

    The callback of the editor does it, and so does each run of the page before it shows anything: a callback
    is cut off where it asks for the state of the session while the next edit is already waiting.
    Whatever is asked of the session therefore comes first; from there on nothing interrupts.
    """
    grid: Grid | None = st.session_state.get(_KEY, {}).get("grid")
    state = st.session_state.get(grid.key) if grid is not None else None
    how, memory = manner(work), removal.memory(work)
    if grid is None or state is None or grid.assessment != work.id:
        return
    edits = grid.rows.take(state)
    if not edits.cells and not edits.gone:
        return
    generation = work.generation
    work.change(lambda document: _applied(document, edits, how, memory))
    grid.seen = work.document
    grid.stale = work.generation != generation or any(
        not text and row.id is not None and _holds(work, row.id, column) for row, column, text in edits.cells
    )


def _applied(document: Document, edits: Edits, how: Manner, memory: removal.Memory) -> Document:
    gone = [row.id for row in edits.gone if row.id is not None]
    if gone:
        document = memory.remove(document, gone)
    there = {option["id"] for option in editing.rows(document, "options")}
    for row, _, _ in edits.cells:
        if row.id not in there:  # a new row, or one that another window has removed
            document = editing.add_row(document, ("options",), {}, "option")
            row.id = str(editing.rows(document, "options")[-1]["id"])
            there.add(row.id)
    touched = {row.id: row for row, _, _ in edits.cells if row.id is not None}
    cells = [Cell(row.id, column, text) for row, column, text in edits.cells if row.id is not None]
    document = option_cells.enter(document, cells, how)
    for option_id, row in touched.items():
        if not row.texts and set(editing.get(document, ("options", option_id))) == {"id"}:
            document = editing.remove_row(document, ("options", option_id))
            row.id = None
    return document


def _holds(work: Work, option_id: str, column: str) -> bool:
    """Tell whether an option has a value though its cell was emptied: one that only the form can change."""
    option = work.get("options", option_id)
    return isinstance(option, dict) and option_fields.refusal(option, column) is not None


@cache
def _categories() -> dict[str, str]:
    """Return the ids of the categories by their names in every language."""
    words = [language.wording_in(lang) for lang in LANGUAGES]
    return {spelling(w.text(f"category.{category}")): category.value for w in words for category in Category}


def _chosen(work: Work) -> tuple[str, ...]:
    chosen: dict[str, tuple[str, ...]] = st.session_state.setdefault(_CHOSEN, {})
    return chosen.get(work.id, ())


def _more_resources(work: Work, wording: Wording, there: Sequence[str]) -> None:
    """Offer a column for a resource that has none."""
    names = {
        resource: f"{wording.resource(resource)} ({wording.unit(quantities.usual_unit(resource))})"
        for resource in catalogue.resources()
        if resource not in there
    }

    def add() -> None:
        resource = st.session_state[_PICKER]
        if resource is not None:
            st.session_state[_CHOSEN][work.id] = (*_chosen(work), resource)

    st.session_state[_PICKER] = None
    st.selectbox(
        wording.text("option.more_resources"),
        list(names),
        format_func=names.__getitem__,
        key=_PICKER,
        placeholder=wording.text("field.choose"),
        filter_mode="contains",
        on_change=careful(add),
        width=420,
    )

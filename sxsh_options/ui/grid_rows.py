"""Rows of a grid, followed through what a data editor tells of its edits: all of them, again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

Texts = dict[str, str]


@dataclass(slots=True, eq=False)
class GridRow:
    """One row: what it began with, what it shows now, and whose row it is.

    Attributes
    ----------
    texts : dict
        Non-blank cells by column.
    id : str or None
        Of the row of the document; None while nothing was entered.
    source : dict
        Cells that the editor was given.
    """

    texts: Texts
    id: str | None = None
    source: Texts = field(default_factory=dict)


@dataclass(slots=True)
class Edits:
    """What is new in an editor: cells by row and column, and rows that have gone."""

    cells: list[tuple[GridRow, str, str]] = field(default_factory=list)
    gone: list[GridRow] = field(default_factory=list)


@dataclass(slots=True)
class GridRows:
    """The rows of an editor whose source stays as it is while people type.

    Attributes
    ----------
    columns : tuple of str
    source : list of GridRow
    added : list of GridRow
        Rows that were added in the editor.
    deleted : set of int
        Positions of source rows that were deleted in the editor.
    """

    columns: tuple[str, ...]
    source: list[GridRow]
    added: list[GridRow] = field(default_factory=list)
    deleted: set[int] = field(default_factory=set)

    def take(self, state: Mapping[str, Any]) -> Edits:
        """Return what is new since the last time, and remember it.

        Parameters
        ----------
        state : mapping
            Of the editor: ``edited_rows``, ``added_rows`` and ``deleted_rows``, all since its beginning.
        """
        edits = Edits()
        deleted = {int(position) for position in state.get("deleted_rows", ())}
        edits.gone += [self.source[position] for position in sorted(deleted - self.deleted)]
        self.deleted = deleted
        edited = {int(position): cells for position, cells in state.get("edited_rows", {}).items()}
        for position, row in enumerate(self.source):
            if position not in deleted:
                self._enter(row, {**row.source, **self._read(edited.get(position, {}))}, edits)
        self._take_added([self._read(cells) for cells in state.get("added_rows", ())], edits)
        return edits

    def _take_added(self, after: Sequence[Texts], edits: Edits) -> None:
        """Find each added row again: they have no ids, and move up where one before them was deleted."""
        before = self.added
        matcher = SequenceMatcher(None, [_key(row.texts) for row in before], [_key(t) for t in after], False)
        rows: list[GridRow] = []
        for _, first, last, new_first, new_last in matcher.get_opcodes():
            kept = before[first:last]
            for position, texts in enumerate(after[new_first:new_last]):
                row = kept[position] if position < len(kept) else GridRow({})
                self._enter(row, texts, edits)
                rows.append(row)
            edits.gone += kept[new_last - new_first :]
        self.added = rows

    def _enter(self, row: GridRow, texts: Texts, edits: Edits) -> None:
        filled = {column: text for column, text in texts.items() if text.strip()}
        if filled != row.texts:
            for column in self.columns:
                if filled.get(column, "") != row.texts.get(column, ""):
                    edits.cells.append((row, column, filled.get(column, "")))
            row.texts = filled

    def _read(self, cells: Mapping[str, Any]) -> Texts:
        return {
            column: "" if cells[column] is None else str(cells[column])
            for column in self.columns
            if column in cells
        }


def _key(texts: Texts) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((column, text) for column, text in texts.items() if text.strip()))

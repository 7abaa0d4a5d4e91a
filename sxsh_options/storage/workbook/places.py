"""Where in the workbook each field of the document stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sxsh_options.errors import Message, message
from sxsh_options.storage.workbook.layout import Found

_LAST = re.compile(r"(?:\.[^.\[\]]+|\[\d+\])$")
_IN_CELLS = {  # what the rules of the model say in the words of documents
    "input.saving_needs_quantity_or_percent": message("workbook.saving_one_way"),
    "input.saving_share_of_nothing": message("workbook.saving_share_of_nothing"),
    "input.real_rate_needs_inflation": message("workbook.real_rate_needs_inflation"),
    "input.period_reversed": message("workbook.period_reversed"),
}


class Spot(NamedTuple):
    """A cell, a row (no column), or a sheet."""

    sheet: str
    row: int | None = None
    column: str | None = None


class Places:
    """The cells that a document was read from."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._rows: dict[str, list[tuple[Found, int]]] = {}
        self._cells: dict[str, tuple[Found, int, int]] = {}

    def add_row(self, path: str, found: Found, row: int) -> None:
        """Note that a row of a list, or what is added to it, stands in a row of a sheet."""
        self._rows.setdefault(path, []).append((found, row))

    def add_cell(self, path: str, found: Found, row: int, column: int) -> None:
        """Note that a field, with all that is in it, stands in one cell."""
        self._cells[path] = found, row, column

    def spot(self, path: str) -> Spot | None:
        """Return where a field of the document stands, or would stand."""
        outer, inner = path, ""
        while outer:
            if outer in self._cells:
                found, row, column = self._cells[outer]
                return Spot(found.sheet.title, row, found.heading(column, row))
            if outer in self._rows:
                return self._in_row(self._rows[outer], inner.removeprefix("."))
            last = _LAST.search(outer)
            if last is None:
                return None
            outer, inner = outer[: last.start()], last[0] + inner
        return None

    def _in_row(self, rows: Iterable[tuple[Found, int]], inner: str) -> Spot:
        parts = inner.split(".")
        wanted = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
        first: Spot | None = None
        for found, row in rows:
            for path in wanted:
                if path in found.columns:
                    return Spot(found.sheet.title, row, found.heading(found.columns[path], row))
            first = first or Spot(found.sheet.title, row)
        assert first is not None  # noqa: S101 - a path is noted together with its row
        return first

    def located(self, messages: Iterable[Message]) -> Iterator[Message]:
        """Yield messages about fields of the document with the cells in the place of the fields."""
        for what in messages:
            spot = self.spot(what.place.field) if what.place and what.place.field else None
            said = _IN_CELLS.get(what.code, what)
            field = what.place.field if what.place and spot is None else None
            yield said.at(file=self.file, field=field, **(spot._asdict() if spot else {}))

"""Rows of recognised tables, cell by cell, with what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sxsh_options.amounts import read_amount
from sxsh_options.errors import InputError, Message, message
from sxsh_options.numerals import Reading, infer_style
from sxsh_options.storage.faults import MAX_FAULTS
from sxsh_options.storage.model_faults import quoted
from sxsh_options.storage.workbook import names, values
from sxsh_options.storage.workbook.columns import IDS, INVESTMENT, NUMERIC, WRITTEN_UNIT, Column, Table
from sxsh_options.storage.workbook.layout import Found, Layout
from sxsh_options.storage.workbook.places import Places
from sxsh_options.storage.workbook.spreadsheet import Cell, letters

MAX_ROWS = 10_000  # of one table
_ENOUGH = 2 * MAX_FAULTS  # faults of cells; only MAX_FAULTS will be shown
_OF_SOURCES = ("financing.sources", "financing.remaining_budgets")  # lists whose ids are chosen by name
_ELSEWHERE = frozenset({"formula", "option", "currency"})  # kinds of columns that are no field of their own

Document = dict[str, Any]


class TableReader:
    """Reads the sheets of one workbook row by row.

    Parameters
    ----------
    layout : Layout
    name : str
        Of the file.
    from_1904 : bool

    Attributes
    ----------
    faults, notes : list of Message
        With sheet, row and column; of faults no more than are needed.
    places : Places
    """

    def __init__(self, layout: Layout, name: str, *, from_1904: bool) -> None:
        self.found, self.name = layout.found, name
        self.faults = list(layout.faults)
        self.notes = list(layout.notes)
        self.places = Places(name)
        self.manner = values.Manner(layout.lang, from_1904)
        self.manner.style = infer_style(self._written_numbers()).style

    @property
    def has_enough_faults(self) -> bool:
        """Whether there are more faults than will be shown."""
        return len(self.faults) >= _ENOUGH

    # Cells

    def fault(self, what: Message, found: Found, row: int, column: int | None = None) -> None:
        """Note what is wrong with a row or one of its cells."""
        if self.has_enough_faults:
            return
        heading = None if column is None else found.heading(column, row)
        self.faults.append(what.at(file=self.name, sheet=found.sheet.title, row=row, column=heading))

    def note(self, what: Message, found: Found, row: int | None, column: int) -> None:
        """Note what should be said of a column."""
        place = {
            "sheet": found.sheet.title,
            "row": row,
            "column": found.heading(column, row or found.header_row),
        }
        self.notes.append(what.at(file=self.name, **place))

    def value(self, found: Found, row: int, at: int, column: Column, about: values.Row) -> Any:
        """Return what a cell says, ``None`` where it is empty; what is wrong with it is noted."""
        cell = found.sheet.rows.get(row, {}).get(at)
        if cell is None or cell.formula == "ours" or (column.kind != "text" and values.is_blank(cell)):
            return None
        said = values.read(column, cell, about, self.manner)
        if said.fault is not None:
            self.fault(said.fault, found, row, at)
        return said.value

    def _written_numbers(self) -> Iterator[Reading]:
        """Yield what the numbers that stand in cells as texts show about how they are written."""
        for found in self.found.values():
            spec = found.spec
            if not isinstance(spec, Table):
                continue
            columns = [found.columns.get(c.path, 0) for c in spec.columns if c.kind in NUMERIC]
            columns += list(found.savings)
            for row in self.rows(found):
                cells = found.sheet.rows[row]
                for at in columns:
                    cell = cells.get(at)
                    if cell is not None and isinstance(cell.value, str):
                        amount = read_amount(cell.value, typed=False)
                        yield Reading("value", evidence_of_style=amount.evidence_of_style)

    # Tables

    def rows(self, found: Found) -> list[int]:
        """Return the rows of a table in which anything was entered."""
        known = [at for path, at in found.columns.items() if not path.startswith("_") or path == INVESTMENT]
        known += list(found.savings)
        rows = found.sheet.rows
        return sorted(
            row
            for row, cells in rows.items()
            if row > found.header_row
            and any(not values.is_blank(cells.get(at)) for at in known if at in cells)
        )

    def checked_rows(self, found: Found) -> list[int]:
        """Return the rows of a table, once merged cells and columns that are not read are seen to."""
        if found.sheet.merged:
            self._see_to_merged(found)
        rows = self.rows(found)
        if len(rows) > MAX_ROWS:
            what = message("workbook.too_many_rows", count=len(rows), limit=MAX_ROWS)
            raise InputError(what.at(file=self.name, sheet=found.sheet.title))
        read = {*found.columns.values(), *found.savings}
        unread = {at for row in rows for at in found.sheet.rows[row]} - read
        for at in sorted(unread):
            self.note(message("workbook.column_ignored"), found, None, at)
        return rows

    def row(self, found: Found, row: int) -> Document:
        """Return one row of a table, without what belongs elsewhere."""
        spec = found.spec
        about = self.about(found, row)
        made: Document = {}
        written_unit = None
        for column in spec.columns:
            at = found.columns.get(column.path)
            if at is None or column.kind in _ELSEWHERE or column.path in (INVESTMENT, IDS):
                continue
            value = self.value(found, row, at, column, about)
            if value is None and column.may_be_blank:
                value = ""
            if value is None:
                continue
            if column.path == WRITTEN_UNIT:
                written_unit = value
            else:
                put(made, column.path.split("."), value)
        if written_unit and names.meant("unit", written_unit) == made.get("unit"):
            made["unit"] = written_unit
        return made

    def about(self, found: Found, row: int) -> values.Row:
        """Return what decides about the meaning of a row's other cells."""
        columns = {column.path: column for column in found.spec.columns}

        def said(path: str) -> Any:
            at = found.columns.get(path)
            cell = None if at is None else found.sheet.rows[row].get(at)
            if cell is None or values.is_blank(cell):
                return None
            return values.read(columns[path], cell, values.PLAIN, self.manner)

        about = values.PLAIN
        if "currency" in columns and columns["currency"].kind == "currency" and (code := said("currency")):
            about = about._replace(currency=str(code.value))
        if "percent" in columns and said("percent"):
            about = about._replace(in_percent=True)
        if "key" in columns and (kind := said("kind")):
            about = about._replace(list_of_keys=names.list_of_keys(kind.value))
        return about

    def note_same_ids(self, ids: Iterable[Any], at: str) -> None:
        """Note each id that an earlier row of the same list has."""
        first: dict[str, int] = {}
        for number, row_id in enumerate(ids):
            if isinstance(row_id, str) and (before := first.setdefault(row_id, number)) != number:
                one, other = self.places.spot(f"{at}[{before}].id"), self.places.spot(f"{at}[{number}].id")
                if one is not None and other is not None:
                    if at in _OF_SOURCES:
                        what = message("workbook.same_source", source=row_id, first_row=one.row)
                    else:
                        what = message("workbook.same_id", id=quoted(row_id), first_row=one.row)
                    self.faults.append(what.at(file=self.name, **other._asdict()))

    # Merged cells

    def _see_to_merged(self, found: Found) -> None:
        """Read a name that is merged over several rows as that of each; note what else is merged."""
        known = {at: path for path, at in found.columns.items()} | dict.fromkeys(found.savings, "")
        owners = {column.path for column in found.spec.columns if column.kind == "option"}
        rows = found.sheet.rows
        entered = self.rows(found)
        for block in dict.fromkeys(found.sheet.merged):
            columns = [at for at in known if block.left <= at <= block.right]
            inside = [row for row in entered if block.top <= row <= block.bottom]
            first: Cell | None = rows.get(block.top, {}).get(block.left)
            if len(columns) == 1 and known[columns[0]] in owners and first is not None:
                for row in inside:
                    rows[row].setdefault(columns[0], first)
            elif inside and len(columns) * len(inside) > 1:
                area = f"{letters(block.left)}{block.top}:{letters(block.right)}{block.bottom}"
                self.fault(message("workbook.merged", area=area), found, inside[0], block.left)


def put(document: Document, path: Iterable[str], value: Any) -> None:
    """Put a value at a path of a document; what is missing on the way is made."""
    *outer, last = path
    for key in outer:
        document = document.setdefault(key, {})
    document[last] = value

"""Readable sheets of a workbook: a title, a table whose numbers stay numbers, notes, ready for paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, isfinite
from typing import Any, NamedTuple

Cell = str | float | None

MONEY = "#,##0"
WHOLE = "0"
ONE_DECIMAL = "#,##0.0"
TWO_DECIMALS = "#,##0.00"
PERCENT = "0.0%"
ANY = "General"  # as many decimals as there are
LINK = "link"  # a text that leads somewhere

_HEAD = "#E6F0EC"
_WIDEST = 46.0  # characters; longer texts are wrapped
_ROW_POINTS = 15.0
_A4 = 9
_LONGEST_CELL = 32_767  # characters that Excel takes
_LONGEST_LINK = 2_000


class Column(NamedTuple):
    """A column: its header with the unit, the number format of its numbers, its least width."""

    header: str
    format: str = ANY
    width: float = 10.0


class Sheets:
    """A workbook that is being written.

    Parameters
    ----------
    workbook : xlsxwriter.Workbook
    page_of_pages : str
        What stands at the foot of each printed page; ``&P`` is the page and ``&N`` how many there are.
    """

    def __init__(self, workbook: Any, page_of_pages: str) -> None:
        self._workbook = workbook
        self._foot = page_of_pages
        plain = {"valign": "top", "font_size": 10}
        self._title = workbook.add_format({"bold": True, "font_size": 14})
        self._line = workbook.add_format({"font_size": 10})
        self._note = workbook.add_format({**plain, "text_wrap": True})
        self._head = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": _HEAD, "bottom": 1}
        )
        self._text = workbook.add_format({**plain, "text_wrap": True})
        self._link = workbook.add_format(
            {**plain, "text_wrap": True, "font_color": "#0B5394", "underline": 1}
        )
        self._numbers = {
            kind: workbook.add_format({**plain, "num_format": kind})
            for kind in (MONEY, WHOLE, ONE_DECIMAL, TWO_DECIMALS, PERCENT, ANY)
        }

    def add(
        self,
        name: str,
        lines: Sequence[str],
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell | tuple[float, str]]],
        notes: Iterable[str] = (),
        frozen: int = 0,
    ) -> None:
        """Add a sheet.

        Parameters
        ----------
        name : str
            Of the sheet.
        lines : sequence of str
            Above the table; the first one is the title.
        columns, rows : sequence
            A cell is a text, a number in the format of its column or, as a pair, in one of its own;
            ``None`` is left empty. A text is never a formula.
        notes : iterable of str
            Below the table.
        frozen : int
            How many columns stay in view.
        """
        sheet = self._workbook.add_worksheet(name)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line, self._line if row else self._title)
        head = len(lines) + 1
        widths = [_width(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        if rows:
            headers = [{"header": column.header, "header_format": self._head} for column in columns]
            last = head + len(rows), len(columns) - 1
            sheet.add_table(head, 0, *last, {"columns": headers, "style": "Table Style Light 1"})
        else:
            for at, column in enumerate(columns):
                sheet.write_string(head, at, column.header, self._head)
        for number, cells in enumerate(rows, head + 1):
            for at, (cell, column) in enumerate(zip(cells, columns, strict=True)):
                self._write(sheet, number, at, cell, column.format)
        self._write_notes(sheet, head + len(rows) + 2, notes, sum(widths), len(columns))
        sheet.freeze_panes(head + 1, frozen)
        self._set_up_print(sheet, head)

    def _write(self, sheet: Any, row: int, at: int, cell: Any, kind: str) -> None:
        if isinstance(cell, tuple):
            cell, kind = cell
        if isinstance(cell, str):
            if kind == LINK and cell.startswith(("https://", "http://")) and len(cell) <= _LONGEST_LINK:
                sheet.write_url(row, at, cell, self._link, cell)
            else:
                sheet.write_string(row, at, cell[:_LONGEST_CELL], self._text)
        elif cell is not None and isfinite(cell):
            sheet.write_number(row, at, cell, self._numbers[kind])

    def _write_notes(self, sheet: Any, row: int, notes: Iterable[str], width: float, columns: int) -> None:
        for number, note in enumerate(notes, row):
            sheet.merge_range(number, 0, number, columns - 1, "", self._note)
            sheet.write_string(number, 0, note, self._note)
            sheet.set_row(number, _ROW_POINTS * _lines_of(note, width))

    def _set_up_print(self, sheet: Any, head: int) -> None:
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&A&R{self._foot}")


def _width(column: Column, cells: Sequence[Any]) -> float:
    """Return a width that shows every number and most texts in one line."""
    longest = max((_length(cell, column.format) for cell in cells), default=0)
    words = max(map(len, column.header.split()))
    # The mark of the filter takes about three characters of the header.
    return min(max(column.width, longest + 2.0, words + 3.0), _WIDEST)


def _length(cell: Any, kind: str) -> int:
    if isinstance(cell, tuple):
        cell, kind = cell
    if cell is None or isinstance(cell, str):
        return len(cell or "")
    whole = f"{cell:,.0f}"
    extra = {MONEY: 0, WHOLE: 0, ONE_DECIMAL: 2, TWO_DECIMALS: 3, PERCENT: 5}
    return len(whole) + extra.get(kind, 6)


def _lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in merged cells, which no program fits by itself."""
    room = width / 1.15  # words are not cut, so a line is not quite filled
    return sum(ceil(max(1, len(line)) / room) for line in text.split("\n"))

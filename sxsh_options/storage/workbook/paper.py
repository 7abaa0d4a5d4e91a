"""How a workbook looks: formats of cells, sheets ready to be filled in and printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from math import ceil
from typing import Any, NamedTuple

from sxsh_options.storage.workbook.values import Share

Value = str | float | date | None

INPUT, LOCKED_TINT, HEAD = "#FFF9E5", "#EEF1F4", "#E6F0EC"
WHOLE, DECIMALS, YEARS, PERCENT, TEXT, ANY = "#,##0", "#,##0.00##", "#,##0.00", "0.00%", "@", "General"
_DAYS = {"vi": "dd/mm/yyyy", "en": "d mmm yyyy"}
_A4 = 9
_WIDEST = 240.0  # characters across a page; more of them would be too small to read
_LINE = 13.5  # points
_MOST_LINES = 30  # Excel takes no row higher than 409 points
_BY_KIND = {
    **dict.fromkeys(
        ("text", "id", "option", "options", "flow", "currency", "hidden", "choice", "unit"), TEXT
    ),
    **dict.fromkeys(("share", "percent"), PERCENT),
    "money": WHOLE,
    "whole": "0",
    "formula": WHOLE,
}


class Exact(float):
    """A number that is written with every digit that it has."""

    def __format__(self, _: str) -> str:
        return repr(float(self))


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes; words are not cut, so that a line is not quite filled."""
    return sum(1 + int(len(line) * 0.95 / width) for line in text.split("\n"))


class Formula(NamedTuple):
    """A formula with what it gives."""

    text: str
    value: float | str = 0


@cache
def _sheet_class() -> Any:
    """Return a worksheet that takes formulas as they are: ours use no function newer than Excel 2007."""
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    class Plain(Worksheet):  # type: ignore[misc]
        def _prepare_formula(self, formula: str, *_: Any) -> str:
            # Looking for newer functions takes more time than all the rest of the writing.
            return formula.removeprefix("=")

    return Plain


class Paper:
    """A workbook that is being written.

    Parameters
    ----------
    workbook : xlsxwriter.Workbook
    lang : {"vi", "en"}
    page_of_pages : str
        Foot of each printed page.
    """

    def __init__(self, workbook: Any, lang: str, page_of_pages: str) -> None:
        self.workbook = workbook
        self._lang, self._foot = lang, page_of_pages
        self._fields: dict[str, Any] = {}
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, title: str) -> Any:
        """Return a new sheet."""
        return self.workbook.add_worksheet(title, _sheet_class())

    def style(self, **wanted: Any) -> Any:
        """Return the format with these properties."""
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            usual = {"font_size": 10, "valign": "top", "text_wrap": True}
            self._made[key] = self.workbook.add_format({**usual, **wanted})
        return self._made[key]

    def head(self) -> Any:
        """Return the format of a header."""
        return self.style(bold=True, valign="vcenter", bg_color=HEAD, border=1, border_color="#B8C7C0")

    def field(self, kind: str, value: Value = None) -> Any:
        """Return the format of a cell to be filled in, as it suits the value that it holds."""
        shown = self._shown(kind, value)
        if shown not in self._fields:
            align = {} if shown in (TEXT, ANY) else {"align": "right", "indent": 1}
            self._fields[shown] = self.style(
                locked=False, num_format=shown, bg_color=INPUT, border=1, border_color="#E3DCC3", **align
            )
        return self._fields[shown]

    def computed(self, shown: str) -> Any:
        """Return the format of a locked cell with a formula."""
        return self.style(
            num_format=shown,
            bg_color=LOCKED_TINT,
            border=1,
            border_color="#D5DBE1",
            italic=True,
            align="right",
            indent=1,
        )

    def put(self, sheet: Any, row: int, column: int, value: str | float | date, style: Any) -> None:
        """Write a value; no text is ever a formula."""
        if isinstance(value, str):
            sheet.write_string(row, column, value, style)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, style)
        else:
            sheet.write_number(row, column, Exact(value), style)

    def fit(self, sheet: Any, row: int, texts: Iterable[tuple[str, float]]) -> None:
        """Make a row as high as its texts need, each in a column of some width; not every program does."""
        lines = max((_lines(text, width) for text, width in texts), default=1)
        if lines > 1:
            sheet.set_row(row, _LINE * min(lines, _MOST_LINES) + 3)

    def finish(self, sheet: Any, *, first_row: int, frozen_columns: int = 0, width: float = 0.0) -> None:
        """Hide the keys, keep the header in view, lock formulas, and make the sheet ready for paper.

        `width` is that of all columns, in characters.
        """
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.freeze_panes(first_row, frozen_columns)
        free = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort")
        sheet.protect("", dict.fromkeys((*free, "autofilter", "insert_hyperlinks"), True))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        pages = max(ceil(width / _WIDEST), 1)
        sheet.fit_to_pages(pages, 0)
        if pages > 1 and frozen_columns:  # what a row is about stands on each of its pages
            sheet.repeat_columns(0, frozen_columns - 1)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&A&R{self._foot}")
        if first_row > 1:
            sheet.repeat_rows(1, first_row - 1)

    def _shown(self, kind: str, value: Value) -> str:
        """Return the number format of a kind; a number that has decimals shows them."""
        if isinstance(value, str):
            return TEXT
        if isinstance(value, Share):
            return PERCENT
        if kind == "day":
            return _DAYS[self._lang]
        if kind in ("number", "band", "money") and isinstance(value, float):
            return WHOLE if value.is_integer() else DECIMALS
        return _BY_KIND.get(kind, ANY)

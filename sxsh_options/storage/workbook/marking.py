"""A person's own workbook with what is wrong in it: faulty cells coloured, a comment in each, and a list."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sxsh_options.errors import InputError, Message, Place, message
from sxsh_options.storage.faults import MAX_FAULTS
from sxsh_options.storage.results_table import Words
from sxsh_options.storage.workbook import schema
from sxsh_options.storage.workbook.layout import key_of
from sxsh_options.storage.workbook.package import Package

_AUTHOR = "SXSH Options"
_COLOUR = "FFC7CE"
_LETTERS = re.compile(r"[A-Z]{1,3}")
_LONGEST_TITLE = 31  # of a sheet
_COMMENT_WIDTH, _LINE, _LETTERS_A_LINE = 340, 20, 46


def marked_copy(data: bytes, faults: Iterable[Message], wording: Words) -> bytes:
    """Return a workbook with its faults marked, in the language of `wording`.

    Its first sheet lists them, each with a link to its cell; nothing is read from that sheet. What a program
    other than Excel cannot carry over, such as charts and macros, is not in the copy.

    Parameters
    ----------
    data : bytes
        As it was read.
    faults : iterable of Message
        As :func:`~sxsh_options.storage.workbook.read_workbook` found them.
    wording : Words

    Raises
    ------
    InputError
        ``workbook.cannot_mark``: the file can be read, but not written anew.
    """
    found = list(faults)[: MAX_FAULTS + 1]
    file = next((what.place.file for what in found if what.place and what.place.file), "")
    Package(data, file or "").check_declarations()
    try:
        return _marked(data, found, wording)
    except Exception:
        raise InputError(message("workbook.cannot_mark").at(file=file)) from None


def _marked(data: bytes, faults: list[Message], wording: Words) -> bytes:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    workbook = load_workbook(io.BytesIO(data))
    for sheet in list(workbook.worksheets):
        if sheet.cell(1, 1).value == key_of(schema.FAULTS, "-"):
            workbook.remove(sheet)
        else:
            _clear(sheet)
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for what in faults:
        place = what.place or Place()
        if place.sheet in workbook.sheetnames and (cell := _cell(place)) and place.column:
            said[str(place.sheet), cell].append(wording.word(what))
    for (sheet, cell), texts in said.items():
        _mark(workbook[sheet], cell, "\n".join(texts))
    _list(workbook, faults, wording)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _clear(sheet: Any) -> None:
    """Take away what an earlier marking left."""
    from openpyxl.styles import PatternFill  # type: ignore[import-untyped]

    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _cell(place: Place) -> str | None:
    """Return the address of a cell, or of the first one of a row."""
    letters = _LETTERS.match(place.column or "A")
    return f"{letters[0]}{place.row}" if letters and place.row else None


def _mark(sheet: Any, cell: str, text: str) -> None:
    from openpyxl.comments import Comment  # type: ignore[import-untyped]
    from openpyxl.styles import PatternFill

    block = next((block for block in sheet.merged_cells.ranges if cell in block), None)
    at = sheet[cell] if block is None else sheet.cell(block.min_row, block.min_col)
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in text.split("\n"))
    at.comment = Comment(text, _AUTHOR, height=_LINE * (lines + 1), width=_COMMENT_WIDTH)
    at.fill = PatternFill("solid", start_color=_COLOUR)


def _list(workbook: Any, faults: list[Message], wording: Words) -> None:
    """Add the sheet that lists the faults, in front of all others."""
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet = workbook.create_sheet(_free_title(workbook, wording.text("workbook.sheet.faults")), 0)
    sheet["A1"] = key_of(schema.FAULTS, "-")
    sheet.row_dimensions[1].hidden = True
    sheet["A2"] = wording.text("workbook.marked.title")
    sheet["A2"].font = Font(bold=True, size=14)
    sheet["A3"] = wording.text("workbook.marked.intro")
    heads = [wording.text(f"workbook.marked.{head}") for head in ("where", "row", "column", "what")]
    for column, (head, width) in enumerate(zip(heads, (28, 8, 34, 100), strict=True), 1):
        cell = sheet.cell(5, column, head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="E6F0EC")
        sheet.column_dimensions[cell.column_letter].width = width
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row, what in enumerate(faults, 6):
        place = what.place or Place()
        for column, value in enumerate((place.sheet, place.row, place.column, wording.word(what)), 1):
            cell = sheet.cell(row, column)
            cell.alignment = wrapped
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
        if place.sheet in workbook.sheetnames:
            quoted = str(place.sheet).replace("'", "''")
            link = sheet.cell(row, 1)
            link.hyperlink = f"#'{quoted}'!{_cell(place) or 'A1'}"
            link.font = Font(color="0B5394", underline="single")
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    workbook.active = 0
    for other in workbook.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _free_title(workbook: Any, title: str) -> str:
    """Return a title that no sheet has."""
    taken = {name.casefold() for name in workbook.sheetnames}
    number, free = 1, title
    while free.casefold() in taken:
        number += 1
        free = f"{title[: _LONGEST_TITLE - 4]} {number}"
    return free

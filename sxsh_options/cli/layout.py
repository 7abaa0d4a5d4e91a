"""Text laid out in columns of a terminal, whose letters may be wider or narrower than one cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

GAP = "  "

# Letters of Latin alphabets (Vietnamese among them) and usual marks: one cell each. The rest is looked up.
_NOT_SIMPLE = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2080-\u209c\u20a0-\u20bf]"
)
_LONGEST_WORD = 16  # cells; a longer word does not keep a column from shrinking


def width(text: str) -> int:
    """Return the cells that a text takes on a terminal."""
    return len(text) if _NOT_SIMPLE.search(text) is None else sum(map(_cells, text))


def _cells(character: str) -> int:
    """Return the cells of a character: none for combining marks and controls, two for wide letters."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def wrap(text: str, cells: int) -> list[str]:
    """Break a text at its blanks into lines of at most so many cells; a longer word is cut.

    Blanks that must not break (between a figure and its unit) hold.
    """
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        for piece in _pieces(word, cells):
            taken = width(piece)
            if line and used + 1 + taken <= cells:
                line, used = f"{line} {piece}", used + 1 + taken
            else:
                if line:
                    lines.append(line)
                line, used = piece, taken
    return [*lines, line]


def _pieces(word: str, cells: int) -> Iterator[str]:
    """Cut a word that is longer than a line."""
    while len(word) > 1 and width(word) > cells:
        end, used = 0, 0
        while end < len(word) and (end == 0 or used + _cells(word[end]) <= cells):
            used += _cells(word[end])
            end += 1
        yield word[:end]
        word = word[end:]
    yield word


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading and unit, one text a row, and on which side the texts stand."""

    heading: str
    cells: Sequence[str]
    unit: str = ""
    align: Literal["left", "right"] = "right"
    least: int = 0  # cells that it keeps, where its texts are that long


def table(columns: Sequence[Column], line_width: int) -> list[str]:
    """Return the lines of a table: heading, units, a rule, and the rows.

    Columns whose texts have blanks give way where the lines would be too long: their texts go over several
    lines, and nothing is left out. A table of figures alone may be wider than asked for.

    Parameters
    ----------
    columns : sequence of Column
        All of the same number of cells.
    line_width : int
        Cells of a line.
    """
    taken = [list(map(width, column.cells)) for column in columns]
    widths = [
        max(width(column.heading), width(column.unit), max(cells, default=0))
        for column, cells in zip(columns, taken, strict=True)
    ]
    gap, gaps = GAP, len(columns) - 1
    if sum(widths) + len(gap) * gaps > line_width:
        least = [_least(column, full) for column, full in zip(columns, widths, strict=True)]
        if sum(least) + len(gap) * gaps > line_width:
            gap = " "
        _shrink(widths, least, sum(widths) + len(gap) * gaps - line_width)
    sides = [column.align for column in columns]

    def line(cells: Sequence[str], cell_widths: Sequence[int]) -> str:
        placed = [
            f"{cell}{' ' * (full - own)}" if side == "left" else f"{' ' * (full - own)}{cell}"
            for cell, own, full, side in zip(cells, cell_widths, widths, sides, strict=True)
        ]
        return gap.join(placed).rstrip()

    def measured(cells: Sequence[str]) -> str:
        return line(cells, list(map(width, cells)))

    lines = [measured([c.heading for c in columns])]
    if any(c.unit for c in columns):
        lines.append(measured([c.unit for c in columns]))
    lines.append(gap.join("─" * cells for cells in widths))
    for cells, own in zip(
        zip(*(c.cells for c in columns), strict=True), zip(*taken, strict=True), strict=True
    ):
        if all(map(int.__le__, own, widths)):
            lines.append(line(cells, own))
            continue
        wrapped = [wrap(cell, full) for cell, full in zip(cells, widths, strict=True)]
        lines += [measured(part) for part in zip_longest(*wrapped, fillvalue="")]
    return lines


def _least(column: Column, full: int) -> int:
    """Return the cells that a column of `full` cells needs at least: its longest word, within reason."""
    words = {word for cell in column.cells for word in cell.split(" ")}
    longest = max(map(width, words), default=0)
    if column.align == "left":
        longest = min(longest, _LONGEST_WORD)
    return max(width(column.heading), width(column.unit), longest, min(column.least, full))


def _shrink(widths: list[int], least: Sequence[int], excess: int) -> None:
    """Take cells from the columns that have most to give, until the excess or what they have is used up."""
    spare = [full - needed for full, needed in zip(widths, least, strict=True)]
    for _ in range(min(max(excess, 0), sum(spare))):
        index = spare.index(max(spare))
        spare[index] -= 1
        widths[index] -= 1


def paragraph(text: str, line_width: int, indent: str = "", bullet: str = "") -> list[str]:
    """Return a text broken into lines; later lines stand under the first word after the bullet."""
    first, *rest = wrap(text, line_width - width(indent + bullet))
    hanging = indent + " " * width(bullet)
    return [f"{indent}{bullet}{first}".rstrip(), *(f"{hanging}{line}" for line in rest)]

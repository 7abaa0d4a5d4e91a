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


def table(columns: Sequence[Column], line_width: int, keys: int | None = None) -> list[str]:
    """Return the lines of a table: heading, units, a rule, and the rows.

    A heading takes two lines where that makes its column narrower. Columns whose texts have blanks give way
    where the lines would be too long: their texts go over several lines, and nothing is left out. A table
    of figures alone may be wider than asked for.

    Parameters
    ----------
    columns : sequence of Column
        All of the same number of cells.
    line_width : int
        Cells of a line.
    keys : int, optional
        Columns that do not fit even so go into a further table below, behind these many first columns
        again. By default there is one table, however wide.
    """
    taken = [list(map(width, column.cells)) for column in columns]
    widths = [
        max(_heading_width(column.heading), width(column.unit), max(cells, default=0))
        for column, cells in zip(columns, taken, strict=True)
    ]
    every = list(range(len(columns)))
    if _total(widths, GAP) <= line_width:
        return _lines(columns, taken, widths, GAP)
    least = [_least(column, full) for column, full in zip(columns, widths, strict=True)]
    parts = [every]
    if keys is not None:
        parts = [every[:keys]]
        for index in every[keys:]:
            part = parts[-1]
            if len(part) > keys and _total([least[i] for i in (*part, index)], " ") > line_width:
                parts.append(every[:keys])
            parts[-1].append(index)
    lines: list[str] = []
    for part in parts:
        full, needed = [widths[i] for i in part], [least[i] for i in part]
        gap = GAP if _total(needed, GAP) <= line_width else " "
        _shrink(full, needed, _total(full, gap) - line_width)
        apart = [""] if lines else []
        lines += [*apart, *_lines([columns[i] for i in part], [taken[i] for i in part], full, gap)]
    return lines


def _lines(
    columns: Sequence[Column], taken: Sequence[Sequence[int]], widths: Sequence[int], gap: str
) -> list[str]:
    """Return the lines of columns of these widths; `taken` are the cells of each text."""
    sides = [column.align for column in columns]

    def line(cells: Sequence[str], cell_widths: Sequence[int]) -> str:
        placed = [
            f"{cell}{' ' * (full - own)}" if side == "left" else f"{' ' * (full - own)}{cell}"
            for cell, own, full, side in zip(cells, cell_widths, widths, sides, strict=True)
        ]
        return gap.join(placed).rstrip()

    def stacked(texts: Sequence[Sequence[str]]) -> list[str]:
        return [line(cells, list(map(width, cells))) for cells in zip_longest(*texts, fillvalue="")]

    lines = stacked([_head(column, full) for column, full in zip(columns, widths, strict=True)])
    lines.append(gap.join("─" * cells for cells in widths))
    for cells, own in zip(
        zip(*(c.cells for c in columns), strict=True), zip(*taken, strict=True), strict=True
    ):
        if all(map(int.__le__, own, widths)):
            lines.append(line(cells, own))
        else:
            lines += stacked([wrap(cell, full) for cell, full in zip(cells, widths, strict=True)])
    return lines


def _total(widths: Sequence[int], gap: str) -> int:
    return sum(widths) + len(gap) * (len(widths) - 1)


def _heading_width(heading: str) -> int:
    """Return the least cells in which a heading takes no more than two lines."""
    words = heading.split(" ")
    return min(
        max(width(" ".join(words[:end])), width(" ".join(words[end:]))) for end in range(1, len(words) + 1)
    )


def _head(column: Column, cells: int) -> list[str]:
    """Return heading and unit in lines of so many cells; a unit breaks before its stroke."""
    unit = column.unit if width(column.unit) <= cells else column.unit.replace("/", " /")
    return [*wrap(column.heading, cells), *(wrap(unit, cells) if unit else [])]


def _least(column: Column, full: int) -> int:
    """Return the cells that a column of `full` cells needs at least: its longest word, within reason."""
    words = {word for cell in column.cells for word in cell.split(" ")}
    longest = max(map(width, words), default=0)
    if column.align == "left":
        longest = min(longest, _LONGEST_WORD)
    unit, *per = column.unit.split("/")
    head = [*column.heading.split(" "), unit, *(f"/{part}" for part in per)]
    return max(*map(width, head), longest, min(column.least, full))


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

"""Cells of a workbook, read as a stream: values, what they look like, formulas, merged cells.

Our own reading of SpreadsheetML, for three reasons: it sees a formula and its last value in one pass, it
keeps no more than the cells that hold something, and it never expands an entity.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from math import isfinite
from typing import Any, Literal, NamedTuple
from xml.parsers import expat

from sxsh_options.errors import Message, message
from sxsh_options.storage.workbook.package import Package

Look = Literal["plain", "percent", "day"]
OURS = "sxsh_"  # what every name begins with that our formulas use

MAX_CELLS = 500_000  # that hold something, in all sheets; 5,000 options with all details have about 230,000
MAX_ELEMENTS = 2_000_000  # of all parts, empty ones too: what cells and rows are written as
MAX_COLUMN = 1_000  # further to the right nothing is read
_MOST_MERGED = 2_000  # of one sheet; further ones are taken for cells that hold nothing

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_A_LOOK = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PERCENT_FORMATS = {9, 10}
_DAY_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


class Cell(NamedTuple):
    """What a cell holds.

    Attributes
    ----------
    value : float, str, bool or None
        ``None``: a formula without a value.
    look : {"plain", "percent", "day"}
        How a number is shown.
    formula : {"ours", "other"} or None
        Whether the value is that of a formula: of one that this program wrote, or of another.
    is_error : bool
        Whether the value is an error such as ``#DIV/0!``.
    """

    value: float | str | bool | None
    look: Look = "plain"
    formula: Literal["ours", "other"] | None = None
    is_error: bool = False


class Merged(NamedTuple):
    """A block of merged cells, by its first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet: cells by row and column, both counted from 1."""

    title: str
    hidden: bool
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """A workbook's sheets, and whether its days are counted from 1904."""

    sheets: list[Sheet]
    from_1904: bool


def letters(column: int) -> str:
    """Return the letters of a column: 28 is AB."""
    written = ""
    while column:
        column, rest = divmod(column - 1, 26)
        written = chr(ord("A") + rest) + written
    return written


@cache
def number_of(written: str) -> int:
    """Return the number of a column from its letters."""
    number = 0
    for letter in written:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass(slots=True)
class _Room:
    """How much may still come."""

    cells: int = MAX_CELLS
    elements: int = MAX_ELEMENTS


def read_book(package: Package) -> Book:
    """Return the cells of all sheets.

    Raises
    ------
    InputError
        ``workbook.damaged``, ``workbook.has_declarations``, ``workbook.too_many_cells``,
        ``workbook.too_many_elements``, and as
        :meth:`Package.pieces`.
    """
    room = _Room()
    home = _workbook_part(package, room)
    index = _Index()
    _parse(package, home, room, index.start)
    parts = _relations(package, home, room)
    styles = _Styles()
    texts = _Texts()
    for kind, part in parts.values():
        if part in package and kind == "styles":
            _parse(package, part, room, styles.start)
        elif part in package and kind == "sharedStrings":
            _parse(package, part, room, texts.start, texts.end, texts.text)
    looks = styles.looks()
    found = []
    for title, state, relation in index.sheets:
        kind, part = parts.get(relation, ("", ""))
        if kind != "worksheet":
            continue
        sheet = Sheet(title, hidden=state != "visible")
        reader = _Cells(sheet, texts.found, looks, room)
        _parse(package, part, room, reader.start, reader.end, reader.text, title)
        found.append(sheet)
    if not found:
        raise package.refused(message("workbook.damaged"))
    return Book(found, index.from_1904)


# The parts


class _StopError(Exception):
    """Reading cannot go on; says why."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.code)
        self.what = what


def _parse(
    package: Package,
    part: str,
    room: _Room,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    sheet: str | None = None,
) -> None:
    """Parse a part; names of elements come without their prefix."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: Any) -> None:
        raise _StopError(message("workbook.has_declarations"))

    parser.StartDoctypeDeclHandler = refuse

    def started(name: str, attributes: dict[str, str]) -> None:
        room.elements -= 1
        if room.elements < 0:
            raise _StopError(message("workbook.too_many_elements"))
        start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def ended(name: str) -> None:
        if end is not None:
            end(name.rpartition(":")[2] if ":" in name else name)

    parser.StartElementHandler = started
    if end is not None:
        parser.EndElementHandler = ended
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for piece in package.pieces(part, sheet):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise package.refused(message("workbook.damaged"), sheet) from None
    except _StopError as stop:
        raise package.refused(stop.what, sheet) from None


def _workbook_part(package: Package, room: _Room) -> str:
    """Return the part that lists the sheets."""
    main = _relations(package, "", room)
    return next((part for kind, part in main.values() if kind == "officeDocument"), "xl/workbook.xml")


def _relations(package: Package, part: str, room: _Room) -> dict[str, tuple[str, str]]:
    """Return what a part points at: by the id of the relation, its kind and the part."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = kind, posixpath.normpath(whole)

    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations in package:
        _parse(package, relations, room, start)
    return found


class _Index:
    """The list of sheets: title, state, id of the relation."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.from_1904 = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))
        elif element == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


class _Styles:
    """How each style shows a number."""

    def __init__(self) -> None:
        self._formats: dict[int, str] = {}
        self._used: list[int] = []
        self._in_cells = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "numFmt":
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif element in ("cellXfs", "cellStyleXfs", "dxfs", "cellStyles"):
            self._in_cells = element == "cellXfs"
        elif element == "xf" and self._in_cells:
            self._used.append(int(attributes.get("numFmtId", "0")))

    def looks(self) -> list[Look]:
        """Return the look of each style of cells."""
        return [self._look(number) for number in self._used]

    def _look(self, number: int) -> Look:
        if number in self._formats:
            shown = _NOT_A_LOOK.sub("", self._formats[number]).casefold()
            if "%" in shown:
                return "percent"
            return "day" if shown != "general" and re.search(r"[dmyhs]", shown) else "plain"
        if number in _PERCENT_FORMATS:
            return "percent"
        return "day" if number in _DAY_FORMATS else "plain"


class _Texts:
    """The texts that cells share."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._in_text = False
        self._aside = False  # how the characters are pronounced

    def start(self, element: str, _: dict[str, str]) -> None:
        if element == "si":
            self._parts.clear()
        elif element == "rPh":
            self._aside = True
        elif element == "t":
            self._in_text = not self._aside

    def end(self, element: str) -> None:
        if element == "t":
            self._in_text = False
        elif element == "rPh":
            self._aside = False
        elif element == "si":
            self.found.append(_unescaped("".join(self._parts)))

    def text(self, piece: str) -> None:
        if self._in_text:
            self._parts.append(piece)


class _Cells:
    """One sheet's cells on their way in."""

    def __init__(self, sheet: Sheet, texts: list[str], looks: list[Look], room: _Room) -> None:
        self._sheet, self._texts, self._looks, self._room = sheet, texts, looks, room
        self._row = self._column = 0
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []  # of the value
        self._formula: list[str] | None = None
        self._shared = ""
        self._formulas: dict[str, str] = {}  # that several cells share
        self._into: list[str] | None = None
        self._aside = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "c":
            self._start_cell(attributes)
        elif element in ("v", "t"):
            self._into = None if self._aside else self._pieces
        elif element == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif element == "f":
            self._shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""
            self._formula = []
            self._into = self._formula
        elif element == "rPh":
            self._aside = True
        elif element == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def text(self, piece: str) -> None:
        if self._into is not None:
            self._into.append(piece)

    def end(self, element: str) -> None:
        if element in ("v", "t", "f"):
            self._into = None
        elif element == "rPh":
            self._aside = False
        elif element == "c" and (self._pieces or self._formula is not None):
            self._end_cell()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column += 1
        if reference is not None and (found := _REFERENCE.fullmatch(reference)):
            self._column, self._row = number_of(found[1]), int(found[2])
        self._attributes = attributes
        self._pieces = []
        self._formula = None
        self._shared = ""

    def _end_cell(self) -> None:
        if self._column > MAX_COLUMN:
            return
        formula: Literal["ours", "other"] | None = None
        if self._formula is not None:
            written = "".join(self._formula) or self._formulas.get(self._shared, "")
            if self._shared:
                self._formulas.setdefault(self._shared, written)
            formula = "ours" if OURS in written else "other"
        kind = self._attributes.get("t", "n")
        value = self._value(kind, "".join(self._pieces))
        if value is None and formula is None:
            return
        self._room.cells -= 1
        if self._room.cells < 0:
            raise _StopError(message("workbook.too_many_cells", limit=MAX_CELLS))
        look: Look = "plain"
        if isinstance(value, float):
            style = int(self._attributes.get("s", "0"))
            look = self._looks[style] if style < len(self._looks) else "plain"
        self._sheet.rows.setdefault(self._row, {})[self._column] = Cell(value, look, formula, kind == "e")

    def _value(self, kind: str, written: str) -> float | str | bool | None:
        match kind:
            case "s":
                return self._texts[int(written)] or None
            case "b":
                return written.strip() in ("1", "true")
            case "e":
                return written
            case "n":
                number = float(written) if written.strip() else None
                return number if number is None or isfinite(number) else written
            case _:  # a text in the cell, a formula's text, a day in ISO 8601
                return _unescaped(written) or None

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, other = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if one and other and len(self._sheet.merged) < _MOST_MERGED:
            corners = (int(one[2]), number_of(one[1]), int(other[2]), number_of(other[1]))
            self._sheet.merged.append(Merged(*corners))


def _unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold, which are written as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text

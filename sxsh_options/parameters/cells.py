"""Cells of the tables under ``data/``: typed reading that notes every fault and goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, TypeVar

from sxsh_options import units
from sxsh_options.errors import DataFileError, Message, UnitError, message
from sxsh_options.parameters.store import Text
from sxsh_options.parameters.tables import read_table

Row = TypeVar("Row")


class Band(NamedTuple):
    """A figure that is known as low, typical and high."""

    low: float
    typical: float
    high: float


class Cells:
    """Typed reading of one row; every fault is noted with its column and reading goes on."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.faults: list[Message] = []

    def _fault(self, column: str, expected: str) -> None:
        fault = message("data_file.wrong_cell", value=self._cells[column], expected=expected)
        self.faults.append(fault.at(column=column))

    def text(self, column: str, *, required: bool = True) -> str:
        """Read a text."""
        if required and not self._cells[column]:
            self._fault(column, "text")
        return self._cells[column]

    def choice(self, column: str, allowed: tuple[str, ...], *, otherwise: str | None = None) -> str:
        """Read one of several words; what is not one comes back as it is, or as `otherwise`."""
        if self._cells[column] in allowed:
            return self._cells[column]
        self._fault(column, " | ".join(allowed))
        return self._cells[column] if otherwise is None else otherwise

    def number(self, column: str) -> Fraction:
        """Read a non-negative decimal number, exactly."""
        try:
            number = Fraction(self._cells[column])
        except (ValueError, ZeroDivisionError):
            number = Fraction(-1)
        if number < 0:
            self._fault(column, "number >= 0")
        return number

    def signed(self, column: str) -> Fraction:
        """Read a decimal number of either sign, exactly."""
        try:
            return Fraction(self._cells[column])
        except (ValueError, ZeroDivisionError):
            self._fault(column, "number")
            return Fraction(0)

    def optional(self, column: str) -> Fraction | None:
        """Read a non-negative number, or nothing."""
        return self.number(column) if self._cells[column] else None

    def several(self, column: str) -> tuple[str, ...]:
        """Read texts separated by ``|``; none where the cell is empty."""
        return tuple(filter(None, self._cells[column].split("|")))

    def band(self, low: str, typical: str, high: str, *, signed: bool = False) -> Band:
        """Read three numbers that must not fall."""
        read = self.signed if signed else self.number
        ends = read(low), read(typical), read(high)
        if not ends[0] <= ends[1] <= ends[2]:
            self._fault(typical, f"{low} <= {typical} <= {high}")
        return Band(*map(float, ends))

    def positive(self, column: str) -> Fraction:
        """Read a decimal number above zero, exactly."""
        number = self.number(column)
        if number == 0:
            self._fault(column, "number > 0")
        return number

    def number_range(self, low: str, high: str) -> tuple[Fraction, Fraction] | None:
        """Read two rising numbers, or nothing where both cells are empty."""
        if not self._cells[low] and not self._cells[high]:
            return None
        ends = self.number(low), self.number(high)
        if ends[0] >= ends[1]:
            self._fault(high, f"> {low}")
        return ends

    def unit(self, column: str) -> str:
        """Read a unit by its canonical name."""
        try:
            if units.canonical(self._cells[column]) == self._cells[column]:
                return self._cells[column]
        except UnitError:
            pass
        self._fault(column, ", ".join(units.known()))
        return self._cells[column]

    def note(self, *, required: bool) -> Text | None:
        """Read the columns ``note_vi`` and ``note_en``: both or none."""
        texts = {"vi": self._cells["note_vi"], "en": self._cells["note_en"]}
        for language, text in texts.items():
            if not text and (required or any(texts.values())):
                self._fault(f"note_{language}", "text")
        return texts if any(texts.values()) else None


def read_rows(
    path: Path,
    columns: tuple[str, ...],
    build: Callable[[Cells], Row],
    faults: list[Message],
    *,
    unique: bool = True,
) -> dict[str, Row]:
    """Return the rows of one table by the id in their first column; what is wrong goes to `faults`.

    Rows of a table whose first column is no id (`unique` is False) go by their number.
    """
    try:
        rows = read_table(path, columns)
    except DataFileError as error:
        faults += error.messages
        return {}
    built: dict[str, Row] = {}
    for number, row in enumerate(rows, start=2):
        cells = Cells(row)
        key = cells.text(columns[0]) if unique else str(number)
        if key in built:
            cells.faults.append(message("data_file.duplicate_id", id=key).at(column=columns[0]))
        built[key] = build(cells)
        faults += [fault.at(file=path.name, row=number) for fault in cells.faults]
    return built

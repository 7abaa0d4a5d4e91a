"""Prices that were seen somewhere once (``data/price_observations.csv``): to compare with, never a default.

A price that counts where nothing is entered is a parameter; one of another place or of no certain day is
here. A row without a value says that nothing was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from sxsh_options.errors import DataFileError, Message, message
from sxsh_options.parameters import DATA_FOLDER, EVIDENCE, Cells, Text, read_rows
from sxsh_options.resources import catalogue

Tax = Literal["none", "not_stated", "vat_included"]

_FILE = "price_observations.csv"
_COLUMNS = (
    "price_id", "resource", "item_vi", "item_en", "value", "unit_vi", "unit_en", "valid_from", "valid_until",
    "period_vi", "period_en", "place_vi", "place_en", "tax", "note_vi", "note_en", "source", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Validity:
    """From when until when something held; ``None`` where that end is not known."""

    first: date | None
    last: date | None

    def holds_on(self, day: date) -> bool:
        """Whether a day lies within."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class ObservedPrice:
    """One price as it was printed.

    Attributes
    ----------
    resource : str
        Id of what it is a price of; empty for a rate of interest.
    value : float or None
        In `unit`; ``None`` where none was found, and then `evidence` is empty.
    period : Text or None
        When, in words, where the source gives no day.
    tax : str
        ``vat_included``, ``not_stated``, or ``none`` where no tax is in question.
    """

    price_id: str
    resource: str
    item: Text
    value: float | None
    unit: Text
    valid: Validity
    period: Text | None
    place: Text
    tax: str
    note: Text | None
    source: str
    evidence: str


@cache
def observed_prices() -> tuple[ObservedPrice, ...]:
    """Return the observations that ship."""
    return load(DATA_FOLDER)


def load(folder: Path) -> tuple[ObservedPrice, ...]:
    """Read and check ``price_observations.csv``.

    Raises
    ------
    DataFileError
        One message for every fault, with file, row and column.
    """
    faults: list[Message] = []
    rows = read_rows(folder / _FILE, _COLUMNS, _observed, faults)
    if faults:
        raise DataFileError(faults)
    return tuple(rows.values())


def texts(cells: Cells, name: str, *, required: bool = True) -> Text:
    """Read the two columns of a text, both or (where it is not required) none."""
    given = [bool(cells.text(f"{name}_{lang}", required=False)) for lang in ("vi", "en")]
    return {lang: cells.text(f"{name}_{lang}", required=required or any(given)) for lang in ("vi", "en")}


def validity(cells: Cells) -> Validity:
    """Read the columns ``valid_from`` and ``valid_until``."""
    first, last = _day(cells, "valid_from"), _day(cells, "valid_until")
    if first is not None and last is not None and last < first:
        fault = message("data_file.wrong_cell", value=last.isoformat(), expected=">= valid_from")
        cells.faults.append(fault.at(column="valid_until"))
    return Validity(first, last)


def _day(cells: Cells, column: str) -> date | None:
    written = cells.text(column, required=False)
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        fault = message("data_file.wrong_cell", value=written, expected="YYYY-MM-DD")
        cells.faults.append(fault.at(column=column))
        return None


def _observed(cells: Cells) -> ObservedPrice:
    value = cells.optional("value")
    evidence = cells.choice("evidence", EVIDENCE if value is not None else ("",))
    resource = cells.text("resource", required=False)
    if resource and resource not in catalogue.resources():
        cells.faults.append(message("data_file.unknown_reference", value=resource).at(column="resource"))
    period = texts(cells, "period", required=False)
    return ObservedPrice(
        price_id=cells.text("price_id"),
        resource=resource,
        item=texts(cells, "item"),
        value=None if value is None else float(value),
        unit=texts(cells, "unit"),
        valid=validity(cells),
        period=period if any(period.values()) else None,
        place=texts(cells, "place"),
        tax=cells.choice("tax", get_args(Tax)),
        note=cells.note(required=value is None or evidence != "read"),
        source=cells.text("source", required=value is not None),
        evidence=evidence,
    )

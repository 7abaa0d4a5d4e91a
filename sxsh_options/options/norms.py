"""Norms and surveys of specific consumption (``data/norms.csv``): by sector, product and period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from sxsh_options.errors import DataFileError, Message, message
from sxsh_options.options.tables import EVERYWHERE, option_catalogue
from sxsh_options.parameters import DATA_FOLDER, EVIDENCE, Cells, Text, read_rows
from sxsh_options.resources.observed_prices import Validity, texts, validity

NormKind = Literal[
    "legal_max", "legal_min", "legal_rule", "legal_values_not_found", "legal_not_issued", "survey",
    "guideline", "measurement", "vendor", "study",
]  # fmt: skip

_FILE = "norms.csv"
_COLUMNS = (
    "norm_id", "sectors", "product_vi", "product_en", "metric_vi", "metric_en", "unit_vi", "unit_en", "low",
    "typical", "high", "kind", "valid_from", "valid_until", "note_vi", "note_en", "source", "evidence",
)  # fmt: skip
# Kinds that may state no figure, and those of which one certain figure is the norm.
_WITHOUT_FIGURE = ("legal_rule", "legal_values_not_found", "legal_not_issued")
_FIGURE_OF = {"legal_max": "high", "legal_min": "low"}


@dataclass(frozen=True, slots=True)
class Norm:
    """What one unit of a product takes, by law or as others found it.

    Attributes
    ----------
    sectors : tuple of str
        Ids of ``sectors.csv``, or ``all``.
    metric : Text
        What is measured: energy, water, COD …
    low, typical, high : float or None
        In `unit`: the best, the usual, the worst or the limit; ``None`` where none is known.
    kind : str
        A limit of law (``legal_…``), or what a survey, a guideline, a measurement … gives.
    valid : Validity
        Of a legal norm.
    """

    norm_id: str
    sectors: tuple[str, ...]
    product: Text
    metric: Text
    unit: Text
    low: float | None
    typical: float | None
    high: float | None
    kind: str
    valid: Validity
    note: Text | None
    source: str
    evidence: str


@cache
def norms() -> tuple[Norm, ...]:
    """Return the norms that ship."""
    return load(DATA_FOLDER)


def norms_for(sector: str, as_of: date) -> tuple[Norm, ...]:
    """Return the norms of a sector, and of all sectors, that hold on a day; those of law come first.

    Parameters
    ----------
    sector : str
        Id of a sector.
    as_of : date
        Norms that had ended by then, or begin later, are left out.
    """
    found = (
        norm for norm in norms() if {sector, EVERYWHERE} & set(norm.sectors) and norm.valid.holds_on(as_of)
    )
    return tuple(sorted(found, key=lambda norm: not norm.kind.startswith("legal")))


def load(folder: Path) -> tuple[Norm, ...]:
    """Read and check ``norms.csv``.

    Raises
    ------
    DataFileError
        One message for every fault, with file, row and column.
    """
    faults: list[Message] = []
    rows = read_rows(folder / _FILE, _COLUMNS, _norm, faults)
    if faults:
        raise DataFileError(faults)
    return tuple(rows.values())


def _norm(cells: Cells) -> Norm:
    kind = cells.choice("kind", get_args(NormKind))
    low, typical, high = (_figure(cells, name) for name in ("low", "typical", "high"))
    known = [figure for figure in (low, typical, high) if figure is not None]
    if known != sorted(known):
        _wrong(cells, "typical", "low <= typical <= high")
    if not known and kind not in _WITHOUT_FIGURE:
        _wrong(cells, "typical", "number >= 0")
    if kind in _FIGURE_OF:
        cells.number(_FIGURE_OF[kind])
    sectors = cells.several("sectors")
    for sector in sectors or ("",):
        if sector not in (*option_catalogue().sectors, EVERYWHERE):
            cells.faults.append(message("data_file.unknown_reference", value=sector).at(column="sectors"))
    evidence = cells.choice("evidence", EVIDENCE)
    return Norm(
        norm_id=cells.text("norm_id"),
        sectors=sectors,
        product=texts(cells, "product"),
        metric=texts(cells, "metric"),
        unit=texts(cells, "unit", required=bool(known)),
        low=low,
        typical=typical,
        high=high,
        kind=kind,
        valid=validity(cells),
        note=cells.note(required=not known),
        source=cells.text("source", required=not evidence.startswith("unverified")),
        evidence=evidence,
    )


def _figure(cells: Cells, column: str) -> float | None:
    number = cells.optional(column)
    return None if number is None else float(number)


def _wrong(cells: Cells, column: str, expected: str) -> None:
    value = cells.text(column, required=False)
    cells.faults.append(message("data_file.wrong_cell", value=value, expected=expected).at(column=column))

"""Audited recommendations condensed to quantiles: where a payback stands among real measures.

``data/audits/payback_quantiles.csv`` is explained in ``docs/cases.md``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from sxsh_options.errors import DataFileError, Message, message
from sxsh_options.parameters import DATA_FOLDER, Cells, read_rows
from sxsh_options.resources import catalogue

_FILE = "payback_quantiles.csv"
_STEPS = 100
_QUANTILES = tuple(f"p{percent}" for percent in range(_STEPS + 1))
_COLUMNS = ("resource", "also_for", "code", "class", "n", "implemented_share", *_QUANTILES)


@dataclass(frozen=True, slots=True)
class AuditedMeasures:
    """Simple paybacks of audited measures that save one resource first of all.

    Attributes
    ----------
    also_for : tuple of str
        Further resources of the catalogue that the same measures stand for.
    code, measure_class : str
        How the audits' own database calls the resource and the class of measures.
    n : int
    implemented_share : float
        Of those whose fate is known.
    quantiles : tuple of float
        Payback in years at each whole percent, 0 to 100.
    """

    resource: str
    also_for: tuple[str, ...]
    code: str
    measure_class: str
    n: int
    implemented_share: float
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a payback stands: how many measures there are, and the share of them that pay back later."""

    resource: str
    n: int
    share_longer: float
    median_years: float
    implemented_share: float


@cache
def audited_measures() -> Mapping[str, AuditedMeasures]:
    """Return the measures by each resource that they stand for."""
    return load(DATA_FOLDER / "audits")


def load(folder: Path) -> Mapping[str, AuditedMeasures]:
    """Read and check ``payback_quantiles.csv``.

    Raises
    ------
    DataFileError
        One message for every fault, with file, row and column.
    """
    faults: list[Message] = []
    rows = read_rows(folder / _FILE, _COLUMNS, _measures, faults)
    found: dict[str, AuditedMeasures] = {}
    for row, measures in enumerate(rows.values(), start=2):
        for resource in (measures.resource, *measures.also_for):
            if resource not in catalogue.resources():
                unknown = message("data_file.unknown_reference", value=resource)
                faults.append(unknown.at(file=_FILE, row=row, column="also_for"))
            found[resource] = measures
        falls = [p for p, (one, next_) in enumerate(pairwise(measures.quantiles)) if next_ < one]
        faults += [
            message("data_file.wrong_cell", value=f"p{p + 1}", expected=f">= p{p}").at(
                file=_FILE, row=row, column=f"p{p + 1}"
            )
            for p in falls
        ]
    if faults:
        raise DataFileError(faults)
    return MappingProxyType(found)


def shorter_than(resource: str, payback_years: float) -> Standing | None:
    """Return where a payback stands among the measures on a resource; ``None`` where none are known.

    Between two whole percents the share is interpolated; measures with the very same payback are not longer.
    """
    measures = audited_measures().get(resource)
    if measures is None or not payback_years >= 0:
        return None
    quantiles = measures.quantiles
    above = bisect_right(quantiles, payback_years)  # the first quantile that is longer
    if above == 0:
        reached = 0.0
    elif above > _STEPS:
        reached = float(_STEPS)
    else:
        low, high = quantiles[above - 1], quantiles[above]
        reached = above - 1 + (payback_years - low) / (high - low)
    return Standing(
        resource=measures.resource,
        n=measures.n,
        share_longer=1 - reached / _STEPS,
        median_years=quantiles[_STEPS // 2],
        implemented_share=measures.implemented_share,
    )


def _measures(cells: Cells) -> AuditedMeasures:
    share = float(cells.number("implemented_share"))
    return AuditedMeasures(
        resource=cells.text("resource"),
        also_for=cells.several("also_for"),
        code=cells.text("code"),
        measure_class=cells.text("class"),
        n=int(cells.positive("n")),
        implemented_share=share,
        quantiles=tuple(float(cells.number(name)) for name in _QUANTILES),
    )

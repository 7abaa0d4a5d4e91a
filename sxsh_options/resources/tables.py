"""The tables of resources, fuels and greenhouse gases: what a row is, and how it is read and checked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from sxsh_options.errors import DataFileError, Message, message
from sxsh_options.parameters import EVIDENCE, Cells, Text, default_parameters, read_rows

KINDS = (
    "electricity",
    "fuel",
    "heat",
    "water",
    "wastewater",
    "pollutant",
    "refrigerant",
    "material",
    "chemical",
    "waste",
)
SCOPES = ("1", "2", "other", "none")
GAS_SETS = ("AR4", "AR5", "AR6")

_RESOURCE_COLUMNS = (
    "resource_id", "name_vi", "name_en", "kind", "unit", "scope", "factor", "toe", "price", "bought",
    "aliases", "price_low", "price_high", "price_range_evidence", "evidence", "note_vi", "note_en",
)  # fmt: skip
_FUEL_COLUMNS = (
    "fuel_id", "ncv_gj_per_t", "ncv_low", "ncv_high", "co2_kg_per_tj", "ch4_kg_per_tj", "n2o_kg_per_tj",
    "biogenic", "density", "density_unit", "source", "evidence", "note_vi", "note_en",
)  # fmt: skip
_GAS_COLUMNS = ("substance", "ar4", "ar5", "ar6", "evidence_ar4", "evidence_ar5", "evidence_ar6", "source")


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource, pollutant or waste.

    Attributes
    ----------
    unit : str
        The canonical unit, in which quantities are summed and factors are given.
    scope : str
        Where its emissions count: ``"1"``, ``"2"``, ``"other"`` (shown, never summed in) or ``"none"``.
    factor_kind, factor_key : str
        Where its emission factor comes from: ``grid``, ``fuel`` + fuel id, ``gwp`` + substance,
        ``parameter`` + parameter id, or ``none``.
    toe : str
        A parameter id, ``"ncv"`` (from the calorific value) or ``"none"``.
    price_parameter : str
        Parameter of the default price, or empty.
    bought : bool
        Saving it saves money only at a price, so a price is needed.
    plausible_price_low_vnd, plausible_price_high_vnd : float or None
        Plausible net price per canonical unit; our judgement, a reason to ask and no limit.
    evidence : str
        How well the link between this resource and its factor is known.
    """

    resource_id: str
    name_vi: str
    name_en: str
    kind: str
    unit: str
    scope: str
    factor_kind: str
    factor_key: str
    toe: str
    price_parameter: str
    bought: bool
    aliases: tuple[str, ...]
    plausible_price_low_vnd: float | None
    plausible_price_high_vnd: float | None
    evidence: str
    note: Text | None


@dataclass(frozen=True, slots=True)
class Fuel:
    """Properties of a fuel, kept as exact fractions.

    Attributes
    ----------
    ncv_gj_per_t : Fraction
        Net calorific value; `ncv_range` is its low and high end, where they are known.
    density_kg : Fraction or None
        Mass in kg of one `density_per` (``"l"`` or ``"nm3"``).
    """

    fuel_id: str
    ncv_gj_per_t: Fraction
    ncv_range: tuple[Fraction, Fraction] | None
    co2_kg_per_tj: Fraction
    ch4_kg_per_tj: Fraction
    n2o_kg_per_tj: Fraction
    biogenic: bool
    density_kg: Fraction | None
    density_per: str
    source: str
    evidence: str
    note: Text | None


@dataclass(frozen=True, slots=True)
class Gas:
    """Global warming potential over 100 years by assessment report, with the evidence of each."""

    substance: str
    gwp: Mapping[str, Fraction]
    evidence: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The three tables, and the resource ids by normalised spelling."""

    resources: Mapping[str, Resource]
    fuels: Mapping[str, Fuel]
    gases: Mapping[str, Gas]
    spellings: Mapping[str, str]


def spelling(name: str) -> str:
    """Return the form in which names are compared: letters and digits only, without accents or case."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    return "".join(c for c in decomposed if c.isalnum())


def load(folder: Path) -> Catalogue:
    """Read and check ``resources.csv``, ``fuels.csv`` and ``gwp.csv``.

    Raises
    ------
    DataFileError
        One message for every fault of the three tables, with file, row and column.
    """
    faults: list[Message] = []
    fuels_read = read_rows(folder / "fuels.csv", _FUEL_COLUMNS, _fuel, faults)
    gases_read = read_rows(folder / "gwp.csv", _GAS_COLUMNS, _gas, faults)
    resources_read = read_rows(folder / "resources.csv", _RESOURCE_COLUMNS, _resource, faults)
    spellings: dict[str, str] = {}
    for row, resource in enumerate(resources_read.values(), start=2):
        dangling = _dangling(resource, fuels_read, gases_read)
        faults.extend(fault.at(file="resources.csv", row=row) for fault in dangling)
        for written in (resource.resource_id, resource.name_vi, resource.name_en, *resource.aliases):
            first = spellings.setdefault(spelling(written), resource.resource_id)
            if first != resource.resource_id:
                fault = message(
                    "data_file.alias_twice", alias=written, first=first, second=resource.resource_id
                )
                faults.append(fault.at(file="resources.csv", row=row, column="aliases"))
    if faults:
        raise DataFileError(faults)
    return Catalogue(
        MappingProxyType(resources_read),
        MappingProxyType(fuels_read),
        MappingProxyType(gases_read),
        spellings,
    )


def _fuel(cells: Cells) -> Fuel:
    density_unit = cells.choice("density_unit", ("", "kg/l", "kg/nm3"))
    evidence = cells.choice("evidence", EVIDENCE)
    return Fuel(
        fuel_id=cells.text("fuel_id"),
        ncv_gj_per_t=cells.positive("ncv_gj_per_t"),
        ncv_range=cells.number_range("ncv_low", "ncv_high"),
        co2_kg_per_tj=cells.number("co2_kg_per_tj"),
        ch4_kg_per_tj=cells.number("ch4_kg_per_tj"),
        n2o_kg_per_tj=cells.number("n2o_kg_per_tj"),
        biogenic=cells.choice("biogenic", ("0", "1")) == "1",
        density_kg=cells.positive("density") if density_unit else None,
        density_per=density_unit.removeprefix("kg/"),
        source=cells.text("source"),
        evidence=evidence,
        note=cells.note(required=evidence != "read"),
    )


def _gas(cells: Cells) -> Gas:
    return Gas(
        substance=cells.text("substance"),
        gwp={name: cells.number(name.lower()) for name in GAS_SETS},
        evidence={name: cells.choice(f"evidence_{name.lower()}", EVIDENCE) for name in GAS_SETS},
        source=cells.text("source"),
    )


def _resource(cells: Cells) -> Resource:
    factor_kind, _, factor_key = cells.text("factor").partition(":")
    price_range = cells.number_range("price_low", "price_high")
    cells.choice("price_range_evidence", ("judgement",) if price_range else ("",))
    return Resource(
        resource_id=cells.text("resource_id"),
        name_vi=cells.text("name_vi"),
        name_en=cells.text("name_en"),
        kind=cells.choice("kind", KINDS),
        unit=cells.unit("unit"),
        scope=cells.choice("scope", SCOPES),
        factor_kind=factor_kind,
        factor_key=factor_key,
        toe=cells.text("toe"),
        price_parameter=cells.text("price", required=False),
        bought=cells.choice("bought", ("yes", "no")) == "yes",
        aliases=tuple(filter(None, cells.text("aliases", required=False).split("|"))),
        plausible_price_low_vnd=float(price_range[0]) if price_range else None,
        plausible_price_high_vnd=float(price_range[1]) if price_range else None,
        evidence=cells.choice("evidence", EVIDENCE),
        note=cells.note(required=False),
    )


def _dangling(resource: Resource, fuels: Mapping[str, Fuel], gases: Mapping[str, Gas]) -> Iterator[Message]:
    """Yield what a resource points at and does not exist."""
    parameters = default_parameters()
    exists: Mapping[str, bool] = {
        "grid": not resource.factor_key,
        "none": not resource.factor_key,
        "fuel": resource.factor_key in fuels,
        "gwp": resource.factor_key in gases,
        "parameter": resource.factor_key in parameters,
    }
    if not exists.get(resource.factor_kind, False):
        points_at = f"{resource.factor_kind}:{resource.factor_key}"
        yield message("data_file.unknown_reference", value=points_at).at(column="factor")
    if resource.toe not in ("none", "ncv") and resource.toe not in parameters:
        yield message("data_file.unknown_reference", value=resource.toe).at(column="toe")
    if resource.toe == "ncv" and resource.factor_kind != "fuel":
        yield message("data_file.unknown_reference", value=resource.toe).at(column="toe")
    if resource.price_parameter and resource.price_parameter not in parameters:
        yield message("data_file.unknown_reference", value=resource.price_parameter).at(column="price")

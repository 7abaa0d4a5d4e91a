"""Mass and energy of what is burnt or bought: calorific value, density, tonnes of oil equivalent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from sxsh_options import units
from sxsh_options.errors import ParameterError, UnitError, message
from sxsh_options.parameters import DatedValue, Reference, default_parameters, weakest
from sxsh_options.resources import catalogue
from sxsh_options.resources.tables import Fuel, Resource


@dataclass(frozen=True, slots=True)
class EnergyFactor:
    """Tonnes of oil equivalent of one canonical unit.

    ``formula_id`` is ``"toe.table"`` (the official conversion table) or ``"toe.ncv"`` (NCV / 41.868 GJ).
    """

    resource_id: str
    value: float
    unit: str
    formula_id: str
    inputs: Mapping[str, float]
    evidence: str
    reference: Reference
    valid_from: date | None = None


def fuel_of(resource: Resource) -> Fuel | None:
    """Return the fuel whose properties a resource has, or None."""
    return catalogue.fuels()[resource.factor_key] if resource.factor_kind == "fuel" else None


@dataclass(frozen=True, slots=True)
class Content:
    """Canonical units in one of another unit, exact, and what it rests on."""

    ratio: Fraction
    formula_id: str
    inputs: Mapping[str, float] = field(default_factory=dict)


def content(resource: Resource, unit: str) -> Content:
    """Return how many canonical units of a resource one `unit` of it is.

    Directly where the units convert; else, for a fuel, through its density (volume) or its net calorific
    value (energy). A metered cubic metre of a gas is taken as a normal one.

    Raises
    ------
    UnitError
        ``conversion.unknown_unit``; ``conversion.not_for_resource`` with the units that can be used.
    """
    name = units.canonical(unit)
    dimension = units.dimension(name)
    fuel = fuel_of(resource)
    if dimension == units.dimension(resource.unit):
        return Content(units.ratio(name, resource.unit), "conversion.unit")
    if fuel is not None and dimension == "energy":
        ratio = units.ratio(name, "gj") / fuel.ncv_gj_per_t
        return Content(ratio, "conversion.ncv", {"ncv_gj_per_t": float(fuel.ncv_gj_per_t)})
    if fuel is not None and fuel.density_kg is not None:
        if fuel.density_per == "nm3" and dimension == "volume":
            volume: Fraction | None = units.ratio(name, "m3")
        elif dimension == units.dimension(fuel.density_per):
            volume = units.ratio(name, fuel.density_per)
        else:
            volume = None
        if volume is not None:
            ratio = volume * fuel.density_kg * units.ratio("kg", resource.unit)
            inputs = {f"density_kg_per_{fuel.density_per}": float(fuel.density_kg)}
            return Content(ratio, "conversion.density", inputs)
    usable = ", ".join(units.symbol(u) for u in usable_units(resource))
    wrong = message(
        "conversion.not_for_resource", unit=name, resource=resource.resource_id, suggestions=usable
    )
    raise UnitError(wrong)


def usable_units(resource: Resource) -> tuple[str, ...]:
    """Return the named units that quantities of a resource may be given in."""
    fuel = fuel_of(resource)
    dimensions = {units.dimension(resource.unit)}
    if fuel is not None:
        dimensions.add("energy")
        if fuel.density_kg is not None:
            dimensions |= {"volume", units.dimension(fuel.density_per)}
    return tuple(name for name, unit in units.known().items() if unit.dimension in dimensions)


def toe_per_unit(resource_id: str, as_of: date | None) -> EnergyFactor | None:
    """Return the TOE of one canonical unit, or None where the resource is no energy or nothing is known.

    The official conversion table where it has the resource, else NCV / 41.868 GJ per TOE.

    Parameters
    ----------
    resource_id : str
    as_of : date or None
        The day whose table counts; None for the newest.
    """
    resource = catalogue.find(resource_id)
    fuel = fuel_of(resource)
    if resource.toe == "none":
        return None
    if resource.toe == "ncv" and fuel is not None:
        gj_per_toe = units.ratio("toe", "gj")
        return EnergyFactor(
            resource.resource_id,
            float(fuel.ncv_gj_per_t / gj_per_toe),
            resource.unit,
            "toe.ncv",
            {"ncv_gj_per_t": float(fuel.ncv_gj_per_t), "gj_per_toe": float(gj_per_toe)},
            weakest(resource.evidence, fuel.evidence),
            Reference(fuel.source),
        )
    try:
        table = _table_value(resource.toe, as_of)
    except ParameterError:  # a day before the table
        return None
    per_unit = table.unit.removeprefix("TOE/").lower()
    per_canonical = content(resource, per_unit)
    return EnergyFactor(
        resource.resource_id,
        units.scale(table.number, 1 / per_canonical.ratio),
        resource.unit,
        "toe.table",
        {f"toe_per_{per_unit}": table.number, **per_canonical.inputs},
        weakest(resource.evidence, table.evidence),
        table.reference,
        table.valid_from,
    )


def _table_value(parameter_id: str, as_of: date | None) -> DatedValue:
    parameters = default_parameters()
    return parameters.newest(parameter_id) if as_of is None else parameters.get(parameter_id, as_of)

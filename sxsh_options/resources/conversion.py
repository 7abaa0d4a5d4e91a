"""Quantities in the units of bills and tanks, brought to each resource's canonical unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from sxsh_options import units
from sxsh_options.errors import Message, UnitError, message
from sxsh_options.resources import catalogue, energy


@dataclass(frozen=True, slots=True)
class Conversion:
    """How quantities in `from_unit` become canonical ones.

    ``formula_id`` is ``"conversion.unit"``, ``"conversion.density"``, ``"conversion.ncv"`` or
    ``"conversion.toe"``; `inputs` are the density, calorific value or TOE factor that it uses.
    """

    resource_id: str
    from_unit: str
    to_unit: str
    ratio: Fraction
    formula_id: str
    inputs: Mapping[str, float]
    messages: tuple[Message, ...] = ()


@lru_cache(maxsize=1024)
def conversion(resource_id: str, unit: str) -> Conversion:
    """Return how quantities of a resource in `unit` are converted, exactly.

    A TOE is read with the official conversion table, the way it was written down, not as 41.868 GJ.

    Raises
    ------
    InputError
        The resource is unknown.
    UnitError
        ``conversion.unknown_unit``, ``conversion.not_for_resource``.
    """
    resource = catalogue.find(resource_id)
    name = units.canonical(unit)
    if name == "toe":
        factor = energy.toe_per_unit(resource.resource_id, None)
        if factor is None:
            usable = ", ".join(units.symbol(u) for u in energy.usable_units(resource))
            raise UnitError(
                message(
                    "conversion.not_for_resource",
                    unit=name,
                    resource=resource.resource_id,
                    suggestions=usable,
                )
            )
        notes = message("conversion.toe_read_by_table", resource=resource.resource_id, factor=factor.value)
        ratio = 1 / Fraction(str(factor.value))
        inputs = {"toe_per_unit": factor.value}
        return Conversion(
            resource.resource_id, name, resource.unit, ratio, "conversion.toe", inputs, (notes,)
        )
    content = energy.content(resource, name)
    messages: tuple[Message, ...] = ()
    fuel = energy.fuel_of(resource)
    if fuel is not None and fuel.density_per == "nm3" and units.dimension(name) == "volume":
        messages = (message("conversion.metered_as_normal", resource=resource.resource_id, unit=name),)
    return Conversion(
        resource.resource_id, name, resource.unit, content.ratio, content.formula_id, content.inputs, messages
    )


def to_canonical(resource_id: str, value: units.Value, unit: str) -> units.Value:
    """Return a quantity (number or array) of a resource in its canonical unit.

    Raises
    ------
    InputError, UnitError
        As :func:`conversion`.
    """
    return units.scale(value, conversion(resource_id, unit).ratio)

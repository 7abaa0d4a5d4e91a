"""Quantities and prices of a resource in the unit that its row names, whatever unit they were typed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from sxsh_options.errors import SxshError
from sxsh_options.model.merging import Document
from sxsh_options.parameters import default_parameters
from sxsh_options.resources import catalogue, conversion, energy
from sxsh_options.services import editing, entry
from sxsh_options.services.editing import Path
from sxsh_options.services.entry import Entry, Typed

PER_UNIT = "unit_price"  # the field of a row that is per unit; `quantity` is the one in units
_SELDOM_BILLED = frozenset({"j", "kj", "g", "wh"})


@cache
def usual_unit(resource_id: str) -> str:
    """Return the unit that a resource is usually bought in: that of its price, else of its meter or scale."""
    resource = catalogue.find(resource_id)
    if resource.price_parameter:
        return default_parameters().parameter(resource.price_parameter).unit.removeprefix("VND/").lower()
    fuel = energy.fuel_of(resource)
    return fuel.density_per if fuel is not None and fuel.density_kg is not None else resource.unit


@cache
def usable_units(resource_id: str) -> tuple[str, ...]:
    """Return the units that a quantity of a resource may be shown in, the usual one first."""
    first = usual_unit(resource_id)
    others = energy.usable_units(catalogue.find(resource_id))
    return (first, *(unit for unit in others if unit != first and unit not in _SELDOM_BILLED))


def ratio(resource_id: str, unit: str, target: str) -> float:
    """Return how many `target` units one `unit` of a resource is.

    Raises
    ------
    InputError, UnitError
        The resource or a unit is unknown, or a unit does not fit the resource.
    """
    of, to = (conversion.conversion(resource_id, name).ratio for name in (unit, target))
    return float(of / to)


def read_quantity(typed: Typed, resource_id: str, unit: str, years: float = 1.0) -> Entry:
    """Read a quantity for a period of so many years into the unit of its row; the value is the number."""
    read = entry.read_quantity(typed, resource_id, unit, years=years)
    if read.status != "value":
        return read
    number = read.value["quantity"] * ratio(resource_id, read.value["unit"], unit)
    return replace(read, value=_tidy(number))


def read_price(typed: Typed, resource_id: str, unit: str, vat_rate: float = 0.0) -> Entry:
    """Read a unit price, typed with VAT at `vat_rate`, into one net of VAT."""
    read = entry.read_price(typed, resource_id, unit)
    if read.status != "value":
        return read
    return replace(read, value={**read.value, "amount": _tidy(read.value["amount"] / (1.0 + vat_rate))})


def with_unit(document: Document, row: Path, unit: str) -> Document:
    """Return the document with a row in another unit: the same quantity and price in other figures."""
    resource, old = (str(editing.get(document, (*row, key))) for key in ("resource", "unit"))
    factor = ratio(resource, old, unit)
    quantity = editing.get(document, (*row, "quantity"))
    if quantity is not None:
        document = editing.put(document, (*row, "quantity"), _tidy(quantity * factor))
    price = editing.get(document, (*row, PER_UNIT))
    if price is not None:
        scaled = {**price, "amount": _tidy(price["amount"] / factor)}
        document = editing.put(document, (*row, PER_UNIT), scaled)
    return editing.put(document, (*row, "unit"), unit)


def with_resource(
    document: Document, row: Path, resource_id: str, written: Callable[[float, str], str]
) -> Document:
    """Return the document with a row of another resource.

    A unit that fits the new resource stays, and with it the figures. Else the figures become texts that
    wait to be entered again, so that nothing typed is lost.

    Parameters
    ----------
    document : Document
    row : tuple of str
    resource_id : str
    written : callable
        How a number and its unit are written; of a price, the unit it is for follows a slash.
    """
    unit = editing.get(document, (*row, "unit"))
    document = editing.settle(document, (*row, "resource"), resource_id)
    if unit is not None and _fits(resource_id, unit):
        return document
    quantity, price = (editing.get(document, (*row, key)) for key in ("quantity", PER_UNIT))
    if quantity is not None:
        document = _as_draft(document, (*row, "quantity"), written(quantity, str(unit)))
    if price is not None:
        document = _as_draft(document, (*row, PER_UNIT), written(price["amount"], f"đ/{unit}"))
    return editing.put(document, (*row, "unit"), usual_unit(resource_id))


def _as_draft(document: Document, path: Path, text: str) -> Document:
    return editing.with_draft(editing.put(document, path, None), path, text)


def _fits(resource_id: str, unit: str) -> bool:
    try:
        conversion.conversion(resource_id, unit)
    except SxshError:
        return False
    return True


def _tidy(number: float) -> float:
    """Return a number without the last bits that converting back and forth leaves behind."""
    return float(f"{number:.15g}")

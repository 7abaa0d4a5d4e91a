"""Units: names, spellings and exact conversion.

Every unit stands in ``data/units.txt``, a definition file of the pint library. A conversion between two
named units needs nothing but that file's numbers, kept as fractions, so the result is exact to the last
digit of a float. Expressions such as ``kWh/t`` or ``kW*h`` are left to pint, which is imported only
then: starting it takes about 0.3 s, more than ranking a whole table.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sxsh_options.errors import UnitError, message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DEFINITIONS = Path(__file__).resolve().parent.parent / "data" / "units.txt"
_SCALED = re.compile(r"([0-9.]+) \* (\w+)")
_OPERATOR = re.compile(r"([*/])")
_PREFIXED_COUNT = {
    "1000m3": "thousand_m3",
    "1000nm3": "thousand_nm3",
}  # a pint name cannot start with a digit

Value = TypeVar("Value", float, "NDArray[np.float64]")


@dataclass(frozen=True, slots=True)
class Unit:
    """One named unit.

    ``dimension`` and ``in_base`` (its size in the base unit of that dimension) are None for a unit that
    is defined by an expression, such as the kilowatt.
    """

    name: str
    symbol: str
    dimension: str | None
    in_base: Fraction | None


def _spelling(text: str) -> str:
    """Return the form in which spellings are compared: no spaces, no case, m³ as m3, · as *."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold().replace("·", "*")


@cache
def _definitions() -> tuple[dict[str, Unit], dict[str, str]]:
    """Return the units by name, and the names by spelling."""
    units: dict[str, Unit] = {}
    names: dict[str, str] = dict(_PREFIXED_COUNT)
    for line in _DEFINITIONS.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, definition, symbol, *spellings = (part.strip() for part in line.split(" = "))
        dimension: str | None = None
        in_base: Fraction | None = None
        if definition.startswith("["):
            dimension, in_base = definition.strip("[]"), Fraction(1)
        elif scaled := _SCALED.fullmatch(definition):
            other = units[scaled[2]]
            dimension = other.dimension
            in_base = None if other.in_base is None else Fraction(scaled[1]) * other.in_base
        units[name] = Unit(name, symbol, dimension, in_base)
        names |= {_spelling(written): name for written in (name, symbol, *spellings)}
    return units, names


@cache
def _registry() -> Any:
    """Return pint's registry of our definitions, exact like the fractions used here."""
    import pint

    lines = _DEFINITIONS.read_text(encoding="utf-8").splitlines()
    definitions = [" = ".join(line.split(" = ")[:2]) for line in lines if not line.startswith("#")]
    return pint.UnitRegistry(definitions, non_int_type=Fraction, cache_folder=None)


def known() -> Mapping[str, Unit]:
    """Return every named unit by its name."""
    return _definitions()[0]


@cache
def canonical(unit: str) -> str:
    """Return the name of a unit in any accepted spelling (``"Tấn"`` gives ``"t"``).

    Expressions of units (``"kWh/tấn"``) come back with each unit named (``"kwh/t"``).

    Raises
    ------
    UnitError
        ``conversion.unknown_unit``, with the nearest known units.
    """
    names = _definitions()[1]
    written = _spelling(unit)
    if written in names:
        return names[written]
    factors = _OPERATOR.split(written)  # names at even places, operators at odd ones
    if all(factor in names for factor in factors[::2]):
        return "".join(names.get(factor, factor) for factor in factors)
    near = dict.fromkeys(names[n] for n in difflib.get_close_matches(written, names, n=4, cutoff=0.5))
    suggestions = ", ".join(symbol(name) for name in near or known())
    raise UnitError(message("conversion.unknown_unit", unit=unit, suggestions=suggestions))


def symbol(unit: str) -> str:
    """Return how people write a unit: ``"kwh"`` gives ``"kWh"``, ``"kwh/t"`` gives ``"kWh/t"``."""
    units = known()
    parts = _OPERATOR.split(canonical(unit))
    return "".join(units[part].symbol if part in units else part for part in parts)


def dimension(unit: str) -> str | None:
    """Return ``"mass"``, ``"energy"``, ``"volume"`` ...; None for a power or an expression of units."""
    named = known().get(canonical(unit))
    return named.dimension if named else None


@cache
def ratio(from_unit: str, to_unit: str) -> Fraction:
    """Return the exact number of `to_unit` in one `from_unit`.

    Raises
    ------
    UnitError
        ``conversion.unknown_unit``; ``conversion.incompatible_units`` with the units that would do.
    """
    source, target = canonical(from_unit), canonical(to_unit)
    if source == target:
        return Fraction(1)
    a, b = known().get(source), known().get(target)
    if a and b and a.in_base is not None and b.in_base is not None:
        if a.dimension == b.dimension:
            return a.in_base / b.in_base
        raise _incompatible(source, target)
    import pint

    registry = _registry()
    try:
        return Fraction(registry.Quantity(Fraction(1), source).to(target).magnitude)
    except pint.DimensionalityError:
        raise _incompatible(source, target) from None


def _incompatible(source: str, target: str) -> UnitError:
    usable = [u.symbol for u in known().values() if u.dimension and u.dimension == dimension(target)]
    return UnitError(
        message(
            "conversion.incompatible_units",
            unit=source,
            target=target,
            suggestions=", ".join(usable) or symbol(target),
        )
    )


def scale(value: Value, by: Fraction) -> Value:
    """Return ``value * by``; rounded once where `by` is a whole number or the inverse of one."""
    return value * float(by.numerator) / float(by.denominator)


def convert(value: Value, from_unit: str, to_unit: str) -> Value:
    """Return `value` (a number or an array), given in `from_unit`, in `to_unit`.

    Raises
    ------
    UnitError
        As :func:`ratio`.
    """
    return scale(value, ratio(from_unit, to_unit))

"""The header of a flat options table: which column is what, and what is wrong with the rest."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sxsh_options import units
from sxsh_options.errors import InputError, Message, SxshError, UnitError, message
from sxsh_options.resources import catalogue, conversion
from sxsh_options.storage.faults import Faults

FIXED = (
    "option_id",
    "name",
    "category",
    "capex_vnd",
    "annual_saving_vnd",
    "opex_change_vnd_per_year",
    "lifetime_years",
)
REQUIRED = ("option_id", "name", "capex_vnd", "lifetime_years")
PATTERN = "saving_<resource>_<unit>"

_PREFIX = "saving_"
_LONGEST = 100  # characters of a name that is worth a suggestion


class SavingColumn(NamedTuple):
    """A column of physical savings."""

    position: int
    name: str
    resource: str
    unit: str


class Layout(NamedTuple):
    """Where each column stands.

    Attributes
    ----------
    fixed : dict of str to int
        Position of each fixed column that is there.
    savings : list of SavingColumn
    unnamed : list of int
        Positions without a name, which must stay empty.
    """

    fixed: dict[str, int]
    savings: list[SavingColumn]
    unnamed: list[int]


def normal_name(written: str) -> str:
    """Return a column's name as it is compared: without case and outer blanks."""
    return written.strip().casefold()


def is_known(written: str) -> bool:
    """Tell whether a name of a header is, or is meant as, one of this table's columns."""
    name = normal_name(written)
    return name in FIXED or name.startswith(_PREFIX)


def read_header(header: Sequence[str], row: int, faults: Faults) -> Layout:
    """Return what each column of a header is; what is wrong goes to `faults`.

    Codes ``input.duplicate_column``, ``input.unknown_column_near``, ``input.unknown_column``,
    ``input.saving_column_incomplete``, ``input.same_saving``, ``input.missing_column``,
    ``input.no_saving_column``, and those of unknown resources and unusable units.
    """
    layout = Layout({}, [], [])
    seen: set[str] = set()
    meant_as_saving = False
    for position, written in enumerate(header):
        name = normal_name(written)
        shown = written[:_LONGEST]
        meant_as_saving |= name.startswith(_PREFIX)
        if not name:
            layout.unnamed.append(position)
        elif name in seen:
            faults.add(message("input.duplicate_column", column=shown), row, position, shown)
        elif name in FIXED:
            layout.fixed[name] = position
        elif name.startswith(_PREFIX) and len(name) <= _LONGEST:
            for problem in _place_saving(layout, position, name):
                faults.add(problem, row, position, shown)
        else:
            faults.add(_unknown(name, shown), row, position, shown)
        seen.add(name)
    for missing in REQUIRED:
        if missing not in layout.fixed:
            faults.add(message("input.missing_column", column=missing), row)
    if "annual_saving_vnd" not in layout.fixed and not meant_as_saving:
        faults.add(message("input.no_saving_column", pattern=PATTERN), row)
    return layout


def _place_saving(layout: Layout, position: int, name: str) -> Iterator[Message]:
    """Add a column of physical savings to the layout, or yield what is wrong with its name."""
    parts = name.removeprefix(_PREFIX).split("_")
    if len(parts) < 2 or not all(parts):
        yield message("input.saving_column_incomplete", pattern=PATTERN)
        return
    # Resources and units may both have a "_" in them; a resource's name is taken as long as possible.
    splits = [("_".join(parts[:n]), "_".join(parts[n:])) for n in range(len(parts) - 1, 0, -1)]
    known = [(resource, unit) for resource, unit in splits if _is_resource(resource)]
    resource, unit = next((split for split in known if _is_unit(split[1])), (known or splits)[0])
    try:
        found = catalogue.find(resource)
        canonical = units.canonical(unit)
        conversion.conversion(found.resource_id, canonical)
    except SxshError as error:
        yield from error.messages
        return
    twin = next((c for c in layout.savings if (c.resource, c.unit) == (found.resource_id, canonical)), None)
    if twin:
        yield message("input.same_saving", other=twin.name)
    else:
        layout.savings.append(SavingColumn(position, name, found.resource_id, canonical))


def _is_resource(name: str) -> bool:
    try:
        catalogue.find(name)
    except InputError:
        return False
    return True


def _is_unit(name: str) -> bool:
    try:
        units.canonical(name)
    except UnitError:
        return False
    return True


def _unknown(name: str, shown: str) -> Message:
    known = ", ".join((*FIXED, PATTERN))
    if len(name) <= _LONGEST:
        savings = [f"{_PREFIX}{r.resource_id}_{r.unit}" for r in catalogue.resources().values()]
        near = difflib.get_close_matches(name, [*FIXED, *savings], n=1, cutoff=0.7)
        if near:
            return message("input.unknown_column_near", column=shown, near=near[0], known=known)
    return message("input.unknown_column", column=shown, known=known)

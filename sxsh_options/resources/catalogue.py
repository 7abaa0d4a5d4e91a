"""What an enterprise uses, wastes or emits: looking up resources, fuels and greenhouse gases."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache, lru_cache

from sxsh_options.errors import InputError, message
from sxsh_options.parameters import DATA_FOLDER
from sxsh_options.resources.tables import Catalogue, Fuel, Gas, Resource, load, spelling


def resources() -> Mapping[str, Resource]:
    """Return every resource by its id."""
    return _default().resources


def fuels() -> Mapping[str, Fuel]:
    """Return every fuel by its id."""
    return _default().fuels


def gases() -> Mapping[str, Gas]:
    """Return every substance with a global warming potential."""
    return _default().gases


@lru_cache(maxsize=4096)
def find(name: str) -> Resource:
    """Return the resource with an id, a name in either language, or an alias; case and accents are free.

    Raises
    ------
    InputError
        ``resource.unknown_near`` with the nearest ids, or ``resource.unknown``.
    """
    catalogue = _default()
    wanted = spelling(name)
    if wanted in catalogue.spellings:
        return catalogue.resources[catalogue.spellings[wanted]]
    close = difflib.get_close_matches(wanted, catalogue.spellings, n=4, cutoff=0.7)
    near = dict.fromkeys(catalogue.spellings[spelt] for spelt in close)
    if near:
        raise InputError(message("resource.unknown_near", name=name, suggestions=", ".join(near)))
    raise InputError(message("resource.unknown", name=name))


@cache
def _default() -> Catalogue:
    return load(DATA_FOLDER)

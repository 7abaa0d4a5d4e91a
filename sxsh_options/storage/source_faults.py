"""Whether decisions, budgets and loans name sources of money that there are, and of a kind that fits."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sxsh_options.errors import Message, message
from sxsh_options.funding import default_register
from sxsh_options.funding.schema import WITH_BUDGET, Kind
from sxsh_options.storage.model_faults import quoted
from sxsh_options.storage.outline import rows_at
from sxsh_options.storage.strict_json import Path

_LENDS: frozenset[Kind] = frozenset({"loan"})
_NAMED = (  # the list, the key that names a source, the kinds that fit; ``None`` for all
    (("financing", "sources"), "id", None),
    (("financing", "loans"), "source", _LENDS),
    (("financing", "remaining_budgets"), "id", WITH_BUDGET),
)


def source_faults(document: dict[str, Any]) -> Iterator[tuple[Path, Message]]:
    """Yield the paths at which a document names a source that the register does not have, or one unfit."""
    for keys, key, fitting in _NAMED:
        for at, row in rows_at(document, keys):
            name = row.get(key)
            fault = _fault(name, fitting) if isinstance(name, str) and name else None
            if fault is not None:
                yield (*at, key), fault


@lru_cache(maxsize=4096)
def _fault(name: str, fitting: frozenset[Kind] | None) -> Message | None:
    register = default_register()
    sources = register.sources
    if name in register.left_out:
        return None  # it is there, and that its file cannot be used is said elsewhere
    known = [source.id for source in sources.values() if fitting is None or source.kind in fitting]
    if name in known:
        return None
    if name in sources:
        code = "input.source_not_a_loan" if fitting == _LENDS else "input.source_without_budget"
        return message(code, value=quoted(name), allowed=", ".join(known))
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or known[:5]
    return message("input.unknown_source", value=quoted(name), near=", ".join(near))

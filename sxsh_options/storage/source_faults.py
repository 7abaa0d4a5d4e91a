"""Whether decisions and loans name sources of money that there are, and loans one that lends."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sxsh_options.errors import Message, message
from sxsh_options.funding import default_register
from sxsh_options.storage.model_faults import quoted
from sxsh_options.storage.outline import rows_at
from sxsh_options.storage.strict_json import Path


def source_faults(document: dict[str, Any]) -> Iterator[tuple[Path, Message]]:
    """Yield the paths at which a document names a source that the register does not have, or no lender."""
    for keys, key in ((("financing", "sources"), "id"), (("financing", "loans"), "source")):
        for at, row in rows_at(document, keys):
            name = row.get(key)
            fault = _fault(name, lends=key == "source") if isinstance(name, str) and name else None
            if fault is not None:
                yield (*at, key), fault


@lru_cache(maxsize=4096)
def _fault(name: str, *, lends: bool) -> Message | None:
    sources = default_register().sources
    known = [source.id for source in sources.values() if source.kind == "loan" or not lends]
    if name in known:
        return None
    if name in sources:
        return message("input.source_not_a_loan", value=quoted(name), allowed=", ".join(known))
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or known[:5]
    return message("input.unknown_source", value=quoted(name), near=", ".join(near))

"""Which sources go together: what one needs, what it excludes, what several may come to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sxsh_options.errors import Message, message
from sxsh_options.funding.schema import Needs, Source


def problems(chosen: Collection[str], sources: Mapping[str, Source]) -> list[Message]:
    """Return why sources cannot be used together; empty where they can.

    Parameters
    ----------
    chosen : collection of str
    sources : mapping of str to Source

    Returns
    -------
    list of Message
        ``stacking.needs`` for a source whose prerequisite is not chosen, ``stacking.excludes`` for each pair
        that excludes each other.
    """
    found = []
    for name in sorted(chosen):
        source = sources[name]
        found += [
            message("stacking.needs", source=name, needed=", ".join(sorted(needs.named)))
            for needs in source.prerequisites
            if not needs.met_by(chosen)
        ]
        found += [
            message("stacking.excludes", source=name, other=other)
            for other in source.excludes
            if other in chosen and not (name in sources[other].excludes and other < name)
        ]
    return found


def is_circular(source: Source, sources: Mapping[str, Source]) -> bool:
    """Tell whether a source needs itself in the end, or needs what it excludes."""
    named = _reached(source, sources, lambda needs: needs.named)
    certain = _reached(source, sources, lambda needs: needs.certain)
    return source.id in named or not certain.isdisjoint(source.excludes)


def _reached(
    source: Source, sources: Mapping[str, Source], follow: Callable[[Needs], frozenset[str]]
) -> set[str]:
    """Return every source that the prerequisites lead to."""
    found: set[str] = set()
    waiting = [source]
    while waiting:
        next_ones = {name for needs in waiting.pop().prerequisites for name in follow(needs)} - found
        found |= next_ones
        waiting += [sources[name] for name in next_ones if name in sources]
    return found

"""What sources lead to: what one needs in the end, what clashes with that, what bounds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sxsh_options.funding.schema import Needs, Source


def needed_by(needs: Needs, sources: Mapping[str, Source]) -> set[str]:
    """Return every source that a prerequisite leads to."""
    return _reached(needs.named, _by_needs(lambda each: each.named, sources))


def clashes(source: Source, sources: Mapping[str, Source]) -> set[str]:
    """Return the sources without which one cannot be used, and that exclude it or are excluded by it."""
    first = {name for needs in source.prerequisites for name in needs.certain}
    certain = _reached(first, _by_needs(lambda each: each.certain, sources))
    return {
        name
        for name in certain
        if name in source.excludes or (name in sources and source.id in sources[name].excludes)
    }


def bounded_by(first: str, sources: Mapping[str, Source]) -> set[str]:
    """Return a source that bounds another, and those by which it is itself bounded in the end."""
    return _reached([first], lambda name: bounds(sources[name]) if name in sources else ())


def bounds(source: Source) -> set[str]:
    """Return the sources whose caps bound one."""
    return {line.bound_by for version in source.versions for line in version.support if line.bound_by}


def _by_needs(
    follow: Callable[[Needs], frozenset[str]], sources: Mapping[str, Source]
) -> Callable[[str], Iterable[str]]:
    def next_ones(name: str) -> Iterable[str]:
        needed = sources[name].prerequisites if name in sources else ()
        return (other for needs in needed for other in follow(needs))

    return next_ones


def _reached(first: Iterable[str], next_ones: Callable[[str], Iterable[str]]) -> set[str]:
    """Return the first sources and every one that these lead to, step by step."""
    found = set(first)
    waiting = list(found)
    while waiting:
        new = set(next_ones(waiting.pop())) - found
        found |= new
        waiting += new
    return found

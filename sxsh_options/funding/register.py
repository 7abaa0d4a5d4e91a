"""Reading `data/funding`: every file that keeps its rules is used, every other is left out and said."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from sxsh_options.errors import Message, message
from sxsh_options.funding import toml_lines
from sxsh_options.funding.provinces import province_faults
from sxsh_options.funding.reading import DataFile, Made, printable, read
from sxsh_options.funding.schema import Criterion, CriterionVersion, Needs, Source, SourceVersion
from sxsh_options.funding.stacking import bounded_by, clashes, needed_by
from sxsh_options.parameters import DATA_FOLDER

Version = TypeVar("Version", CriterionVersion, SourceVersion)


@dataclass(frozen=True, eq=False)  # a register is itself: what follows from it is kept
class Register:
    """All sources of money and the criteria that they share, by id; what was left out and why."""

    sources: Mapping[str, Source]
    criteria: Mapping[str, Criterion]
    faults: tuple[Message, ...] = ()
    left_out: frozenset[str] = frozenset()  # ids of sources whose file cannot be used


@cache
def default_register() -> Register:
    """Return the sources that come with the product."""
    return read_register(DATA_FOLDER / "funding")


def read_register(folder: Path) -> Register:
    """Read the sources and criteria under a folder.

    Parameters
    ----------
    folder : Path
        With ``criteria/<id>.toml`` and ``sources/<id>.toml``.

    Returns
    -------
    Register
        A file that breaks a rule is left out, with all that rests on it; ``faults`` says each, with file and
        line. Folders that are not there and provinces that cannot be read are said there too.
    """
    faults = list(province_faults())
    if not folder.is_dir():
        return Register({}, {}, (*faults, _no_folder(folder, folder.name)))
    criteria = _read_all(folder / "criteria", Criterion, faults)
    sources = _read_all(folder / "sources", Source, faults)
    while left_out := _check_links(sources, criteria):
        faults += left_out
    good = _good(sources)
    return Register(good, _good(criteria), tuple(faults), frozenset(sources.keys() - good.keys()))


def version_on(versions: Iterable[Version], on: date) -> Version | None:
    """Return the version in force on a day; ``None`` before the first, and after the last day of one."""
    current = None
    for version in versions:
        if version.from_ <= on:
            current = version
    return current if current is None or current.until is None or on <= current.until else None


def _read_all(folder: Path, model: type[Made], faults: list[Message]) -> dict[str, DataFile[Made]]:
    """Read every file below a folder, by id; those with faults too, for others may name them."""
    read_ones: dict[str, DataFile[Made]] = {}
    for path in _paths(folder, faults):
        file = read(path, printable(path.relative_to(folder.parent)), model)
        if file.id in read_ones:
            what = message("funding.file.duplicate_id", id=file.id, other=read_ones[file.id].name)
            file.faults.append(file.at(what, ("id",)))
        faults += file.faults
        read_ones.setdefault(file.id, file)
    return read_ones


def _paths(folder: Path, faults: list[Message]) -> list[Path]:
    """Return what below a folder goes by the name of a file of data, in order."""

    def unreadable(error: OSError) -> None:
        at = Path(error.filename)
        faults.append(_no_folder(at, printable(at.relative_to(folder.parent))))

    before = len(faults)
    found = sorted(
        Path(parent, name)
        for parent, folders, files in os.walk(folder, onerror=unreadable)
        for name in (*folders, *files)
        if name.endswith(".toml")
    )
    if not found and len(faults) == before:
        faults.append(message("funding.file.no_files").at(file=folder.name))
    return found


def _no_folder(path: Path, name: str) -> Message:
    code = "unreadable_folder" if path.is_dir() else "not_a_folder" if path.exists() else "no_folder"
    return message(f"funding.file.{code}").at(file=name)


def _good(files: Mapping[str, DataFile[Made]]) -> dict[str, Made]:
    return {name: file.made for name, file in files.items() if file.made is not None and file.is_good}


# What sources say of each other


def _check_links(
    sources: Mapping[str, DataFile[Source]], criteria: Mapping[str, DataFile[Criterion]]
) -> list[Message]:
    """Find what is wrong between the sources that are still good; it is noted with each, and returned."""
    good = _good(sources)
    found = {
        name: [sources[name].at(what, path) for path, what in _link_faults(source, good, sources, criteria)]
        for name, source in good.items()
    }
    for name, faults in found.items():
        sources[name].faults += faults
    return [fault for faults in found.values() for fault in faults]


def _link_faults(
    source: Source,
    good: Mapping[str, Source],
    sources: Mapping[str, DataFile[Source]],
    criteria: Mapping[str, DataFile[Criterion]],
) -> list[tuple[toml_lines.Path, Message]]:
    bounds = list(_bounds(source))
    found = list(_not_usable(_criteria(source), criteria))
    found += _not_usable([*_needed(source), *_others(source)], sources)
    # one that is only left out bounds nothing: the amount is then not known, and the source still stands
    found += _not_usable([(path, name) for path, name in bounds if name not in sources], sources)
    if found:
        return found
    for number, needs in enumerate(source.prerequisites):
        if source.id in needed_by(needs, good):
            found.append((("prerequisites", number), message("funding.file.cycle", id=source.id)))
    for other in sorted(clashes(source, good)):
        at = source.excludes.index(other) if other in source.excludes else None
        path: toml_lines.Path = ("prerequisites",) if at is None else ("excludes", at)
        found.append((path, message("funding.file.needs_and_excludes", other=other)))
    for path, other in bounds:
        if source.id in bounded_by(other, good):
            found.append((path, message("funding.file.bound_in_circle", id=source.id)))
    return found


_Link = tuple[toml_lines.Path, str]


def _not_usable(
    links: Iterable[_Link], files: Mapping[str, DataFile[Made]]
) -> Iterator[tuple[toml_lines.Path, Message]]:
    """Yield once what is named and is not there, or has been left out."""
    told = set()
    for path, name in links:
        file = files.get(name)
        if name in told or (file is not None and file.is_good):
            continue
        told.add(name)
        if file is None:
            yield path, message("funding.file.unknown_link", name=name)
        else:
            yield path, message("funding.file.left_out_link", name=name, file=file.name)


def _criteria(source: Source) -> Iterator[_Link]:
    for number, version in enumerate(source.versions):
        for at, name in enumerate(version.criteria):
            yield ("versions", number, "criteria", at), name


def _needed(source: Source) -> Iterator[_Link]:
    def within(needs: Needs, path: toml_lines.Path) -> Iterator[_Link]:
        if needs.source is not None:
            yield path, needs.source
        for way, inner in (("all", needs.all), ("any", needs.any)):
            for number, each in enumerate(inner or ()):
                yield from within(each, (*path, way, number))

    for number, needs in enumerate(source.prerequisites):
        yield from within(needs, ("prerequisites", number))


def _others(source: Source) -> Iterator[_Link]:
    for at, name in enumerate(source.excludes):
        yield ("excludes", at), name
    for number, version in enumerate(source.versions):
        for each, combined in enumerate(version.combined):
            for at, name in enumerate(combined.sources):
                yield ("versions", number, "combined", each, "sources", at), name


def _bounds(source: Source) -> Iterator[_Link]:
    for number, version in enumerate(source.versions):
        for at, line in enumerate(version.support):
            if line.bound_by is not None:
                yield ("versions", number, "support", at, "bound_by"), line.bound_by

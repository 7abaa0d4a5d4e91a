"""Reading `data/funding`: every file that keeps its rules is used, every other is left out and said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sxsh_options.errors import Message, message
from sxsh_options.funding.provinces import province_today
from sxsh_options.funding.schema import Criterion, CriterionVersion, Source, SourceVersion
from sxsh_options.funding.stacking import is_circular
from sxsh_options.parameters import DATA_FOLDER

Made = TypeVar("Made", Criterion, Source)
Version = TypeVar("Version", CriterionVersion, SourceVersion)

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)(?:\.[A-Za-z0-9_.\-]+)?\s*=")
_FIELD_ALONE = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "date_type": "not_a_day",
    "unknown_evidence": "unknown_evidence",
    "rule_one_way": "rule_one_way",
    "period_reversed": "period_reversed",
    "lump_without_amount": "lump_without_amount",
    "needs_one_way": "rule_one_way",
    "form_unlike_filler": "form_unlike_filler",
    "one_place": "one_place",
}
_WITH_DETAIL = {
    "literal_error": "not_a_choice",
    "less_than_equal": "out_of_range",
    "greater_than_equal": "out_of_range",
    "greater_than": "out_of_range",
    "unknown_fact": "unknown_fact",
    "unfit_test": "unfit_test",
}


@dataclass(frozen=True, eq=False)  # a register is itself: what follows from it is kept
class Register:
    """All sources of money and the criteria that they share, by id; what was left out and why."""

    sources: Mapping[str, Source]
    criteria: Mapping[str, Criterion]
    faults: tuple[Message, ...] = ()


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
        line.
    """
    faults: list[Message] = []
    criteria = _read_all(folder / "criteria", Criterion, faults)
    sources = _read_all(folder / "sources", Source, faults)
    while left_out := dict(_broken_links(sources, criteria)):
        faults += left_out.values()
        sources = {name: source for name, source in sources.items() if name not in left_out}
    return Register(sources, criteria, tuple(faults))


def version_on(versions: Iterable[Version], on: date) -> Version | None:
    """Return the version in force on a day; ``None`` before the first and after the last day of the last."""
    current = None
    for version in versions:
        if version.from_ <= on:
            current = version
    return current if current is None or current.until is None or on <= current.until else None


def _read_all(folder: Path, model: type[Made], faults: list[Message]) -> dict[str, Made]:
    found: dict[str, Made] = {}
    seen: dict[str, str] = {}
    for path in sorted(folder.rglob("*.toml")):
        name = f"{path.parent.name}/{path.name}"
        made, own = _read(path, model)
        if made is not None and made.id in seen:
            own.append(message("funding.file.duplicate_id", id=made.id, other=seen[made.id]).at(row=1))
        faults += [fault.at(file=name) for fault in own]
        if made is not None:
            seen.setdefault(made.id, name)
            if not own:
                found[made.id] = made
    return found


def _read(path: Path, model: type[Made]) -> tuple[Made | None, list[Message]]:
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except UnicodeDecodeError:
        return None, [message("funding.file.not_utf8").at(row=1)]
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        return None, [message("funding.file.not_toml").at(row=int(at[1]) if at else 1)]
    lines = _lines(text)
    try:
        made = model.model_validate(content)
    except ValidationError as error:
        found = [_fault(each, lines) for each in error.errors() if each["type"] != "too_short"]
        return None, found or [message("funding.file.empty").at(row=1)]
    own = []
    if made.id != path.stem:
        own.append(message("funding.file.name_unlike_id", id=made.id).at(row=_line(("id",), lines)))
    own += _overlaps(made.versions, lines)
    place = made.jurisdiction.province if isinstance(made, Source) and made.jurisdiction else None
    if place is not None and province_today(place) is None:
        what = message("funding.file.unknown_province", province=place)
        own.append(what.at(row=_line(("jurisdiction", "province"), lines)))
    return made, own


def _overlaps(
    versions: Sequence[CriterionVersion | SourceVersion], lines: Mapping[tuple[Any, ...], int]
) -> list[Message]:
    found = []
    for number in range(1, len(versions)):
        earlier, later = versions[number - 1], versions[number]
        if later.from_ <= earlier.from_ or (earlier.until is not None and later.from_ <= earlier.until):
            what = message("funding.file.overlap", start=later.from_)
            found.append(what.at(row=_line(("versions", number), lines)))
    return found


def _fault(error: Any, lines: Mapping[tuple[Any, ...], int]) -> Message:
    """Return what is wrong with one field, with its line."""
    path = tuple(part for part in error["loc"] if not str(part).startswith("function-"))
    field = ".".join(str(part) for part in path if not isinstance(part, int))
    kind, _, rest = str(error.get("ctx", {}).get("error", "")).partition(":")
    if error["type"] != "value_error":
        kind, rest = error["type"], str(error["msg"])
    if kind in _FIELD_ALONE:
        what = message(f"funding.file.{_FIELD_ALONE[kind]}", field=field)
    elif kind in _WITH_DETAIL:
        what = message(f"funding.file.{_WITH_DETAIL[kind]}", field=field, what=rest.replace(":", ": "))
    else:
        what = message("funding.file.wrong", field=field, what=rest)
    return what.at(row=_line(path, lines))


def _broken_links(
    sources: Mapping[str, Source], criteria: Mapping[str, Criterion]
) -> Iterator[tuple[str, Message]]:
    """Yield the sources that name what is not there, or need each other in a circle."""
    for source in sources.values():
        file = f"sources/{source.id}.toml"
        unknown = [c for version in source.versions for c in version.criteria if c not in criteria]
        others = {*source.excludes}.union(*(needs.named for needs in source.prerequisites))
        others |= {name for version in source.versions for c in version.combined for name in c.sources}
        others |= {s.bound_by for version in source.versions for s in version.support if s.bound_by}
        unknown += sorted(other for other in others if other not in sources)
        if unknown:
            what = message("funding.file.unknown_link", id=source.id, names=", ".join(dict.fromkeys(unknown)))
            yield source.id, what.at(file=file, row=1)
        elif is_circular(source, sources):
            yield source.id, message("funding.file.cycle", id=source.id).at(file=file, row=1)


# Lines


def _lines(text: str) -> dict[tuple[Any, ...], int]:
    """Return the lines of tables and keys of a TOML file, by their path."""
    found: dict[tuple[Any, ...], int] = {(): 1}
    counts: dict[tuple[Any, ...], int] = {}
    table: tuple[Any, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = ()
            *outer, last = header[2].split(".")
            for part in outer:
                table = (*table, part)
                if table in counts:
                    table = (*table, counts[table])
            table = (*table, last)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            found[table] = number
        elif key:
            found[(*table, key[1])] = number
    return found


def _line(path: tuple[Any, ...], lines: Mapping[tuple[Any, ...], int]) -> int:
    """Return the line of a field, or of what it stands in."""
    while path not in lines:
        path = path[:-1]
    return lines[path]

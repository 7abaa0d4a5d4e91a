"""JSON as the standard has it: no key twice, no NaN, no nesting or crowd that no document needs."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sxsh_options.errors import InputError, Message, message
from sxsh_options.storage.faults import MAX_FAULTS
from sxsh_options.storage.model_faults import quoted

MAX_PARTS = 300_000  # values of one document; an option has about 60
MAX_KEYS = 200  # of one object; the model has no object with more fields, and fewer resources
_LONGEST_INTEGER = 400  # digits; from 310 on it is beyond a double anyway

# An escaped pair of halves, or (the group) one half alone; a doubled backslash in front escapes nothing.
_HALVES = re.compile(
    r"(?<!\\)(?:\\\\)*(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2}))"
)

Path = tuple[str | int, ...]  # of a field inside a document


class _Marked(dict[str, Any]):
    """An object that is not as it should be: faults, each with the key that it speaks of, if any."""

    faults: tuple[tuple[str | None, Message], ...] = ()


class _Literal(float):
    """``NaN`` or ``Infinity`` written as such, which JSON does not know."""

    written = ""


def parse(text: str, name: str) -> Any:
    """Return what a JSON text says.

    Numbers beyond the range of a double come as infinite.

    Parameters
    ----------
    text : str
    name : str
        How the file is called in messages.

    Raises
    ------
    InputError
        ``input.empty_document``, ``input.too_many_values``, ``input.json_broken`` with line and position,
        ``input.json_too_deep``; every ``input.half_a_character``; or every ``input.key_twice``,
        ``input.too_many_keys`` and ``input.json_not_a_value`` with its path.
    """
    if not text.strip():
        raise InputError(message("input.empty_document").at(file=name))
    if sum(map(text.count, "{[,")) > MAX_PARTS:
        raise InputError(message("input.too_many_values", limit=MAX_PARTS).at(file=name))
    strange: list[object] = []

    def literal(written: str) -> float:
        if len(strange) > MAX_FAULTS:
            return math.nan  # enough of them will be shown
        value = _Literal(written)
        value.written = written
        strange.append(value)
        return value

    def checked(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) == len(pairs) <= MAX_KEYS:
            return made
        marked = _Marked(made)
        marked.faults = tuple(_object_faults(pairs))
        strange.append(marked)
        return marked

    def integer(digits: str) -> float:
        return int(digits) if len(digits) <= _LONGEST_INTEGER else math.inf

    try:
        document = json.loads(text, object_pairs_hook=checked, parse_constant=literal, parse_int=integer)
    except json.JSONDecodeError as error:
        broken = message("input.json_broken", line=error.lineno, position=error.colno)
        raise InputError(broken.at(file=name, row=error.lineno)) from None
    except RecursionError:
        raise InputError(message("input.json_too_deep").at(file=name)) from None
    if halves := limited(_half_characters(text), name):
        raise InputError(halves)
    if strange:
        raise InputError(limited(_strange_faults(document), name))
    return document


def field_path(path: Sequence[str | int]) -> str:
    """Return a path as people write it: ``options[2].capex[0].amount``."""
    shown = "".join(f"[{part}]" if isinstance(part, int) else f".{quoted(part)}" for part in path)
    return shown.removeprefix(".")


def limited(faults: Iterator[Message], name: str) -> list[Message]:
    """Return the first faults of a file, and a last message where there are more."""
    shown = [fault.at(file=name) for fault in islice(faults, MAX_FAULTS)]
    if next(faults, None) is not None:
        shown.append(message("input.more_faults_possible", shown=MAX_FAULTS).at(file=name))
    return shown


def _half_characters(text: str) -> Iterator[Message]:
    """Yield where a character beyond U+FFFF is escaped by one of its two halves only."""
    line, start = 1, 0  # of the line that is looked at
    for found in _HALVES.finditer(text):
        if found[1]:
            at = found.start(1)
            line += text.count("\n", start, at)
            start = max(start, text.rfind("\n", start, at) + 1)
            what = message("input.half_a_character", written=found[1], line=line, position=at - start + 1)
            yield what.at(row=line)


def _object_faults(pairs: list[tuple[str, Any]]) -> Iterator[tuple[str | None, Message]]:
    if len(pairs) > MAX_KEYS:
        yield None, message("input.too_many_keys", count=len(pairs), limit=MAX_KEYS)
        return
    for key, count in Counter(key for key, _ in pairs).items():
        if count > 1:
            yield key, message("input.key_twice", key=quoted(key))


def _strange_faults(document: Any) -> Iterator[Message]:
    """Yield what is marked in a document, in its order."""
    stack: list[tuple[Path, Any]] = [((), document)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, _Literal):
            yield message("input.json_not_a_value", value=value.written).at(field=field_path(path))
        if isinstance(value, _Marked):
            for key, what in value.faults:
                yield what.at(field=field_path(path if key is None else (*path, key)))
        parts = value.items() if isinstance(value, dict) else enumerate(value) if _nests(value) else ()
        inner = [((*path, key), part) for key, part in parts if _nests(part) or type(part) is _Literal]
        stack += reversed(inner)


def _nests(value: Any) -> bool:
    return isinstance(value, dict | list)

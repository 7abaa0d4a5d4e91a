"""The schema of a parameter file: every fault of it, each with its key."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sxsh_options.errors import Message, message

EVIDENCE = (  # best known first
    "read",
    "secondary",
    "anchor-read",
    "derived",
    "unverified-high",
    "unverified-medium",
    "unverified-low",
    "judgement",
)

_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "number": (int, float),
    "text": str,
    "table": dict,
    "list": list,
}
_TYPE_NAMES: Mapping[type, str] = {
    bool: "boolean",
    str: "string",
    int: "integer",
    float: "float",
    dict: "table",
    list: "array",
    date: "date",
}
_PARAMETER_KEYS: Mapping[str, type] = {
    "id": str,
    "description": dict,
    "unit": str,
    "kind": str,
    "timeless": bool,
    "values": list,
}
_VALUE_KEYS: Mapping[str, type] = {
    "from": date,
    "from_assumed": bool,
    "until": date,
    "repealed_on": date,
    "still_valid_on": date,
    "data_year": int,
    "value": object,
    "unknown": bool,
    "reference": dict,
    "evidence": str,
    "note": dict,
}


def parameter_faults(content: dict[str, Any], file_id: str) -> Iterator[Message]:
    """Yield every fault of one parameter file, each with its key."""
    required = ("id", "description", "unit", "kind", "values")
    yield from _key_faults(content, _PARAMETER_KEYS, required, "")
    if isinstance(content.get("id"), str) and content["id"] != file_id:
        yield message("data_file.id_differs", id=content["id"], expected=file_id).at(field="id")
    yield from _text_faults(content.get("description"), "description")
    kind = content.get("kind")
    if isinstance(kind, str) and kind not in _KINDS:
        allowed = ", ".join(_KINDS)
        yield message("data_file.not_allowed", value=kind, allowed=allowed).at(field="kind")
    entries = content.get("values")
    if not isinstance(entries, list):
        return
    timeless = content.get("timeless") is True
    if not entries or (timeless and len(entries) > 1):
        yield message("data_file.wrong_count", found=len(entries)).at(field="values")
    previous: date | None = None
    for index, entry in enumerate(entries):
        where = f"values[{index}]"
        if not isinstance(entry, dict):
            yield message("data_file.wrong_type", expected="table", found=_type(entry)).at(field=where)
            continue
        yield from _value_faults(entry, str(kind), timeless, where)
        start = entry.get("from")
        if type(start) is date:
            if previous and start <= previous:
                yield message("data_file.not_rising", date=start, previous=previous).at(field=f"{where}.from")
            previous = start


def _value_faults(entry: dict[str, Any], kind: str, timeless: bool, where: str) -> Iterator[Message]:
    unknown = entry.get("unknown") is True
    required = ["reference", "evidence"]
    required += [] if unknown else ["value"]
    required += [] if timeless else ["from"]
    if entry.get("evidence") != "read" or unknown or entry.get("from_assumed"):
        required.append("note")  # what is not read off the source itself has to explain itself
    yield from _key_faults(entry, _VALUE_KEYS, required, f"{where}.")
    if "value" in entry:
        value = entry["value"]
        if unknown:
            yield message("data_file.unknown_with_value").at(field=f"{where}.value")
        elif kind in _KINDS and (isinstance(value, bool) or not isinstance(value, _KINDS[kind])):
            yield message("data_file.wrong_type", expected=kind, found=_type(value)).at(
                field=f"{where}.value"
            )
        elif isinstance(value, float) and not math.isfinite(value):
            yield message("data_file.not_finite").at(field=f"{where}.value")
    evidence = entry.get("evidence")
    if isinstance(evidence, str) and evidence not in EVIDENCE:
        allowed = ", ".join(EVIDENCE)
        yield message("data_file.not_allowed", value=evidence, allowed=allowed).at(field=f"{where}.evidence")
    reference = entry.get("reference")
    if isinstance(reference, dict):
        keys: Mapping[str, type] = {"title": str, "article": str, "url": str}
        yield from _key_faults(reference, keys, ("title",), f"{where}.reference.")
    if "note" in entry:
        yield from _text_faults(entry["note"], f"{where}.note")
    start = entry.get("from")
    for key in ("until", "repealed_on", "still_valid_on"):
        end = entry.get(key)
        if timeless and key in entry:
            yield message("data_file.timeless_dated").at(field=f"{where}.{key}")
        elif type(start) is date and type(end) is date and end < start:
            yield message("data_file.ends_before_start", date=end, start=start).at(field=f"{where}.{key}")
    if timeless and "from" in entry:
        yield message("data_file.timeless_dated").at(field=f"{where}.from")


def _key_faults(
    table: dict[str, Any], known: Mapping[str, type], required: tuple[str, ...] | list[str], prefix: str
) -> Iterator[Message]:
    """Yield missing, unknown, mistyped and empty keys of a table."""
    for key in required:
        if key not in table:
            yield message("data_file.missing_key", key=key).at(field=prefix + key)
    for key, value in table.items():
        where = prefix + key
        if key not in known:
            yield message("data_file.unknown_key", key=key, allowed=", ".join(known)).at(field=where)
        elif known[key] is not object and type(value) is not known[key]:
            expected = _TYPE_NAMES[known[key]]
            yield message("data_file.wrong_type", expected=expected, found=_type(value)).at(field=where)
        elif value == "" and key in required:
            yield message("data_file.empty").at(field=where)


def _text_faults(text: object, where: str) -> Iterator[Message]:
    if isinstance(text, dict):
        yield from _key_faults(text, {"vi": str, "en": str}, ("vi", "en"), f"{where}.")


def _type(value: object) -> str:
    return _TYPE_NAMES.get(type(value), type(value).__name__)

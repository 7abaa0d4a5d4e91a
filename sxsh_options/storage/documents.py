"""Assessments as JSON documents: strict in, stable out."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sxsh_options.errors import InputError, Message, SxshError, message
from sxsh_options.model import SCHEMA_VERSION, Assessment, Money, broken_links
from sxsh_options.model.earlier import with_todays_names
from sxsh_options.resources import catalogue, conversion
from sxsh_options.screening.terms import OVERRIDABLE
from sxsh_options.services.editing import DRAFTS
from sxsh_options.storage.model_faults import fault_of, quoted
from sxsh_options.storage.outline import model_in, outline, rows_at
from sxsh_options.storage.source_faults import source_faults
from sxsh_options.storage.strict_json import Path, field_path, limited, parse
from sxsh_options.storage.text import decode

_MANY_OBJECTS = 20_000  # in one document; then its beginning is looked at before the whole
_BEGINNING = 2_000  # elements of its lists
_LISTS = (  # of rows with ids, outside the options' own
    ("options",),
    ("facility", "previous_state_support"),
    ("baseline", "production"),
    ("baseline", "flows"),
    ("financing", "loans"),
    ("financing", "sources"),
    ("financing", "remaining_budgets"),
    ("exchange_rates",),
    ("overrides",),
    ("confirmations",),
)


def read_assessment_json(data: bytes, name: str, notes: list[Message] | None = None) -> Assessment:
    """Read an assessment from a JSON document.

    Parameters
    ----------
    data : bytes
    name : str
        How the file is called in messages.
    notes : list, optional
        Takes what should be said of a file that could be read.

    Raises
    ------
    InputError
        Everything that is wrong, each with the path of its field: JSON that is broken or not strict (keys
        twice, NaN), another schema version, fields that are missing, unknown or out of range, references
        that lead nowhere, unknown resources and sources of money, and units that do not fit.
    """
    parsed = parse_document(data, name)
    assessment = check_document(parsed.text, parsed.document, name)
    if notes is not None:
        notes.extend(parsed.notes)
        if parsed.drafts:
            notes.append(message("input.drafts_left_out", count=len(parsed.drafts)).at(file=name))
    return assessment


class Parsed(NamedTuple):
    """The text of a document, the object that it holds, and what should be said of how it was read.

    `drafts` are the texts of fields that could not be read when it was written.
    """

    text: str
    document: dict[str, Any]
    notes: tuple[Message, ...]
    drafts: tuple[dict[str, str], ...] = ()


def parse_document(data: bytes, name: str) -> Parsed:
    """Return a document that has not been checked further than its JSON and its schema version.

    Raises
    ------
    InputError
        There is no document of this kind.
    """
    text, remarks = decode(data, name)
    document, drafts = _without_drafts(parse(text, name))
    wrong_schema = _schema_fault(document)
    if wrong_schema:
        raise InputError(wrong_schema.at(file=name))
    todays = with_todays_names(document)
    if drafts or todays is not document:
        text = json.dumps(todays, ensure_ascii=False)
    document = todays
    return Parsed(text, document, remarks, drafts)


def check_document(text: str, document: dict[str, Any], name: str) -> Assessment:
    """Return the assessment that a parsed document holds.

    Raises
    ------
    InputError
        As :func:`read_assessment_json`, from the fields on.
    """
    try:
        assessment = _validated(text, document)
    except ValidationError as error:
        found = (
            _field_faults(error, document),
            _duplicate_faults(document),
            _located(catalogue_faults(document)),
            _link_faults(document),
        )
        raise InputError(limited(chain.from_iterable(found), name)) from None
    faults = limited(chain(_located(catalogue_faults(document)), broken_links(assessment)), name)
    if faults:
        raise InputError(faults)
    return assessment


def write_assessment_json(assessment: Assessment) -> str:
    """Return the assessment as a document: fields in the order of the model, empty ones left out.

    Reading it back gives an equal assessment.
    """
    return assessment.model_dump_json(indent=2, exclude_none=True) + "\n"


def write_document_json(document: dict[str, Any]) -> str:
    """Return a document as far as it has been entered: fields in the order of the model, then its drafts.

    What was typed and cannot be read goes along, so that nothing is lost on the way to another computer.
    """
    known = [name for name in Assessment.model_fields if name in document]
    further = [DRAFTS] if document.get(DRAFTS) else []
    kept = {name: document[name] for name in (*known, *further)}
    return json.dumps({"schema_version": SCHEMA_VERSION, **kept}, ensure_ascii=False, indent=2) + "\n"


def _without_drafts(document: Any) -> tuple[Any, tuple[dict[str, str], ...]]:
    """Return a document without its drafts, and those of them that are whole."""
    if not isinstance(document, dict) or not isinstance(document.get(DRAFTS), list):
        return document, ()
    texts = tuple(
        {"id": draft["id"], "text": draft["text"]}
        for draft in document[DRAFTS]
        if isinstance(draft, dict)
        and all(isinstance(draft.get(key), str) for key in ("id", "text"))
        and draft["id"].partition("/")[0] in Assessment.model_fields
    )
    return {key: value for key, value in document.items() if key != DRAFTS}, texts


# Fields


def _schema_fault(document: Any) -> Message | None:
    if not isinstance(document, dict):
        return message("input.not_an_assessment")
    version = document.get("schema_version")
    if type(version) is int and version == SCHEMA_VERSION:
        return None
    if type(version) is int:
        what = message("input.schema_version_unknown", version=quoted(version), reads=SCHEMA_VERSION)
    elif "schema_version" in document:
        written = f'"{quoted(version)}"' if isinstance(version, str) else quoted(version)
        what = message("input.schema_version_not_a_number", value=written, reads=SCHEMA_VERSION)
    else:
        what = message("input.schema_version_missing", reads=SCHEMA_VERSION)
    return what.at(field="schema_version")


def _validated(text: str, document: Any) -> Assessment:
    """Return the assessment that a document holds.

    Pydantic keeps a kilobyte for each fault. So of a very large document the beginning goes first: where
    that is wrong already, the rest, which may be as wrong a million times, is left alone.
    """
    if text.count("{") > _MANY_OBJECTS:
        room = iter(range(_BEGINNING))
        Assessment.model_validate_json(json.dumps(_beginning(document, room)))
    return Assessment.model_validate_json(text)


def _beginning(value: Any, room: Iterator[int]) -> Any:
    """Return a value with as many elements of its lists as there is room for."""
    if isinstance(value, dict):
        return {key: _beginning(part, room) for key, part in value.items()}
    if isinstance(value, list):
        return [_beginning(part, room) for part, _ in zip(value, room, strict=False)]
    return value


def _field_faults(error: ValidationError, document: Any) -> Iterator[Message]:
    """Yield what is wrong with the fields; ids that stand twice are told with both their places."""
    for details in error.errors(include_url=False):
        if not str(details.get("ctx", {}).get("error")).startswith("duplicate_id:"):
            yield _field_fault(details, document)


def _field_fault(error: ErrorDetails, document: Any) -> Message:
    if error["type"] == "json_invalid":  # all that the parser lets through is deep nesting
        return message("input.json_too_deep")
    place = field_path(_written_path(error["loc"], document))
    if error["type"] == "extra_forbidden":
        return _unknown_field(error["loc"]).at(field=place)
    if error["type"] == "model_type" and _fields_at(error["loc"]) == list(Money.model_fields):
        return message("input.field_not_an_amount", value=quoted(error["input"])).at(field=place)
    return fault_of(error).at(field=place)


def _unknown_field(path: Path) -> Message:
    field = quoted(str(path[-1]))
    known = _fields_at(path[:-1])
    near = difflib.get_close_matches(field, known, n=1, cutoff=0.6)
    if near:
        return message("input.field_unknown_near", field=field, near=near[0])
    return message("input.field_unknown", field=field, known=", ".join(known))


def _written_path(path: Path, document: Any) -> Path:
    """Return the part of a path that the document has: a bare amount has no ``amount`` inside it."""
    for depth, part in enumerate(path):
        if isinstance(document, dict):
            document = document.get(part)
        elif isinstance(document, list) and isinstance(part, int) and part < len(document):
            document = document[part]
        else:
            return path[:depth]
    return path


def _fields_at(path: Path) -> list[str]:
    """Return the fields that the model has at a path; none for a table with free keys."""
    model: type[BaseModel] | None = Assessment
    for part in path:
        if isinstance(part, str) and model is not None:
            model = model_in(model.model_fields[part].annotation)
    return list(model.model_fields) if model else []


# Ids and links


def _duplicate_faults(document: Any) -> Iterator[Message]:
    """Yield the rows whose id an earlier row of the same list has."""
    for keys in _LISTS:
        yield from _same_ids(rows_at(document, keys))
    for option_at, option in rows_at(document, ("options",)):
        for key in ("capex", "savings", "benefits"):
            yield from _same_ids(((*option_at, *at), row) for at, row in rows_at(option, (key,)))


def _same_ids(rows: Iterable[tuple[Path, dict[str, Any]]]) -> Iterator[Message]:
    first: dict[str, Path] = {}
    for at, row in rows:
        row_id = row.get("id")
        if isinstance(row_id, str) and (before := first.setdefault(row_id, at)) != at:
            what = message("input.duplicate_id", id=quoted(row_id), first=field_path(before))
            yield what.at(field=field_path((*at, "id")))


def _link_faults(document: Any) -> Iterator[Message]:
    """Yield broken links of a document that is wrong elsewhere, as far as it can be read.

    A link whose other side is missing or unreadable is left alone: that has been said.
    """
    yield from (what for what in broken_links(outline(document)) if all(what.params.values()))


# Resources, units, sources of money


def catalogue_faults(document: dict[str, Any]) -> Iterator[tuple[Path, Message]]:
    """Yield the paths at which a document names what no catalogue has, or units that do not fit, and why.

    Goes by what is written, so that these faults come together with those of the fields.
    """
    for at, flow in rows_at(document, ("baseline", "flows")):
        yield from _amount_faults(flow, at, "resource")
        yield from _end_use_faults(flow, at, "end_use")
    for option_at, option in rows_at(document, ("options",)):
        for at, saving in rows_at(option, ("savings",)):
            yield from _amount_faults(saving, (*option_at, *at), "resource")
            yield from _end_use_faults(saving, (*option_at, *at), "end_use")
    for at, override in rows_at(document, ("overrides",)):
        if override.get("kind") in ("price", "emission_factor"):
            yield from _amount_faults(override, at, "key")
        elif override.get("kind") == "end_use":
            yield from _end_use_faults(override, at, "key")
        elif override.get("kind") == "parameter":
            yield from _parameter_faults(override, at)
    assumptions = document.get("assumptions")
    growth = assumptions.get("price_growth") if isinstance(assumptions, dict) else None
    for resource in growth if isinstance(growth, dict) else ():
        for fault in _resource_name_faults(resource):
            yield ("assumptions", "price_growth", resource), fault
    yield from source_faults(document)


def _amount_faults(row: dict[str, Any], at: Path, key: str) -> Iterator[tuple[Path, Message]]:
    """Yield what is wrong with the resource of a row, or with its unit for that resource."""
    resource, unit = row.get(key), row.get("unit")
    if not isinstance(resource, str) or not resource:
        return
    faults = _resource_name_faults(resource)
    if not faults and isinstance(unit, str) and unit:
        key, faults = "unit", _unit_faults(resource, unit)
    for fault in faults:
        yield (*at, key), fault


def _end_use_faults(row: dict[str, Any], at: Path, key: str) -> Iterator[tuple[Path, Message]]:
    """Yield that a row names an end use that the option catalogue does not have."""
    name = row.get(key)
    if not isinstance(name, str) or not name:
        return
    from sxsh_options.options.tables import (
        option_catalogue,
    )  # only where an end use is named: it takes a while

    known = option_catalogue().end_uses
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or list(known)[:5]
        yield (*at, key), message("input.unknown_end_use", value=quoted(name), near=", ".join(near))


def _parameter_faults(row: dict[str, Any], at: Path) -> Iterator[tuple[Path, Message]]:
    """Yield that a row replaces a parameter that no result looks up through it."""
    name = row.get("key")
    if isinstance(name, str) and name and name not in OVERRIDABLE:
        allowed = ", ".join(OVERRIDABLE)
        yield (*at, "key"), message("input.parameter_not_replaceable", value=quoted(name), allowed=allowed)


def _located(faults: Iterable[tuple[Path, Message]]) -> Iterator[Message]:
    return (fault.at(field=field_path(path)) for path, fault in faults)


@lru_cache(maxsize=4096)
def _resource_name_faults(resource: str) -> tuple[Message, ...]:
    try:
        found = catalogue.find(resource)
    except SxshError as error:
        return error.messages
    if found.resource_id == resource:
        return ()
    return (message("input.resource_not_by_id", value=quoted(resource), id=found.resource_id),)


@lru_cache(maxsize=4096)
def _unit_faults(resource: str, unit: str) -> tuple[Message, ...]:
    try:
        conversion.conversion(resource, unit)
    except SxshError as error:
        return error.messages
    return ()

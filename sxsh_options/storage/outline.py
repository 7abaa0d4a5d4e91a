"""What can be read of a document that is wrong in places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from sxsh_options.model import Assessment
from sxsh_options.model.rows import numbered
from sxsh_options.storage.model_faults import quoted
from sxsh_options.storage.strict_json import Path

_NUMBERED = numbered("option")  # options without an id can be named by the one they are given


def outline(document: dict[str, Any]) -> Assessment:
    """Return an unchecked assessment with the ids and links of a document, every row in its place.

    It is only good for :func:`sxsh_options.model.broken_links`: numbers are left out, a text that does
    not fit is empty, and an id that does not fit is as written.
    """
    options = document.get("options")
    if isinstance(options, list):
        document = {**document, "options": _NUMBERED.func(options)}  # type: ignore[call-arg]
    made: Assessment = _outline(Assessment, document)
    return made


def rows_at(document: dict[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the objects in the list at a path of keys, as far as the document has it."""
    value: Any = document
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    for number, row in enumerate(value if isinstance(value, list) else ()):
        if isinstance(row, dict):
            yield (*keys, number), row


def model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation speaks of, such as ``Saving`` in ``tuple[Saving, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(model_in, get_args(annotation))), None)


def _outline(model: type[BaseModel], given: Any) -> Any:
    made: dict[str, Any] = {}
    written = given if isinstance(given, dict) else {}
    for name, (inner, is_list, is_required) in fields_of(model).items():
        part = written.get(name)
        if is_list:
            made[name] = tuple(_parts(model, name, inner, part if isinstance(part, list) else []))
        elif inner:
            if is_required or isinstance(part, dict):
                made[name] = _outline(inner, part)
        elif isinstance(part, str) and _fits(model, name, part):
            made[name] = part
        elif is_required:
            made[name] = quoted(part) if name == "id" and part is not None else ""
    return model.model_construct(None, **made)


def _parts(
    model: type[BaseModel], name: str, inner: type[BaseModel] | None, parts: list[Any]
) -> Iterator[Any]:
    for part in parts:
        if inner:
            yield _outline(inner, part)
        elif isinstance(part, str) and _fits(model, name, [part]):
            yield part


@cache
def fields_of(model: type[BaseModel]) -> dict[str, tuple[type[BaseModel] | None, bool, bool]]:
    """Return of each field the model in it, whether it is a list, and whether it is required."""
    return {
        name: (model_in(field.annotation), get_origin(field.annotation) is tuple, field.is_required())
        for name, field in model.model_fields.items()
    }


def _fits(model: type[BaseModel], name: str, part: str | list[str]) -> bool:
    try:
        rule_of(model, name).validate_python(part)
    except ValidationError:
        return False
    return True


@cache
def rule_of(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    """Return what the model asks of one field by itself."""
    field = model.model_fields[name]
    rule: Any = Annotated[field.annotation, field]
    return TypeAdapter(rule)

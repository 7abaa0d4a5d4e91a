"""A JSON document that is wrong in places: every row and field that is right by itself is kept."""

from __future__ import annotations

import json
import math
from itertools import accumulate
from pathlib import PurePath
from typing import Any, get_origin

from pydantic import BaseModel, BeforeValidator, ValidationError

from sxsh_options.errors import Message, message
from sxsh_options.model import Assessment, Money
from sxsh_options.services.editing import Document
from sxsh_options.services.editing import Path as Names
from sxsh_options.storage.documents import catalogue_faults
from sxsh_options.storage.import_parts import Drafts
from sxsh_options.storage.model_faults import quoted
from sxsh_options.storage.outline import fields_of, rule_of
from sxsh_options.storage.strict_json import Path, field_path


class Salvage:
    """One document on its way to another that holds what is right of it.

    Attributes
    ----------
    notes : list of Message
        Which rows were given another id than the document has.
    """

    def __init__(self, document: Document, name: str) -> None:
        self.notes: list[Message] = []
        self._document, self._file = document, name
        self._drafts = Drafts()
        self._misfits = {path for path, _ in catalogue_faults(document)}
        self._around = {part for path in self._misfits for part in accumulate(zip(path), initial=())}

    def kept(self) -> Document:
        """Return what can be kept; the text of each field that is wrong is among its drafts."""
        kept = self._row(Assessment, self._document, (), ())
        return self._drafts.put_into({"title": PurePath(self._file).stem[:300] or "–", **kept})

    def _row(self, model: type[BaseModel], given: dict[str, Any], at: Path, names: Names) -> Document:
        """Return what is right of an object at a path of the file, which is `names` in the document."""
        if at not in self._around:
            try:
                whole = model.model_validate_json(json.dumps(given))
            except ValidationError:
                pass
            else:
                return whole.model_dump(mode="json", exclude_none=True)
        fields = fields_of(model)
        found = {
            name: self._field(model, name, given[name], (*at, name), (*names, name))
            for name in fields
            if given.get(name) is not None
        }
        # An empty list says that there is nothing, which an unfinished row does not say.
        return {name: value for name, value in found.items() if value not in (None, [])}

    def _field(self, model: type[BaseModel], name: str, value: Any, at: Path, names: Names) -> Any:
        inner, is_list, _ = fields_of(model)[name]
        if is_list:
            return self._list(model, name, value, at, names) if isinstance(value, list) else None
        if inner is not None and not issubclass(inner, Money):
            return self._row(inner, value, at, names) if isinstance(value, dict) else None
        if get_origin(model.model_fields[name].annotation) is dict:
            return self._table(model, name, value, at, names) if isinstance(value, dict) else None
        read = None if at in self._misfits else _read(model, name, value)
        if read is None:
            self._drafts.add(names, _text(value))
        return read

    def _list(self, model: type[BaseModel], name: str, value: list[Any], at: Path, names: Names) -> list[Any]:
        inner = fields_of(model)[name][0]
        if inner is None:
            return [part for part in value if _read(model, name, [part]) is not None]
        rows: Any = _with_usable_ids(inner, value)
        for rule in model.model_fields[name].metadata:
            if isinstance(rule, BeforeValidator):  # gives ids to rows without one
                rows = rule.func(rows)  # type: ignore[call-arg]
        kept = []
        for number, (part, row) in enumerate(zip(value, rows, strict=True)):
            # A decision about no known source, or a second one about the same, has no field to stay in.
            if isinstance(row, dict) and "id" in row and (*at, number, "id") not in self._misfits:
                if part.get("id", row["id"]) != row["id"]:
                    given = message("import.id_given", id=row["id"])
                    self.notes.append(given.at(file=self._file, field=field_path((*at, number))))
                made = self._row(inner, row, (*at, number), (*names, row["id"]))
                if "id" in part and part["id"] != row["id"]:
                    # What other rows say of it cannot be told from what they say of its namesake: an empty
                    # list is then not known to be nothing.
                    made = {key: each for key, each in made.items() if each != []}
                kept.append(made)
        return kept

    def _table(
        self, model: type[BaseModel], name: str, value: dict[str, Any], at: Path, names: Names
    ) -> Document:
        """Return the entries of a table with free keys that are right."""
        kept: Document = {}
        for key, part in value.items():
            if (*at, key) in self._misfits:
                continue  # there is no field that could hold it
            if (read := _read(model, name, {key: part})) is not None:
                kept |= read
            else:
                self._drafts.add((*names, key), _text(part))
        return kept


def _with_usable_ids(model: type[BaseModel], rows: list[Any]) -> list[Any]:
    """Return rows without the ids that the model does not take or that an earlier row has."""
    taken: set[str] = set()
    found = []
    for row in rows:
        row_id = row.get("id") if isinstance(row, dict) else None
        if isinstance(row_id, str) and row_id not in taken and _read(model, "id", row_id) is not None:
            taken.add(row_id)
            found.append(row)
        elif isinstance(row, dict):
            found.append({key: part for key, part in row.items() if key != "id"})
        else:
            found.append(row)
    return found


def _read(model: type[BaseModel], name: str, value: Any) -> Any:
    """Return the value of one field as a document holds it; ``None`` where it does not fit."""
    rule = rule_of(model, name)
    try:
        read = rule.validate_json(json.dumps(value), strict=True)
    except ValidationError:
        return None
    return rule.dump_python(read, mode="json", exclude_none=True)


def _text(value: Any) -> str:
    """Return a value as a person would type it into its field."""
    if isinstance(value, dict) and value.keys() <= Money.model_fields.keys() and "amount" in value:
        currency = value.get("currency", "VND")
        return _text(value["amount"]) + ("" if currency == "VND" else f" {_text(currency)}")
    if isinstance(value, float) and math.isinf(value):
        return quoted(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""The examples that ship with the product: what each one is, and the assessment itself."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sxsh_options.errors import InputError, message
from sxsh_options.model import Assessment
from sxsh_options.model.merging import Document
from sxsh_options.options.tables import option_catalogue
from sxsh_options.parameters import DATA_FOLDER, Text

EXAMPLES_FOLDER = DATA_FOLDER / "examples"
_TRANSLATED = ("name", "unit", "process_step", "reason")  # keys of what a screen shows of an example


@dataclass(frozen=True, slots=True)
class Example:
    """One example, as a list of examples shows it.

    Attributes
    ----------
    id : str
    file : str
        Its file in ``data/examples``.
    order : int
        Its place in the list, from 1.
    kind : {"assessment", "unfinished", "table"}
        A whole assessment (JSON), a document that lacks what its source does not say (JSON), or a flat table
        of options (CSV) to read as an upload is read.
    figures : {"published", "mixed", "invented"}
        Whether the figures stand in a source, partly, or were made up for illustration.
    title, teaches, origin : mapping
        Texts by language (``vi``, ``en``): its name, what it shows, where the figures come from.
    url : str
        Address of the source, or empty.
    """

    id: str
    file: str
    order: int
    kind: Literal["assessment", "unfinished", "table"]
    figures: Literal["published", "mixed", "invented"]
    title: Text
    teaches: Text
    origin: Text
    url: str

    @property
    def path(self) -> Path:
        """Where its file is."""
        return EXAMPLES_FOLDER / self.file


@cache
def examples() -> tuple[Example, ...]:
    """Return every example of ``data/examples/index.toml``, in the order in which they are offered."""
    return tuple(sorted((Example(**entry) for entry in _index()["examples"]), key=lambda e: e.order))


@cache
def _index() -> Mapping[str, Any]:
    return tomllib.loads((EXAMPLES_FOLDER / "index.toml").read_text(encoding="utf-8"))


def load_example(example_id: str) -> Assessment:
    """Return the assessment of an example.

    Parameters
    ----------
    example_id : str
        An id of :func:`examples` whose kind is ``"assessment"``.

    Returns
    -------
    Assessment

    Raises
    ------
    InputError
        ``example.unknown`` where no assessment among the examples has this id, with those that there are.
    """
    assessments = {example.id: example for example in examples() if example.kind == "assessment"}
    if example_id not in assessments:
        raise InputError(message("example.unknown", example=example_id, known=", ".join(assessments)))
    return Assessment.model_validate_json(assessments[example_id].path.read_text(encoding="utf-8"))


def load_document(example_id: str, lang: str = "vi") -> Document:
    """Return an example as a document, which may be unfinished; see :mod:`sxsh_options.services.editing`.

    In English its names, products, steps and reasons are English; notes on figures stay as they were written.

    Raises
    ------
    InputError
        As :func:`load_example`.
    """
    unfinished = {example.id: example for example in examples() if example.kind == "unfinished"}
    if example_id not in unfinished:
        document: Document = load_example(example_id).model_dump(mode="json", exclude_none=True)
    else:
        document = json.loads(unfinished[example_id].path.read_text(encoding="utf-8"))
    return document if lang == "vi" else _in_english(document, example_id)


def _in_english(document: Document, example_id: str) -> Document:
    title = next(example.title["en"] for example in examples() if example.id == example_id)
    known = _english()

    def said(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: said(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [said(inner) for inner in value]
        return known.get(value, value) if key in _TRANSLATED else value

    english: Document = said(document)
    return {**english, "facility": {**english["facility"], "name": title}}


@cache
def _english() -> Mapping[str, str]:
    steps = {o.process_step["vi"]: o.process_step["en"] for o in option_catalogue().options.values()}
    return {**steps, **_index()["english"]}


@cache
def _by_note() -> Mapping[tuple[str, str], Example]:
    return {
        _signs(json.loads(example.path.read_text(encoding="utf-8"))): example
        for example in examples()
        if example.kind != "table"
    }


def _signs(document: Mapping[str, Any]) -> tuple[str, str]:
    """Return note and source, by which a document is known to be from an example."""
    return str(document.get("note") or ""), str(document.get("source") or "")


def example_of(document: Mapping[str, Any]) -> Example | None:
    """Return the example that a document was made from, as long as its note says so."""
    return _by_note().get(_signs(document))

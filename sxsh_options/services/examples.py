"""The examples that ship with the product: what each one is, and the assessment itself."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from sxsh_options.errors import InputError, message
from sxsh_options.model import Assessment
from sxsh_options.model.merging import Document
from sxsh_options.parameters import DATA_FOLDER, Text

EXAMPLES_FOLDER = DATA_FOLDER / "examples"


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
    index = tomllib.loads((EXAMPLES_FOLDER / "index.toml").read_text(encoding="utf-8"))
    return tuple(sorted((Example(**entry) for entry in index["examples"]), key=lambda example: example.order))


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


def load_document(example_id: str) -> Document:
    """Return an example as a document, which may be unfinished; see :mod:`sxsh_options.services.editing`.

    Raises
    ------
    InputError
        As :func:`load_example`.
    """
    unfinished = {example.id: example for example in examples() if example.kind == "unfinished"}
    if example_id not in unfinished:
        return load_example(example_id).model_dump(mode="json", exclude_none=True)
    document: Document = json.loads(unfinished[example_id].path.read_text(encoding="utf-8"))
    return document

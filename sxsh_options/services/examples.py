"""The examples that ship with the product: what each one is, and the assessment itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from sxsh_options.errors import InputError, message
from sxsh_options.model import Assessment
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
    kind : {"assessment", "table"}
        A whole assessment (JSON), or a flat table of options (CSV) to read as an upload is read.
    figures : {"published", "invented"}
        Whether the figures stand in a source or were made up for illustration.
    title, teaches, origin : mapping
        Texts by language (``vi``, ``en``): its name, what it shows, where the figures come from.
    url : str
        Address of the source, or empty.
    """

    id: str
    file: str
    order: int
    kind: Literal["assessment", "table"]
    figures: Literal["published", "invented"]
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

"""Reading one file of `data/funding`: what it holds, or what is wrong with it and in which line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from sxsh_options.errors import Message, message
from sxsh_options.funding import toml_lines
from sxsh_options.funding.provinces import province_today, provinces
from sxsh_options.funding.rules import NOT_BLANK
from sxsh_options.funding.schema import (
    MONTH_AND_DAY,
    WEB_ADDRESS,
    Criterion,
    CriterionVersion,
    Source,
    SourceVersion,
)

Made = TypeVar("Made", Criterion, Source)

_CODES = {  # of what pydantic finds
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "date_type": "not_a_day",
    "string_type": "not_a_text",
    "string_too_long": "too_long",
    "float_type": "not_a_number",
    "finite_number": "not_a_number",
    "bool_type": "not_true_or_false",
    "tuple_type": "not_a_list",
    "too_short": "empty_list",
    "model_type": "not_a_table",
}
_PATTERNS = {
    NOT_BLANK: "blank",
    WEB_ADDRESS: "not_a_web_address",
    MONTH_AND_DAY: "not_month_and_day",
}
_CHOICES = ("literal_error", "enum")
_BOUNDS = {"gt": ">", "ge": "≥", "le": "≤"}
_NOT_TOML = {  # how what tomllib says begins
    "Invalid date": "no_such_day",
    "Cannot overwrite": "key_twice",
    "Cannot declare": "key_twice",
    "Duplicate": "key_twice",
    "Unclosed": "not_closed",
    "Unterminated": "not_closed",
    "Illegal character '\\n'": "not_closed",
}
_MOST_SHOWN = 80  # letters of a line


@dataclass
class DataFile(Generic[Made]):
    """A file as it was read.

    Attributes
    ----------
    name : str
        With its folder, for a person: ``sources/help.toml``.
    id : str
        That it should hold.
    text : str
        Empty where it is no TOML, so that nothing in it has a line.
    made : Criterion or Source or None
        ``None`` where it does not keep the rules of its fields.
    faults : list of Message
        With their lines; empty for a good file.
    """

    name: str
    id: str
    text: str = ""
    made: Made | None = None
    faults: list[Message] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it can be used."""
        return self.made is not None and not self.faults

    @cached_property
    def _lines(self) -> dict[toml_lines.Path, int]:
        return toml_lines.lines_of(self.text)

    def at(self, what: Message, path: toml_lines.Path) -> Message:
        """Return what is wrong with its place: the line of a field, or of what that stands in."""
        while path not in self._lines:
            path = path[:-1]
        return what.at(file=self.name, row=self._lines[path])


def read(path: Path, name: str, model: type[Made]) -> DataFile[Made]:
    """Read a file; whatever is wrong with it is said in its ``faults``.

    Parameters
    ----------
    path : Path
    name : str
        Of the file, for a person.
    model : type
        Of what it holds.
    """
    file = DataFile[Made](name, path.stem)
    text = ""
    try:
        text = _text(path)
        content = tomllib.loads(text)
        file.text = text
        if content:
            _fill(file, model, content)
        else:
            file.faults.append(message("funding.file.empty").at(file=name))
    except OSError:
        code = "is_folder" if path.is_dir() else "unreadable"
        file.faults.append(message(f"funding.file.{code}").at(file=name))
    except UnicodeDecodeError as error:
        before: bytes = error.object[: error.start]
        file.faults.append(message("funding.file.not_utf8").at(file=name, row=1 + before.count(b"\n")))
    except RecursionError:
        file.faults.append(message("funding.file.too_deep").at(file=name))
    except ValueError as error:  # tomllib's own, and that of a number of thousands of digits
        file.faults.append(_not_toml(str(error), text).at(file=name))
    return file


def printable(path: Path) -> str:
    """Return a path as it can be shown, whatever its name is made of."""
    return os.fsencode(path.as_posix()).decode(errors="replace")


def _text(path: Path) -> str:
    if not path.is_file():  # reading a pipe would wait for ever
        raise OSError
    return path.read_bytes().decode("utf-8-sig")


def _not_toml(said: str, text: str) -> Message:
    """Return what keeps a text from being TOML, with the line where reading stopped."""
    at = re.search(r"\(at line (\d+)", said)
    long_number = re.search(r"\d[\d_]{1000,}", text)
    if at:
        row = int(at[1])
    else:
        row = 1 + text.count("\n", 0, long_number.start() if long_number else len(text.rstrip()))
    code = next((code for start, code in _NOT_TOML.items() if said.startswith(start)), "not_toml")
    shown = text.split("\n")[row - 1].strip()[:_MOST_SHOWN]
    return message(f"funding.file.{code}", what=shown).at(row=row)


def _fill(file: DataFile[Made], model: type[Made], content: dict[str, Any]) -> None:
    try:
        made = file.made = model.model_validate(content)
    except ValidationError as errors:
        # Where each item of a list is wrong, pydantic finds the list too short as well.
        found = [
            each
            for each in errors.errors(include_url=False)
            if each["type"] != "too_short" or not each["input"]
        ]
        file.faults += [_fault(each, file) for each in found]
        return
    if made.id != file.id:
        file.faults.append(file.at(message("funding.file.name_unlike_id", id=made.id), ("id",)))
    for number, start in _overlaps(made.versions):
        what = message("funding.file.overlap", start=start)
        file.faults.append(file.at(what, ("versions", number, "from")))
    place = made.jurisdiction.province if isinstance(made, Source) and made.jurisdiction else None
    if place is not None and provinces() and province_today(place) is None:
        what = message("funding.file.unknown_province", province=place)
        file.faults.append(file.at(what, ("jurisdiction", "province")))


def _overlaps(versions: Sequence[CriterionVersion | SourceVersion]) -> list[tuple[int, date]]:
    """Return number and first day of the versions that begin before the one before them has ended."""
    return [
        (number, later.from_)
        for number, (earlier, later) in enumerate(pairwise(versions), 1)
        if later.from_ <= (earlier.until or earlier.from_)
    ]


def _fault(error: Any, file: DataFile[Made]) -> Message:
    """Return what is wrong with one field, with its line."""
    kind: str = error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    path = (*(part for part in error["loc"] if not str(part).startswith("function-")), *context.get("at", ()))
    name = ".".join(str(part) for part in path if not isinstance(part, int))
    params: dict[str, str] = {}
    bounds = [f"{sign} {context[bound]:g}" for bound, sign in _BOUNDS.items() if bound in context]
    if "at" in context:
        code, params = kind, context["params"]
    elif kind in _CHOICES:
        code, params = "not_a_choice", {"what": ", ".join(re.findall(r"'([^']*)'", context["expected"]))}
    elif bounds:
        code, params = "out_of_range", {"what": ", ".join(bounds)}
    else:
        code = _CODES.get(kind) or _PATTERNS.get(context.get("pattern", ""), "wrong")
    return file.at(message(f"funding.file.{code}", field=name, **params), path)

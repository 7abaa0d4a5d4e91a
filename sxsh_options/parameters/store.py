"""Dated values with a legal or empirical meaning, each with its dates, its source and how well it is known.

A parameter is one TOML file under ``data/parameters``, named by its id. A look-up needs a date: it gives
the value in force on that day, and says when that value may have aged. What is not known stays unknown.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sxsh_options.errors import DataFileError, Message, ParameterError, message
from sxsh_options.parameters.schema import EVIDENCE, parameter_faults

DATA_FOLDER = Path(__file__).resolve().parent.parent.parent / "data"

Text = Mapping[str, str]  # {"vi": ..., "en": ...}


class ParameterFileError(DataFileError):
    """A parameter file breaks its schema; one message for every fault of every file."""


def weakest(*evidence: str) -> str:
    """Return the least certain of several kinds of evidence (see ``EVIDENCE``)."""
    return max(evidence, key=EVIDENCE.index)


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a value comes from; `article` and `url` are empty where they are not known."""

    title: str
    article: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value as it stands on a day.

    Attributes
    ----------
    value : number, str, dict, list or None
        None where a value is in force but not known here: then `messages` says so.
    valid_from : date or None
        First day in force; None for a value that does not depend on time, such as a constant of nature.
    start_assumed : bool
        The first day is not documented and follows from a rule that the note states.
    still_valid_on : date or None
        Last day on which the value is known to have held.
    data_year : int or None
        The year that the value was measured for, where it is published by data year.
    """

    parameter_id: str
    value: Any
    unit: str
    valid_from: date | None
    reference: Reference
    evidence: str
    still_valid_on: date | None = None
    note: Text | None = None
    start_assumed: bool = False
    until: date | None = None
    repealed_on: date | None = None
    data_year: int | None = None
    messages: tuple[Message, ...] = ()

    @property
    def number(self) -> float:
        """The value as a float.

        Raises
        ------
        ParameterError
            ``parameter.not_known`` where there is no value, ``parameter.not_number`` where it is not one.
        """
        if self.value is None:
            raise ParameterError(self.messages)
        if not isinstance(self.value, (int, float)):
            raise ParameterError(message("parameter.not_number", parameter=self.parameter_id))
        return float(self.value)


@dataclass(frozen=True, slots=True)
class Parameter:
    """All dated values of one parameter, oldest first."""

    parameter_id: str
    description: Text
    unit: str
    kind: str
    values: tuple[DatedValue, ...]


class ParameterSet:
    """The parameters under a folder; a file is read when it is first asked for.

    Parameters
    ----------
    folder : Path
        Searched with its sub-folders, one ``<id>.toml`` a parameter.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: dict[str, list[Path]] = {}
        for path in sorted(folder.rglob("*.toml")):
            self._paths.setdefault(path.stem, []).append(path)
        self._read: dict[str, Parameter] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __contains__(self, parameter_id: object) -> bool:
        return parameter_id in self._paths

    def parameter(self, parameter_id: str) -> Parameter:
        """Return a parameter with all its values.

        Raises
        ------
        ParameterError
            ``parameter.unknown``, with the nearest ids.
        ParameterFileError
            Its file breaks the schema.
        """
        if parameter_id not in self._read:
            if parameter_id not in self._paths:
                near = difflib.get_close_matches(parameter_id, self._paths, n=3)
                raise ParameterError(
                    message("parameter.unknown", parameter=parameter_id, suggestions=", ".join(near) or "-")
                )
            found, faults = self._parse(parameter_id)
            if found is None or faults:
                raise ParameterFileError(faults)
            self._read[parameter_id] = found
        return self._read[parameter_id]

    def get(self, parameter_id: str, on: date) -> DatedValue:
        """Return the value in force on a day.

        The newest value that began on or before `on`. Past its ``still_valid_on`` it carries the message
        ``parameter.may_be_out_of_date``; where its first day is an assumption, ``parameter.start_assumed``;
        where it is not known, ``parameter.not_known`` and the value None.

        Raises
        ------
        ParameterError
            ``parameter.before_first`` (with the first date known), ``parameter.ended`` or
            ``parameter.repealed`` (with the last day, and nothing newer is known), ``parameter.unknown``.
        """
        values = self.parameter(parameter_id).values
        started = [v for v in values if v.valid_from is None or v.valid_from <= on]
        if not started:
            first = values[0].valid_from
            raise ParameterError(
                message("parameter.before_first", parameter=parameter_id, on=on, first=first)
            )
        current = started[-1]
        if current.repealed_on and on >= current.repealed_on:
            ended = message(
                "parameter.repealed", parameter=parameter_id, on=on, repealed_on=current.repealed_on
            )
            raise ParameterError(ended)
        if current.until and on > current.until:
            raise ParameterError(
                message("parameter.ended", parameter=parameter_id, on=on, until=current.until)
            )
        return _with_messages(current, on)

    def newest(self, parameter_id: str) -> DatedValue:
        """Return the last value of a parameter, for what depends on no date of the user's."""
        return self.parameter(parameter_id).values[-1]

    def for_data_year(self, parameter_id: str, year: int) -> DatedValue:
        """Return the value measured for a data year, whenever it was published.

        Raises
        ------
        ParameterError
            ``parameter.no_data_year``, with the years that are known.
        """
        values = self.parameter(parameter_id).values
        for value in values:
            if value.data_year == year:
                return value
        known = ", ".join(str(v.data_year) for v in values if v.data_year)
        raise ParameterError(
            message("parameter.no_data_year", parameter=parameter_id, year=year, known=known)
        )

    def check(self) -> None:
        """Read every file.

        Raises
        ------
        ParameterFileError
            One message for every fault of every file.
        """
        faults: list[Message] = []
        for parameter_id in self._paths:
            found, own = self._parse(parameter_id)
            faults += own
            if found is not None and not own:
                self._read[parameter_id] = found
        if faults:
            raise ParameterFileError(faults)

    def _parse(self, parameter_id: str) -> tuple[Parameter | None, list[Message]]:
        path, *others = self._paths[parameter_id]
        name = path.relative_to(self._folder).as_posix()
        faults = [
            message("data_file.duplicate_id", id=parameter_id).at(
                file=other.relative_to(self._folder).as_posix()
            )
            for other in others
        ]
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            return None, [*faults, message("data_file.not_utf8").at(file=name)]
        except tomllib.TOMLDecodeError as error:
            return None, [*faults, message("data_file.not_toml", reason=str(error)).at(file=name)]
        faults += [fault.at(file=name) for fault in parameter_faults(content, parameter_id)]
        return (None if faults else _build(content)), faults


def load(folder: Path) -> ParameterSet:
    """Read and validate every parameter under a folder.

    Raises
    ------
    ParameterFileError
        One message for every fault of every file, each with its file and key.
    """
    parameters = ParameterSet(folder)
    parameters.check()
    return parameters


@cache
def default_parameters() -> ParameterSet:
    """Return the parameters that come with the product, read as they are asked for."""
    return ParameterSet(DATA_FOLDER / "parameters")


def _with_messages(value: DatedValue, on: date) -> DatedValue:
    found: list[Message] = []
    name = value.parameter_id
    if value.value is None:
        act = " ".join(filter(None, (value.reference.title, value.reference.article)))
        found.append(message("parameter.not_known", parameter=name, act=act))
    elif value.still_valid_on and on > value.still_valid_on:
        found.append(message("parameter.may_be_out_of_date", parameter=name, checked_on=value.still_valid_on))
    if value.start_assumed:
        found.append(message("parameter.start_assumed", parameter=name, start=value.valid_from))
    return replace(value, messages=tuple(found)) if found else value


def _build(content: dict[str, Any]) -> Parameter:
    values = tuple(
        DatedValue(
            parameter_id=content["id"],
            value=entry.get("value"),
            unit=content["unit"],
            valid_from=entry.get("from"),
            reference=Reference(**entry["reference"]),
            evidence=entry["evidence"],
            still_valid_on=entry.get("still_valid_on"),
            note=entry.get("note"),
            start_assumed=entry.get("from_assumed", False),
            until=entry.get("until"),
            repealed_on=entry.get("repealed_on"),
            data_year=entry.get("data_year"),
        )
        for entry in content["values"]
    )
    return Parameter(content["id"], content["description"], content["unit"], content["kind"], values)

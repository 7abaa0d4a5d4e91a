"""Reading what people give (tables, documents) into the model, and writing results."""

from __future__ import annotations

from pathlib import Path

from sxsh_options.errors import InputError, Message, message
from sxsh_options.model import Assessment
from sxsh_options.storage.documents import read_assessment_json
from sxsh_options.storage.options_csv import in_table, read_options_table
from sxsh_options.storage.text import decode, read_bytes

_TABLES = (".csv", ".tsv", ".txt")
_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods")


def read_assessment(path: Path | str, notes: list[Message] | None = None) -> Assessment:
    """Read an assessment (``.json``, ``.xlsx``) or a flat options table (``.csv``) from a file.

    Parameters
    ----------
    path : Path or str
    notes : list, optional
        Takes what should be said of a file that could be read, such as a guessed encoding.

    Raises
    ------
    InputError
        Everything that is wrong, with file, row and column or the path of the field.
    """
    return read_assessment_bytes(read_bytes(Path(path)), str(path), notes)


def read_assessment_bytes(data: bytes, name: str, notes: list[Message] | None = None) -> Assessment:
    """Read an assessment or a flat options table from the content of a file, such as an upload.

    The ending of `name` says which it is; with another ending, the first character does.

    Raises
    ------
    InputError
        As :func:`read_assessment`; ``input.unknown_kind`` where it is neither.
    """
    if is_workbook(name):
        return _read_workbook(data, name, notes)
    read = read_options_table if is_table(data, name) else read_assessment_json
    return read(data, name, notes)


def is_workbook(name: str) -> bool:
    """Tell by its name whether a file is a spreadsheet, of a kind that can be read or not."""
    return Path(name).suffix.lower() in _WORKBOOKS


def _read_workbook(data: bytes, name: str, notes: list[Message] | None) -> Assessment:
    from sxsh_options.storage.workbook import read_workbook  # takes a while, and few commands need it

    read = read_workbook(data, name)
    if read.assessment is None:
        raise InputError(read.faults)
    if notes is not None:
        notes.extend(read.notes)
    return read.assessment


def is_table(data: bytes, name: str) -> bool:
    """Tell whether a file is a flat table; otherwise it is a JSON document.

    Raises
    ------
    InputError
        ``input.unknown_kind`` where it is neither.
    """
    ending = Path(name).suffix.lower()
    if ending in _TABLES:
        return True
    if ending == ".json" or decode(data, name).text.lstrip().startswith("{"):
        return False
    raise InputError(message("input.unknown_kind", ending=ending).at(file=name))


def in_source(error: InputError, data: bytes, name: str) -> InputError:
    """Return an error of a later step with the places of the file that the assessment was read from."""
    if Path(name).suffix.lower() in _TABLES:
        return InputError(in_table(error.messages, data, name))
    if is_workbook(name):
        from sxsh_options.storage.workbook import read_workbook

        return InputError(read_workbook(data, name).located(error.messages))
    return InputError(what.at(file=name) if what.place else what for what in error.messages)

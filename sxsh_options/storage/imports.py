"""Reading a file leniently: what is right is kept, what is wrong waits to be corrected on the screen."""

from __future__ import annotations

from sxsh_options.errors import InputError
from sxsh_options.storage import is_table, is_workbook
from sxsh_options.storage.collection import collection_paused
from sxsh_options.storage.documents import check_document, parse_document
from sxsh_options.storage.import_parts import MAX_OPTIONS, Imported, not_too_many, with_drafts
from sxsh_options.storage.import_rows import Salvage
from sxsh_options.storage.import_table import LenientTable
from sxsh_options.storage.text import decode

__all__ = ["MAX_OPTIONS", "Imported", "import_document"]


def import_document(data: bytes, name: str) -> Imported:
    """Read a flat options table, or an assessment in JSON or Excel, into a document that may be unfinished.

    A file without fault gives the document of the assessment that
    :func:`~sxsh_options.storage.read_assessment_bytes` reads. Of any other the faults are those that the
    strict reading finds; every field that is right by itself is kept, and the text of one that is not
    becomes a draft.

    Parameters
    ----------
    data : bytes
    name : str
        How the file is called, in messages too; its ending says what it is.

    Returns
    -------
    Imported

    Raises
    ------
    InputError
        Nothing can be kept: the file is no table or document of this kind, is empty or too large, lacks a
        required column, or has more than ``MAX_OPTIONS`` options (``import.too_many_options``).
    """
    with collection_paused():
        if is_workbook(name):
            return _import_workbook(data, name)
        return _import_table(data, name) if is_table(data, name) else _import_json(data, name)


def _import_table(data: bytes, name: str) -> Imported:
    text, notes = decode(data, name)
    table = LenientTable(name, text)
    document = table.document()
    return Imported(document, tuple(table.faults.messages()), (*notes, *table.notes))


def _import_workbook(data: bytes, name: str) -> Imported:
    from sxsh_options.storage.workbook import read_workbook

    read = read_workbook(data, name)
    not_too_many(len(read.document.get("options") or ()), name)
    return Imported(read.document, read.faults, read.notes)


def _import_json(data: bytes, name: str) -> Imported:
    text, document, notes, drafts = parse_document(data, name)
    options = document.get("options")
    if isinstance(options, list):
        not_too_many(len(options), name)
    try:
        assessment = check_document(text, document, name)
    except InputError as error:
        if any(fault.code == "input.json_too_deep" for fault in error.messages):
            raise
        salvage = Salvage(document, name)
        kept = with_drafts(salvage.kept(), drafts)
        return Imported(kept, error.messages, (*notes, *salvage.notes))
    return Imported(with_drafts(assessment.model_dump(mode="json", exclude_none=True), drafts), (), notes)

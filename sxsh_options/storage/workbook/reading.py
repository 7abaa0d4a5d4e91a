"""Reading a filled-in workbook: the assessment, or everything that is wrong with where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from sxsh_options.errors import InputError, Message, message
from sxsh_options.model import Assessment
from sxsh_options.storage.collection import collection_paused
from sxsh_options.storage.documents import check_document
from sxsh_options.storage.faults import MAX_FAULTS
from sxsh_options.storage.import_parts import MAX_OPTIONS
from sxsh_options.storage.import_rows import Salvage
from sxsh_options.storage.workbook.assemble import Assembler
from sxsh_options.storage.workbook.layout import lay_out
from sxsh_options.storage.workbook.package import Package
from sxsh_options.storage.workbook.places import Places
from sxsh_options.storage.workbook.spreadsheet import read_book


class WorkbookRead(NamedTuple):
    """What a workbook holds.

    Attributes
    ----------
    document : dict
        As far as it can be read: rows and fields that are right, the texts of others as drafts. Of more
        options than the screens take, with faults: as it was read.
    assessment : Assessment or None
        Where nothing is wrong.
    faults : tuple of Message
        With file, sheet, row, and the column's letters and header.
    notes : tuple of Message
        What else should be said, such as a column that is not read.
    places : Places
        Where each field of the document stands.
    """

    document: dict[str, Any]
    assessment: Assessment | None
    faults: tuple[Message, ...]
    notes: tuple[Message, ...]
    places: Places

    def located(self, messages: Iterable[Message]) -> list[Message]:
        """Return messages about fields of the assessment with the cells that they were read from."""
        return list(self.places.located(messages))


def read_workbook(data: bytes, name: str) -> WorkbookRead:
    """Read an assessment from an Excel workbook, filled in in any program and in either language.

    Sheets and columns are found by hidden keys, so that renaming and moving them does no harm; else by
    their names. A number may stand in its cell as a text (``1.234.567``, ``1,5 tỷ``, ``12,5 %``).

    Parameters
    ----------
    data : bytes
    name : str
        How the file is called in messages.

    Returns
    -------
    WorkbookRead

    Raises
    ------
    InputError
        There is nothing to be read: it is no such workbook, is damaged, protected by a password or too
        large, or holds none of the sheets.
    """
    with collection_paused():
        package = Package(data, name)
        book = read_book(package)
        layout = lay_out(book)
        if not layout.found:
            raise InputError(message("workbook.no_sheet_known").at(file=name))
        assembler = Assembler(layout, name, from_1904=book.from_1904)
        document = assembler.document()
        notes = [what.at(file=name) for what in assembler.notes]
        if package.has_macros:
            notes.insert(0, message("workbook.macros_ignored").at(file=name))
        order = {sheet.title: number for number, sheet in enumerate(book.sheets)}
        found: list[Message] = []
        assessment = None
        if not assembler.has_enough_faults:
            try:
                assessment = check_document(json.dumps(document, ensure_ascii=False), document, name)
            except InputError as error:
                found = list(error.messages)
    faults = _together(assembler.faults, assembler.places.located(found), order, name)
    if faults or assessment is None:
        if len(document.get("options", ())) <= MAX_OPTIONS:  # else no screen takes it
            salvage = Salvage(document, name)
            document = salvage.kept()
            notes += assembler.places.located(salvage.notes)
        return WorkbookRead(document, None, faults, tuple(notes), assembler.places)
    whole = assessment.model_dump(mode="json", exclude_none=True)
    return WorkbookRead(whole, assessment, (), tuple(notes), assembler.places)


def _together(
    cells: list[Message], fields: Iterable[Message], order: dict[str, int], name: str
) -> tuple[Message, ...]:
    """Return all faults in the order of the sheets; of a cell that cannot be read only that is said."""

    def spot(what: Message) -> tuple[str | None, int | None, str | None]:
        place = what.place
        return (place.sheet, place.row, place.column) if place else (None, None, None)

    said = {spot(what) for what in cells}
    found = [what.at(file=name) for what in cells]
    more = None
    for what in fields:
        if what.code == "input.more_faults_possible":
            more = what
        elif spot(what) not in said or spot(what)[2] is None:
            found.append(what)

    def key(what: Message) -> tuple[int, int]:
        sheet, row, _ = spot(what)
        return order.get(sheet or "", len(order)), row or 0

    found.sort(key=key)
    if len(found) > MAX_FAULTS:
        more = message("input.more_faults_possible", shown=MAX_FAULTS).at(file=name)
    return (*found[:MAX_FAULTS], *((more,) if more else ()))

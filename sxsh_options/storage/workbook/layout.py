"""Which sheet is what, and which column: by hidden keys, else by the names that people see.

Every sheet that was written by this program holds its columns' keys (``sxsh:flows:quantity``) in a hidden
row, and those of a form's fields in a hidden column. They move along when a column is moved, and stay when
a sheet is renamed. Where they are gone, names in either language count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from sxsh_options import units
from sxsh_options.errors import Message, SxshError, message
from sxsh_options.resources import catalogue, conversion
from sxsh_options.storage.columns import read_header
from sxsh_options.storage.faults import Faults
from sxsh_options.storage.workbook import names, schema
from sxsh_options.storage.workbook.columns import SAVING, Form, Table
from sxsh_options.storage.workbook.spreadsheet import Book, Cell, Sheet, letters

MARK = "sxsh"
VALUE = "@value"  # key of the column that holds a form's values
_KEY = re.compile(rf"{MARK}:(\w+):(.+)")
_SEARCHED = 30  # rows at the top of a sheet that may hold keys and headers
_LEAST_NAMES = 3  # headers of a sheet without keys that must be known
_SPECS: Mapping[str, Table | Form] = {spec.key: spec for spec in (*schema.TABLES, *schema.FORMS)}


class SavingColumn(NamedTuple):
    """A column of saved quantities in the options' own rows."""

    resource: str
    unit: str


@dataclass(slots=True)
class Found:
    """A sheet that was recognised.

    Attributes
    ----------
    spec : Table or Form
    sheet : Sheet
    header_row : int
        Of a table; its rows are below.
    columns : dict of str to int
        Where each column stands, by path.
    savings : dict of int to SavingColumn
        Of the options.
    fields : dict of str to tuple of int
        Of a form, by path: row and column of the value.
    """

    spec: Table | Form
    sheet: Sheet
    header_row: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    savings: dict[int, SavingColumn] = field(default_factory=dict)
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)

    def heading(self, column: int, row: int) -> str:
        """Return a cell's column as people find it: its letters, and what it or its field is called."""
        is_form = isinstance(self.spec, Form)
        cell = self.sheet.rows.get(row if is_form else self.header_row, {}).get(column - is_form)
        name = " ".join(str(cell.value).split()) if cell is not None and cell.value is not None else ""
        return f"{letters(column)} ({name.removesuffix(' *')})" if name else letters(column)


class Layout(NamedTuple):
    """What was recognised of a workbook.

    Attributes
    ----------
    found : dict of str to Found
        By key of the sheet.
    faults, notes : list of Message
        With the sheet, row and column that they speak of.
    lang : str
        The language that the workbook is in.
    """

    found: dict[str, Found]
    faults: list[Message]
    notes: list[Message]
    lang: names.Lang


def lay_out(book: Book) -> Layout:
    """Return what each sheet and each of its columns is.

    Codes of faults: ``workbook.same_sheet_twice``, ``workbook.newer_version``, ``workbook.column_twice``,
    ``workbook.column_missing``; of notes: ``workbook.sheet_ignored``, ``workbook.sheet_was_hidden``,
    ``workbook.column_missing_note``.
    """
    found: dict[str, Found] = {}
    faults: list[Message] = []
    notes: list[Message] = []
    lang: names.Lang | None = None
    taken = {key for sheet in book.sheets if (key := _marked(sheet))}
    for sheet in book.sheets:
        key = _marked(sheet) or _named(sheet, taken)
        if key == schema.LISTS:
            lang = _language(sheet) or lang
            if (version := _version(sheet)) > schema.VERSION:
                faults.append(message("workbook.newer_version", version=version, reads=schema.VERSION))
        elif key is not None and key in found:
            other = found[key].sheet.title
            faults.append(message("workbook.same_sheet_twice", other=other).at(sheet=sheet.title))
        elif key is not None and key in _SPECS:
            found[key] = _read_sheet(_SPECS[key], sheet, faults, notes)
            if sheet.hidden:
                notes.append(message("workbook.sheet_was_hidden").at(sheet=sheet.title))
        elif key is None and sheet.rows:
            notes.append(message("workbook.sheet_ignored").at(sheet=sheet.title))
    return Layout(found, faults, notes, lang or _guessed(found))


def key_of(sheet: str, path: str) -> str:
    """Return what stands in the hidden row or column."""
    return f"{MARK}:{sheet}:{path}"


# Sheets


def _cells(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """Yield the texts at the top of a sheet."""
    for row in sorted(sheet.rows)[:_SEARCHED]:
        for column, cell in sheet.rows[row].items():
            if isinstance(cell.value, str):
                yield row, column, cell.value


def _marked(sheet: Sheet) -> str | None:
    """Return what a sheet's hidden keys say that it is."""
    keys = Counter(found[1] for _, _, text in _cells(sheet) if (found := _KEY.fullmatch(text.strip())))
    return keys.most_common(1)[0][0] if keys else None


def _named(sheet: Sheet, taken: set[str]) -> str | None:
    """Return what a sheet without keys is by its name, else by its headers."""
    titles = {
        names.folded(text): key
        for key in (*_SPECS, schema.GUIDE, schema.LISTS, schema.FAULTS)
        for text in names.texts(f"workbook.sheet.{key}").values()
    }
    key = titles.get(names.folded(sheet.title))
    if key is not None and key not in taken:
        return key
    best = max(
        ((len(_known(spec, sheet, row)), key) for key, spec in _SPECS.items() for row in _rows(sheet)),
        default=(0, ""),
    )
    return best[1] if best[0] >= _LEAST_NAMES and best[1] not in taken else None


def _rows(sheet: Sheet) -> list[int]:
    return sorted(sheet.rows)[:_SEARCHED]


def _known(spec: Table | Form, sheet: Sheet, row: int) -> set[str]:
    """Return the paths whose names stand in a row; of a form, those in the column of its first text."""
    if isinstance(spec, Form):
        if row != min(sheet.rows):
            return set()
        return {path for _, _, text in _cells(sheet) if (path := _by_name(spec.key).get(names.folded(text)))}
    cells = sheet.rows.get(row, {})
    return {
        path
        for cell in cells.values()
        if isinstance(cell.value, str) and (path := _by_name(spec.key).get(names.folded(cell.value)))
    }


@cache
def _by_name(sheet: str) -> dict[str, str]:
    """Return the paths of a sheet's columns by what they may be headed."""
    named = {
        names.folded(text): column.path
        for column in _SPECS[sheet].columns
        for text in names.headers(sheet, column.path).values()
    }
    if sheet == schema.OPTIONS.key:
        named |= schema.FLAT_NAMES
        named |= {column.path: column.path for column in schema.OPTIONS.columns}
    return named


def _language(sheet: Sheet) -> names.Lang | None:
    written = _beside(sheet, "language")
    return next((lang for lang in names.LANGUAGES if lang == written), None)


def _version(sheet: Sheet) -> int:
    written = _beside(sheet, "version")
    return int(written) if isinstance(written, float) else schema.VERSION


def _beside(sheet: Sheet, path: str) -> float | str | None:
    """Return the value to the right of a key."""
    for row, column, text in _cells(sheet):
        if text == key_of(schema.LISTS, path):
            cell = sheet.rows[row].get(column + 1)
            return cell.value if cell is not None else None
    return None


def _guessed(found: dict[str, Found]) -> names.Lang:
    headings = (
        (key, path, str(cell.value))
        for key, sheet in found.items()
        for path, column in sheet.columns.items()
        if (cell := sheet.sheet.rows.get(sheet.header_row, {}).get(column)) is not None
    )
    return names.language(headings)


# Columns


def _read_sheet(spec: Table | Form, sheet: Sheet, faults: list[Message], notes: list[Message]) -> Found:
    found = Found(spec, sheet)
    if isinstance(spec, Form):
        _find_fields(spec, found)
    else:
        _find_columns(spec, found, faults)
    there = found.fields if isinstance(spec, Form) else found.columns
    for column in spec.columns:
        if column.path in there or column.kind in ("formula", "hidden"):
            continue
        missing = message(
            "workbook.column_missing" if column.required else "workbook.column_missing_note",
            column=names.header_code(spec.key, column.path),
        ).at(sheet=sheet.title, row=found.header_row or None)
        if column.required:
            faults.append(missing)
        elif _is_ours(sheet):
            notes.append(missing)
    return found


def _is_ours(sheet: Sheet) -> bool:
    return _marked(sheet) is not None


def _find_columns(spec: Table, found: Found, faults: list[Message]) -> None:
    """Find the header of a table: keys say what a column is; without one, its name does."""
    sheet = found.sheet
    keyed: dict[int, str] = {}
    key_row = 0
    for row, at, text in _cells(sheet):
        key = _KEY.fullmatch(text.strip())
        if key and key[1] == spec.key and row in (key_row, key_row or row):
            key_row = row
            keyed[at] = key[2]
    below = [row for row in _rows(sheet) if row > key_row]
    found.header_row = max(below, key=lambda row: (len(_known(spec, sheet, row)), -row), default=key_row + 1)
    header = sheet.rows.get(found.header_row, {})
    if key_row and not _known(spec, sheet, found.header_row):
        found.header_row = key_row + 1
        header = sheet.rows.get(found.header_row, {})
    paths = {column.path for column in spec.columns}
    for at in sorted({*keyed, *header}):
        written = _text(header.get(at))
        path = keyed.get(at) or _by_name(spec.key).get(names.folded(written), "")
        saving = _saving(path or written) if spec is schema.OPTIONS else None
        if isinstance(saving, Message):
            faults.append(
                saving.at(sheet=sheet.title, row=found.header_row, column=found.heading(at, found.header_row))
            )
        elif saving in found.savings.values() or path in found.columns:
            what = message("workbook.column_twice")
            faults.append(
                what.at(sheet=sheet.title, row=found.header_row, column=found.heading(at, found.header_row))
            )
        elif saving is not None:
            found.savings[at] = saving
        elif path in paths:
            found.columns[path] = at


def _text(cell: Cell | None) -> str:
    return str(cell.value) if cell is not None and cell.value is not None else ""


@cache
def _saving(written: str) -> SavingColumn | Message | None:
    """Return the saved quantity that a key or a header speaks of; else why it cannot, or ``None``.

    A key holds the unit as the assessment spells it; a header is in words, or as in the flat table.
    """
    if written.startswith(SAVING) and written.count(":") == 2:
        _, resource, unit = written.split(":")
        return _checked(resource, unit)
    if names.folded(written).startswith(SAVING):
        faults = Faults("")
        layout = read_header([written], 1, faults)
        if layout.savings:
            return SavingColumn(layout.savings[0].resource, layout.savings[0].unit)
        return next((m for m in faults.messages() if m.place and m.place.column), None)
    for pattern in _saving_headers():
        if found := pattern.fullmatch(names.folded(written)):
            unit = names.meant("unit", found["unit"]) or found["unit"]
            return _checked(found["resource"], unit)
    return None


def _checked(resource: str, unit: str) -> SavingColumn | Message:
    try:
        found = catalogue.find(resource).resource_id
        conversion.conversion(found, units.canonical(unit))
    except SxshError as error:
        return error.messages[0]
    return SavingColumn(found, unit)


@cache
def _saving_headers() -> list[re.Pattern[str]]:
    """Return what headers of saved quantities look like in either language."""
    patterns = []
    for text in names.texts("workbook.options.saving").values():
        escaped = re.escape(names.folded(text))
        for value in ("resource", "unit"):
            escaped = escaped.replace(re.escape(f"{{{value}}}"), f"(?P<{value}>.+)")
        patterns.append(re.compile(escaped))
    return patterns


def _find_fields(spec: Form, found: Found) -> None:
    """Find the rows of a form by their keys, else by their labels; values stand in one column."""
    sheet = found.sheet
    paths = {column.path for column in spec.columns}
    rows: dict[str, int] = {}
    label_columns: Counter[int] = Counter()
    value_column = 0
    for row in sorted(sheet.rows):
        for at, cell in sheet.rows[row].items():
            if not isinstance(cell.value, str):
                continue
            key = _KEY.fullmatch(cell.value.strip())
            if key and key[1] == spec.key and key[2] == VALUE:
                value_column, found.header_row = at, row
            elif key and key[1] == spec.key and key[2] in paths:
                rows[key[2]] = row
                label_columns[at + 1] += 1
    for row in sorted(sheet.rows):
        for at, cell in sheet.rows[row].items():
            path = _by_name(spec.key).get(names.folded(cell.value)) if isinstance(cell.value, str) else None
            if path is not None and path not in rows and at != value_column:
                rows[path] = row
                label_columns[at] += 1
    if not value_column and label_columns:
        value_column = label_columns.most_common(1)[0][0] + 1
    found.fields = {path: (row, value_column) for path, row in rows.items()}

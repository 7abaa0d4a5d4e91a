"""Delimited text (CSV) to columns: which separator, which rows are whole, where each one stands."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from sxsh_options.errors import InputError, Message, message
from sxsh_options.storage.faults import Faults

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELLS = 4_000_000
MAX_RECORD = 1_000_000  # characters of one row
MAX_LINES = 2_000_000  # of text; a cell may hold several

_SEPARATORS = (",", ";", "\t")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_EXCEL_HINT = re.compile(r"sep=([,;\t])(?:\r\n|\r|\n)", re.IGNORECASE)


class Table(NamedTuple):
    """The whole rows of a table, column by column.

    Attributes
    ----------
    header : list of str
        As written, without blanks around the names.
    header_row : int
        1, unless blank rows come first.
    row_numbers : list of int
        For each row, its number as a spreadsheet shows it.
    columns : list of sequences of str
        The cells of each column, as written.
    """

    header: list[str]
    header_row: int
    row_numbers: list[int]
    columns: list[tuple[str, ...]]


class _TooLongError(Exception):
    """One row, or the text of them all, goes on beyond all measure; it carries what to say."""

    def __init__(self, what: Message) -> None:
        super().__init__()
        self.what = what


class _Records:
    """Numbered records of a text; the number counts records, as the rows of a spreadsheet are counted."""

    def __init__(self, text: str, separator: str) -> None:
        self._lines = _LINE.finditer(text)
        self._length = 0
        self._reader = csv.reader(self._measured(), delimiter=separator, strict=True, skipinitialspace=True)
        self.number = 0

    def _measured(self) -> Iterator[str]:
        for found in islice(self._lines, MAX_LINES):
            self._length += found.end() - found.start()
            if self._length > MAX_RECORD:
                raise _TooLongError(message("input.row_too_long", limit=MAX_RECORD))
            yield found[0]
        if next(self._lines, None):
            raise _TooLongError(message("input.too_many_lines", limit=MAX_LINES))

    def __iter__(self) -> Iterator[list[str] | Message]:
        """Yield each record, or what is wrong with it."""
        while True:
            self.number += 1
            self._length = 0
            try:
                yield next(self._reader)
            except StopIteration:
                return
            except _TooLongError as error:
                yield error.what
                return
            except csv.Error as error:
                if "field limit" in str(error):
                    yield message("input.cell_too_long", limit=csv.field_size_limit())
                    return
                ended = "end of data" in str(error)
                yield message("input.quote_not_closed") if ended else message("input.quote_inside_cell")


def read_table(
    text: str, name: str, faults: Faults, is_known: Callable[[str], bool], most_rows: int = MAX_ROWS
) -> Table:
    """Split a text into the columns of a table.

    The separator is the comma, semicolon or tab that makes most known names out of the header. Rows
    that do not have one cell for each column are noted as faults and left out; blank rows are
    passed over.

    Parameters
    ----------
    text : str
    name : str
        How the file is called in messages.
    faults : Faults
        Takes what is wrong with single rows.
    is_known : callable
        Whether a name of the header is one that belongs there.
    most_rows : int
        How many rows are wanted; of a table that has more, one more is read and the rest is not.

    Raises
    ------
    InputError
        There is no table: ``input.empty_file``, ``input.no_header``,
        ``input.too_many_columns``, or a header that cannot be split.
    """
    hint = _EXCEL_HINT.match(text)
    body = text[hint.end() :] if hint else text
    separator = hint[1] if hint else _separator(body, is_known)
    records = _Records(body, separator)
    header = _first_filled(records)
    if header is None:
        empty = records.number <= MAX_ROWS or not body.strip()
        what = message("input.empty_file") if empty else message("input.no_header", limit=MAX_ROWS)
        raise InputError(what.at(file=name))
    header_row = records.number
    if isinstance(header, Message):
        raise InputError(header.at(file=name, row=header_row))
    width = len(header)
    if width > MAX_COLUMNS:
        too_many = message("input.too_many_columns", count=width, limit=MAX_COLUMNS)
        raise InputError(too_many.at(file=name, row=header_row))
    limit = min(MAX_ROWS, MAX_CELLS // width)
    rows: list[list[str]] = []
    row_numbers: list[int] = []
    for record in records:
        if records.number - header_row > limit:
            faults.add(message("input.too_many_rows", limit=limit), records.number)
            break
        if isinstance(record, Message):
            faults.add(record, records.number)
        elif _is_blank(record):
            continue
        elif len(record) != width:
            ragged = message("input.ragged_row", found=len(record), expected=width)
            faults.add(ragged, records.number)
        else:
            rows.append(record)
            row_numbers.append(records.number)
            if len(rows) > most_rows:
                break
    columns: list[tuple[str, ...]] = list(zip(*rows, strict=True)) or [()] * width
    return Table([" ".join(cell.split()) for cell in header], header_row, row_numbers, columns)


def _is_blank(record: list[str] | Message) -> bool:
    return not isinstance(record, Message) and not any(map(str.strip, record))


def _first_filled(records: _Records) -> list[str] | Message | None:
    """Return the first record that is not blank; after ``MAX_ROWS`` blank ones, none is looked for."""
    return next((record for record in islice(records, MAX_ROWS + 1) if not _is_blank(record)), None)


def _separator(text: str, is_known: Callable[[str], bool]) -> str:
    start = text.lstrip("\r\n ")[:MAX_RECORD]

    def fit(separator: str) -> tuple[int, int]:
        first = _first_filled(_Records(start, separator))
        if first is None or isinstance(first, Message):
            return (0, 0)
        return (sum(map(is_known, first)), sum(bool(cell.strip(" ,;\t")) for cell in first))

    return max(_SEPARATORS, key=fit)

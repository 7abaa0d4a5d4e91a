"""The flat options table (CSV), one row an option, read into an assessment."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sxsh_options.errors import InputError, Message, message
from sxsh_options.model import Assessment, Category, Facility, Option
from sxsh_options.model.rows import MAX_QUANTITY, Id, Name
from sxsh_options.numerals import Reading, infer_style, read_column, settled
from sxsh_options.parameters import DATA_FOLDER
from sxsh_options.resources.tables import spelling
from sxsh_options.storage.bulk import Numbers, Rows, build_options
from sxsh_options.storage.collection import collection_paused
from sxsh_options.storage.columns import Layout, is_known, read_header
from sxsh_options.storage.delimited import MAX_ROWS, Table, read_table
from sxsh_options.storage.faults import MAX_FAULTS, Faults
from sxsh_options.storage.model_faults import fault_of, quoted
from sxsh_options.storage.text import decode, read_bytes

_MONEY = ("capex_vnd", "annual_saving_vnd", "opex_change_vnd_per_year")
_NUMERIC = (*_MONEY, "lifetime_years")
_MOST_ERRORS = 2 * MAX_FAULTS  # of one column; behind them nothing will be shown
_NOT_IN_AN_ID = re.compile(r"[\t\r\n\"<>]|^[\s=+\-@']+")


def read_options_table(
    source: Path | bytes, name: str | None = None, notes: list[Message] | None = None
) -> Assessment:
    """Read a flat options table into an assessment without a baseline.

    The separator is a comma, semicolon or tab; numbers are in comma- or dot-decimal style, one style a
    file; the encoding is UTF-8, UTF-16 or Windows-1258. Row numbers in messages are those of a
    spreadsheet: the header is row 1.

    Parameters
    ----------
    source : Path or bytes
        A file, or the content of one.
    name : str, optional
        How the file is called in messages; the path by default.
    notes : list, optional
        Takes what should be said of a file that could be read.

    Returns
    -------
    Assessment
        Its title and facility are named after the file. Quantities keep the units of their columns.

    Raises
    ------
    InputError
        Everything that is wrong, in file order: the first 1,000 faults and whether there may be more.
    """
    name = name or (str(source) if isinstance(source, Path) else "options.csv")
    with collection_paused():
        options = build_options(_checked_rows(source, name, [] if notes is None else notes))
    return assessment_named(name).model_copy(update={"options": options})


def assessment_named(name: str) -> Assessment:
    """Return an assessment without options whose title and facility are named after a file."""
    stem = PurePath(name).stem.strip() or "options"
    return Assessment(
        id=_NOT_IN_AN_ID.sub("", stem)[:100] or "options",
        title=stem[:300],
        facility=Facility(name=stem[:300]),
        source=PurePath(name).name[:300],
    )


_OPTION_FIELD = re.compile(r"options\[(\d+)\]\.(\w+)")
_COLUMN_OF_FIELD = {"annual_saving": "annual_saving_vnd"}


def in_table(messages: Iterable[Message], source: Path | bytes, name: str) -> list[Message]:
    """Return messages about the options of a table with the row and column of the file they came from.

    What is found only when the options are valued speaks of fields of the assessment; whoever wrote the
    table knows rows.
    """
    text, _ = decode(source if isinstance(source, bytes) else read_bytes(source), name)
    rows = read_table(text, name, Faults(name), is_known).row_numbers

    def place(what: Message) -> Message:
        found = _OPTION_FIELD.match((what.place.field if what.place else None) or "")
        if found is None:
            return what
        index, field = int(found[1]), found[2]
        return what.at(file=name, row=rows[index], column=_COLUMN_OF_FIELD.get(field), field=None)

    return [place(what) for what in messages]


def _checked_rows(source: Path | bytes, name: str, notes: list[Message]) -> Rows:
    """Return the checked rows; the text and its cells are given back before the options are made."""
    text, remarks = decode(source if isinstance(source, bytes) else read_bytes(source), name)
    notes.extend(remarks)
    reader = TableReader(name, text)
    rows = reader.rows()
    reader.faults.raise_any()
    return rows


class TableReader:
    """One table on its way to an assessment.

    Parameters
    ----------
    name : str
        How the file is called in messages.
    text : str
    most_rows : int
        How many rows are wanted; a table that has more is read one row further.

    Attributes
    ----------
    faults : Faults
        Everything that was found wrong so far.
    """

    def __init__(self, name: str, text: str, most_rows: int = MAX_ROWS) -> None:
        self._name = name
        self.faults = Faults(name)
        self._table: Table = read_table(text, name, self.faults, is_known, most_rows)
        self._layout: Layout = read_header(self._table.header, self._table.header_row, self.faults)
        self._numeric = {column: p for column, p in self._layout.fixed.items() if column in _NUMERIC}
        self._numeric |= {saving.name: saving.position for saving in self._layout.savings}

    def rows(self) -> Rows:
        """Return the rows; what is wrong with them goes to :attr:`faults`.

        Raises
        ------
        InputError
            ``input.no_rows``: there is nothing but a header.
        """
        if self._numeric or self._layout.fixed:
            self._check_unnamed()
            if not self._table.row_numbers and not self.faults:
                raise InputError(message("input.no_rows").at(file=self._name, row=self._table.header_row))
        ids = self._texts("option_id", Id)
        names = self._texts("name", Name)
        categories = self._categories()
        self._check_duplicates(ids)
        self._check_some_saving()
        numbers = self._numbers()
        self._check_investments(numbers)
        lives = self._lives(numbers)
        return Rows(ids, names, categories, lives, numbers, self._layout.savings)

    # Cells

    def _cells(self, column: str) -> Sequence[str]:
        position = self._layout.fixed.get(column)
        return () if position is None else self._table.columns[position]

    def _fault(self, what: Message, index: int, position: int) -> bool:
        """Note a fault of the cell at `index` among the rows; tell whether later rows need no look."""
        return self.faults.add(what, self._table.row_numbers[index], position, self._table.header[position])

    def _check_unnamed(self) -> None:
        for position in self._layout.unnamed:
            for index, cell in enumerate(self._table.columns[position]):
                if cell and not cell.isspace():
                    what = message("input.cell_without_column", value=quoted(cell), position=position + 1)
                    if self.faults.add(what, self._table.row_numbers[index], position):
                        break

    def _texts(self, column: str, kind: Any) -> list[str]:
        """Return a required column of texts with single blanks; `kind` is their type in the model."""
        position = self._layout.fixed.get(column)
        texts = [" ".join(cell.split()) for cell in self._cells(column)]
        if position is None or _fits(texts, list[kind]):
            return texts
        rule = TypeAdapter(kind)
        for index, text in enumerate(texts):
            try:
                rule.validate_python(text)
            except ValidationError as error:
                what = fault_of(error.errors(include_url=False)[0]) if text else message("input.empty_cell")
                if self._fault(what, index, position):
                    break
        return texts

    def _categories(self) -> list[Category | None]:
        cells = self._cells("category")
        if not cells:
            return [None] * len(self._table.row_numbers)
        names = _category_names()
        known = ", ".join(Category)
        meant = {cell: names.get(spelling(cell)) for cell in set(cells)}
        for index, cell in enumerate(cells):
            if meant[cell] is None and cell.strip():
                what = message("input.unknown_category", value=quoted(cell.strip()), known=known)
                if self._fault(what, index, self._layout.fixed["category"]):
                    break
        return [meant[cell] for cell in cells]

    def _check_duplicates(self, ids: Sequence[str]) -> None:
        if len(set(ids)) == len(ids):
            return
        first: dict[str, int] = {}
        for index, option_id in enumerate(ids):
            if option_id and (before := first.setdefault(option_id, index)) != index:
                row = self._table.row_numbers[before]
                what = message("input.duplicate_option_id", id=quoted(option_id), first_row=row)
                if self._fault(what, index, self._layout.fixed["option_id"]):
                    break

    def _check_some_saving(self) -> None:
        """Ask of every row a saving in money or in physical units."""
        money = self._layout.fixed.get("annual_saving_vnd")
        positions = [saving.position for saving in self._layout.savings]
        positions += [] if money is None else [money]
        if not positions:
            return  # said of the header
        columns = [self._table.columns[position] for position in positions]
        for index, cells in enumerate(zip(*columns, strict=True)):
            if not any(map(str.strip, cells)) and self._fault(
                message("input.no_saving"), index, positions[-1]
            ):
                break

    # Numbers

    def _numbers(self) -> dict[str, Numbers]:
        """Return the numbers of each numeric column; None where a cell is empty or wrong."""
        columns = {
            name: read_column(self._table.columns[p], _MOST_ERRORS) for name, p in self._numeric.items()
        }
        shown = sorted(
            (index, self._numeric[name], style)
            for name, column in columns.items()
            for style, index in column.shown.items()
        )
        evidence = infer_style(Reading("value", evidence_of_style=style) for _, _, style in shown)
        if evidence.comma_decimal is not None and evidence.dot_decimal is not None:
            first, second = sorted((evidence.comma_decimal, evidence.dot_decimal))
            self._conflict(shown[first][:2], shown[second][:2])
        for name, column in columns.items():
            position = self._numeric[name]
            cells = self._table.columns[position]
            for index, reading in column.unsettled.items():
                if reading.status == "ambiguous" and evidence.style:
                    value = settled(cells[index], evidence.style)
                    if name in _MONEY and value is not None and abs(value) < 1000:
                        # As decimals: three of them, which dong hardly ever have. Thousands may be meant.
                        if self._fault(_doubtful_money(cells[index].strip()), index, position):
                            break
                    else:
                        column.values[index] = value
                elif reading.status == "ambiguous" and evidence.conflict:
                    continue  # settled once the conflict is
                elif self._fault(_why_no_number(cells[index].strip(), reading), index, position):
                    break
        numbers = {name: column.values for name, column in columns.items()}
        self._check_sizes(numbers)
        return numbers

    def _check_sizes(self, numbers: dict[str, Numbers]) -> None:
        """Ask of amounts and quantities the bound of the model; lives have their own."""
        for name in numbers.keys() - {"lifetime_years"}:
            position = self._numeric[name]
            for index, value in enumerate(numbers[name]):
                if value is not None and not -MAX_QUANTITY <= value <= MAX_QUANTITY:
                    cell = quoted(self._table.columns[position][index].strip())
                    what = message("input.number_too_large", value=cell, limit=MAX_QUANTITY)
                    if self._fault(what, index, position):
                        break

    def _conflict(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        """Note two cells whose numbers cannot be in the same style."""
        (first_index, first), (index, position) = one, other
        what = message(
            "input.style_conflict",
            value=quoted(self._table.columns[position][index].strip()),
            other=quoted(self._table.columns[first][first_index].strip()),
            other_row=self._table.row_numbers[first_index],
            other_column=self._table.header[first],
        )
        self._fault(what, index, position)

    def _check_filled(self, column: str) -> None:
        for index, cell in enumerate(self._cells(column)):
            if (not cell or cell.isspace()) and self._fault(
                message("input.empty_cell"), index, self._layout.fixed[column]
            ):
                break

    def _check_investments(self, numbers: dict[str, Numbers]) -> None:
        self._check_filled("capex_vnd")
        for index, value in enumerate(numbers.get("capex_vnd", ())):
            if value is not None and value < 0:
                position = self._layout.fixed["capex_vnd"]
                what = message("input.negative_capex", value=quoted(self._cells("capex_vnd")[index].strip()))
                if self._fault(what, index, position):
                    break

    def _lives(self, numbers: dict[str, Numbers]) -> list[int]:
        """Return the technical lives in years, whole and within the bounds of the model."""
        self._check_filled("lifetime_years")
        low, high = _life_bounds()
        lives = []
        for index, value in enumerate(numbers.get("lifetime_years", ())):
            life = int(value) if value is not None else low
            lives.append(life)
            if value is not None and (life != value or not low <= life <= high):
                cell = quoted(self._cells("lifetime_years")[index].strip())
                what = message("input.wrong_life", value=cell, low=low, high=high)
                if self._fault(what, index, self._layout.fixed["lifetime_years"]):
                    break
        return lives


_THOUSANDTHS = re.compile(r"[.,](\d{3})(?!\d)")


def _fits(values: list[str], kind: Any) -> bool:
    try:
        TypeAdapter(kind).validate_python(values)
    except ValidationError:
        return False
    return True


def _doubtful_money(cell: str) -> Message:
    """Return why an amount with one mark and three digits behind it is not taken as decimals."""
    found = _THOUSANDTHS.search(cell)
    mark, fraction = (cell[found.start()], found[1]) if found else (".", "")
    before, after = (cell[: found.start()], cell[found.end() :]) if found else (cell, "")
    shortest = fraction.rstrip("0")
    decimals = f"{fraction}0" if shortest == fraction else shortest  # never three digits again
    return message(
        "input.money_ambiguous",
        value=quoted(cell),
        as_whole=before + fraction + after,
        as_decimal=f"{before}{mark}{decimals}{after}" if decimals else before + after,
    )


def _why_no_number(cell: str, reading: Reading) -> Message:
    value = quoted(cell)
    if reading.status == "ambiguous":
        as_decimal = _THOUSANDTHS.sub(r"\g<0>0", cell, count=1)
        as_whole = _THOUSANDTHS.sub(r"\1", cell, count=1)
        return message("input.number_ambiguous", value=value, as_whole=as_whole, as_decimal=as_decimal)
    match reading.reason:
        case "nan":
            return message("input.number_nan", value=value)
        case "infinity":
            return message("input.number_infinite", value=value)
        case "out_of_range":
            return message("input.number_out_of_range", value=value)
        case "mixed_styles":
            return message("input.number_mixed_styles", value=value)
        case "bad_grouping":
            return message("input.number_bad_grouping", value=value)
        case "percent":
            return message("input.number_percent", value=value)
        case "range" | "approximate" | "spoken":
            return message("input.number_not_one", value=value)
        case _:
            return message("input.not_a_number", value=value)


@cache
def _category_names() -> dict[str, Category]:
    """Return the categories by id and by name in either language, as :func:`spelling` writes them."""
    texts = tomllib.loads((DATA_FOLDER / "locales" / "category.toml").read_text(encoding="utf-8"))["category"]
    return {
        spelling(written): category
        for category in Category
        for written in (category.value, *texts[category.value].values())
    }


@cache
def _life_bounds() -> tuple[int, int]:
    rules = Option.model_fields["technical_life_years"].metadata
    return next(r.ge for r in rules if hasattr(r, "ge")), next(r.le for r in rules if hasattr(r, "le"))

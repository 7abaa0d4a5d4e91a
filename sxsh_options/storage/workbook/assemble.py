"""From recognised sheets to a document: every row, with what is wrong in its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from typing import Any

from sxsh_options.amounts import read_amount
from sxsh_options.errors import InputError, Message, message
from sxsh_options.model import SCHEMA_VERSION
from sxsh_options.model.rows import numbered
from sxsh_options.numerals import Reading, infer_style
from sxsh_options.storage.model_faults import quoted
from sxsh_options.storage.options_csv import assessment_named
from sxsh_options.storage.workbook import names, schema, values
from sxsh_options.storage.workbook.layout import Found, Layout, SavingColumn
from sxsh_options.storage.workbook.own_row import USUAL_COST_ID, path_of, read_ids, usual_ids
from sxsh_options.storage.workbook.places import Places
from sxsh_options.storage.workbook.schema import Column, Table
from sxsh_options.storage.workbook.spreadsheet import Cell, letters

MAX_ROWS = 20_000  # of one table

Document = dict[str, Any]
_NUMBERED = numbered("option")
_ELSEWHERE = frozenset({"formula", "option", "currency"})  # kinds of columns that are no field of their own
_IN_OPTION = (schema.COSTS, schema.SAVINGS, schema.BENEFITS)


class Assembler:
    """One workbook on its way to a document.

    Parameters
    ----------
    layout : Layout
    name : str
        Of the file.
    from_1904 : bool

    Attributes
    ----------
    faults, notes : list of Message
        With sheet, row and column.
    places : Places
    """

    def __init__(self, layout: Layout, name: str, *, from_1904: bool) -> None:
        self._found, self._name = layout.found, name
        self.faults = list(layout.faults)
        self.notes = list(layout.notes)
        self.places = Places(name)
        self._manner = values.Manner(layout.lang, from_1904)
        self._manner.style = infer_style(self._written_numbers()).style

    def document(self) -> Document:
        """Return the document; what cannot be read stands in it as it is written.

        Raises
        ------
        InputError
            ``workbook.too_many_rows``.
        """
        document: Document = {"schema_version": SCHEMA_VERSION}
        for spec, below in ((schema.FACILITY, ()), (schema.ASSUMPTIONS, ("assumptions",))):
            if spec.key in self._found:
                self._read_form(self._found[spec.key], document, below)
        for table in (schema.PRODUCTION, schema.FLOWS, schema.RATES, schema.OVERRIDES, schema.CONFIRMATIONS):
            if rows := self._list(table):
                _put(document, table.at.split("."), rows)
        self._read_growth(document)
        options = self._options()
        if options:
            document["options"] = options
        if "bundle" in document:
            document["bundle"] = _named_in(document["bundle"], options)
        return self._with_head(document)

    def _with_head(self, document: Document) -> Document:
        """Complete what stands above everything: from the file's name, where there is no such sheet."""
        usual = assessment_named(self._name)
        if schema.FACILITY.key not in self._found:
            document |= {"title": usual.title, "facility": {"name": usual.facility.name}}
            document.setdefault("source", PurePath(self._name).name[:300])
        name = document.setdefault("facility", {}).get("name")
        if "title" not in document and isinstance(name, str):
            document["title"] = name[:300]
        return {"id": usual.id, **document}

    # Cells

    def _fault(self, what: Message, found: Found, row: int, column: int | None = None) -> None:
        heading = None if column is None else found.heading(column)
        self.faults.append(what.at(file=self._name, sheet=found.sheet.title, row=row, column=heading))

    def _note(self, what: Message, found: Found, row: int | None, column: int) -> None:
        place = {"sheet": found.sheet.title, "row": row, "column": found.heading(column)}
        self.notes.append(what.at(file=self._name, **place))

    def _value(self, found: Found, row: int, at: int, column: Column, about: values.Row) -> Any:
        """Return what a cell says, ``None`` where it is empty; what is wrong with it is noted."""
        cell = found.sheet.rows.get(row, {}).get(at)
        if cell is None or cell.formula == "ours" or (column.kind != "text" and values.is_blank(cell)):
            return None
        said = values.read(column, cell, about, self._manner)
        if said.fault is not None:
            self._fault(said.fault, found, row, at)
        return said.value

    def _written_numbers(self) -> Iterator[Reading]:
        """Yield what the numbers that stand in cells as texts show about how they are written."""
        for found in self._found.values():
            spec = found.spec
            if not isinstance(spec, Table):
                continue
            columns = [found.columns.get(c.path, 0) for c in spec.columns if c.kind in schema.NUMERIC]
            columns += list(found.savings)
            for row in self._rows(found):
                cells = found.sheet.rows[row]
                for at in columns:
                    cell = cells.get(at)
                    if cell is not None and isinstance(cell.value, str):
                        amount = read_amount(cell.value, typed=False)
                        yield Reading("value", evidence_of_style=amount.evidence_of_style)

    # Forms

    def _read_form(self, found: Found, document: Document, below: tuple[str, ...]) -> None:
        for column in found.spec.columns:
            if column.path not in found.fields:
                continue
            row, at = found.fields[column.path]
            path = (*below, *column.path.split("."))
            self.places.add_cell(".".join(path), found, row, at)
            value = self._value(found, row, at, column, values.PLAIN)
            if value is not None:
                _put(document, path, value)

    # Tables

    def _rows(self, found: Found) -> list[int]:
        """Return the rows of a table in which anything was entered."""
        known = [
            at for path, at in found.columns.items() if not path.startswith("_") or path == schema.INVESTMENT
        ]
        known += list(found.savings)
        rows = found.sheet.rows
        return sorted(
            row
            for row, cells in rows.items()
            if row > found.header_row
            and any(not values.is_blank(cells.get(at)) for at in known if at in cells)
        )

    def _list(self, table: Table) -> list[Document]:
        """Return the rows of a list that stands by itself."""
        found = self._found.get(table.key)
        rows: list[Document] = []
        for row in self._checked_rows(found) if found else ():
            self.places.add_row(f"{table.at}[{len(rows)}]", self._found[table.key], row)
            rows.append(self._row(self._found[table.key], row))
        self._note_same_ids([row.get("id") for row in rows], table.at)
        return rows

    def _checked_rows(self, found: Found) -> list[int]:
        """Return the rows of a table, once merged cells and columns that are not read are seen to."""
        if found.sheet.merged:
            self._see_to_merged(found)
        rows = self._rows(found)
        if len(rows) > MAX_ROWS:
            what = message("workbook.too_many_rows", count=len(rows), limit=MAX_ROWS)
            raise InputError(what.at(file=self._name, sheet=found.sheet.title))
        read = {*found.columns.values(), *found.savings}
        unread = {at for row in rows for at in found.sheet.rows[row]} - read
        for at in sorted(unread):
            self._note(message("workbook.column_ignored"), found, None, at)
        return rows

    def _row(self, found: Found, row: int) -> Document:
        """Return one row of a table, without what belongs elsewhere."""
        spec = found.spec
        about = self._about(found, row)
        made: Document = {}
        written_unit = None
        for column in spec.columns:
            at = found.columns.get(column.path)
            if at is None or column.kind in _ELSEWHERE or column.path in (schema.INVESTMENT, schema.IDS):
                continue
            value = self._value(found, row, at, column, about)
            if value is None and column.may_be_blank:
                value = ""
            if value is None:
                continue
            if column.path == schema.WRITTEN_UNIT:
                written_unit = value
            else:
                _put(made, column.path.split("."), value)
        if written_unit and names.meant("unit", written_unit) == made.get("unit"):
            made["unit"] = written_unit
        return made

    def _about(self, found: Found, row: int) -> values.Row:
        """Return what decides about the meaning of a row's other cells."""
        columns = {column.path: column for column in found.spec.columns}

        def said(path: str) -> Any:
            at = found.columns.get(path)
            cell = None if at is None else found.sheet.rows[row].get(at)
            if cell is None or values.is_blank(cell):
                return None
            return values.read(columns[path], cell, values.PLAIN, self._manner)

        about = values.PLAIN
        if "currency" in columns and columns["currency"].kind == "currency" and (code := said("currency")):
            about = about._replace(currency=str(code.value))
        if "percent" in columns and said("percent"):
            about = about._replace(in_percent=True)
        if "key" in columns and (kind := said("kind")):
            about = about._replace(list_of_keys=names.list_of_keys(kind.value))
        return about

    def _note_same_ids(self, ids: Iterable[Any], at: str) -> None:
        """Note each id that an earlier row of the same list has."""
        first: dict[str, int] = {}
        for number, row_id in enumerate(ids):
            if isinstance(row_id, str) and (before := first.setdefault(row_id, number)) != number:
                one, other = self.places.spot(f"{at}[{before}].id"), self.places.spot(f"{at}[{number}].id")
                if one is not None and other is not None:
                    what = message("workbook.same_id", id=quoted(row_id), first_row=one.row)
                    self.faults.append(what.at(file=self._name, **other._asdict()))

    def _read_growth(self, document: Document) -> None:
        found = self._found.get(schema.GROWTH.key)
        rates: dict[str, Any] = {}
        for row in self._checked_rows(found) if found else ():
            assert found is not None  # noqa: S101
            made = self._row(found, row)
            resource, growth = made.get("resource"), made.get("growth")
            if resource is None or growth is None:
                missing = "resource" if resource is None else "growth"
                self._fault(message("input.empty_cell"), found, row, found.columns.get(missing))
            elif resource in rates:
                self._fault(message("workbook.same_resource"), found, row, found.columns["resource"])
            else:
                rates[resource] = growth
                wrong = "growth" if resource in names.values("resource") else "resource"
                self.places.add_cell(f"{schema.GROWTH.at}.{resource}", found, row, found.columns[wrong])
        if rates:
            _put(document, schema.GROWTH.at.split("."), rates)

    # Options

    def _options(self) -> list[Document]:
        found = self._found.get(schema.OPTIONS.key)
        if found is None:
            return []
        rows = self._checked_rows(found)
        options: list[Document] = []
        for number, row in enumerate(rows):
            self.places.add_row(f"options[{number}]", found, row)
            options.append(self._row(found, row))
        self._note_same_ids([option.get("id") for option in options], "options")
        options = _NUMBERED.func(options)  # type: ignore[call-arg]
        resolve = _resolver(options)
        further: dict[int, int] = {}
        for row in self._details(schema.FURTHER):
            sheet = self._found[schema.FURTHER.key]
            of = self._option_of(sheet, row, resolve)
            if of is None:
                continue
            if of in further:
                what = message("workbook.same_option", first_row=further[of])
                self._fault(what, sheet, row, sheet.columns["option"])
                continue
            further[of] = row
            self.places.add_row(f"options[{of}]", sheet, row)
            options[of] |= self._row(sheet, row)
        for option in options:
            option |= {
                key: _named_in(option[key], options) for key in ("excludes", "requires") if key in option
            }
        given = {table.key: self._of_options(table, options, resolve) for table in _IN_OPTION}
        for number, row in enumerate(rows):
            self._read_own(found, row, f"options[{number}]", options[number], given, number)
        return options

    def _details(self, table: Table) -> list[int]:
        found = self._found.get(table.key)
        return self._checked_rows(found) if found else []

    def _option_of(self, found: Found, row: int, resolve: Callable[[str], int | None]) -> int | None:
        """Return which option a row belongs to; where it does not say so, that is noted."""
        at = found.columns.get("option")
        if at is None:
            return None  # said of the column
        cell = found.sheet.rows[row].get(at)
        if values.is_blank(cell):
            self._fault(message("workbook.no_option"), found, row, at)
            return None
        written = self._value(found, row, at, found.spec.columns[0], values.PLAIN)
        number = resolve(str(written))
        if number is None:
            self._fault(message("workbook.unknown_option", value=quoted(written)), found, row, at)
        return number

    def _of_options(
        self, table: Table, options: list[Document], resolve: Callable[[str], int | None]
    ) -> dict[int, list[tuple[int, Document]]]:
        """Return the rows of a sheet of details by option, each with its number."""
        by_option: dict[int, list[tuple[int, Document]]] = defaultdict(list)
        for row in self._details(table):
            found = self._found[table.key]
            number = self._option_of(found, row, resolve)
            if number is not None:
                path = f"options[{number}].{table.at}[{len(by_option[number])}]"
                self.places.add_row(path, found, row)
                by_option[number].append((row, self._row(found, row)))
        for number, rows in by_option.items():
            path = f"options[{number}].{table.at}"
            self._note_same_ids([made.get("id") for _, made in rows], path)
            options[number][table.at] = [made for _, made in rows]
        return by_option

    def _read_own(
        self,
        found: Found,
        row: int,
        path: str,
        option: Document,
        given: dict[str, dict[int, list[tuple[int, Document]]]],
        number: int,
    ) -> None:
        """Add what an option's own row says of its investment and its savings."""
        at = found.columns.get(schema.IDS)
        hidden = found.sheet.rows[row].get(at) if at is not None else None
        ids = read_ids(hidden.value) if hidden is not None and isinstance(hidden.value, str) else {}
        column = next(c for c in schema.OPTIONS.columns if c.path == schema.INVESTMENT)
        at = found.columns.get(schema.INVESTMENT)
        amount = None if at is None else self._value(found, row, at, column, self._about(found, row))
        if at is not None and amount is not None:
            if details := given[schema.COSTS.key].get(number):
                self._in_both(found, row, at, schema.COSTS, details)
            else:
                item = {"id": ids.get(schema.INVESTMENT, USUAL_COST_ID), "kind": "other", "amount": amount}
                option["capex"] = [item]
                self.places.add_cell(f"{path}.capex[0]", found, row, at)
        quantity = Column("quantity", "number")
        saved: dict[SavingColumn, tuple[int, Any]] = {}
        for at, saving in found.savings.items():
            value = self._value(found, row, at, quantity, values.PLAIN)
            if value is None:
                continue
            if details := given[schema.SAVINGS.key].get(number):
                self._in_both(found, row, at, schema.SAVINGS, details)
            else:
                saved[saving] = at, value
        if not saved:
            return
        known = {saving: ids[path_of(saving)] for saving in saved if path_of(saving) in ids}
        known |= usual_ids([saving for saving in saved if saving not in known], known.values())
        option["savings"] = [
            {"id": known[saving], "resource": saving.resource, "quantity": value, "unit": saving.unit}
            for saving, (_, value) in saved.items()
        ]
        for place, (at, _) in enumerate(saved.values()):
            self.places.add_cell(f"{path}.savings[{place}]", found, row, at)

    def _in_both(
        self, found: Found, row: int, at: int, table: Table, details: list[tuple[int, Document]]
    ) -> None:
        sheet = self._found[table.key].sheet.title
        what = message("workbook.in_both_places", sheet=quoted(sheet), row=details[0][0])
        self._fault(what, found, row, at)

    # Merged cells

    def _see_to_merged(self, found: Found) -> None:
        """Read a name that is merged over several rows as that of each; note what else is merged."""
        known = {at: path for path, at in found.columns.items()} | dict.fromkeys(found.savings, "")
        owners = {column.path for column in found.spec.columns if column.kind == "option"}
        rows = found.sheet.rows
        for block in found.sheet.merged:
            columns = [at for at in known if block.left <= at <= block.right]
            below = [row for row in rows if max(block.top, found.header_row) < row <= block.bottom]
            if not columns or not below or block.bottom <= found.header_row:
                continue
            first: Cell | None = rows.get(block.top, {}).get(block.left)
            if len(columns) == 1 and known[columns[0]] in owners and first is not None:
                for row in below:
                    rows[row].setdefault(columns[0], first)
            elif len(columns) > 1 or len(below) > 1:
                area = f"{letters(block.left)}{block.top}:{letters(block.right)}{block.bottom}"
                self._fault(message("workbook.merged", area=area), found, block.top, block.left)


def _resolver(options: list[Document]) -> Callable[[str], int | None]:
    """Return how an option is found: by its id, else by its name where no other has the same."""
    by_id: dict[str, int] = {}
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, option in enumerate(options):
        by_id.setdefault(str(option.get("id")), number)
        by_name[names.folded(str(option.get("name", "")))].append(number)

    def resolve(written: str) -> int | None:
        found = by_id.get(written, by_id.get(written.strip()))
        if found is not None:
            return found
        named = by_name.get(names.folded(written), [])
        return named[0] if len(named) == 1 else None

    return resolve


def _named_in(written: str, options: list[Document]) -> list[str]:
    """Return the ids of the options that a cell names: one a line, or with semicolons between them."""
    resolve = _resolver(options)
    targets: list[str] = []
    for line in filter(str.strip, written.split("\n")):
        parts = [line] if resolve(line) is not None else [part for part in line.split(";") if part.strip()]
        for part in parts:
            number = resolve(part)
            targets.append(part.strip() if number is None else options[number]["id"])
    return targets


def _put(document: Document, path: Iterable[str], value: Any) -> None:
    *outer, last = path
    for key in outer:
        document = document.setdefault(key, {})
    document[last] = value

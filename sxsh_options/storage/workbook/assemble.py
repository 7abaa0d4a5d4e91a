"""From recognised sheets to a document: every row, with what is wrong in its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from sxsh_options.errors import message
from sxsh_options.model import SCHEMA_VERSION
from sxsh_options.model.rows import numbered
from sxsh_options.storage.model_faults import quoted
from sxsh_options.storage.options_csv import assessment_named
from sxsh_options.storage.workbook import names, schema, values
from sxsh_options.storage.workbook.columns import IDS, INVESTMENT, Column, Table
from sxsh_options.storage.workbook.layout import Found, SavingColumn
from sxsh_options.storage.workbook.own_row import USUAL_COST_ID, path_of, read_ids, usual_ids
from sxsh_options.storage.workbook.rows import Document, TableReader, put

_NUMBERED = numbered("option")
_IN_OPTION = (schema.COSTS, schema.SAVINGS, schema.BENEFITS)


class Assembler(TableReader):
    """One workbook on its way to a document."""

    def document(self) -> Document:
        """Return the document; what cannot be read stands in it as it is written.

        Raises
        ------
        InputError
            ``workbook.too_many_rows``.
        """
        document: Document = {"schema_version": SCHEMA_VERSION}
        below_of = {
            schema.FACILITY: (),
            schema.ASSUMPTIONS: ("assumptions",),
            schema.FINANCING: ("financing",),
        }
        for spec, below in below_of.items():
            if spec.key in self.found:
                self._read_form(self.found[spec.key], document, below)
        for table in (
            schema.PRODUCTION,
            schema.FLOWS,
            schema.SUPPORT,
            schema.LOANS,
            schema.CHOICES,
            schema.BUDGETS,
            schema.RATES,
            schema.OVERRIDES,
            schema.CONFIRMATIONS,
        ):
            if rows := self._list(table):
                put(document, table.at.split("."), rows)
        self._read_growth(document)
        options = self._options()
        if options:
            document["options"] = options
        if "bundle" in document:
            document["bundle"] = _named_in(document["bundle"], options)
        return self._with_head(document)

    def _with_head(self, document: Document) -> Document:
        """Complete what stands above everything: from the file's name, where there is no such sheet."""
        usual = assessment_named(self.name)
        if schema.FACILITY.key not in self.found:
            document["title"] = usual.title
            document.setdefault("facility", {})["name"] = usual.facility.name
            document.setdefault("source", PurePath(self.name).name[:300])
        name = document.setdefault("facility", {}).get("name")
        title = name[:300] if isinstance(name, str) else usual.title
        return {"id": usual.id, "title": title, **document}

    # Forms

    def _read_form(self, found: Found, document: Document, below: tuple[str, ...]) -> None:
        for column in found.spec.columns:
            if column.path not in found.fields:
                continue
            row, at = found.fields[column.path]
            path = (*below, *column.path.split("."))
            self.places.add_cell(".".join(path), found, row, at)
            value = self.value(found, row, at, column, values.PLAIN)
            if value is not None:
                put(document, path, value)

    # Tables

    def _list(self, table: Table) -> list[Document]:
        """Return the rows of a list that stands by itself."""
        found = self.found.get(table.key)
        rows: list[Document] = []
        for row in self.checked_rows(found) if found else ():
            self.places.add_row(f"{table.at}[{len(rows)}]", self.found[table.key], row)
            rows.append(self.row(self.found[table.key], row))
        self.note_same_ids([row.get("id") for row in rows], table.at)
        return rows

    def _read_growth(self, document: Document) -> None:
        found = self.found.get(schema.GROWTH.key)
        rates: dict[str, Any] = {}
        for row in self.checked_rows(found) if found else ():
            assert found is not None  # noqa: S101
            made = self.row(found, row)
            resource, growth = made.get("resource"), made.get("growth")
            if resource is None or growth is None:
                missing = "resource" if resource is None else "growth"
                self.fault(message("input.empty_cell"), found, row, found.columns.get(missing))
            elif resource in rates:
                self.fault(message("workbook.same_resource"), found, row, found.columns["resource"])
            else:
                rates[resource] = growth
                wrong = "growth" if resource in names.values("resource") else "resource"
                self.places.add_cell(f"{schema.GROWTH.at}.{resource}", found, row, found.columns[wrong])
        if rates:
            put(document, schema.GROWTH.at.split("."), rates)

    # Options

    def _options(self) -> list[Document]:
        found = self.found.get(schema.OPTIONS.key)
        if found is None:
            return []
        rows = self.checked_rows(found)
        options: list[Document] = []
        for number, row in enumerate(rows):
            self.places.add_row(f"options[{number}]", found, row)
            options.append(self.row(found, row))
        self.note_same_ids([option.get("id") for option in options], "options")
        options = _NUMBERED.func(options)  # type: ignore[call-arg]
        resolve = _resolver(options)
        further: dict[int, int] = {}
        for row in self._details(schema.FURTHER):
            sheet = self.found[schema.FURTHER.key]
            of = self._option_of(sheet, row, resolve)
            if of is None:
                continue
            if of in further:
                what = message("workbook.same_option", first_row=further[of])
                self.fault(what, sheet, row, sheet.columns["option"])
                continue
            further[of] = row
            self.places.add_row(f"options[{of}]", sheet, row)
            options[of] |= self.row(sheet, row)
        for option in options:
            option |= {
                key: _named_in(option[key], options) for key in ("excludes", "requires") if key in option
            }
        given = {table.key: self._of_options(table, options, resolve) for table in _IN_OPTION}
        for number, row in enumerate(rows):
            self._read_own(found, row, f"options[{number}]", options[number], given, number)
        return options

    def _details(self, table: Table) -> list[int]:
        found = self.found.get(table.key)
        return self.checked_rows(found) if found else []

    def _option_of(self, found: Found, row: int, resolve: Callable[[str], int | None]) -> int | None:
        """Return which option a row belongs to; where it does not say so, that is noted."""
        at = found.columns.get("option")
        if at is None:
            return None  # said of the column
        cell = found.sheet.rows[row].get(at)
        if values.is_blank(cell):
            self.fault(message("workbook.no_option"), found, row, at)
            return None
        written = self.value(found, row, at, found.spec.columns[0], values.PLAIN)
        number = resolve(str(written))
        if number is None:
            self.fault(message("workbook.unknown_option", value=quoted(written)), found, row, at)
        return number

    def _of_options(
        self, table: Table, options: list[Document], resolve: Callable[[str], int | None]
    ) -> dict[int, list[tuple[int, Document]]]:
        """Return the rows of a sheet of details by option, each with its number."""
        by_option: dict[int, list[tuple[int, Document]]] = defaultdict(list)
        for row in self._details(table):
            found = self.found[table.key]
            number = self._option_of(found, row, resolve)
            if number is not None:
                path = f"options[{number}].{table.at}[{len(by_option[number])}]"
                self.places.add_row(path, found, row)
                by_option[number].append((row, self.row(found, row)))
        for number, rows in by_option.items():
            path = f"options[{number}].{table.at}"
            self.note_same_ids([made.get("id") for _, made in rows], path)
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
        at = found.columns.get(IDS)
        hidden = found.sheet.rows[row].get(at) if at is not None else None
        ids = read_ids(hidden.value) if hidden is not None and isinstance(hidden.value, str) else {}
        column = next(c for c in schema.OPTIONS.columns if c.path == INVESTMENT)
        at = found.columns.get(INVESTMENT)
        amount = None if at is None else self.value(found, row, at, column, self.about(found, row))
        if at is not None and amount is not None:
            if details := given[schema.COSTS.key].get(number):
                self._in_both(found, row, at, schema.COSTS, details)
            else:
                item = {"id": ids.get(INVESTMENT, USUAL_COST_ID), "kind": "other", "amount": amount}
                option["capex"] = [item]
                self.places.add_cell(f"{path}.capex[0]", found, row, at)
        quantity = Column("quantity", "number")
        saved: dict[SavingColumn, tuple[int, Any]] = {}
        for at, saving in found.savings.items():
            value = self.value(found, row, at, quantity, values.PLAIN)
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
        sheet = self.found[table.key].sheet.title
        what = message("workbook.in_both_places", sheet=quoted(sheet), row=details[0][0])
        self.fault(what, found, row, at)


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

"""Writing an assessment, or an empty template, as an Excel workbook that people fill in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from sxsh_options.model import Assessment
from sxsh_options.storage.collection import collection_paused
from sxsh_options.storage.results_table import Words
from sxsh_options.storage.workbook import content, formulas, names, schema
from sxsh_options.storage.workbook.columns import INVESTMENT, PAYBACK, SEEN, Column, Form, Table
from sxsh_options.storage.workbook.guide import write_guide
from sxsh_options.storage.workbook.layout import VALUE, key_of
from sxsh_options.storage.workbook.lists import list_name, write_lists
from sxsh_options.storage.workbook.paper import HEAD, WHOLE, YEARS, Formula, Paper
from sxsh_options.storage.workbook.spreadsheet import letters

_FIRST = 2  # row of the first entry, from 0: keys and header stand above
_CHECKED = 10_000  # rows down to which choices are offered
_SPARE = {"options": 50, "costs": 50, "savings": 50, "benefits": 50, "further": 50, "flows": 40}
_SPARE_ELSEWHERE = 20
_FORM_WIDTHS = (38.0, 44.0, 10.0, 70.0)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format has no time zones; no day of today in the file
_LONGEST_HINT = 255  # characters that Excel takes


def write_workbook(assessment: Assessment | None, wording: Words, as_of: date) -> bytes:
    """Return an assessment as a workbook in the language of `wording`, or an empty one to be filled in.

    Reading it back with :func:`~sxsh_options.storage.workbook.read_workbook` gives an equal assessment.

    Parameters
    ----------
    assessment : Assessment or None
    wording : Words
    as_of : date
        The day whose published prices the previews use where the assessment states none.

    Returns
    -------
    bytes
        The file; the same assessment and day always give the same.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    out = io.BytesIO()
    with collection_paused(), Workbook(out, {"in_memory": True}) as workbook:
        title = assessment.title if assessment else wording.text("workbook.title")
        workbook.set_properties({"title": title, "created": _MADE})
        _Writer(workbook, assessment, wording, as_of).write()
    return out.getvalue()


class _Writer:
    """One workbook on its way out."""

    def __init__(self, workbook: Any, assessment: Assessment | None, wording: Words, as_of: date) -> None:
        self._assessment, self._wording, self._as_of = assessment, wording, as_of
        self._lang: names.Lang = wording.lang
        self._paper = Paper(workbook, self._lang, wording.text("export.page"))
        self._saved = content.saved_columns(assessment, self._lang)
        terms = (names.shown("yes_no", "no", self._lang), names.shown("override", "price", self._lang))
        self._terms = formulas.Terms(*terms, wording.text("workbook.never"))

    def write(self) -> None:
        """Write all sheets."""
        workbook = self._paper.workbook
        titles = {key: self._wording.text(f"workbook.sheet.{key}") for key in (*schema.ORDER, schema.LISTS)}
        sheets = {key: self._paper.sheet(title) for key, title in titles.items()}
        write_guide(sheets[schema.GUIDE], self._paper, self._wording, titles, self._as_of)
        for form in schema.FORMS:
            self._write_form(form, sheets[form.key])
        for table in schema.TABLES:
            self._write_table(table, sheets[table.key])
        hidden = sheets[schema.LISTS]
        rows = _field_rows(schema.FACILITY)
        days = [f"$C${rows[path] + 1}" for path in ("baseline.start", "baseline.end")]
        start, end = (f"'{titles[schema.FACILITY.key]}'!{day}" for day in days)
        write_lists(hidden, workbook, self._assessment, self._lang, (start, end), self._as_of)
        hidden.hide()
        first = sheets[schema.GUIDE if self._assessment is None else schema.OPTIONS.key]
        first.activate()

    # Forms

    def _write_form(self, form: Form, sheet: Any) -> None:
        paper, wording = self._paper, self._wording
        sheet.set_column(0, 0, None, None, {"hidden": True})
        for at, width in enumerate(_FORM_WIDTHS, 1):
            sheet.set_column(at, at, width)
        sheet.write_string(0, 2, key_of(form.key, VALUE))
        for at, head in enumerate(("item", "value", "unit", "purpose"), 1):
            sheet.write_string(_FIRST - 1, at, wording.text(f"workbook.form.{head}"), paper.head())
        given = content.field_values(form, self._assessment, self._lang)
        label, quiet = paper.style(bold=True), paper.style(font_color="#4A5560")
        heading = paper.style(bold=True, text_wrap=False, bg_color=HEAD)
        rows = _field_rows(form)
        for column in form.columns:
            row = rows[column.path]
            if column.group:
                text = wording.text(f"workbook.group.{column.group}")
                for at in range(1, len(_FORM_WIDTHS) + 1):
                    sheet.write(row - 1, at, text if at == 1 else None, heading)
            sheet.write_string(row, 0, key_of(form.key, column.path))
            header = names.headers(form.key, column.path)[self._lang]
            sheet.write_string(row, 1, f"{header} *" if column.required else header, label)
            value = given[column.path]
            if value is None:
                sheet.write_blank(row, 2, None, paper.field(column.kind))
            else:
                paper.put(sheet, row, 2, value, paper.field(column.kind, value))
            unit = names.texts(f"workbook.in.{column.path.replace('.', '_')}").get(self._lang, "")
            sheet.write_string(row, 3, unit, quiet)
            hint = names.hints(form.key, column.path).get(self._lang, "")
            sheet.write_string(row, 4, hint, quiet)
            paper.fit(sheet, row, zip((header, str(value or ""), unit, hint), _FORM_WIDTHS, strict=True))
            self._offer(sheet, column, (row, 2, row, 2), form.key)
        paper.finish(sheet, first_row=_FIRST)

    # Tables

    def _write_table(self, table: Table, sheet: Any) -> None:
        if table is schema.OPTIONS:
            columns = content.option_columns(self._saved)
            rows = content.option_lines(
                self._assessment, self._saved, self._lang, self._terms.never, self._as_of
            )
        else:
            columns = list(table.columns)
            rows = content.lines(table, self._assessment, self._saved, self._lang, self._as_of)
        last = _FIRST + len(rows) + _SPARE.get(table.key, _SPARE_ELSEWHERE) - 1
        at = {column.path: number for number, column in enumerate(columns)}
        for number, column in enumerate(columns):
            self._write_head(sheet, table, column, number)
            self._offer(sheet, column, (_FIRST, number, _CHECKED, number), table.key)
            if column.path not in self._saved:
                area = f"${letters(number + 1)}${_FIRST + 1}:${letters(number + 1)}${last + 1}"
                name = formulas.name_of(table.key, column.path)
                self._paper.workbook.define_name(name, f"='{sheet.get_name()}'!{area}")
        blank: content.Line = {}
        widths = {column.path: column.width for column in columns if not _is_hidden(column)}
        for row in range(_FIRST, last + 1):
            line = rows[row - _FIRST] if row - _FIRST < len(rows) else blank
            self._paper.fit(
                sheet, row, ((v, widths[p]) for p, v in line.items() if isinstance(v, str) and p in widths)
            )
            self._write_row(sheet, table, columns, at, row, line)
        heads = [(self._head(table, column), column.width) for column in columns if not _is_hidden(column)]
        self._paper.fit(sheet, _FIRST - 1, heads)
        frozen = 2 if table is schema.OPTIONS else 1
        self._paper.finish(sheet, first_row=_FIRST, frozen_columns=frozen, width=sum(widths.values()))

    def _write_head(self, sheet: Any, table: Table, column: Column, at: int) -> None:
        hidden = _is_hidden(column)
        style = self._paper.computed(WHOLE) if column.kind == "formula" else self._paper.field(column.kind)
        sheet.set_column(at, at, column.width, style, {"hidden": hidden})
        sheet.write_string(0, at, key_of(table.key, column.path))
        if hidden:
            return
        sheet.write_string(_FIRST - 1, at, self._head(table, column), self._paper.head())

    def _head(self, table: Table, column: Column) -> str:
        if column.path in self._saved:
            saved = self._saved[column.path]
            unit = names.shown("unit", saved.column.unit, self._lang)
            return self._wording.text("workbook.options.saving", resource=saved.resource, unit=unit)
        text = names.headers(table.key, column.path)[self._lang]
        return f"{text} *" if column.required else text

    def _write_row(
        self,
        sheet: Any,
        table: Table,
        columns: Sequence[Column],
        at: Mapping[str, int],
        row: int,
        line: content.Line,
    ) -> None:
        paper = self._paper

        def cell(path: str) -> str:
            return f"${letters(at[path] + 1)}{row + 1}"

        made = content.row_formulas(table, cell, self._saved, self._terms)
        for number, column in enumerate(columns):
            value = line.get(column.path)
            if column.kind == "formula":
                shown = value.value if isinstance(value, Formula) else ""
                style = paper.computed(YEARS if column.path == PAYBACK else WHOLE)
                sheet.write_formula(row, number, made[column.path], style, shown)
            elif isinstance(value, Formula):
                text = self._sum_over_rows(column.path, cell("id"))
                sheet.write_formula(row, number, text, paper.computed(WHOLE), value.value)
            elif value is not None:  # else the column's own format is enough
                paper.put(sheet, row, number, value, paper.field(column.kind, value))

    def _sum_over_rows(self, path: str, option: str) -> str:
        if path == INVESTMENT:
            return formulas.investment_of_rows(option)
        return formulas.saving_of_rows(option, self._saved[path])

    def _offer(self, sheet: Any, column: Column, area: tuple[int, int, int, int], key: str) -> None:
        """Offer the choices of a column, and say what it is for where a cell is chosen."""
        rule: dict[str, Any] = {"validate": "any"}
        if column.kind in ("choice", "unit"):
            rule = {"validate": "list", "source": f"={list_name(column.choices)}"}
        elif column.kind in ("option", "flow"):
            table = "options" if column.kind == "option" else "flows"
            rule = {"validate": "list", "source": f"={formulas.name_of(table, 'id')}"}
        if rule["validate"] == "list":
            rule |= {
                "error_type": "warning",
                "error_title": self._wording.text("workbook.not_listed.title"),
                "error_message": self._wording.text("workbook.not_listed"),
            }
        hint = names.hints(key, column.path).get(self._lang, "")
        if hint and column.kind != "formula":
            rule["input_message"] = hint[:_LONGEST_HINT]
        if rule != {"validate": "any"} and column.kind not in ("formula", "hidden"):
            sheet.data_validation(*area, rule)


def _field_rows(form: Form) -> dict[str, int]:
    """Return the row of each field of a form; a heading takes the one above the first of its group."""
    headings = accumulate(bool(column.group) for column in form.columns)
    numbered = enumerate(zip(form.columns, headings, strict=True), _FIRST)
    return {column.path: number + above for number, (column, above) in numbered}


def _is_hidden(column: Column) -> bool:
    """Whether only the program looks at a column."""
    return column.kind == "hidden" or (column.kind == "formula" and column.path not in SEEN)

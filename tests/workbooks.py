"""Workbooks for tests: filled in and spoilt the way people and programs do it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

FIRST = 3  # row of the first entry: hidden keys and the header stand above


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a workbook after a change by openpyxl; formulas lose what they gave."""
    workbook = load_workbook(io.BytesIO(data))
    change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def column_of(sheet: Worksheet, path: str) -> int:
    """Return where a column stands, by its hidden key."""
    for cell in sheet[1]:
        if str(cell.value or "").partition(":")[2].partition(":")[2] == path:
            return int(cell.column)
    raise KeyError(path)


def fill(sheet: Worksheet, row: int, values: Mapping[str, Any]) -> None:
    """Write values into a row of a table, by the keys of its columns; the formats of the columns are kept."""
    for path, value in values.items():
        column = column_of(sheet, path)
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, float) and path in ("percent", "vat_rate", "base_share", "growth"):
            cell.number_format = "0.00%"


def fill_form(sheet: Worksheet, values: Mapping[str, Any]) -> None:
    """Write values into a form, by the keys of its fields."""
    rows = {str(cell.value).split(":")[-1]: cell.row for cell in sheet["A"] if cell.value}
    for path, value in values.items():
        sheet.cell(rows[path], 3).value = value


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a workbook with its parts changed one by one; ``None`` leaves a part out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return out.getvalue()


def part_of(data: bytes, title: str) -> str:
    """Return the part that holds a sheet; sheets are numbered in their order."""
    workbook = load_workbook(io.BytesIO(data), read_only=True)
    return f"xl/worksheets/sheet{workbook.sheetnames.index(title) + 1}.xml"

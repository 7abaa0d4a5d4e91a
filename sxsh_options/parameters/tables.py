"""Tables under ``data/``: CSV with a fixed header."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from sxsh_options.errors import DataFileError, message


def read_table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a CSV table under ``data/``, one dict a row, cells stripped.

    Raises
    ------
    DataFileError
        ``data_file.missing_file``, ``data_file.not_utf8``, ``data_file.not_csv``,
        ``data_file.wrong_columns``, ``data_file.ragged_row`` (every such row), ``data_file.no_rows``.
    """
    try:
        text = path.read_text(encoding="utf-8")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except FileNotFoundError:
        raise DataFileError(message("data_file.missing_file").at(file=path.name)) from None
    except UnicodeDecodeError:
        raise DataFileError(message("data_file.not_utf8").at(file=path.name)) from None
    except csv.Error as error:
        raise DataFileError(message("data_file.not_csv", reason=str(error)).at(file=path.name)) from None
    header, *rows = lines or [[]]
    if tuple(header) != columns:
        wrong = message("data_file.wrong_columns", found=", ".join(header), expected=", ".join(columns))
        raise DataFileError(wrong.at(file=path.name, row=1))
    faults = [
        message("data_file.ragged_row", found=len(row), expected=len(columns)).at(file=path.name, row=number)
        for number, row in enumerate(rows, start=2)
        if len(row) != len(columns)
    ]
    if faults or not rows:
        raise DataFileError(faults or message("data_file.no_rows").at(file=path.name))
    return [dict(zip(columns, (cell.strip() for cell in row), strict=True)) for row in rows]

"""Faulty rows of the norms and of the observed prices: each is refused with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sxsh_options.errors import DataFileError
from sxsh_options.options import norms
from sxsh_options.parameters import DATA_FOLDER
from sxsh_options.resources import observed_prices

NORMS = {  # what is done to the table: (old, new, code, column)
    "unknown_sector": ("N010,beer,", "N010,moon,", "unknown_reference", "sectors"),
    "no_sector": ("N010,beer,", "N010,,", "unknown_reference", "sectors"),
    "falling": (",3.5,4.3,5.2,", ",3.5,6.3,5.2,", "wrong_cell", "typical"),
    "text_for_number": (",3.5,4.3,5.2,", ",3.5,half,5.2,", "wrong_cell", "typical"),
    "no_figure": (",3.5,4.3,5.2,", ",,,,", "wrong_cell", "typical"),
    "limit_missing": (",,,306,legal_max", ",306,,,legal_max", "wrong_cell", "high"),
    "unknown_kind": (",3.5,4.3,5.2,survey", ",3.5,4.3,5.2,poll", "wrong_cell", "kind"),
    "no_day": ("legal_max,,2020-12-31", "legal_max,,2020", "wrong_cell", "valid_until"),
    "ends_before_start": ("2021-01-01,2025-12-31", "2026-01-01,2025-12-31", "wrong_cell", "valid_until"),
    "duplicate_id": ("N011,", "N010,", "duplicate_id", "norm_id"),
    "half_a_text": (",hl/hl,hl/hl,3.5", ",hl/hl,,3.5", "wrong_cell", "unit_en"),
}  # fmt: skip

PRICES = {
    "unknown_resource": ("O06,water,", "O06,moonlight,", "unknown_reference", "resource"),
    "text_for_number": (",17000,", ",cheap,", "wrong_cell", "value"),
    "gap_that_is_known": ("Not found.,,", "Not found.,,read", "wrong_cell", "evidence"),
    "gap_without_note": ("Không tìm thấy.,Not found.", ",", "wrong_cell", "note_vi"),
    "unknown_tax": ("Lạng Sơn,Lạng Sơn,not_stated", "Lạng Sơn,Lạng Sơn,maybe", "wrong_cell", "tax"),
}  # fmt: skip


def faults(load: Callable[[Path], object], file: str, old: str, new: str, folder: Path) -> set[object]:
    text = (DATA_FOLDER / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataFileError) as error:
        load(folder)
    assert all(fault.place is not None and fault.place.file == file for fault in error.value.messages)
    return {(fault.code, fault.place.column) for fault in error.value.messages if fault.place}


@pytest.mark.parametrize("name", NORMS)
def test_a_broken_norm_is_refused(name: str, tmp_path: Path) -> None:
    old, new, code, column = NORMS[name]
    assert (f"data_file.{code}", column) in faults(norms.load, "norms.csv", old, new, tmp_path)


@pytest.mark.parametrize("name", PRICES)
def test_a_broken_price_is_refused(name: str, tmp_path: Path) -> None:
    old, new, code, column = PRICES[name]
    found = faults(observed_prices.load, "price_observations.csv", old, new, tmp_path)
    assert (f"data_file.{code}", column) in found

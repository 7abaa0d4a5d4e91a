"""One malformed file an error: each is refused with its own message and place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sxsh_options.errors import DataFileError, Message
from sxsh_options.options import tables as option_tables
from sxsh_options.parameters import DATA_FOLDER, ParameterFileError, load
from sxsh_options.resources import tables

HERE = Path(__file__).parent

PARAMETERS = {  # file: (code, key)
    "not_toml": ("not_toml", None),
    "not_utf8": ("not_utf8", None),
    "id_differs": ("id_differs", "id"),
    "missing_key": ("missing_key", "unit"),
    "missing_reference": ("missing_key", "values[0].reference"),
    "missing_from": ("missing_key", "values[0].from"),
    "missing_note": ("missing_key", "values[0].note"),
    "missing_english": ("missing_key", "description.en"),
    "unknown_key": ("unknown_key", "colour"),
    "unknown_value_key": ("unknown_key", "values[0].valid_until"),
    "wrong_type": ("wrong_type", "values[0].from"),
    "wrong_kind_of_value": ("wrong_type", "values[0].value"),
    "evidence_not_allowed": ("not_allowed", "values[0].evidence"),
    "kind_not_allowed": ("not_allowed", "kind"),
    "not_finite": ("not_finite", "values[0].value"),
    "empty": ("empty", "values[0].reference.title"),
    "no_values": ("wrong_count", "values"),
    "timeless_twice": ("wrong_count", "values"),
    "timeless_dated": ("timeless_dated", "values[0].from"),
    "not_rising": ("not_rising", "values[1].from"),
    "ends_before_start": ("ends_before_start", "values[0].until"),
    "unknown_with_value": ("unknown_with_value", "values[0].value"),
}

TABLES = {  # folder: (file, code, row, column)
    "wrong_columns": ("resources.csv", "wrong_columns", 1, None),
    "no_rows": ("gwp.csv", "no_rows", None, None),
    "ragged_row": ("resources.csv", "ragged_row", 2, None),
    "not_csv": ("resources.csv", "not_csv", None, None),
    "duplicate_row": ("resources.csv", "duplicate_id", 3, "resource_id"),
    "alias_twice": ("resources.csv", "alias_twice", 3, "aliases"),
    "unknown_unit": ("resources.csv", "wrong_cell", 2, "unit"),
    "unknown_kind": ("resources.csv", "wrong_cell", 2, "kind"),
    "unknown_fuel": ("resources.csv", "unknown_reference", 2, "factor"),
    "unknown_price": ("resources.csv", "unknown_reference", 2, "price"),
    "toe_without_fuel": ("resources.csv", "unknown_reference", 2, "toe"),
    "price_range_turned": ("resources.csv", "wrong_cell", 2, "price_high"),
    "price_range_unmarked": ("resources.csv", "wrong_cell", 2, "price_range_evidence"),
    "zero_density": ("fuels.csv", "wrong_cell", 2, "density"),
    "text_for_number": ("fuels.csv", "wrong_cell", 2, "co2_kg_per_tj"),
    "note_missing": ("fuels.csv", "wrong_cell", 2, "note_vi"),
    "evidence_unknown": ("gwp.csv", "wrong_cell", 2, "evidence_ar6"),
}


CATALOGUE = {  # what is done to a table: (file, old, new, code, column)
    "unknown_sector": ("options", "seafood|ice", "seafood|moon", "unknown_reference", "sectors"),
    "unknown_category": ("options", "good_housekeeping", "tidiness", "wrong_cell", "category"),
    "falling_band": ("effects", "percent,35,50,65", "percent,35,70,65", "wrong_cell", "typical"),
    "text_for_number": ("effects", "percent,35,50,65", "percent,35,half,65", "wrong_cell", "typical"),
    "unknown_option": ("effects", "LGT01,", "LGT99,", "unknown_reference", "option_id"),
    "option_without_effect": ("effects", "LGT01,", "LGT02,", "unknown_reference", "option_id"),
    "unknown_base": ("effects", ",elec_light,", ",elec_dark,", "unknown_reference", "base"),
    "switch_to_nothing": ("effects", ",wood,", ",,", "wrong_cell", "replaced_by"),
    "switch_to_unknown": ("effects", ",wood,", ",moonlight,", "unknown_reference", "replaced_by"),
    "one_sided_exclusion": ("options", ",BLR09,", ",,", "unknown_reference", "exclusive_with"),
    "unknown_evidence": ("end_use_shares", ",unverified-low", ",certain", "wrong_cell", "evidence"),
    "share_of_unknown": ("end_use_shares", "elec_refrig", "elec_heating", "unknown_reference", "end_use"),
    "unknown_part": ("end_uses", "elec_whitening|elec_", "elec_whitening|x", "unknown_reference", "parts"),
    "name_missing": ("sectors", "Chế biến thủy sản", "", "wrong_cell", "name_vi"),
    "duplicate_id": ("options", "LGT02,", "LGT01,", "duplicate_id", "option_id"),
    "anchor_of_unknown": ("capex_anchors", "LGT01|LGT03", "LGT01|LGT98", "unknown_reference", "option_ids"),
}  # fmt: skip


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_broken_catalogue_is_refused(name: str, tmp_path: Path) -> None:
    file, old, new, code, column = CATALOGUE[name]
    shutil.copytree(DATA_FOLDER / "catalogue", tmp_path, dirs_exist_ok=True)
    broken = tmp_path / f"{file}.csv"
    text = broken.read_text(encoding="utf-8")
    assert old in text
    broken.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataFileError) as error:
        option_tables.load(tmp_path)
    found = {(m.code, m.place.column) for m in error.value.messages if m.place}
    assert (f"data_file.{code}", column) in found


def faults_of_tables(folder: Path) -> tuple[Message, ...]:
    with pytest.raises(DataFileError) as error:
        tables.load(folder)
    return error.value.messages


def test_every_broken_parameter_file_is_expected_here() -> None:
    assert {path.stem for path in (HERE / "parameters").glob("*.toml")} == set(PARAMETERS)
    assert {path.name for path in (HERE / "tables").iterdir()} == set(TABLES)


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_broken_parameter_file_is_refused(name: str, tmp_path: Path) -> None:
    code, key = PARAMETERS[name]
    shutil.copy(HERE / "parameters" / f"{name}.toml", tmp_path)
    with pytest.raises(ParameterFileError) as error:
        load(tmp_path)
    (fault,) = error.value.messages
    assert fault.code == f"data_file.{code}"
    assert fault.place is not None
    assert (fault.place.file, fault.place.field) == (f"{name}.toml", key)


def test_one_id_in_two_folders_is_refused() -> None:
    with pytest.raises(ParameterFileError) as error:
        load(HERE / "parameters" / "duplicate_id")
    (fault,) = error.value.messages
    assert fault.code == "data_file.duplicate_id"
    assert fault.place is not None
    assert fault.place.file == "two/duplicate_id.toml"


def test_the_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    for name in PARAMETERS:
        shutil.copy(HERE / "parameters" / f"{name}.toml", tmp_path)
    with pytest.raises(ParameterFileError) as error:
        load(tmp_path)
    assert {m.place.file for m in error.value.messages if m.place} == {f"{name}.toml" for name in PARAMETERS}


@pytest.mark.parametrize("name", TABLES)
def test_a_broken_table_is_refused(name: str, tmp_path: Path) -> None:
    file, code, row, column = TABLES[name]
    for table in ("resources.csv", "fuels.csv", "gwp.csv"):
        shutil.copy(DATA_FOLDER / table, tmp_path)
    shutil.copy(HERE / "tables" / name / file, tmp_path)
    places = {
        (fault.code, fault.place.file, fault.place.row, fault.place.column)
        for fault in faults_of_tables(tmp_path)
        if fault.place is not None
    }
    assert (f"data_file.{code}", file, row, column) in places


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    found = {fault.place.file for fault in faults_of_tables(tmp_path) if fault.place is not None}
    assert found == {"resources.csv", "fuels.csv", "gwp.csv"}

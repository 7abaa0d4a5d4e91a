from __future__ import annotations

import json
from pathlib import Path

import pytest

from sxsh_options.errors import InputError
from sxsh_options.i18n import Wording
from sxsh_options.storage import read_assessment, read_assessment_bytes
from sxsh_options.storage.workbook import write_workbook
from tests.builders import AS_OF

TABLE = b"option_id;name;capex_vnd;lifetime_years;annual_saving_vnd\nA;b;1;2;3\n"
DOCUMENT = json.dumps({"schema_version": 1, "id": "a", "title": "b", "facility": {"name": "c"}}).encode()


@pytest.mark.parametrize("name", ["t.csv", "T.CSV", "t.tsv", "t.txt"])
def test_tables_by_ending(name: str) -> None:
    assert read_assessment_bytes(TABLE, name).options[0].id == "A"


@pytest.mark.parametrize("name", ["a.json", "A.JSON", "a", "a.sxsh", "a.b.c"])
def test_documents_by_ending_or_by_content(name: str) -> None:
    assert read_assessment_bytes(DOCUMENT, name).title == "b"


def test_a_file_and_its_content_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "bảng.csv"
    path.write_bytes(TABLE)
    assert read_assessment(path) == read_assessment(str(path)) == read_assessment_bytes(TABLE, str(path))


def test_a_workbook_by_another_name_is_told_as_one() -> None:
    with pytest.raises(InputError) as caught:
        read_assessment_bytes(b"PK\x03\x04....xl/workbook.xml", "a.csv")
    (fault,) = caught.value.messages
    assert (fault.code, fault.params) == ("input.binary", {"kind": "Excel (.xlsx)"})


def test_a_workbook_reads_as_the_document_it_was_made_of() -> None:
    made = read_assessment_bytes(DOCUMENT, "a.json")
    assert read_assessment_bytes(write_workbook(made, Wording("en"), AS_OF), "a.XLSX") == made


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_assessment(tmp_path / "none.json")
    assert caught.value.messages[0].code == "input.file_not_found"

"""A person's own file with what is wrong in it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from sxsh_options.errors import InputError, message
from sxsh_options.i18n import Wording
from sxsh_options.i18n.texts import Lang
from sxsh_options.storage.workbook import marked_copy, read_workbook, write_workbook
from tests.builders import AS_OF, assessment, option
from tests.workbooks import FIRST, column_of, edited, fill, repacked

VI = Wording("vi")


def spoilt(workbook: Any) -> None:
    fill(workbook["Giải pháp"], FIRST, {"technical_life_years": "mười năm", "category": "=1+1"})
    fill(workbook["Khoản chi đầu tư"], FIRST, {"option": "Z", "amount": -5})
    workbook["Giải pháp"].cell(FIRST, 2).comment = None


FILE = edited(write_workbook(assessment(option()), VI, AS_OF), spoilt)


def marked(lang: Lang = "vi", data: bytes = FILE) -> Any:
    faults = read_workbook(data, "a.xlsx").faults
    return load_workbook(io.BytesIO(marked_copy(data, faults, Wording(lang))))


@pytest.mark.parametrize(("lang", "title"), [("vi", "Cần sửa"), ("en", "To correct")])
def test_the_first_sheet_lists_every_fault_with_a_link(lang: Lang, title: str) -> None:
    workbook = marked(lang)
    assert workbook.sheetnames[0] == title
    assert workbook.active.title == title
    sheet = workbook[title]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    faults = read_workbook(FILE, "a.xlsx").faults
    assert [row[3] for row in rows] == [Wording(lang).word(what) for what in faults]
    assert len(rows) == 3
    at = column_of(workbook["Giải pháp"], "technical_life_years")
    letter = workbook["Giải pháp"].cell(1, at).column_letter
    links = [
        sheet.cell(row, 1).hyperlink.location or sheet.cell(row, 1).hyperlink.target for row in (6, 7, 8)
    ]
    assert f"'Giải pháp'!{letter}{FIRST}" in {link.removeprefix("#") for link in links}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_faulty_cells_are_coloured_and_say_why(lang: Lang) -> None:
    sheet = marked(lang)["Giải pháp"]
    bad = sheet.cell(FIRST, column_of(sheet, "technical_life_years"))
    good = sheet.cell(FIRST, column_of(sheet, "name"))
    assert "mười năm" in bad.comment.text
    assert bad.fill.start_color.rgb.endswith("FFC7CE")
    assert good.comment is None
    assert bad.value == "mười năm"


def test_the_copy_reads_as_the_file_does() -> None:
    faults = read_workbook(FILE, "a.xlsx").faults
    again = read_workbook(marked_copy(FILE, faults, VI), "a.xlsx")
    assert again.faults == faults
    assert not again.notes


def test_a_corrected_copy_is_read_and_marked_anew() -> None:
    """What an earlier marking left is taken away."""

    def correct(workbook: Any) -> None:
        fill(workbook["Giải pháp"], FIRST, {"technical_life_years": 10})

    corrected = edited(marked_copy(FILE, read_workbook(FILE, "a.xlsx").faults, VI), correct)
    workbook = marked(data=corrected)
    assert workbook.sheetnames.count("Cần sửa") == 1
    cell = workbook["Giải pháp"].cell(FIRST, column_of(workbook["Giải pháp"], "technical_life_years"))
    assert cell.comment is None
    assert not cell.fill.start_color.rgb.endswith("FFC7CE")


def test_faults_without_a_cell_are_listed_too() -> None:
    faults = [message("link.circular", options="A → B").at(file="a.xlsx")]
    workbook = load_workbook(io.BytesIO(marked_copy(FILE, faults, VI)))
    assert workbook.worksheets[0]["D6"].value == VI.word(faults[0])
    assert workbook.worksheets[0]["A6"].hyperlink is None


def test_a_fault_in_merged_cells_is_marked_at_the_first() -> None:
    def merge(workbook: Any) -> None:
        spoilt(workbook)
        at = column_of(workbook["Giải pháp"], "technical_life_years")
        workbook["Giải pháp"].merge_cells(start_row=FIRST - 1, end_row=FIRST, start_column=at, end_column=at)

    data = edited(write_workbook(assessment(option()), VI, AS_OF), merge)
    assert read_workbook(data, "a.xlsx").faults
    assert marked(data=data).sheetnames[0] == "Cần sửa"


def test_declared_entities_reach_no_other_parser() -> None:
    declared = b'<!DOCTYPE x [<!ENTITY a "a">]><cp:coreProperties'
    data = repacked(FILE, lambda _, content: content.replace(b"<cp:coreProperties", declared, 1))
    with pytest.raises(InputError) as refused:
        marked_copy(data, read_workbook(data, "a.xlsx").faults, VI)
    assert [what.code for what in refused.value.messages] == ["workbook.has_declarations"]


def test_a_file_that_cannot_be_written_anew_is_a_message() -> None:
    data = repacked(FILE, lambda name, content: b"<broken" if name == "docProps/core.xml" else content)
    with pytest.raises(InputError) as refused:
        marked_copy(data, read_workbook(data, "a.xlsx").faults, VI)
    assert [what.code for what in refused.value.messages] == ["workbook.cannot_mark"]

"""What a filled-in workbook says: moved, renamed and written in people's own ways."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from sxsh_options.errors import Message
from sxsh_options.i18n import Wording
from sxsh_options.i18n.texts import Lang
from sxsh_options.model import Assessment
from sxsh_options.parameters import DATA_FOLDER
from sxsh_options.storage import read_assessment
from sxsh_options.storage.workbook import WorkbookRead, read_workbook, write_workbook
from tests.builders import AS_OF, assessment, electricity, option
from tests.workbooks import FIRST, column_of, edited, fill, fill_form, part_of, repacked

VI = Wording("vi")
EXAMPLES = [  # the whole assessments among them
    path
    for path in sorted((DATA_FOLDER / "examples").glob("*.json"))
    if all("technical_life_years" in row for row in json.loads(path.read_text(encoding="utf-8"))["options"])
]


def filled(change: Callable[[Any], None], given: Assessment | None = None) -> WorkbookRead:
    """Return what is read of a workbook in Vietnamese after a change to it."""
    return read_workbook(edited(write_workbook(given, VI, AS_OF), change), "a.xlsx")


def template_with(*options: dict[str, Any], **sheets: list[dict[str, Any]]) -> Callable[[Any], None]:
    """Return what fills in an empty template: the options, and rows of other sheets."""

    def change(workbook: Any) -> None:
        fill_form(workbook["Cơ sở"], {"facility.name": "Xưởng A", "baseline.start": date(2025, 1, 1)})
        fill_form(workbook["Cơ sở"], {"baseline.end": date(2025, 12, 31)})
        titles = {
            "flows": "Dòng vào, dòng thải",
            "budgets": "Ngân sách còn lại",
            "costs": "Khoản chi đầu tư",
            "savings": "Khoản tiết kiệm",
            "further": "Thông tin thêm",
        }
        for title, rows in {
            "Giải pháp": options,
            **{titles[key]: rows for key, rows in sheets.items()},
        }.items():
            for number, row in enumerate(rows, FIRST):
                fill(workbook[title], number, row)

    return change


LAMP = {"name": "Đèn LED", "_investment": 50e6, "technical_life_years": 10, "annual_saving": 20e6}


def codes(messages: tuple[Message, ...]) -> list[str]:
    return [what.code for what in messages]


def where(what: Message) -> tuple[Any, ...]:
    assert what.place
    return what.place.sheet, what.place.row, what.place.column


# What comes back is what went out


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_come_back_equal(path: Path, lang: Lang) -> None:
    given = read_assessment(path)
    read = read_workbook(write_workbook(given, Wording(lang), AS_OF), "a.xlsx")
    assert read.assessment == given
    assert not read.faults
    assert not read.notes


def test_an_empty_template_asks_for_the_facility_only() -> None:
    read = read_workbook(write_workbook(None, VI, AS_OF), "a.xlsx")
    assert codes(read.faults) == ["input.field_missing"]
    assert where(read.faults[0]) == ("Cơ sở", 5, "C (Tên cơ sở)")


def test_a_filled_in_template() -> None:
    read = filled(template_with(LAMP, {"name": "Bảo ôn", "_investment": 0, "technical_life_years": 5}))
    assert read.assessment is not None
    assert read.assessment.title == read.assessment.facility.name == "Xưởng A"
    assert read.assessment.id == "a"
    one, other = read.assessment.options
    assert (one.id, one.name, one.technical_life_years) == ("option1", "Đèn LED", 10)
    assert [item.amount.amount for item in one.capex] == [50e6]
    assert one.annual_saving is not None
    assert one.annual_saving.amount == 20e6
    assert (other.id, other.capex[0].amount.amount) == ("option2", 0)


def test_rows_of_details_find_their_option_by_id_or_name() -> None:
    read = filled(
        template_with(
            {"id": "LED", "name": "Đèn LED", "technical_life_years": 10},
            {"name": "Bảo ôn", "technical_life_years": 5},
            costs=[
                {"option": "LED", "kind": "Máy móc, thiết bị", "amount": 5e6},
                {"option": "bảo ôn", "kind": "Lắp đặt", "amount": 1e6},
                {"option": "LED ", "kind": "installation", "amount": 2e6},
            ],
            further=[{"option": "LED", "requires": "Bảo ôn", "feasibility.safety": "Thuận lợi"}],
        )
    )
    assert read.assessment is not None
    one, other = read.assessment.options
    assert [(item.kind.value, item.amount.amount) for item in one.capex] == [
        ("equipment", 5e6),
        ("installation", 2e6),
    ]
    assert [item.amount.amount for item in other.capex] == [1e6]
    assert one.requires == ("option1",)
    assert one.feasibility.answers == {"safety": "good"}


# Names and order


def test_renamed_and_reordered_sheets_are_found() -> None:
    given = read_assessment(EXAMPLES[0])

    def change(workbook: Any) -> None:
        for number, sheet in enumerate(workbook.worksheets):
            sheet.title = f"Trang {number}"
        workbook._sheets.reverse()

    read = filled(change, given)
    assert read.assessment == given
    assert not read.notes


def test_a_moved_column_and_one_put_in_between() -> None:
    given = assessment(option(), option("B", saving=3e6))

    def change(workbook: Any) -> None:
        sheet = workbook["Giải pháp"]
        name, life = column_of(sheet, "name"), column_of(sheet, "technical_life_years")
        for row in range(1, 10):
            one, other = sheet.cell(row, name), sheet.cell(row, life)
            one.value, other.value = other.value, one.value
        sheet.insert_cols(2)
        sheet.cell(2, 2).value = "Của riêng tôi"
        sheet.cell(FIRST, 2).value = "x"

    read = filled(change, given)
    assert read.assessment == given
    assert codes(read.notes) == ["workbook.column_ignored"]
    assert where(read.notes[0]) == ("Giải pháp", None, "B (Của riêng tôi)")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_without_hidden_keys_the_names_are_enough(lang: Lang) -> None:
    """Somebody copied the tables into a new file, or deleted the hidden row and column."""
    given = assessment(
        option(saving=None, savings=[{"resource": "electricity", "quantity": 5, "unit": "kwh"}]),
        baseline=electricity(),
    )

    def change(workbook: Any) -> None:
        for sheet in workbook.worksheets:
            if sheet["A3"].value and str(sheet["A3"].value).startswith("sxsh:"):
                sheet.delete_cols(1)
            sheet.delete_rows(1)

    read = read_workbook(edited(write_workbook(given, Wording(lang), AS_OF), change), "a.xlsx")
    assert not read.faults
    assert read.assessment is not None
    assert read.assessment.baseline is not None
    (flow,) = read.assessment.baseline.flows
    assert (flow.id, flow.quantity, flow.unit) == ("power", 100_000, "kwh")
    assert read.assessment.options[0].savings[0].quantity == 5


def test_a_missing_column_is_named() -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Giải pháp"]
        sheet.delete_cols(column_of(sheet, "technical_life_years"))
        sheet.delete_cols(column_of(sheet, "category"))

    read = filled(change, assessment(option()))
    missing = [what for what in read.faults if what.code == "workbook.column_missing"]
    assert [VI.word(what) for what in missing] == [
        "Thiếu cột hoặc mục bắt buộc: tuổi thọ kỹ thuật (năm). Hãy thêm lại với đúng tên này."
    ]
    assert [what.params["column"] for what in read.notes] == ["workbook.options.category"]
    assert missing[0].place
    assert missing[0].place.sheet == "Giải pháp"


def test_a_sheet_twice_and_a_strange_sheet() -> None:
    def change(workbook: Any) -> None:
        workbook.copy_worksheet(workbook["Giải pháp"])
        workbook.create_sheet("Nháp")["A1"] = 5

    read = filled(change, assessment(option()))
    assert codes(read.faults) == ["workbook.same_sheet_twice"]
    assert codes(read.notes) == ["workbook.sheet_ignored"]
    assert where(read.notes[0])[0] == "Nháp"


def test_a_hidden_sheet_is_read_and_said() -> None:
    given = assessment(option())

    def change(workbook: Any) -> None:
        workbook["Giải pháp"].sheet_state = "hidden"

    read = filled(change, given)
    assert read.assessment == given
    assert codes(read.notes) == ["workbook.sheet_was_hidden"]


def test_the_flat_options_table_as_a_workbook() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(
        [
            "option_id",
            "name",
            "category",
            "capex_vnd",
            "annual_saving_vnd",
            "lifetime_years",
            "saving_water_m3",
        ]
    )
    sheet.append(["A1", "Vòi phun", "good_housekeeping", 2_000_000, 1_500_000, 3, 120])
    out = io.BytesIO()
    workbook.save(out)
    read = read_workbook(out.getvalue(), "của tôi.xlsx")
    assert read.assessment is not None
    assert read.assessment.facility.name == "của tôi"
    (found,) = read.assessment.options
    assert (found.id, found.capex[0].amount.amount, found.technical_life_years) == ("A1", 2e6, 3)
    assert [(s.resource, s.unit, s.quantity) for s in found.savings] == [("water", "m3", 120)]


# Cells


@pytest.mark.parametrize(
    ("path", "written", "expected"),
    [
        ("_investment", "1.234.567", 1_234_567),
        ("_investment", "1,5 tỷ", 1.5e9),
        ("_investment", "600 triệu đồng", 600e6),
        ("annual_saving", "50 triệu/tháng", 600e6),
        ("_investment", "8.000", 8_000),
        ("technical_life_years", "12", 12),
        ("technical_life_years", "24 tháng", 2),
    ],
)
def test_numbers_written_as_texts(path: str, written: str, expected: float) -> None:
    read = filled(template_with({**LAMP, path: written}))
    assert read.assessment is not None, [VI.located(what) for what in read.faults]
    (found,) = read.assessment.options
    amounts = {
        "_investment": found.capex[0].amount.amount,
        "annual_saving": found.annual_saving and found.annual_saving.amount,
        "technical_life_years": found.technical_life_years,
    }
    assert amounts[path] == expected


def test_an_ambiguous_number_is_asked_back_unless_the_file_shows_its_style() -> None:
    asked = filled(template_with({**LAMP, "annual_saving": "1.234"}))
    assert codes(asked.faults) == ["workbook.number_ambiguous"]
    assert where(asked.faults[0]) == ("Giải pháp", FIRST, "L (Tiền tiết kiệm, nếu đã biết (₫/năm))")
    assert asked.document["drafts"][0]["text"] == "1.234"
    shown = filled(
        template_with({**LAMP, "saving_:electricity:kwh": "1.234"}, {**LAMP, "_investment": "12.345,5"})
    )
    assert shown.assessment is not None
    assert shown.assessment.options[0].savings[0].quantity == 1234


@pytest.mark.parametrize(
    ("value", "shown", "expected"),
    [
        (0.125, "0.00%", 12.5),
        ("12,5 %", "@", 12.5),
        ("12,5", "@", 12.5),
        (0.125, "General", 12.5),
        (12.5, "General", 12.5),
        (1, "General", "workbook.percent_unclear"),
    ],
)
def test_percentages(value: object, shown: str, expected: float | str) -> None:
    row = {"option": "A", "resource": "Điện", "of_flow": "power"}

    def change(workbook: Any) -> None:
        sheet = workbook["Khoản tiết kiệm"]
        fill(sheet, FIRST, row)
        cell = sheet.cell(FIRST, column_of(sheet, "percent"))
        cell.value, cell.number_format = value, shown

    read = filled(change, assessment(option(saving=None), baseline=electricity()))
    if isinstance(expected, str):
        assert codes(read.faults) == [expected]
        assert "1 % hay 100 %" in VI.word(read.faults[0]).replace("\u00a0", " ")
    else:
        assert read.assessment is not None
        assert read.assessment.options[0].savings[0].percent == expected


@pytest.mark.parametrize(
    "written",
    [
        date(2025, 6, 30),
        datetime(2025, 6, 30, 13, tzinfo=UTC).replace(tzinfo=None),
        "30/6/2025",
        "2025-06-30",
        45_838,
    ],
)
def test_days(written: object) -> None:
    def change(workbook: Any) -> None:
        fill_form(workbook["Cơ sở"], {"baseline.end": written})

    read = filled(change, assessment(baseline=electricity()))
    assert read.assessment is not None, read.faults
    assert read.assessment.baseline is not None
    assert read.assessment.baseline.end == date(2025, 6, 30)


@pytest.mark.parametrize("written", ["31/02/2025", 2025, "năm ngoái", True])
def test_what_is_no_day(written: object) -> None:
    def change(workbook: Any) -> None:
        fill_form(workbook["Cơ sở"], {"baseline.end": written})

    (fault,) = filled(change, assessment(baseline=electricity())).faults
    assert fault.code in ("entry.not_a_day", "workbook.not_a_day")
    assert where(fault) == ("Cơ sở", 14, "C (Ngày cuối kỳ số liệu nền)")


def test_a_workbook_that_counts_its_days_from_1904() -> None:
    def change(workbook: Any) -> None:
        from openpyxl.utils.datetime import MAC_EPOCH

        workbook.epoch = MAC_EPOCH

    given = assessment(baseline=electricity())
    assert filled(change, given).assessment == given


def test_a_number_that_the_spreadsheet_made_a_date_of() -> None:
    read = filled(template_with({**LAMP, "_investment": date(2026, 5, 12)}))
    assert codes(read.faults) == ["workbook.day_for_number"]
    assert "12/05/2026" in VI.word(read.faults[0])


def test_a_hundred_blank_rows_between() -> None:
    def change(workbook: Any) -> None:
        template_with(LAMP)(workbook)
        fill(workbook["Giải pháp"], FIRST + 101, LAMP)

    read = filled(change)
    assert read.assessment is not None
    assert [found.id for found in read.assessment.options] == ["option1", "option2"]


def test_choices_in_either_language_and_without_marks() -> None:
    read = filled(
        template_with(
            {**LAMP, "category": "Technology change", "decision.triage": "THUC HIEN NGAY"},
            {**LAMP, "category": "quan ly noi vi"},
            {**LAMP, "category": "Việc gì đó"},
        )
    )
    found = [row.get("category") for row in read.document["options"]]
    assert found == ["technology_change", "good_housekeeping", None]
    assert read.document["options"][0]["decision"]["triage"] == "implement_now"
    assert codes(read.faults) == ["workbook.not_a_choice"]
    assert "Quản lý nội vi; " in VI.word(read.faults[0])


def test_a_person_s_own_formula_is_read_by_its_value() -> None:
    data = edited(write_workbook(None, VI, AS_OF), template_with({**LAMP, "_investment": 7}))
    part = part_of(data, "Giải pháp")

    def give(value: bytes) -> bytes:
        old, new = b"<v>7</v>", b"<f>3+4</f>" + value
        return repacked(data, lambda name, c: c.replace(old, new, 1) if name == part else c)

    read = read_workbook(give(b"<v>7</v>"), "a.xlsx")
    assert read.assessment is not None
    assert read.assessment.options[0].capex[0].amount.amount == 7
    (fault,) = read_workbook(give(b""), "a.xlsx").faults
    assert fault.code == "workbook.formula_not_computed"


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#N/A"])
def test_a_formula_with_an_error(error: str) -> None:
    read = filled(template_with({**LAMP, "_investment": error}))
    assert codes(read.faults) == ["workbook.formula_error"]
    assert where(read.faults[0]) == ("Giải pháp", FIRST, "E (Vốn đầu tư, chưa thuế GTGT (₫))")
    assert error in VI.word(read.faults[0])


def test_merged_cells() -> None:
    def change(workbook: Any) -> None:
        template_with(
            {"id": "A", "name": "Đèn", "technical_life_years": 5},
            {"id": "B", "name": "Quạt", "technical_life_years": 5},
            costs=[
                {"option": "A", "kind": "Lắp đặt", "amount": 1e6},
                {"kind": "Đào tạo", "amount": 2e6},
            ],
        )(workbook)
        workbook["Khoản chi đầu tư"].merge_cells(f"A{FIRST}:A{FIRST + 1}")
        workbook["Giải pháp"].merge_cells(f"B{FIRST}:B{FIRST + 1}")

    read = filled(change)
    assert [item["amount"]["amount"] for item in read.document["options"][0]["capex"]] == [1e6, 2e6]
    merged, missing = read.faults
    assert (merged.code, merged.params["area"]) == ("workbook.merged", f"B{FIRST}:B{FIRST + 1}")
    assert where(missing) == ("Giải pháp", FIRST + 1, "B (Tên giải pháp)")


# Everything at once, and nothing lost


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    read = filled(
        template_with(
            {"id": "A", "name": "Đèn", "technical_life_years": 500, "_investment": "rẻ thôi"},
            {"id": "A", "name": "Quạt", "technical_life_years": 5, "_investment": 9},
            {"id": "C", "technical_life_years": 2.5},
            flows=[
                {"resource": "Điệnn", "quantity": 5, "unit": "kWh"},
                {"resource": "Điện", "quantity": -1, "unit": "m²"},
            ],
            costs=[
                {"option": "A", "kind": "Lắp đặt", "amount": 3},
                {"option": "Z", "kind": "Lắp đặt", "amount": 3},
            ],
        )
    )
    assert [(what.code, *where(what)[:2]) for what in read.faults] == [
        ("resource.unknown_near", "Dòng vào, dòng thải", 3),
        ("input.field_below", "Dòng vào, dòng thải", 4),
        ("conversion.not_for_resource", "Dòng vào, dòng thải", 4),
        ("entry.not_a_number", "Giải pháp", 3),
        ("workbook.in_both_places", "Giải pháp", 3),
        ("input.field_above", "Giải pháp", 3),
        ("workbook.same_id", "Giải pháp", 4),
        ("input.field_missing", "Giải pháp", 5),
        ("input.field_not_a_whole_number", "Giải pháp", 5),
        ("workbook.unknown_option", "Khoản chi đầu tư", 4),
    ]
    kept = {row["name"]: row for row in read.document["options"] if "name" in row}
    assert kept["Quạt"]["capex"][0]["amount"]["amount"] == 9
    assert kept["Đèn"]["name"] == "Đèn"


def test_a_source_that_stands_in_two_rows_is_named() -> None:
    name = "Khuyến công quốc gia: mô hình thí điểm sản xuất sạch hơn"
    twice = [{"id": name, "remaining_vnd": amount} for amount in (100, 200)]
    (fault,) = filled(template_with(LAMP, budgets=twice)).faults
    assert (fault.code, *where(fault)[:2]) == ("workbook.same_source", "Ngân sách còn lại", 4)
    assert VI.word(fault) == f"Nguồn “{name}” đã có ở dòng 3. Hãy giữ một dòng."


def test_what_only_the_calculation_finds_is_told_with_its_cell() -> None:
    read = filled(template_with(LAMP))
    found = read.located([Message("value.no_price", {}, None).at(field="options[0].annual_saving")])
    assert where(found[0]) == ("Giải pháp", FIRST, "L (Tiền tiết kiệm, nếu đã biết (₫/năm))")


def test_a_period_that_ends_before_it_starts_is_told_with_its_cell_among_all_faults() -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Cơ sở"]
        days = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
        sheet.cell(days["sxsh:facility:baseline.start"], 3).value = date(2025, 12, 31)
        sheet.cell(days["sxsh:facility:baseline.end"], 3).value = date(2025, 1, 1)
        sheet.cell(days["sxsh:facility:facility.employees_insured"], 3).value = "nhiều"

    found = filled(change, assessment(option(), baseline=electricity())).faults
    assert {fault.code for fault in found} == {"workbook.period_reversed", "entry.not_a_whole_number"}
    assert all(fault.place and fault.place.sheet == "Cơ sở" and fault.place.row for fault in found)


def test_a_newer_workbook_is_not_misread() -> None:
    def change(workbook: Any) -> None:
        workbook["Danh mục"]["B2"] = 99

    assert codes(filled(change, assessment(option())).faults) == ["workbook.newer_version"]


def test_macros_are_ignored_and_that_is_said() -> None:
    data = repacked(write_workbook(assessment(option()), VI, AS_OF), lambda _, content: content)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    read = read_workbook(out.getvalue(), "a.xlsm")
    assert read.assessment == assessment(option())
    assert codes(read.notes) == ["workbook.macros_ignored"]


def test_what_a_cell_shows_is_never_a_formula() -> None:
    given = assessment(option(name="=1+1", note="=HYPERLINK(1)"))
    workbook = load_workbook(io.BytesIO(write_workbook(given, VI, AS_OF)))
    sheet = workbook["Giải pháp"]
    assert sheet.cell(FIRST, column_of(sheet, "name")).data_type == "s"

"""What the workbook is like that goes out: sheets, choices, protection, previews."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from sxsh_options.i18n import Wording
from sxsh_options.i18n.texts import Lang
from sxsh_options.storage.workbook import write_workbook
from tests.builders import AS_OF, assessment, electricity, option
from tests.workbooks import FIRST, column_of

VI = Wording("vi")
SHEETS = {
    "vi": [
        "Hướng dẫn",
        "Cơ sở",
        "Sản phẩm",
        "Dòng vào, dòng thải",
        "Giải pháp",
        "Khoản chi đầu tư",
        "Khoản tiết kiệm",
        "Lợi ích khác",
        "Thông tin thêm",
        "Hỗ trợ đã nhận",
        "Vốn",
        "Khoản vay",
        "Nguồn chọn",
        "Ngân sách còn lại",
        "Giả định",
        "Mức tăng giá",
        "Tỷ giá",
        "Giá và hệ số riêng",
        "Đã xác nhận",
        "Danh mục",
    ],
    "en": [
        "Guide",
        "Facility",
        "Products",
        "Flows",
        "Options",
        "Cost items",
        "Savings",
        "Other benefits",
        "Further details",
        "Support received",
        "Financing",
        "Loans",
        "Chosen sources",
        "Remaining budgets",
        "Assumptions",
        "Price growth",
        "Exchange rates",
        "Own values",
        "Confirmed",
        "Lists",
    ],
}


def opened(data: bytes, *, values: bool = False) -> Any:
    return load_workbook(io.BytesIO(data), data_only=values)


@pytest.fixture(scope="module")
def template() -> Any:
    return opened(write_workbook(None, VI, AS_OF))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sheets_are_named_in_the_language_and_the_lists_are_hidden(lang: Lang) -> None:
    workbook = opened(write_workbook(None, Wording(lang), AS_OF))
    assert workbook.sheetnames == SHEETS[lang]
    assert [sheet.title for sheet in workbook if sheet.sheet_state != "visible"] == [SHEETS[lang][-1]]


def test_the_same_assessment_gives_the_same_file() -> None:
    assert write_workbook(assessment(option()), VI, AS_OF) == write_workbook(assessment(option()), VI, AS_OF)


def test_headers_have_units_and_stars(template: Any) -> None:
    headers = [cell.value for cell in template["Giải pháp"][2]]
    assert "Vốn đầu tư, chưa thuế GTGT (₫)" in headers
    assert "Tiết kiệm: Điện (kWh/năm)" in headers
    assert "Tiết kiệm: Than antraxit (than cám, than cục) (tấn/năm)" in headers
    assert "Tuổi thọ kỹ thuật (năm) *" in headers
    assert headers.index("Xem trước: hoàn vốn giản đơn (năm)") == len([h for h in headers if h]) - 1


def test_entries_are_free_and_formulas_are_locked_without_a_password(template: Any) -> None:
    sheet = template["Giải pháp"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    locked = {}
    for path in ("name", "_investment", "category", "_benefit", "_payback"):
        at = column_of(sheet, path)
        letter = sheet.cell(2, at).column_letter
        free_row = sheet.cell(FIRST, at)
        style = free_row if free_row.has_style else sheet.column_dimensions[letter]
        locked[path] = style.protection.locked
    assert locked == {
        "name": False,
        "_investment": False,
        "category": False,
        "_benefit": True,
        "_payback": True,
    }


def test_every_closed_choice_is_offered_as_a_list(template: Any) -> None:
    lists = {
        "Giải pháp": {"category": "sxsh_list_category", "decision.triage": "sxsh_list_triage"},
        "Dòng vào, dòng thải": {"resource": "sxsh_list_resource", "unit": "sxsh_list_unit"},
        "Khoản chi đầu tư": {"kind": "sxsh_list_cost", "option": "sxsh_options_id"},
        "Thông tin thêm": {"feasibility.safety": "sxsh_list_answer"},
    }
    for title, columns in lists.items():
        sheet = template[title]
        for path, name in columns.items():
            letter = sheet.cell(1, column_of(sheet, path)).column_letter
            rules = [
                rule for rule in sheet.data_validations.dataValidation if f"{letter}{FIRST}" in rule.sqref
            ]
            assert [rule.formula1 for rule in rules] == [name], path
    area = template.defined_names["sxsh_list_category"].attr_text
    title, cells = area.replace("'", "").split("!")
    offered = [row[0].value for row in template[title][cells.replace("$", "")]]
    assert len(offered) == 8
    assert "Quản lý nội vi" in offered


def test_hints_fit_and_are_whole(template: Any) -> None:
    """Excel takes 255 characters of a hint; a longer one would be cut."""
    hints = [
        rule.prompt for sheet in template for rule in sheet.data_validations.dataValidation if rule.prompt
    ]
    assert len(hints) > 20
    assert all(hint.endswith(".") and len(hint) <= 255 for hint in hints)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sheets_are_ready_for_paper(lang: Lang) -> None:
    for sheet in opened(write_workbook(assessment(option()), Wording(lang), AS_OF)).worksheets[:-1]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes
        assert sheet.row_dimensions[1].hidden


def test_wide_sheets_go_over_several_pages_with_what_a_row_is_about(template: Any) -> None:
    wide = template["Giải pháp"]
    assert (int(wide.page_setup.paperSize), wide.page_setup.fitToWidth) == (9, 2)
    assert wide.print_title_cols == "$A:$B"
    assert (template["Sản phẩm"].page_setup.fitToWidth or 1) == 1


@pytest.mark.parametrize(
    ("lang", "title", "first"), [("vi", "Cơ sở", "Điền trước"), ("en", "Facility", "Fill in first")]
)
def test_the_fields_of_the_factory_stand_in_groups_under_headings(lang: Lang, title: str, first: str) -> None:
    sheet = opened(write_workbook(None, Wording(lang), AS_OF))[title]
    rows = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=FIRST)]
    headings = [number for number, (key, text) in enumerate(rows) if text and not key]
    assert rows[headings[0]][1] == first
    assert len(headings) == 6
    followed = [str(rows[number + 1][0]).rpartition(":")[2] for number in headings]
    assert followed[1:4] == ["baseline.start", "facility.capital_vnd", "facility.commune_kind"]


def test_the_worked_example_stands_in_the_guide_and_is_right(template: Any) -> None:
    """48,000 kWh at 2,000 less 2 million is 94 million a year; 120 million over it is 1.2766 years."""
    cells = {row[0].value: row[1].value for row in template["Hướng dẫn"].iter_rows() if row[1].value}
    assert cells["Vốn đầu tư, chưa thuế GTGT (₫)"] == 120e6
    assert cells["Tiết kiệm: Điện (kWh/năm)"] == 48_000
    assert cells["Xem trước: lợi ích ròng (₫/năm)"] == 94e6
    assert cells["Xem trước: hoàn vốn giản đơn (năm)"] == pytest.approx(1.2766, abs=5e-5)


def shown(given: Any, path: str, row: int = FIRST, title: str = "Giải pháp") -> Any:
    sheet = opened(write_workbook(given, VI, AS_OF), values=True)[title]
    return sheet.cell(row, column_of(sheet, path)).value or None


SAVES = {"id": "saving_electricity", "resource": "electricity", "quantity": 10_000, "unit": "kWh"}


def test_preview_of_a_plain_option() -> None:
    """10,000 kWh at 2,000 ₫ are 20 million; less 4 million of operation; 80 million pay back in 5 years."""
    row = option(capex=0, saving=None, savings=[SAVES], opex_change=4e6)
    row["capex"] = [{"id": "capex", "kind": "other", "amount": 80e6}]
    given = assessment(row, baseline=electricity())
    assert shown(given, "_investment") == 80e6
    assert shown(given, "_benefit") == pytest.approx(16e6)
    assert shown(given, "_payback") == pytest.approx(5.0)
    assert shown(given, "_cost", title="Dòng vào, dòng thải") == pytest.approx(200e6)


def test_preview_over_rows_of_details() -> None:
    """A tenth of 40 % of 100,000 kWh is 4,000 kWh, 8 million; and 2 million of fees; 50 + 10 % VAT + 5."""
    rows = {
        "capex": [
            {"kind": "equipment", "amount": 50e6, "vat_rate": 0.1, "vat_deductible": False},
            {"kind": "installation", "amount": 5e6},
        ],
        "savings": [{"resource": "electricity", "percent": 10, "of_flow": "power", "base_share": 0.4}],
        "benefits": [{"kind": "avoided_fee", "amount": 2e6}],
    }
    given = assessment({**option(capex=0, saving=None), **rows}, baseline=electricity())
    assert shown(given, "_investment") == pytest.approx(60e6)
    assert shown(given, "saving_:electricity:kwh") == pytest.approx(4_000)
    assert shown(given, "_benefit") == pytest.approx(10e6)
    assert shown(given, "_payback") == pytest.approx(6.0)


def test_preview_in_another_currency() -> None:
    """1,000 USD at 25,000 ₫ save 500 USD a year: two years."""
    usd = {"amount": 500, "currency": "USD"}
    rate = {"currency": "USD", "vnd_per_unit": 25_000, "on": "2025-06-30", "source": "x"}
    row = {
        **option(capex=0, saving=None),
        "annual_saving": usd,
        "capex": [{"id": "capex", "kind": "other", "amount": {"amount": 1000, "currency": "USD"}}],
    }
    given = assessment(row, exchange_rates=[rate])
    assert shown(given, "currency") == "USD"
    assert shown(given, "_investment") == 1000
    assert shown(given, "_benefit") == pytest.approx(12.5e6)
    assert shown(given, "_payback") == pytest.approx(2.0)


BURNS_LESS = {"resource": "coal", "quantity": 3, "unit": "t"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (assessment(option(saving=5e6)), "không hoàn vốn"),  # 20 years against a life of 10
        (assessment(option(saving=-1e6)), "không hoàn vốn"),
        (assessment(option(saving=None, savings=[BURNS_LESS])), None),  # nobody says what coal costs
        (assessment(option(saving=None)), None),
    ],
)
def test_where_there_is_no_payback(given: Any, expected: str | None) -> None:
    assert shown(given, "_payback") == expected

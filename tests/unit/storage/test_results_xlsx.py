"""The workbook of a ranking, opened with another library than the one that wrote it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from typing import Any, Literal, get_args
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sxsh_options.i18n import Wording
from sxsh_options.model import Assessment
from sxsh_options.resources import catalogue
from sxsh_options.screening.results import Criterion, RankedList, RankedOption, Source
from sxsh_options.services.examples import examples, load_example
from sxsh_options.services.ranking import RankRequest, rank
from sxsh_options.storage.results_xlsx import ranked_to_xlsx
from tests.builders import AS_OF, assessment, electricity, option

Lang = Literal["vi", "en"]
SHEETS = {
    "vi": ["Xếp hạng", "Giả định và nguồn", "Lượng tiết kiệm", "Cần kiểm tra"],
    "en": ["Ranking", "Assumptions and sources", "Savings", "To check"],
}
INDICATORS = {
    "Vốn đầu tư (đồng)": "capex_vnd",
    "Lợi ích ròng (đồng/năm)": "net_annual_benefit_vnd",
    "Hoàn vốn giản đơn (năm)": "simple_payback_years",
    "NPV (đồng)": "npv_vnd",
    "Giá trị tương đương (đồng/năm)": "equivalent_annual_vnd",
    "IRR (%)": "irr",
    "Hoàn vốn có chiết khấu (năm)": "discounted_payback_years",
    "Chỉ số sinh lời (lần)": "profitability_index",
    "Giảm phát thải (tCO₂e/năm)": "co2e_t_per_year",
    "Chi phí giảm phát thải (đồng/tCO₂e)": "abatement_cost_vnd_per_tco2e",
    "Tuổi thọ kỹ thuật (năm)": "lifetime_years",
    "Bậc Pareto": "tier",
}
FIGURES = {
    "Năng lượng tiết kiệm (TOE/năm)": "energy_toe_per_year",
    "Giảm phát thải phạm vi 1 (tCO₂e/năm)": "co2e_scope1_t_per_year",
    "Giảm phát thải phạm vi 2 (tCO₂e/năm)": "co2e_scope2_t_per_year",
    "Giảm phát thải (tCO₂e/năm)": "co2e_t_per_year",
    "Giảm phát thải cả thời gian tính (tCO₂e)": "co2e_t_over_life",
    "Giảm phát thải khác (tCO₂e/năm)": "co2e_other_t_per_year",
    "Giảm CO₂ sinh học (tCO₂/năm)": "biogenic_co2_t_per_year",
}
EXAMPLES = [example.id for example in examples() if example.kind == "assessment"]


def ranked(given: Assessment, by: Criterion = "payback") -> RankedList:
    return rank(given, RankRequest(AS_OF, by))


def workbook(given: Assessment, result: RankedList, lang: Lang = "vi") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(ranked_to_xlsx(result, given, Wording(lang))), rich_text=True)


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """Return the rows of the table of a sheet by the headers that are shown."""
    (found,) = sheet.tables.values()
    header, *rows = sheet[found.ref]
    names = [cell.value for cell in header]
    assert names == found.column_names  # what Excel asks for, or it repairs the file
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]


def test_the_sheets_are_named_in_the_language() -> None:
    given = assessment(option())
    for lang in get_args(Lang):
        assert workbook(given, ranked(given), lang).sheetnames == SHEETS[lang]


@pytest.mark.parametrize(("example", "by"), list(zip(EXAMPLES, cycle(get_args(Criterion)), strict=False)))
def test_every_number_of_the_ranking_is_there(example: str, by: Criterion) -> None:
    given = load_example(example)
    result = ranked(given, by)
    book = workbook(given, result)
    rows = table(book["Xếp hạng"])
    assert len(rows) == len(result.options)
    for row, expected in zip(rows, result.options, strict=True):
        assert row["Hạng"] == (expected.rank or "loại")
        assert row["Giải pháp"] == expected.name
        check(row, INDICATORS, expected)
        for header, score in (("Điểm kinh tế (0–100)", "economic"), ("Điểm tổng hợp (0–100)", "total")):
            assert (header in row) == (by == "score")
            if by == "score":
                same(row[header], getattr(expected.scores, score))
    units = {resource.name_vi: resource for resource in catalogue.resources().values()}
    for row, expected in zip(table(book["Lượng tiết kiệm"]), result.options, strict=True):
        check(row, FIGURES, expected)
        saved = {
            units[header.rpartition(" (")[0]].resource_id: value
            for header, value in row.items()
            if header.rpartition(" (")[0] in units and value is not None
        }
        assert saved.keys() == expected.physical_savings.keys()
        for resource, value in saved.items():
            same(value, expected.physical_savings[resource])


def check(row: dict[str, Any], fields: dict[str, str], expected: RankedOption) -> None:
    for header, field in fields.items():
        if (header in FIGURES) and not expected.physical_savings:
            assert row[header] == "chưa tính được"
        else:
            same(row[header], getattr(expected, field))


def same(cell: Any, value: float | None) -> None:
    if value is None:
        assert cell is None or isinstance(cell, str)
    else:
        assert cell == pytest.approx(value, rel=1e-14)  # xlsx holds 16 digits


def test_what_does_not_exist_is_said_in_words() -> None:
    loses = option("A", saving=-5e6, savings=[])
    free = option("B", capex=0, saving=1e6)
    given = assessment(loses, free)
    first, second = sorted(
        table(workbook(given, ranked(given))["Xếp hạng"]), key=lambda row: str(row["Giải pháp"])
    )
    assert first["Hoàn vốn giản đơn (năm)"] == "không hoàn vốn trong thời gian phân tích"
    assert first["Hoàn vốn có chiết khấu (năm)"] == "không hoàn vốn trong thời gian phân tích"
    assert first["IRR (%)"] == "dòng tiền không đổi dấu"
    assert first["Giảm phát thải (tCO₂e/năm)"] == "chưa tính được"
    assert second["Hoàn vốn giản đơn (năm)"] == 0
    assert second["Chỉ số sinh lời (lần)"] is None


def test_who_is_out_has_no_rank() -> None:
    given = assessment(option("A"), option("B", feasibility={"quality": "fails"}))
    rows = table(workbook(given, ranked(given), "en")["Ranking"])
    assert [(row["Rank"], row["Option"], row["Pareto tier"]) for row in rows] == [
        (1, "Option A", 1),
        ("out", "Option B", None),
    ]


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://x.example","y")', "+1", "-1", "@x", "http://x.example", "007", "{=1}"]
)
def test_a_name_stays_a_text(name: str) -> None:
    given = assessment(option(name=name), title=name, facility={"name": name, "province": name})
    book = workbook(given, ranked(given))
    (row,) = table(book["Xếp hạng"])
    assert row["Giải pháp"] == name
    for sheet in book:
        for cells in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells)
            assert not any(cell.hyperlink for cell in cells if cell.value == name)


def test_vietnamese_letters_and_sixty_options() -> None:
    names = [f"Bọc bảo ôn đường ống hơi số {n}: ưỡ ằ ệ Đ" for n in range(60)]
    given = assessment(*(option(f"o{n}", saving=1e6 * (n + 1), name=name) for n, name in enumerate(names)))
    rows = table(workbook(given, ranked(given))["Xếp hạng"])
    assert [row["Giải pháp"] for row in rows] == names[::-1]  # the more it saves the sooner it is back


def test_english_names_on_english_sheets() -> None:
    given = assessment(option("A", name_en="Insulation"), option("B", saving=1e6))
    rows = table(workbook(given, ranked(given), "en")["Ranking"])
    assert [row["Option"] for row in rows] == ["Insulation", "Option B"]


def test_what_stands_above_and_below_the_table() -> None:
    given = assessment(option(), title="Nhà máy", facility={"name": "Xưởng", "province": "Huế"})
    result = ranked(given, "npv")
    shown = [cell.value for cell in workbook(given, result)["Xếp hạng"]["A"] if isinstance(cell.value, str)]
    assert shown[:4] == [
        "Xếp hạng giải pháp sản xuất sạch hơn: Nhà máy",
        "Cơ sở: Xưởng, Huế",
        "Xếp hạng theo: giá trị hiện tại ròng (NPV)",
        "Giá, hệ số và quy định tính đến ngày 22/11/2026",
    ]
    words = Wording("vi")
    assert {words.word(what) for what in result.messages} <= set(shown)
    assert any("NPV() của Excel" in text for text in shown)


def test_every_assumption_with_its_source() -> None:
    given = assessment(
        option(saving=None, savings=[{"resource": "electricity", "quantity": 1.0, "unit": "MWh"}])
    )
    result = ranked(given)
    rows = table(workbook(given, result)["Giả định và nguồn"])
    words = Wording("vi")
    assert len(rows) == len(result.assumptions)
    for row, used in zip(rows, result.assumptions, strict=True):
        assert row["Giả định"].startswith(words.term(used.name))
        if isinstance(used.value, float | int) and not isinstance(used.value, bool):
            same(row["Giá trị"], used.value)
        if used.source is None:
            assert row["Nguồn"] is None
            continue
        assert row["Nguồn"] == used.source.title
        assert (row["Điều, mục"] or "") == used.source.article
        assert (row["Đường dẫn"] or "") == used.source.url
        assert row["Mức độ kiểm chứng"] == words.term(f"evidence.{used.source.evidence}")
    shares = [row for row in rows if row["Giả định"] == "Tỷ lệ chiết khấu"]
    assert [row["Đơn vị"] for row in shares] == [None]  # the number format shows the per cent


def test_a_source_is_a_link_and_a_percentage_is_shown_as_one() -> None:
    given = assessment(option())
    result = ranked(given)
    link = Source("Thông tư", "read", "Điều 2", "https://van-ban.example/tt")
    used = next(used for used in result.assumptions if used.name == "discount_rate")
    result = replace(result, assumptions=(replace(used, value=0.125, source=link),))
    (row,) = list(workbook(given, result)["Giả định và nguồn"].iter_rows(min_row=5, max_row=5))
    assert row[1].value == 0.125
    assert row[1].number_format == "0.0%"
    assert row[5].hyperlink.target == "https://van-ban.example/tt"


def test_questions_are_listed() -> None:
    given = assessment(option(saving=None, savings=[{"resource": "water", "quantity": 1e9, "unit": "m3"}]))
    result = ranked(given)
    asked = [what for found in result.options for what in found.warnings]
    assert asked  # so much water pays back within hours
    rows = table(workbook(given, result)["Cần kiểm tra"])
    assert [row["Điều cần xem lại"] for row in rows] == [Wording("vi").word(what) for what in asked]


def test_nothing_ranked_and_nothing_asked() -> None:
    book = workbook(assessment(), ranked(assessment()))
    assert not book["Xếp hạng"].tables
    texts = [cell.value for cell in book["Xếp hạng"]["A"]]
    assert "Chưa có giải pháp nào đủ số liệu để xếp hạng." in texts
    assert "Không có số liệu nào cần kiểm tra lại." in [cell.value for cell in book["Cần kiểm tra"]["A"]]


def test_it_is_ready_for_the_screen_and_for_paper() -> None:
    given = assessment(option(savings=[{"resource": "electricity", "quantity": 8e3, "unit": "kWh"}]))
    for sheet in workbook(given, ranked(given)):
        top, *_ = [int(found.ref.split(":")[0][1:]) for found in sheet.tables.values()] or [3]
        assert sheet.freeze_panes is not None
        assert sheet.freeze_panes.endswith(str(top + 1))
        assert sheet.print_title_rows == f"${top}:${top}"
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[top]]
        for column, width in zip(sheet.iter_cols(min_row=top + 1, max_row=top + 1), widths, strict=True):
            value = column[0].value
            if isinstance(value, float | int):
                assert width > len(f"{value:,.0f}"), "a number that shows as ####"


def test_units_stand_in_every_header_of_a_number() -> None:
    given = assessment(
        option(savings=[{"resource": "water", "percent": 10.0, "of_flow": "w"}]),
        baseline=electricity(
            flows=[{"id": "w", "resource": "water", "quantity": 1e3, "unit": "m3", "unit_price": 1e4}]
        ),
    )
    book = workbook(given, ranked(given, "score"))
    for sheet in ("Xếp hạng", "Lượng tiết kiệm"):
        for row in table(book[sheet]):
            for header, value in row.items():
                if isinstance(value, float | int) and header not in ("Hạng", "Bậc Pareto"):
                    assert header.endswith(")"), header
    water = catalogue.find("water").name_vi
    assert table(book["Lượng tiết kiệm"])[0][f"{water} (m³/năm)"] == 100


def test_the_file_is_sound_and_the_same_every_time() -> None:
    given = assessment(option())
    first, second = (ranked_to_xlsx(ranked(given), given, Wording("vi")) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
    made = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert (made.title, made.created) == ("Test", datetime(2026, 11, 22))  # noqa: DTZ001 - a file's own


def test_a_payback_after_the_life_names_the_life() -> None:
    given = assessment(option("A", capex=120e6, saving=10e6))
    (row,) = table(workbook(given, ranked(given))["Xếp hạng"])
    assert row["Hoàn vốn giản đơn (năm)"].replace("\u00a0", " ") == "không hoàn vốn trong 10 năm"

"""What a person reads, in both languages."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sxsh_options.errors import Message, Place, message
from sxsh_options.i18n import NO_BREAK_SPACE, Texts, Wording, within

VI, EN = Wording("vi"), Wording("en")


def plain(text: str) -> str:
    """With ordinary blanks, to be readable in a test."""
    return text.replace(NO_BREAK_SPACE, " ")


@pytest.mark.parametrize(
    ("vnd", "vietnamese", "english"),
    [
        (1234567, "1.234.567 ₫", "1,234,567 ₫"),
        (1896.4, "1.896 ₫", "1,896 ₫"),
        (2.345, "2,35 ₫", "2.35 ₫"),
        (-600e6, "-600.000.000 ₫", "-600,000,000 ₫"),
        (0, "0 ₫", "0 ₫"),
        (None, "–", "–"),
    ],
)
def test_money(vnd: float | None, vietnamese: str, english: str) -> None:
    assert plain(VI.money(vnd)) == vietnamese
    assert plain(EN.money(vnd)) == english


def test_money_compact() -> None:
    assert plain(VI.money_compact(1.5e9)) == "1,5 tỷ ₫"
    assert plain(EN.money_compact(1.5e9)) == "1.5 billion ₫"
    assert plain(VI.money_compact(600e6)) == "600 triệu ₫"
    assert plain(VI.money_compact(350_000)) == "350.000 ₫"


def test_figures_and_units_never_part() -> None:
    for text in (VI.money(5), VI.percent(0.1), VI.years(3), VI.quantity(2, "kwh"), VI.money_compact(2e9)):
        assert " " not in text
        assert NO_BREAK_SPACE in text


@pytest.mark.parametrize(
    ("share", "vietnamese", "english"),
    [
        (0.125, "12,5 %", "12.5 %"),
        (0.07, "7 %", "7 %"),  # 0.07 * 100 is 7.000000000000001 in binary
        (0.359, "35,9 %", "35.9 %"),
        (-0.5, "-50 %", "-50 %"),
        (25.0, "2.500 %", "2,500 %"),
        (None, "–", "–"),
    ],
)
def test_percent(share: float | None, vietnamese: str, english: str) -> None:
    assert plain(VI.percent(share)) == vietnamese
    assert plain(EN.percent(share)) == english


@pytest.mark.parametrize(
    ("years", "vietnamese", "english"),
    [
        (7.1 / 12, "7,1 tháng", "7.1 months"),
        (1.9999, "24 tháng", "24 months"),
        (2.0, "2 năm", "2 years"),
        (2.456, "2,46 năm", "2.46 years"),
        (1 / 12, "1 tháng", "1 month"),
        (3 / 365, "3 ngày", "3 days"),
        (1 / 365, "1 ngày", "1 day"),
        (0.9 / 365, "dưới 1 ngày", "less than a day"),
        (2.5e-6, "dưới 1 ngày", "less than a day"),
        (0.0, "0 tháng", "0 months"),
        (15, "15 năm", "15 years"),
        (1, "1 năm", "1 year"),  # a lifetime is in whole years
        (2, "2 năm", "2 years"),
        (np.int64(1), "1 năm", "1 year"),
        (None, "–", "–"),
    ],
)
def test_years(years: float | None, vietnamese: str, english: str) -> None:
    assert plain(VI.years(years)) == vietnamese
    assert plain(EN.years(years)) == english


def test_months_dates_integers() -> None:
    assert plain(VI.months(6)) == "6 tháng"
    assert plain(EN.months(1)) == "1 month"
    assert VI.date(date(2026, 11, 22)) == "22/11/2026"
    assert EN.date(date(2026, 11, 22)) == "22 Nov 2026"
    assert VI.integer(2026) == "2026"  # a year is not grouped
    assert VI.integer(100_000) == "100.000"


def test_units() -> None:
    assert VI.unit("t") == "tấn"
    assert EN.unit("t") == "t"
    assert VI.unit("m3") == "m³"
    assert VI.unit("L") == "lít"
    assert VI.unit("VND/kwh") == "₫/kWh"
    assert VI.unit("tCO2e/year") == "tCO₂e/năm"
    assert VI.unit("thùng") == "thùng"  # a unit of the user's own
    assert plain(VI.quantity(0.6766, "tCO2e/mwh")) == "0,6766 tCO₂e/MWh"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.1, "share", "10 %"),
        (600e6, "VND", "600.000.000 ₫"),
        (1896.3636, "VND/kwh", "1.896,36 ₫/kWh"),
        (0.5, "years", "6 tháng"),
        (10, "years", "10 năm"),
        (2023, "", "2023"),
        (True, "", "có"),
        (None, "VND", "–"),
        ("before_tax", "term", "tính trước thuế"),
        ("AR5", "", "AR5"),
        ("0: -600000000; 1–10: 140000000", "VND", "0: -600.000.000 ₫; 1–10: 140.000.000 ₫"),
    ],
)
def test_values_of_results(value: Any, unit: str, expected: str) -> None:
    assert plain(VI.value(value, unit)) == expected


def test_names_inside_a_sentence() -> None:
    assert within("Điện") == "điện"
    assert within("COD") == "COD"
    assert within("") == ""
    assert VI.word(message("triage.fails", question="feasibility_safety")) == (
        "Không đạt về kỹ thuật: an toàn lao động."
    )


def test_resources_have_names() -> None:
    assert VI.resource("electricity") == "Điện"
    assert EN.resource("electricity") == "Electricity"
    assert VI.resource("no_such_thing") == "no_such_thing"


def test_terms_by_name_or_code() -> None:
    assert VI.term("npv") == "Giá trị hiện tại ròng (NPV)"
    assert VI.term("triage.implement_now") == "thực hiện ngay"
    assert VI.term("something else") == "something else"


def test_formulas_have_three_parts() -> None:
    formula = EN.formula("simple_payback")
    assert formula.name == "Simple payback"
    assert formula.expression == "PB = I / B"
    assert formula.convention.startswith("Investment divided by the net benefit")


def test_evidence_marks() -> None:
    assert VI.evidence_mark("read") == ""
    assert VI.evidence_mark("derived") == "[suy ra]"
    assert EN.evidence_mark("unverified-medium") == "[unverified, plausible]"


def test_unknown_codes_are_shown_never_raised() -> None:
    assert VI.word(Message("no.such", {"a": 1, "b": None})) == "no.such (a=1, b=None)"
    assert VI.text("no.such") == "no.such"


def test_places() -> None:
    fault = message("cli.no_input").at(file="a.csv", row=5, column="capex_vnd")
    assert EN.located(fault).startswith("a.csv:5:capex_vnd: An input file is missing.")
    # a field of a document: as the screen calls it, and by which path it stands in the file
    assert EN.place(Place(field="options[2].name")) == "option 3, the name (options[2].name)"
    amount = Place(file="a.json", field="options[0].capex[1].amount")
    assert VI.place(amount) == (
        "a.json:giải pháp 1, khoản vốn đầu tư 2, số tiền (options[0].capex[1].amount)"
    )
    assert EN.place(Place(field="no_such_field")) == "no_such_field"
    assert EN.place(None) == ""


def test_quoted_values_cannot_drive_a_terminal() -> None:
    shown = EN.text("cli.unknown_option", option="\x1b[31mred\x07\n\u202ex")
    assert "\x1b" not in shown
    assert "\n" not in shown
    assert "\u202e" not in shown
    assert len(EN.quoted("x" * 5000)) == 200


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("title", "tên bản đánh giá"),
        ("facility.name", "cơ sở, tên"),
        ("assumptions.price_growth.electricity", "giả định, mức tăng giá, điện"),
        ("assumptions.weights.technical", "giả định, trọng số, trọng số kỹ thuật"),
        ("options[11].feasibility.safety", "giải pháp 12, tính khả thi kỹ thuật, an toàn lao động"),
        ("options[0].annual_saving.amount", "giải pháp 1, số tiền tiết kiệm mỗi năm, số tiền"),
        ("options[1].xyz", "giải pháp 2, xyz"),  # no field of ours: as it was written
        ("", ""),
    ],
)
def test_fields_of_a_document(path: str, named: str) -> None:
    assert VI.field(path) == named


WRITTEN: dict[str, tuple[Any, str]] = {
    "text": ("chữ", "chữ"),
    "integer": (12345, "12.345"),
    "number": (1.5, "1,5"),
    "percent": (0.125, "12,5 %"),
    "money_vnd": (2000.0, "2.000 ₫"),
    "days": (0.4, "dưới 1 ngày"),
    "money_words": (1e17, "100 triệu tỷ ₫"),
    "years": (3, "3 năm"),
    "months": (4, "4 tháng"),
    "date": (date(2026, 1, 2), "02/01/2026"),
    "resource": ("electricity", "điện"),
    "resources": ("electricity, water", "điện, nước sạch"),
    "unit": ("m3", "m³"),
    "units": ("m³, kWh", "m³, kWh"),
    "capex_unit": ("BLR01", "lò hơi"),
    "term": ("npv", "giá trị hiện tại ròng (NPV)"),
    "field": ("xyz[2]", "xyz"),
    "place": (Place(file="a.csv", row=2), "a.csv:2"),
    "parameter": ("discount_rate.default", "Tỷ lệ chiết khấu danh nghĩa mặc định"),
    "source": ("von_tu_co", "Vốn tự có"),
}


@pytest.mark.parametrize("declared", sorted(WRITTEN))
def test_every_declared_type(declared: str, tmp_path: Path) -> None:
    content = f'[a.b]\nparams = {{ x = "{declared}" }}\nvi = "có {{x}}"\nen = "has {{x}}"\n'
    (tmp_path / "a.toml").write_text(content, encoding="utf-8")
    wording = Wording("vi", Texts(tmp_path))
    value, expected = WRITTEN[declared]
    if declared in ("years", "months", "days", "unit", "term"):  # these need the project's own texts
        content += "".join(
            f'[{code}]\nvi = "{VI.text(code)}"\nen = "x"\n'
            for code in (
                "duration.year.many",
                "duration.month.many",
                "duration.below_day",
                "unit.m3",
                "term.npv",
            )
        )
        (tmp_path / "a.toml").write_text(content, encoding="utf-8")
        wording = Wording("vi", Texts(tmp_path))
    assert plain(wording.text("a.b", x=value)) == f"có {expected}"
    assert wording.text("a.b", x=None) == "có –"
    assert "object" in wording.text("a.b", x=object())  # shown as it is, never raised
    assert set(WRITTEN) == wording.value_types


def test_units_are_offered_in_words_that_can_be_typed() -> None:
    asked = message("conversion.unknown_unit", unit="tan", suggestions="t, kL")
    assert plain(VI.word(asked)) == "Không hiểu đơn vị “tan”. Có thể dùng: tấn, kL."
    assert plain(EN.word(asked)) == "Unknown unit “tan”. Use for example: t, kL."


def test_an_older_grid_factor_is_explained() -> None:
    said = VI.text("factor.newer_year_unknown", year=2024, used=2023)
    assert "chỉ được công bố sau năm đó" in said
    assert "ngoài phạm vi 1 và 2" in VI.text("screen.other_co2e", co2e="1,69")


def test_a_flow_is_named_as_an_id_where_it_is_one() -> None:
    ids = {"option": "A", "flow": "water", "resource": "electricity", "flow_resource": "water"}
    assert "dòng tiêu thụ mang mã “water” là nước sạch" in VI.text("link.wrong_resource", **ids)

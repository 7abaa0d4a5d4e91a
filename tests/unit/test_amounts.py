"""Expected values are what the texts mean to the people who write them."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from sxsh_options.amounts import Amount, read_amount, read_block

COMMA, DOT = "comma_decimal", "dot_decimal"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8000", {"value": 8000.0}),
        ("8000kWh/tháng", {"value": 8000.0, "unit": "kWh", "per": "month"}),
        ("8000 kWh mỗi tháng", {"value": 8000.0, "unit": "kWh", "per": "month"}),
        ("8000 kWh một tháng", {"value": 8000.0, "unit": "kWh", "per": "month"}),
        ("8000 kWh 1 tháng", {"value": 8000.0, "unit": "kWh", "per": "month"}),
        ("8000 kWh / 1 tháng", {"value": 8000.0, "unit": "kWh", "per": "month"}),
        ("8000 KWH PER MONTH", {"value": 8000.0, "unit": "KWH", "per": "month"}),
        ("8000 kWh a month", {"value": 8000.0, "unit": "kWh", "per": "month"}),
        ("12 m3/ngày", {"value": 12.0, "unit": "m3", "per": "day"}),
        ("12 m³/ngày đêm", {"value": 12.0, "unit": "m³", "per": "day"}),
        ("40 Nm3/h", {"value": 40.0, "unit": "Nm3", "per": "hour"}),
        ("5 lít/tuần", {"value": 5.0, "unit": "lít", "per": "week"}),
        ("5 t/quý", {"value": 5.0, "unit": "t", "per": "quarter"}),
        ("1,5 tấn/năm", {"value": 1.5, "unit": "tấn", "per": "year", "evidence_of_style": COMMA}),
        ("5 nghìn m3", {"value": 5000.0, "unit": "m3"}),
        ("3 kWh/tấn", {"value": 3.0, "unit": "kWh", "per_unit": "tấn"}),
        ("20 kg/tấn/ngày", {"value": 20.0, "unit": "kg", "per_unit": "tấn", "per": "day"}),
        ("2 kg CO2/kWh", {"value": 2.0, "unit": "kg CO2", "per_unit": "kWh"}),
        ("100 sản phẩm/ca", {"value": 100.0, "unit": "sản phẩm", "per_unit": "ca"}),
        ("80 °C", {"value": 80.0, "unit": "°C"}),
        ("600 triệu đồng", {"value": 6e8, "currency": "VND"}),
        ("600trđ", {"value": 6e8, "currency": "VND"}),
        ("600 tr.đ", {"value": 6e8, "currency": "VND"}),
        ("600 triệu VNĐ/năm", {"value": 6e8, "currency": "VND", "per": "year"}),
        ("600 triệu 1 năm", {"value": 6e8, "per": "year"}),
        ("500 ₫", {"value": 500.0, "currency": "VND"}),
        ("1957 đồng một kWh", {"value": 1957.0, "currency": "VND", "per_unit": "kWh"}),
        ("$500", {"value": 500.0, "currency": "USD"}),
        ("-$500", {"value": -500.0, "currency": "USD"}),
        ("VND\u00a0500/kWh", {"value": 500.0, "currency": "VND", "per_unit": "kWh"}),
        ("3 triệu euro", {"value": 3e6, "currency": "EUR"}),
        ("12,5 %", {"value": 0.125, "is_percent": True, "evidence_of_style": COMMA}),
        ("-5 %", {"value": -0.05, "is_percent": True}),
        ("0.7%", {"value": 0.007, "is_percent": True, "evidence_of_style": DOT}),
        ("10 %/năm", {"value": 0.1, "is_percent": True, "per": "year"}),
        ("3 năm", {"value": 3.0, "unit": "year"}),
        ("18 tháng", {"value": 18.0, "unit": "month"}),
        ("7000 giờ/năm", {"value": 7000.0, "unit": "hour", "per": "year"}),
        ("5 m", {"value": 5.0, "unit": "m"}),
        ("  5\u00a0tấn ", {"value": 5.0, "unit": "tấn"}),
        (unicodedata.normalize("NFD", "5 triệu tấn/năm"), {"value": 5e6, "unit": "tấn", "per": "year"}),
        # digits set apart by what a person would not type
        ("8.000 kWh/tháng", {"value": 8000.0, "unit": "kWh", "per": "month", "evidence_of_style": COMMA}),
        ("600,000", {"value": 600_000.0, "evidence_of_style": DOT}),
        ("8.000 triệu", {"value": 8e9, "evidence_of_style": COMMA}),
        (
            "1.957 đ/kWh",
            {"value": 1957.0, "currency": "VND", "per_unit": "kWh", "evidence_of_style": COMMA},
        ),
    ],
)
def test_an_amount(text: str, expected: dict[str, Any]) -> None:
    assert read_amount(text) == Amount("value", **expected)


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "\t"])
def test_blank_is_empty(text: str) -> None:
    assert read_amount(text) == Amount("empty")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("abc", "not_a_number"),
        ("=1+1", "not_a_number"),
        ("<b>5</b>", "not_a_number"),
        ("<5", "approximate"),
        (">= $5", "approximate"),
        ("khoảng 600 triệu", "approximate"),
        ("500-600 triệu đồng", "range"),
        ("500 m3 - 600 m3", "range"),
        ("12 <b>", "text_behind"),
        ("5 😀", "text_behind"),
        ("5 kWh!", "text_behind"),
        ("5 kWh\x00", "text_behind"),
        ("5 kWh/tháng/năm", "text_behind"),
        ("5 kg/tấn/m3", "text_behind"),
        ("1 năm 6 tháng", "text_behind"),
        ("$5 USD", "text_behind"),
        ("5 % kWh", "text_behind"),
        ("5 " + "x" * 50, "text_behind"),
        ("1.23.456 kWh", "bad_grouping"),
        ("1.234,5.6 kWh", "mixed_styles"),
        ("1e400 kWh", "out_of_range"),
        ("9" * 10_000, "not_a_number"),
    ],
)
def test_what_is_no_amount_says_why(text: str, reason: str) -> None:
    assert read_amount(text) == Amount("error", reason=reason)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("1.234", (1234.0, 1.234)),
        ("1,250", (1250.0, 1.25)),
        ("-1.234", (-1234.0, -1.234)),
        ("1.957 USD", (1957.0, 1.957)),
        ("1.234 triệu đồng", (1.234e9, 1.234e6)),
        ("1.234 %", (12.34, 0.01234)),
    ],
)
def test_what_could_be_either_names_both(text: str, candidates: tuple[float, float]) -> None:
    amount = read_amount(text)
    assert (amount.status, amount.reason, amount.candidates) == ("ambiguous", None, candidates)
    assert {read_amount(text, style=style).value for style in (COMMA, DOT)} == set(candidates)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("1 tỷ 2", (1.2e9, 1_002_000_000.0)),  # 1,2 tỷ; 1 tỷ 2 triệu
        ("1tr5", (1.5e6, 1_005_000.0)),
        ("1 tỷ 25", (1.25e9, 1.025e9)),
        ("1 tỷ 200", (1.2e9, 1_000_000_200.0)),
        ("-1tr5", (-1.5e6, -1_005_000.0)),
    ],
)
def test_what_is_cut_short_as_in_speech_is_asked_in_any_style(
    text: str, candidates: tuple[float, float]
) -> None:
    for style in (None, COMMA, DOT):
        amount = read_amount(f"{text} đồng/năm", style=style)
        assert amount == Amount(
            "ambiguous", None, None, "year", None, "VND", reason="spoken", candidates=candidates
        )


@pytest.mark.parametrize("text", ["8.000", "1.957 đ"])
def test_only_in_files_may_thousandths_be_meant(text: str) -> None:
    assert read_amount(text, typed=False).status == "ambiguous"
    assert read_amount(text, typed=False, style=DOT).value in (8.0, 1.957)
    assert read_amount(text, typed=False, style=COMMA).value in (8000.0, 1957.0)
    assert read_amount(text, style=DOT).value in (8000.0, 1957.0)


@pytest.mark.parametrize(
    ("text", "style", "value", "shown"),
    [
        ("12.5 kWh", COMMA, 12.5, DOT),
        ("12,5 kWh", DOT, 12.5, COMMA),
        ("1.500.000", DOT, 1.5e6, COMMA),
        ("1,5 tỷ", DOT, 1.5e9, COMMA),
        ("8.000", DOT, 8000.0, COMMA),
    ],
)
def test_the_other_style_typed_is_read_and_shown(text: str, style: Any, value: float, shown: str) -> None:
    amount = read_amount(text, style=style)
    assert (amount.status, amount.value, amount.evidence_of_style) == ("value", value, shown)


def test_the_other_style_in_a_file_is_an_error() -> None:
    assert read_amount("12.5", style=COMMA, typed=False) == Amount(
        "error", evidence_of_style=DOT, reason="other_style"
    )


def test_a_field_may_take_certain_units_only() -> None:
    units = ("kWh", "m3", "year")
    assert read_amount("5 KWH/tháng", units=units).value == 5.0
    assert read_amount("5 m³", units=units).value == 5.0
    assert read_amount("5 năm", units=units).value == 5.0
    assert read_amount("5", units=units).value == 5.0
    assert read_amount("5 tấn", units=units) == Amount("error", unit="tấn", reason="wrong_unit")
    assert read_amount("5 đ", units=units) == Amount("error", currency="VND", reason="wrong_unit")


def test_a_field_may_take_money_only() -> None:
    assert read_amount("5 triệu", money=True) == Amount("value", 5e6)
    assert read_amount("5000 d/kWh", money=True) == Amount("value", 5000.0, per_unit="kWh", currency="VND")
    assert read_amount("5 kWh", money=True) == Amount("error", unit="kWh", reason="wrong_unit")
    assert read_amount("5 năm", money=True).reason == "wrong_unit"
    assert read_amount("5 %", money=True) == Amount("error", reason="percent")


def test_a_block_is_read_in_the_style_that_one_cell_shows() -> None:
    block = read_block(["8.000", "1.234", "", "2,5", "600 triệu"])
    assert [amount.value for amount in block.amounts] == [8000.0, 1234.0, None, 2.5, 6e8]
    assert block.evidence == (3, None)
    block = read_block(["8.000", "1.234", "2.5"])
    assert [amount.value for amount in block.amounts] == [8.0, 1.234, 2.5]


def test_a_block_that_shows_no_style_stays_ambiguous_until_one_is_given() -> None:
    block = read_block(["8.000", "12"])
    assert [amount.status for amount in block.amounts] == ["ambiguous", "value"]
    assert block.evidence.style is None
    assert [amount.value for amount in read_block(["8.000", "12"], COMMA).amounts] == [8000.0, 12.0]


def test_a_block_that_contradicts_itself_says_where() -> None:
    block = read_block(["1.234", "2,5", "x", "2.5"])
    assert [amount.status for amount in block.amounts] == ["ambiguous", "value", "error", "value"]
    assert block.evidence.conflict
    assert block.evidence == (1, 3)

"""What people type into fields: what it is read as, when it is asked back, and what is said of faults."""

from __future__ import annotations

from datetime import date

import pytest

from sxsh_options.services import entry
from sxsh_options.services.entry import Bounds, Entry, Typed

VND = "VND"


def fault(read: Entry) -> str | None:
    assert read.status == "error"
    return read.fault.code if read.fault else None


@pytest.mark.parametrize(
    ("text", "vnd"),
    [
        ("600 triệu", 600e6),
        ("600tr", 600e6),
        ("1,5 tỷ", 1.5e9),
        ("1 tỷ 200 triệu", 1.2e9),
        ("1.234.567", 1234567.0),
        ("1.234.567 đồng", 1234567.0),
        ("600.000", 600000.0),
        ("0", 0.0),
    ],
)
def test_money(text: str, vnd: float) -> None:
    read = entry.read_money(Typed(text))
    assert (read.status, read.value) == ("value", {"amount": vnd, "currency": VND})


def test_yearly_money_may_be_typed_by_the_month() -> None:
    assert entry.read_money(Typed("50 triệu/tháng"), yearly=True).value == {"amount": 600e6, "currency": VND}
    assert fault(entry.read_money(Typed("50 triệu/tháng"))) == "entry.not_periodic"
    assert fault(entry.read_money(Typed("50.000 đ/giờ"), yearly=True)) == "entry.not_periodic"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sáu trăm", "entry.not_a_number"),
        ("😀", "entry.not_a_number"),
        ("<b>năm</b>", "entry.not_a_number"),
        ("=1+1", "entry.not_a_number"),
        ("NaN", "entry.nan"),
        ("-5 triệu", "entry.negative"),
        ("1e300", "entry.money_too_large"),
        ("1.000.000,1 tỷ", "entry.money_too_large"),
        ("100.000.000.000.000.000", "entry.money_too_large"),
        ("12 %", "entry.percent"),
        ("100 kWh", "entry.not_money"),
        ("500 USD", "entry.not_vnd"),
        ("500-600 triệu", "entry.range"),
        ("khoảng 600 triệu", "entry.approximate"),
        ("9" * 400, "entry.out_of_range"),
        ("x" * 10_000, "entry.not_a_number"),
    ],
)
def test_what_is_no_money_is_said(text: str, code: str) -> None:
    assert fault(entry.read_money(Typed(text))) == code


def test_what_can_be_read_in_two_ways_is_asked() -> None:
    asked = entry.read_money(Typed("1.234"))
    assert asked.status == "ambiguous"
    assert set(asked.candidates) == {1234.0, 1.234}
    assert entry.read_money(Typed("1.234", "comma_decimal")).value["amount"] == 1234.0
    assert entry.read_money(Typed("1.234 tỷ", "dot_decimal")).value["amount"] == 1.234e9
    assert entry.read_money(Typed("1.234", None, 1.234)).value["amount"] == 1.234
    assert entry.read_money(Typed("1.234", None, 99.0)).status == "ambiguous"


def test_thousandths_of_a_dong_are_asked_whatever_the_habit() -> None:
    assert entry.read_money(Typed("1,234", "comma_decimal")).status == "ambiguous"
    assert entry.read_money(Typed("1.234", "dot_decimal")).status == "ambiguous"
    assert entry.read_money(Typed("1,234", "comma_decimal", 1234.0)).value["amount"] == 1234.0
    assert entry.read_money(Typed("1957,5", "comma_decimal")).value["amount"] == 1957.5


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("8.000 kWh/tháng", 96_000.0, "kWh"),
        ("8,000 kWh per month", 96_000.0, "kWh"),
        ("96000", 96_000.0, "kwh"),
        ("96 MWh/năm", 96.0, "MWh"),
        ("1,5 triệu kWh", 1.5e6, "kWh"),
    ],
)
def test_a_quantity_a_year(text: str, quantity: float, unit: str) -> None:
    read = entry.read_quantity(Typed(text), "electricity", "kwh")
    assert read.status == "value"
    assert read.value["quantity"] == quantity
    assert read.value["unit"].casefold() == unit.casefold()


def test_a_quantity_of_a_longer_period() -> None:
    assert (
        entry.read_quantity(Typed("8.000 kWh/tháng"), "electricity", "kwh", years=2.0).value["quantity"]
        == 192_000.0
    )
    assert (
        entry.read_quantity(Typed("8.000 kWh"), "electricity", "kwh", years=2.0).value["quantity"] == 8_000.0
    )


def test_a_quantity_in_a_wrong_unit_is_refused() -> None:
    assert fault(entry.read_quantity(Typed("500 m3"), "electricity", "kwh")) == "conversion.not_for_resource"
    assert fault(entry.read_quantity(Typed("5 kWh/giờ"), "electricity", "kwh")) == "entry.per_hour"
    assert fault(entry.read_quantity(Typed("5 %"), "electricity", "kwh")) == "entry.not_a_quantity"
    assert fault(entry.read_quantity(Typed("-5"), "electricity", "kwh")) == "entry.negative"


def test_a_price_may_name_another_unit() -> None:
    assert (
        entry.read_price(Typed("1.957 đ/kWh", "comma_decimal"), "electricity", "kwh").value["amount"]
        == 1957.0
    )
    per_mwh = entry.read_price(Typed("1.957.000 đ/MWh"), "electricity", "kwh")
    assert per_mwh.value["amount"] == pytest.approx(1957.0)
    assert fault(entry.read_price(Typed("1957 đ/m3"), "electricity", "kwh")) == "conversion.not_for_resource"


@pytest.mark.parametrize(
    ("text", "share"), [("12,5", 0.125), ("12,5 %", 0.125), ("12.5%", 0.125), ("0", 0.0)]
)
def test_a_percentage(text: str, share: float) -> None:
    assert entry.read_percent(Typed(text), Bounds(0.0, 1.0)).value == share


def test_a_percentage_out_of_bounds() -> None:
    assert fault(entry.read_percent(Typed("120"), Bounds(0.0, 1.0))) == "entry.percent_too_large"
    assert fault(entry.read_percent(Typed("-100"), Bounds(-0.99, 1.0))) == "entry.percent_too_small"
    assert fault(entry.read_percent(Typed("5 kWh"), Bounds(0.0, 1.0))) == "entry.not_a_percentage"


def test_whole_years() -> None:
    assert entry.read_whole(Typed("10 năm"), Bounds(1, 100)).value == 10
    assert entry.read_whole(Typed("24 tháng"), Bounds(1, 100)).value == 2
    assert fault(entry.read_whole(Typed("18 tháng"), Bounds(1, 100))) == "entry.not_whole"
    assert fault(entry.read_whole(Typed("7,5"), Bounds(1, 100))) == "entry.not_whole"
    assert fault(entry.read_whole(Typed("0"), Bounds(1, 100))) == "entry.number_too_small"
    assert fault(entry.read_whole(Typed("500"), Bounds(1, 100))) == "entry.number_too_large"


def test_days() -> None:
    assert entry.read_day("31/12/2025").value == "2025-12-31"
    assert entry.read_day("1-2-2025").value == "2025-02-01"
    assert entry.read_day("2025-12-31").value == "2025-12-31"
    assert entry.read_day("").status == "empty"
    assert fault(entry.read_day("31/2/2025")) == "entry.not_a_day"
    assert fault(entry.read_day("hôm qua")) == "entry.not_a_day"
    assert fault(entry.read_day("01/01/2030", date(2026, 11, 22))) == "entry.day_in_future"


def test_names_are_kept_as_they_are() -> None:
    assert entry.read_text("  <b>Máy</b> =1+1 😀 ", 300).value == "<b>Máy</b> =1+1 😀"
    assert entry.read_text("   ", 300).status == "empty"
    assert fault(entry.read_text("x" * 10_000, 300)) == "entry.too_long"
    assert entry.read_text("a\x00b", 300).value == "a b"
    assert entry.read_text("dòng 1\ndòng 2", 300).value == "dòng 1\ndòng 2"


@pytest.mark.parametrize("text", ["8000 kwh/th", "8.000 kWh/th", "8000 kwh mỗi th", "8000 kWh/tháng/th"])
def test_a_period_that_is_not_understood_is_named(text: str) -> None:
    read = entry.read_quantity(Typed(text), "electricity", "kwh")
    assert fault(read) == "entry.unknown_period"
    assert read.fault is not None
    assert read.fault.params == {"text": text, "part": "th"}


def test_of_yearly_money_too() -> None:
    read = entry.read_money(Typed("50 triệu/th"), yearly=True)
    assert fault(read) == "entry.unknown_period"
    assert fault(entry.read_money(Typed("600 triệu/th"))) == "entry.not_money"  # it is paid once

"""Quantities and prices of a row, in its own unit whatever was typed."""

from __future__ import annotations

from typing import Any

import pytest

from sxsh_options.services import editing, quantities
from sxsh_options.services.entry import Typed

ROW = ("rows", "row1")


def document(**fields: Any) -> dict[str, Any]:
    return {"rows": [{"id": "row1", **fields}]}


def written(number: float, unit: str) -> str:
    return f"{number:g} {unit}"


@pytest.mark.parametrize(
    ("resource", "unit"),
    [("electricity", "kwh"), ("water", "m3"), ("diesel", "l"), ("lpg", "kg"), ("natural_gas", "nm3")],
)
def test_usual_unit(resource: str, unit: str) -> None:
    assert quantities.usual_unit(resource) == unit
    assert quantities.usable_units(resource)[0] == unit


def test_typed_in_another_unit_and_period() -> None:
    """12 MWh a month are 144,000 kWh a year, and 72,000 kWh in half a year."""
    year = quantities.read_quantity(Typed("12 MWh/tháng"), "electricity", "kwh")
    half = quantities.read_quantity(Typed("12 MWh/tháng"), "electricity", "kwh", years=0.5)
    assert (year.value, half.value) == (144_000.0, 72_000.0)


def test_a_unit_of_something_else_is_a_fault() -> None:
    assert quantities.read_quantity(Typed("12 m3"), "electricity", "kwh").status == "error"


def test_price_typed_with_vat() -> None:
    with_vat = quantities.read_price(Typed("2.160 đ/kWh", "comma_decimal"), "electricity", "kwh", 0.08)
    assert with_vat.value == {"amount": 2000.0, "currency": "VND"}
    per_mwh = quantities.read_price(Typed("2 triệu/MWh"), "electricity", "kwh")
    assert per_mwh.value["amount"] == 2000.0


def test_another_unit_keeps_quantity_and_price() -> None:
    """100,000 kWh at 2,000 đồng are 100 MWh at 2 million."""
    before = document(
        resource="electricity",
        unit="kwh",
        quantity=100_000.0,
        unit_price={"amount": 2000.0, "currency": "VND"},
    )
    after = quantities.with_unit(before, ROW, "mwh")
    row = editing.get(after, ROW)
    assert (row["unit"], row["quantity"], row["unit_price"]["amount"]) == ("mwh", 100.0, 2e6)
    assert quantities.with_unit(after, ROW, "kwh") == before


def test_another_resource_with_the_same_unit_keeps_the_figures() -> None:
    before = document(resource="coal", unit="t", quantity=50.0)
    after = quantities.with_resource(before, ROW, "rice_husk", written)
    assert editing.get(after, ROW) == {"id": "row1", "resource": "rice_husk", "unit": "t", "quantity": 50.0}


def test_another_resource_with_another_unit_keeps_the_figures_as_texts() -> None:
    before = document(
        resource="electricity",
        unit="kwh",
        quantity=8000.0,
        unit_price={"amount": 1957.0, "currency": "VND"},
    )
    after = quantities.with_resource(before, ROW, "water", written)
    assert editing.get(after, ROW) == {"id": "row1", "resource": "water", "unit": "m3"}
    assert editing.draft(after, (*ROW, "quantity")) == "8000 kwh"
    assert editing.draft(after, (*ROW, "unit_price")) == "1957 đ/kwh"

"""Step 2 as a person uses it: rows, units, VAT, prices and factors of one's own."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.day import today
from sxsh_options.services.editing import Path
from sxsh_options.services.examples import load_document
from sxsh_options.ui.fields import key_of
from tests.app.forms import enter, page, pick, saved, shown, value
from tests.app.screens import markup, said, table

FLOWS: Path = ("baseline", "flows")
POWER: Path = (*FLOWS, "power")
NEW: dict[str, Any] = {
    "schema_version": 1,
    "title": "Sữa Hà Nam",
    "facility": {"name": "Sữa Hà Nam"},
    "baseline": {"start": "2025-01-01", "end": "2025-12-31"},
    "options": [],
}


def flow(**fields: Any) -> dict[str, Any]:
    return {"id": "power", "resource": "electricity", "unit": "kwh", **fields}


def with_flows(*flows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**NEW, "baseline": {**NEW["baseline"], "flows": list(flows), **more}}


FILLED = with_flows(
    flow(quantity=1_200_000.0, unit_price={"amount": 2000.0, "currency": "VND"}, vat_rate=0.08),
    production=[{"id": "milk", "name": "sữa", "quantity": 5000.0, "unit": "tấn"}],
)


def press(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


@pytest.mark.parametrize(("lang", "what"), [(None, "Chưa có dòng nào."), ("en", "There is no row yet.")])
def test_empty_says_how_to_begin(lang: str | None, what: str) -> None:
    assert what in said(page("flows", NEW, lang))


@pytest.mark.parametrize(
    ("lang", "lead", "row", "specific"),
    [
        (
            None,
            "Mỗi năm chi 2,4 tỷ ₫. Phát thải phạm vi 1 và 2: 791 tCO₂e mỗi năm.",
            ["Điện", "1.200.000 kWh", "2,4 tỷ ₫", "2.000 ₫/kWh ", "791"],
            "240 kWh/tấn",
        ),
        (
            "en",
            "2.4 billion ₫ a year is spent. Emissions of scopes 1 and 2: 791 tCO₂e a year.",
            ["Electricity", "1,200,000 kWh", "2.4 billion ₫", "2,000 ₫/kWh ", "791"],
            "240 kWh/tấn",
        ),
    ],
)
def test_the_result_stands_first(lang: str | None, lead: str, row: list[str], specific: str) -> None:
    """1.2 million kWh at 2,000 đồng; 1,200 MWh x 0.6592 t; 5,000 t of milk."""
    app = page("flows", FILLED, lang)
    assert lead in said(app)
    assert table(app, "sx-use") == [row]
    specific_rows = table(app, "sx-specific")
    if lang is None:
        assert specific_rows == [["sữa", "Điện", specific]]
    else:
        assert specific_rows[0][0] == "sữa"


def test_a_row_is_added_filled_in_removed_and_put_back() -> None:
    app = page("flows", NEW)
    app.selectbox(key="add_flow").set_value("diesel").run()
    (row,) = value(app, *FLOWS)
    assert {key: row[key] for key in ("resource", "unit")} == {"resource": "diesel", "unit": "l"}
    assert app.selectbox(key="add_flow").value is None
    path = (*FLOWS, row["id"])
    assert "Cần lượng dùng" in said(app)
    enter(app, (*path, "quantity"), "1.000 lít/tháng")
    enter(app, (*path, "process_step"), "lò hơi")
    assert value(app, *path, "quantity") == 12_000
    assert table(app, "sx-use")[0][:2] == ["Dầu DOlò hơi", "12.000 lít"]
    press(app, f"remove-{key_of(path)}")
    assert value(app, *FLOWS) == []
    press(app, f"undo-{key_of(FLOWS)}")
    assert value(app, *path, "quantity") == 12_000


def test_quantity_is_of_the_whole_period() -> None:
    """Half of 2025 has 181 days: 100,000 kWh a month are 181 / 365.25 x 12 of them."""
    half = {**FILLED, "baseline": {**FILLED["baseline"], "end": "2025-06-30"}}
    app = page("flows", half)
    enter(app, (*POWER, "quantity"), "100.000 kWh/tháng")
    assert value(app, *POWER, "quantity") == pytest.approx(1_200_000 * 181 / 365.25)
    assert "= 1.200.000 kWh mỗi năm" in said(app)


def test_without_a_period() -> None:
    app = page("flows", {**NEW, "baseline": {"start": "2025-01-01", "flows": [flow(quantity=5.0)]}})
    assert "Chưa biết số liệu là của khoảng thời gian nào" in said(app)
    reversed_ = {**NEW, "baseline": {"start": "2025-01-01", "end": "2024-01-01", "flows": []}}
    assert "Chưa biết số liệu" in said(page("flows", reversed_))


def test_another_unit_says_the_same_in_other_figures() -> None:
    app = page("flows", FILLED)
    pick(app, (*POWER, "unit"), "mwh")
    assert (shown(app, (*POWER, "quantity")), shown(app, (*POWER, "unit_price"))) == ("1200", "2.000.000")
    assert "Mỗi năm chi 2,4 tỷ ₫." in said(app)


def test_another_resource_keeps_what_was_typed() -> None:
    app = page("flows", FILLED)
    pick(app, (*POWER, "resource"), "water")
    assert shown(app, (*POWER, "quantity")) == "1.200.000 kWh"
    assert shown(app, (*POWER, "unit_price")) == "2000 đ/kWh"
    assert value(app, *POWER, "unit") == "m3"


def test_a_price_with_vat_is_stored_net() -> None:
    app = page("flows", FILLED)
    assert "= 2.000 ₫/kWh chưa gồm thuế GTGT; 2.160 ₫ đã gồm thuế GTGT" in said(app)
    app.button_group(key=key_of(("flows", "mode"))).set_value("with").run()
    assert shown(app, (*POWER, "unit_price")) == "2160"
    enter(app, (*POWER, "unit_price"), "2.700 đ/kWh")
    assert value(app, *POWER, "unit_price")["amount"] == pytest.approx(2500)
    app.button_group(key=key_of(("flows", "mode"))).set_value("without").run()
    assert shown(app, (*POWER, "unit_price")) == "2500"


def test_a_price_with_vat_needs_the_rate() -> None:
    app = page("flows", with_flows(flow(quantity=5.0)))
    app.button_group(key=key_of(("flows", "mode"))).set_value("with").run()
    enter(app, (*POWER, "unit_price"), "2.160 đ")
    assert "Hãy nhập thuế suất thuế GTGT của dòng này trước" in said(app)
    assert value(app, *POWER, "unit_price") is None
    assert shown(app, (*POWER, "unit_price")) == "2.160 đ"


def test_vat_that_cannot_be_deducted_is_part_of_the_cost() -> None:
    app = page("flows", FILLED)
    app.checkbox(key=key_of((*POWER, "vat_deductible"))).set_value(False).run()
    assert value(app, *POWER, "vat_deductible") is False
    assert "Mỗi năm chi 2,59 tỷ ₫." in said(app)  # 2.4 x 1.08


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("quantity", "12 m3"),
        ("quantity", "-5"),
        ("quantity", "5 kWh/giờ"),
        ("quantity", "1e30"),
        ("quantity", "😀"),
        ("unit_price", "2 USD"),
        ("unit_price", "-1"),
        ("unit_price", "=2000"),
        ("unit_price", "5 %"),
        ("vat_rate", "150 %"),
        ("vat_rate", "-8"),
        ("name", "x" * 10_000),
    ],
)
def test_bad_input_stays_beside_its_field(field: str, text: str) -> None:
    app = page("flows", FILLED)
    before = value(app, *POWER, field)
    enter(app, (*POWER, field), text)
    assert markup(app).count('class="sx-fault"') == 1
    assert shown(app, (*POWER, field)) == text
    assert value(app, *POWER, field) == before


def test_names_are_text_and_never_markup() -> None:
    app = page("flows", FILLED)
    enter(app, (*POWER, "process_step"), '<img src=x onerror="alert(1)">')
    assert "<img" not in markup(app)


def test_a_price_of_ones_own_needs_a_reason_and_can_be_dropped() -> None:
    app = page("flows", with_flows(flow(quantity=1000.0)))
    assert "Đang dùng giá mặc định 1.833 ₫/kWh." in said(app)
    press(app, "own-price-electricity")
    (row,) = value(app, "overrides")
    path = ("overrides", row["id"])
    enter(app, (*path, "value"), "2.500 đ/kWh")
    assert "Cần cả giá trị và lý do" in said(app)
    assert "Mỗi năm chi 1,83 triệu ₫." in said(app)
    enter(app, (*path, "reason"), "hợp đồng mới")
    assert "Cần cả giá trị" not in said(app)
    assert "Mỗi năm chi 2,5 triệu ₫." in said(app)
    assert f"Tự nhập ngày {today():%d/%m/%Y}" in said(app)
    assert "tự nhập" in table(app, "sx-use")[0][3].lower() or "sx-mark" in markup(app)
    press(app, f"remove-{key_of(path)}")
    assert value(app, "overrides") == []
    assert "Mỗi năm chi 1,83 triệu ₫." in said(app)


def test_a_factor_of_ones_own() -> None:
    app = page("flows", with_flows(flow(quantity=1_000_000.0)))
    press(app, "own-emission_factor-electricity")
    path = ("overrides", value(app, "overrides")[0]["id"])
    enter(app, (*path, "value"), "0,1")
    enter(app, (*path, "reason"), "điện mặt trời mái nhà")
    assert "100 tCO₂e mỗi năm" in said(app)  # 1,000 MWh at 0.1


def test_what_options_save_has_a_price_here_too() -> None:
    option = {
        "id": "option1",
        "name": "Thu hồi nước ngưng",
        "technical_life_years": 5,
        "capex": [{"id": "cost1", "kind": "other", "amount": 1e6}],
        "savings": [{"id": "saving1", "resource": "water", "quantity": 10.0, "unit": "m3"}],
    }
    app = page("flows", {**NEW, "options": [option]})
    assert "Đang dùng giá mặc định 12.100 ₫/m³." in said(app)


def test_it_is_the_same_in_another_window() -> None:
    app = page("flows", FILLED)
    enter(app, (*POWER, "quantity"), "1.300.000")
    again = page("flows", saved(app), "en")
    assert shown(again, (*POWER, "quantity")) == "1,300,000"


def test_a_resource_that_is_not_known_is_chosen_before_its_figures_are_asked_for() -> None:
    flow = {"id": "f1", "unit": "m3", "quantity": 1200.0}
    document = {
        "title": "T",
        "facility": {"name": "T"},
        "baseline": {"start": "2025-01-01", "end": "2025-12-31", "flows": [flow]},
        "drafts": [{"id": "baseline/flows/f1/resource", "text": "Nước giếng khoan"}],
    }
    app = page("flows", document)
    assert "Không nhận ra “Nước giếng khoan”" in said(app)
    assert "None" not in said(app)
    pick(app, ("baseline", "flows", "f1", "resource"), "water")
    assert "Không nhận ra" not in said(app)
    assert value(app, "baseline", "flows")[0]["quantity"] == 1200.0


def test_the_methane_of_an_open_lagoon_has_its_own_line() -> None:
    load = {"id": "cod", "resource": "cod", "quantity": 5000.0, "unit": "t"}
    app = page("flows", with_flows(load, wastewater_treatment="deep_lagoon"))
    row = table(app, "sx-use")[-1]
    assert row[0].startswith("Mêtan thoát ra từ hồ kỵ khí hở")
    assert row[-1] == "28.000"
    assert "Phát thải phạm vi 1 và 2: 28.000 tCO₂e mỗi năm." in said(app)
    assert "chưa gồm mêtan" in said(page("flows", with_flows(load)))


def test_a_factor_of_ones_own_is_asked_for_in_the_unit_that_it_is_shown_in() -> None:
    water = {"id": "water", "resource": "water", "quantity": 1000.0, "unit": "m3"}
    app = page("flows", with_flows(water))
    assert "0,344 kgCO₂e/m³" in said(app)
    press(app, "own-emission_factor-water")
    (row,) = saved(app)["overrides"]
    path = ("overrides", row["id"], "value")
    assert next(f.label for f in app.text_input if f.key == key_of(path)).endswith("(kgCO₂e/m³)")
    enter(app, path, "0,5")
    assert value(app, *path) == pytest.approx(0.0005)
    assert shown(app, path) == "0,5"
    assert "Có nhầm kg với tấn" not in said(app)
    enter(app, path, "500")
    assert "Có nhầm kg với tấn" in said(app)


@pytest.mark.parametrize(
    ("lang", "what"),
    [("vi", "Mêtan tránh được từ hồ kỵ khí hở"), ("en", "Methane from an open anaerobic lagoon")],
)
def test_an_example_says_what_it_teaches_on_its_pages(lang: str, what: str) -> None:
    for name in ("facility", "flows"):
        assert what in said(page(name, load_document("vn_cassava", lang), lang))

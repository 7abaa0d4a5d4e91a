"""Several options together, run without a browser: the choice, the joint result, what stands in the way."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.forms import page, turn_to, value
from tests.app.screens import markup, read, said, table
from tests.app.test_ranking_page import document, labels
from tests.builders import electricity, option

PRODUCT = [{"id": "cloth", "name": "Vải", "quantity": 500, "unit": "t"}]
BASE = electricity(100_000, 2_000, production=PRODUCT)


def saving(option_id: str, name: str, capex: float, kwh: float, **more: Any) -> dict[str, Any]:
    saved = [{"resource": "electricity", "quantity": kwh, "unit": "kWh"}]
    return {**option(option_id, capex, None, savings=saved, **more), "name": name}


# Of one group: 20 % and 30 % of the same base leave 0.8 x 0.7 = 56 %, so 44 % is saved, not 50 %.
PUMP = saving("pump", "Biến tần", 60e6, 20_000, interaction_group="điện")
FAN = saving("fan", "Quạt", 28e6, 30_000, interaction_group="điện")


def together(*options: dict[str, Any], lang: str | None = None, chosen: tuple[str, ...] = ()) -> AppTest:
    given = document(*options, baseline=BASE) | ({"bundle": list(chosen)} if chosen else {})
    return turn_to(page("ranking", given, lang), "together")


def pairs(app: AppTest) -> str:
    return said(app).partition("Kết quả khi làm cùng lúc")[2]


def chosen(app: AppTest) -> list[str]:
    """The choice as it is stored."""
    return list(value(app, "bundle") or ())


def tick(app: AppTest, option_id: str, *, there: bool = True) -> AppTest:
    app.checkbox(key=f"with/{option_id}").set_value(there).run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("lang", "says"),
    [(None, "Hãy chọn ít nhất một giải pháp"), ("en", "Choose at least one option")],
)
def test_nothing_chosen_says_what_to_do(lang: str | None, says: str) -> None:
    app = together(PUMP, FAN, lang=lang)
    assert says in said(app)
    assert not app.get("vega_lite_chart")


@pytest.mark.parametrize(
    ("lang", "lead"),
    [
        # 44,000 kWh x 2,000 = 88 million a year for 88 million: a year; 88 x (6.144567 - 1) = 452.7 million;
        # 44 MWh x 0.6592 = 29.0 t
        (
            None,
            "Làm cùng lúc 2 giải pháp: vốn đầu tư 88 triệu ₫, hoàn vốn 12 tháng, NPV 453 triệu ₫, "
            "giảm 29 tCO₂e mỗi năm.",
        ),
        (
            "en",
            "Options together, 2 in all: an investment of 88 million ₫, pays back in 12 months, "
            "NPV 453 million ₫, avoids 29 tCO₂e a year.",
        ),
    ],
)
def test_savings_of_one_group_overlap(lang: str | None, lead: str) -> None:
    app = tick(tick(together(PUMP, FAN, lang=lang), "pump"), "fan")
    assert lead in said(app)
    assert "1 − Π(1 − sᵢ)" in said(app)
    [row] = table(app, "sx-joint")
    year, mark = ("năm", ".") if lang is None else ("year", ",")
    assert row[1:] == [*(f"{kwh}{mark}000 kWh/{year}" for kwh in (50, 44, 100)), "44 %"]


def test_sums_stand_beside_what_is_had_together() -> None:
    text = pairs(tick(tick(together(PUMP, FAN), "pump"), "fan"))
    assert "88 triệu ₫ mỗi năm cộng riêng từng giải pháp: 100 triệu ₫ mỗi năm" in text
    assert "29 tCO₂e/năm cộng riêng từng giải pháp: 32,96 tCO₂e/năm" in text


def test_consumption_before_and_after() -> None:
    app = tick(tick(together(PUMP, FAN), "pump"), "fan")
    [row] = next(rows[1:] for _, rows in read(app).tables if rows[0][0] == "Cho một đơn vị sản phẩm")
    assert [cell.replace("\u00a0", " ") for cell in row] == [
        "Điện · Vải",
        "200 kWh/tấn",  # 100,000 / 500
        "112 kWh/tấn",  # 56,000 / 500
        "44 %",
    ]


def test_a_single_option_is_as_in_the_list() -> None:
    app = tick(together(PUMP, FAN), "pump")
    # 20,000 x 2,000 = 40 million for 60 million
    assert "Làm cùng lúc 1 giải pháp: vốn đầu tư 60 triệu ₫, hoàn vốn 18 tháng" in said(app)
    assert "cộng riêng" not in pairs(app).partition("Dòng tiền")[0]


def test_excluded_options_offer_the_ways_out() -> None:
    app = together(PUMP | {"excludes": ["fan"]}, FAN)
    tick(tick(app, "pump"), "fan")
    assert "“Biến tần” và “Quạt” loại trừ nhau" in said(app)
    assert "chưa thể làm cùng lúc" in said(app)
    assert not app.get("vega_lite_chart")
    [leave] = [b for b in app.button if b.label == "Bỏ\\: Quạt"]
    leave.click().run()
    assert app.checkbox(key="with/pump").value
    assert not app.checkbox(key="with/fan").value
    assert "loại trừ nhau" not in said(app)


def test_a_missing_prerequisite_is_added_with_one_click() -> None:
    app = tick(together(PUMP | {"requires": ["fan"]}, FAN), "pump")
    assert "“Biến tần” cần có “Quạt” trước" in said(app)
    [add] = [b for b in app.button if b.label == "Chọn thêm\\: Quạt"]
    add.click().run()
    assert app.checkbox(key="with/fan").value
    assert "Làm cùng lúc 2 giải pháp" in said(app)


def test_more_than_is_used_leads_to_the_figures() -> None:
    app = together(
        saving("pump", "Biến tần", 1e6, 60_000), saving("fan", "Quạt", 1e6, 70_000), chosen=("pump", "fan")
    )
    assert "nhiều hơn mức đang dùng" in said(app)
    assert "Tới trang Tiêu thụ và giá" in labels(app)


def test_the_choice_is_stored() -> None:
    app = tick(together(PUMP, FAN), "fan")
    assert chosen(app) == ["fan"]
    turn_to(app, "ranking")
    app = turn_to(app, "together")
    assert app.checkbox(key="with/fan").value
    assert not app.checkbox(key="with/pump").value


def test_what_is_not_there_any_more_is_not_chosen() -> None:
    app = together(PUMP, FAN, chosen=("pump", "gone"))
    assert app.checkbox(key="with/pump").value
    assert "Làm cùng lúc 1 giải pháp" in said(app)


def test_the_horizon_of_the_bundle_is_among_its_assumptions() -> None:
    longer = {**FAN, "technical_life_years": 15}
    app = together(PUMP, longer, chosen=("pump", "fan"))
    cells = [row[:2] for _, rows in read(app).tables for row in rows if row]
    said_of = {pair[0]: pair[1].replace("\u00a0", " ") for pair in cells if len(pair) == 2}
    assert said_of["Thời gian phân tích"] == "15 năm"


def test_many_at_once_and_none() -> None:
    quick = saving("quick", "Sửa rò rỉ", 5e6, 10_000)  # 5 million, paid back in three months
    slow = saving("slow", "Lò mới", 900e6, 20_000)
    app = together(quick, slow)
    app.button(key="suggested").click().run()
    assert app.checkbox(key="with/quick").value
    assert not app.checkbox(key="with/slow").value
    app.button(key="none").click().run()
    assert not app.checkbox(key="with/quick").value
    assert chosen(app) == []


def test_every_number_opens_to_how_it_was_computed() -> None:
    app = tick(tick(together(PUMP, FAN), "pump"), "fan")
    text = said(app)
    for formula in ("PB = I / B", "E = Σ Qᵢ · EFᵢ"):
        assert formula in text
    assert "0: -88.000.000 ₫; 1–10: 88.000.000 ₫" in text


def test_names_are_never_markup() -> None:
    app = together({**PUMP, "name": "**Bơm** :smile: $x$ <b>"}, FAN, chosen=("pump",))
    [box] = [b for b in app.checkbox if b.key == "with/pump"]
    assert box.label.startswith(r"\*\*Bơm\*\* \:smile\: \$x\$ \<b\>")
    assert "<b>" not in markup(app)


def test_unfinished_options_are_not_offered_but_named() -> None:
    given = document(PUMP, FAN, baseline=BASE)
    del given["options"][1]["capex"]
    app = page("together", given)
    assert [b.key for b in app.checkbox] == ["with/pump"]
    assert "Quạt chưa nhập vốn đầu tư" in said(app)

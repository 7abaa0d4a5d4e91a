"""The quick estimate as a person uses it: fields in, results at once, nothing lost."""

from __future__ import annotations

import re
import traceback
from datetime import date

import pytest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest

from sxsh_options.services import editing, quick_estimate
from sxsh_options.services.quick_estimate import (
    CAPEX,
    LIFE,
    MONEY,
    NAME,
    OPEX,
    OPTION,
    QUANTITY,
    SAVING,
    price_path,
)
from sxsh_options.ui.fields import key_of
from sxsh_options.ui.work import LOCAL, repository
from tests.app.forms import enter, page, pick, saved, shown, turn_to, value
from tests.app.screens import markup, said
from tests.library import document as two_options

WHAT = ("quick", "what")


def filled() -> AppTest:
    document = quick_estimate.blank("Thay máy nén khí", "Giá cơ sở đang trả", date(2026, 11, 22))
    for path, what in (
        (NAME, "Thay máy nén khí"),
        (CAPEX, {"amount": 600e6, "currency": "VND"}),
        (QUANTITY, 96_000.0),
        (LIFE, 10),
    ):
        document = editing.put(document, path, what)
    return page("quick_estimate", document)


def cards(app: AppTest) -> list[str]:
    """The figure of each result; empty where it is not known."""
    found = re.findall(r'class="sx-card(?: [\w -]+)?">(.*?)</(?:summary|div)>', markup(app), re.DOTALL)
    figures = [re.search(r"<strong[^>]*>(.*?)</strong>", card) for card in found]
    return [re.sub("<.*?>", "", f[1]).replace("\u00a0", " ") if f else "" for f in figures]


@pytest.mark.parametrize(
    ("lang", "needs"),
    [
        (None, "Cần thêm: vốn đầu tư, lượng tiết kiệm, số năm sử dụng"),
        ("en", "Still needed: investment, what is saved, years of use"),
    ],
)
def test_empty_says_what_is_needed_and_stores_nothing(lang: str | None, needs: str) -> None:
    app = page("quick_estimate", lang=lang)
    assert needs in said(app)
    assert cards(app) == ["", "", "", ""]
    assert "assessment" not in app.query_params
    assert repository().entries(LOCAL) == []


def test_results_come_one_after_the_other() -> None:
    """600 / (0.096 x 1,833) = 3.41 years; 96 x 0.6592 = 63.3 t; -600 + 175.968 x 6.1446 = 481 million."""
    app = page("quick_estimate")
    enter(app, NAME, "Thay máy nén khí")
    assert value(app, "title") == "Thay máy nén khí"
    enter(app, CAPEX, "600 triệu")
    assert cards(app) == ["", "", "", ""]
    enter(app, QUANTITY, "8.000 kWh/tháng")
    assert cards(app) == ["3,41 năm", "176 triệu ₫", "", "63,3 tCO₂e"]
    enter(app, LIFE, "10 năm")
    assert cards(app) == ["3,41 năm", "176 triệu ₫", "481 triệu ₫", "63,3 tCO₂e"]


def test_what_was_typed_is_echoed_in_full() -> None:
    app = filled()
    assert (shown(app, CAPEX), shown(app, QUANTITY), shown(app, LIFE)) == ("600.000.000", "96.000", "10")
    assert "= 600 triệu ₫" in said(app)
    assert "= 96.000 kWh mỗi năm" in said(app)


def test_a_monthly_quantity_shows_how_the_year_came_about() -> None:
    app = filled()
    enter(app, QUANTITY, "8.000 kWh/tháng")
    assert "= 96.000 kWh mỗi năm (8.000 kWh/tháng × 12 tháng)" in said(app)
    enter(app, QUANTITY, "100.000")
    assert "= 100.000 kWh mỗi năm" in said(app)
    assert "/tháng ×" not in said(app)


def test_a_figure_of_a_second_hand_says_so_without_a_mouse() -> None:
    assert "thứ cấp: số liệu lấy từ nguồn khác dẫn lại văn bản, chưa đối chiếu với bản gốc" in said(filled())


def test_every_result_opens_to_how_it_was_computed() -> None:
    app = filled()
    assert markup(app).count('<details class="sx-card') == 4
    text = said(app)
    assert "PB = I / B" in text
    assert "NPV = Σ CFₜ / (1 + r)ᵗ" in text
    assert "Quyết định 1279/QĐ-BCT" in text


def test_in_english() -> None:
    app = page("quick_estimate", lang="en")
    enter(app, CAPEX, "600 million")
    enter(app, QUANTITY, "8,000 kWh/month")
    assert cards(app) == ["3.41 years", "176 million ₫", "", "63.3 tCO₂e"]
    assert "= 96,000 kWh a year" in said(app)


def test_payback_below_two_years_is_in_months() -> None:
    app = filled()
    enter(app, CAPEX, "175.968.000")
    assert cards(app)[0] == "12 tháng"


def test_it_is_all_there_in_another_window() -> None:
    app = filled()
    again = page("quick_estimate", saved(app))
    assert cards(again) == cards(app)


def test_leaving_the_page_loses_nothing() -> None:
    app = filled()
    turn_to(app, "start")
    turn_to(app, "quick_estimate")
    assert shown(app, CAPEX) == "600.000.000"


def test_the_browser_is_told_of_a_field_only_what_it_does_not_show() -> None:
    """What is told replaces what is being typed; a field that the browser has lost shows its default."""
    app = page("quick_estimate")
    enter(app, CAPEX, "600 triệu")
    told = {field.key: field.proto for field in app.text_input}
    assert (told[key_of(CAPEX)].set_value, told[key_of(CAPEX)].value) == (True, "600.000.000")
    assert not told[key_of(LIFE)].set_value
    enter(app, LIFE, "10")
    told = {field.key: field.proto for field in app.text_input}
    assert (told[key_of(CAPEX)].set_value, told[key_of(CAPEX)].default) == (False, "600.000.000")
    assert (told[key_of(LIFE)].set_value, told[key_of(LIFE)].default) == (False, "10")


def test_an_entry_is_taken_even_if_the_next_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """The framework ends a callback where it gives way to the next entry: here it must nowhere."""
    gave_way: list[str] = []
    look = ScriptRunner._maybe_handle_execution_control_request

    def noted(runner: ScriptRunner) -> None:
        stack = traceback.extract_stack()
        if any(frame.name == "call_callback" for frame in stack):
            gave_way.append("".join(traceback.format_list(stack[-8:])))
        look(runner)

    monkeypatch.setattr(ScriptRunner, "_maybe_handle_execution_control_request", noted)
    app = page("quick_estimate")
    for path, text in (
        (NAME, "Thay máy nén khí"),
        (CAPEX, "600 triệu"),
        (LIFE, "mười"),
        (QUANTITY, "8.000 kWh/tháng"),
        (price_path("electricity"), "2000"),
        (OPEX, "-2 triệu"),
    ):
        enter(app, path, text)
    pick(app, (*SAVING, "unit"), "mwh")
    pick(app, WHAT, "money")
    enter(app, MONEY, "5 triệu")
    assert gave_way == []


def test_a_price_of_ones_own() -> None:
    app = filled()
    assert "Đang dùng giá mặc định 1.833 ₫/kWh." in said(app)
    enter(app, price_path("electricity"), "2.500 đ/kWh")
    assert "giá mặc định" not in said(app)
    assert cards(app)[:2] == ["2,5 năm", "240 triệu ₫"]
    row = value(app, "overrides", "price_electricity")
    assert (row["value"], row["reason"]) == (2500.0, "Giá cơ sở đang trả")
    enter(app, price_path("electricity"), "")
    assert cards(app)[0] == "3,41 năm"


def test_other_amounts_are_gains_where_positive() -> None:
    app = filled()
    enter(app, OPEX, "24.032.000")
    assert cards(app)[1] == "200 triệu ₫"
    assert value(app, *OPEX)["amount"] == -24_032_000
    enter(app, OPEX, "-2 triệu/tháng")
    assert shown(app, OPEX) == "-24.000.000"
    assert cards(app)[1] == "152 triệu ₫"


def test_another_unit() -> None:
    app = filled()
    pick(app, (*SAVING, "unit"), "mwh")
    assert shown(app, QUANTITY) == "96"
    assert cards(app)[0] == "3,41 năm"


def test_another_resource_keeps_what_was_typed() -> None:
    app = filled()
    pick(app, WHAT, "water")
    assert value(app, *SAVING) == {"id": "saving1", "resource": "water", "unit": "m3"}
    assert shown(app, QUANTITY) == "96.000 kWh"
    assert cards(app) == ["", "", "", ""]
    enter(app, QUANTITY, "1.000 m3/tháng")
    assert cards(app)[1] == "145 triệu ₫"  # 12,000 m3 at 12,100 đồng


def test_only_the_money_and_back() -> None:
    app = filled()
    pick(app, WHAT, "money")
    enter(app, MONEY, "25 triệu/tháng")
    assert cards(app) == ["2 năm", "300 triệu ₫", "1,24 tỷ ₫", ""]  # -600 + 300 x 6.1446 = 1,243 million
    assert "Cần thêm: thứ tiết kiệm được" in said(app)
    pick(app, WHAT, "electricity")
    assert shown(app, QUANTITY) == "96.000"
    assert cards(app)[0] == "3,41 năm"
    pick(app, WHAT, "money")
    assert shown(app, MONEY) == "300.000.000"


def test_no_price_is_known_of_coal() -> None:
    app = page("quick_estimate")
    pick(app, WHAT, "coal_grade_3_4")
    enter(app, CAPEX, "100 triệu")
    enter(app, QUANTITY, "2 tấn/tháng")
    assert "Cần thêm: giá" in said(app)
    assert "hãy nhập giá đang trả" in said(app)
    enter(app, price_path("coal_grade_3_4"), "4 triệu")
    assert cards(app)[:2] == ["12,5 tháng", "96 triệu ₫"]  # 24 t x 4 million; 100 / 96 years


BAD = {
    "một trăm": "chưa đọc được thành số",
    "😀": "chưa đọc được thành số",
    "=1+1": "chưa đọc được thành số",
    "<b>5</b>": "“<b>5</b>”",
    "-5 triệu": "Không nhập số âm",
    "khoảng 600 triệu": "bỏ phần ước chừng",
    "500-600 triệu": "là một khoảng",
    "1e300": "lớn quá",
    "5 USD": "không phải USD",
    "9" * 10_000: "",
}


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:12])
def test_bad_input_stays_and_is_explained(text: str) -> None:
    app = filled()
    enter(app, CAPEX, text)
    assert markup(app).count('class="sx-fault"') == 1
    assert BAD[text] in said(app)
    assert shown(app, CAPEX) == text
    assert "Kết quả vẫn dùng giá trị trước đó: 600 triệu ₫" in said(app)
    assert cards(app)[0] == "3,41 năm"
    again = page("quick_estimate", saved(app))
    assert shown(again, CAPEX) == text, "a draft survives"


def test_a_foreign_amount_is_echoed_in_its_own_currency() -> None:
    document = editing.put(saved(filled()), CAPEX, {"amount": 25_000.0, "currency": "USD"})
    text = said(page("quick_estimate", document))
    assert "= 25.000 USD " in text
    assert "25.000 ₫" not in text
    rate = {"id": "r", "currency": "USD", "vnd_per_unit": 26_000.0, "on": "2026-01-02", "source": "NHNN"}
    text = said(page("quick_estimate", {**document, "exchange_rates": [rate]}))
    assert "= 25.000 USD = 650 triệu ₫" in text


@pytest.mark.parametrize("text", ["0", "1000", "2,5", "-1"])
def test_a_life_that_cannot_be(text: str) -> None:
    app = filled()
    enter(app, LIFE, text)
    assert markup(app).count('class="sx-fault"') == 1
    assert value(app, *LIFE) == 10


def test_a_name_is_text_and_never_markup() -> None:
    app = page("quick_estimate")
    name = '<script>alert(1)</script> =HYPERLINK("x") 😀'
    enter(app, NAME, name)
    assert value(app, *NAME) == name
    assert "<script>alert" not in markup(app)
    enter(app, NAME, "dài" * 5000)
    assert "tối đa 300" in said(app)
    assert value(app, *NAME) == name


def test_an_ambiguous_number_is_asked() -> None:
    app = page("quick_estimate")
    enter(app, QUANTITY, "1.234")
    assert "có thể hiểu theo hai cách" in said(app)
    app.button(key=f"{key_of(QUANTITY)}-1234.0").click().run()
    assert value(app, *QUANTITY) == 1234


def test_another_assessment_that_is_open_stays_as_it_is() -> None:
    kept = two_options()
    app = page("quick_estimate", kept)
    assert "Bản đánh giá “Xưởng sữa” đang mở" in said(app)
    before = saved(app)
    enter(app, CAPEX, "5 triệu")
    assert "đang mở không sửa được" not in said(app)
    assert saved(app)["id"] != before["id"]
    stored = repository().revision(LOCAL, before["id"])
    assert stored is not None
    assert stored.document == before


def test_going_on_leads_to_the_facility() -> None:
    app = filled()
    app.button(key="quick_go_on").click().run()
    assert not app.exception
    assert value(app, "baseline", "start").endswith("-01-01")
    assert value(app, *OPTION, "name") == "Thay máy nén khí"
    assert key_of(("facility", "name")) in [field.key for field in app.text_input]


def test_another_estimate_begins_empty() -> None:
    app = filled()
    app.button(key="quick_another").click().run()
    assert cards(app) == ["", "", "", ""]
    assert shown(app, CAPEX) == ""
    assert len(repository().entries(LOCAL)) == 1
    enter(app, CAPEX, "5 triệu")
    assert len(repository().entries(LOCAL)) == 2


def test_a_text_that_meant_two_numbers_is_read_once_another_shows_how_they_are_written() -> None:
    """Nothing typed stays behind without a question and without counting."""
    app = page("quick_estimate")
    enter(app, CAPEX, "600 triệu")
    enter(app, LIFE, "10")
    enter(app, QUANTITY, "96.500")
    assert "hai cách" in said(app)
    enter(app, OPEX, "1,5 triệu")  # a comma is the decimal mark
    assert "hai cách" not in said(app)
    assert not value(app, editing.DRAFTS)
    assert shown(app, QUANTITY) == "96.500"
    (saving,) = value(app, *SAVING[:-1])
    assert saving["quantity"] == 96_500

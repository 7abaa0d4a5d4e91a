"""Data and sources as a person reads them: searched, opened, replaced in an assessment and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.day import today
from sxsh_options.i18n import Wording
from sxsh_options.services.data_shapes import Figure, Range
from sxsh_options.services.data_view import every_row
from sxsh_options.ui.data_view import figure_texts, figure_value
from sxsh_options.ui.fields import key_of
from tests.app.forms import enter, page, saved, sound, stored, turn_to, value
from tests.app.screens import said

EMPTY: dict[str, Any] = {
    "schema_version": 1,
    "title": "Sao Mai",
    "facility": {"name": "Sao Mai", "sector": "Chế biến thủy sản"},
    "options": [],
}
VI, EN = Wording("vi"), Wording("en")


def opened(app: AppTest, key: str) -> AppTest:
    (chosen,) = app.session_state["data_choices"].values()
    chosen.open(key)
    app.run()
    return sound(app)


def search(app: AppTest, text: str) -> AppTest:
    app.text_input(key="data_text").set_value(text).run()
    return sound(app)


@pytest.mark.parametrize(("lang", "title"), [(None, "Dữ liệu"), ("en", "Data")])
def test_it_opens_without_an_assessment(lang: str | None, title: str) -> None:
    app = page("data", lang=lang)
    assert title in said(app)
    assert said(app).count("₫/kWh") > 3


def test_search_filters_and_an_empty_answer() -> None:
    app = search(page("data"), "tuc thu tu giay")
    assert "Không có mục nào khớp" in said(app)
    app.button(key="all_data").click().run()
    assert f"Số mục khớp: {len(every_row(today()))}" in said(sound(app))
    app.selectbox(key="data_kind").set_value("norm").run()
    app.selectbox(key="data_evidence").set_value("gap").run()
    assert "Có quy định, chưa tìm được trị số" in said(sound(app))


def test_fifty_rows_then_more() -> None:
    app = page("data")
    before = said(app).count("Giá và phí")
    app.button(key="more_data").click().run()
    assert len(said(sound(app))) > before
    assert "Hiện thêm 50 mục" in [button.label for button in app.button]


def test_a_row_opens_to_its_dated_values_its_note_and_what_its_evidence_means() -> None:
    app = opened(page("data"), "price.diesel")
    for part in ("18.380 ₫/lít", "18.650 ₫/lít", "ngày 04/12/2025", "Mức tin cậy: suy ra từ", "zone"):
        assert (part in said(app)) is (part != "zone")
    assert "Hãy mở một bản đánh giá" in said(app)
    app.button(key="close_row").click().run()
    assert "18.650 ₫/lít" not in said(sound(app))


def test_a_price_is_replaced_with_a_reason_and_taken_back() -> None:
    app = opened(page("data", EMPTY), "price.diesel")
    app.button(key="own-price-diesel").click().run()
    row = saved(sound(app))["overrides"][0]
    at = ("overrides", row["id"])
    app = enter(app, (*at, "value"), "20500")
    assert "chưa có lý do, chưa được dùng" in said(app)
    app = enter(app, (*at, "reason"), "theo hợp đồng 2026")
    assert (value(app, *at, "kind"), value(app, *at, "key")) == ("price", "diesel")
    assert value(app, *at, "on") == today().isoformat()
    assert "Đánh giá này dùng: 20.500 ₫/lít" in said(app)
    assert "20.500 ₫/lít – theo hợp đồng 2026" in said(app)
    app.button(key=f"remove-{key_of(at)}").click().run()
    assert not saved(sound(app)).get("overrides")


def test_a_parameter_is_replaced() -> None:
    app = opened(page("data", EMPTY), "fixed_asset.threshold")
    app.button(key="own-parameter-fixed_asset.threshold").click().run()
    at = ("overrides", saved(sound(app))["overrides"][0]["id"])
    app = enter(enter(app, (*at, "value"), "50.000.000"), (*at, "reason"), "quy chế công ty")
    assert value(app, *at, "value") == 50_000_000
    assert "50.000.000 ₫ – quy chế công ty; tự nhập ngày" in said(app).replace("\u00a0", " ")


def test_a_share_is_the_same_row_as_an_answer_of_the_catalogue() -> None:
    app = opened(page("data", EMPTY), "share.seafood.elec_refrig")
    app.button(key="own-end_use-elec_refrig").click().run()
    app = enter(app, ("overrides", "use-elec_refrig", "value"), "70 %")
    assert value(app, "overrides", "use-elec_refrig", "value") == 0.7


def test_what_the_assumptions_hold_leads_there() -> None:
    app = opened(page("data", EMPTY), "discount_rate.default")
    assert "Thay ở trang Giả định" in [link.label for link in app.get("page_link")]


def test_choices_are_of_the_window_and_the_assessment() -> None:
    app = search(page("data"), "than")
    app.query_params["assessment"] = stored(EMPTY)
    assert turn_to(app, "data").text_input(key="data_text").value == ""


# In words


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_figure_of_every_time_has_its_words(lang: str) -> None:
    wording = Wording("vi" if lang == "vi" else "en")
    for row in every_row(date(2026, 11, 1)):
        for stated in (row.current, *row.others):
            for text in figure_texts(row, stated.figures, wording):
                assert "data_view." not in text
                assert "_" not in text, text


@pytest.mark.parametrize(
    ("figure", "vi"),
    [
        (Figure((), Range(0.35, 0.5, 0.65), "fraction"), "50 % (35–65)"),
        (Figure((), Range(-0.1, -0.05, 0.02), "fraction"), "-5 % (-10 đến 2)"),
        (Figure((), Range(0.07, None, 0.12), "fraction/year"), "7–12 %/năm"),
        (Figure((), Range(None, 0.29, 0.32), "kwh/m3"), "0,29 kWh/m³ (đến 0,32)"),
        (Figure((), Range(3.0, 3.0, 3.0), {"vi": "triệu ₫", "en": "VND million"}), "3 triệu ₫"),
        (Figure((), None, "VND"), "chưa có số liệu"),
        (Figure((), 1_500_000.0, "VND"), "1.500.000 ₫"),
        (Figure((), True, ""), "có"),
        (Figure((), ("mon", "sat"), ""), "thứ Hai, thứ Bảy"),
    ],
)
def test_values_in_words(figure: Figure, vi: str) -> None:
    assert figure_value(figure, VI).replace("\u00a0", " ").lower() == vi.lower()


def test_english_figures() -> None:
    assert figure_value(Figure((), 1234.5, "kg/TJ"), EN).replace("\u00a0", " ") == "1,234.5 kg/TJ"

"""Step 1 as a person uses it: the establishment, the period, the products."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.day import today
from sxsh_options.ui.fields import key_of
from tests.app.forms import enter, page, pick, saved, shown, value
from tests.app.screens import markup, said

NEW: dict[str, Any] = {
    "schema_version": 1,
    "title": "Đánh giá mới",
    "facility": {},
    "baseline": {"start": "2025-01-01", "end": "2025-12-31"},
    "options": [],
}
PRODUCTS = ("baseline", "production")
START, END = ("baseline", "start"), ("baseline", "end")
REVENUE, PEOPLE = ("facility", "revenue_vnd"), ("facility", "employees_insured")


def press(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


@pytest.mark.parametrize(
    ("lang", "title", "why"),
    [
        (None, "Cơ sở và kỳ đánh giá", "quyết định thuế suất thuế thu nhập doanh nghiệp"),
        ("en", "The establishment and the period", "decides on the rate of corporate income tax"),
    ],
)
def test_empty(lang: str | None, title: str, why: str) -> None:
    text = said(page("facility", NEW, lang))
    assert title in text
    assert why in text


def test_without_an_assessment_it_says_where_to_go() -> None:
    assert "Chưa mở bản đánh giá nào" in said(page("facility"))


@pytest.mark.parametrize(
    ("lang", "kept"),
    [("vi", "Giải pháp “Máy nén” đã được giữ lại, nằm ở bước 3."), ("en", "The option “Máy nén” is kept")],
)
def test_it_says_where_an_option_is_that_came_along(lang: str, kept: str) -> None:
    option = {"id": "option1", "name": "Máy nén"}
    app = page("facility", {"schema_version": 1, "title": "T", "facility": {}, "options": [option]}, lang)
    assert kept in said(app)
    enter(app, ("facility", "name"), "Cơ khí Hòa Bình")
    assert kept not in said(app)


def test_fields_are_stored_in_the_shape_of_the_model() -> None:
    sector = "chế biến sữa chua"  # none of those in the list: it stays as it was typed
    app = page("facility", {**NEW, "facility": {**NEW.get("facility", {}), "sector": sector}})
    for path, text in (
        (("title",), "Sữa Hà Nam 2025"),
        (("facility", "name"), "Công ty Sữa Hà Nam"),
        (("facility", "province"), "Ninh Bình"),
        (("facility", "commune"), "phường Phủ Lý"),
        (("facility", "note"), "xưởng cũ"),
        (REVENUE, "45 tỷ"),
        (PEOPLE, "120"),
    ):
        enter(app, path, text)
    pick(app, ("facility", "legal_form"), "household")
    assert value(app, "title") == "Sữa Hà Nam 2025"
    assert value(app, "facility") == {
        "name": "Công ty Sữa Hà Nam",
        "sector": "chế biến sữa chua",
        "province": "Ninh Bình",
        "commune": "phường Phủ Lý",
        "note": "xưởng cũ",
        "revenue_vnd": 45e9,
        "employees_insured": 120,
        "legal_form": "household",
    }
    assert "= 45 tỷ ₫" in said(app)
    again = page("facility", saved(app), "en")
    assert shown(again, REVENUE) == "45,000,000,000"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (REVENUE, "-1"),
        (REVENUE, "nhiều"),
        (PEOPLE, "2,5"),
        (PEOPLE, "-3"),
        (PEOPLE, "1e12"),
        (PEOPLE, "😀"),
        (START, "32/13/2025"),
        (START, "hôm qua"),
        (("facility", "name"), "x" * 10_000),
    ],
)
def test_bad_input_stays_beside_its_field(path: tuple[str, ...], text: str) -> None:
    app = page("facility", NEW)
    before = value(app, *path)
    enter(app, path, text)
    assert markup(app).count('class="sx-fault"') == 1
    assert shown(app, path) == text
    assert value(app, *path) == before


@pytest.mark.parametrize(
    ("sector", "words"),
    [
        ("Dệt nhuộm vải", "Gần giống: Dệt, nhuộm"),
        ("Làm nón lá xuất khẩu", "Nếu có ngành gần đúng, hãy chọn trong danh sách"),
        ("Thủy hải sản", None),
        ("Dệt nhuộm", None),
    ],
)
def test_a_sector_that_the_catalogue_lacks_is_said(sector: str, words: str | None) -> None:
    shown = said(page("facility", {**NEW, "facility": {"name": "x", "sector": sector}}))
    assert ("Danh mục chưa có ngành" in shown) == (words is not None)
    assert (words or "") in shown


def test_a_period_in_the_future() -> None:
    app = page("facility", NEW)
    tomorrow = today() + timedelta(days=1)
    enter(app, END, f"{tomorrow:%d/%m/%Y}")
    assert "ở tương lai" in said(app)
    assert value(app, *END) == "2025-12-31"


def test_the_length_of_the_period_and_one_that_is_reversed() -> None:
    app = page("facility", NEW)
    assert "= 12 tháng" in said(app)
    enter(app, END, "31/12/2024")
    assert "Kỳ kết thúc (31/12/2024) trước khi bắt đầu (01/01/2025)" in said(app)
    enter(app, END, "")
    assert "Cần cả ngày đầu và ngày cuối" in said(app)
    enter(app, END, "30/6/2025")
    assert "= 5,95 tháng" in said(app)  # 181 days of 365.25, times 12


def test_products_are_added_filled_in_and_taken_away() -> None:
    app = page("facility", NEW)
    press(app, f"add-{key_of(PRODUCTS)}")
    assert "Cần thêm: sản phẩm, sản lượng trong kỳ, đơn vị tính." in said(app)
    product = (*PRODUCTS, value(app, *PRODUCTS)[0]["id"])
    enter(app, (*product, "name"), "sữa <b>tươi</b>")
    enter(app, (*product, "quantity"), "5.000")
    enter(app, (*product, "unit"), "tấn")
    assert value(app, *PRODUCTS) == [
        {"id": product[-1], "name": "sữa <b>tươi</b>", "quantity": 5000.0, "unit": "tấn"}
    ]
    assert "Cần thêm" not in said(app)
    enter(app, (*product, "quantity"), "0")
    assert "phải lớn hơn 0" in said(app)
    press(app, f"remove-{key_of(product)}")
    assert value(app, *PRODUCTS) == []
    assert "Đã bỏ một dòng." in said(app)
    press(app, f"undo-{key_of(PRODUCTS)}")
    assert value(app, *product, "name") == "sữa <b>tươi</b>"
    assert shown(app, (*product, "quantity")) == "0", "the draft is back too"
    assert "Đã bỏ một dòng." not in said(app)


def test_a_row_goes_back_to_its_place() -> None:
    ids = ("product1", "product2", "product3")
    products = [{"id": name, "name": name, "quantity": 1.0, "unit": "t"} for name in ids]
    app = page("facility", {**NEW, "baseline": {**NEW["baseline"], "production": products}})
    press(app, f"remove-{key_of((*PRODUCTS, 'product2'))}")
    press(app, f"undo-{key_of(PRODUCTS)}")
    assert [row["id"] for row in value(app, *PRODUCTS)] == [*ids]


@pytest.mark.parametrize(
    ("name", "chosen", "stored"),
    [
        ("legal_form", "cooperative", "cooperative"),
        ("commune_kind", "dac_khu", "dac_khu"),
        ("craft_village", "no", False),
        ("industrial_zone", "yes", True),
    ],
)
def test_a_fact_of_the_law_stands_beside_its_alternatives(name: str, chosen: str, stored: object) -> None:
    """Nothing can be chosen unseen, and what was chosen can be taken back."""
    app = page("facility", NEW)
    path = ("facility", name)
    assert app.radio(key=key_of(path)).value == "not_known"
    pick(app, path, chosen)
    assert value(app, *path) == stored
    assert page("facility", saved(app)).radio(key=key_of(path)).value == chosen
    pick(app, path, "not_known")
    assert value(app, *path) is None


def test_a_value_that_is_none_of_the_answers_is_shown_as_not_known() -> None:
    app = page("facility", {**NEW, "facility": {"craft_village": "maybe", "commune_kind": []}})
    for name in ("craft_village", "commune_kind"):
        assert app.radio(key=key_of(("facility", name))).value == "not_known"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["province", "province_before_merger"])
def test_a_province_that_is_not_known_is_said_and_stays(name: str, lang: str) -> None:
    app = page("facility", NEW, lang)
    path = ("facility", name)
    enter(app, path, "Nge An")
    words = {
        "vi": "Không có tỉnh, thành phố nào tên “Nge An”",
        "en": "No province or city is called “Nge An”",
    }
    assert words[lang] in said(app)
    assert "Nghệ An" in said(app)
    assert (shown(app, path), value(app, *path)) == ("Nge An", "Nge An")
    enter(app, path, "nghe an")
    assert words[lang][:20] not in said(app)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", "= nay thuộc TP. Hồ Chí Minh từ 01/07/2025"),
        ("en", "= part of TP. Hồ Chí Minh since 1 Jul 2025"),
    ],
)
def test_a_province_that_merged_says_what_it_is_part_of(lang: str, words: str) -> None:
    app = page("facility", {**NEW, "facility": {"province": "Bình Dương"}}, lang)
    assert words in said(app)
    enter(app, ("facility", "province"), "TP. Hồ Chí Minh")
    assert words not in said(app)

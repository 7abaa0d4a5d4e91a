"""The assumptions as a person uses them: default and source beside each, the consequence at once."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.model import Assessment
from sxsh_options.services.editing import bare
from sxsh_options.ui.fields import key_of
from tests.app.forms import enter, page, pick, saved, shown, value
from tests.app.screens import markup, said
from tests.builders import assessment, electricity, option

AT = ("assumptions",)
RATE, INFLATION = (*AT, "discount_rate"), (*AT, "inflation_rate")
WEIGHT = (*AT, "weights", "technical")
KIND = key_of(("assume", "kind"))


def document(**rest: Any) -> dict[str, Any]:
    """One option of 100 million that saves 100,000 kWh at 250 đồng, so 25 million a year for ten years."""
    saves = [{"id": "s", "resource": "electricity", "quantity": 100_000.0, "unit": "kwh"}]
    given = assessment(option(saving=None, savings=saves), baseline=electricity(1e6, 250.0), **rest)
    return given.model_dump(mode="json", exclude_none=True)


def press(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


def turn_to(app: AppTest, kind: str) -> None:
    app.button_group(key=KIND).set_value(kind).run()
    assert not app.exception


@pytest.mark.parametrize(
    ("lang", "rests", "default"),
    [
        (
            None,
            "Kết quả đang dựa trên: tỷ lệ chiết khấu danh nghĩa 10 % mỗi năm; mỗi giải pháp tính theo"
            " tuổi thọ của nó; trước thuế; hệ số lưới điện của năm 2023.",
            "Mặc định: 10 %.",
        ),
        (
            "en",
            "Results rest on: a nominal discount rate of 10 % a year; each option over its own life;"
            " before tax; the grid factor of 2023.",
            "Default: 10 %.",
        ),
    ],
)
def test_what_the_results_rest_on(lang: str | None, rests: str, default: str) -> None:
    text = said(page("assumptions", document(), lang))
    assert rests in text
    assert default in text


def test_without_options_it_says_so() -> None:
    empty = {"schema_version": 1, "title": "Mới", "facility": {}, "options": []}
    assert "Chưa có giải pháp nào tính được" in said(page("assumptions", empty))


def test_an_edit_shows_its_consequence_at_once() -> None:
    """25 million for ten years: worth 6.1446 at 10 %, 5.0188 at 15 %, less 100 million."""
    app = page("assumptions", document())
    assert "NPV 53,6 triệu ₫" in said(app)
    assert "giả định mặc định:" not in said(app)
    enter(app, RATE, "15")
    assert value(app, *RATE) == 0.15
    text = said(app)
    assert "tỷ lệ chiết khấu danh nghĩa 15 %" in text
    assert "NPV 25,5 triệu ₫" in text
    assert "nếu dùng toàn bộ giả định mặc định: hoàn vốn 4 năm, NPV 53,6 triệu ₫." in text


def test_real_and_nominal_change_no_result_by_themselves() -> None:
    app = page("assumptions", document())
    turn_to(app, "real")
    assert value(app, *AT, "discount_rate_is_real") is True
    assert shown(app, RATE) == "6,2802 %"
    assert "tỷ lệ chiết khấu thực 6,28 % và lạm phát 3,5 %, tức danh nghĩa 10 %" in said(app)
    assert "NPV 53,6 triệu ₫" in said(app)
    turn_to(app, "nominal")
    assert value(app, *AT).get("discount_rate") is None
    assert "danh nghĩa 10 %" in said(app)


@pytest.mark.parametrize("path", [RATE, INFLATION])
def test_a_real_rate_asks_for_what_it_needs(path: tuple[str, ...]) -> None:
    app = page("assumptions", document())
    turn_to(app, "real")
    before = value(app, *path)
    enter(app, path, "")
    assert "Tỷ lệ thực phải đi cùng lạm phát" in said(app)
    assert value(app, *path) == before
    assert "NPV 53,6 triệu ₫" in said(app)
    turn_to(app, "nominal")
    assert "Tỷ lệ thực phải đi cùng lạm phát" not in said(app)


def test_horizon() -> None:
    app = page("assumptions", document())
    enter(app, (*AT, "analysis_years"), "20 năm")
    assert "cùng một thời gian phân tích 20 năm" in said(app)
    enter(app, (*AT, "analysis_years"), "")
    assert "mỗi giải pháp tính theo tuổi thọ" in said(app)


def test_tax_of_a_company() -> None:
    app = page("assumptions", document(facility={"name": "Sữa", "revenue_vnd": 45e9}))
    pick(app, (*AT, "tax", "profile"), "company")
    assert "sau thuế thu nhập doanh nghiệp 17 %" in said(app)  # law of 2025: above 3 and up to 50 billion
    assert "15 % khi doanh thu đến 3 tỷ ₫" in said(app)
    enter(app, (*AT, "tax", "rate"), "10")
    assert "sau thuế thu nhập doanh nghiệp 10 %" in said(app)
    pick(app, (*AT, "tax", "losses"), "carry_forward")
    assert value(app, *AT, "tax") == {"profile": "company", "rate": 0.1, "losses": "carry_forward"}


def test_tax_that_does_not_fit_the_legal_form_is_asked() -> None:
    app = page("assumptions", document(facility={"name": "Sữa", "legal_form": "household"}))
    pick(app, (*AT, "tax", "profile"), "company")
    assert "Bước 1 ghi loại hình là hộ kinh doanh." in said(app)
    pick(app, (*AT, "tax", "profile"), "household")
    assert "Bước 1 ghi loại hình" not in said(app)


def test_growth() -> None:
    """Growth at the discount rate: each year is worth 25 / 1.1 million, ten of them less 100."""
    app = page("assumptions", document())
    enter(app, (*AT, "price_growth", "electricity"), "10 %")
    assert "NPV 127 triệu ₫" in said(app)
    enter(app, (*AT, "opex_growth"), "-2,5")
    enter(app, (*AT, "benefit_growth"), "3")
    assert (value(app, *AT, "opex_growth"), value(app, *AT, "benefit_growth")) == (-0.025, 0.03)
    enter(app, (*AT, "price_growth", "electricity"), "")
    assert value(app, *AT, "price_growth") == {}
    Assessment.model_validate(bare(saved(app)), strict=False)


def test_grid_year_and_gas_set() -> None:
    app = page("assumptions", document())
    pick(app, (*AT, "grid_data_year"), 2022)
    assert "hệ số lưới điện của năm 2022" in said(app)
    assert "giảm 67,7 tCO₂e" in said(app)  # 100 MWh at 0.6766
    pick(app, (*AT, "grid_data_year"), 0)
    assert value(app, *AT).get("grid_data_year") is None
    pick(app, (*AT, "gas_set"), "AR6")
    assert value(app, *AT, "gas_set") == "AR6"


def test_weights() -> None:
    app = page("assumptions", document())
    assert "Mặc định: kỹ thuật 25, kinh tế 50, môi trường 25." in said(app)
    press(app, "weights-own")
    enter(app, WEIGHT, "40")
    assert value(app, *AT, "weights") == {"technical": 40.0, "economic": 50.0, "environmental": 25.0}
    enter(app, WEIGHT, "")
    assert "ít nhất một trong ba trọng số phải lớn hơn 0" in said(app)
    press(app, "weights-default")
    assert value(app, *AT).get("weights") is None
    assert "ít nhất một trong ba" not in said(app)


def test_weights_that_are_all_zero() -> None:
    app = page("assumptions", document())
    press(app, "weights-own")
    for kind in ("economic", "environmental"):
        enter(app, (*AT, "weights", kind), "0")
    enter(app, WEIGHT, "0")
    assert "ít nhất một trong ba trọng số phải lớn hơn 0" in said(app)
    assert value(app, *WEIGHT) == 25
    Assessment.model_validate(bare(saved(app)), strict=False)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (RATE, "mười"),
        (RATE, "-100 %"),
        (RATE, "5000"),
        (RATE, "10 kWh"),
        ((*AT, "analysis_years"), "0"),
        ((*AT, "analysis_years"), "2,5"),
        ((*AT, "analysis_years"), "1000"),
        ((*AT, "benefit_growth"), "<b>3</b>"),
        ((*AT, "price_growth", "electricity"), "😀"),
    ],
)
def test_bad_input_stays_and_results_stay(path: tuple[str, ...], text: str) -> None:
    app = page("assumptions", document())
    enter(app, path, text)
    assert markup(app).count('class="sx-fault"') == 1
    assert shown(app, path) == text
    assert "NPV 53,6 triệu ₫" in said(app)


def test_exchange_rates() -> None:
    app = page("assumptions", document())
    press(app, "fx-usd")
    (row,) = value(app, "exchange_rates")
    assert (row["currency"], row["vnd_per_unit"]) == ("USD", 26_400)
    press(app, f"add-{key_of(('exchange_rates',))}")
    path = ("exchange_rates", value(app, "exchange_rates")[1]["id"])
    assert "Cần đủ ngoại tệ, tỷ giá, ngày và nguồn" in said(app)
    enter(app, (*path, "currency"), "euro")
    assert "không phải mã ngoại tệ" in said(app)
    enter(app, (*path, "currency"), "eur")
    enter(app, (*path, "vnd_per_unit"), "0")
    assert "Tỷ giá phải lớn hơn 0" in said(app)
    enter(app, (*path, "vnd_per_unit"), "30500")
    enter(app, (*path, "on"), "1/11/2030")
    assert "ở tương lai" in said(app)
    enter(app, (*path, "on"), "1/11/2026")
    enter(app, (*path, "source"), "Vietcombank")
    assert "Cần đủ ngoại tệ" not in said(app)
    Assessment.model_validate(bare(saved(app)), strict=False)
    press(app, f"remove-{key_of(path)}")
    assert [r["currency"] for r in value(app, "exchange_rates")] == ["USD"]

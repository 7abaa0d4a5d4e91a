"""The case library as a person reads it: found, filtered, flagged, and beside an option."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.i18n import Wording
from sxsh_options.model import Assessment, Option
from sxsh_options.options.audits import Standing
from sxsh_options.options.cases import published_cases
from sxsh_options.screening.results import RankedOption
from sxsh_options.services import case_library
from sxsh_options.services.ranking import RankRequest, rank
from sxsh_options.ui.cases import beside_option, card, standing_said
from sxsh_options.ui.markup import Html
from tests.app.forms import page, pick, sound, turn_to
from tests.app.screens import said

EMPTY: dict[str, Any] = {
    "schema_version": 1,
    "title": "Sao Mai",
    "facility": {"name": "Sao Mai", "sector": "Chế biến thủy sản"},
    "options": [],
}


def choose(app: AppTest, name: str, chosen: str) -> AppTest:
    app.selectbox(key=f"cases_{name}").set_value(chosen).run()
    return sound(app)


def search(app: AppTest, text: str) -> AppTest:
    app.text_input(key="cases_text").set_value(text).run()
    return sound(app)


@pytest.mark.parametrize(
    ("lang", "lead", "found"),
    [
        (None, "113 mục đã công bố: 59 của từng cơ sở", "Số mục đang hiện theo điều kiện lọc: 113"),
        ("en", "113 published entries: 59 of single establishments", "Entries that match: 113"),
    ],
)
def test_it_opens_without_an_assessment_and_says_how_many(lang: str | None, lead: str, found: str) -> None:
    app = page("cases", lang=lang)
    assert lead in said(app)
    assert found in said(app)


def test_the_sector_of_the_open_assessment_is_chosen() -> None:
    app = page("cases", EMPTY)
    assert app.selectbox(key="cases_sector").value == "seafood"
    assert "Điện mặt trời mái nhà 1,06 MW" in said(app)
    assert "Giảm tiêu thụ điện" not in said(app)
    assert "Quốc gia" in said(app)


def test_a_sector_that_is_entered_after_a_first_look_is_followed() -> None:
    app = page("cases", {**EMPTY, "facility": {"name": "Sao Mai"}})
    assert app.selectbox(key="cases_sector").value is None
    pick(turn_to(app, "facility"), ("facility", "sector"), "seafood")
    assert turn_to(app, "cases").selectbox(key="cases_sector").value == "seafood"


def test_filters_narrow_and_an_empty_answer_says_what_to_do() -> None:
    app = choose(page("cases"), "country", "thailand")
    assert "Chương trình NSTDA–GIZ, 16 nhà máy" in said(app)
    assert "112.000.000 baht" in said(app)
    app = choose(app, "resource", "electricity")
    assert "Hãy bỏ bớt một điều kiện" in said(app)
    app.button(key="all_cases").click().run()
    assert "Số mục đang hiện theo điều kiện lọc: 113" in said(sound(app))
    assert app.selectbox(key="cases_country").value is None


def test_search_without_accents() -> None:
    app = search(page("cases"), "nuoc da")
    assert "Nhà máy nước đá Kim Chung 2" in said(app)


def test_a_flagged_figure_is_named_with_the_reason_and_not_shown() -> None:
    app = search(page("cases"), "Đồng Tháp")
    assert "Không dùng: vốn đầu tư, điện tiết kiệm một năm, CO₂ giảm một năm." in said(app)
    assert "Số liệu mâu thuẫn" in said(app)
    assert "430 triệu" not in said(app)


def test_a_recomputed_payback_stands_beside_the_published_one() -> None:
    app = search(page("cases"), "đóng gói sữa")
    assert "Hoàn vốn, tính từ hai số này 8,03 tháng" in said(app)
    assert "Hoàn vốn theo nguồn 8 tháng" in said(app)


def test_more_are_shown_on_demand() -> None:
    app = page("cases")
    before = said(app).count("Nguồn:")
    app.button(key="more_cases").click().run()
    assert said(sound(app)).count("Nguồn:") == before + 24


def test_audited_measures_stand_below() -> None:
    app = page("cases")
    assert "Biện pháp tiết kiệm điện 37.332" in said(app)


# Beside an option

SOLAR = {
    "id": "solar",
    "name": "Điện mặt trời",
    "category": "technology_change",
    "catalogue_id": "PWR05",
    "technical_life_years": 20,
    "capex": [{"id": "c1", "kind": "equipment", "amount": {"amount": 900_000_000.0, "currency": "VND"}}],
    "savings": [{"id": "s1", "resource": "electricity", "quantity": 150_000.0, "unit": "kwh"}],
    "annual_saving": {"amount": 300_000_000.0, "currency": "VND"},
}


@pytest.fixture
def solar() -> tuple[Option, RankedOption]:
    whole = {**EMPTY, "id": "a1", "options": [SOLAR]}
    assessment = Assessment.model_validate_json(json.dumps(whole))
    ranked = rank(assessment, RankRequest(as_of=date(2026, 11, 1)))
    return assessment.options[0], ranked.options[0]


def test_resembling_cases_and_the_standing_are_said(solar: tuple[Option, RankedOption]) -> None:
    """900 million over 300 million is three years; 30,656 of the 37,332 audited measures were quicker."""
    shown = beside_option(*solar, "seafood", Wording("vi"))
    assert shown.count("<li>") == 2
    assert shown.index("IDI (Sao Mai)") < shown.index("SABECO")
    assert "(cùng giải pháp, cùng ngành)" in shown
    assert "Không dùng: tiền tiết kiệm một năm, hoàn vốn theo nguồn." in shown
    assert "dài hơn 82\u00a0%" in shown
    assert "37.332 biện pháp tiết kiệm điện có thật" in shown


def test_a_quick_payback_is_shorter_than_most(solar: tuple[Option, RankedOption]) -> None:
    """The quarter of the measures that is quickest pays back within 0.2497 years."""
    option, result = solar
    quick = replace(result, simple_payback_years=0.249)
    shown = beside_option(option, quick, "", Wording("en"))
    assert "shorter than that of 75\u00a0%" in shown
    assert "real electricity measures (audits in the United States, primary stream only)" in shown


def test_what_never_pays_back_or_is_unfinished_has_no_standing(solar: tuple[Option, RankedOption]) -> None:
    option, result = solar
    never = replace(result, payback_status="never", simple_payback_years=None)
    for given in (never, None):
        shown = beside_option(option, given, "seafood", Wording("vi"))
        assert "IDI (Sao Mai)" in shown
        assert "kiểm toán tại Hoa Kỳ" not in shown


def test_nothing_known_is_nothing_shown(solar: tuple[Option, RankedOption]) -> None:
    bare = solar[0].model_copy(update={"catalogue_id": None, "category": None, "savings": ()})
    assert beside_option(bare, None, "", Wording("vi")) == Html()


def test_what_came_from_a_table_is_no_markup() -> None:
    case = replace(published_cases()["C025"], option={"vi": "<b>x</b>", "en": "x"})
    assert "&lt;b&gt;x&lt;/b&gt;" in card(case_library.shown(case), Wording("vi"))


def test_a_share_is_rounded_down() -> None:
    almost_all = Standing("electricity", 37332, 0.9999, 0.87, 0.49)
    assert "99" in standing_said(almost_all, Wording("en"))
    assert "100" not in standing_said(almost_all, Wording("en"))

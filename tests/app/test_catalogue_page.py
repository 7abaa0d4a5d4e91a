"""Suggestions as a person uses them: what is offered, filters, answers to questions, adding an option."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.day import today
from sxsh_options.i18n import Wording
from sxsh_options.services import offers
from sxsh_options.services.workbench import finished
from sxsh_options.ui.catalogue_offers import details
from tests.app.forms import enter, page, pick, saved, sound, turn_to, value
from tests.app.screens import listed, said

EMPTY: dict[str, Any] = {
    "schema_version": 1,
    "title": "Sao Mai",
    "facility": {"name": "Sao Mai"},
    "options": [],
}
PLANT: dict[str, Any] = {
    **EMPTY,
    "facility": {"name": "Sao Mai", "sector": "Chế biến thủy sản"},
    "baseline": {
        "start": "2025-01-01",
        "end": "2025-12-31",
        "flows": [
            {
                "id": "power",
                "resource": "electricity",
                "quantity": 2_400_000.0,
                "unit": "kwh",
                "unit_price": {"amount": 2000.0, "currency": "VND"},
            },
            {"id": "oil", "resource": "diesel", "quantity": 60_000.0, "unit": "l"},
        ],
    },
}


def offered(app: AppTest) -> list[str]:
    """The ids of the cards, in their order."""
    return [button.key.removeprefix("add-") for button in app.button if str(button.key).startswith("add-")]


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    return sound(app)


@pytest.mark.parametrize(
    ("lang", "what"), [(None, "Chưa có số liệu tiêu thụ"), ("en", "No use has been entered yet")]
)
def test_empty_says_what_to_do_first(lang: str | None, what: str) -> None:
    app = page("catalogue", EMPTY, lang)
    assert what in said(app)
    assert offered(app)


@pytest.mark.parametrize(
    ("lang", "lead", "saving"),
    [
        (
            None,
            "phù hợp với ngành chế biến thủy sản",
            "Tiết kiệm khoảng 720 triệu ₫/năm (240 triệu ₫ – 1,44 tỷ ₫)",
        ),
        (
            "en",
            "Options that fit seafood processing",
            "Saves about 720 million ₫ a year (240 million ₫ – 1.44 billion ₫)",
        ),
    ],
)
def test_what_saves_most_comes_first(lang: str | None, lead: str, saving: str) -> None:
    """Solar power: 5, 15, 30 % of 2.4 million kWh at 2,000 đồng."""
    app = page("catalogue", PLANT, lang)
    assert lead in said(app)
    assert saving in said(app)
    assert offered(app)[0] == "PWR05"


def test_an_added_option_is_stored_ranked_and_asked_about() -> None:
    app = press(page("catalogue", PLANT), "add-REF01")
    assert app.button(key="add-REF01").label == "Đã thêm"
    (option,) = saved(app)["options"]
    assert option["catalogue_id"] == "REF01"
    turn_to(app, "ranking")
    assert "Giảm nhiệt độ ngưng tụ của hệ lạnh" in listed(app)[0]
    assert "vốn tạm tính" in said(app)
    assert "là số tạm tính của danh mục giải pháp" in said(app)


def test_an_answer_lets_more_be_worked_out() -> None:
    app = page("catalogue", PLANT)
    app.text_input(key="catalogue_text").set_value("hâm nước").run()
    assert "Cần biết thêm: nhiên liệu cho lò hơi" in said(app)
    enter(app, ("overrides", "use-fuel_boiler", "value"), "80 %")
    assert value(app, "overrides", "use-fuel_boiler", "value") == pytest.approx(0.8)
    assert "Cần biết thêm" not in said(app)
    assert "Cơ sở khai: 80 % tổng lượng." in said(app)
    enter(app, ("overrides", "use-fuel_boiler", "value"), "")
    assert value(app, "overrides", "use-fuel_boiler") is None


def test_a_bad_answer_says_what_would_be_right_and_is_kept() -> None:
    app = enter(page("catalogue", PLANT), ("overrides", "use-fuel_boiler", "value"), "nhiều lắm")
    assert value(app, "overrides", "use-fuel_boiler") is None
    assert "nhiều lắm" in [field.value for field in app.text_input]


def test_filters_and_an_empty_answer() -> None:
    app = page("catalogue", PLANT)
    app.selectbox(key="catalogue_resource").set_value("water").run()
    assert {name[:3] for name in offered(sound(app))} <= {"WAT", "PWR", "BLR", "SEA", "ICE"}
    app.text_input(key="catalogue_text").set_value("tên lửa").run()
    assert offered(sound(app)) == []
    assert "Hãy bỏ bớt một điều kiện" in said(app)


def test_another_sector_may_be_looked_at() -> None:
    app = page("catalogue", PLANT)
    app.selectbox(key="catalogue_sector").set_value("brick").run()
    assert "phù hợp với ngành gạch nung" in said(sound(app))
    assert value(app, "facility", "sector") == "Chế biến thủy sản"


def test_more_are_shown_on_demand() -> None:
    app = page("catalogue", PLANT)
    before = len(offered(app))
    assert len(offered(press(app, "more_offers"))) > before


def test_the_form_names_where_an_option_is_from() -> None:
    app = press(page("catalogue", PLANT), "add-REF01")
    turn_to(app, "options")
    app.button_group(key="options_view_choice").set_value("form").run()
    assert "biện pháp tiết kiệm điện" in said(app)  # audits that the payback is held against
    assert "Lấy từ danh mục: Giảm nhiệt độ ngưng tụ của hệ lạnh" in said(sound(app))
    assert "7 % của điện cho hệ thống lạnh, trong khoảng 3 % – 12 %" in said(app)


def test_the_sector_is_chosen_by_name() -> None:
    app = page("facility", EMPTY)
    pick(app, ("facility", "sector"), "cassava")
    assert value(app, "facility", "sector") == "cassava"


def test_a_metered_part_is_shown_as_one_and_not_added() -> None:
    light = {"id": "light", "resource": "electricity", "quantity": 100_000.0, "unit": "kwh"}
    flows = [*PLANT["baseline"]["flows"][:1], light]
    app = page("flows", {**PLANT, "baseline": {**PLANT["baseline"], "flows": flows}})
    pick(app, ("baseline", "flows", "light", "end_use"), "elec_light")
    assert "trong đó: điện chiếu sáng" in said(app)
    assert "Mỗi năm chi 4,8 tỷ ₫" in said(app)


def test_the_treatment_of_wastewater_is_asked() -> None:
    app = page("flows", PLANT)
    pick(app, ("baseline", "wastewater_treatment"), "deep_lagoon")
    assert value(app, "baseline", "wastewater_treatment") == "deep_lagoon"


def test_every_figure_of_the_catalogue_says_where_it_comes_from_or_that_nobody_knows() -> None:
    words, known = Wording("vi"), offers.offered(finished(PLANT)[0], today())
    for each in known:
        lines = re.findall("<li>(.*?)</li>", str(details(each, words)))
        effects = [line for line in lines if "sx-mark" in line]
        assert effects
        for line in effects:
            assert re.search(r"</span> <span>[^<]", line) or "<a " in line, (each.option.option_id, line)


def test_a_doi_is_a_link() -> None:
    assert 'href="https://doi.org/10.1186/s42834-021-00093-9"' in str(
        details(offers.offered_one(finished(PLANT)[0], today(), "MAT07"), Wording("vi"))
    )

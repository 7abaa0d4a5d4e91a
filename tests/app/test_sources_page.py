"""The page of the sources of money as a person uses it."""

from __future__ import annotations

from typing import Any

import pytest

from sxsh_options.services.examples import load_example
from tests.app.forms import page
from tests.app.screens import said

SEAFOOD = load_example("vn_seafood").model_dump(mode="json", exclude_none=True)
DAY = "sources_as_of"


def rural(**facts: Any) -> dict[str, Any]:
    known = {"legal_form": "household", "district_kind_before_merger": "huyen", "commune_kind": "phuong"}
    known |= {"province": "Cần Thơ", "craft_village": False, "name": "Bún Hai Bà"}
    return {**SEAFOOD, "facility": {**known, **facts}}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_source_stands_with_its_reason(lang: str) -> None:
    app = page("sources", SEAFOOD, lang)
    shown = said(app)
    for word in {
        "vi": ("nguồn đủ điều kiện", "Vốn tự có", "Nghị định 235/2025"),
        "en": ("sources fit", "Own capital", "Nghị định 235/2025"),
    }[lang]:
        assert word in shown
    assert "khuyen_cong" not in shown
    assert "None" not in shown


def test_another_day_gives_another_verdict() -> None:
    app = page("sources", rural())
    app.text_input(key=DAY).set_value("14/10/2025").run()
    before = said(app)
    app.text_input(key=DAY).set_value("15/10/2025").run()
    after = said(app)
    assert "= 14/10/2025" in before
    name = "Khuyến công quốc gia: máy móc, thiết bị tiên tiến"
    first, rest = before.split("Cần hỏi thêm", 1)
    assert name in first
    assert name not in after.split("Không đủ điều kiện", 1)[0].split("Cần hỏi thêm")[0]
    assert "300 triệu" in first
    assert rest


def test_a_day_that_is_none_is_said_and_today_counts() -> None:
    app = page("sources", SEAFOOD)
    app.text_input(key=DAY).set_value("31/02/2025").run()
    assert not app.exception
    assert "31/02/2025" in said(app)
    assert "nguồn đủ điều kiện" in said(app)
    assert "Đang dùng ngày" in said(app)


def test_a_day_before_the_first_rule() -> None:
    app = page("sources", SEAFOOD)
    app.text_input(key=DAY).set_value("01/01/2006").run()
    assert "Chưa có quy định trước ngày: 08/04/2014" in said(app)


def test_support_received_before_is_not_given_again() -> None:
    had = [{"id": "s1", "cost_item": "machinery", "year": 2024, "amount_vnd": 1e8}]
    app = page("sources", rural(previous_state_support=had))
    app.text_input(key=DAY).set_value("14/10/2025").run()
    assert "Khoản chi này chưa được ngân sách hỗ trợ" in said(app)
    first = said(app).split("Cần hỏi thêm", 1)[0]
    assert "máy móc, thiết bị tiên tiến" not in first


def test_nothing_is_open() -> None:
    assert "work.none" not in said(page("sources"))


def test_an_answer_about_the_project_is_kept_and_counts() -> None:
    app = page("sources", SEAFOOD)
    app.text_input(key=DAY).set_value("01/06/2024").run()
    fund = "Quỹ Bảo vệ môi trường Việt Nam: cho vay ưu đãi"
    assert fund not in said(app).split("Cần hỏi thêm", 1)[0]
    app.selectbox(key="f-project-environmental_project").set_value("yes").run()
    assert fund in said(app).split("Cần hỏi thêm", 1)[0]
    app.text_input(key="f-project-energy_saving_share").set_value("19,9 %").run()
    assert "19,9" in said(app)

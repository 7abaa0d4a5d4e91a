"""The financing plan, and waiting beside acting now, as a person uses them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.services.examples import load_example
from sxsh_options.ui.fields import key_of
from tests.app.forms import enter, page, saved, stored, turn_to, value
from tests.app.screens import said

SEAFOOD = load_example("vn_seafood").model_dump(mode="json", exclude_none=True)
RUBBER = load_example("vn_rubber").model_dump(mode="json", exclude_none=True)
PLASTICS = load_example("vn_plastics").model_dump(mode="json", exclude_none=True)
DAY = "sources_as_of"


def opened(name: str = "plan", document: dict[str, Any] = SEAFOOD, lang: str = "vi") -> AppTest:
    return page(name, document, lang)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["plan", "waiting"])
def test_nothing_stands_there_that_a_person_cannot_read(name: str, lang: str) -> None:
    shown = said(opened(name, lang=lang))
    words = {"vi": ("NPV", "Vốn tự có"), "en": ("NPV", "wn capital")}
    for word in words[lang]:
        assert word in shown
    assert not re.findall(r"khuyen_cong|vay_thuong_mai|None|\bnan\b|\b(?:plan|waiting)\.", shown)


def test_the_result_comes_first_and_names_who_pays() -> None:
    shown = said(opened())
    lead = shown.index("được hỗ trợ 500 triệu")
    assert lead < shown.index("Các nguồn trong phương án")
    assert "Thông tư 28/2018/TT-BTC Điều 8" in shown
    assert "vay bắc cầu" in shown


def test_own_capital_that_is_too_small_names_the_least_and_what_was_typed_stays() -> None:
    app = opened()
    enter(app, ("financing", "own_capital_vnd"), "100 triệu")
    shown = said(app)
    assert "Vốn tự có chưa đủ" in shown
    assert "1.356.100.000" in shown
    assert any("Vẫn tính" in box.label for box in app.checkbox)  # what could help stays open
    assert value(app, "financing", "own_capital_vnd") == 1e8
    app.checkbox(key=key_of(("financing", "may_leave_out"))).set_value(True).run()
    assert "Vốn tự có chưa đủ" not in said(app)
    assert "Phương án thực hiện" in said(app)


def test_a_source_is_left_out_and_taken_back() -> None:
    app = opened()
    app.button(key="without/khuyen_cong_thi_diem_sxsh").click().run()
    assert "được hỗ trợ" not in said(app)
    assert "anh chị chọn không dùng" in said(app).lower()
    assert value(app, "financing", "sources") == [{"id": "khuyen_cong_thi_diem_sxsh", "use": "leave_out"}]
    app.button(key="without/khuyen_cong_thi_diem_sxsh").click().run()
    assert "được hỗ trợ 500 triệu" in said(app)


def test_a_source_is_counted_on_by_the_owners_word_and_marked_so() -> None:
    app = opened()
    app.checkbox(key="count_on/khuyen_cong_can_tho_thi_diem_sxsh").check().run()
    enter(app, ("financing", "sources", "khuyen_cong_can_tho_thi_diem_sxsh", "amount_vnd"), "300 triệu")
    app.button(key="without/khuyen_cong_thi_diem_sxsh").click().run()
    shown = said(app)
    assert "được hỗ trợ 300 triệu" in shown
    assert "chủ cơ sở tự tính đến, chưa chắc" in shown


def test_an_own_loan_takes_the_place_of_the_usual_one() -> None:
    app = opened()
    app.button(key="add-f-financing-loans").click().run()
    row = value(app, "financing", "loans")[0]["id"]
    assert "chưa đủ" in said(app)
    assert not re.findall(r"\b(?:screen|plan|field|unit)\.[a-z_]+|fraction", said(app))
    assert "Tới trang Phương án vốn" in " ".join(link.proto.label for link in app.get("page_link"))
    for field, text in (("name", "Quỹ tín dụng"), ("rate", "6"), ("term_years", "4"), ("share_max", "50")):
        enter(app, ("financing", "loans", row, field), text)
    shown = said(app)
    assert "Quỹ tín dụng" in shown
    assert "4 năm, thực tế 6 % một năm" in shown
    assert "đã thay bằng khoản vay mà anh chị ghi" in shown.lower()


def test_a_second_plan_stands_beside_the_first() -> None:
    app = opened()
    app.selectbox(key="plan_second").set_value("own_capital").run()
    assert "Hai phương án" in said(app) or "Phương án này" in said(app)


def test_options_that_exclude_each_other_are_chosen_from() -> None:
    assert "Phương án thực hiện" in said(opened(document=PLASTICS))


def test_the_day_goes_along_to_the_other_pages() -> None:
    app = opened()
    app.text_input(key=DAY).set_value("14/10/2025").run()
    assert turn_to(app, "waiting").text_input(key=DAY).value == "14/10/2025"
    app.query_params["assessment"] = stored(PLASTICS)  # and ends with its assessment
    assert turn_to(app, "plan").text_input(key=DAY).value == ""


def test_nothing_that_can_be_paid_for_is_said_without_a_table() -> None:
    limits = {"own_capital_vnd": 0, "may_leave_out": True, "usual_bank_loan": False}
    document = {**SEAFOOD, "financing": limits}
    shown = said(opened(document=document))
    assert "không làm giải pháp nào là tốt nhất" in shown
    assert "Trước và sau khi có phương án" not in shown
    waiting = said(opened("waiting", document))
    assert "không làm giải pháp nào là tốt nhất" in waiting
    assert "có thể làm ngay" not in waiting


def test_the_aim_is_kept_with_the_assessment() -> None:
    app = opened()
    aim, leaving = (key_of(("financing", name)) for name in ("objective", "may_leave_out"))
    app.selectbox(key=aim).select("own_capital").run()
    app.checkbox(key=leaving).check().run()
    kept = saved(app)
    assert (kept["financing"]["objective"], kept["financing"]["may_leave_out"]) == ("own_capital", True)
    again = opened(document=kept)
    assert (again.selectbox(key=aim).value, again.checkbox(key=leaving).value) == ("own_capital", True)
    other = opened(document=PLASTICS)
    assert (other.selectbox(key=aim).value, other.checkbox(key=leaving).value) == ("npv", False)
    again.checkbox(key=leaving).uncheck().run()
    assert "may_leave_out" not in saved(again)["financing"]


def test_an_assessment_without_options_says_what_to_do() -> None:
    shown = said(opened(document={**SEAFOOD, "options": [], "bundle": []}))
    assert "Chưa có giải pháp nào có vốn đầu tư" in shown


def test_waiting_is_weighed_against_acting() -> None:
    shown = said(opened("waiting"))
    for word in ("Nên làm ngay", "20/05/2027", "01/01/2028", "Khi nào thì đáng chờ"):
        assert word in shown


def test_nothing_to_wait_for() -> None:
    document = {
        **SEAFOOD,
        "financing": {"sources": [{"id": "khuyen_cong_thi_diem_sxsh", "use": "leave_out"}]},
    }
    assert "không có khoản hỗ trợ nào phải chờ" in said(opened("waiting", document))


def test_a_loan_that_is_not_filled_in_is_called_one() -> None:
    document = SEAFOOD | {"financing": {"loans": [{"id": "bank"}]}}
    shown = said(opened(document=document))
    assert "Khoản vay chưa nhập đủ" in shown
    assert "(chưa đặt tên)" not in shown


def test_a_plan_rests_on_no_weight_of_the_ranking() -> None:
    assert "trọng số" not in said(opened()).casefold()


def test_several_loans_have_a_schedule_each() -> None:
    """30 % of 6,187 million each; the first year's interest is that of the whole."""
    offers = [
        {"id": "a", "name": "Ngân hàng A", "rate": 0.08, "term_years": 4, "share_max": 0.3},
        {"id": "b", "name": "Quỹ B", "rate": 0.07, "term_years": 3, "share_max": 0.3, "fee_share": 0.01},
    ]
    one = said(opened(document=SEAFOOD | {"financing": {"loans": offers[:1]}}))
    shown = said(opened(document=SEAFOOD | {"financing": {"loans": offers}}))
    principal = 0.3 * 6187e6
    for interest in (0.08 * principal, 0.07 * principal):
        first_year = f"{interest / 1e6:.1f} triệu".replace(".", ",")
        assert first_year in shown
    assert f"gồm phí vay {0.01 * principal / 1e6:.1f}".replace(".", ",") in shown
    assert shown.count("Dư nợ cuối năm") > one.count("Dư nợ cuối năm")


@pytest.mark.parametrize(
    ("lang", "name", "other"),
    [
        ("en", "Clean condensers, purge non-condensables", "Vệ sinh dàn ngưng"),
        ("vi", "Vệ sinh dàn ngưng", "Clean condensers"),
    ],
)
def test_costs_are_named_in_the_language_of_the_screen(lang: str, name: str, other: str) -> None:
    shown = said(opened(lang=lang))
    assert name in shown
    assert other not in shown


@pytest.mark.parametrize(
    ("lang", "advice", "now", "later", "pays"),
    [
        (
            "vi",
            "Nên làm ngay 5 giải pháp; với 3 giải pháp còn lại",
            "Làm ngay:",
            "Chờ hỗ trợ rồi làm:",
            "Đáng chờ",
        ),
        (
            "en",
            "carry out 5 of the options at once; with the remaining 3",
            "At once:",
            "After the grant:",
            "Waiting",
        ),
    ],
)
def test_each_option_waits_only_where_its_grant_is_worth_it(
    lang: str, advice: str, now: str, later: str, pays: str
) -> None:
    shown = said(opened("waiting", RUBBER, lang))
    assert advice in shown
    solar = {"vi": "Điện mặt trời mái nhà tự dùng", "en": "Rooftop solar"}[lang]
    assert shown.index(now) < shown.index(later) < shown.index(solar)
    assert pays in shown


def test_a_grant_of_which_nobody_knows_when_it_is_decided_is_not_counted_on_at_once() -> None:
    """The province's own pilot model: nothing may be bought before, and no day is known."""
    app = opened()
    app.checkbox(key="count_on/khuyen_cong_can_tho_thi_diem_sxsh").check().run()
    enter(app, ("financing", "sources", "khuyen_cong_can_tho_thi_diem_sxsh", "amount_vnd"), "300 triệu")
    app.button(key="without/khuyen_cong_thi_diem_sxsh").click().run()
    assert "sau khi hỗ trợ được duyệt, chưa biết bao giờ" in said(app)
    waiting = said(opened("waiting", saved(app)))
    assert "Nên hỏi trước: chưa biết bao giờ có quyết định hỗ trợ" in waiting
    assert "mỗi tháng chờ mất" in waiting

"""The page of the sources of money as a person uses it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sxsh_options.day import today
from sxsh_options.services import money
from sxsh_options.services.examples import load_example
from sxsh_options.ui.fields import key_of
from tests.app.forms import enter, page, value
from tests.app.screens import markup, read, said

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
        "en": ("Sources of money:", "Own capital", "Nghị định 235/2025"),
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
    app.radio(key="f-project-environmental_project").set_value("yes").run()
    assert fund in said(app).split("Cần hỏi thêm", 1)[0]
    app.text_input(key="f-project-energy_saving_share").set_value("19,9 %").run()
    assert "19,9" in said(app)


def cards(app: Any) -> dict[str, str]:
    """The markup of each card, by the name of its source."""
    found = re.findall(r"<details.*?</details>", markup(app), re.DOTALL)
    return {re.sub("<[^>]+>", "", card.partition("</span>")[0]): card for card in found}


def plain(card: str) -> str:
    return re.sub("<[^>]+>", " ", card).replace("\u00a0", " ")


def test_what_cannot_be_mended_says_so_and_offers_no_mend() -> None:
    shown = cards(page("sources", SEAFOOD))
    closed = plain(shown["Quỹ Ủy thác Tín dụng Xanh (GCTF)"])
    assert "Không sửa được: nguồn đã đóng." in closed
    assert "cách gần nhất" not in closed
    elsewhere = plain(shown["Khuyến công Bình Dương: máy móc, thiết bị"])
    assert "Không sửa được: chỉ dành cho cơ sở ở Bình Dương (cũ)." in elsewhere
    assert "cách gần nhất" not in elsewhere
    size = plain(shown["Khuyến công quốc gia: máy móc, thiết bị tiên tiến"])
    assert "cách gần nhất" in size
    assert "Không sửa được" not in size


def test_what_is_open_says_first_what_to_answer_and_whom_to_ask() -> None:
    shown = plain(cards(page("sources", SEAFOOD))["Quỹ Bảo vệ môi trường Việt Nam: cho vay ưu đãi"])
    answer = shown.index("Cần trả lời ở câu hỏi về dự án, đầu trang này: thuộc danh mục")
    ask = shown.index("Hỏi Quỹ Bảo vệ môi trường Việt Nam: quy định và mức từ sau 31/12/2024.")
    assert answer < ask < shown.index("Khoản chi")


def test_an_opened_source_says_whence_it_is_known() -> None:
    app = page("sources", SEAFOOD, "en")
    shown = cards(app)
    promotion = plain(shown["National industrial promotion: cleaner-production pilot model"])
    for word in ("This rule since 28 Aug 2024", "Checked on 22 Nov 2026", "since 15 Oct 2025", "Article 8"):
        assert word in re.sub(r"\s+", " ", promotion)
    assert "Điều" not in promotion
    fund = re.sub(r"\s+", " ", plain(shown["Viet Nam Environment Protection Fund: soft loan"]))
    assert "(assumed)" in fund
    assert "Known to hold until 31 Dec 2024" in fund
    link = re.search(r"<a [^>]*>", shown["VietinBank – GCPF: energy-saving loan"])
    assert link is not None
    assert 'href="https://www.vietinbank.vn"' in link[0]
    assert 'rel="noopener noreferrer"' in link[0]


def test_a_rate_stands_on_a_cost() -> None:
    shown = plain(cards(page("sources", rural()))["Khuyến công quốc gia: máy móc, thiết bị tiên tiến"])
    assert re.search(r"50 % của 6,\d+ tỷ ₫ máy móc, thiết bị, lắp đặt", shown)
    assert "chưa rõ có gồm VAT hay không" in shown


def test_a_missing_dollar_rate_is_asked_where_it_is_entered() -> None:
    app = page("sources", {**SEAFOOD, "exchange_rates": []})
    app.text_input(key=DAY).set_value("01/06/2016").run()
    shown = said(app)
    assert "Chưa có tỷ giá đô la cho ngày 01/06/2016" in shown
    assert "tính bằng USD." not in shown.split("Đủ điều kiện", 1)[0].split("tỷ giá đô la", 1)[0]
    app.text_input(key=DAY).set_value("01/06/2026").run()
    assert "Chưa có tỷ giá đô la" not in said(app)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_only_money_is_counted_as_sources_of_money(lang: str) -> None:
    app = page("sources", SEAFOOD, lang)
    matched = money.sources_for(load_example("vn_seafood"), today())
    counts = [len(matched.money(verdict)) for verdict in ("eligible", "undetermined", "not_eligible")]
    numbers = {
        "vi": "{} nguồn đủ điều kiện, {} nguồn cần hỏi thêm, {} nguồn không đủ điều kiện.",
        "en": "Sources of money: {} eligible, {} to be asked, {} not eligible.",
    }[lang]
    assert numbers.format(*counts) in said(app)
    assert {"vi": "Thuế, tư vấn, vốn tự có (", "en": "Tax, advice, own capital ("}[lang] in said(app)


@pytest.mark.parametrize(
    "options", [[], [{"id": "a", "name": "A", "technical_life_years": 5, "annual_saving": 1e6}]]
)
def test_without_an_investment_there_is_nothing_to_finance(options: list[Any]) -> None:
    shown = said(page("sources", {**SEAFOOD, "options": options, "bundle": []}))
    assert shown.index("Chưa có gì cần vốn") < shown.index("nguồn đủ điều kiện")
    assert "Chưa có gì cần vốn" not in said(page("sources", SEAFOOD))


def test_two_days_show_what_differs_alone() -> None:
    app = page("sources", rural(district_kind_before_merger="huyen"))
    app.text_input(key=DAY).set_value("14/10/2025").run()
    app.text_input(key="sources_other_day").set_value("15/10/2025").run()
    rows = next(rows for _, rows in read(app).tables if rows[0][0] == "Nguồn")[1:]
    machinery = next(row for row in rows if row[0].startswith("Khuyến công quốc gia: máy móc"))
    assert machinery[1].startswith("đủ điều kiện")
    assert machinery[2].startswith("không đủ điều kiện")
    assert all(first != second for _, first, second in rows)
    assert not any("Bình Dương" in name for name, _, _ in rows)


BUDGETS = ("financing", "remaining_budgets")


def test_what_a_budget_still_has_bounds_the_amount_and_can_be_taken_back() -> None:
    source = "khuyen_cong_thi_diem_sxsh"
    app = page("sources", rural(applies_cleaner_production=True))
    assert "100 triệu ₫ (nguồn chỉ còn" not in said(app)
    app.selectbox(key="add_budget").select(source).run()
    assert app.selectbox(key="add_budget").value is None
    enter(app, (*BUDGETS, source, "remaining_vnd"), "100 triệu")
    enter(app, (*BUDGETS, source, "told_by"), "Sở Công Thương, 20/11/2026")
    told = {"id": source, "remaining_vnd": 1e8, "told_by": "Sở Công Thương, 20/11/2026"}
    assert value(app, *BUDGETS) == [told]
    assert "(nguồn chỉ còn 100 triệu ₫)" in said(app)
    assert "Còn lại: 100 triệu ₫; Theo: Sở Công Thương, 20/11/2026" in said(app)
    enter(app, (*BUDGETS, source, "remaining_vnd"), "0")
    assert "nguồn đã hết ngân sách cho năm xin hỗ trợ" in said(app)
    enter(app, (*BUDGETS, source, "remaining_vnd"), "vài trăm")
    assert "vài trăm" in said(app)  # what cannot be read is said, and nothing is lost
    app.button(key=f"remove-{key_of((*BUDGETS, source))}").click().run()
    assert not value(app, *BUDGETS)
    assert "nguồn đã hết ngân sách" not in said(app)

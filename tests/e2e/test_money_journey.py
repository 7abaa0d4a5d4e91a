"""From an example to the money: sources, plan, wait or act, calendar and dossier, in a real Chromium."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PATIENCE = 30_000  # ms that a condition may take
WORDS = {
    "vi": {
        "money": "Nguồn tiền",
        "fits": "nguồn đủ điều kiện",
        "plan": "Phương án vốn",
        "invest": "được hỗ trợ 500 triệu",
        "without": "Không dùng",
        "chose": "anh chị chọn không dùng",
        "wait": "Chờ hay làm ngay",
        "act": "Nên làm ngay",
        "calendar": "Lịch và hồ sơ",
        "file": "Nộp hồ sơ trước 20/05/",
        "own": "Vốn tự có, nhiều nhất (₫)",
        "amount": "100 triệu",
        "too_small": "Vốn tự có chưa đủ",
        "choose": "Có thể bỏ bớt giải pháp",
        "carries": "Phương án thực hiện",
        "paper": "Đề án khuyến công",
    },
    "en": {
        "money": "Money",
        "fits": "Sources of money:",
        "plan": "Financing plan",
        "invest": "500 million ₫ in grants",
        "without": "Do not use",
        "chose": "you chose not to use it",
        "wait": "Wait or act",
        "act": "Better act now",
        "calendar": "Calendar",
        "file": "before 20 May",
        "own": "Own capital, at most (₫)",
        "amount": "100 million",
        "too_small": "Own capital is too small",
        "choose": "Options may be left out",
        "carries": "The plan carries out",
        "paper": "need, aims, scale",
    },
}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_from_an_example_to_the_dossier(page: Page, app_url: str, lang: str, tmp_path: Path) -> None:
    words = WORDS[lang]
    page.goto(f"{app_url}/?lang={lang}")
    page.locator(".st-key-go_industry button").click()
    expect(page.locator(".sx-list tbody tr")).to_have_count(9)

    page.locator(".st-key-nav").get_by_role("link", name=words["money"]).click()
    expect(page.locator(".sx-lead")).to_contain_text(words["fits"])

    section = page.locator(".st-key-nav_section")
    section.get_by_role("link", name=words["plan"]).click()
    lead = page.locator(".sx-lead")
    expect(lead).to_contain_text(words["invest"])
    expect(page.locator(".sx-pay-legend li")).to_have_count(3)

    # without the grant, and with it again
    without = page.locator(".st-key-plan_without button")
    expect(without).to_contain_text(words["without"])
    without.click()
    expect(lead).not_to_contain_text(words["invest"])
    without.click()
    expect(lead).to_contain_text(words["invest"])

    # too little own capital is said, with the least; then the plan leaves options out
    own = page.get_by_label(words["own"], exact=True)
    own.fill(words["amount"])
    own.press("Enter")
    expect(page.get_by_text(words["too_small"])).to_be_visible()
    page.get_by_text(words["choose"], exact=True).click()
    expect(page.get_by_text(words["carries"])).to_be_visible()
    own.fill("")
    own.press("Enter")
    expect(lead).to_contain_text(words["invest"])

    section.get_by_role("link", name=words["wait"]).click()
    expect(lead).to_contain_text(words["act"])

    section.get_by_role("link", name=words["calendar"]).click()
    expect(lead).to_contain_text(words["file"])
    with page.expect_download() as download:
        page.locator("[data-testid=stDownloadButton] button").first.click()
    events = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    assert len(events) == 2
    opened = page.locator("details.sx-source").first
    opened.locator("summary").click()
    expect(opened).to_contain_text(words["paper"])


def test_a_long_search_shows_its_best_and_ends_at_a_press(page: Page, app_url: str, tmp_path: Path) -> None:
    """Two hundred options between which a little money must choose."""
    options = [
        {
            "id": f"o{n}",
            "name": f"o{n}",
            "technical_life_years": 10,
            "capex": [{"id": "c", "kind": "equipment", "amount": cost}],
            "annual_saving": round(0.2 * cost) + (n * 7919 % 40 + 1) * 1e6,
        }
        for n in range(200)
        for cost in [(n * 104_729 % 2_980 + 20) * 1e6]
    ]
    facility = {"name": "x", "legal_form": "household", "province": "Thanh Hóa"}
    financing = {"own_capital_vnd": 3e9}
    content = {"schema_version": 1, "id": "x", "title": "x", "facility": facility, "financing": financing}
    file = tmp_path / "many.json"
    file.write_text(json.dumps(content | {"options": options}), encoding="utf-8")
    page.goto(f"{app_url}/?lang=vi")
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.locator(".sx-list tbody tr")).to_have_count(30)
    page.locator(".st-key-nav").get_by_role("link", name=WORDS["vi"]["money"]).click()
    page.locator(".st-key-nav_section").get_by_role("link", name=WORDS["vi"]["plan"]).click()
    page.get_by_text(WORDS["vi"]["choose"], exact=True).click()
    expect(page.get_by_text(WORDS["vi"]["carries"])).to_be_visible()

    page.get_by_role("combobox", name="Mục tiêu").click()
    page.get_by_role("option", name="Thu hồi vốn tự có nhanh nhất").click()
    expect(page.get_by_text(re.compile("Phương án tốt nhất đến lúc này có NPV"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Dừng, lấy phương án tốt nhất")).click()
    expect(page.get_by_text("Việc tìm kiếm đã dừng sớm")).to_be_visible()
    expect(page.locator(".sx-lead")).to_contain_text("Đầu tư")
    page.get_by_role("button", name="Tìm lại từ đầu").click()
    expect(page.get_by_text("Việc tìm kiếm đã dừng sớm")).to_have_count(0)
    expect(page.locator(".sx-lead")).to_contain_text("vốn tự có thu hồi sau")

"""Ranking and together in a real Chromium, set to Vietnamese and to English: what a person does on them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sxsh_options.services.examples import load_example
from sxsh_options.storage.documents import read_assessment_json

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

PATIENCE = 60_000  # ms that a condition may take
OWN_ENGLISH = ("Deploy", "Fullscreen", "Save as SVG", "View Source", "No results", "Press Enter")


@pytest.fixture(params=["vi-VN", "en-US"])
def page(request: pytest.FixtureRequest, chromium: Browser, app_url: str) -> Iterator[Page]:
    """The dairy, opened from the start page and so an assessment of one's own."""
    context = chromium.new_context(
        locale=request.param, viewport={"width": 1440, "height": 900}, accept_downloads=True
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    page.goto(app_url)
    open_dairy(page)
    expect(names(page)).to_have_count(6)
    yield page
    context.close()


def open_dairy(page: Page) -> None:
    """Open the first of the examples with published figures."""
    page.locator(".st-key-plants summary").click()
    page.locator(".st-key-go_plant button").click()


def names(page: Page) -> Locator:
    return page.locator(".sx-list .sx-name")


def charts(page: Page) -> Locator:
    return page.get_by_test_id("stVegaLiteChart").locator("svg.marks")


def press(page: Page, label: str) -> None:
    page.get_by_role("radio", name=label, exact=True).click()


def content(page: Page, label: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    return Path(download.value.path()).read_bytes()


def beyond(page: Page) -> list[str]:
    """What reaches over the right edge of the window."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.stHtml *, .stButtonGroup *, .stCheckbox *')]
            .filter(e => !e.closest('.sx-hidden, thead, .sx-scroll'))
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.outerHTML.slice(0, 80))"""
    )
    return found


def test_criteria_views_and_languages(page: Page) -> None:
    expect(names(page).first).to_have_text("Tái sử dụng nước whey")
    expect(page.locator(".sx-lead")).to_contain_text("Nên xem trước")
    expect(page.locator(".sx-list tbody tr").nth(2)).to_contain_text("1,3 tháng")

    press(page, "NPV")
    expect(names(page).first).to_contain_text("Cải thiện quản lý nội vi")
    expect(page.locator(".sx-lead")).to_contain_text("NPV 3,35\u00a0tỷ\u00a0₫")

    press(page, "Thứ hạng theo tiêu chí")
    expect(page.locator(".sx-orders tbody tr")).to_have_count(6)
    expect(charts(page)).to_have_count(2)
    press(page, "Bảng")

    press(page, "English")
    expect(page.locator(".sx-lead")).to_contain_text("Look at first: Improve housekeeping")
    expect(page).to_have_url(re.compile("lang=en"))
    page.reload()
    expect(page.locator(".sx-lead")).to_contain_text("Look at first: Reuse whey")
    expect(names(page)).to_have_count(6)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_name_opens_how_its_figures_were_computed(page: Page) -> None:
    listener = page.get_by_test_id("stBidiComponentIsolated")
    expect(listener).to_have_count(1)
    names(page).nth(2).get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#how")).to_be_focused()
    expect(page.locator("#how")).to_be_in_viewport()
    reasons = page.locator("details.sx-how")
    expect(reasons.filter(has_text="PB = I / B")).to_contain_text("60.192.000\u00a0₫")
    formula = reasons.get_by_text("NPV = Σ")
    expect(formula).to_be_hidden()
    reasons.locator("summary", has_text="Giá trị hiện tại ròng (NPV)").click()
    expect(formula).to_be_visible()


def test_files_open_equal(page: Page) -> None:
    written = content(page, "Bảng xếp hạng (CSV)").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written), delimiter=";"))
    assert [row[0] for row in rows] == ["Hạng", "1", "2", "3", "4", "5", "6"]
    assert content(page, "Bảng xếp hạng (Excel)").startswith(b"PK")
    read = read_assessment_json(content(page, "Bản đánh giá (JSON)"), "a.json")
    assert read.options == load_example("dairy_egypt").options


def test_together_is_stored(page: Page) -> None:
    page.get_by_role("link", name="Tổ hợp").click()
    expect(page.locator(".sx-lead")).to_contain_text("Hãy chọn ít nhất một giải pháp")
    page.locator(".stCheckbox", has_text="Nâng cấp lò hơi").locator("label").click()
    expect(page.locator(".sx-lead")).to_contain_text("Làm cùng lúc 1 giải pháp")
    page.locator(".stCheckbox", has_text="Cải thiện quản lý").locator("label").click()
    # (350 + 2,280) USD at 26,400; 12 x 2,630 / 24,340 months
    expect(page.locator(".sx-lead")).to_contain_text("vốn đầu tư 69,4\u00a0triệu\u00a0₫")
    expect(page.locator(".sx-lead")).to_contain_text("hoàn vốn 1,3\u00a0tháng")
    expect(page.get_by_role("checkbox", name="Nâng cấp lò hơi", exact=False)).to_have_attribute(
        "aria-label", re.compile(r"^[^\\\\]*$")
    )
    page.reload()
    expect(page.locator(".sx-lead")).to_contain_text("Làm cùng lúc 2 giải pháp")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "light"), (400, "dark")])
def test_nothing_is_clipped(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert beyond(page) == []
    page.locator(".st-key-every label").click()
    expect(page.locator(".sx-scroll .sx-name")).to_have_count(6)
    assert beyond(page) == []
    page.get_by_role("link", name="Tổ hợp").click()
    page.locator(".stCheckbox", has_text="Nâng cấp lò hơi").locator("label").click()
    expect(page.locator(".sx-pairs dt")).to_have_count(10)
    assert beyond(page) == []


def test_no_english_of_the_framework(page: Page) -> None:
    press(page, "So từng chỉ tiêu")
    expect(charts(page)).to_have_count(2)
    charts(page).first.hover()
    shown = page.locator("body").evaluate(
        """body => [...body.querySelectorAll('*')]
            .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true})
                && parseFloat(getComputedStyle(e).fontSize) > 0)
            .flatMap(e => [...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data), e.title])
            .join('|')"""
    )
    assert not [words for words in OWN_ENGLISH if words in shown]


def test_asks_nothing_of_the_internet(chromium: Browser, app_url: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{app_url}/?lang=en")
    page.locator(".st-key-go_example button").click(timeout=PATIENCE)
    expect(names(page)).to_have_count(9, timeout=PATIENCE)
    expect(charts(page)).to_have_count(1)
    context.close()
    own = (app_url, app_url.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []


def test_first_visit_of_a_server_by_a_link_to_a_page(chromium: Browser, fresh_url: str) -> None:
    """Before its first run the framework would show the bare page file, with a menu of file names."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{fresh_url}/ranking?lang=en")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_title(re.compile("SXSH Options"))
    expect(page).to_have_url(re.compile("lang=en"))
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    context.close()

"""The first page in a real Chromium, set to Vietnamese and to English: what a person does on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

PATIENCE = 30_000  # ms that a condition may take
GOOD = """option_id;name;capex_vnd;annual_saving_vnd;lifetime_years
A;Biến tần cho bơm;120000000;60000000;10
B;Bảo ôn đường ống hơi;30000000;60000000;10
C;Thay đèn LED;90000000;30000000;10
"""  # paid back in 2 years, half a year, 3 years
BAD = """option_id,name,capex_vnd,annual_saving_vnd,lifetime_years
A,Bơm,-5,1000000,10
A,Quạt,abc,1000000,0
"""
OWN_ENGLISH = (
    "Drag and drop",
    "Browse files",
    "Upload",
    "per file",
    "Deploy",
    "Skip to main content",
    "No results",
)


@pytest.fixture(params=["vi-VN", "en-US"])
def page(request: pytest.FixtureRequest, chromium: Browser, app_url: str) -> Iterator[Page]:
    context = chromium.new_context(locale=request.param, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    page.goto(app_url)
    yield page
    context.close()


def names(page: Page) -> Locator:
    return page.locator(".sx-list .sx-name")


def give(page: Page, path: Path) -> None:
    """Put a file into the file field, once the field of the last file has gone."""
    expect(page.locator("input[type=file]")).to_have_count(1)
    page.locator("input[type=file]").set_input_files(path)


def press(page: Page, label: str) -> None:
    page.get_by_role("radio", name=label, exact=True).click()


def file(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_from_the_example_to_a_file_and_back(page: Page, tmp_path: Path) -> None:
    # opens on the dairy, in Vietnamese whatever the browser speaks
    expect(names(page)).to_have_count(6)
    expect(names(page).first).to_have_text("Tái sử dụng nước whey")
    expect(page.locator(".sx-lead")).to_contain_text("Nên xem trước")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.locator(".sx-list tbody tr").nth(2)).to_contain_text("1,3 tháng")

    # another criterion
    press(page, "NPV")
    expect(names(page).first).to_contain_text("Cải thiện quản lý nội vi")
    expect(page.locator(".sx-lead")).to_contain_text("NPV 3,35\u00a0tỷ\u00a0₫")

    # a plant, one click away
    press(page, "Nhà máy đã kiểm toán")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Nhà máy chế biến thủy sản")
    press(page, "Hoàn vốn")

    # a file of one's own
    press(page, "Tệp của tôi")
    give(page, file(tmp_path, "tốt.csv", GOOD))
    expect(names(page)).to_have_text(["Bảo ôn đường ống hơi", "Biến tần cho bơm", "Thay đèn LED"])
    expect(page.get_by_role("heading", level=2).first).to_have_text("tốt.csv")

    # a bad one: every fault, and the list stays
    give(page, file(tmp_path, "xấu.csv", BAD))
    expect(page.locator(".sx-faults tbody tr")).to_have_count(4)
    places = page.locator(".sx-faults tbody tr").evaluate_all(
        "rows => rows.map(r => r.cells[0].innerText + r.cells[1].innerText)"
    )
    assert places == ["2capex_vnd", "3option_id", "3capex_vnd", "3lifetime_years"]
    expect(names(page).first).to_have_text("Bảo ôn đường ống hơi")

    # English, in the address, and after a reload
    press(page, "English")
    expect(page.locator(".sx-lead")).to_contain_text("Look at first")
    expect(page).to_have_url(re.compile(r"\?lang=en$"))
    page.reload()
    expect(page.locator(".sx-lead")).to_contain_text("Look at first: Reuse whey")
    expect(page).to_have_url(re.compile(r"\?lang=en$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    press(page, "Tiếng Việt")
    expect(page.locator(".sx-lead")).to_contain_text("Nên xem trước")
    expect(page).not_to_have_url(re.compile("lang"))


def test_another_plant_and_its_reasons(page: Page) -> None:
    press(page, "Nhà máy đã kiểm toán")
    plant = page.get_by_role("combobox", name="Chọn một trong 20 nhà máy")
    plant.click()
    page.get_by_role("option", name="Nhà máy bia").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Nhà máy bia")
    reasons = page.locator("details.sx-how")
    payback = reasons.filter(has_text="Thời gian hoàn vốn giản đơn")
    expect(payback.get_by_text("PB = I / B")).to_be_visible()
    emissions = reasons.filter(has_text="Phát thải giảm được").first
    expect(emissions.get_by_text("E = Σ Qᵢ · EFᵢ")).to_be_hidden()
    emissions.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(emissions.get_by_text("E = Σ Qᵢ · EFᵢ")).to_be_visible()
    expect(emissions.get_by_text("Công văn 1726/BĐKH-PTCBT")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (400, "light"), (400, "dark")])
def test_nothing_is_clipped(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    expect(names(page)).to_have_count(6)
    for source in ("Nhà máy sữa", "Nhà máy đã kiểm toán", "Tệp của tôi"):
        press(page, source)
        beyond = page.evaluate(
            """() => [...document.querySelectorAll('.stHtml *, .stButtonGroup *')]
                .filter(e => !e.closest('.sx-hidden, thead'))
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
                .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert beyond == []


def test_no_english_of_the_framework(page: Page) -> None:
    """What Streamlit says of its own is worded by us, on the page and when an address or the server fails."""
    expect(names(page)).to_have_count(6)
    press(page, "Tệp của tôi")
    expect(page.get_by_role("button", name="Chọn tệp")).to_be_visible()
    shown = page.locator("body").evaluate(
        """body => [...body.querySelectorAll('*')]
            .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) > 0)
            .flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)).join('|')"""
    )
    assert not [words for words in OWN_ENGLISH if words in shown]
    page.goto(f"{page.url.rstrip('/')}/khong-co-trang-nay")
    notice = page.get_by_role("dialog")
    expect(notice).to_be_visible()
    # The notice may stand a moment before our words for it arrive with the page's style.
    page.wait_for_function(
        "words => words === getComputedStyle(document.querySelector('[role=dialog] h2'), '::after').content",
        arg='"Không có trang này"',
    )
    expect(notice.get_by_text("The page that you have requested")).to_be_hidden()
    expect(names(page)).to_have_count(6)


def test_asks_nothing_of_the_internet(chromium: Browser, app_url: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{app_url}/?lang=en")
    expect(names(page)).to_have_count(6, timeout=PATIENCE)
    context.close()
    assert [
        url for url in asked if not url.startswith((app_url, app_url.replace("http", "ws"), "data:", "blob:"))
    ] == []


def test_first_visit_of_a_server_by_a_link_to_a_page(chromium: Browser, fresh_url: str) -> None:
    """Before its first run the framework would show the bare page file, with a menu of file names."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{fresh_url}/ranking?lang=en")
    expect(page.locator(".sx-lead")).to_contain_text("Look at first", timeout=PATIENCE)
    expect(page).to_have_title(re.compile("SXSH Options"))
    expect(page).to_have_url(re.compile("lang=en"))
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    context.close()

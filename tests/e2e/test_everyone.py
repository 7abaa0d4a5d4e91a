"""Every screen for everyone: screen readers, narrow screens, dark ones, and no word of another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PATIENCE = 30_000  # ms that a condition may take
PAGES = (
    *("", "quick_estimate", "facility", "flows", "catalogue", "options"),
    *("ranking", "together", "sources", "plan", "waiting", "calendar", "assumptions", "cases", "data"),
)
# What the framework writes of its own where nobody stops it.
ITS_ENGLISH = re.compile(
    r"Press Enter|Drag and drop|Browse files|Choose an option|No results|Deploy|Running|Sort ascending"
    r"|Download as CSV|Fullscreen|Show password|Clear value|Search|Add row|Page not found"
)


@pytest.fixture(params=[("vi", "light", 1280), ("en", "dark", 400)], ids=["vi-wide", "en-dark-narrow"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    _, scheme, width = request.param
    context = chromium.new_context(
        locale="vi-VN", color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    yield page
    context.close()


def settled(page: Page) -> None:
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator('.stApp[data-test-script-state="notRunning"]')).to_have_count(1)


def shown(page: Page) -> str:
    """All words that can be seen or heard on the page, labels and hints included."""
    return str(
        page.evaluate(
            """() => {
                const names = ["aria-label", "title", "placeholder", "alt"];
                const named = [...document.querySelectorAll(names.map(name => `[${name}]`).join())];
                const labels = named.filter(element => element.checkVisibility())
                    .flatMap(element => names.map(name => element.getAttribute(name) ?? ""));
                return [document.body.innerText, ...labels].join("\\n");
            }"""
        )
    )


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_every_screen(request: pytest.FixtureRequest, page: Page, app_url: str, filled: bool) -> None:
    lang = request.node.callspec.params["page"][0]
    page.goto(f"{app_url}/?lang={lang}")
    page.locator(".st-key-go_example button" if filled else ".st-key-go_new button").click()
    expect(page).to_have_url(re.compile("assessment="))
    settled(page)
    assessment = re.search(r"assessment=(\w+)", page.url)
    assert assessment is not None
    found: list[str] = []
    for name in PAGES:
        page.goto(f"{app_url}/{name}?lang={lang}&assessment={assessment[1]}")
        settled(page)
        found += [f"{name}: {violation}" for violation in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name}: wider than the screen")
        found += [f"{name}: {word}" for word in ITS_ENGLISH.findall(shown(page)) if lang == "vi"]
        expect(page.locator("html")).to_have_attribute("lang", lang)
        here = page.locator(':is(.st-key-nav, .st-key-nav_section) a[aria-current="page"]')
        expect(here.first).to_be_visible()
        if {re.sub(r"\?.*", "", link.get_attribute("href") or "") for link in here.all()} != {name}:
            found.append(f"{name}: another page is marked as the one that is shown")
    assert found == []


def test_the_keyboard_alone(chromium: Browser, app_url: str) -> None:
    """From the start page to a result with Tab, Enter and letters."""
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(app_url)
    settled(page)

    def tab_to(label: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            name = page.evaluate(
                "(e => e.matches('a, button, input') ? (e.ariaLabel ?? '') + e.innerText : '')"
                "(document.activeElement)"
            )
            if label in name:
                return
        pytest.fail(f"Tab never came to {label}")

    tab_to("Tính nhanh")  # the link of the navigation
    page.keyboard.press("Enter")
    expect(page.get_by_label("Vốn đầu tư, chưa gồm thuế GTGT", exact=True)).to_be_visible()
    settled(page)
    for label, text in (
        ("Vốn đầu tư, chưa gồm thuế GTGT", "600 triệu"),
        ("Số năm sử dụng", "10"),
        ("Tiết kiệm bao nhiêu mỗi năm", "8.000 kWh/tháng"),
    ):
        tab_to(label)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator(".sx-cards")).to_contain_text("năm")
    expect(page.locator(".sx-cards")).to_contain_text("tCO₂e")
    context.close()

"""The server is killed while a page is open: the page says so, and nothing is lost once it is back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.running.servers import start

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PATIENCE = 60_000  # ms that a condition may take; the framework tries again after ever longer pauses


@pytest.mark.parametrize(
    ("lang", "lost"),
    [("vi", "Mất kết nối với chương trình"), ("en", "The connection to the program is lost")],
)
def test_a_page_outlives_its_server(chromium: Browser, tmp_path: Path, lang: str, lost: str) -> None:
    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    investment = page.locator(".st-key-f-options-option1-capex-cost1-amount input")
    name = page.locator(".st-key-f-options-option1-name input")
    saved = page.locator(".sx-status")
    server = start(tmp_path)
    try:
        server.wait()
        page.goto(f"{server.url}/quick_estimate?lang={lang}")
        for count, text in enumerate(("600 triệu", "650 triệu"), start=1):
            investment.fill(text)
            investment.press("Enter")
            expect(saved).to_have_attribute("data-seq", str(count), timeout=PATIENCE)

        name.fill("Thay máy nén khí")  # still being typed
        server.kill()
        expect(page.get_by_role("dialog", name=lost, exact=True)).to_be_visible(timeout=PATIENCE)

        server = start(tmp_path, port=server.port)
        server.wait()
        expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)
        expect(saved).to_have_attribute("data-seq", "3", timeout=PATIENCE)  # the name, after all
        investment.fill("700 triệu")  # the first entry that the new server sees
        investment.press("Enter")
        expect(saved).to_have_attribute("data-seq", "4", timeout=PATIENCE)
        page.reload()
        shown = "700.000.000" if lang == "vi" else "700,000,000"
        expect(name).to_have_value("Thay máy nén khí", timeout=PATIENCE)
        expect(investment).to_have_value(shown, timeout=PATIENCE)
        assert "Traceback" not in server.log
    finally:
        server.kill()
        context.close()

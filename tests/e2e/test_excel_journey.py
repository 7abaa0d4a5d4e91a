"""From an example by way of the catalogue into Excel and back, in a real Chromium."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PATIENCE = 30_000  # ms that a condition may take


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context.new_page()
    context.close()


def follow(page: Page, name: str) -> None:
    page.locator(".st-key-nav").get_by_role("link", name=name, exact=False).click()


def ranked(page: Page) -> list[str]:
    """The names of the ranked list, in their order."""
    return page.locator(".sx-list tbody .sx-name").all_inner_texts()


def keyed(sheet: Worksheet, key: str) -> int:
    """The column that a hidden key in the first row stands over."""
    return next(cell.column for cell in sheet[1] if cell.value == key)


def test_example_catalogue_excel_and_back(page: Page, app_url: str, tmp_path: Path) -> None:
    page.goto(app_url)
    expect(page.locator(".sx-beside")).to_contain_text("Nâng tỷ lệ thu hồi cá")  # the first of the industries
    page.locator(".st-key-go_industry button").click()
    expect(page.locator(".sx-list tbody tr")).to_have_count(9)

    follow(page, "Gợi ý")
    for name, search in (("MOT02", "hiệu suất cao"), ("LGT03", "cảm biến"), ("WAT03", "đồng hồ nước")):
        page.get_by_label("Tìm theo tên", exact=True).fill(search)
        page.get_by_label("Tìm theo tên", exact=True).press("Enter")
        page.locator(f".st-key-add-{name} button").click()
        expect(page.locator(f".st-key-add-{name} button")).to_contain_text("Đã thêm")

    follow(page, "Xếp hạng")
    expect(page.locator(".sx-list tbody tr")).to_have_count(12)
    before = ranked(page)
    assert before.index("Đồng hồ nước, khoán định mức") < before.index("Điện mặt trời mái nhà tự dùng")
    with page.expect_download() as download:
        page.get_by_role("button", name="Phiếu đánh giá").click()
    written = Path(download.value.path()).read_bytes()

    # the water meters turn out a hundred times dearer, the solar plant costs a tenth
    book = load_workbook(io.BytesIO(written))
    costs = next(s for s in book if keyed_in(s, "sxsh:costs:option"))
    options = next(s for s in book if keyed_in(s, "sxsh:options:id"))
    changed = 0
    for option, amount in (("WAT03", 1e9), ("PWR05", 450e6)):
        for sheet, key, money in (
            (costs, "sxsh:costs:option", "sxsh:costs:amount"),
            (options, "sxsh:options:id", "sxsh:options:_investment"),
        ):
            for row in range(3, sheet.max_row + 1):
                cell = sheet.cell(row, keyed(sheet, money))
                typed = not str(cell.value).startswith("=")
                if sheet.cell(row, keyed(sheet, key)).value == option and typed:
                    cell.value = amount
                    changed += 1
    assert changed == 2
    mine = tmp_path / "của tôi.xlsx"
    book.save(mine)

    follow(page, "Bắt đầu")
    page.locator("input[type=file]").set_input_files(mine)
    expect(page.locator(".sx-list tbody tr")).to_have_count(12)
    after = ranked(page)
    assert after.index("Điện mặt trời mái nhà tự dùng") < after.index("Đồng hồ nước, khoán định mức")
    assert sorted(after) == sorted(before)


def keyed_in(sheet: Worksheet, key: str) -> bool:
    """Tell whether a sheet has a column with this hidden key."""
    return any(cell.value == key for cell in sheet[1])

"""The grid of options in a real Chromium, set to Vietnamese and to English: typed, pasted, removed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

PATIENCE = 30_000  # ms that a condition may take
ROW = 35  # px, of the grid
ACROSS = {"name": 120, "capex": 480}  # px from the left edge to the middle of a column
INVESTMENT = 3  # its place among the columns, as the grid counts them
OPTIONS = 60


@pytest.fixture(params=["vi-VN", "en-US"])
def page(request: pytest.FixtureRequest, chromium: Browser, app_url: str) -> Iterator[Page]:
    """The empty grid of a new assessment."""
    context = chromium.new_context(locale=request.param, viewport={"width": 1280, "height": 1000})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    page.goto(app_url)
    page.locator(".st-key-go_new button").click()
    expect(page).to_have_url(re.compile("facility"))
    page.get_by_role("link", name="3 · Giải pháp").click()
    expect(canvas(page)).to_be_visible()
    yield page
    context.close()


def canvas(page: Page) -> Locator:
    return page.get_by_test_id("data-grid-canvas")


def understood(page: Page) -> Locator:
    return page.locator(".sx-understood tbody tr")


def select(page: Page, column: str = "name") -> None:
    """Select a cell of the first row that is not selected yet (a second click would open it)."""
    canvas(page).scroll_into_view_if_needed()
    box = canvas(page).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + ACROSS[column], box["y"] + ROW * 1.5)


def type_into(page: Page, row: int, text: str) -> None:
    """Type into the investment of a row, which is selected; the one below is selected then."""
    cell = f"glide-cell-{INVESTMENT}-{row}"
    page.wait_for_function("id => document.activeElement.id === id", arg=cell)
    page.keyboard.press("Enter")
    editor = page.locator("#portal").locator("input, textarea")
    editor.wait_for()
    editor.fill(text)
    page.keyboard.press("Enter")
    editor.wait_for(state="detached")


def paste(page: Page, rows: Sequence[Sequence[str]]) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join("\t".join(row) for row in rows))
    page.keyboard.press("Control+V")


def test_sixty_options_typed_through_the_grid_all_arrive(page: Page) -> None:
    """Names, money saved and lives are pasted; each investment is typed into its cell."""
    select(page)
    paste(page, [(f"Giải pháp {n}", "", "", "10", "", "", "50 triệu") for n in range(1, OPTIONS + 1)])
    expect(understood(page)).to_have_count(OPTIONS)
    select(page, "capex")
    for n in range(1, OPTIONS + 1):
        type_into(page, n - 1, f"{n * 10} triệu")
    expect(page.locator(".sx-lead")).to_contain_text(f"Đã nhập {OPTIONS} giải pháp, tính được {OPTIONS}.")
    expect(understood(page).last).to_contain_text(
        f"vốn {OPTIONS * 10}\u00a0triệu"
    )  # stands lower on the page
    expected = [
        f"vốn {n * 10} triệu ₫ · tiết kiệm 50 triệu ₫/năm · dùng 10 năm" for n in range(1, OPTIONS + 1)
    ]

    def shown() -> list[str]:
        texts = page.locator(".sx-understood .sx-entered").all_text_contents()
        return [text.replace("\u00a0", " ") for text in texts]

    assert shown() == expected
    page.reload()
    expect(understood(page)).to_have_count(OPTIONS)
    assert shown() == expected


@pytest.mark.parametrize(
    ("money", "power"), [("1.234.567.890", "12.345,5"), ("1,234,567,890", "12,345.5")], ids=["comma", "dot"]
)
def test_a_block_pasted_in_either_style(page: Page, money: str, power: str) -> None:
    select(page)
    paste(
        page,
        [
            ("Lò hơi", "cải tiến thiết bị", money, "15", power),
            ("Bơm", "", "abc", "", ""),
        ],
    )
    expect(understood(page)).to_have_count(2)
    text = understood(page).first.inner_text().replace("\u00a0", " ")
    assert "vốn 1,23 tỷ ₫ · điện 12.345,5 kWh/năm · dùng 15 năm" in text
    fault = page.locator(".st-key-cell_faults")
    expect(fault).to_contain_text("Bơm · Vốn (₫)")
    expect(fault).to_contain_text("“abc” chưa đọc được thành số")


def test_an_emoji_in_a_pasted_name_shifts_nothing(page: Page) -> None:
    select(page)
    paste(
        page,
        [
            ("Máy nén 😀🎉", "", "600 triệu", "10", "", "", "200 triệu"),
            ("Đèn LED", "", "90.000.000", "5", "", "", "30.000.000"),
        ],
    )
    expect(understood(page)).to_have_count(2)
    first, second = (row.replace("\u00a0", " ") for row in understood(page).all_inner_texts())
    assert "Máy nén 😀🎉" in first
    assert "vốn 600 triệu ₫ · tiết kiệm 200 triệu ₫/năm · dùng 10 năm" in first
    assert "Đèn LED" in second
    assert "vốn 90 triệu ₫ · tiết kiệm 30 triệu ₫/năm · dùng 5 năm" in second


def test_rows_are_removed_and_put_back(page: Page) -> None:
    select(page)
    paste(page, [("Một",), ("Hai",), ("Ba",)])
    expect(understood(page)).to_have_count(3)
    box = canvas(page).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + ROW * 2.5)
    page.keyboard.press("Delete")
    expect(understood(page).locator("th")).to_have_text(["Một", "Ba"])
    page.get_by_role("button", name="Hoàn tác").click()
    expect(understood(page).locator("th")).to_have_text(["Một", "Hai", "Ba"])


def test_the_grid_shows_no_english_of_the_framework(page: Page) -> None:
    box = canvas(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + ROW / 2)
    page.mouse.click(box["x"] + 360, box["y"] + ROW / 2)
    page.mouse.click(box["x"] + 360, box["y"] + ROW / 2, button="right")
    select(page)
    page.keyboard.press("Control+F")
    for test_id in ("stDataFrameColumnMenu", "stElementToolbar"):
        for element in page.get_by_test_id(test_id).all():
            expect(element).to_be_hidden()
    shown = page.locator("body").inner_text()
    for words in (
        "Sort ascending",
        "Autosize",
        "Pin column",
        "Hide column",
        "Add row",
        "Search",
        "results",
        "None",
    ):
        assert words not in shown

"""What people do from end to end, in a real Chromium against the running app."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

PATIENCE = 30_000  # ms that a condition may take
HANDS = 300  # ms from one field to the next


@pytest.fixture(params=["vi-VN", "en-US"])
def context(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale=request.param, viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field and leave it with Enter; go on once it is saved, no faster than a person's hands."""
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_label(label, exact=True).press("Enter")
    page.wait_for_timeout(HANDS)  # a run does not begin at once: at rest says nothing yet
    expect(page.locator('.stApp[data-test-script-state="notRunning"]')).to_have_count(1)


def follow(page: Page, name: str) -> None:
    page.locator(".st-key-nav").get_by_role("link", name=name, exact=False).click()


def test_a_quick_estimate_becomes_a_saved_assessment(context: BrowserContext, app_url: str) -> None:
    """600 million saves 8,000 kWh a month, at 2,000 đồng: 192 million a year, back in 3.125 years."""
    page = context.new_page()
    page.goto(app_url)
    page.locator(".st-key-go_quick button").click()
    fill(page, "Máy hoặc việc cần làm", "Máy nén khí biến tần")
    fill(page, "Vốn đầu tư, chưa gồm thuế GTGT", "600 triệu")
    fill(page, "Tiết kiệm bao nhiêu mỗi năm", "8.000 kWh/tháng")
    fill(page, "Giá điện đang trả (₫/kWh, chưa gồm thuế GTGT)", "2000")
    fill(page, "Số năm sử dụng", "10")
    cards = page.locator(".sx-cards")
    expect(cards).to_contain_text("3,13 năm")
    expect(cards).to_contain_text("192 triệu")
    address = page.url

    # it opens to how it was computed
    cards.locator("summary").first.click()
    expect(cards.locator(".sx-formula").first).to_be_visible()

    # a refresh, and another window, show the same
    page.reload()
    expect(cards).to_contain_text("3,13 năm")
    expect(page.get_by_label("Vốn đầu tư, chưa gồm thuế GTGT", exact=True)).to_have_value("600.000.000")
    other = context.new_page()
    other.goto(address)
    expect(other.locator(".sx-cards")).to_contain_text("3,13 năm")
    other.close()

    # on with it: the facility, then the ranking; and it is in the list of what was saved
    page.locator(".st-key-quick_go_on button").click()
    fill(page, "Tên cơ sở", "Cơ khí Hòa Bình")
    follow(page, "Xếp hạng")
    expect(page.locator(".sx-list .sx-name")).to_have_text("Máy nén khí biến tần")
    expect(page.locator(".sx-list tbody tr")).to_contain_text("3,13 năm")
    page.get_by_text("English", exact=True).click()
    expect(page.locator(".sx-list tbody tr")).to_contain_text("3.13 years")
    follow(page, "Start")
    expect(page.locator(".sx-entry").first).to_contain_text("Cơ khí Hòa Bình")
    expect(page).to_have_url(re.compile("lang=en"))


def test_nobody_types_too_fast(context: BrowserContext, fresh_url: str) -> None:
    """The next entries come before the page is drawn for the last one: all are kept, in one assessment."""
    page = context.new_page()
    entries = {
        "Máy hoặc việc cần làm": ("Máy nén khí biến tần", "Máy nén khí biến tần"),
        "Vốn đầu tư, chưa gồm thuế GTGT": ("600 triệu", "600.000.000"),
        "Số năm sử dụng": ("10 năm", "10"),
        "Tiết kiệm bao nhiêu mỗi năm": ("8.000 kWh/tháng", "96.000"),
        "Giá điện đang trả (₫/kWh, chưa gồm thuế GTGT)": ("2000", "2000"),
    }
    for times in range(1, 5):
        page.goto(f"{fresh_url}/quick_estimate")
        expect(page.get_by_label("Số năm sử dụng", exact=True)).to_be_visible()
        for label, (typed, _) in entries.items():
            page.get_by_label(label, exact=True).fill(typed)
            page.keyboard.press("Tab")
        expect(page.locator(".sx-cards")).to_contain_text("3,13 năm")
        for label, (_, shown) in entries.items():
            expect(page.get_by_label(label, exact=True)).to_have_value(shown)
        page.reload()
        for label, (_, shown) in entries.items():
            expect(page.get_by_label(label, exact=True)).to_have_value(shown)
        page.goto(fresh_url)
        expect(page.locator(".sx-entry")).to_have_count(times)


def test_what_is_typed_survives_a_click_on_a_link(context: BrowserContext, app_url: str) -> None:
    """The text has not been sent when the link is clicked: both must happen."""
    page = context.new_page()
    page.goto(app_url)
    page.locator(".st-key-go_new button").click()
    page.get_by_label("Tên cơ sở", exact=True).fill("Dệt Nam Định")
    follow(page, "Giả định")
    expect(page).to_have_url(re.compile("/assumptions"))
    follow(page, "Cơ sở")
    expect(page.get_by_label("Tên cơ sở", exact=True)).to_have_value("Dệt Nam Định")


def test_two_windows_on_one_assessment(context: BrowserContext, app_url: str) -> None:
    """Different fields are both kept; for the same field both values are shown until somebody chooses."""
    first = context.new_page()
    first.goto(app_url)
    first.locator(".st-key-go_new button").click()
    expect(first.get_by_label("Tên cơ sở", exact=True)).to_be_visible()
    second = context.new_page()
    second.goto(first.url)
    expect(second.get_by_label("Tên cơ sở", exact=True)).to_be_visible()

    fill(first, "Tên cơ sở", "Tên của cửa sổ một")
    expect(first.locator(".sx-saved")).to_be_attached()
    fill(second, "Xã, phường", "Nghi Sơn")
    expect(second.get_by_label("Tên cơ sở", exact=True)).to_have_value("Tên của cửa sổ một")

    # the first still shows the state before; it changes the field that the second changes now
    fill(second, "Xã, phường", "Phủ Lý")
    fill(first, "Xã, phường", "Ba Đình")
    conflict = first.locator(".st-key-conflicts")
    expect(conflict).to_contain_text("Phủ Lý")
    expect(conflict).to_contain_text("Ba Đình")
    first.reload()
    expect(conflict).to_contain_text("Ba Đình")
    conflict.get_by_role("button", name="Lấy giá trị kia").click()
    expect(conflict).to_have_count(0)
    expect(first.get_by_label("Xã, phường", exact=True)).to_have_value("Ba Đình")
    second.reload()
    expect(second.get_by_label("Xã, phường", exact=True)).to_have_value("Ba Đình")


def test_a_fact_of_the_law_is_chosen_by_the_keyboard(context: BrowserContext, app_url: str) -> None:
    """An input method's letters open a list that cannot be narrowed, and Enter then takes its first line."""
    page = context.new_page()
    page.goto(app_url)
    page.locator(".st-key-go_new button").click()
    form = page.get_by_role("radiogroup", name="Loại hình")
    unknown = form.get_by_role("radio", name="Chưa biết")
    expect(unknown).to_have_attribute("tabindex", "0")  # the tabulator stops here, at what is chosen
    expect(page.locator('.stApp[data-test-script-state="notRunning"]')).to_have_count(1)
    unknown.focus()
    page.keyboard.type("Hợp tác xã")
    expect(unknown).to_be_checked()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(form.get_by_role("radio", name="Hợp tác xã", exact=True, checked=True)).to_have_count(1)

    # a list takes what is typed, or nothing
    at_rest = page.locator('.stApp[data-test-script-state="notRunning"]')
    expect(at_rest).to_have_count(1)
    page.locator("summary", has_text="Để tìm nguồn hỗ trợ").click()
    expect(at_rest).to_have_count(1)
    page.get_by_role("button", name="Thêm một khoản đã nhận").click()
    item = page.get_by_role("combobox", name="Cho khoản chi nào")
    expect(item).to_be_visible()
    expect(at_rest).to_have_count(1)
    item.focus()
    page.keyboard.type("ửử", delay=20)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(at_rest).to_have_count(1)
    item.click()
    page.keyboard.type("Vốn lưu", delay=20)
    expect(item).to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Enter")
    expect(item).to_have_value("Vốn lưu động")
    expect(page.locator(".sx-saved")).to_be_attached()
    page.reload()
    expect(form.get_by_role("radio", name="Hợp tác xã", exact=True, checked=True)).to_have_count(1)


def test_a_file_comes_back_equal(context: BrowserContext, app_url: str, tmp_path: Path) -> None:
    """Example to JSON and back: the same assessment."""
    page = context.new_page()
    page.goto(app_url)
    page.locator(".st-key-go_example button").click()
    expect(page.locator(".sx-list tbody tr")).to_have_count(9)
    files = []
    for number in (1, 2):
        with page.expect_download() as download:
            page.get_by_role("button", name="JSON").click()
        file = tmp_path / f"{number}.json"
        download.value.save_as(file)
        files.append(json.loads(file.read_text(encoding="utf-8")))
        if number == 1:
            follow(page, "Bắt đầu")
            page.locator("input[type=file]").set_input_files(file)
            expect(page.locator(".sx-list tbody tr")).to_have_count(9)
    first, again = ({key: value for key, value in each.items() if key != "id"} for each in files)
    assert again.pop("title").startswith(first.pop("title").partition(" (")[0])  # numbered: both are kept
    assert first == again
    assert len(first["options"]) == 9


def test_a_table_with_faults_keeps_its_good_rows(
    context: BrowserContext, app_url: str, tmp_path: Path
) -> None:
    table = tmp_path / "giải pháp.csv"
    table.write_text(
        "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years\n"
        "A,Biến tần bơm,120 triệu,60 triệu,10\n"
        "B,Bảo ôn đường hơi,rất nhiều,60 triệu,10\n"
        "C,Đèn LED,90 triệu,30 triệu,0\n",
        encoding="utf-8",
    )
    page = context.new_page()
    page.goto(app_url)
    page.locator("input[type=file]").set_input_files(table)
    faults = page.locator(".st-key-faults")
    expect(faults).to_contain_text("rất nhiều")
    expect(faults.locator("tbody tr")).to_have_count(2)
    expect(faults.locator("tbody tr").first).to_be_in_viewport()
    page.locator(".st-key-correct_here button").click()
    expect(page.locator(".sx-lead")).to_contain_text("Biến tần bơm")
    expect(page.locator("body")).to_contain_text("rất nhiều")

"""A person at a page in a real Chromium: what they enter, and how long the result takes to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# From the Enter key to the change of the result, both as the page itself sees them.
WATCH = """selector => {
    const watch = window.watch = {armed: false, took: null};
    const shown = () => document.querySelector(selector)?.textContent;
    let before, since = null;
    addEventListener("keydown", event => {
        if (event.key !== "Enter" || !watch.armed) return;
        watch.armed = false;
        before = shown();
        since = performance.now();
    }, true);
    new MutationObserver(() => {
        const now = shown();
        if (since === null || !now || now === before) return;
        watch.took = performance.now() - since;
        since = null;
    }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
GRID_EDGE, GRID_ROW = 30, 35  # px: into the first column; height of a row
AT_REST = '.stApp[data-test-script-state="notRunning"]'


class Typist:
    """Enters values on a page and reads the clock.

    Parameters
    ----------
    page : Page
        Already at its address.
    result : str
        Selector of what changes when a value has been taken in.
    """

    def __init__(self, page: Page, result: str) -> None:
        self.page = page
        page.wait_for_selector(result)
        page.wait_for_selector(AT_REST)
        page.evaluate(WATCH, result)

    def field(self, key: str, text: str) -> None:
        """Enter a text into a field without measuring."""
        self.page.locator(f".st-key-{key} input").fill(text)
        self.page.keyboard.press("Enter")
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector(AT_REST)

    def timed_field(self, key: str, text: str) -> float:
        """Enter a text into a field; return the milliseconds until the result shows it."""
        self.page.locator(f".st-key-{key} input").fill(text)
        return self._enter()

    def go_to_cell(self, key: str, column: int) -> None:
        """Select the cell of a column in the first row of an editor."""
        grid = self.page.locator(f"[class*=st-key-{key}] canvas").first
        grid.scroll_into_view_if_needed()
        box = grid.bounding_box()
        if box is None:
            raise RuntimeError("the editor is not on the page")
        self.page.mouse.click(box["x"] + GRID_EDGE * 3, box["y"] + GRID_ROW * 1.5)
        for _ in range(column):
            self.page.keyboard.press("ArrowRight")

    def timed_cell(self, text: str) -> float:
        """Enter a text into the selected cell, the one below is selected then; return milliseconds."""
        self.page.keyboard.press("Enter")
        self.page.locator("#portal input, #portal textarea").first.fill(text)
        return self._enter()

    def _enter(self) -> float:
        self.page.evaluate("watch.took = null; watch.armed = true")
        self.page.keyboard.press("Enter")
        self.page.wait_for_function("watch.took !== null", polling=20)
        took = float(self.page.evaluate("watch.took"))
        self.page.wait_for_selector(AT_REST)
        return took

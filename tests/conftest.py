"""What every test may use: the way Hypothesis runs, and one real Chromium."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import tasks

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples in every run, so that a change is judged by itself; no verdict depends on speed.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Give one headless Chromium for all browser tests: the one that ``tasks.py test`` has provided."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get(tasks.CHROMIUM_VARIABLE) or tasks.find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)  # None: Playwright's own
        yield browser
        browser.close()

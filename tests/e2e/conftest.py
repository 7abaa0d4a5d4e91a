"""The real app on a free port of this machine, with a home folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.servers import served


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the running app, the same for all tests."""
    with served(tmp_path_factory.mktemp("home")) as server:
        yield server.url


@pytest.fixture
def fresh_url(tmp_path: Path) -> Iterator[str]:
    """Address of an app that nobody has visited yet."""
    with served(tmp_path) as server:
        yield server.url

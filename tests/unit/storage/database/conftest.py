from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from sxsh_options.storage.database.engine import open_database
from sxsh_options.storage.database.repository import SqlRepository


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(tmp_path)
    yield opened
    opened.dispose()


@pytest.fixture
def repository(engine: Engine) -> SqlRepository:
    return SqlRepository(engine)

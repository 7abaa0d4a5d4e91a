"""A database of an earlier version is brought up to date, and everything in it can still be read."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from sxsh_options.services.library import Actor, Projection, Revision
from sxsh_options.storage.database.engine import FILE_NAME, open_database
from sxsh_options.storage.database.repository import SqlRepository
from sxsh_options.storage.database.tables import facilities

ME = Actor("me", "")


def test_from_the_first_version(tmp_path: Path) -> None:
    repository = SqlRepository(open_database(tmp_path))
    document = {"id": "a", "title": "A", "facility": {"name": "x", "legal_form": "company", "employees": 7}}
    repository.add(ME, Revision("a", 1, None, document, ME, datetime.now(UTC)), Projection())
    file = tmp_path / FILE_NAME
    with sqlite3.connect(file) as earlier:  # as the first version made it
        earlier.execute("ALTER TABLE facilities RENAME COLUMN employees_insured TO employees")
        earlier.execute("UPDATE facilities SET legal_form = 'company', employees = 7")
        earlier.execute("UPDATE alembic_version SET version_num = '0001'")
    engine = open_database(tmp_path)
    with engine.connect() as connection:
        row = connection.execute(select(facilities)).one()
    assert (row.legal_form, row.employees_insured) == ("enterprise", 7)
    read = SqlRepository(engine).revision(ME, "a")
    assert read is not None
    assert read.document["facility"] == {"name": "x", "legal_form": "enterprise", "employees_insured": 7}

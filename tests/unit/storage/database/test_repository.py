from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError

from sxsh_options.services import library
from sxsh_options.services.library import FacilityRow, LibraryError, Projection
from sxsh_options.storage.database.engine import FILE_NAME, open_database
from sxsh_options.storage.database.repository import SqlRepository
from tests.library import LAN, NOON, document, later, project, with_option


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the file with SQLite alone."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return connection.execute(query).fetchall()


def test_sql_can_ask_about_facilities_options_and_results(repository: SqlRepository, tmp_path: Path) -> None:
    first = library.create(repository, LAN, document(), project, NOON)
    edited = with_option(first.document, "option2", technical_life_years=8)
    library.save(repository, LAN, first, edited, project, later(1))
    assert rows(tmp_path, "SELECT name FROM facilities") == [("Sữa Hà Nam",)]
    assert rows(
        tmp_path,
        "SELECT o.position, o.name, r.npv_vnd, r.as_of FROM options o "
        "JOIN results r USING (assessment_id, option_id) ORDER BY 1",
    ) == [(0, "Giải pháp 1", 1000.0, "2026-03-02"), (1, "Giải pháp 2", 8000.0, "2026-03-02")]


def test_rows_follow_the_head_whoever_wrote_it(engine: Engine, tmp_path: Path) -> None:
    """Two programs write in turn; each may only trust what it wrote itself if nobody wrote since."""
    here, elsewhere = SqlRepository(engine), SqlRepository(engine)
    head = library.create(here, LAN, document(1), project, NOON)
    for minute, (repository, life) in enumerate(
        [(here, 5), (elsewhere, 6), (here, 5), (here, 5), (elsewhere, 5), (here, 7), (elsewhere, 5)]
    ):
        edited = with_option(head.document, "option1", technical_life_years=life)
        edited["title"] = f"Lần {minute}"
        head = library.save(repository, LAN, head, edited, project, later(minute)).revision
        assert rows(tmp_path, "SELECT npv_vnd FROM results") == [(life * 1000.0,)]
        assert rows(tmp_path, "SELECT count(*) FROM options") == [(1,)]
        assert rows(tmp_path, "SELECT name FROM facilities") == [("Sữa Hà Nam",)]


def test_revisions_hold_the_document_as_readable_json(repository: SqlRepository, tmp_path: Path) -> None:
    first = library.create(repository, LAN, document(), project, NOON)
    ((doc, actor, at),) = rows(tmp_path, "SELECT doc, actor, at FROM revisions")
    assert json.loads(str(doc)) == first.document
    assert "Xưởng sữa" in str(doc)
    assert (actor, at) == ("lan", "2026-03-02 05:00:00.000000")


def test_any_zone_is_stored_in_utc(repository: SqlRepository) -> None:
    hanoi = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=7)))
    first = library.create(repository, LAN, document(), project, hanoi)
    read = library.open_latest(repository, LAN, first.assessment_id)
    assert read is not None
    assert read.at.isoformat() == "2026-03-02T05:00:00+00:00"


def test_only_a_child_of_the_head_is_appended(repository: SqlRepository, tmp_path: Path) -> None:
    first = library.create(repository, LAN, document(), project, NOON)
    second = replace(first, seq=2, parent_seq=1, document={**first.document, "title": "Hai"})
    assert repository.append(LAN, second, Projection())
    assert not repository.append(LAN, replace(second, document=first.document), Projection())
    assert not repository.append(LAN, replace(second, assessment_id="nobody's"), Projection())
    assert rows(tmp_path, "SELECT title, head_seq FROM assessments") == [("Hai", 2)]
    assert rows(tmp_path, "SELECT count(*) FROM revisions") == [(2,)]


def test_a_revision_and_its_rows_are_written_together_or_not_at_all(
    repository: SqlRepository, tmp_path: Path
) -> None:
    first = library.create(repository, LAN, document(), project, NOON)
    second = replace(first, seq=2, parent_seq=1)
    with pytest.raises(IntegrityError):
        repository.append(LAN, second, Projection(FacilityRow(name=None)))  # type: ignore[arg-type]
    assert rows(tmp_path, "SELECT head_seq FROM assessments") == [(1,)]
    assert rows(tmp_path, "SELECT count(*) FROM revisions") == [(1,)]
    assert rows(tmp_path, "SELECT count(*) FROM options") == [(2,)]


def test_rows_of_a_document_in_disorder_are_stored(repository: SqlRepository) -> None:
    """Two options with one id are a fault to show, not a reason to lose what was typed."""
    twice = document(options=1)
    twice["options"] *= 2
    first = library.create(repository, LAN, twice, project, NOON)
    assert library.open_latest(repository, LAN, first.assessment_id) == first
    assert [entry.options for entry in library.entries(repository, LAN)] == [2]


def failure(repository: SqlRepository, text: str) -> str:
    """Try to save a long text, and return the code of what it failed with."""
    (entry,) = library.entries(repository, LAN)
    base = library.open_latest(repository, LAN, entry.id)
    assert base is not None
    with pytest.raises(LibraryError) as error:
        library.save(repository, LAN, base, {**base.document, "note": text}, project, later(1))
    assert library.open_latest(repository, LAN, entry.id) == base
    (what,) = error.value.messages
    assert FILE_NAME in what.params["place"]
    return what.code


def test_a_full_disk_keeps_what_was_there(engine: Engine) -> None:
    repository = SqlRepository(engine)
    library.create(repository, LAN, document(), project, NOON)
    engine.dispose()

    @event.listens_for(engine, "connect")
    def no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # that is: no page more than there are

    assert failure(repository, "x" * 1_000_000) == "library.disk_full"
    event.remove(engine, "connect", no_room)
    engine.dispose()
    (entry,) = library.entries(repository, LAN)
    assert library.rename(repository, LAN, entry.id, "Lại có chỗ", project, later(2)).revision.seq == 2


def test_a_file_that_cannot_be_written(engine: Engine) -> None:
    repository = SqlRepository(engine)
    library.create(repository, LAN, document(), project, NOON)
    engine.dispose()

    @event.listens_for(engine, "connect")
    def read_only(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    assert failure(repository, "x") == "library.not_writable"


def test_a_file_that_another_program_holds(tmp_path: Path) -> None:
    engine = open_database(tmp_path, patience_s=0.05)
    repository = SqlRepository(engine)
    library.create(repository, LAN, document(), project, NOON)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert failure(repository, "x") == "library.locked"
    engine.dispose()

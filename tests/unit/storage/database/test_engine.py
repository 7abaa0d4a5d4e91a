from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from sxsh_options.services import library
from sxsh_options.services.library import LibraryError
from sxsh_options.storage.database import engine as engine_module
from sxsh_options.storage.database.engine import FILE_NAME, data_folder, open_database, reading
from sxsh_options.storage.database.repository import SqlRepository
from sxsh_options.storage.database.tables import VERSION, metadata
from tests.library import LAN, NOON, document, project


def code_of_opening(folder: Path, **settings: float) -> str:
    with pytest.raises(LibraryError) as error:
        open_database(folder, **settings)
    (what,) = error.value.messages
    assert what.params == {"place": str(folder / FILE_NAME)}
    return what.code


def test_the_folder_is_made_where_it_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SXSH_DATA_DIR", str(tmp_path / "dữ liệu" / "sxsh"))
    assert data_folder() == tmp_path / "dữ liệu" / "sxsh"
    assert data_folder().is_dir()


def test_the_usual_folder_is_the_user_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SXSH_DATA_DIR", raising=False)
    for variable in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    assert data_folder().is_dir()
    assert data_folder().name == "SXSH Options"


def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("SXSH_DATA_DIR", str(tmp_path / "file" / "data"))
    with pytest.raises(LibraryError) as error:
        data_folder()
    assert error.value.messages[0].code == "library.not_writable"


def test_the_migrations_make_the_tables_that_the_code_uses(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert context.get_current_revision() == VERSION
        assert compare_metadata(context, metadata) == []
    scripts = ScriptDirectory(str(Path(engine_module.__file__).parent / "migrations"))
    assert scripts.get_heads() == [VERSION]


def test_what_is_committed_is_on_the_disk(engine: Engine) -> None:
    with reading(engine) as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_opening_again_finds_everything(tmp_path: Path) -> None:
    """Also where the path has signs that an address would take for its own."""
    folder = tmp_path / "100% sạch? #1"
    folder.mkdir()
    first_time = open_database(folder)
    kept = library.create(SqlRepository(first_time), LAN, document(), project, NOON)
    first_time.dispose()
    again = open_database(folder)
    assert library.open_latest(SqlRepository(again), LAN, kept.assessment_id) == kept
    again.dispose()
    assert {path.name for path in folder.iterdir()} == {FILE_NAME}


def test_a_migration_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade

    def broken(config: Config, revision: str) -> None:
        upgrade(config, revision)
        raise RuntimeError("power cut")

    monkeypatch.setattr(command, "upgrade", broken)
    with pytest.raises(RuntimeError, match="power cut"):
        open_database(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    monkeypatch.undo()
    engine = open_database(tmp_path)
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}
    engine.dispose()


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
        connection.commit()
    before = path.read_bytes()
    assert code_of_opening(tmp_path) == "library.newer"
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database " * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    assert code_of_opening(tmp_path) == "library.damaged"
    assert path.read_bytes() == content


def test_damage_inside_is_named_when_it_is_met(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    kept = library.create(SqlRepository(engine), LAN, document(options=200), project, NOON)
    engine.dispose()
    path = tmp_path / FILE_NAME
    content = path.read_bytes()
    half = len(content) // 2  # the version stands before it, the document behind it
    path.write_bytes(content[:half] + b"\xff" * (len(content) - half))
    again = open_database(tmp_path)
    with pytest.raises(LibraryError) as error:
        library.open_latest(SqlRepository(again), LAN, kept.assessment_id)
    assert error.value.messages[0].code == "library.damaged"
    again.dispose()


def test_a_file_that_is_held_while_it_is_opened(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert code_of_opening(tmp_path, patience_s=0.05) == "library.locked"

"""Opening the database: its folder, its settings, its version; and what can go wrong with it, named."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from sxsh_options.errors import Message, message
from sxsh_options.services.library import LibraryError
from sxsh_options.storage.database.tables import VERSION

FILE_NAME = "sxsh.sqlite3"
_WRITES = "sxsh_writes"  # execution option: this transaction is going to write
_PAUSE_S = 0.05


def data_folder() -> Path:
    """Return the folder of the user's data, made if it is missing.

    It is ``SXSH_DATA_DIR`` where that is set, else the usual place of the operating system.

    Raises
    ------
    LibraryError
        ``library.not_writable`` where it cannot be made.
    """
    given = os.environ.get("SXSH_DATA_DIR")
    if given:
        folder = Path(given).expanduser().resolve()
    else:
        from platformdirs import user_data_path

        folder = user_data_path("SXSH Options", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(message("library.not_writable", place=str(folder))) from error
    return folder


def open_database(folder: Path, *, patience_s: float = 10.0) -> Engine:
    """Open the database of a folder, made or brought to this version's tables where needed.

    Several processes may do so at once. Nothing of a database that is newer or damaged is touched.

    Parameters
    ----------
    folder : Path
    patience_s : float
        How long a transaction waits for another one.

    Raises
    ------
    LibraryError
        ``library.not_writable``, ``library.newer``, ``library.damaged``, ``library.locked``,
        ``library.disk_full`` or ``library.disk_fault``.
    """
    path = folder.resolve() / FILE_NAME
    with named_failures(path):
        version = _stored_version(path, patience_s)
        if version is not None and version > VERSION:
            raise LibraryError(message("library.newer", place=str(path)))
        _keep_a_log(path, patience_s)
        engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": patience_s})
        event.listen(engine, "connect", _settings)
        event.listen(engine, "begin", _begin)
        if version != VERSION:
            _migrate(engine)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the database; failures are named."""
    with named_failures(_path(engine)), engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection that alone writes, and commits at the end; failures are named."""
    with named_failures(_path(engine)), engine.execution_options(**{_WRITES: True}).begin() as connection:
        yield connection


@contextmanager
def named_failures(path: Path) -> Iterator[None]:
    """Turn what SQLite and the operating system report into a :class:`LibraryError` that says what to do."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        what = _failure(getattr(error, "orig", error), str(path))
        if what is None:
            raise
        raise LibraryError(what) from error


def _failure(error: Any, place: str) -> Message | None:
    """Return what to say of an error of SQLite; ``None`` where it is a fault of this program."""
    match _kind(error):
        case sqlite3.SQLITE_FULL:
            return message("library.disk_full", place=place)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return message("library.locked", place=place)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return message("library.damaged", place=place)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return message("library.not_writable", place=place)
        case sqlite3.SQLITE_IOERR:
            return message("library.disk_fault", place=place)
    return None


def _kind(error: Any) -> int:
    """Return SQLite's number for an error: the low byte is the kind, the rest its detail."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _path(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def _stored_version(path: Path, patience_s: float) -> str | None:
    """Return the version that a database says it has, without writing; ``None`` where it has none yet."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", patience_s, uri=True)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def _keep_a_log(path: Path, patience_s: float) -> None:
    """Switch to a write-ahead log, so that readers and the writer do not wait, and see that one can write.

    The file remembers the switch. SQLite does not wait its turn for it, as it does for everything else.
    """
    deadline = time.monotonic() + patience_s
    with closing(sqlite3.connect(path, timeout=patience_s)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                break
            except sqlite3.OperationalError as error:
                if _kind(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(_PAUSE_S)
        connection.execute("BEGIN IMMEDIATE")
        connection.rollback()


def _settings(connection: Any, _record: object) -> None:
    connection.isolation_level = (
        None  # transactions begin where _begin says so, also before changes of tables
    )
    connection.execute("PRAGMA synchronous = FULL")  # what was acknowledged outlives a power cut
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    """Begin; what is going to write takes its turn at once, so that it cannot fail half-way for a lock."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    """Bring the tables to this version, all steps or none; a second process waits and finds it done."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, VERSION)

"""A program that edits an assessment, run in a process of its own, to be killed or to run beside another."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from sxsh_options.services import library
from sxsh_options.services.library import Revision
from sxsh_options.storage.database.engine import open_database
from sxsh_options.storage.database.repository import SqlRepository
from tests.library import LAN, NOON, later, project, with_option


def processes() -> BaseContext:
    """Return a way to start processes that share no open file, and import what they need only once."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def open_library(folder: Path) -> tuple[SqlRepository, Callable[[], None]]:
    """Return the repository of a folder, and how to close it."""
    engine = open_database(folder)
    return SqlRepository(engine), engine.dispose


def edit_without_end(folder: Path, assessment_id: str, option_id: str, start: int, told: Connection) -> None:
    """Save one edit after another, and tell of each when it was acknowledged: its number and its value."""
    repository, _ = open_library(folder)
    base = library.open_latest(repository, LAN, assessment_id)
    assert base is not None
    value = start
    while True:
        value += 1
        edited = with_option(base.document, option_id, technical_life_years=value)
        base = library.save(repository, LAN, base, edited, project, later(value)).revision
        told.send((base.seq, value))


def edit_beside_others(folder: Path, first: Revision, option_id: str, edits: int) -> None:
    """Save edits of one option, beginning from a revision that others edit too."""
    repository, close = open_library(folder)
    edit(repository, first, option_id, edits)
    close()


def edit(repository: SqlRepository, base: Revision, option_id: str, edits: int) -> None:
    for number in range(1, edits + 1):
        fields: dict[str, Any] = {"technical_life_years": 100 * number, f"field{number}": number}
        edited = with_option(base.document, option_id, **fields)
        base = library.save(repository, LAN, base, edited, project, NOON).revision

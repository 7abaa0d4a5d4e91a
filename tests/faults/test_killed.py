"""A program that is killed in mid-edit loses nothing that it has acknowledged."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from sxsh_options.services import library
from sxsh_options.storage.database.engine import FILE_NAME
from tests.faults.editor import edit_without_end, open_library, processes
from tests.library import LAN, NOON, document, project

KILLS = 50


def drain(heard: Connection) -> list[tuple[int, int]]:
    """Return what a process acknowledged before it was killed; its last word may have been cut off."""
    acknowledged = []
    try:
        while True:
            acknowledged.append(heard.recv())
    except (EOFError, OSError):
        return acknowledged


@pytest.mark.slow
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    moments = random.Random(20)
    context = processes()
    repository, close = open_library(tmp_path)
    first = library.create(repository, LAN, document(options=20), project, NOON)
    close()
    its, values = first.assessment_id, {1: 1}
    for kill in range(KILLS):
        heard, told = context.Pipe(duplex=False)
        start = 1000 * (kill + 1)
        child = context.Process(target=edit_without_end, args=(tmp_path, its, "option1", start, told))
        child.start()
        told.close()
        acknowledged = []
        if kill % 5:  # every fifth is killed at any moment from its start, also while it opens the file
            acknowledged = [heard.recv() for _ in range(moments.randint(1, 8))]
        time.sleep(moments.uniform(0, 0.05))
        child.kill()
        child.join()
        acknowledged += drain(heard)
        heard.close()

        repository, close = open_library(tmp_path)
        head = library.open_latest(repository, LAN, its)
        assert head is not None
        history = library.history(repository, LAN, its)
        assert [edit.seq for edit in history] == list(range(head.seq, 0, -1))
        for seq, value in acknowledged:
            kept = library.open_at(repository, LAN, its, seq)
            assert kept is not None
            assert kept.parent_seq == seq - 1
            assert kept.document["options"][0]["technical_life_years"] == value
            values[seq] = value
        (entry,) = library.entries(repository, LAN)
        close()
        assert entry.seq == head.seq
        assert entry.result is not None
        # The rows were made of the head's document, not of one before it.
        assert entry.result.npv_vnd == 1000.0 * head.document["options"][0]["technical_life_years"]
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        stored = dict(
            connection.execute(
                "SELECT seq, json_extract(doc, '$.options[0].technical_life_years') FROM revisions"
            )
        )
    assert {seq: stored.get(seq) for seq in values} == values

"""Threads and processes that save to one file at once lose nothing of each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sxsh_options.services import library
from sxsh_options.services.library import Revision
from tests.faults.editor import edit, edit_beside_others, open_library, processes
from tests.library import LAN, NOON, document, project

WRITERS, EDITS = 4, 10


def all_arrived(head: Revision | None) -> bool:
    assert head is not None
    expected = {f"field{number}": number for number in range(1, EDITS + 1)}
    return head.seq == 1 + WRITERS * EDITS and all(
        {**row, **expected, "technical_life_years": 100 * EDITS} == row for row in head.document["options"]
    )


def test_threads_with_one_repository(tmp_path: Path) -> None:
    repository, close = open_library(tmp_path)
    first = library.create(repository, LAN, document(options=WRITERS), project, NOON)
    with ThreadPoolExecutor(WRITERS) as pool:
        jobs = [pool.submit(edit, repository, first, f"option{n}", EDITS) for n in range(1, WRITERS + 1)]
        for job in jobs:
            job.result()
    assert all_arrived(library.open_latest(repository, LAN, first.assessment_id))
    close()


def test_processes_on_one_file(tmp_path: Path) -> None:
    context = processes()
    repository, close = open_library(tmp_path)
    first = library.create(repository, LAN, document(options=WRITERS), project, NOON)
    children = [
        context.Process(target=edit_beside_others, args=(tmp_path, first, f"option{n}", EDITS))
        for n in range(1, WRITERS + 1)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * WRITERS
    assert all_arrived(library.open_latest(repository, LAN, first.assessment_id))
    close()


def test_processes_that_all_find_no_database_yet(tmp_path: Path) -> None:
    context = processes()
    children = [context.Process(target=open_library, args=(tmp_path,)) for _ in range(6)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * 6
    repository, close = open_library(tmp_path)
    assert library.create(repository, LAN, document(), project, NOON).seq == 1
    close()

"""A server that is killed while people type loses nothing that a page has said is saved."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from sxsh_options.services import library, quick_estimate
from sxsh_options.storage.database.engine import FILE_NAME
from sxsh_options.ui.work import LOCAL
from tests.faults.editor import open_library
from tests.library import NOON, document, project
from tests.running.servers import Server, start
from tests.running.visitors import Visitor, visit

KILLS, SIDE_BY_SIDE = 50, 2
OPTIONS = 20
PATIENCE = 60.0  # seconds that a page may take
MILLION = 1e6


@dataclass
class Typist:
    """A person who changes investments in one assessment, and believes what its page says.

    Each value is entered once, so that it tells where it came from.
    """

    page: str
    assessment_id: str
    texts: Callable[[dict[int, int]], dict[str, str]]  # what is sent: the page's widget and its state
    options: int
    value: int = 1000  # million; the last that was entered
    saved: dict[int, tuple[int, int]] = field(default_factory=dict)  # by revision: option and value
    unheard: dict[int, int] = field(default_factory=dict)  # by option: a value of which nothing was said
    last: dict[int, float | None] = field(default_factory=dict)  # by option: what is known to be stored

    async def open(self, server: Server) -> Visitor:
        return await visit(server.url, self.page, f"assessment={self.assessment_id}")

    async def type_until_it_breaks(self, visitor: Visitor) -> None:
        entered: dict[int, int] = {}  # by option, since the page was opened
        while True:
            self.value += 1
            option = self.value % self.options
            entered[option] = self.unheard[option] = self.value
            before = visitor.saved
            try:
                await visitor.run(self.texts(entered))
            except ConnectionClosed:
                return
            finally:
                if visitor.saved > before:
                    self.saved[visitor.saved] = (option, self.value)
                    self.last[option] = self.unheard.pop(option)
            assert visitor.faults == []
            assert visitor.saved == before + 1, "the run ended without a word that the entry is saved"

    def check(self, revisions: dict[int, tuple[int | None, dict[str, Any]]]) -> None:
        """Hold what the page said against what is stored.

        A value of which nothing was said is stored or is not; from here on it is known which.
        """
        head = max(revisions)
        assert sorted(revisions) == list(range(1, head + 1))
        assert [revisions[seq][0] for seq in range(1, head + 1)] == [None, *range(1, head)]
        for seq, (option, value) in self.saved.items():
            assert investment(revisions[seq][1], option) == value
        for option, value in self.last.items():
            assert investment(revisions[head][1], option) in (value, self.unheard.get(option))
        for option in self.unheard:
            self.last[option] = investment(revisions[head][1], option)
        self.unheard.clear()


def investment(stored: dict[str, Any], option: int) -> float | None:
    """Return what is stored; nothing, where the server was killed before the first value was."""
    amount = stored["options"][option]["capex"][0].get("amount")
    return None if amount is None else float(amount["amount"] / MILLION)


def in_the_grid(entered: dict[int, int]) -> dict[str, str]:
    rows = {str(option): {"capex": f"{value} triệu"} for option, value in entered.items()}
    return {"options_grid_": json.dumps({"edited_rows": rows, "added_rows": [], "deleted_rows": []})}


def in_the_estimate(entered: dict[int, int]) -> dict[str, str]:
    return {"f-options-option1-capex-cost1-amount": f"{entered[0]} triệu"}


def typists(home: Path) -> list[Typist]:
    """Store an assessment for each way to type."""
    repository, close = open_library(home)
    estimate = quick_estimate.blank("Máy nén khí", "hóa đơn", date(2026, 3, 2))
    many, one = (
        library.create(repository, LOCAL, made, project, NOON).assessment_id
        for made in (document(options=OPTIONS), estimate)
    )
    close()
    return [
        Typist("options", many, in_the_grid, OPTIONS),
        Typist("quick_estimate", one, in_the_estimate, 1),
    ]


def stored(home: Path, assessment_id: str) -> dict[int, tuple[int | None, dict[str, Any]]]:
    with closing(sqlite3.connect(home / FILE_NAME)) as connection:
        found = connection.execute(
            "SELECT seq, parent_seq, doc FROM revisions WHERE assessment_id = ?", (assessment_id,)
        )
        return {seq: (parent, json.loads(doc)) for seq, parent, doc in found}


async def typed_and_killed(server: Server, people: list[Typist], moments: random.Random | None) -> None:
    """Open the pages, which must show all that is stored; type, and kill the server at some moment."""
    async with AsyncExitStack() as leaving:
        visitors = []
        async with asyncio.timeout(PATIENCE):
            for person in people:
                visitors.append(await person.open(server))
                leaving.push_async_callback(visitors[-1].leave)
        for person, visitor in zip(people, visitors, strict=True):
            revisions = stored(server.home, person.assessment_id)
            person.check(revisions)
            assert visitor.faults == []
            assert visitor.saved == max(revisions)
        if moments is not None:
            async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
                for person, visitor in zip(people, visitors, strict=True):
                    group.create_task(person.type_until_it_breaks(visitor))
                await asyncio.sleep(moments.uniform(0, 1.5))
                server.kill()


def killed_again_and_again(home: Path, people: list[Typist], seed: int) -> int:
    """Start a server on one folder, kill it, and so on; return how many entries were acknowledged."""
    moments = random.Random(seed)
    kills = KILLS // SIDE_BY_SIDE
    for kill in range(kills + 1):
        server = start(home)
        try:
            if kill % 5 == 4:  # at any moment from its start, also while it opens the file
                time.sleep(moments.uniform(0, 2))
            else:
                server.wait()
                asyncio.run(typed_and_killed(server, people, moments if kill < kills else None))
        finally:
            server.kill()
    assert "Traceback" not in server.log, server.log
    with closing(sqlite3.connect(home / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return sum(len(person.saved) for person in people)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2026])  # named where it fails
def test_nothing_that_a_page_said_is_saved_is_lost(tmp_path: Path, seed: int) -> None:
    homes = [tmp_path / str(number) for number in range(SIDE_BY_SIDE)]
    for home in homes:
        home.mkdir()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        people = map(typists, homes)
        acknowledged = list(pool.map(killed_again_and_again, homes, people, count(seed)))
    assert min(acknowledged) > KILLS, "too little was typed to prove anything"

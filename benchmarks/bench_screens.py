"""How quick the screens are: the app beside a page with the same widgets and a constant result.

Both run on the app's own server, in the same run and in turns, so that the ratio is the price of what stands
behind the widgets: reading, saving, evaluating, wording. Entries are made in a real Chromium and timed inside
the page, from the Enter key to the changed result. Ten busy visitors at once speak the framework's own
protocol, so that no browser keeps the machine busy beside the server.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psutil  # type: ignore[import-untyped]
from bench_ranking import write_table
from playwright.sync_api import sync_playwright
from screens.typist import Typist

from sxsh_options.services import library, workbench
from sxsh_options.services.ranking import RankRequest
from sxsh_options.storage import read_assessment
from sxsh_options.storage.database.engine import open_database
from sxsh_options.storage.database.repository import SqlRepository

if TYPE_CHECKING:
    from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import tasks  # knows where a Chromium is
from tests.running.servers import APP, ROOT, Server, served
from tests.running.visitors import Visitor, visit

OPTIONS = 60
ENTRIES, WARM_UP, TURNS = 40, 5, 4
STARTS = 3
VISITORS, BUSY_SECONDS = 10, 8.0
FURTHER_VISITORS, RUNS_OF_A_VISITOR = 30, 3
MEGABYTE = 1_000_000
ANOTHER_PAGE = """
import sys
from pathlib import Path
from sxsh_options.ui import server
server.PAGE = Path(sys.argv[1])
sys.exit(server.main(sys.argv[2:]))
"""
PEER = ("-c", ANOTHER_PAGE, str(ROOT / "benchmarks" / "screens" / "peer.py"))


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a value is entered and what shows it: page, key of the widget, selector of the result.

    For a cell: the name of its column, and where that stands. For a field: what else must be filled in first.
    """

    page: str
    key: str
    result: str
    column: str = ""
    position: int = 0
    first: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """The app or its peer."""

    name: str
    command: tuple[str, ...]
    field: Entry
    cell: Entry


_OPTION = "f-options-option1"
SIDES = (
    Side(
        "app",
        APP,
        Entry(
            "quick_estimate",
            f"{_OPTION}-capex-cost1-amount",
            ".sx-cards",
            first=(
                (f"{_OPTION}-name", "Máy nén khí"),
                (f"{_OPTION}-technical_life_years", "10"),
                (f"{_OPTION}-savings-saving1-quantity", "96.000 kWh/năm"),
            ),
        ),
        Entry("options", "options_grid_", ".sx-understood", "capex", 2),
    ),
    Side(
        "peer",
        PEER,
        Entry("field", "capex", ".result", first=(("name", "Air"), ("life", "10"), ("quantity", "96000"))),
        Entry("cell", "grid", ".result", "capex", 2),
    ),
)
Figures = dict[str, list[float]]  # by the name of the side


class Busy(NamedTuple):
    """Runs a second in all, and milliseconds of the processor that one of them takes."""

    rates: Figures
    costs: Figures


def stored_options(folder: Path) -> list[str]:
    """Store an assessment with many options for each busy visitor; return what opens them in an address."""
    table = folder / "options.csv"
    write_table(table, OPTIONS)
    today = date.today()  # noqa: DTZ011
    document = read_assessment(table).model_dump(mode="json")
    repository = SqlRepository(open_database(folder))

    def stored() -> library.Revision:
        return library.create(
            repository,
            library.Actor("local", ""),
            document,
            lambda d: workbench.project(workbench.evaluate(d, RankRequest(as_of=today)), d),
            datetime.now(UTC),
        )

    return [f"assessment={stored().assessment_id}" for _ in range(VISITORS)]


def amount(number: int) -> str:
    """Return an investment that no option had before."""
    return f"{300 + number},5 triệu"


def entries(browser: Browser, servers: dict[str, Server], query: str) -> tuple[Figures, Figures]:
    """Return milliseconds from entry to result: of fields and of cells."""
    fields: Figures = {side.name: [] for side in SIDES}
    cells: Figures = {side.name: [] for side in SIDES}
    in_fields, in_cells = {}, {}
    for side in SIDES:
        url = servers[side.name].url
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.goto(f"{url}/{side.field.page}")
        in_fields[side.name] = Typist(page, side.field.result)
        for key, text in side.field.first:
            in_fields[side.name].field(key, text)
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.goto(f"{url}/{side.cell.page}?{query}")
        in_cells[side.name] = Typist(page, side.cell.result)
        in_cells[side.name].go_to_cell(side.cell.key, side.cell.position)
    count = 0
    for turn in range(TURNS + 1):  # the first one warms up
        for side in SIDES:
            for _ in range(ENTRIES // TURNS if turn else WARM_UP):
                count += 1
                field = in_fields[side.name].timed_field(side.field.key, amount(count))
                if turn:
                    fields[side.name].append(field)
            for _ in range(ENTRIES // TURNS if turn else WARM_UP):
                count += 1
                cell = in_cells[side.name].timed_cell(amount(count))
                if turn:
                    cells[side.name].append(cell)
    for typist in (*in_fields.values(), *in_cells.values()):
        typist.page.close()
    return fields, cells


def busy_visitors(servers: dict[str, Server], queries: list[str], entry_of: Callable[[Side], Entry]) -> Busy:
    """Let ten visitors make entries at once, each as fast as it is answered, in an assessment of its own."""

    async def measured(running: Server, entry: Entry) -> tuple[float, float]:
        process = psutil.Process(running.process.pid)
        visitors = [await visit(running.url, entry.page, query if entry.column else "") for query in queries]
        for visitor in visitors:
            for key, text in entry.first:
                await visitor.run({key: text})
        before = process.cpu_times()
        runs, seconds = await work(visitors, entry)
        after = process.cpu_times()
        for visitor in visitors:
            await visitor.leave()
        spent = after.user + after.system - before.user - before.system
        return runs / seconds, spent / runs * 1000

    rates: Figures = {}
    costs: Figures = {}
    for side in SIDES:
        rate, cost = asyncio.run(measured(servers[side.name], entry_of(side)))
        rates[side.name], costs[side.name] = [rate], [cost]
    return Busy(rates, costs)


async def work(visitors: list[Visitor], entry: Entry) -> tuple[int, float]:
    """Let visitors make entries; return runs in all, and the seconds."""
    since = time.perf_counter()
    runs = 0

    async def enter(visitor: Visitor, number: int) -> None:
        nonlocal runs
        while time.perf_counter() < since + BUSY_SECONDS:
            await visitor.run(texts(entry, number))
            runs += 1
            number += 1

    await asyncio.gather(*(enter(visitor, 1000 * n) for n, visitor in enumerate(visitors)))
    return runs, time.perf_counter() - since


def texts(entry: Entry, number: int) -> dict[str, str]:
    """Return what a visitor enters in its n-th run."""
    if not entry.column:
        return {entry.key: amount(number)}
    edited = {str(number % OPTIONS): {entry.column: amount(number)}}
    return {entry.key: json.dumps({"edited_rows": edited, "added_rows": [], "deleted_rows": []})}


def memory(servers: dict[str, Server], queries: list[str], entry_of: Callable[[Side], Entry]) -> Figures:
    """Return megabytes that the server holds for each further visitor who has made some entries."""

    async def measured(running: Server, entry: Entry) -> float:
        process = psutil.Process(running.process.pid)
        visitors: list[Visitor] = []

        async def come(count: int) -> int:
            for _, query in zip(range(count), itertools.cycle(queries), strict=False):
                visitor = await visit(running.url, entry.page, query if entry.column else "")
                visitors.append(visitor)
                for key, text in entry.first:
                    await visitor.run({key: text})
                for number in range(RUNS_OF_A_VISITOR):
                    await visitor.run(texts(entry, len(visitors) + number))
            return int(process.memory_info().rss)

        before = await come(VISITORS)
        after = await come(FURTHER_VISITORS)
        for visitor in visitors:
            await visitor.leave()
        return (after - before) / FURTHER_VISITORS / MEGABYTE

    return {side.name: [asyncio.run(measured(servers[side.name], entry_of(side)))] for side in SIDES}


def starts(browser: Browser, data: Path) -> tuple[Figures, Figures]:
    """Return milliseconds from the start of the process until it answers, and until the first page shows."""
    answers: Figures = {side.name: [] for side in SIDES}
    shows: Figures = {side.name: [] for side in SIDES}
    for _ in range(STARTS):
        for side in SIDES:
            with served(data, command=side.command) as running:
                answers[side.name].append((time.perf_counter() - running.started) * 1000)
                context = browser.new_context()
                page = context.new_page()
                page.goto(running.url)
                page.locator("h1").wait_for()
                shows[side.name].append((time.perf_counter() - running.started) * 1000)
                context.close()
    return answers, shows


def row(name: str, unit: str, figures: Figures, of: Callable[[list[float]], float], digits: int = 0) -> None:
    """Print a line of the table."""
    ours, peers = (of(figures[side.name]) for side in SIDES)
    print(f"{name:<52}{ours:>10.{digits}f}{peers:>10.{digits}f}{ours / peers:>8.2f}  {unit}")


def p95(values: list[float]) -> float:
    """Return the value that 95 % do not exceed."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        data = Path(folder)
        queries = stored_options(data)
        with sync_playwright() as playwright:
            path = os.environ.get(tasks.CHROMIUM_VARIABLE) or tasks.find_chromium()
            browser = playwright.chromium.launch(executable_path=path)
            answers, shows = starts(browser, data)
            servers = {side.name: stack.enter_context(served(data, command=side.command)) for side in SIDES}
            fields, cells = entries(browser, servers, queries[0])
            browser.close()
        print(f"{'':<52}{'app':>10}{'peer':>10}{'ratio':>8}")
        for measured, name in ((fields, "field entered"), (cells, f"cell of {OPTIONS} options edited")):
            row(f"{name} to result, p50", "ms", measured, statistics.median)
            row(f"{name} to result, p95", "ms", measured, p95)
        kinds: tuple[tuple[str, Callable[[Side], Entry]], ...] = (
            ("a field", lambda side: side.field),
            (f"{OPTIONS} options", lambda side: side.cell),
        )
        for where, entry_of in kinds:
            found = busy_visitors(servers, queries, entry_of)
            row(f"{VISITORS} busy visitors at {where}", "runs/s", found.rates, sum, 1)
            row("  processor time of a run", "ms", found.costs, sum)
        for where, entry_of in kinds:
            row(f"memory of a further visitor at {where}", "MB", memory(servers, queries, entry_of), sum, 2)
        row(f"start of process to answer, median of {STARTS}", "ms", answers, statistics.median)
        row(f"start of process to first page, median of {STARTS}", "ms", shows, statistics.median)


if __name__ == "__main__":
    main()

"""How long a ranking takes: 60 options in the process, 10,000 from the shell, start included.

The peer does a part of the same work the usual way: numpy-financial's NPV and IRR in a loop over the rows
(and, from the shell, pandas to read the table). It values nothing, knows no emissions and explains nothing.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy_financial

from sxsh_options.services.ranking import RankRequest, rank
from sxsh_options.storage import read_assessment

ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "option_id,name,category,capex_vnd,annual_saving_vnd,opex_change_vnd_per_year,lifetime_years,"
    "saving_electricity_kwh,saving_water_m3,saving_diesel_l"
)
PEER = """
import sys
import numpy_financial
import pandas
table = pandas.read_csv(sys.argv[1])
rows = []
for row in table.itertuples():
    saving = row.annual_saving_vnd - row.opex_change_vnd_per_year
    flows = [-row.capex_vnd] + [saving] * row.lifetime_years
    rows.append((numpy_financial.npv(0.1, flows), numpy_financial.irr(flows)))
table[["npv", "irr"]] = rows
table["payback"] = table.capex_vnd / (table.annual_saving_vnd - table.opex_change_vnd_per_year)
table.sort_values("payback").to_json(sys.argv[2], orient="records")
"""


def write_table(path: Path, count: int) -> None:
    """Write a flat table of options with money and physical savings."""
    chance = random.Random(7)
    lines = [HEADER]
    for number in range(count):
        kwh, water, diesel = (
            chance.randrange(1_000, 900_000),
            chance.choice([0, 500]),
            chance.choice([0, 900]),
        )
        capex, life = chance.randrange(0, 3_000) * 1_000_000, chance.choice([5, 8, 10, 12, 15])
        saving = kwh * 1_900 + water * 12_000 + diesel * 17_000
        opex = chance.randrange(0, 9) * 1_000_000
        lines.append(
            f"O{number},Giải pháp số {number},process_control,"
            f"{capex},{saving},{opex},{life},{kwh},{water},{diesel}"
        )
    path.write_text("\n".join(lines), encoding="utf-8")


def best(work: Callable[[], object], repeat: int) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Measure, and print each figure beside the peer's of the same run."""
    print(
        f"numpy-financial {version('numpy-financial')}, pandas {version('pandas')}, "
        f"Python {sys.version.split()[0]}"
    )
    with tempfile.TemporaryDirectory() as folder:
        sixty, many, out = (Path(folder) / name for name in ("60.csv", "10000.csv", "out.json"))
        write_table(sixty, 60)
        write_table(many, 10_000)
        assessment = read_assessment(sixty)
        request = RankRequest(as_of=date(2026, 11, 22))
        flows = [
            [-o.capex[0].amount.amount if o.capex else 0.0]
            + [o.annual_saving.amount if o.annual_saving else 0.0] * o.technical_life_years
            for o in assessment.options
        ]
        ours = best(lambda: rank(assessment, request), 20)
        peer = best(lambda: [(numpy_financial.npv(0.1, row), numpy_financial.irr(row)) for row in flows], 20)
        print(
            f"60 options evaluated and ranked: {ours * 1e3:.1f} ms "
            f"(peer, NPV and IRR only: {peer * 1e3:.1f} ms)"
        )

        def shell(*command: str) -> Callable[[], object]:
            return lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT)

        for form in ("json", "csv", "table"):
            command = (
                sys.executable,
                "-m",
                "sxsh_options",
                "rank",
                str(many),
                "--format",
                form,
                "--out",
                str(out),
            )
            print(f"10,000 options from the shell to {form}: {best(shell(*command), 3):.2f} s")
        peer = best(shell(sys.executable, "-c", PEER, str(many), str(out)), 3)
        print(f"peer, NPV and IRR only, from the shell to json: {peer:.2f} s")


if __name__ == "__main__":
    main()

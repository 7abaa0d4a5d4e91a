"""The catalogue worked out for a facility of 30 flows, beside the bare join of the same tables in pandas.

Run with ``python3 tasks.py bench``. The peer multiplies each effect's band with the sum of its resource's
flows and sorts: no end uses, prices, emissions or placeholders.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from sxsh_options.model import Assessment
from sxsh_options.parameters import DATA_FOLDER
from sxsh_options.resources import catalogue
from sxsh_options.services.offers import offered

AS_OF = date(2026, 11, 22)
ROUNDS = 30


def facility(flows: int = 30) -> Assessment:
    """Return a seafood plant with so many flows, some of them metered for one use."""
    kinds = [
        "electricity",
        "water",
        "diesel",
        "seafood",
        "salt",
        "detergent",
        "solid_waste",
        "cod",
        "r22",
        "ice",
    ]
    rows: list[dict[str, Any]] = []
    for number in range(flows):
        resource = kinds[number % len(kinds)]
        row = {"id": f"f{number}", "resource": resource, "quantity": 1000.0 * (number + 1)}
        row["unit"] = catalogue.find(resource).unit
        if resource == "electricity" and number:
            row["end_use"] = "elec_light" if number == 10 else "elec_refrig"
        rows.append(row)
    document = {
        "id": "bench",
        "title": "bench",
        "facility": {"name": "bench", "sector": "seafood"},
        "baseline": {"start": "2025-01-01", "end": "2025-12-31", "flows": rows},
    }
    return Assessment.model_validate_json(json.dumps(document))


def joined(effects: pd.DataFrame, flows: pd.DataFrame) -> pd.DataFrame:
    """Return the peer's offers."""
    used = flows.groupby("kind")["quantity"].sum().rename("used")
    found = effects.join(used, on="effect")
    for name in ("low", "typical", "high"):
        found[f"saved_{name}"] = found[name] / 100 * found["used"]
    return found.groupby("option_id")["saved_typical"].sum().sort_values(ascending=False).to_frame()


def median_ms(work: Callable[[], object]) -> float:
    """Return the median of several rounds, after one to warm up."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    """Measure both, and the first call of a process too."""
    assessment = facility()
    began = time.perf_counter()
    offered(assessment, AS_OF)
    first = (time.perf_counter() - began) * 1000
    resources = catalogue.resources()
    flows = pd.DataFrame(
        {"kind": resources[flow.resource].kind, "quantity": flow.quantity}
        for flow in (assessment.baseline.flows if assessment.baseline else ())
    )
    effects = pd.read_csv(DATA_FOLDER / "catalogue" / "effects.csv")
    ours, peer = median_ms(lambda: offered(assessment, AS_OF)), median_ms(lambda: joined(effects, flows))
    count = len(offered(assessment, AS_OF))
    print(f"{count} offers for 30 flows: first call {first:.1f} ms (tables read), then {ours:.2f} ms")
    print(f"pandas join of the same tables: {peer:.2f} ms; ratio {ours / peer:.2f}; asked: under 200 ms")


if __name__ == "__main__":
    main()

"""The finance core against stated peers, measured in the same run; ratios hold better than times.

Every figure is the best of several runs. ``cash_flows @ weights`` is one matrix-vector product: the least
that an NPV of many rows can cost.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np
import numpy_financial
import pyxirr

from sxsh_options import finance

ROWS, YEARS, RATE = 100_000, 15, 0.1


def best(call: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Return the shortest time of several runs in seconds, and the result."""
    result = call()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times), result


def typical_rows(rows: int, rng: np.random.Generator) -> np.ndarray:
    """Return investments that pay back in half a year to twelve, with savings that vary by 30 %."""
    capex = rng.lognormal(20.0, 1.0, rows)
    yearly = capex / rng.uniform(0.5, 12.0, rows)
    savings = yearly[:, None] * rng.uniform(0.7, 1.3, (rows, YEARS))
    return np.column_stack((-capex, savings))


def line(name: str, ours: float, peer: float, peer_name: str, target: str) -> None:
    """Print one comparison."""
    print(
        f"{name:<16}{ours * 1e3:8.2f} ms   {peer_name}: {peer * 1e3:.2f} ms   "
        f"peer / ours = {peer / ours:.2f}   target {target}"
    )


def main() -> None:
    """Measure and print."""
    rng = np.random.default_rng(2026)
    flows = typical_rows(ROWS, rng)
    print(
        f"Python {platform.python_version()}, numpy {np.__version__}, "
        f"numpy-financial {version('numpy-financial')}, pyxirr {version('pyxirr')}, {os.cpu_count()} cores"
    )
    print(f"{ROWS:,} rows of {YEARS + 1} columns")

    loop, expected = best(lambda: [numpy_financial.npv(RATE, row) for row in flows], 2)
    ours, computed = best(lambda: finance.npv(RATE, flows), 30)
    np.testing.assert_allclose(computed, expected, rtol=1e-9, atol=1e-3)
    line("NPV", ours, loop, "numpy-financial in a loop", ">= 100")
    weights = (1.0 + RATE) ** -np.arange(YEARS + 1.0)
    product, _ = best(lambda: flows @ weights, 30)
    ours, _ = best(lambda: finance.npv(RATE, flows), 30)
    line("NPV", ours, product, "cash_flows @ weights", ">= 0.5")

    lists = flows.tolist()  # which pyxirr reads faster than arrays
    loop, expected = best(lambda: [pyxirr.irr(row) for row in lists], 3)
    ours, (computed, statuses) = best(lambda: finance.irr_and_status(flows), 10)
    assert (statuses == "unique").all()
    np.testing.assert_allclose(computed, np.array(expected, dtype=float), rtol=1e-9)
    line("IRR with status", ours, loop, "pyxirr in a loop over lists, without status", ">= 10")

    print("\nOther shapes, without a peer")
    two_outlays = flows[:20_000].copy()
    two_outlays[:, 1] = 0.3 * two_outlays[:, 0]
    ours, _ = best(lambda: finance.irr(two_outlays), 3)
    print(f"IRR, two years of outlay          {ours / len(two_outlays) * 1e6:8.2f} us a row")
    replaced = flows[:5_000].copy()
    replaced[:, 8] += 0.6 * replaced[:, 0]
    ours, _ = best(lambda: finance.irr(replaced), 3)
    print(f"IRR, with a replacement           {ours / len(replaced) * 1e6:8.2f} us a row")
    for rows in (60, 10_000):
        plain = finance.ProjectInputs(
            capex_vnd=-flows[:rows, 0], benefit_vnd=flows[:rows, 1:], discount_rate=RATE
        )
        taxed = finance.ProjectInputs(
            capex_vnd=-flows[:rows, 0],
            benefit_vnd=flows[:rows, 1:],
            discount_rate=RATE,
            depreciation_fractions=finance.straight_line(8, YEARS),
            tax_rate=0.2,
            grants=[finance.Grant(-0.2 * flows[:rows, 0], 1, taxable=False, reduces_basis=True)],
            loans=[finance.Loan(-0.4 * flows[:rows, 0], 0.08, 6, grace_years=1)],
        )
        for name, inputs in (("plain", plain), ("tax, grant, loan", taxed)):
            ours, _ = best(partial(finance.project, inputs), 20)
            print(f"project(), {name:<17}{rows:>7,} rows {ours * 1e3:8.2f} ms")


if __name__ == "__main__":
    main()

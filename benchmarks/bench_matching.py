"""Assessments matched to every source of money, beside two of the tests as bare pandas filters.

Run with ``python3 tasks.py bench``. The peer filters a frame of the same facilities by form and size and by
place, and takes half of the cost up to a cap: no reasons, no unknown values, two criteria instead of all.
"""

from __future__ import annotations

import json
import statistics
import time
from datetime import date
from typing import Any

import pandas as pd

from sxsh_options.funding import default_register, match
from sxsh_options.model import Assessment

AS_OF = date(2026, 11, 23)
MANY, ROUNDS = 1_000, 20
KINDS = ("xa", "phuong", "dac_khu")
PROVINCES = (("Cần Thơ", "thanh_pho"), ("Thanh Hóa", "tinh"), ("Quảng Ngãi", "tinh"))


def document(number: int) -> dict[str, Any]:
    """Return one of many assessments, each of another facility."""
    return {
        "id": f"a{number}",
        "title": "bench",
        "facility": {
            "name": "bench",
            "legal_form": "enterprise",
            "employees_insured": 10 + number % 400,
            "revenue_vnd": 1e9 * (1 + number % 300),
            "province": PROVINCES[number % 3][0],
            "commune_kind": KINDS[number % 3],
            "applies_cleaner_production": number % 2 == 0,
        },
        "options": [
            {
                "id": "o",
                "name": "o",
                "technical_life_years": 10,
                "annual_saving": 1e8,
                "capex": [{"id": "c", "kind": "equipment", "amount": 1e8 * (1 + number % 20)}],
            }
        ],
    }


def filtered(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the peer's answer."""
    size = (frame.workers <= 200) & (frame.revenue <= 200e9)
    place = (frame.kind == "tinh") | frame.commune.isin(["xa", "dac_khu"])
    return frame.assign(amount=(frame.cost * 0.5).clip(upper=300e6).where(size & place))


def main() -> None:
    """Measure and print."""
    register = default_register()
    given = [Assessment.model_validate_json(json.dumps(document(n))) for n in range(MANY)]
    frame = pd.DataFrame(
        {
            "workers": [a.facility.employees_insured for a in given],
            "revenue": [a.facility.revenue_vnd for a in given],
            "commune": [a.facility.commune_kind for a in given],
            "kind": [PROVINCES[n % 3][1] for n in range(MANY)],
            "cost": [a.options[0].capex[0].amount.amount for a in given],
        }
    )
    match(given[0], AS_OF, register)
    singles = []
    for number in range(ROUNDS):
        since = time.perf_counter()
        match(given[number], AS_OF, register)
        singles.append(time.perf_counter() - since)
    since = time.perf_counter()
    for each in given:
        match(each, AS_OF, register)
    ours = time.perf_counter() - since
    since = time.perf_counter()
    filtered(frame)
    peers = time.perf_counter() - since
    print(f"one assessment, {len(register.sources)} sources: {statistics.median(singles) * 1000:.1f} ms")
    print(f"{MANY} assessments, {len(register.sources)} sources: {ours:.2f} s")
    print(f"{MANY} facilities, 2 tests and an amount, pandas: {peers * 1000:.1f} ms")


if __name__ == "__main__":
    main()

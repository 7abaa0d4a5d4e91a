"""Published cases: the payback that we compute from their figures is the one that they print.

``published_cases.csv`` holds the figures as printed with the address of each source. `half_width` is half
of the last printed digit, in the printed unit: "8 months" stands for 7.5 to 8.5 months. A payback that
does not follow from its own figures is listed as a misprint and must differ: nothing is bent to it.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from sxsh_options.finance import simple_payback

HORIZON_YEARS = 30
PER_YEAR = {"month": 12.0, "year": 1.0}
MISPRINTS = {"C037"}
NOT_CHECKABLE = {"C114", "C119", "C126"}

with (Path(__file__).parent / "published_cases.csv").open(encoding="utf-8", newline="") as handle:
    CASES = {row["case_id"]: row for row in csv.DictReader(handle)}
COMPUTED = [case_id for case_id in CASES if case_id not in NOT_CHECKABLE]


def recomputed(case: dict[str, str]) -> float:
    """Return the payback of the case's investment and yearly saving, in the unit that it prints."""
    flows = np.full(HORIZON_YEARS + 1, float(case["annual_saving"]))
    flows[0] = -float(case["investment"])
    return float(simple_payback(flows)) * PER_YEAR[case["stated_unit"]]


def as_printed(case: dict[str, str]) -> bool:
    """Say whether the recomputed payback would be printed as the source prints it."""
    value, stated = recomputed(case), float(case["stated_value"])
    if case["relation"] == "immediate":
        return value == 0.0
    if case["relation"] == "below":
        return 0.0 < value < stated
    half = float(case["half_width"])
    return stated - half <= value < stated + half


@pytest.mark.parametrize("case_id", [c for c in COMPUTED if c not in MISPRINTS])
def test_recomputed_payback_is_the_printed_one(case_id: str) -> None:
    assert as_printed(CASES[case_id]), recomputed(CASES[case_id])


@pytest.mark.parametrize("case_id", sorted(MISPRINTS))
def test_known_misprint_differs_from_its_own_figures(case_id: str) -> None:
    assert not as_printed(CASES[case_id])
    assert CASES[case_id]["reason"]


def test_the_dairy_prints_three_months_for_two_and_a_half() -> None:
    # 90 USD over 440 USD a year: 90 / 440 x 12 = 2.4545 months
    assert recomputed(CASES["C037"]) == pytest.approx(2.454545454545, abs=1e-9)
    assert CASES["C037"]["stated_payback"] == "3 months"


@pytest.mark.parametrize("case_id", sorted(NOT_CHECKABLE))
def test_a_case_that_cannot_be_checked_says_why(case_id: str) -> None:
    case = CASES[case_id]
    assert case["reason"]
    assert not (case["investment"] and case["annual_saving"])


def test_every_case_has_one_verdict_and_its_source() -> None:
    verdicts = {case_id: case["verdict"] for case_id, case in CASES.items()}
    assert {c for c, v in verdicts.items() if v == "misprint"} == MISPRINTS
    assert {c for c, v in verdicts.items() if v == "not_checkable"} == NOT_CHECKABLE
    assert set(verdicts.values()) == {"agrees", "misprint", "not_checkable"}
    for case in CASES.values():
        assert case["url"].startswith("http")
        assert case["stated_payback"]


def test_the_six_dairy_measures_add_up_to_the_printed_total() -> None:
    six = [CASES[f"C{number:03d}"] for number in range(33, 39)]
    assert (
        math.fsum(float(case["investment"]) for case in six) == float(CASES["C039"]["investment"]) == 20_400
    )
    assert (
        math.fsum(float(case["annual_saving"]) for case in six)
        == float(CASES["C039"]["annual_saving"])
        == 54_180
    )

"""After-tax streams of the System Advisor Model: NPV, and IRR where it is printed."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sxsh_options import finance

DATA = Path(__file__).parent / "data" / "sam_streams.json"
CASES = json.loads(DATA.read_text(encoding="utf-8"))["cases"]
WITH_IRR = [case for case in CASES if case["expected_irr"] is not None]
NAMES = [case["id"] for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_npv(case: dict[str, Any]) -> None:
    computed = finance.npv(case["discount_rate_nominal"], case["cash_flow"])
    assert computed == pytest.approx(case["expected_npv"], rel=1e-9)


@pytest.mark.parametrize("case", WITH_IRR, ids=[case["id"] for case in WITH_IRR])
def test_irr(case: dict[str, Any]) -> None:
    """Where the sign changes three times (sam-045, sam-049) the rate is still the only one."""
    assert finance.irr_status(case["cash_flow"]) == "unique"
    assert finance.irr(case["cash_flow"]) == pytest.approx(case["expected_irr"], abs=1e-6)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_status_fits_the_signs(case: dict[str, Any]) -> None:
    status = finance.irr_status(case["cash_flow"])
    match case["sign_changes"]:
        case 0:
            assert status == "no_sign_change"
        case 1:
            assert status == "unique"
        case changes:
            roots = finance.irr_roots(case["cash_flow"])
            assert roots.size <= changes
            assert (changes - roots.size) % 2 == 0
            assert status == {0: "no_root", 1: "unique"}.get(roots.size, "multiple")


def test_streams_of_one_length_at_once() -> None:
    """A batch gives each row what it gets alone."""
    rows = [case for case in CASES if len(case["cash_flow"]) == 26]
    flows = np.array([case["cash_flow"] for case in rows])
    rates = np.array([case["discount_rate_nominal"] for case in rows])
    assert len(rows) > 30
    assert finance.npv(rates, flows) == pytest.approx([case["expected_npv"] for case in rows], rel=1e-9)
    np.testing.assert_allclose(finance.irr(flows), [finance.irr(flow) for flow in flows], atol=1e-14)


def test_all_are_here() -> None:
    assert len(CASES) == 90
    assert len(WITH_IRR) == 59

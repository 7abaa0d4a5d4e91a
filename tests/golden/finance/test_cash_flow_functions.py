"""Values that three other libraries and Excel agree on."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sxsh_options import finance

SOURCE = json.loads((Path(__file__).parent / "data" / "cash_flow_functions.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in SOURCE["cases"]}

# The rate given is one of several at which the NPV is zero: ours is no number, and all are listed.
SEVERAL_ROOTS = {"cf-018", "cf-021", "cf-022", "cf-023", "cf-024", "cf-133", "cf-134"}
# Printed with fewer digits than the rest.
ROUNDED = {"cf-126": 5e-3, "cf-129": 1e-5, "cf-131": 1e-5, "cf-133": 1e-5, "cf-134": 1e-5, "cf-250": 1e-6}
OUT_OF_DOMAIN = {
    "cf-215": "paid at the start of the period; loans here are paid at the end",
    "cf-218": "a sum saved up, not a loan",
    "cf-340": "paid at the start of the period",
    "cf-342": "paid at the start of the period",
    "cf-343": "paid at the start of the period",
    "cf-240": "a negative life",
    "cf-249": "a broken number of periods",
    "cf-250": "a broken number of periods",
    "cf-257": "two inflows: the rate is below -100 %",
}


def annuity(i: dict[str, Any], level: float) -> list[float]:
    """The flow that spreadsheets call pmt and fv, by year."""
    flow = [0.0] * (i["nper"] + 1)
    for period in range(i["nper"]):
        flow[period + (0 if i.get("when") else 1)] += level
    flow[-1] += i.get("fv", 0.0)
    return flow


def rate(i: dict[str, Any]) -> float:
    flow = annuity(i, i["pmt"])
    flow[0] += i["pv"]
    return float(finance.irr(flow))


def schedule(i: dict[str, Any]) -> finance.LoanSchedule:
    return finance.loan_schedule(finance.Loan(i["pv"], i["rate"], i["nper"]), i["nper"])


COMPUTE: dict[str, Callable[[dict[str, Any]], float]] = {
    "irr": lambda i: finance.irr(i["cash_flow"]),
    "npv": lambda i: finance.npv(i["rate"], i["cash_flow"]),
    "npv_excel": lambda i: finance.npv(i["rate"], [0.0, *i["cash_flow"]]),
    "mirr": lambda i: finance.mirr(i["cash_flow"], i["finance_rate"], i["reinvest_rate"]),
    "rate": rate,
    "pv": lambda i: -finance.npv(i["rate"], annuity(i, i["pmt"])),
    "sln": lambda i: (i["cost"] - i["salvage"]) * finance.straight_line(i["life"], 1)[0],
    "pmt": lambda i: -(schedule(i).interest + schedule(i).principal)[1],
    "ipmt": lambda i: -schedule(i).interest[i["per"]],
    "ppmt": lambda i: -schedule(i).principal[i["per"]],
    "cumipmt": lambda i: -schedule(i).interest[i["start"] : i["end"] + 1].sum(),
    "cumprinc": lambda i: -schedule(i).principal[i["start"] : i["end"] + 1].sum(),
}


def decimals(value: float) -> int:
    """How many decimals the source prints."""
    return len(repr(float(value)).partition(".")[2].partition("e")[0])


@pytest.mark.parametrize("case_id", sorted(set(CASES) - SEVERAL_ROOTS - set(OUT_OF_DOMAIN)))
def test_agrees(case_id: str) -> None:
    case = CASES[case_id]
    computed, expected = COMPUTE[case["function"]](case["inputs"]), case["expected"]
    if expected is None:
        assert np.isnan(computed)
    else:
        printed = 0.51 * 10.0 ** -decimals(expected)
        assert computed == pytest.approx(expected, rel=1e-9, abs=max(printed, 1e-12))


@pytest.mark.parametrize("case_id", sorted(SEVERAL_ROOTS))
def test_one_of_several_rates(case_id: str) -> None:
    flow, expected = CASES[case_id]["inputs"]["cash_flow"], CASES[case_id]["expected"]
    assert np.isnan(finance.irr(flow))
    assert finance.irr_status(flow) == "multiple"
    roots = finance.irr_roots(flow)
    assert roots.size > 1
    assert np.abs(roots - expected).min() <= ROUNDED.get(case_id, 1e-9)
    size = np.abs(flow) @ finance.discount_factors(roots, len(flow) - 1).T
    assert (np.abs(finance.npv(roots, flow)) <= 1e-11 * size / (1.0 + roots).clip(max=1.0)).all()


def test_none_is_dropped() -> None:
    """Every row of the source is compared, explained here by its id, or left out with a reason."""
    compared = Counter(case["function"] for case in SOURCE["cases"])
    assert compared == {
        "irr": 24, "mirr": 14, "npv": 2, "npv_excel": 2, "rate": 8, "pv": 9, "sln": 7,
        "pmt": 6, "ipmt": 15, "ppmt": 7, "cumipmt": 4, "cumprinc": 4,
    }  # fmt: skip
    assert set(compared) == set(COMPUTE)
    assert set(OUT_OF_DOMAIN) | SEVERAL_ROOTS <= set(CASES)
    assert all(reason for _, reason in SOURCE["left_out"].values())
    assert sum(compared.values()) + sum(count for count, _ in SOURCE["left_out"].values()) == 205

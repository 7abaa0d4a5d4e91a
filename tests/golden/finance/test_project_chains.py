"""Whole projects with grants, loans, tax and depreciation, against the System Advisor Model."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sxsh_options import finance

DATA = Path(__file__).parent / "data"
PROJECTS = json.loads((DATA / "pysam_projects.json").read_text(encoding="utf-8"))["cases"]
CHAINS = json.loads((DATA / "sam_full_chains.json").read_text(encoding="utf-8"))["cases"]
COMMERCIAL = [case for case in CHAINS if case["case"].endswith("Commercial")]
RESIDENTIAL = [case for case in CHAINS if case["case"].endswith("Residential")]
TOLERANCE = 1e-6

# The cumulative flow passes zero in the last year, 9 + 8/88; the source's payback looks no further
# than the year before.
CROSSES_IN_THE_LAST_YEAR = {"pysam-25": 9 + 8 / 88}


def close(computed: Any, expected: Any, scale: float) -> None:
    np.testing.assert_allclose(computed, expected, rtol=TOLERANCE, atol=TOLERANCE * 1e-3 * scale)


def pysam_project(i: dict[str, Any], loan_vnd: float) -> finance.ProjectInputs:
    years, capex = i["years"], i["capex"]
    grants = [
        i[f"grant_{giver}_amount"] + i[f"grant_{giver}_percent"] / 100 * capex
        for giver in ("central", "provincial")
    ]
    return finance.ProjectInputs(
        capex_vnd=capex,
        benefit_vnd=finance.escalate(i["annual_saving_year1"], i["saving_escalation_pct"] / 100, years),
        opex_vnd=finance.escalate(
            i["opex_year1"], (i["inflation_pct"] + i["opex_escalation_pct"]) / 100, years
        ),
        depreciation_fractions=finance.straight_line(i["straight_line_depreciation_years"], years),
        tax_rate=i["profit_tax_pct"] / 100,
        grants=[
            finance.Grant(amount, 0, i["grant_taxable"], i["grant_reduces_depreciation_basis"])
            for amount in grants
        ],
        loans=[finance.Loan(loan_vnd, i["loan_rate_pct"] / 100, i["loan_term_years"])],
        salvage_vnd=i["salvage_pct_of_capex"] / 100 * capex,
        discount_rate=i["nominal_discount_rate_pct"] / 100,
    )


@pytest.mark.parametrize("case", PROJECTS, ids=[case["id"] for case in PROJECTS])
def test_grants_loans_and_tax(case: dict[str, Any]) -> None:
    i, expected = case["inputs"], case["expected"]
    flows = finance.project(pysam_project(i, expected["loan_amount"]))
    scale = i["capex"]
    assert flows.npv_vnd == pytest.approx(expected["npv"], rel=TOLERANCE)
    payback = CROSSES_IN_THE_LAST_YEAR.get(case["id"], expected["simple_payback"])
    assert flows.payback_before_financing_years == pytest.approx(payback, rel=TOLERANCE)
    close(flows.equity, expected["cf_after_tax_cash_flow"], scale)
    close(flows.unlevered, expected["cf_payback_with_expenses"], scale)
    close(flows.depreciation, expected["cf_fed_depreciation"], scale)
    close(flows.interest, expected["cf_debt_payment_interest"], scale)
    close(flows.principal, expected["cf_debt_payment_principal"], scale)
    close(flows.debt_balance, expected["cf_debt_balance"], scale)
    # The source keeps the tax on the savings apart from the tax that all else saves.
    on_savings = i["profit_tax_pct"] / 100 * np.array(expected["cf_energy_value"])
    close(flows.tax, on_savings - expected["cf_fed_tax_savings"], scale)


@pytest.mark.parametrize("case", COMMERCIAL, ids=[case["case"] for case in COMMERCIAL])
def test_full_chain(case: dict[str, Any]) -> None:
    """Federal and state tax as one rate; a 26 % credit in year 1 that halves itself off the basis."""
    i, o = case["inputs"], case["outputs"]
    federal, state = i["federal_tax_rate"][0] / 100, i["state_tax_rate"][0] / 100
    tax_rate = federal * (1 - state) + state  # state tax is deductible from the federal
    years, capex = i["analysis_period"], i["total_installed_cost"]
    basis = 1 - i["itc_fed_percent"][0] / 100 / 2
    benefit = np.array(o["cf_energy_value"])
    credit = np.zeros(years)
    credit[0] = o["itc_total"]
    flows = finance.project(
        finance.ProjectInputs(
            capex_vnd=capex,
            benefit_vnd=benefit[1:],
            opex_vnd=o["cf_operating_expenses"][1:],
            depreciation_fractions=basis * np.array(o["cf_fed_depr_sched"][1:]),
            tax_rate=tax_rate,
            tax_credit_vnd=credit,
            loans=[finance.Loan(o["loan_amount"], i["loan_rate"] / 100, i["loan_term"])],
            discount_rate=case["nominal_discount_rate"],
        )
    )
    assert tax_rate == pytest.approx(0.2653)
    assert flows.npv_vnd == pytest.approx(o["npv"], rel=TOLERANCE)
    payback = np.inf if o["payback"] is None else o["payback"]
    assert flows.payback_before_financing_years == pytest.approx(payback, rel=TOLERANCE)
    close(flows.equity, o["cf_after_tax_cash_flow"], capex)
    close(flows.unlevered, o["cf_payback_with_expenses"], capex)
    close(flows.depreciation, o["cf_fed_depreciation"], capex)
    close(flows.interest, o["cf_debt_payment_interest"], capex)
    close(flows.principal, o["cf_debt_payment_principal"], capex)
    close(flows.debt_balance, o["cf_debt_balance"], capex)
    close(flows.tax, tax_rate * benefit - o["cf_sta_and_fed_tax_savings"], capex)


@pytest.mark.parametrize("case", RESIDENTIAL, ids=[case["case"] for case in RESIDENTIAL])
def test_household_chain_as_far_as_it_goes(case: dict[str, Any]) -> None:
    """A household's savings are untaxed while its interest or property tax is deductible.

    That is two bases, which one taxable income a year cannot express; so the loan is compared, and
    the flow without tax against the source's with its tax savings taken out.
    """
    i, o = case["inputs"], case["outputs"]
    capex, tax_savings = i["total_installed_cost"], np.array(o["cf_sta_and_fed_tax_savings"])
    flows = finance.project(
        finance.ProjectInputs(
            capex_vnd=capex,
            benefit_vnd=o["cf_energy_value"][1:],
            opex_vnd=o["cf_operating_expenses"][1:],
            loans=[finance.Loan(o["loan_amount"], i["loan_rate"] / 100, i["loan_term"])],
            discount_rate=case["nominal_discount_rate"],
        )
    )
    close(flows.interest, o["cf_debt_payment_interest"], capex)
    close(flows.principal, o["cf_debt_payment_principal"], capex)
    close(flows.debt_balance, o["cf_debt_balance"], capex)
    close(flows.equity, o["cf_after_tax_cash_flow"] - tax_savings, capex)


def test_all_are_here() -> None:
    assert (len(PROJECTS), len(COMMERCIAL), len(RESIDENTIAL)) == (15, 3, 3)
    mapped = {"cf_after_tax_cash_flow", "cf_payback_with_expenses", "cf_fed_depreciation", "cf_debt_balance"}
    mapped |= {"cf_debt_payment_interest", "cf_debt_payment_principal", "cf_fed_tax_savings"}
    inputs = {"cf_energy_value", "cf_operating_expenses"}
    for case in PROJECTS:
        assert {name for name in case["expected"] if name.startswith("cf_")} == mapped | inputs


@pytest.mark.parametrize("case", PROJECTS, ids=[case["id"] for case in PROJECTS])
def test_escalated_inputs(case: dict[str, Any]) -> None:
    i, expected = case["inputs"], case["expected"]
    inputs = pysam_project(i, 0.0)
    salvage = np.zeros(i["years"])
    salvage[-1] = i["salvage_pct_of_capex"] / 100 * i["capex"]  # the source books it as a negative cost
    close(inputs.benefit_vnd, expected["cf_energy_value"][1:], i["capex"])
    close(inputs.opex_vnd - salvage, expected["cf_operating_expenses"][1:], i["capex"])


def test_a_batch_is_its_projects() -> None:
    """The cases of 15 years without a grant, as rows of one call."""
    grants = [
        f"grant_{giver}_{kind}" for giver in ("central", "provincial") for kind in ("amount", "percent")
    ]
    rows = [
        case
        for case in PROJECTS
        if case["inputs"]["years"] == 15 and not any(case["inputs"][grant] for grant in grants)
    ]
    alone = [pysam_project(case["inputs"], 0.0) for case in rows]
    together = finance.project(
        finance.ProjectInputs(
            capex_vnd=np.array([p.capex_vnd for p in alone]),
            benefit_vnd=np.array([p.benefit_vnd for p in alone]),
            opex_vnd=np.array([p.opex_vnd for p in alone]),
            depreciation_fractions=np.array([p.depreciation_fractions for p in alone]),
            tax_rate=np.array([[p.tax_rate] for p in alone]),
            salvage_vnd=np.array([p.salvage_vnd for p in alone]),
            discount_rate=np.array([p.discount_rate for p in alone]),
        )
    )
    assert len(rows) >= 5
    for k, inputs in enumerate(alone):
        single = finance.project(inputs)
        np.testing.assert_allclose(together.equity[k], single.equity)
        np.testing.assert_allclose(together.irr[k], single.irr)
        np.testing.assert_allclose(together.npv_vnd[k], single.npv_vnd)
        assert together.irr_status[k] == single.irr_status

"""The worked example of the Green Credit Trust Fund (GCTF, run in Viet Nam 2007-2017).

100,000 USD saves 20,000 USD a year; the fund reimburses 25 %. It prints a payback of 5 years without and
3.75 years with the reward (it writes "3,75 USD", a slip of the unit; rows C088 and C089 of
``published_cases.csv``). The example takes the reward off the investment, so it counts in year 0 here.
"""

from __future__ import annotations

import numpy as np
import pytest

from sxsh_options.finance import Grant, ProjectInputs, project

YEARS = 10


def payback(grants: list[Grant]) -> float:
    inputs = ProjectInputs(
        capex_vnd=100_000.0,
        benefit_vnd=np.full(YEARS, 20_000.0),
        opex_vnd=np.zeros(YEARS),
        depreciation_fractions=np.zeros(YEARS),
        tax_rate=0.0,
        tax_credit_vnd=np.zeros(YEARS),
        grants=grants,
        loans=[],
        salvage_vnd=0.0,
        discount_rate=0.10,
    )
    return float(project(inputs).payback_before_financing_years)


def test_payback_before_the_reward() -> None:
    assert payback([]) == pytest.approx(5.0, abs=1e-12)


def test_payback_after_the_reward() -> None:
    reward = Grant(amount_vnd=25_000.0, year=0, taxable=False, reduces_basis=False)
    assert payback([reward]) == pytest.approx(3.75, abs=1e-12)

"""The chain by hand, and what it refuses."""

from typing import Any

import numpy as np
import pytest

from sxsh_options.errors import FinanceError
from sxsh_options.finance import Grant, Loan, ProjectInputs, project

PLAIN: dict[str, Any] = {"capex_vnd": 1000.0, "benefit_vnd": [600.0, 600.0], "discount_rate": 0.25}


def run(**inputs: Any) -> Any:
    return project(ProjectInputs(**{**PLAIN, **inputs}))


def test_plain() -> None:
    flows = run(opex_vnd=100.0)
    np.testing.assert_allclose(flows.unlevered, [-1000.0, 500.0, 500.0])
    np.testing.assert_array_equal(flows.equity, flows.unlevered)
    for column in (flows.tax, flows.depreciation, flows.interest, flows.principal, flows.debt_balance):
        np.testing.assert_array_equal(column, np.zeros(3))
    assert flows.npv_vnd == pytest.approx(-1000 + 400 + 320)
    assert (flows.irr, flows.irr_status) == (0.0, "unique")
    assert flows.payback_before_financing_years == 2.0


def test_tax_and_loan() -> None:
    """Depreciation 500, tax 20 %: year 1 pays (600-500) x 0.2 = 20; the interest of 50 saves 10 of it."""
    flows = run(
        depreciation_fractions=[0.5, 0.5],
        tax_rate=0.2,
        loans=[Loan(500.0, 0.1, 2, repayment="equal_principal")],
    )
    np.testing.assert_allclose(flows.depreciation, [0.0, 500.0, 500.0])
    np.testing.assert_allclose(flows.unlevered, [-1000.0, 580.0, 580.0])
    np.testing.assert_allclose(flows.tax, [0.0, 10.0, 15.0])
    np.testing.assert_allclose(flows.equity, [-500.0, 600 - 10 - 50 - 250, 600 - 15 - 25 - 250])
    np.testing.assert_allclose(flows.debt_balance, [500.0, 250.0, 0.0])


@pytest.mark.parametrize(
    ("grant", "depreciation", "tax", "unlevered"),
    [
        (Grant(200.0, 0, taxable=False, reduces_basis=True), 400.0, [40.0, 40.0], [-800.0, 560.0, 560.0]),
        (Grant(200.0, 1, taxable=False, reduces_basis=True), 400.0, [40.0, 40.0], [-1000.0, 760.0, 560.0]),
        (Grant(200.0, 0, taxable=True, reduces_basis=False), 500.0, [60.0, 20.0], [-800.0, 540.0, 580.0]),
        (Grant(200.0, 2, taxable=True, reduces_basis=False), 500.0, [20.0, 60.0], [-1000.0, 580.0, 740.0]),
        (Grant(1500.0, 0, taxable=False, reduces_basis=True), 0.0, [120.0, 120.0], [500.0, 480.0, 480.0]),
    ],
)
def test_grants(grant: Grant, depreciation: float, tax: list[float], unlevered: list[float]) -> None:
    flows = run(depreciation_fractions=[0.5, 0.5], tax_rate=0.2, grants=[grant])
    np.testing.assert_allclose(flows.depreciation, [0.0, depreciation, depreciation])
    np.testing.assert_allclose(flows.tax, [0.0, *tax])
    np.testing.assert_allclose(flows.unlevered, unlevered)


def test_salvage_credit_and_later_capex() -> None:
    """Year 2: income 600 - 300 + 100 = 400, tax 80 less a credit of 30."""
    flows = run(
        tax_rate=0.2,
        salvage_vnd=100.0,
        tax_credit_vnd=[0.0, 30.0],
        later_capex_vnd=[300.0, -50.0],
        later_depreciation_vnd=[0.0, 300.0],
    )
    np.testing.assert_allclose(flows.depreciation, [0.0, 0.0, 300.0])
    np.testing.assert_allclose(flows.tax, [0.0, 120.0, 50.0])
    np.testing.assert_allclose(flows.unlevered, [-1000.0, 600 - 300 - 120, 600 + 50 + 100 - 50])


def test_losses() -> None:
    """All is deducted in year 1: a loss of 400. Other profit saves 80 at once; alone it waits for year 2."""
    given: dict[str, Any] = {"depreciation_fractions": [1.0, 0.0], "tax_rate": 0.2}
    np.testing.assert_allclose(run(**given).tax, [0.0, -80.0, 120.0])
    carried = run(**given, loss_treatment="carry_forward", loss_carry_years=5)
    np.testing.assert_allclose(carried.tax, [0.0, 0.0, 40.0])


def test_tax_rate_by_year() -> None:
    np.testing.assert_allclose(run(tax_rate=[0.2, 0.1]).tax, [0.0, 120.0, 60.0])


def test_a_loan_longer_than_the_project() -> None:
    loan = Loan(300.0, 0.1, 3, repayment="equal_principal")
    owed, repaid = run(loans=[loan]), run(loans=[loan], debt_at_horizon="repaid")
    np.testing.assert_allclose(owed.debt_balance, [300.0, 200.0, 100.0])
    np.testing.assert_allclose(owed.principal, [0.0, 100.0, 100.0])
    np.testing.assert_allclose(repaid.debt_balance, [300.0, 200.0, 0.0])
    np.testing.assert_allclose(repaid.principal, [0.0, 100.0, 200.0])
    np.testing.assert_allclose(owed.equity - repaid.equity, [0.0, 0.0, 100.0])


def test_batches_broadcast() -> None:
    """Two investments by three draws of the benefit; grants and loans differ by investment."""
    capex = np.array([[1000.0], [2000.0]])
    benefit = np.array([[600.0, 600.0], [700.0, 700.0], [800.0, 800.0]])
    flows = project(
        ProjectInputs(
            capex_vnd=capex,
            benefit_vnd=benefit,
            discount_rate=0.1,
            depreciation_fractions=0.5,
            tax_rate=0.2,
            grants=[Grant(capex * 0.1, 1, taxable=False, reduces_basis=True)],
            loans=[Loan(capex * 0.5, 0.1, 2)],
        )
    )
    assert flows.equity.shape == (2, 3, 3)
    assert flows.irr_status.shape == flows.npv_vnd.shape == (2, 3)
    alone = project(
        ProjectInputs(
            capex_vnd=2000.0,
            benefit_vnd=benefit[2],
            discount_rate=0.1,
            depreciation_fractions=[0.5, 0.5],
            tax_rate=0.2,
            grants=[Grant(200.0, 1, taxable=False, reduces_basis=True)],
            loans=[Loan(1000.0, 0.1, 2)],
        )
    )
    np.testing.assert_allclose(flows.equity[1, 2], alone.equity)
    np.testing.assert_allclose(flows.npv_vnd[1, 2], alone.npv_vnd)


def test_the_identity_of_the_columns() -> None:
    flows = run(
        opex_vnd=[10.0, 20.0],
        depreciation_fractions=[0.3, 0.3],
        tax_rate=0.2,
        grants=[Grant(50.0, 1, taxable=True, reduces_basis=False)],
        loans=[Loan(300.0, 0.1, 2)],
        salvage_vnd=70.0,
    )
    outside = np.array([-1000.0 + 300.0, 590.0 + 50.0, 580.0 + 70.0])
    np.testing.assert_allclose(flows.equity, outside - flows.tax - flows.interest - flows.principal)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(FinanceError) as error:
        run(
            capex_vnd=-1.0,
            opex_vnd=[1.0, 2.0, 3.0],
            depreciation_fractions=[0.9, 0.9],
            tax_rate=20.0,
            tax_credit_vnd="none",
            salvage_vnd=float("inf"),
            discount_rate=-1.0,
            loss_treatment="forgotten",
            debt_at_horizon="forgiven",
            grants=[Grant(-5.0, 3, taxable=False, reduces_basis=False), Grant("much", 0, False, False)],  # type: ignore[arg-type]
        )
    faults = sorted((m.place.field, m.code) for m in error.value.messages if m.place and m.place.field)
    assert faults == [
        ("capex_vnd", "finance.negative"),
        ("debt_at_horizon", "finance.unknown_choice"),
        ("depreciation_fractions", "finance.over_depreciated"),
        ("discount_rate", "finance.rate_too_low"),
        ("grants[0].amount_vnd", "finance.negative"),
        ("grants[0].year", "finance.year_outside"),
        ("grants[1].amount_vnd", "finance.not_numbers"),
        ("loss_treatment", "finance.unknown_choice"),
        ("opex_vnd", "finance.wrong_shape"),
        ("salvage_vnd", "finance.not_finite"),
        ("tax_credit_vnd", "finance.not_numbers"),
        ("tax_rate", "finance.tax_rate"),
    ]


@pytest.mark.parametrize(
    ("inputs", "field", "code"),
    [
        ({"benefit_vnd": 600.0}, "benefit_vnd", "finance.no_years"),
        ({"benefit_vnd": []}, "benefit_vnd", "finance.no_years"),
        ({"capex_vnd": [1.0, 2.0], "discount_rate": [0.1, 0.2, 0.3]}, "discount_rate", "finance.wrong_shape"),
        (
            {"loans": [Loan([1.0, 2.0], 0.1, 2)], "capex_vnd": [1.0, 2.0, 3.0]},
            "loans[0].principal_vnd",
            "finance.wrong_shape",
        ),
        ({"loss_treatment": "carry_forward"}, "loss_carry_years", "finance.not_positive"),
        ({"tax_rate": [-0.1, 0.2]}, "tax_rate", "finance.tax_rate"),
        ({"depreciation_fractions": [-0.5, 0.5]}, "depreciation_fractions", "finance.negative"),
    ],
)
def test_faults(inputs: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(FinanceError) as error:
        ProjectInputs(**{**PLAIN, **inputs})
    assert [(m.place.field if m.place else None, m.code) for m in error.value.messages] == [(field, code)]

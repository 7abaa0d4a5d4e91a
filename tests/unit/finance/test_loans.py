"""Loan schedules by hand."""

import numpy as np
import pytest

from sxsh_options.errors import FinanceError
from sxsh_options.finance import Loan, loan_schedule


def test_annuity() -> None:
    """210 at 10 % over 2 years: 121 a year."""
    schedule = loan_schedule(Loan(210.0, 0.1, 2), 3)
    np.testing.assert_allclose(schedule.interest, [0.0, 21.0, 11.0, 0.0])
    np.testing.assert_allclose(schedule.principal, [0.0, 100.0, 110.0, 0.0])
    np.testing.assert_allclose(schedule.balance, [210.0, 110.0, 0.0, 0.0])
    assert schedule.balance[2] == 0.0


def test_equal_principal_after_grace() -> None:
    """Interest only in years 1 and 2, then 100 a year."""
    schedule = loan_schedule(Loan(300.0, 0.1, 5, grace_years=2, repayment="equal_principal"), 5)
    np.testing.assert_allclose(schedule.interest, [0.0, 30.0, 30.0, 30.0, 20.0, 10.0])
    np.testing.assert_allclose(schedule.principal, [0.0, 0.0, 0.0, 100.0, 100.0, 100.0])
    np.testing.assert_allclose(schedule.balance, [300.0, 300.0, 300.0, 200.0, 100.0, 0.0], atol=1e-12)


def test_annuity_after_grace() -> None:
    schedule = loan_schedule(Loan(210.0, 0.1, 3, grace_years=1), 3)
    np.testing.assert_allclose(schedule.interest, [0.0, 21.0, 21.0, 11.0])
    np.testing.assert_allclose(schedule.principal, [0.0, 0.0, 100.0, 110.0])


def test_without_interest() -> None:
    schedule = loan_schedule(Loan(90.0, 0.0, 3), 3)
    np.testing.assert_allclose(schedule.principal, [0.0, 30.0, 30.0, 30.0])
    assert not schedule.interest.any()


def test_cut_off_within_the_term() -> None:
    schedule = loan_schedule(Loan(210.0, 0.1, 2), 1)
    np.testing.assert_allclose(schedule.balance, [210.0, 110.0])


def test_a_principal_for_each_project() -> None:
    schedule = loan_schedule(Loan(np.array([210.0, 0.0, 420.0]), 0.1, 2), 2)
    np.testing.assert_allclose(schedule.principal, [[0, 100, 110], [0, 0, 0], [0, 200, 220]])


def test_every_fault_at_once() -> None:
    with pytest.raises(FinanceError) as error:
        Loan(-5.0, -1.5, 3, grace_years=3, repayment="bullet")  # type: ignore[arg-type]
    faults = {m.place.field: m.code for m in error.value.messages if m.place}
    assert faults == {
        "principal_vnd": "finance.negative",
        "rate": "finance.rate_too_low",
        "grace_years": "finance.grace",
        "repayment": "finance.unknown_choice",
    }


@pytest.mark.parametrize("term", [0, -1, float("nan"), float("inf")])
def test_term(term: float) -> None:
    with pytest.raises(FinanceError) as error:
        Loan(5.0, 0.1, term)  # type: ignore[arg-type]
    assert [m.code for m in error.value.messages] == ["finance.not_positive"]


def test_principal_that_is_no_number() -> None:
    with pytest.raises(FinanceError) as error:
        Loan(float("nan"), float("inf"), 3)
    assert [m.code for m in error.value.messages] == ["finance.not_finite", "finance.not_finite"]

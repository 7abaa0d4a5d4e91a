"""Tax rates by year, and losses carried forward."""

import numpy as np
import pytest

from sxsh_options.errors import FinanceError
from sxsh_options.finance import TaxProfile, taxable_after_losses


def test_rates_by_calendar_year() -> None:
    company = TaxProfile("company", {2016: 0.2, 2027: 0.17})
    np.testing.assert_array_equal(company.rates(2025, 4), [0.2, 0.2, 0.17, 0.17])
    np.testing.assert_array_equal(TaxProfile("household").rates(2026, 3), [0.0, 0.0, 0.0])
    np.testing.assert_array_equal(TaxProfile().rates(2026, 2), [0.0, 0.0])


def test_a_year_before_the_first_known() -> None:
    for known in ({2016: 0.2}, {}):
        with pytest.raises(FinanceError) as error:
            TaxProfile("company", known).rates(2015, 3)
        assert error.value.messages[0].code == "finance.tax_year_unknown"


def test_rates_and_kinds_that_cannot_be() -> None:
    with pytest.raises(FinanceError) as error:
        TaxProfile("company", {2016: 20.0, 2017: -0.1, 2018: 0.2})
    assert [m.code for m in error.value.messages] == ["finance.tax_rate", "finance.tax_rate"]
    with pytest.raises(FinanceError) as error:
        TaxProfile("charity")  # type: ignore[arg-type]
    assert error.value.messages[0].code == "finance.unknown_choice"


def test_losses_are_used_oldest_first_and_lapse() -> None:
    """100 and 50 lost; carried two years, 60 of the first loss lapses after year 3."""
    income = np.array([-100.0, -50.0, 40.0, 70.0, 30.0])
    np.testing.assert_allclose(taxable_after_losses(income, 2), [0.0, 0.0, 0.0, 20.0, 30.0])
    np.testing.assert_allclose(taxable_after_losses(income, 5), [0.0, 0.0, 0.0, 0.0, 0.0])
    np.testing.assert_allclose(income, [-100.0, -50.0, 40.0, 70.0, 30.0])


def test_oldest_first_matters() -> None:
    """30 of income in year 3 uses the loss that lapses, so the younger one is left for year 4."""
    income = np.array([-30.0, -30.0, 30.0, 30.0])
    np.testing.assert_allclose(taxable_after_losses(income, 2), [0.0, 0.0, 0.0, 0.0])

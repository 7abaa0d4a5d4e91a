"""Cash flows and their indicators, tax, grants and loans; the conventions are in ``docs/finance.md``.

Money is in VND, rates are fractions a year, year 0 comes first and is not discounted. Arrays of cash
flows have the shape ``(T+1,)`` for one project or ``(..., T+1)`` for many.
"""

from sxsh_options.finance.depreciation import (
    declining_balance,
    later_depreciation,
    straight_line,
    units_of_production,
)
from sxsh_options.finance.indicators import (
    benefit_cost_ratio,
    capital_recovery_factor,
    discount_factors,
    discounted_payback,
    equivalent_annual,
    mirr,
    npv,
    profitability_index,
    real_to_nominal,
    return_on_investment,
    simple_payback,
)
from sxsh_options.finance.irr import STATUSES, irr, irr_and_status, irr_roots, irr_status
from sxsh_options.finance.loans import Loan, LoanSchedule, Repayment, effective_rate, loan_schedule
from sxsh_options.finance.project import DebtAtHorizon, Grant, ProjectCashFlows, ProjectInputs, project
from sxsh_options.finance.series import escalate, replacements
from sxsh_options.finance.taxes import LossTreatment, TaxKind, TaxProfile, taxable_after_losses

__all__ = [
    "STATUSES",
    "DebtAtHorizon",
    "Grant",
    "Loan",
    "LoanSchedule",
    "LossTreatment",
    "ProjectCashFlows",
    "ProjectInputs",
    "Repayment",
    "TaxKind",
    "TaxProfile",
    "benefit_cost_ratio",
    "capital_recovery_factor",
    "declining_balance",
    "discount_factors",
    "discounted_payback",
    "effective_rate",
    "equivalent_annual",
    "escalate",
    "irr",
    "irr_and_status",
    "irr_roots",
    "irr_status",
    "later_depreciation",
    "loan_schedule",
    "mirr",
    "npv",
    "profitability_index",
    "project",
    "real_to_nominal",
    "replacements",
    "return_on_investment",
    "simple_payback",
    "straight_line",
    "taxable_after_losses",
    "units_of_production",
]

"""What an assessment is made of, and the rules that hold inside one document."""

from sxsh_options.model.assessment import (
    SCHEMA_VERSION,
    Assessment,
    Assumptions,
    Confirmation,
    Override,
    TaxAssumption,
    Weights,
)
from sxsh_options.model.facility import DAYS_PER_YEAR, Baseline, Facility, Flow, Production
from sxsh_options.model.financing import Financing, LoanOffer, Objective, RemainingBudget, SourceChoice
from sxsh_options.model.links import broken_links
from sxsh_options.model.option import (
    Answer,
    Benefit,
    Category,
    CostItem,
    CostKind,
    Decision,
    Option,
    Saving,
    TechnicalFeasibility,
)
from sxsh_options.model.project import Project
from sxsh_options.model.rows import CostMoney, ExchangeRate, Money

__all__ = [
    "DAYS_PER_YEAR",
    "SCHEMA_VERSION",
    "Answer",
    "Assessment",
    "Assumptions",
    "Baseline",
    "Benefit",
    "Category",
    "Confirmation",
    "CostItem",
    "CostKind",
    "CostMoney",
    "Decision",
    "ExchangeRate",
    "Facility",
    "Financing",
    "Flow",
    "LoanOffer",
    "Money",
    "Objective",
    "Option",
    "Override",
    "Production",
    "Project",
    "RemainingBudget",
    "Saving",
    "SourceChoice",
    "TaxAssumption",
    "TechnicalFeasibility",
    "Weights",
    "broken_links",
]

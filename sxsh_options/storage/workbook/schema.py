"""Which sheets the workbook has and what is in them: the one description that writing and reading follow."""

from __future__ import annotations

from sxsh_options.model import Project
from sxsh_options.storage.workbook.columns import (
    AFTER_SAVINGS,
    BENEFIT,
    COST,
    IDS,
    INVESTMENT,
    PAYBACK,
    WRITTEN_UNIT,
    Column,
    Form,
    Table,
)

_NOTE = Column("note", width=36.0)
_CURRENCY = Column("currency", "currency", width=9.0)
_ID = Column("id", "id", width=12.0)
_OPTION = Column("option", "option", width=16.0, required=True)
_VAT = (Column("vat_rate", "share", width=10.0), Column("vat_deductible", "choice", "yes_no", 12.0))

FACILITY = Form(
    "facility",
    (
        Column("title", group="main"),
        Column("facility.name", required=True),
        Column("facility.sector", "choice", "sector"),
        Column("facility.legal_form", "choice", "legal_form"),
        Column("facility.province"),
        Column("facility.commune"),
        Column("facility.employees_insured", "whole"),
        Column("facility.revenue_vnd", "number"),
        Column("baseline.start", "day", group="baseline"),
        Column("baseline.end", "day"),
        Column("baseline.wastewater_treatment", "choice", "wastewater"),
        Column("facility.note"),
        Column("note"),
        Column("source"),
        Column("bundle", "options"),
        Column("facility.capital_vnd", "number", group="enterprise"),
        Column("facility.ownership", "choice", "ownership"),
        Column("facility.women_owned", "choice", "yes_no"),
        Column("facility.founded_on", "day"),
        Column("facility.tax_code"),
        Column("facility.vsic"),
        Column("facility.commune_kind", "choice", "commune_kind", group="place"),
        Column("facility.craft_village", "choice", "yes_no"),
        Column("facility.industrial_zone", "choice", "yes_no"),
        Column("facility.province_before_merger"),
        Column("facility.commune_kind_before_merger", "choice", "commune_kind_before"),
        Column("facility.district_kind_before_merger", "choice", "district_kind_before"),
        Column("facility.city_class_before_merger", "choice", "city_class_before"),
        Column("facility.ward_converted_on", "day"),
        Column("facility.applies_cleaner_production", "choice", "yes_no", group="project"),
        Column("facility.environmental_permit", "choice", "yes_no"),
        *(
            Column(f"project.{name}", "share")
            if "share" in name or "improvement" in name
            else Column(f"project.{name}", "choice", "yes_no")
            for name in Project.model_fields
        ),
        Column("id", "id", group="program"),
    ),
)
ASSUMPTIONS = Form(
    "assumptions",
    (
        Column("discount_rate", "share"),
        Column("discount_rate_is_real", "choice", "yes_no"),
        Column("inflation_rate", "share"),
        Column("analysis_years", "whole"),
        Column("benefit_growth", "share"),
        Column("opex_growth", "share"),
        Column("tax.profile", "choice", "tax_profile"),
        Column("tax.rate", "share"),
        Column("tax.losses", "choice", "losses"),
        Column("grid_data_year", "whole"),
        Column("gas_set", "choice", "gas_set"),
        Column("weights.technical", "number"),
        Column("weights.economic", "number"),
        Column("weights.environmental", "number"),
    ),
)
FINANCING = Form(
    "financing",
    (
        Column("objective", "choice", "objective"),
        Column("may_leave_out", "choice", "yes_no"),
        Column("own_capital_vnd", "number"),
        Column("own_share_min", "share"),
        Column("public_share_max", "share"),
        Column("collateral_vnd", "number"),
        Column("lent_against_collateral", "share"),
        Column("min_debt_service_cover", "number"),
        Column("months_to_payout", "whole"),
        Column("bridge_rate", "share"),
        Column("usual_bank_loan", "choice", "yes_no"),
    ),
)
LOANS = Table(
    "loans",
    "financing.loans",
    (
        Column("name", width=30.0),
        Column("source", "choice", "source", 36.0),
        Column("rate", "share", width=12.0, required=True),
        Column("fixed_years", "whole", width=12.0),
        Column("later_rate", "share", width=12.0),
        Column("term_years", "whole", width=12.0, required=True),
        Column("grace_years", "whole", width=12.0),
        Column("repayment", "choice", "repayment", 22.0),
        Column("fee_share", "share", width=12.0),
        Column("share_max", "share", width=14.0),
        Column("amount_max_vnd", "number", width=18.0),
        _ID,
    ),
)
CHOICES = Table(
    "choices",
    "financing.sources",
    (
        Column("id", "choice", "source", 60.0, True),
        Column("use", "choice", "use", 24.0, True),
        Column("amount_vnd", "number", width=18.0),
    ),
)
BUDGETS = Table(
    "budgets",
    "financing.remaining_budgets",
    (
        Column("id", "choice", "source", 60.0, True),
        Column("remaining_vnd", "number", width=22.0),
        Column("told_by", width=36.0),
    ),
)
PRODUCTION = Table(
    "production",
    "baseline.production",
    (
        Column("name", width=36.0, required=True),
        Column("quantity", "number", width=18.0, required=True),
        Column("unit", width=16.0, required=True),
        _ID,
    ),
)
SUPPORT = Table(
    "support",
    "facility.previous_state_support",
    (
        Column("cost_item", "choice", "supported_item", 30.0),
        Column("source", width=36.0),
        Column("year", "whole", width=10.0),
        Column("amount_vnd", "number", width=18.0),
        _ID,
    ),
)
FLOWS = Table(
    "flows",
    "baseline.flows",
    (
        Column("id", "id", width=14.0),
        Column("resource", "choice", "resource", 26.0, True),
        Column("name", width=24.0),
        Column("process_step", width=20.0),
        Column("end_use", "choice", "end_use", 22.0),
        Column("quantity", "number", width=16.0, required=True),
        Column("unit", "unit", "unit", 11.0, True),
        Column("unit_price", "money", width=14.0),
        _CURRENCY,
        *_VAT,
        _NOTE,
        Column(COST, "formula", width=17.0),
        Column(WRITTEN_UNIT, "hidden"),
        Column("_canonical", "formula"),
        Column("_price", "formula"),
        Column("_weight", "formula"),
        Column("_weighted", "formula"),
    ),
)
OPTIONS = Table(
    "options",
    "options",
    (
        Column("id", "id", width=14.0),
        Column("name", width=40.0, required=True),
        Column("category", "choice", "category", 22.0),
        Column("process_step", width=18.0),
        Column(INVESTMENT, "money", width=17.0),
        Column(AFTER_SAVINGS, "money", width=17.0),
        Column("opex_change", "money", width=17.0),
        _CURRENCY,
        Column("technical_life_years", "whole", width=10.0, required=True),
        Column("decision.triage", "choice", "triage", 16.0),
        Column("decision.reason", width=28.0),
        Column(BENEFIT, "formula", width=17.0),
        Column(PAYBACK, "formula", width=13.0),
        Column(IDS, "hidden"),
    ),
)
FURTHER = Table(
    "further",
    "options",
    (
        _OPTION,
        Column("name_en", width=30.0),
        Column("annual_saving_low", "money", width=16.0),
        Column("annual_saving_high", "money", width=16.0),
        Column("depreciation_life_years", "whole", width=12.0),
        Column("lead_time_months", "number", width=12.0),
        Column("downtime_days", "number", width=12.0),
        Column("downtime_cost", "money", width=16.0),
        Column("working_capital", "money", width=16.0),
        Column("salvage", "money", width=16.0),
        *(
            Column(f"feasibility.{question}", "choice", "answer", 16.0)
            for question in (
                "quality",
                "capacity",
                "space",
                "downtime",
                "compatibility",
                "operation_maintenance",
                "training",
                "safety",
            )
        ),
        Column("excludes", "options", width=18.0),
        Column("requires", "options", width=18.0),
        Column("interaction_group", "id", width=16.0),
        Column("stated_co2e_t_per_year", "number", width=14.0),
        Column("catalogue_id", "id", width=14.0),
        _NOTE,
        Column("source", width=30.0),
        Column("_once", "formula"),
    ),
)
COSTS = Table(
    "costs",
    "capex",
    (
        _OPTION,
        Column("kind", "choice", "cost", 24.0, True),
        Column("name", width=30.0),
        Column("amount", "money", width=17.0, required=True),
        _CURRENCY,
        Column("low", "money", width=16.0),
        Column("high", "money", width=16.0),
        Column("suggested", "money", width=16.0),
        *_VAT,
        _ID,
        Column("_vnd", "formula"),
    ),
)
SAVINGS = Table(
    "savings",
    "savings",
    (
        _OPTION,
        Column("resource", "choice", "resource", 26.0, True),
        Column("quantity", "number", width=16.0),
        Column("unit", "unit", "unit", 11.0),
        Column("percent", "percent", width=12.0),
        Column("of_flow", "flow", width=14.0),
        Column("base_share", "share", width=12.0),
        Column("end_use", "choice", "end_use", 22.0),
        Column("low", "band", width=14.0),
        Column("high", "band", width=14.0),
        Column("id", "id", width=18.0),
        Column(WRITTEN_UNIT, "hidden"),
        Column("_canonical", "formula"),
        Column("_vnd", "formula"),
    ),
)
BENEFITS = Table(
    "benefits",
    "benefits",
    (
        _OPTION,
        Column("kind", "choice", "benefit", 26.0, True),
        Column("name", width=30.0),
        Column("amount", "money", width=17.0, required=True),
        _CURRENCY,
        Column("low", "money", width=16.0),
        Column("high", "money", width=16.0),
        _ID,
        Column("_vnd", "formula"),
    ),
)
GROWTH = Table(
    "growth",
    "assumptions.price_growth",
    (
        Column("resource", "choice", "resource", 30.0, True),
        Column("growth", "share", width=14.0, required=True),
    ),
)
RATES = Table(
    "rates",
    "exchange_rates",
    (
        Column("currency", width=12.0, required=True),
        Column("vnd_per_unit", "number", width=16.0, required=True),
        Column("on", "day", width=13.0, required=True),
        Column("source", width=40.0, may_be_blank=True),
        Column("evidence", "choice", "evidence", 26.0),
        _ID,
    ),
)
OVERRIDES = Table(
    "overrides",
    "overrides",
    (
        Column("kind", "choice", "override", 24.0, True),
        Column("key", "choice", "key", 30.0, True),
        Column("value", "number", width=16.0, required=True),
        Column("unit", "unit", "unit", 12.0, may_be_blank=True),
        Column("reason", width=40.0, required=True),
        Column("by", width=20.0),
        Column("on", "day", width=13.0),
        _ID,
        Column(WRITTEN_UNIT, "hidden"),
        Column("_price", "formula"),
    ),
)
CONFIRMATIONS = Table(
    "confirmations",
    "confirmations",
    (
        Column("question", "id", width=30.0, required=True),
        Column("option", "id", width=16.0, required=True),
        Column("figures", width=30.0, may_be_blank=True),
        Column("reason", width=40.0, required=True),
        Column("by", width=20.0),
        Column("on", "day", width=13.0),
        _ID,
    ),
)

FORMS = (FACILITY, ASSUMPTIONS, FINANCING)
TABLES = (
    PRODUCTION,
    FLOWS,
    OPTIONS,
    COSTS,
    SAVINGS,
    BENEFITS,
    FURTHER,
    SUPPORT,
    LOANS,
    CHOICES,
    BUDGETS,
    GROWTH,
    RATES,
    OVERRIDES,
    CONFIRMATIONS,
)
GUIDE, LISTS, FAULTS = "guide", "lists", "faults"  # the sheets that nothing is read from
VERSION = 1  # of this arrangement
ORDER = (
    GUIDE,
    FACILITY.key,
    PRODUCTION.key,
    FLOWS.key,
    OPTIONS.key,
    COSTS.key,
    SAVINGS.key,
    BENEFITS.key,
    FURTHER.key,
    SUPPORT.key,
    FINANCING.key,
    LOANS.key,
    CHOICES.key,
    BUDGETS.key,
    ASSUMPTIONS.key,
    GROWTH.key,
    RATES.key,
    OVERRIDES.key,
    CONFIRMATIONS.key,
)

# Columns of the flat options table in their own names: such a table may come as a workbook too.
FLAT_NAMES = {
    "option_id": "id",
    "capex_vnd": INVESTMENT,
    "annual_saving_vnd": AFTER_SAVINGS,
    "opex_change_vnd_per_year": "opex_change",
    "lifetime_years": "technical_life_years",
}

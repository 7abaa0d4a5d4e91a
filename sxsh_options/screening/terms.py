"""The terms of an evaluation: every assumption resolved to a number, with its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sxsh_options import finance
from sxsh_options.errors import Message, message
from sxsh_options.model import Assessment, Weights
from sxsh_options.parameters import ParameterSet
from sxsh_options.screening.results import AssumptionUsed
from sxsh_options.screening.valuation import overridden, source_of

# Parameters that an assessment can replace by an override; of no other one would it have any effect.
OVERRIDABLE = ("discount_rate.default", "fixed_asset.threshold")


@dataclass(frozen=True, slots=True)
class Terms:
    """What an evaluation rests on. The discount rate is nominal."""

    as_of: date
    discount_rate: float
    analysis_years: int | None
    tax: finance.TaxProfile
    loss_treatment: finance.LossTreatment
    loss_carry_years: int
    price_growth: dict[str, float]
    benefit_growth: float
    opex_growth: float
    fixed_asset_threshold_vnd: float  # of the day; only tax needs it
    gas_set: str
    weights: Weights
    low_cost_vnd: float
    quick_payback_years: float
    used: tuple[AssumptionUsed, ...] = field(default=())
    messages: tuple[Message, ...] = field(default=())


def resolve_terms(assessment: Assessment, parameters: ParameterSet, as_of: date) -> Terms:
    """Return the terms of an assessment: what it states, else the dated defaults of ``data/``.

    Parameters
    ----------
    assessment : Assessment
    parameters : ParameterSet
    as_of : date
        The day whose law, prices and factors count.
    """
    given = assessment.assumptions
    overrides = overridden(assessment, "parameter")
    used: list[AssumptionUsed] = []
    notes: list[Message] = []

    def default(parameter_id: str, name: str, unit: str = "") -> float:
        value = parameters.get(parameter_id, as_of)
        override = overrides.get(parameter_id)
        number = override.value if override else value.number
        used.append(AssumptionUsed(name, number, unit or value.unit, source_of(override or value)))
        notes.extend(value.messages)
        return number

    def stated(name: str, value: float | int | str | bool | None, unit: str = "") -> None:
        used.append(AssumptionUsed(name, value, unit))

    if given.discount_rate is None:
        rate = default("discount_rate.default", "discount_rate", "share")
    else:
        rate = given.discount_rate
        stated("discount_rate", rate, "share")
    if given.discount_rate_is_real and given.inflation_rate is not None:
        stated("inflation_rate", given.inflation_rate, "share")
        rate = float(finance.real_to_nominal(rate, given.inflation_rate))
        stated("discount_rate_nominal", rate, "share")
    stated("analysis_years", given.analysis_years, "years")
    if given.analysis_years is not None:
        stated("replacement_rule", "replaced_straight_line", "term")
    stated("tax_profile", given.tax.profile, "term")
    threshold, loss_years = 0.0, 0
    tax = finance.TaxProfile("household" if given.tax.profile == "household" else "none")
    if given.tax.profile == "company":
        if given.tax.rate is None:
            tax_rate = _company_tax_rate(assessment, parameters, as_of, used, notes)
        else:
            tax_rate = given.tax.rate
            stated("tax_rate", tax_rate, "share")
        tax = finance.TaxProfile("company", {as_of.year: tax_rate})
        threshold = default("fixed_asset.threshold", "fixed_asset_threshold", "VND")
        loss_years = int(parameters.get("corporate_income_tax.loss_carry_forward_years", as_of).number)
        stated("loss_treatment", given.tax.losses, "term")
    for resource, growth in given.price_growth.items():
        used.append(AssumptionUsed("price_growth", growth, "share", resource=resource))
    if given.benefit_growth:
        stated("benefit_growth", given.benefit_growth, "share")
    if given.opex_growth:
        stated("opex_growth", given.opex_growth, "share")
    stated("gas_set", given.gas_set)
    standard = parameters.get("cp_feasibility.weights", as_of)
    weights = given.weights or Weights.model_validate(standard.value)
    for name, value in weights:
        source = None if given.weights else source_of(standard)
        used.append(AssumptionUsed(f"weight_{name}", value, source=source))
    return Terms(
        as_of=as_of,
        discount_rate=rate,
        analysis_years=given.analysis_years,
        tax=tax,
        loss_treatment=given.tax.losses,
        loss_carry_years=loss_years,
        price_growth=dict(given.price_growth),
        benefit_growth=given.benefit_growth,
        opex_growth=given.opex_growth,
        fixed_asset_threshold_vnd=threshold,
        gas_set=given.gas_set,
        weights=weights,
        low_cost_vnd=parameters.get("cp_triage.low_cost", as_of).number,
        quick_payback_years=parameters.get("cp_triage.quick_payback", as_of).number,
        used=tuple(used),
        messages=tuple(notes),
    )


def _company_tax_rate(
    assessment: Assessment,
    parameters: ParameterSet,
    as_of: date,
    used: list[AssumptionUsed],
    notes: list[Message],
) -> float:
    """Return the corporate income tax rate of the facility's revenue band on the day.

    Without a revenue the general rate is taken, and a message says so.
    """
    bands = parameters.get("corporate_income_tax.rate", as_of)
    notes.extend(bands.messages)
    revenue = assessment.facility.revenue_vnd
    if revenue is None:
        notes.append(message("terms.revenue_unknown"))
    rate = next(
        float(band["rate"])
        for band in bands.value
        if band.get("revenue_up_to_vnd") is None
        or (revenue is not None and revenue <= band["revenue_up_to_vnd"])
    )
    used.append(AssumptionUsed("tax_rate", rate, "share", source_of(bands)))
    return rate

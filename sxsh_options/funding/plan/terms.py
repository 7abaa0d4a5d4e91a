"""The terms of a plan: what the owner stated, else the dated defaults of ``data/``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sxsh_options.errors import Message, ParameterError
from sxsh_options.model import Assessment, Financing, LoanOffer
from sxsh_options.parameters import DatedValue, ParameterSet
from sxsh_options.screening.results import AssumptionUsed
from sxsh_options.screening.terms import Terms, resolve_terms
from sxsh_options.screening.valuation import source_of

_UNITS = {"-": ""}  # a plain number has no unit to be shown
USUAL_LOAN = "vay_thuong_mai"  # the source that stands for any bank's loan


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """Everything that a plan assumes.

    Attributes
    ----------
    general : Terms
        Discount rate, tax, growth; the horizon is set.
    financing : Financing
    months_to_payout : int
        From investing until grants are paid.
    bridge_rate : float or None
        Yearly interest of what bridges that time; ``None`` where no rate is known.
    least_cover : float
        Of each year's debt service by the year's cash.
    usual_loan : LoanOffer or None
        Where no offer stands.
    usual_own_share : float
        Of the investment, what banks usually ask the owner to bring.
    taxable, reduces_basis : bool
        How the tax on profit treats a grant from the state budget.
    used : tuple of AssumptionUsed
    """

    general: Terms
    financing: Financing
    months_to_payout: int
    bridge_rate: float | None
    least_cover: float
    usual_loan: LoanOffer | None
    usual_own_share: float
    taxable: bool
    reduces_basis: bool
    used: tuple[AssumptionUsed, ...]
    messages: tuple[Message, ...]


def plan_terms(assessment: Assessment, parameters: ParameterSet, as_of: date) -> PlanTerms:
    """Return the terms of a plan on a day.

    Parameters
    ----------
    assessment : Assessment
    parameters : ParameterSet
    as_of : date
    """
    given = assessment.financing or Financing()
    used: list[AssumptionUsed] = []
    notes: list[Message] = []

    def default(parameter: str, name: str) -> float:
        value = parameters.get(parameter, as_of)
        unit = _UNITS.get(value.unit, value.unit)
        used.append(AssumptionUsed(name, value.number, unit, source_of(value)))
        notes.extend(value.messages)
        return value.number

    def stated(name: str, value: float, unit: str) -> float:
        used.append(AssumptionUsed(name, value, unit))
        return value

    months = (
        default("plan.months_to_payout", "months_to_payout")
        if given.months_to_payout is None
        else stated("months_to_payout", given.months_to_payout, "months")
    )
    cover = (
        default("plan.debt_service_cover", "min_debt_service_cover")
        if given.min_debt_service_cover is None
        else stated("min_debt_service_cover", given.min_debt_service_cover, "")
    )
    bridge: float | None = given.bridge_rate
    if bridge is not None:
        stated("bridge_rate", bridge, "share")
    elif (short := _known(parameters, "lending_rate.new_loans", as_of)) is not None:
        bridge = short.number
        used.append(AssumptionUsed("bridge_rate", bridge, "share", source_of(short)))
        notes.extend(short.messages)
    usual = _known(parameters, "plan.bank_loan", as_of)
    loan, own_share = None, 0.0 if usual is None else float(usual.value["own_share"])
    if not given.loans and given.usual_bank_loan is not False:
        loan = _usual_loan(parameters, as_of, used, notes)
    paid = as_of.year + (as_of.month - 1 + int(months)) // 12  # grants are taxed in the year they are paid
    tax = _known(parameters, "grant.tax_treatment", max(as_of, date(paid, 1, 1)))
    treatment = tax.value if tax is not None else {"taxable": True, "reduces_basis": False}
    return PlanTerms(
        general=resolve_terms(assessment, parameters, as_of),
        financing=given,
        months_to_payout=int(months),
        bridge_rate=bridge,
        least_cover=cover,
        usual_loan=loan,
        usual_own_share=own_share,
        taxable=bool(treatment["taxable"]),
        reduces_basis=bool(treatment["reduces_basis"]),
        used=tuple(used),
        messages=tuple(notes),
    )


def _known(parameters: ParameterSet, name: str, as_of: date) -> DatedValue | None:
    """Return a dated value, or ``None`` where none is known yet on the day."""
    try:
        return parameters.get(name, as_of)
    except ParameterError:
        return None


def _usual_loan(
    parameters: ParameterSet, as_of: date, used: list[AssumptionUsed], notes: list[Message]
) -> LoanOffer | None:
    rate = _known(parameters, "lending_rate.medium_long", as_of)
    if rate is None:
        return None
    usual = parameters.get("plan.bank_loan", as_of)
    used.append(AssumptionUsed("loan_rate", rate.number, "share", source_of(rate)))
    for name in ("term_years", "share_of_investment", "own_share"):
        unit = "years" if name == "term_years" else "share"
        used.append(AssumptionUsed(f"loan_{name}", usual.value[name], unit, source_of(usual)))
    notes.extend(rate.messages)
    return LoanOffer(
        id=USUAL_LOAN,
        source=USUAL_LOAN,
        rate=rate.number,
        term_years=int(usual.value["term_years"]),
        grace_years=int(usual.value["grace_years"]),
        share_max=float(usual.value["share_of_investment"]),
    )

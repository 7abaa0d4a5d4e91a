"""What an evaluation returns: numbers, codes and structured reasons for every option."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sxsh_options.errors import Message, message

Criterion = Literal["payback", "npv", "co2e", "score"]
PaybackStatus = Literal["paid_back", "never", "immediate"]
Triage = Literal["implement_now", "analyse_further", "rejected"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from and how it is known."""

    title: str
    evidence: str
    article: str = ""
    url: str = ""
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class InputUsed:
    """One input of a formula: a term (``term.<name>`` in the locales), its value and unit."""

    name: str
    value: float | int | str | None
    unit: str = ""
    source: Source | None = None
    resource: str | None = None  # when the input belongs to one resource, its id


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one number was computed: a formula (``formula.<id>`` in the locales) and its inputs."""

    quantity: str
    formula: str
    value: float | None
    unit: str
    inputs: tuple[InputUsed, ...]
    messages: tuple[Message, ...] = ()
    resource: str | None = None  # when the number belongs to one resource, its id


@dataclass(frozen=True, slots=True)
class Scores:
    """Feasibility scores, 0 (worst) to 100 (best); ``None`` where nothing was there to judge by."""

    technical: float | None
    economic: float | None
    environmental: float | None
    total: float | None


@dataclass(frozen=True, slots=True)
class RankedOption:
    """One option with its indicators, as every output shows them. Money in VND, nominal.

    A number that does not exist is ``None``: a payback that never comes, an IRR that is not unique.
    """

    rank: int | None  # None: failed the technical evaluation, so it is out
    option_id: str
    name: str
    capex_vnd: float
    net_annual_benefit_vnd: float
    simple_payback_years: float | None
    payback_status: PaybackStatus
    discounted_payback_years: float | None
    npv_vnd: float
    irr: float | None
    irr_status: str
    profitability_index: float | None
    equivalent_annual_vnd: float
    co2e_t_per_year: float | None  # None: a saved resource has no known factor
    abatement_cost_vnd_per_tco2e: float | None
    tier: int | None
    name_en: str
    category: str | None
    lifetime_years: int
    years: int  # that were looked at: its life, or the common horizon
    co2e_scope1_t_per_year: float | None
    co2e_scope2_t_per_year: float | None
    co2e_other_t_per_year: float  # beside the sum, never in it
    biogenic_co2_t_per_year: float  # reported, not counted
    co2e_t_over_life: float | None
    energy_toe_per_year: float
    physical_savings: dict[str, float]  # resource id -> canonical units a year
    scores: Scores
    triage: Triage
    triage_reasons: tuple[Message, ...]
    warnings: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class AssumptionUsed:
    """One assumption behind a result (``term.<name>``), with its source where it is a default."""

    name: str
    value: float | int | str | bool | None
    unit: str = ""
    source: Source | None = None
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class RankedList:
    """The ranked options, in order of rank, with what the ranking rests on."""

    by: Criterion
    measure: Literal["payback", "npv", "equivalent_annual", "co2e", "score"]  # what was compared
    worth: Literal["npv", "equivalent_annual"]  # which of the two may be held side by side here
    as_of: date
    assumptions: tuple[AssumptionUsed, ...]
    options: tuple[RankedOption, ...]
    messages: tuple[Message, ...] = ()
    explanations: dict[str, tuple[Explanation, ...]] = field(default_factory=dict)  # only those asked for
    cash_flows: dict[str, tuple[float, ...]] = field(default_factory=dict)  # of those, year 0 first
    ranks: dict[Criterion, dict[str, int]] = field(default_factory=dict)  # by id; who is out is in none


@dataclass(frozen=True, slots=True)
class ResourceTogether:
    """What the chosen options save of one resource, in canonical units a year."""

    resource: str
    unit: str
    saved_alone: float  # the sum of what each would save by itself
    saved_together: float
    base: float | None  # present use, where the baseline has it


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several options as one investment. Money in VND, nominal."""

    option_ids: tuple[str, ...]
    years: int  # common horizon; what lives shorter is bought again
    capex_vnd: float
    investment_vnd: float
    net_annual_benefit_vnd: float
    simple_payback_years: float | None
    payback_status: PaybackStatus
    discounted_payback_years: float | None
    npv_vnd: float
    irr: float | None
    irr_status: str
    equivalent_annual_vnd: float
    co2e_t_per_year: float | None
    energy_toe_per_year: float
    resources: tuple[ResourceTogether, ...]
    cash_flows_vnd: tuple[float, ...]
    consumption: tuple[Explanation, ...]
    messages: tuple[Message, ...]


_OF_QUANTITIES = (
    "co2e_t_per_year",
    "co2e_scope1_t_per_year",
    "co2e_scope2_t_per_year",
    "co2e_other_t_per_year",
    "biogenic_co2_t_per_year",
    "co2e_t_over_life",
    "energy_toe_per_year",
)


def known(option: RankedOption, name: str) -> Any:
    """Return a figure of an option; ``None`` for what follows from quantities where it saves none.

    In the order such an option counts with the empty sum; as a figure, nothing known is no zero.
    """
    return None if name in _OF_QUANTITIES and not option.physical_savings else getattr(option, name)


def no_payback(made: RankedOption | Bundle) -> Message:
    """Return how the payback is said where it is no number of years: at once, not in time, or never.

    What brings a net benefit pays back some day, if only after its life has ended.
    """
    if made.payback_status == "never" and made.net_annual_benefit_vnd > 0:
        return message("payback_status.not_within", years=made.years)
    return message(f"payback_status.{made.payback_status}")


def no_discounted_payback(made: RankedOption | Bundle) -> Message:
    """Return the same of the discounted payback, which may be missing where the simple one is not."""
    if made.payback_status == "paid_back":
        return message("payback_status.not_within", years=made.years)
    return no_payback(made)

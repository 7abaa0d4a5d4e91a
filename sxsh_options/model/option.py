"""A cleaner-production option (giải pháp): its cost, its savings, what it needs and excludes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sxsh_options.model.rows import (
    MAX_QUANTITY,
    Amount,
    Cost,
    Id,
    Name,
    PositiveOrZero,
    Quantity,
    Row,
    Share,
    Text,
    as_tuple,
    numbered,
    unique_ids,
)


class Category(StrEnum):
    """The eight kinds of cleaner-production measure of the Vietnamese method."""

    GOOD_HOUSEKEEPING = "good_housekeeping"
    INPUT_CHANGE = "input_change"
    PROCESS_CONTROL = "process_control"
    EQUIPMENT_MODIFICATION = "equipment_modification"
    TECHNOLOGY_CHANGE = "technology_change"
    ONSITE_RECOVERY = "onsite_recovery"
    USEFUL_BYPRODUCT = "useful_byproduct"
    PRODUCT_MODIFICATION = "product_modification"


class CostKind(StrEnum):
    """What an investment is spent on; funding rules and depreciation tell these apart."""

    EQUIPMENT = "equipment"
    INSTALLATION = "installation"
    CONSTRUCTION = "construction"
    DESIGN = "design"  # process documentation and design
    CONSULTANCY = "consultancy"
    TRAINING = "training"
    OTHER = "other"


class CostItem(Row):
    """One item of the investment, net of VAT.

    ``suggested`` is what the catalogue put there: as long as the amount is still the same, it is a
    placeholder that nobody has replaced.
    """

    id: Id
    kind: CostKind
    name: Text = ""
    amount: Cost
    low: Cost | None = None
    high: Cost | None = None
    suggested: Cost | None = None
    vat_rate: Share = 0.0
    vat_deductible: bool = True

    @property
    def is_placeholder(self) -> bool:
        """Whether the amount is still the one that the catalogue suggested."""
        return self.suggested is not None and self.suggested == self.amount

    @property
    def cost_factor(self) -> float:
        """What the owner bears for each net unit: 1, or 1 + VAT where VAT cannot be deducted."""
        return 1.0 if self.vat_deductible else 1.0 + self.vat_rate


class Saving(Row):
    """A yearly physical saving: a quantity in a unit, or a percentage of a baseline flow.

    Negative means added consumption. The percentage may be of a part of the flow only, such as the
    electricity for light: ``base_share`` is how large that part is, ``end_use`` which it is. Savings on the
    same end use diminish each other. ``low`` and ``high`` are the band around the quantity or percentage.
    """

    id: Id
    resource: Id
    quantity: Quantity | None = None
    unit: Annotated[str, Field(min_length=1, max_length=30)] | None = None
    percent: Annotated[float, Field(ge=-MAX_QUANTITY, le=100)] | None = None
    of_flow: Id | None = None
    base_share: Annotated[float, Field(gt=0, le=1)] | None = None
    end_use: Id | None = None
    low: Quantity | None = None
    high: Quantity | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Saving:
        absolute = self.quantity is not None and self.unit is not None
        relative = self.percent is not None and self.of_flow is not None
        given = [self.quantity, self.unit, self.percent, self.of_flow]
        if absolute == relative or sum(value is not None for value in given) != 2:
            raise ValueError("saving_needs_quantity_or_percent")
        if self.base_share is not None and not relative:
            raise ValueError("saving_share_of_nothing")
        return self


class Benefit(Row):
    """A yearly benefit in money beside the saved resources: fees, treatment, revenue, quality."""

    id: Id
    kind: Literal["avoided_fee", "avoided_treatment", "revenue", "quality", "other"]
    name: Text = ""
    amount: Amount
    low: Amount | None = None
    high: Amount | None = None


class Answer(StrEnum):
    """Answer to a question of technical feasibility."""

    GOOD = "good"  # no obstacle
    MANAGEABLE = "manageable"  # an obstacle that can be overcome
    FAILS = "fails"  # cannot be done: the option is out


class TechnicalFeasibility(Row):
    """The questions of the technical evaluation; one that is not answered stays empty."""

    quality: Answer | None = None
    capacity: Answer | None = None
    space: Answer | None = None
    downtime: Answer | None = None
    compatibility: Answer | None = None
    operation_maintenance: Answer | None = None
    training: Answer | None = None
    safety: Answer | None = None

    @property
    def answers(self) -> dict[str, Answer]:
        """The questions that were answered."""
        if not self.model_fields_set:  # nearly always, in a long table
            return {}
        return {question: answer for question, answer in self if answer is not None}


class Decision(Row):
    """What the consultant decided at the screening of task 9, and why."""

    triage: Literal["implement_now", "analyse_further", "rejected"]
    reason: Text = ""


class Option(Row):
    """A cleaner-production option as it is evaluated.

    ``annual_saving``, where given, is the money that the resource savings are worth in a year; where
    it is empty the physical savings are priced. ``catalogue_id`` names the option of the catalogue that it
    was filled from.
    """

    id: Id
    name: Name
    name_en: Text = ""  # shown on English screens where it is given
    category: Category | None = None
    catalogue_id: Id | None = None
    process_step: Text = ""
    capex: Annotated[tuple[CostItem, ...], unique_ids, as_tuple, numbered("cost")] = ()
    annual_saving: Amount | None = None
    annual_saving_low: Amount | None = None
    annual_saving_high: Amount | None = None
    opex_change: Amount | None = None  # yearly; positive is added cost
    savings: Annotated[tuple[Saving, ...], unique_ids, as_tuple, numbered("saving")] = ()
    benefits: Annotated[tuple[Benefit, ...], unique_ids, as_tuple, numbered("benefit")] = ()
    technical_life_years: Annotated[int, Field(ge=1, le=100)]
    depreciation_life_years: Annotated[int, Field(ge=1, le=100)] | None = None
    lead_time_months: PositiveOrZero | None = None
    downtime_days: PositiveOrZero | None = None
    downtime_cost: Cost | None = None  # once, when it is installed
    working_capital: Cost | None = None  # bound at the start, released at the end of life
    salvage: Cost | None = None  # at the end of life
    feasibility: TechnicalFeasibility = TechnicalFeasibility()
    excludes: Annotated[tuple[Id, ...], as_tuple] = ()
    requires: Annotated[tuple[Id, ...], as_tuple] = ()
    interaction_group: Id | None = None
    stated_co2e_t_per_year: Quantity | None = None  # what a source says; only compared, never used
    decision: Decision | None = None
    note: Text = ""
    source: Text = ""

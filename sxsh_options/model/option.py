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
    """One item of the investment, net of VAT."""

    id: Id
    kind: CostKind
    name: Text = ""
    amount: Cost
    vat_rate: Share = 0.0
    vat_deductible: bool = True

    @property
    def cost_factor(self) -> float:
        """What the owner bears for each net unit: 1, or 1 + VAT where VAT cannot be deducted."""
        return 1.0 if self.vat_deductible else 1.0 + self.vat_rate


class Saving(Row):
    """A yearly physical saving: a quantity in a unit, or a percentage of a baseline flow.

    Negative means added consumption.
    """

    id: Id
    resource: Id
    quantity: Quantity | None = None
    unit: Annotated[str, Field(min_length=1, max_length=30)] | None = None
    percent: Annotated[float, Field(ge=-MAX_QUANTITY, le=100)] | None = None
    of_flow: Id | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Saving:
        absolute = self.quantity is not None and self.unit is not None
        relative = self.percent is not None and self.of_flow is not None
        given = [self.quantity, self.unit, self.percent, self.of_flow]
        if absolute == relative or sum(value is not None for value in given) != 2:
            raise ValueError("saving_needs_quantity_or_percent")
        return self


class Benefit(Row):
    """A yearly benefit in money beside the saved resources: fees, treatment, revenue, quality."""

    id: Id
    kind: Literal["avoided_fee", "avoided_treatment", "revenue", "quality", "other"]
    name: Text = ""
    amount: Amount


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
    it is empty the physical savings are priced.
    """

    id: Id
    name: Name
    name_en: Text = ""  # shown on English screens where it is given
    category: Category | None = None
    process_step: Text = ""
    capex: Annotated[tuple[CostItem, ...], unique_ids, as_tuple, numbered("cost")] = ()
    annual_saving: Amount | None = None
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

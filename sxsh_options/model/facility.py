"""The facility and its baseline: what it makes, what it takes in, what it throws away."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from sxsh_options.model.rows import (
    MAX_QUANTITY,
    MAX_TEXT,
    Cost,
    Day,
    Id,
    Name,
    PositiveOrZero,
    Row,
    Share,
    Text,
    as_tuple,
    numbered,
    unique_ids,
)

DAYS_PER_YEAR = 365.25
LegalForm = Literal["household", "cooperative_group", "cooperative", "cooperative_union", "enterprise"]
Ownership = Literal["private", "state", "foreign"]
# What a place is today, and what it was before the provinces merged and districts ended on 1 July 2025.
CommuneKind = Literal["xa", "phuong", "dac_khu"]
CommuneKindBefore = Literal["xa", "phuong", "thi_tran"]
DistrictKindBefore = Literal["huyen", "thi_xa", "thanh_pho", "quan"]
CityClassBefore = Literal["1", "2", "3", "special"]
MaybeText = Annotated[str, Field(max_length=MAX_TEXT), BeforeValidator(lambda v: "" if v is None else v)]
# Kinds of cost that money can be for: an item of an investment, or a service around it.
SupportedItem = Literal[
    "assessment",
    "consultancy",
    "pilot_model",
    "demo_model",
    "replication",
    "machinery",
    "production_line",
    "pollution_treatment",
    "construction",
    "training",
    "technology_transfer",
    "certification",
    "research",
    "working_capital",
]
# How the wastewater is treated today: only an open anaerobic lagoon gives off methane that can be avoided.
WastewaterTreatment = Literal[
    "none", "shallow_lagoon", "deep_lagoon", "covered_anaerobic", "aerobic", "off_site"
]


class PreviousSupport(Row):
    """State money that the establishment has had: nothing is paid for twice."""

    id: Id
    cost_item: SupportedItem | None = None
    source: MaybeText = ""
    year: Annotated[int, Field(ge=1990, le=2200)] | None = None
    amount_vnd: PositiveOrZero | None = None


def _none_said(value: object) -> object:
    """Let ``null`` stand for a list in which nobody has entered anything."""
    return [] if value is None else value


def _written_class(value: object) -> object:
    """Let a class of cities be written as a number."""
    return str(value) if type(value) is int else value


class Facility(Row):
    """The establishment that is assessed (cơ sở sản xuất công nghiệp); ``None`` or "" is not known.

    The place is that of production, not of the head office. Workers are those insured, on average over the
    previous year; revenue and capital (total assets) are of the previous year's accounts.
    """

    name: Name
    tax_code: MaybeText = ""
    vsic: MaybeText = ""  # of the main line of business
    sector: MaybeText = ""
    legal_form: LegalForm | None = None
    ownership: Ownership | None = None
    employees_insured: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None
    revenue_vnd: PositiveOrZero | None = None
    capital_vnd: PositiveOrZero | None = None
    founded_on: Day | None = None
    women_owned: bool | None = None
    province: MaybeText = ""
    commune: MaybeText = ""
    commune_kind: CommuneKind | None = None
    province_before_merger: MaybeText = ""
    commune_kind_before_merger: CommuneKindBefore | None = None
    district_kind_before_merger: DistrictKindBefore | None = None
    city_class_before_merger: Annotated[CityClassBefore | None, BeforeValidator(_written_class)] = None
    ward_converted_on: Day | None = None  # when the commune became a ward
    craft_village: bool | None = None  # recognised by the province
    industrial_zone: bool | None = None
    applies_cleaner_production: bool | None = None
    environmental_permit: bool | None = None
    previous_state_support: Annotated[
        tuple[PreviousSupport, ...], unique_ids, as_tuple, numbered("support"), BeforeValidator(_none_said)
    ] = ()
    note: Text = ""


class Production(Row):
    """One product and how much of it was made in the baseline period."""

    id: Id
    name: Name
    quantity: Annotated[float, Field(gt=0, le=MAX_QUANTITY)]
    unit: Annotated[str, Field(min_length=1, max_length=30)]


class Flow(Row):
    """A resource or waste stream of the baseline period: quantity, net unit price, VAT.

    A flow with an ``end_use`` was metered for that use alone. It is a part of the flows of the same resource
    that have none; where there are none, such parts are all there is.
    """

    id: Id
    resource: Id
    name: Text = ""
    process_step: Text = ""
    end_use: Id | None = None
    quantity: PositiveOrZero
    unit: Annotated[str, Field(min_length=1, max_length=30)]
    unit_price: Cost | None = None  # net of VAT, for one `unit`
    vat_rate: Share = 0.0
    vat_deductible: bool = True
    note: Text = ""


class Baseline(Row):
    """The period that savings are measured against."""

    start: Day
    end: Day  # last day, included
    production: Annotated[tuple[Production, ...], unique_ids, as_tuple, numbered("product")] = ()
    flows: Annotated[tuple[Flow, ...], unique_ids, as_tuple, numbered("flow")] = ()
    wastewater_treatment: WastewaterTreatment | None = None

    @field_validator("end")
    @classmethod
    def _not_before_start(cls, end: date, known: ValidationInfo) -> date:
        if end < known.data.get("start", end):
            raise ValueError("period_reversed")
        return end

    @property
    def years(self) -> float:
        """Length of the period in years; a whole calendar year counts as exactly one."""
        days = (self.end - self.start).days + 1
        whole = round(days / DAYS_PER_YEAR)
        return float(whole) if whole and abs(days - whole * DAYS_PER_YEAR) <= 1 else days / DAYS_PER_YEAR

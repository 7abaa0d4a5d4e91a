"""The facility and its baseline: what it makes, what it takes in, what it throws away."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sxsh_options.model.rows import (
    MAX_QUANTITY,
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
LegalForm = Literal["company", "household", "cooperative", "other"]
# How the wastewater is treated today: only an open anaerobic lagoon gives off methane that can be avoided.
WastewaterTreatment = Literal[
    "none", "shallow_lagoon", "deep_lagoon", "covered_anaerobic", "aerobic", "off_site"
]


class Facility(Row):
    """The establishment that is assessed (cơ sở sản xuất công nghiệp)."""

    name: Name
    sector: Text = ""
    legal_form: LegalForm = "company"
    province: Text = ""
    commune: Text = ""
    employees: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None
    revenue_vnd: PositiveOrZero | None = None
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

    @model_validator(mode="after")
    def _ordered(self) -> Baseline:
        if self.end < self.start:
            raise ValueError("period_reversed")
        return self

    @property
    def years(self) -> float:
        """Length of the period in years; a whole calendar year counts as exactly one."""
        days = (self.end - self.start).days + 1
        whole = round(days / DAYS_PER_YEAR)
        return float(whole) if whole and abs(days - whole * DAYS_PER_YEAR) <= 1 else days / DAYS_PER_YEAR

"""The assessment: one facility, one baseline, its options, its assumptions. The unit of work."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sxsh_options.model.facility import Baseline, Facility
from sxsh_options.model.financing import Financing
from sxsh_options.model.option import Option
from sxsh_options.model.project import Project
from sxsh_options.model.rows import (
    Day,
    ExchangeRate,
    Id,
    Name,
    Quantity,
    Row,
    Share,
    Text,
    as_tuple,
    numbered,
    unique_ids,
)

SCHEMA_VERSION = 1


class Weights(Row):
    """Weights of the three kinds of feasibility, each 0 to 100; only their ratio counts."""

    technical: Annotated[float, Field(ge=0, le=100)]
    economic: Annotated[float, Field(ge=0, le=100)]
    environmental: Annotated[float, Field(ge=0, le=100)]

    @model_validator(mode="after")
    def _some(self) -> Weights:
        if self.technical + self.economic + self.environmental <= 0:
            raise ValueError("weights_all_zero")
        return self


class TaxAssumption(Row):
    """Which tax the results are after. A household pays no corporate income tax on a saving."""

    profile: Literal["before_tax", "company", "household"] = "before_tax"
    rate: Share | None = None  # replaces the legal rate
    losses: Literal["offset", "carry_forward"] = "offset"  # against the firm's other profit, or later


class Assumptions(Row):
    """What the calculation rests on; an empty field means the dated default of ``data/``.

    Growth is nominal and yearly, on the price of year 1: the price of year t is price * (1+g)^(t-1).
    """

    discount_rate: Annotated[float, Field(gt=-1, le=10)] | None = None
    discount_rate_is_real: bool = False
    inflation_rate: Annotated[float, Field(gt=-1, le=10)] | None = None
    analysis_years: Annotated[int, Field(ge=1, le=100)] | None = None  # None: each over its own life
    price_growth: dict[str, Annotated[float, Field(gt=-1, le=10)]] = Field(
        default_factory=dict
    )  # by resource
    benefit_growth: Annotated[float, Field(gt=-1, le=10)] = 0.0  # stated savings and other benefits
    opex_growth: Annotated[float, Field(gt=-1, le=10)] = 0.0
    tax: TaxAssumption = TaxAssumption()
    grid_data_year: int | None = None  # None: the newest official factor known on the day
    gas_set: Literal["AR4", "AR5", "AR6"] = "AR5"
    weights: Weights | None = None

    @model_validator(mode="after")
    def _inflation(self) -> Assumptions:
        if self.discount_rate_is_real and self.inflation_rate is None:
            raise ValueError("real_rate_needs_inflation")
        return self


class Override(Row):
    """A factor or price that the user put in place of the one in ``data/``."""

    id: Id
    kind: Literal["price", "emission_factor", "parameter", "end_use"]
    key: Id  # resource id, parameter id, or end use
    value: Quantity
    # What the value is per: the resource's unit for a price (VND) or a factor (tCO2e). Of an end use: "share"
    # of its resource, or "VND" a year where it is a bill.
    unit: Text
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]
    by: Text = ""
    on: Day | None = None


class Confirmation(Row):
    """A plausibility question that somebody answered with "that is right", and why.

    It holds for the figures that were asked about: where they change, the question is asked again.
    """

    id: Id
    question: Id  # code of the question
    option: Id
    figures: Text  # that the question named
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]
    by: Text = ""
    on: Day | None = None


class Assessment(Row):
    """One facility, one baseline period, its options, its assumptions."""

    schema_version: Literal[1] = 1
    id: Id
    title: Name
    facility: Facility
    baseline: Baseline | None = None
    project: Project | None = None
    financing: Financing | None = None
    options: Annotated[tuple[Option, ...], unique_ids, as_tuple, numbered("option")] = ()
    assumptions: Assumptions = Assumptions()
    exchange_rates: Annotated[tuple[ExchangeRate, ...], unique_ids, as_tuple, numbered("rate")] = ()
    overrides: Annotated[tuple[Override, ...], unique_ids, as_tuple, numbered("override")] = ()
    confirmations: Annotated[tuple[Confirmation, ...], unique_ids, as_tuple, numbered("confirmation")] = ()
    bundle: Annotated[tuple[Id, ...], as_tuple] = ()  # the options that are looked at together
    note: Text = ""
    source: Text = ""

"""What the options of an assessment cost and bring in a year: money, resources, emissions.

Everything is an array over the options, so that a list of ten thousand is as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from sxsh_options.errors import InputError, Message, message
from sxsh_options.model import Assessment, CostKind, ExchangeRate, Money, Override
from sxsh_options.options import BaselineFlow, SavingRow, annual_flows, saving_rows, whole_flows
from sxsh_options.resources import catalogue, conversion, emissions, energy, prices
from sxsh_options.screening.results import Source

Floats = npt.NDArray[np.float64]

# What becomes part of a fixed asset; the rest is expensed. An unnamed cost is taken for part of it.
FIXED_ASSET_KINDS = frozenset(CostKind) - {CostKind.CONSULTANCY, CostKind.TRAINING}
MOST_FAULTS = 1_000  # more of one kind say nothing new

COUNTED_SCOPES = ("1", "2")  # summed to the avoided emissions; everything else stands beside them

# What is bought again when the option's life ends: the design is there already.
REPLACED_KINDS = FIXED_ASSET_KINDS - {CostKind.DESIGN}


@dataclass(frozen=True, slots=True)
class PriceUsed:
    """The price of one canonical unit of a resource, net of deductible VAT, and where it is from."""

    resource: str
    vnd_per_unit: float
    origin: str  # "override", "flow" or "default"
    source: Source
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Valuation:
    """Yearly values of year 1, at today's prices. Shapes: N options, R saved resources."""

    as_of: date
    resources: tuple[str, ...]
    quantity: Floats  # (N, R) canonical units saved a year
    rows: tuple[SavingRow, ...]
    flows: dict[str, BaselineFlow]
    prices: dict[str, PriceUsed]
    factors: dict[str, emissions.EmissionFactor]
    capex_vnd: Floats  # (N,) all items
    fixed_asset_vnd: Floats  # (N,) the items that are depreciated
    replaced_vnd: Floats  # (N,) the items that are bought again after a life
    downtime_vnd: Floats  # (N,)
    working_capital_vnd: Floats  # (N,)
    salvage_vnd: Floats  # (N,)
    resource_benefit_vnd: Floats  # (N, R) priced savings; 0 where the saving is stated in money
    stated_benefit_vnd: Floats  # (N,) stated saving and other benefits
    opex_vnd: Floats  # (N,) added operating cost
    life_years: npt.NDArray[np.int64]  # (N,)
    co2e_t: dict[str, Floats]  # by scope: "1", "2", "other", "biogenic" -> (N,) a year; NaN: not known
    toe: Floats  # (N,) a year
    messages: tuple[Message, ...]

    @property
    def benefit_vnd(self) -> Floats:
        """Yearly benefit before operating cost, (N,)."""
        return np.asarray(self.resource_benefit_vnd.sum(axis=1) + self.stated_benefit_vnd)

    @property
    def net_benefit_vnd(self) -> Floats:
        """Yearly benefit less added operating cost, (N,)."""
        return self.benefit_vnd - self.opex_vnd

    @property
    def investment_vnd(self) -> Floats:
        """All that is paid at the start, (N,): capex, downtime, working capital."""
        return self.capex_vnd + self.downtime_vnd + self.working_capital_vnd


class Exchange:
    """Amounts in any currency of the assessment, in VND; the newest rate of a currency counts."""

    def __init__(self, rates: Sequence[ExchangeRate]) -> None:
        self.rates = {rate.currency: rate for rate in sorted(rates, key=lambda rate: rate.on)}

    def vnd(self, money: Money | None) -> float:
        """Return the amount in VND; nothing is zero."""
        if money is None:
            return 0.0
        return (
            money.amount
            if money.currency == "VND"
            else money.amount * self.rates[money.currency].vnd_per_unit
        )


def overridden(assessment: Assessment, kind: str) -> dict[str, Override]:
    """Return the overrides of one kind by resource id (or parameter id)."""
    return {
        (catalogue.find(o.key).resource_id if kind != "parameter" else o.key): o
        for o in assessment.overrides
        if o.kind == kind
    }


def _override_source(override: Override) -> Source:
    return Source(title=override.reason, evidence="override", article=override.by, valid_from=override.on)


def price_of(
    resource: str, assessment: Assessment, flows: dict[str, BaselineFlow], as_of: date, exchange: Exchange
) -> PriceUsed | None:
    """Return the price that a saved unit of a resource is worth, or ``None`` where nobody knows it.

    The user's own price comes first, then the baseline's (weighted by quantity over the resource's
    flows), then the dated default. VAT that cannot be deducted is part of the price.
    """
    override = overridden(assessment, "price").get(resource)
    if override is not None:
        return PriceUsed(
            resource, _override_price(override, resource), "override", _override_source(override)
        )
    priced = [
        flow
        for flow in whole_flows(flows.values())
        if flow.resource == resource and flow.flow.unit_price is not None
    ]
    if priced:
        weights = [flow.quantity or 1.0 for flow in priced]
        values = [flow_price(flow, exchange) for flow in priced]
        average = sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)
        return PriceUsed(resource, average, "flow", Source(title="", evidence="entered"))
    default = prices.default_price(resource, as_of)
    if default is None:
        return None
    return PriceUsed(resource, default.number, "default", source_of(default), default.messages)


def _override_price(override: Override, resource: str) -> float:
    unit = override.unit or catalogue.find(resource).unit
    return override.value / conversion.to_canonical(resource, 1.0, unit)


def flow_price(flow: BaselineFlow, exchange: Exchange) -> float:
    """Return what one canonical unit of a flow costs its owner, in VND."""
    vat = 0.0 if flow.flow.vat_deductible else flow.flow.vat_rate
    return exchange.vnd(flow.flow.unit_price) * flow.units_per_canonical * (1.0 + vat)


def source_of(value: object) -> Source:
    """Return the source of a dated value or of an emission factor, as results show it."""
    reference = getattr(value, "reference", None)
    return Source(
        title=getattr(reference, "title", "") or "",
        article=getattr(reference, "article", "") or "",
        url=getattr(reference, "url", "") or "",
        evidence=str(getattr(value, "evidence", "")),
        valid_from=getattr(value, "valid_from", None),
    )


def value_options(assessment: Assessment, as_of: date) -> Valuation:
    """Return what every option of the assessment costs and brings in a year.

    Parameters
    ----------
    assessment : Assessment
    as_of : date
        The day whose prices and factors count.

    Raises
    ------
    InputError
        ``value.no_price`` for every saved resource that must be bought, has no known price and whose
        option states no money, ``value.no_price_but`` where a similar fuel has one; unit and resource
        faults; all at once.
    """
    flows = annual_flows(assessment)
    return value_rows(assessment, as_of, flows, saving_rows(assessment, flows))


def value_rows(
    assessment: Assessment, as_of: date, flows: dict[str, BaselineFlow], rows: Sequence[SavingRow]
) -> Valuation:
    """Value the given savings; :func:`value_options` with the savings already worked out."""
    options = assessment.options
    exchange = Exchange(assessment.exchange_rates)
    resources = tuple(dict.fromkeys(row.resource for row in rows))
    column = {resource: i for i, resource in enumerate(resources)}
    where = ([row.option for row in rows], [column[row.resource] for row in rows])
    quantity = np.zeros((len(options), len(resources)))
    np.add.at(quantity, where, [row.quantity for row in rows])

    stated_in_money = [option.annual_saving is not None for option in options]
    priced = dict.fromkeys(row.resource for row in rows if not stated_in_money[row.option])
    used = {
        r: price for r in priced if (price := price_of(r, assessment, flows, as_of, exchange)) is not None
    }
    faults: list[Message] = []
    own_price = {
        f: flow_price(flow, exchange) for f, flow in flows.items() if flow.flow.unit_price is not None
    }
    general = {resource: price.vnd_per_unit for resource, price in used.items()}
    unpriced = {r: catalogue.find(r).bought for r in resources if r not in general}
    stays_general = overridden(assessment, "price").keys()
    worth: list[float] = []
    for row in rows:
        index, resource, saved, flow, *_ = row
        if stated_in_money[index]:
            worth.append(0.0)
        elif flow in own_price and resource not in stays_general:
            worth.append(saved * own_price[flow])
        elif resource in general:
            worth.append(saved * general[resource])
        else:  # a pollutant has no price: fees and treatment saved are benefits of their own
            worth.append(0.0)
            if unpriced[resource]:
                fault = _no_price(options[index].id, resource, (flows[f].flow.resource for f in own_price))
                faults.append(fault.at(field=f"options[{index}].annual_saving"))
    if faults:
        raise InputError(_with_reasons(faults, as_of))
    benefit = np.zeros_like(quantity)
    np.add.at(benefit, where, worth)

    factors, factor_messages = _factors(assessment, resources, as_of)
    co2e = {scope: np.zeros(len(options)) for scope in ("1", "2", "other", "biogenic")}
    for resource in resources:
        saved_quantity = quantity[:, column[resource]]
        factor = factors.get(resource)
        if factor is not None:
            co2e[factor.scope] += saved_quantity * factor.t_co2e_per_unit
            co2e["biogenic"] += saved_quantity * factor.biogenic_t_co2_per_unit
        elif (scope := catalogue.find(resource).scope) in COUNTED_SCOPES:
            co2e[scope][saved_quantity != 0] = np.nan  # a gap stays a gap: no factor is not a zero
    toe = np.zeros(len(options))
    for resource in resources:
        per_unit = energy.toe_per_unit(resource, as_of)
        if per_unit is not None:
            toe += quantity[:, column[resource]] * per_unit.value

    def per_option(pick: str) -> Floats:
        amounts = [getattr(option, pick) for option in options]
        return np.array([0.0 if money is None else exchange.vnd(money) for money in amounts])

    all_items, fixed_items, replaced_items = ([0.0] * len(options) for _ in range(3))
    for i, option in enumerate(options):
        for item in option.capex:
            cost = exchange.vnd(item.amount) * item.cost_factor
            all_items[i] += cost
            if item.kind in FIXED_ASSET_KINDS:
                fixed_items[i] += cost
            if item.kind in REPLACED_KINDS:
                replaced_items[i] += cost
    stated = per_option("annual_saving") + np.array(
        [sum(exchange.vnd(b.amount) for b in o.benefits) if o.benefits else 0.0 for o in options]
    )
    return Valuation(
        as_of=as_of,
        resources=resources,
        quantity=quantity,
        rows=tuple(rows),
        flows=flows,
        prices=used,
        factors=factors,
        capex_vnd=np.array(all_items),
        fixed_asset_vnd=np.array(fixed_items),
        replaced_vnd=np.array(replaced_items),
        downtime_vnd=per_option("downtime_cost"),
        working_capital_vnd=per_option("working_capital"),
        salvage_vnd=per_option("salvage"),
        resource_benefit_vnd=benefit,
        stated_benefit_vnd=stated,
        opex_vnd=per_option("opex_change"),
        life_years=np.array([option.technical_life_years for option in options], dtype=np.int64),
        co2e_t=co2e,
        toe=toe,
        messages=(*factor_messages, *(note for price in used.values() for note in price.messages)),
    )


def _no_price(option: str, resource: str, priced: Iterable[str]) -> Message:
    """Return that a price is missing, and which similar fuel the factory states one of."""
    wanted = catalogue.find(resource)
    for other in map(catalogue.find, priced):
        if other.kind == wanted.kind == "fuel" and other.unit == wanted.unit:
            return message("value.no_price_but", option=option, resource=resource, other=other.resource_id)
    return message("value.no_price", option=option, resource=resource)


def _with_reasons(faults: list[Message], as_of: date) -> list[Message]:
    """Return the first faults, how many there are, and why each price is not known."""
    shown = faults[:MOST_FAULTS]
    if len(faults) > MOST_FAULTS:
        shown.append(message("input.more_faults", shown=MOST_FAULTS, total=len(faults)))
    for resource in dict.fromkeys(fault.params["resource"] for fault in faults):
        shown += [reason for reason in prices.lookup(resource, as_of)[1] if reason.code != "price.not_known"]
    return shown


def _factors(
    assessment: Assessment, resources: Sequence[str], as_of: date
) -> tuple[dict[str, emissions.EmissionFactor], tuple[Message, ...]]:
    """Return the emission factor of each resource that has one, and what there is to say of them."""
    assumptions = assessment.assumptions
    overrides = overridden(assessment, "emission_factor")
    found: dict[str, emissions.EmissionFactor] = {}
    notes: list[Message] = []
    for resource in resources:
        data_year = assumptions.grid_data_year if resource == "electricity" else None
        factor, messages = emissions.lookup(
            resource, as_of=as_of, gas_set=assumptions.gas_set, data_year=data_year
        )
        if resource in overrides:
            factor = emissions.overridden(resource, overrides[resource], factor)
            messages = factor.messages
        if factor is not None:
            found[resource] = factor
        notes += messages
    return found, tuple(notes)

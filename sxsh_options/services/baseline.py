"""What an enterprise uses in a year: quantities, cost, emissions, and use per unit of product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sxsh_options.model import Assessment
from sxsh_options.options import BaselineFlow, annual_flows, used_quantities, whole_flows
from sxsh_options.options.offers import OPEN_LAGOONS
from sxsh_options.resources import catalogue, emissions
from sxsh_options.resources.emissions import EmissionFactor
from sxsh_options.screening.results import Source
from sxsh_options.screening.valuation import (
    COUNTED_SCOPES,
    Exchange,
    flow_price,
    overridden,
    price_of,
)

# Gas that is collected, air that is blown in, somebody else's plant.
_NO_METHANE = ("covered_anaerobic", "aerobic", "off_site")


@dataclass(frozen=True, slots=True)
class YearlyUse:
    """One flow of the baseline, a year.

    Attributes
    ----------
    quantity : float
        In `unit`, the flow's own.
    cost_vnd : float or None
        ``None`` where no price is known, and for what has none, such as wastewater.
    price_source : Source or None
        Of a price that the flow itself does not state.
    co2e_t : float or None
        Of scopes 1 and 2; ``None`` where no factor is known, or where it belongs to neither.
    end_use : str or None
        Where it was metered for one use alone.
    part : bool
        Whether it is contained in another flow, so that no sum counts it.
    """

    flow_id: str
    resource: str
    name: str
    process_step: str
    quantity: float
    unit: str
    cost_vnd: float | None
    price_source: Source | None
    co2e_t: float | None
    end_use: str | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class PerProduct:
    """How much of a resource one unit of a product takes, in the resource's canonical unit."""

    product: str
    product_unit: str
    resource: str
    quantity: float
    unit: str


@dataclass(frozen=True, slots=True)
class Use:
    """The use of a year. Sums leave out what is not known; :attr:`unpriced` says of which resources.

    Attributes
    ----------
    lagoon : EmissionFactor or None
        Of the methane that the wastewater gives off, per kg of COD; where it is treated in an open lagoon.
    lagoon_co2e_t : float or None
        That methane; 0 where none escapes, ``None`` where of COD and an open lagoon one alone is known.
    """

    flows: tuple[YearlyUse, ...]
    per_product: tuple[PerProduct, ...]
    lagoon: EmissionFactor | None = None
    lagoon_co2e_t: float | None = 0.0

    @property
    def cost_vnd(self) -> float:
        """The cost of all flows that have a price."""
        return sum(flow.cost_vnd or 0.0 for flow in self.flows if not flow.part)

    @property
    def co2e_t(self) -> float:
        """The emissions of scopes 1 and 2 of all flows that have a factor, and of an open lagoon."""
        return sum(flow.co2e_t or 0.0 for flow in self.flows if not flow.part) + (self.lagoon_co2e_t or 0.0)

    @property
    def unpriced(self) -> tuple[str, ...]:
        """The resources that are bought and have no price."""
        bought = [flow.resource for flow in self.flows if catalogue.find(flow.resource).bought]
        priced = {flow.resource for flow in self.flows if flow.cost_vnd is not None}
        return tuple(dict.fromkeys(resource for resource in bought if resource not in priced))


def yearly_use(assessment: Assessment, as_of: date) -> Use:
    """Return what the baseline amounts to in a year.

    Parameters
    ----------
    assessment : Assessment
        Of finished rows.
    as_of : date
        The day whose default prices and factors count.
    """
    flows = annual_flows(assessment)
    exchange = Exchange(assessment.exchange_rates)
    wholes = {flow.flow.id for flow in whole_flows(flows.values())}
    rows = []
    for flow_id, flow in flows.items():
        price, source = _price(flow, assessment, flows, as_of, exchange)
        factor = factor_of(assessment, flow.resource, as_of)
        counted = factor is not None and factor.scope in COUNTED_SCOPES
        rows.append(
            YearlyUse(
                flow_id=flow_id,
                resource=flow.resource,
                name=flow.flow.name,
                process_step=flow.flow.process_step,
                quantity=flow.quantity * flow.units_per_canonical,
                unit=flow.flow.unit,
                cost_vnd=None if price is None else flow.quantity * price,
                price_source=source,
                co2e_t=flow.quantity * factor.t_co2e_per_unit if factor is not None and counted else None,
                end_use=flow.flow.end_use,
                part=flow_id not in wholes,
            )
        )
    return Use(tuple(rows), _per_product(assessment, flows), *_lagoon(assessment, flows, as_of))


def _lagoon(
    assessment: Assessment, flows: dict[str, BaselineFlow], as_of: date
) -> tuple[EmissionFactor | None, float | None]:
    """Return factor and tCO2e of the methane that escapes from the wastewater of a year."""
    cod_kg = used_quantities(flows.values()).get("cod", 0.0)
    treatment = assessment.baseline.wastewater_treatment if assessment.baseline else None
    is_open = treatment in OPEN_LAGOONS
    if treatment in _NO_METHANE or not (cod_kg or is_open):
        return None, 0.0
    if treatment is None or not (cod_kg and is_open):
        return None, None
    gas_set = assessment.assumptions.gas_set
    factor = emissions.wastewater_methane("cod", treatment, as_of=as_of, gas_set=gas_set)
    return factor, cod_kg * factor.t_co2e_per_unit


def factor_of(assessment: Assessment, resource: str, as_of: date) -> EmissionFactor | None:
    """Return the emission factor that counts in an assessment: the user's own, or the one of the day."""
    given = assessment.assumptions
    year = given.grid_data_year if resource == "electricity" else None
    factor = emissions.factor(resource, as_of=as_of, gas_set=given.gas_set, data_year=year)
    override = overridden(assessment, "emission_factor").get(resource)
    return factor if override is None else emissions.overridden(resource, override, factor)


def resources_in_play(assessment: Assessment) -> tuple[str, ...]:
    """Return the resources of the baseline and those that options save, each once."""
    flows = assessment.baseline.flows if assessment.baseline else ()
    named = [flow.resource for flow in flows]
    named += [saving.resource for option in assessment.options for saving in option.savings]
    return tuple(dict.fromkeys(catalogue.find(name).resource_id for name in named))


def _price(
    flow: BaselineFlow,
    assessment: Assessment,
    flows: dict[str, BaselineFlow],
    as_of: date,
    exchange: Exchange,
) -> tuple[float | None, Source | None]:
    """Return what one canonical unit of a flow costs, and the source where the flow does not say it."""
    if flow.flow.unit_price is not None:
        return flow_price(flow, exchange), None
    price = price_of(flow.resource, assessment, flows, as_of, exchange)
    return (None, None) if price is None else (price.vnd_per_unit, price.source)


def _per_product(assessment: Assessment, flows: dict[str, BaselineFlow]) -> tuple[PerProduct, ...]:
    baseline = assessment.baseline
    if baseline is None:
        return ()
    used = used_quantities(flows.values())
    return tuple(
        PerProduct(
            product.name,
            product.unit,
            resource,
            quantity / (product.quantity / baseline.years),
            catalogue.find(resource).unit,
        )
        for product in baseline.production
        for resource, quantity in used.items()
    )

"""Emission factors: what one unit of a resource emits, on a day, with its source.

Combustion uses the GWP of methane without the share for its later oxidation, for fossil fuels too: the CO2
factor already counts all carbon as oxidised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from sxsh_options import units
from sxsh_options.errors import InputError, Message, ParameterError, message
from sxsh_options.parameters import Reference, default_parameters, weakest
from sxsh_options.resources import catalogue
from sxsh_options.resources.conversion import to_canonical
from sxsh_options.resources.tables import GAS_SETS, Fuel, Gas, Resource

GRID_PARAMETER = "grid_emission_factor"


@dataclass(frozen=True, slots=True)
class EmissionFactor:
    """Emissions of one canonical unit of a resource.

    Attributes
    ----------
    t_co2e_per_unit : float
        Tonnes of CO2 equivalent; biogenic CO2 is not in it.
    biogenic_t_co2_per_unit : float
        Tonnes of CO2 from biomass: reported, not counted.
    scope : str
        ``"1"``, ``"2"`` or ``"other"`` (shown apart, never summed in).
    data_year : int or None
        The year that a grid factor was measured for.
    replaces : float or None
        The published factor that a user's own stands in place of, in the same unit.
    formula_id, inputs
        How it was computed, and from what; units stand in the names of the inputs.
    """

    resource_id: str
    t_co2e_per_unit: float
    biogenic_t_co2_per_unit: float
    unit: str
    scope: str
    formula_id: str
    inputs: Mapping[str, float]
    evidence: str
    reference: Reference
    data_year: int | None = None
    valid_from: date | None = None
    messages: tuple[Message, ...] = ()
    replaces: float | None = None


class Override(Protocol):
    """A factor that the user put in place of ours: tCO2e per `unit`."""

    @property
    def value(self) -> float: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def by(self) -> str: ...  # noqa: D102
    @property
    def on(self) -> date | None: ...  # noqa: D102


def factor(
    resource_id: str, *, as_of: date, gas_set: str = "AR5", data_year: int | None = None
) -> EmissionFactor | None:
    """Return the emission factor of a resource, or None where none is known (:func:`lookup` says why).

    Parameters
    ----------
    resource_id : str
    as_of : date
        The day on which the factor must have been usable: for the grid, published.
    gas_set : {"AR4", "AR5", "AR6"}
        Whose global warming potentials count.
    data_year : int, optional
        Take the grid factor of this year instead of the newest; other resources have no data year.

    Raises
    ------
    ParameterError
        ``parameter.no_data_year``: no official grid factor is known for `data_year`.
    InputError
        The resource or the gas set is unknown.
    """
    return lookup(resource_id, as_of=as_of, gas_set=gas_set, data_year=data_year)[0]


@lru_cache(maxsize=1024)
def lookup(
    resource_id: str, *, as_of: date, gas_set: str = "AR5", data_year: int | None = None
) -> tuple[EmissionFactor | None, tuple[Message, ...]]:
    """Return the factor as :func:`factor` does, and what there is to say about it or its absence."""
    if gas_set not in GAS_SETS:
        raise InputError(message("factor.unknown_gas_set", gas_set=gas_set, allowed=", ".join(GAS_SETS)))
    resource = catalogue.find(resource_id)
    if resource.factor_kind == "none":
        missing = (
            () if resource.scope == "none" else (message("factor.not_known", resource=resource.resource_id),)
        )
        return None, missing
    try:
        if resource.factor_kind == "grid":
            found = _grid(resource, as_of, data_year)
        elif resource.factor_kind == "parameter":
            found = _parameter(resource, as_of)
        elif resource.factor_kind == "gwp":
            found = _leak(resource, gas_set)
        else:
            found = _combustion(resource, catalogue.fuels()[resource.factor_key], gas_set)
    except ParameterError as error:
        if data_year is not None and resource.factor_kind == "grid":
            raise
        return None, (message("factor.not_known", resource=resource.resource_id), *error.messages)
    return found, found.messages


def overridden(resource_id: str, override: Override, own: EmissionFactor | None) -> EmissionFactor:
    """Return the user's factor in place of our own (`own`, None where we have none), marked as such."""
    resource = catalogue.find(resource_id)
    return EmissionFactor(
        resource_id=resource.resource_id,
        t_co2e_per_unit=override.value
        / to_canonical(resource.resource_id, 1.0, override.unit or resource.unit),
        biogenic_t_co2_per_unit=own.biogenic_t_co2_per_unit if own else 0.0,
        unit=resource.unit,
        scope="other" if resource.scope == "none" else resource.scope,
        formula_id="emission.override",
        inputs={"override": override.value},
        evidence="override",
        reference=Reference(override.reason, override.by),
        valid_from=override.on,
        replaces=own.t_co2e_per_unit if own else None,
    )


def _grid(resource: Resource, as_of: date, data_year: int | None) -> EmissionFactor:
    parameters = default_parameters()
    messages: list[Message] = []
    if data_year is None:
        value = parameters.get(GRID_PARAMETER, as_of)
        expected = as_of.year - (1 if (as_of.month, as_of.day) == (12, 31) else 2)
        if value.data_year is not None and value.data_year < expected:
            newer = message("factor.newer_year_unknown", year=expected, used=value.data_year)
            messages.append(newer)
    else:
        value = parameters.for_data_year(GRID_PARAMETER, data_year)
        if value.valid_from is not None and value.valid_from > as_of:
            later = message("factor.published_later", year=data_year, published=value.valid_from, on=as_of)
            messages.append(later)
    return EmissionFactor(
        resource_id=resource.resource_id,
        t_co2e_per_unit=units.scale(value.number, units.ratio(resource.unit, "mwh")),
        biogenic_t_co2_per_unit=0.0,
        unit=resource.unit,
        scope=resource.scope,
        formula_id="emission.grid",
        inputs={"grid_tco2_per_mwh": value.number},
        evidence=weakest(resource.evidence, value.evidence),
        reference=value.reference,
        data_year=value.data_year,
        valid_from=value.valid_from,
        messages=(*messages, *value.messages),
    )


def _parameter(resource: Resource, as_of: date) -> EmissionFactor:
    value = default_parameters().get(resource.factor_key, as_of)
    return EmissionFactor(
        resource_id=resource.resource_id,
        t_co2e_per_unit=units.convert(value.number, "kg", "t"),
        biogenic_t_co2_per_unit=0.0,
        unit=resource.unit,
        scope=resource.scope,
        formula_id="emission.parameter",
        inputs={"kgco2e_per_unit": value.number},
        evidence=weakest(resource.evidence, value.evidence),
        reference=value.reference,
        valid_from=value.valid_from,
        messages=value.messages,
    )


def _leak(resource: Resource, gas_set: str) -> EmissionFactor:
    gas = catalogue.gases()[resource.factor_key]
    return EmissionFactor(
        resource_id=resource.resource_id,
        t_co2e_per_unit=float(gas.gwp[gas_set] * units.ratio(resource.unit, "t")),
        biogenic_t_co2_per_unit=0.0,
        unit=resource.unit,
        scope=resource.scope,
        formula_id="emission.leak",
        inputs={"gwp": float(gas.gwp[gas_set])},
        evidence=weakest(resource.evidence, gas.evidence[gas_set]),
        reference=Reference(gas.source, gas_set),
    )


def _combustion(resource: Resource, fuel: Fuel, gas_set: str) -> EmissionFactor:
    """NCV [GJ/t] x (CO2 + CH4 x GWP + N2O x GWP) [kg/TJ] / 10^6; CO2 of biomass is kept apart."""
    ch4, n2o = _gas("CH4"), _gas("N2O")
    co2_t = fuel.ncv_gj_per_t * fuel.co2_kg_per_tj / 1_000_000
    other_kg = fuel.ch4_kg_per_tj * ch4.gwp[gas_set] + fuel.n2o_kg_per_tj * n2o.gwp[gas_set]
    other_t = fuel.ncv_gj_per_t * other_kg / 1_000_000
    proxy = resource.factor_key != resource.resource_id
    return EmissionFactor(
        resource_id=resource.resource_id,
        t_co2e_per_unit=float(other_t if fuel.biogenic else co2_t + other_t),
        biogenic_t_co2_per_unit=float(co2_t) if fuel.biogenic else 0.0,
        unit=resource.unit,
        scope=resource.scope,
        formula_id="emission.combustion_biogenic" if fuel.biogenic else "emission.combustion",
        inputs={
            "ncv_gj_per_t": float(fuel.ncv_gj_per_t),
            "co2_kg_per_tj": float(fuel.co2_kg_per_tj),
            "ch4_kg_per_tj": float(fuel.ch4_kg_per_tj),
            "n2o_kg_per_tj": float(fuel.n2o_kg_per_tj),
            "gwp_ch4": float(ch4.gwp[gas_set]),
            "gwp_n2o": float(n2o.gwp[gas_set]),
        },
        evidence=weakest(resource.evidence, fuel.evidence, ch4.evidence[gas_set], n2o.evidence[gas_set]),
        reference=Reference(fuel.source),
        messages=(
            (message("factor.proxy", resource=resource.resource_id, used=resource.factor_key),)
            if proxy
            else ()
        ),
    )


def _gas(substance: str) -> Gas:
    return catalogue.gases()[substance]


def wastewater_methane(load: str, treatment: str, *, as_of: date, gas_set: str = "AR5") -> EmissionFactor:
    """Return the methane of treating wastewater on site, per kg of organic load that is treated.

    CH4 = B0 x MCF, times the GWP of biogenic methane. Sludge taken out and methane that is captured are
    for the caller to subtract.

    Parameters
    ----------
    load : {"cod", "bod"}
        What the kg of load are.
    treatment : str
        A key of the parameter ``wastewater_methane.mcf``, e.g. ``"anaerobic_reactor"``.
    as_of : date
    gas_set : {"AR4", "AR5", "AR6"}

    Returns
    -------
    EmissionFactor
        tCO2e per kg of load, scope 1.

    Raises
    ------
    InputError
        ``factor.unknown_load``, ``factor.unknown_treatment``, with what is known.
    """
    parameters = default_parameters()
    mcf = parameters.get("wastewater_methane.mcf", as_of)
    if load not in ("cod", "bod"):
        raise InputError(message("factor.unknown_load", load=load))
    if treatment not in mcf.value:
        allowed = ", ".join(mcf.value)
        raise InputError(message("factor.unknown_treatment", treatment=treatment, allowed=allowed))
    b0 = parameters.get(f"wastewater_methane.b0_{load}", as_of)
    methane = _gas("CH4")
    kg_co2e = b0.number * float(methane.gwp[gas_set]) * float(mcf.value[treatment])
    return EmissionFactor(
        resource_id=load,
        t_co2e_per_unit=units.convert(kg_co2e, "kg", "t"),
        biogenic_t_co2_per_unit=0.0,
        unit="kg",
        scope="1",
        formula_id="emission.wastewater_methane",
        inputs={
            "b0_kg_ch4_per_kg": b0.number,
            "mcf": float(mcf.value[treatment]),
            "gwp_ch4": float(methane.gwp[gas_set]),
        },
        evidence=weakest(b0.evidence, mcf.evidence, methane.evidence[gas_set]),
        reference=b0.reference,
    )

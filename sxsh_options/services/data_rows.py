"""Every figure that ships as a row of one list: its values by date, its source, how it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from sxsh_options.errors import ParameterError
from sxsh_options.options.norms import Norm, norms
from sxsh_options.options.tables import (
    CapexAnchor,
    CatalogueOption,
    Effect,
    OptionCatalogue,
    Share,
    option_catalogue,
)
from sxsh_options.parameters import DatedValue, Parameter, Text, default_parameters, weakest
from sxsh_options.resources import catalogue
from sxsh_options.resources.observed_prices import ObservedPrice, observed_prices
from sxsh_options.resources.tables import GAS_SETS, Fuel, Gas, Resource
from sxsh_options.screening.terms import OVERRIDABLE
from sxsh_options.services.data_shapes import DataRow, Figure, Range, RowKind, Stated, Target

# Kinds of parameters by what their ids begin with.
_PARAMETER_KINDS: Mapping[str, RowKind] = {
    "carbon_price": "price",
    "electricity_tariff": "price",
    "price": "price",
    "wastewater_fee": "price",
    "grid_emission_factor": "factor",
    "toe": "factor",
    "wastewater_methane": "factor",
    "wastewater_treatment": "factor",
    "water_supply": "factor",
    "corporate_income_tax": "finance",
    "depreciation": "finance",
    "discount_rate": "finance",
    "fixed_asset": "finance",
    "fx": "finance",
    "ghg_inventory": "finance",
    "grant": "finance",
    "household_tax": "finance",
    "inflation": "finance",
    "lending_rate": "finance",
    "vat": "finance",
    "cp_feasibility": "method",
    "cp_triage": "method",
    "place": "method",
    "plan": "method",
    "plausibility": "method",
}
# Parameters that an assessment's assumptions replace in a field of their own.
ASSUMED = frozenset(
    {
        "corporate_income_tax.rate",
        "cp_feasibility.weights",
        "discount_rate.default",
        "fx.vnd_per_usd",
        "inflation.planning",
    }
)
_PART_UNITS: Mapping[str, str] = {
    "vat_rate": "fraction",
    "rate": "fraction",
    "manufacturing_revenue_rate": "fraction",
    "exempt_revenue_vnd": "VND",
    "revenue_method_up_to_vnd": "VND",
    "low_days": "days",
    "high_years": "years",
    "emissions_tco2e": "tCO2e",
    "energy_toe": "toe",
    "waste_treated_t": "t",
}


def data_rows(as_of: date) -> tuple[DataRow, ...]:
    """Return every row, with the values as they stand on a day; prices and factors first."""
    known = option_catalogue()
    parameters = default_parameters()
    every = [
        *(_parameter(parameters.parameter(name), as_of) for name in parameters),
        *(_fuel(fuel) for fuel in catalogue.fuels().values()),
        *(_gas(gas) for gas in catalogue.gases().values()),
        *map(_price, observed_prices()),
        *(_norm(norm, known) for norm in norms()),
        *map(_resource, catalogue.resources().values()),
        *map(_option, known.options.values()),
        *(
            _effect(effect, number, option, known)
            for option in known.options.values()
            for number, effect in enumerate(option.effects)
        ),
        *(_share(share, known) for share in known.shares.values()),
        *(_anchor(anchor, known) for anchor in known.anchors.values()),
    ]
    order = get_args(RowKind)
    return tuple(sorted(every, key=lambda row: order.index(row.kind)))


# Parameters


_ENDS = (("low", "min"), ("high", "max"))  # what the ends of a range are called


def _parameter(parameter: Parameter, as_of: date) -> DataRow:
    name = parameter.parameter_id
    values = [_of_parameter(value) for value in parameter.values]
    try:
        current = default_parameters().get(name, as_of)
        place = next(i for i, v in enumerate(parameter.values) if v.valid_from == current.valid_from)
        now = replace(values[place], messages=current.messages)
    except ParameterError as error:
        place = len(values) - 1
        now = replace(values[place], messages=error.messages)
    others = tuple(reversed([value for i, value in enumerate(values) if i != place]))
    targets = [*_targets(f"parameter:{name}", name)]
    if name in OVERRIDABLE and name not in ASSUMED:
        targets.append(Target("parameter", name))
    kind = _PARAMETER_KINDS[name.partition(".")[0]]
    return DataRow(
        kind, name, parameter.description, (), now, others, targets=tuple(targets), assumed=name in ASSUMED
    )


def _of_parameter(value: DatedValue) -> Stated:
    ended = value.until or value.repealed_on
    source = ", ".join(filter(None, (value.reference.title, value.reference.article)))
    return Stated(
        figures=tuple(_figures(value.value, value.unit)),
        valid_from=value.valid_from,
        until=ended or value.still_valid_on,
        open_end=ended is None,
        period=None,
        source=source,
        url=value.reference.url,
        evidence=value.evidence,
        note=value.note,
    )


def _figures(value: Any, unit: str, names: tuple[str | Text, ...] = ()) -> Iterator[Figure]:
    """Yield the figures of a value of any of the shapes that parameters have."""
    if isinstance(value, Mapping):
        ends = [next((value[end] for end in pair if end in value), None) for pair in _ENDS]
        if None not in ends:
            if "vi" in value:
                names = (*names[:-1], {"vi": value["vi"], "en": value["en"]})
            yield Figure(names, Range(ends[0], None, ends[1]), unit)
            return
        packed = {"with_vat": "VND", "quantity": unit.rpartition("/")[2]} if "quantity" in value else {}
        for key, part in value.items():
            yield from _figures(part, packed.get(key) or _PART_UNITS.get(key, unit), (*names, key))
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for band in value:
            up_to = band.get("revenue_up_to_vnd")
            last = ("revenue_above",) if up_to is None and len(value) > 1 else ()
            yield Figure(last, band["rate"], unit, up_to)
    elif isinstance(value, list):
        yield Figure(names, tuple("–".join(v) if isinstance(v, list) else str(v) for v in value), "")
    elif value is not None:
        yield Figure(names, value, unit)


def _targets(factor: str, price: str = "") -> Iterator[Target]:
    """Yield what can be replaced of the resources that take their factor, or their price, from a place."""
    for resource in catalogue.resources().values():
        taken = ":".join(filter(None, (resource.factor_kind, resource.factor_key)))
        if taken == factor or (taken == "grid" and factor == "parameter:grid_emission_factor"):
            yield Target("emission_factor", resource.resource_id)
        if price and resource.price_parameter == price:
            yield Target("price", resource.resource_id)


# Resources


def _fuel(fuel: Fuel) -> DataRow:
    low, high = fuel.ncv_range or (None, None)
    typical = float(fuel.ncv_gj_per_t)
    ends = [None if end is None else float(end) for end in (low, high)]
    figures = [
        Figure(("ncv",), Range(ends[0], typical, ends[1]) if low else typical, "GJ/t"),
        Figure(("co2",), float(fuel.co2_kg_per_tj), "kg/TJ"),
        Figure(("ch4",), float(fuel.ch4_kg_per_tj), "kg/TJ"),
        Figure(("n2o",), float(fuel.n2o_kg_per_tj), "kg/TJ"),
    ]
    if fuel.density_kg is not None:
        figures.append(Figure(("density",), float(fuel.density_kg), f"kg/{fuel.density_per}"))
    resource = catalogue.resources()[fuel.fuel_id]
    return DataRow(
        "factor",
        f"fuel.{fuel.fuel_id}",
        _name(resource),
        (),
        _timeless(figures, fuel.source, fuel.evidence, fuel.note),
        targets=tuple(_targets(f"fuel:{fuel.fuel_id}")),
    )


def _gas(gas: Gas) -> DataRow:
    figures = [Figure((name,), float(gas.gwp[name]), "kgCO2e/kg") for name in GAS_SETS]
    return DataRow(
        "factor",
        f"gas.{gas.substance}",
        dict.fromkeys(("vi", "en"), gas.substance),
        (),
        _timeless(figures, gas.source, weakest(*gas.evidence.values()), None),
        targets=tuple(_targets(f"gwp:{gas.substance}")),
    )


def _resource(resource: Resource) -> DataRow:
    low, high = resource.plausible_price_low_vnd, resource.plausible_price_high_vnd
    per = f"VND/{resource.unit}"
    known = [Figure(("plausible_price",), Range(low, None, high), per)] if low is not None else []
    figures = (*known, Figure(("scope",), f"scope_{resource.scope}", ""))
    stated = _timeless(figures, "", "judgement" if known else resource.evidence, resource.note)
    targets = [Target("price", resource.resource_id)] if resource.bought else []
    if resource.scope != "none":
        targets.append(Target("emission_factor", resource.resource_id))
    aliases = {lang: ", ".join(resource.aliases) for lang in ("vi", "en")}
    about = (aliases,) if resource.aliases else ()
    return DataRow(
        "resource",
        f"resource.{resource.resource_id}",
        _name(resource),
        about,
        stated,
        targets=tuple(targets),
    )


def _name(resource: Resource) -> Text:
    return {"vi": resource.name_vi, "en": resource.name_en}


def _price(price: ObservedPrice) -> DataRow:
    figures = (Figure((), price.value, price.unit),)
    stated = Stated(
        figures, price.valid.first, price.valid.last, False, price.period, price.source, "",
        price.evidence, price.note,
    )  # fmt: skip
    priced = price.resource and catalogue.find(price.resource).bought
    targets = (Target("price", price.resource),) if priced else ()
    kind: RowKind = "price" if price.resource else "finance"
    return DataRow(
        kind, f"seen.{price.price_id}", price.item, (), stated, place=price.place, tax=price.tax,
        targets=targets,
    )  # fmt: skip


# Norms and the option catalogue


def _norm(norm: Norm, known: OptionCatalogue) -> DataRow:
    figures: tuple[Figure, ...] = ()
    ends = (norm.low, norm.typical, norm.high)
    given = [end for end in ends if end is not None]
    if len(given) == 1:
        figures = (Figure((), given[0], norm.unit),)
    elif given:
        figures = (Figure((), Range(*ends), norm.unit),)
    stated = Stated(
        figures, norm.valid.first, norm.valid.last, False, None, norm.source, "",
        norm.evidence if given else "", norm.note,
    )  # fmt: skip
    limit = {"legal_max": "max", "legal_min": "min"}.get(norm.kind, "") if len(given) == 1 else ""
    name = {lang: f"{norm.metric[lang]} – {norm.product[lang]}" for lang in ("vi", "en")}
    about = tuple(known.sectors[sector].name for sector in norm.sectors if sector in known.sectors)
    return DataRow("norm", f"norm.{norm.norm_id}", name, about, stated, limit=limit, norm_kind=norm.kind)


def _option(option: CatalogueOption) -> DataRow:
    low, high = option.payback_years
    figures = (
        Figure(("capex",), Range(*option.capex_vnd), _per("VND", option.capex_unit)),
        Figure(("life",), float(option.life_years), "years"),
        Figure(("opex_share",), option.opex_share, "fraction"),
        Figure(("payback",), Range(low, None, high), "years"),
    )
    stated = _timeless(figures, option.capex_source, option.capex_evidence, option.note)
    return DataRow("option", f"option.{option.option_id}", option.name, (option.process_step,), stated)


def _effect(effect: Effect, number: int, option: CatalogueOption, known: OptionCatalogue) -> DataRow:
    share = effect.measure in ("percent", "percent_of_cost", "switch")
    unit = "fraction" if share else effect.measure.replace("_per_", "/")
    figures = (Figure((f"effect_{effect.measure}",), Range(*effect.band), unit),)
    stated = _timeless(figures, effect.source, effect.evidence, effect.note)
    base = known.end_uses[effect.base]
    return DataRow("effect", f"effect.{effect.option_id}.{number}", option.name, (base.name,), stated)


def _share(share: Share, known: OptionCatalogue) -> DataRow:
    end_use = known.end_uses[share.end_use]
    stated = _timeless((Figure((), Range(*share.band), "fraction"),), share.source, share.evidence, None)
    about = (known.sectors[share.sector].name,) if share.sector in known.sectors else ()
    targets = () if end_use.whole else (Target("end_use", share.end_use),)
    return DataRow(
        "share", f"share.{share.sector}.{share.end_use}", end_use.name, about, stated, targets=targets
    )


def _anchor(anchor: CapexAnchor, known: OptionCatalogue) -> DataRow:
    low, typical, high = anchor.figures
    value: float | Range = typical if low == typical == high else Range(low, typical, high)
    about_year = {"vi": "khoảng ", "en": "about "} if anchor.price_year.startswith("~") else {}
    year = {lang: about_year.get(lang, "") + anchor.price_year.removeprefix("~") for lang in ("vi", "en")}
    stated = replace(
        _timeless([Figure((), value, anchor.unit)], anchor.source, anchor.evidence, anchor.note),
        period=year if anchor.price_year else None,
    )
    about = tuple(known.options[name].name for name in anchor.option_ids)
    return DataRow("anchor", f"anchor.{anchor.anchor_id}", anchor.item, about, stated)


def _timeless(figures: Iterable[Figure], source: str, evidence: str, note: Text | None) -> Stated:
    return Stated(tuple(figures), None, None, False, None, source, "", evidence, note)


def _per(money: str, unit: Text) -> Text:
    sign = {"vi": "₫", "en": money}
    return {lang: f"{sign[lang]}/{unit[lang]}" for lang in sign}

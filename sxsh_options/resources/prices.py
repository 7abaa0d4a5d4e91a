"""Default prices: dated, net of VAT, in VND per canonical unit. What nobody has found stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sxsh_options import units
from sxsh_options.errors import InputError, Message, ParameterError, message
from sxsh_options.parameters import DatedValue, default_parameters
from sxsh_options.resources import catalogue, energy

TARIFF = "electricity_tariff.production"


def default_price(resource_id: str, as_of: date) -> DatedValue | None:
    """Return the price of one canonical unit, net of VAT, or None where none is known on that day.

    Returns
    -------
    DatedValue or None
        ``value`` in VND per canonical unit. Electricity: production tariff at the default voltage and
        hours. A price that was published with VAT is divided by 1 + its VAT rate, and
        ``price.vat_taken_off`` says so.
    """
    return lookup(resource_id, as_of)[0]


def lookup(resource_id: str, as_of: date) -> tuple[DatedValue | None, tuple[Message, ...]]:
    """Return the price as :func:`default_price` does, and what there is to say about it or its absence."""
    resource = catalogue.find(resource_id)
    if not resource.price_parameter:
        missing = (message("price.not_known", resource=resource.resource_id),) if resource.bought else ()
        return None, missing
    try:
        if resource.price_parameter == TARIFF:
            price = _default_tariff(as_of)
        else:
            price = _net_of_vat(
                default_parameters().get(resource.price_parameter, as_of), resource.resource_id
            )
    except ParameterError as error:
        return None, (message("price.not_known", resource=resource.resource_id), *error.messages)
    per = price.unit.removeprefix("VND/")
    ratio = energy.content(resource, per).ratio
    net = replace(price, value=units.scale(price.number, 1 / ratio), unit=f"VND/{resource.unit}")
    return net, net.messages


def electricity_tariff(as_of: date, voltage: str, period: str) -> DatedValue:
    """Return the production tariff excluding VAT, in VND/kWh.

    Parameters
    ----------
    as_of : date
    voltage : {"ge_110kv", "22_to_110kv", "6_to_22kv", "below_6kv"}
    period : {"normal", "off_peak", "peak"}

    Raises
    ------
    InputError
        ``price.unknown_tariff``, with the levels there are.
    ParameterError
        There is no tariff on that day.
    """
    tariff = default_parameters().get(TARIFF, as_of)
    levels: Mapping[str, Mapping[str, float]] = tariff.value
    for asked, allowed in ((voltage, levels), (period, next(iter(levels.values())))):
        if asked not in allowed:
            raise InputError(message("price.unknown_tariff", level=asked, allowed=", ".join(allowed)))
    return replace(tariff, value=levels[voltage][period])


def _default_tariff(as_of: date) -> DatedValue:
    level = default_parameters().get("electricity_tariff.default_level", as_of)
    tariff = electricity_tariff(as_of, level.value["voltage"], level.value["period"])
    if level.note is None or tariff.note is None:
        return tariff
    return replace(tariff, note={lang: f"{level.note[lang]} {tariff.note[lang]}" for lang in tariff.note})


def _net_of_vat(published: DatedValue, resource_id: str) -> DatedValue:
    """Return a price as a plain number; a table holds a price with VAT, and the quantity it buys."""
    if not isinstance(published.value, Mapping):
        return published
    table = published.value
    net = table["with_vat"] / table.get("quantity", 1) / (1 + table["vat_rate"])
    taken_off = message("price.vat_taken_off", resource=resource_id, vat=table["vat_rate"])
    return replace(published, value=net, messages=(*published.messages, taken_off))

"""Questions that published cases taught to ask: they never refuse, they ask.

Printed figures confuse kWh with MWh, thousand with million, month with year. Each check compares an
option with bounds from ``data/`` and, where a usual slip would explain the figure, names the slip.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sxsh_options import units
from sxsh_options.errors import Message, message
from sxsh_options.model import Confirmation, CostKind, Option
from sxsh_options.options import BaselineFlow, used_quantities
from sxsh_options.options.tables import option_catalogue
from sxsh_options.resources import catalogue
from sxsh_options.resources.emissions import EmissionFactor
from sxsh_options.screening.evaluate import Evaluation
from sxsh_options.screening.valuation import Valuation

WASTEWATER = "wastewater"
MONTHS = 12.0
THOUSAND = 1000.0
CLEARLY = 3.0  # times outside the band before a month is suspected: the bands are wide

# The field of the option that most likely causes a question; beside it the question is asked.
FIELD_OF = {
    "question.payback_under_week": "capex",
    "question.no_net_benefit": "annual_saving",
    "question.payback_over_century": "capex",
    "question.payback_longer_than_life": "technical_life_years",
    "question.payback_after_replacement": "technical_life_years",
    "question.never_after_replacement": "technical_life_years",
    "question.placeholder_capex": "capex",
    "question.placeholder_of_one": "capex",
    "question.small_capex": "capex",
    "question.large_capex": "capex",
    "question.life": "technical_life_years",
    "question.life_outside_frame": "depreciation_life_years",
    "question.technical_life_outside_frame": "technical_life_years",
    "question.price_thousand_too_high": "annual_saving",
    "question.price_thousand_too_low": "annual_saving",
    "question.price_month_for_year": "annual_saving",
    "question.quantity_month_for_year": "savings",
    "question.price_too_high": "annual_saving",
    "question.price_too_low": "annual_saving",
    "question.unit_price": "savings",
    "question.above_base": "savings",
    "question.co2e_differs": "stated_co2e_t_per_year",
    "question.grid_factor": "savings",
    "question.own_factor": "savings",
    "question.wastewater_charge": "savings",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is plausible; every figure is a dated parameter of ``data/parameters``."""

    shortest_payback_years: float
    longest_payback_years: float
    smallest_capex_vnd: float
    largest_capex_vnd: float
    co2e_tolerance: float  # a stated tCO2e may be this many times the computed one, or this part of it
    grid_factor: tuple[float, float]  # tCO2e/MWh
    own_factor: float  # one's own factor may be this many times the published one, or this part of it
    technical_life_years: tuple[int, int]
    machinery_frame_years: tuple[int, int]  # legal depreciation lives, widest of all groups
    building_frame_years: tuple[int, int]
    fixed_asset_threshold_vnd: float


def questions(
    options: Sequence[Option], value: Valuation, result: Evaluation, bounds: Bounds
) -> list[list[Message]]:
    """Return the questions that each option's figures raise.

    Parameters
    ----------
    options : sequence of Option, length N
    value : Valuation
    result : Evaluation
    bounds : Bounds

    Returns
    -------
    list of list of Message, length N
    """
    asked: list[list[Message]] = [[] for _ in options]
    _placeholders(options, value, asked)
    _payback(value, result, bounds, asked)
    _lives(options, value, bounds, asked)
    _prices(options, value, asked)
    _bases(value, asked)
    _wastewater(options, value, asked)
    _emissions(options, value, result, bounds, asked)
    return asked


def figures(question: Message) -> str:
    """Return the figures that a question names, as a confirmation of it remembers them."""
    return "; ".join(
        f"{name}={value:.6g}" if isinstance(value, float) else f"{name}={value}"
        for name, value in question.params.items()
    )


def unconfirmed(
    options: Sequence[Option], asked: list[list[Message]], confirmations: Sequence[Confirmation]
) -> list[list[Message]]:
    """Return the questions without those that were answered for the very figures that they name."""
    if not confirmations:
        return asked
    settled = {(c.option, c.question, c.figures) for c in confirmations}
    return [
        [q for q in questions_ if (option.id, q.code, figures(q)) not in settled]
        for option, questions_ in zip(options, asked, strict=True)
    ]


def _where(condition: npt.NDArray[np.bool_]) -> list[int]:
    """Return the indices at which a condition holds."""
    return [int(i) for i in np.flatnonzero(condition)]


def _placeholders(options: Sequence[Option], value: Valuation, asked: list[list[Message]]) -> None:
    """Ask for the real investment where one of the catalogue still stands in."""
    known = option_catalogue().options
    for i, option in enumerate(options):
        if not any(item.is_placeholder for item in option.capex):
            continue
        capex, origin = float(value.capex_vnd[i]), known.get(option.catalogue_id or "")
        if origin is not None and origin.one_of_several:
            asked[i].append(message("question.placeholder_of_one", capex=capex, unit=origin.option_id))
        else:
            asked[i].append(message("question.placeholder_capex", capex=capex))


def _payback(value: Valuation, result: Evaluation, bounds: Bounds, asked: list[list[Message]]) -> None:
    payback, investment = result.simple_payback, value.investment_vnd
    for i in _where((investment > 0) & (payback < bounds.shortest_payback_years)):
        asked[i].append(message("question.payback_under_week", days=float(payback[i]) * 365.0))
    for i in _where(value.net_benefit_vnd <= 0):
        asked[i].append(message("question.no_net_benefit", benefit=float(value.net_benefit_vnd[i])))
    large = value.capex_vnd >= bounds.largest_capex_vnd
    for i in _where(large):
        asked[i].append(message("question.large_capex", capex=float(value.capex_vnd[i])))
    late = np.isfinite(payback) & (payback > bounds.longest_payback_years)
    for i in _where(late & ~large):  # of such an investment that is no wonder
        asked[i].append(message("question.payback_over_century", years=float(payback[i])))
    for i in _where(np.isfinite(payback) & ~result.paid_back & ~late):
        asked[i].append(
            message("question.payback_longer_than_life", years=float(payback[i]), life=int(result.years[i]))
        )
    again = value.life_years < result.years  # bought again within the horizon
    differs = again & result.paid_back & ~np.isclose(payback, result.payback_of_flows)
    for i in _where(differs & np.isfinite(result.payback_of_flows)):
        asked[i].append(
            message("question.payback_after_replacement", years=float(result.payback_of_flows[i]))
        )
    for i in _where(differs & np.isinf(result.payback_of_flows)):
        asked[i].append(message("question.never_after_replacement"))
    for i in _where((value.capex_vnd > 0) & (value.capex_vnd < bounds.smallest_capex_vnd)):
        asked[i].append(message("question.small_capex", capex=float(value.capex_vnd[i])))


def _lives(options: Sequence[Option], value: Valuation, bounds: Bounds, asked: list[list[Message]]) -> None:
    shortest, longest = bounds.technical_life_years
    for i in _where((value.life_years < shortest) | (value.life_years > longest)):
        asked[i].append(message("question.life", life=int(value.life_years[i]), low=shortest, high=longest))
    for i in _where(value.fixed_asset_vnd >= bounds.fixed_asset_threshold_vnd):
        option = options[i]
        own = option.depreciation_life_years
        life = own or option.technical_life_years
        built = any(item.kind is CostKind.CONSTRUCTION for item in option.capex)
        low, high = bounds.machinery_frame_years
        if built:
            high = max(high, bounds.building_frame_years[1])
        if not low <= life <= high:
            code = "question.life_outside_frame" if own else "question.technical_life_outside_frame"
            asked[i].append(message(code, life=life, low=low, high=high))


def _prices(options: Sequence[Option], value: Valuation, asked: list[list[Message]]) -> None:
    """Hold stated money over a single saved resource against what the resource plausibly costs.

    Where another resource takes over, the money is what is left after paying for that one.
    """
    bought = np.array([catalogue.find(r).bought for r in value.resources], dtype=bool)
    saved = value.quantity > 0
    single = (
        ((value.quantity != 0).sum(axis=1) == 1) & (saved[:, bought].sum(axis=1) == 1)
        if len(bought)
        else np.zeros(0, dtype=bool)
    )
    for i in _where(single):
        stated = options[i].annual_saving
        if stated is None:
            continue
        column = _where(saved[i])[0]
        resource = catalogue.find(value.resources[column])
        low, high = resource.plausible_price_low_vnd, resource.plausible_price_high_vnd
        if low is None or high is None:
            continue
        money = float(value.stated_benefit_vnd[i])
        price = money / float(value.quantity[i, column])
        if low <= price <= high or money <= 0:
            continue
        shown = {
            "resource": resource.resource_id,
            "price": price,
            "low": low,
            "high": high,
            "unit": resource.unit,
        }
        if low <= price / THOUSAND <= high:
            code = "question.price_thousand_too_high"
        elif low <= price * THOUSAND <= high:
            code = "question.price_thousand_too_low"
        elif price < low / CLEARLY and low <= price * MONTHS <= high:
            code = "question.price_month_for_year"
        elif price > high * CLEARLY and low <= price / MONTHS <= high:
            code = "question.quantity_month_for_year"
        else:
            code = "question.price_too_high" if price > high else "question.price_too_low"
        asked[i].append(message(code, **shown))
    for resource_id, used in value.prices.items():
        resource = catalogue.find(resource_id)
        low, high = resource.plausible_price_low_vnd, resource.plausible_price_high_vnd
        if used.origin == "default" or low is None or high is None or low <= used.vnd_per_unit <= high:
            continue
        column = value.resources.index(resource_id)
        for i in _where(value.resource_benefit_vnd[:, column] != 0):
            asked[i].append(
                message(
                    "question.unit_price",
                    resource=resource_id,
                    price=used.vnd_per_unit,
                    low=low,
                    high=high,
                    unit=resource.unit,
                )
            )


def _bases(value: Valuation, asked: list[list[Message]]) -> None:
    """Ask where an option saves more of a resource than the baseline uses."""
    base = used_quantities(value.flows.values())
    for column, resource in enumerate(value.resources):
        if resource not in base:
            continue
        for i in _where(value.quantity[:, column] > base[resource] * (1 + 1e-9)):
            asked[i].append(
                message(
                    "question.above_base",
                    resource=resource,
                    saved=float(value.quantity[i, column]),
                    base=base[resource],
                    unit=catalogue.find(resource).unit,
                )
            )


def wastewater_charge(flows: Iterable[BaselineFlow]) -> float | None:
    """Return what the facility pays for a cubic metre of wastewater, in VND, where it was entered."""
    for flow in flows:
        price = flow.flow.unit_price
        if flow.resource == WASTEWATER and price is not None and price.currency == "VND":
            return price.amount * flow.units_per_canonical
    return None


def _wastewater(options: Sequence[Option], value: Valuation, asked: list[list[Message]]) -> None:
    """Ask where water is saved, and nothing of the wastewater that is paid for."""
    price = wastewater_charge(value.flows.values())
    if not price or not value.resources:
        return
    water = np.array([catalogue.find(r).kind == "water" for r in value.resources])
    saved = value.quantity[:, water].sum(axis=1)
    for i in _where(saved > 0):
        touched = any(row.option == i and row.resource == WASTEWATER for row in value.rows)
        if not touched and options[i].annual_saving is None and not options[i].benefits:
            shown = {"price": price, "saved": float(saved[i]), "amount": price * float(saved[i])}
            asked[i].append(message("question.wastewater_charge", **shown))


def _emissions(
    options: Sequence[Option],
    value: Valuation,
    result: Evaluation,
    bounds: Bounds,
    asked: list[list[Message]],
) -> None:
    for i, option in enumerate(options):
        stated = option.stated_co2e_t_per_year
        if stated is None:
            continue
        computed = float(result.co2e_t[i])
        if np.isnan(computed):
            continue
        limits = sorted((computed * bounds.co2e_tolerance, computed / bounds.co2e_tolerance))
        if not limits[0] <= stated <= limits[1]:
            asked[i].append(message("question.co2e_differs", stated=stated, computed=computed))
    for resource, used in value.factors.items():
        far = own_factor(used, bounds.own_factor)
        if far is None or resource == "electricity":  # whose factor has bounds of its own
            continue
        for i in _where(value.quantity[:, value.resources.index(resource)] != 0):
            asked[i].append(far)
    grid = value.factors.get("electricity")
    if grid is not None:
        per_mwh = grid.t_co2e_per_unit * 1000.0
        low, high = bounds.grid_factor
        if not low <= per_mwh <= high:
            column = value.resources.index("electricity")
            for i in _where(value.quantity[:, column] != 0):
                asked[i].append(message("question.grid_factor", factor=per_mwh, low=low, high=high))


def own_factor(used: EmissionFactor, tolerance: float) -> Message | None:
    """Return the question that a user's own factor raises where it is far from the published one."""
    published, own = used.replaces, used.t_co2e_per_unit
    if not published or published / tolerance <= own <= published * tolerance:
        return None
    shown = {
        name: units.convert(value, "t", "kg") for name, value in (("own", own), ("published", published))
    }
    return message("question.own_factor", resource=used.resource_id, unit=used.unit, **shown)

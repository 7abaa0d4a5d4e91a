"""The catalogue for one facility: what each option would be worth, in which order, and filling one in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sxsh_options.model import Assessment, Category
from sxsh_options.model.merging import Document
from sxsh_options.options import BaselineFlow, annual_flows
from sxsh_options.options.bases import Premises
from sxsh_options.options.offers import Offer, OfferedMoney, OfferedSaving, offer, offers
from sxsh_options.options.tables import CatalogueOption, EndUse, option_catalogue
from sxsh_options.parameters import Band
from sxsh_options.resources import catalogue
from sxsh_options.resources.tables import spelling
from sxsh_options.screening.plausibility import wastewater_charge
from sxsh_options.screening.valuation import Exchange, flow_price, price_of
from sxsh_options.services import editing
from sxsh_options.services.baseline import factor_of

_VND = "VND"
_DIGITS = 3  # significant ones of a suggested investment: more would look like knowledge


@dataclass(frozen=True, slots=True)
class CapexGuess:
    """A placeholder for the investment, and what it rests on.

    Attributes
    ----------
    vnd : Band
    basis : {"site", "size", "payback"}
        One unit for the establishment; the number of units that follows from the saving or the flow; or
        the payback that is usual, because the number of units is not known.
    units : float or None
        How many of the option's `capex_unit`.
    """

    vnd: Band
    basis: Literal["site", "size", "payback"]
    units: float | None


@dataclass(frozen=True, slots=True)
class ValuedOffer:
    """An offer with its worth a year at the facility's own prices.

    Attributes
    ----------
    saving_vnd : Band or None
        ``None`` where nothing of it can be computed.
    co2e_t : float or None
        Avoided a year, scopes 1 and 2, at the typical saving; ``None`` where nothing physical is known.
    unpriced : tuple of str
        Resources that are saved and have no price.
    capex : CapexGuess or None
    taken : bool
        Whether the assessment has an option that was filled from it.
    wastewater_vnd_per_m3 : float or None
        What the facility pays for wastewater, where water is saved: it is not in the saving.
    """

    offer: Offer
    saving_vnd: Band | None
    co2e_t: float | None
    unpriced: tuple[str, ...]
    capex: CapexGuess | None
    taken: bool
    wastewater_vnd_per_m3: float | None = None

    @property
    def computed(self) -> bool:
        """Whether the figures say what the option is worth."""
        return self.offer.ready and self.saving_vnd is not None

    @property
    def option(self) -> CatalogueOption:
        """The option of the catalogue."""
        return self.offer.option


def offered(assessment: Assessment, as_of: date, sector: str | None = None) -> tuple[ValuedOffer, ...]:
    """Return the options of the catalogue that fit, the most worth a year first.

    Parameters
    ----------
    assessment : Assessment
        Of finished rows.
    as_of : date
        The day whose prices and factors count.
    sector : str, optional
        Id of another sector than the facility's.

    Returns
    -------
    tuple of ValuedOffer
        Ordered by typical saving in money, then tCO2e; those whose main base is not known last.
    """
    worth = _Worth(assessment, as_of)
    found = [worth.value(each) for each in offers(worth.premises(sector), as_of)]
    return tuple(sorted(found, key=_order))


def offered_one(assessment: Assessment, as_of: date, option_id: str) -> ValuedOffer:
    """Return one option of the catalogue, whether or not it fits the sector."""
    worth = _Worth(assessment, as_of)
    return worth.value(offer(option_catalogue().options[option_id], worth.premises(None), as_of))


def questions(found: Iterable[ValuedOffer]) -> list[tuple[EndUse, int]]:
    """Return the end uses whose size is not known, with how many options wait for each; most first."""
    waiting: dict[str, tuple[EndUse, int]] = {}
    for each in found:
        for end_use in each.offer.unknown:
            asked = _asked(end_use)
            waiting[asked.end_use_id] = (asked, waiting.get(asked.end_use_id, (asked, 0))[1] + 1)
    return sorted(waiting.values(), key=lambda pair: (-pair[1], pair[0].end_use_id))


def has_flow(assessment: Assessment, kind: str) -> bool:
    """Tell whether the baseline has a flow that an end use of a kind can be a part of."""
    return Premises(assessment, annual_flows(assessment)).has(kind)


def _asked(end_use: EndUse) -> EndUse:
    """Return the end use that stands behind one that is only its cost."""
    return option_catalogue().end_uses[end_use.parts[0]] if end_use.of == "cost" else end_use


def matching(
    found: Iterable[ValuedOffer],
    *,
    resource: str | None = None,
    category: Category | None = None,
    step: str | None = None,
    text: str = "",
) -> list[ValuedOffer]:
    """Return the offers that fit every filter that is given.

    Parameters
    ----------
    found : iterable of ValuedOffer
    resource : str, optional
        Kind of flow that the option changes, such as ``"water"``.
    category : Category, optional
    step : str, optional
        Process step by its Vietnamese name.
    text : str
        Words that stand in the option's name or step in either language; accents and case are free.
    """
    words = [spelling(word) for word in text.split()]

    def fits(each: ValuedOffer) -> bool:
        option = each.option
        said = spelling(" ".join((*option.name.values(), *option.process_step.values())))
        return (
            (resource is None or any(effect.effect == resource for effect in option.effects))
            and (category is None or option.category is category)
            and (step is None or option.process_step["vi"] == step)
            and all(word in said for word in words)
        )

    return [each for each in found if fits(each)]


# Filling in


def fill(document: Document, found: ValuedOffer, lang: str) -> Document:
    """Return the document with an option filled from the catalogue.

    Shares of flows stay shares, so that the saving follows the flow; what follows from another saving is a
    quantity. Money that only a bill tells is a benefit, and a fuel that is replaced is valued by its cost.
    The investment is a placeholder until somebody replaces it.
    """
    option, there = found.option, editing.rows(document, "options")
    row: dict[str, Any] = {
        "id": _free_id(option.option_id, there),
        "name": option.name["vi"],
        "name_en": option.name["en"],
        "category": option.category.value,
        "catalogue_id": option.option_id,
        "process_step": option.process_step[lang],
        "capex": [_cost(found.capex)],
        "savings": [_saving(n, each) for n, each in enumerate(found.offer.savings, start=1)],
        "technical_life_years": option.life_years,
        "interaction_group": option.interaction_group,
        "excludes": [str(o["id"]) for o in there if o.get("catalogue_id") in option.exclusive_with],
    }
    if found.capex is not None and option.opex_share:
        row["opex_change"] = _money(_rounded(found.capex.vnd.typical * option.opex_share))
    costs = [each for each in found.offer.money if each.base is not None]
    bills = [each for each in found.offer.money if each.bill_vnd is not None]
    if costs and found.saving_vnd is not None:  # the money that the replaced fuel leaves over
        band = found.saving_vnd
        row["annual_saving"] = _money(band.typical)
        row["annual_saving_low"], row["annual_saving_high"] = _money(band.low), _money(band.high)
    if bills:
        row["benefits"] = [_benefit(n, each, lang) for n, each in enumerate(bills, start=1)]
    return editing.add_row(document, ("options",), {key: v for key, v in row.items() if v != []}, "option")


def _free_id(wanted: str, there: Iterable[Mapping[str, Any]]) -> str:
    taken = {row.get("id") for row in there}
    numbers = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(name for name in numbers if name not in taken)


def _money(vnd: float) -> dict[str, Any]:
    return {"amount": float(round(vnd)), "currency": _VND}


def _cost(guess: CapexGuess | None) -> dict[str, Any]:
    item: dict[str, Any] = {"id": "cost1", "kind": "equipment"}
    if guess is None:
        return item
    low, typical, high = (_money(value) for value in guess.vnd)
    return {**item, "amount": typical, "low": low, "high": high, "suggested": typical}


def _saving(number: int, saving: OfferedSaving) -> dict[str, Any]:
    row: dict[str, Any] = {"id": f"saving{number}", "resource": saving.resource}
    band, part = saving.share, saving.part
    if band is None or part is None:
        low, typical, high = (_tidy(value) for value in saving.quantity)
        unit = catalogue.find(saving.resource).unit
        return {**row, "quantity": typical, "unit": unit, "low": low, "high": high}
    low, typical, high = (_tidy(value * 100) for value in band)
    row |= {"percent": typical, "of_flow": part.flow, "low": low, "high": high, "end_use": saving.effect.base}
    return row if part.share == 1.0 else {**row, "base_share": part.share}


def _benefit(number: int, money: OfferedMoney, lang: str) -> dict[str, Any]:
    bill = money.bill_vnd or 0.0
    low, typical, high = (_money(share * bill) for share in money.share)
    name = option_catalogue().end_uses[money.effect.base].name[lang]
    kind = "avoided_fee"
    return {"id": f"benefit{number}", "kind": kind, "name": name, "amount": typical, "low": low, "high": high}


def _tidy(number: float) -> float:
    return float(f"{number:.12g}")


def _rounded(vnd: float) -> float:
    return float(f"{vnd:.{_DIGITS}g}")


# Worth


def _order(each: ValuedOffer) -> tuple[bool, float, float, str]:
    worth = 0.0 if each.saving_vnd is None else each.saving_vnd.typical
    return (not each.computed, -worth, -(each.co2e_t or 0.0), each.option.option_id)


class _Worth:
    """Prices and factors of one assessment on one day, each looked up once."""

    def __init__(self, assessment: Assessment, as_of: date) -> None:
        self._assessment, self._as_of = assessment, as_of
        self._flows = annual_flows(assessment)
        self._exchange = Exchange(assessment.exchange_rates)
        self._taken = {option.catalogue_id for option in assessment.options}
        self._prices: dict[str, float | None] = {}
        self._factors: dict[str, float | None] = {}

    def premises(self, sector: str | None) -> Premises:
        return Premises(self._assessment, self._flows, sector)

    def value(self, found: Offer) -> ValuedOffer:
        costs = [money for money in found.money if money.base is not None]
        unpriced: dict[str, None] = {}
        parts: list[Band] = []
        for saving in () if costs else found.savings:
            price = self._price(saving.resource, saving.part.flow if saving.part else None)
            if price is None:
                if catalogue.find(saving.resource).bought:
                    unpriced[saving.resource] = None
                continue
            parts.append(Band(*(quantity * price for quantity in saving.quantity)))
        for money in found.money:
            vnd = money.bill_vnd if money.base is None else self._cost(money, unpriced)
            if vnd is not None:
                parts.append(Band(*(share * vnd for share in money.share)))
        worth = Band(*(sum(values) for values in zip(*parts, strict=True))) if parts else None
        return ValuedOffer(
            found,
            worth,
            self._co2e(found.savings),
            tuple(unpriced),
            _guess(found, worth, self._flows),
            found.option.option_id in self._taken,
            wastewater_charge(self._flows.values()) if _saves_water(found) else None,
        )

    def _cost(self, money: OfferedMoney, unpriced: dict[str, None]) -> float | None:
        total = 0.0
        for part in money.base.parts if money.base else ():
            price = self._price(part.resource, part.flow)
            if price is None:
                unpriced[part.resource] = None
                return None
            total += part.quantity * price
        return total

    def _price(self, resource: str, flow_id: str | None) -> float | None:
        flow = self._flows.get(flow_id) if flow_id else None
        if flow is not None and flow.flow.unit_price is not None:
            return flow_price(flow, self._exchange)
        if resource not in self._prices:
            found = price_of(resource, self._assessment, self._flows, self._as_of, self._exchange)
            self._prices[resource] = None if found is None else found.vnd_per_unit
        return self._prices[resource]

    def _co2e(self, savings: Iterable[OfferedSaving]) -> float | None:
        total = None
        for saving in savings:
            resource = saving.resource
            if resource not in self._factors:
                factor = factor_of(self._assessment, resource, self._as_of)
                counted = factor is not None and factor.scope in ("1", "2")
                self._factors[resource] = factor.t_co2e_per_unit if factor is not None and counted else None
            per_unit = self._factors[resource]
            if per_unit is not None:
                total = (total or 0.0) + saving.quantity.typical * per_unit
        return total


def _saves_water(found: Offer) -> bool:
    return any(s.quantity.typical > 0 and catalogue.find(s.resource).kind == "water" for s in found.savings)


def _guess(found: Offer, worth: Band | None, flows: Mapping[str, BaselineFlow]) -> CapexGuess | None:
    """Return a placeholder for the investment, or ``None`` where nothing speaks of its size.

    From the usual payback p and the yearly saving B, with operating cost as a share m of the investment::

        capex = B * p / (1 + m * p)
    """
    option = found.option
    if option.capex_per_site:
        return CapexGuess(option.capex_vnd, "site", 1.0)
    units = _units(found, flows)
    if units is not None:
        return CapexGuess(Band(*(_rounded(price * units) for price in option.capex_vnd)), "size", units)
    if worth is None or worth.typical <= 0:
        return None
    low, high = option.payback_years
    band = (worth.typical * p / (1 + option.opex_share * p) for p in (low, (low + high) / 2, high))
    return CapexGuess(Band(*map(_rounded, band)), "payback", None)


def _units(found: Offer, flows: Mapping[str, BaselineFlow]) -> float | None:
    if found.option.size is None:
        return None
    resource, of, per_unit = found.option.size
    if of == "saved":
        quantity = sum(s.quantity.typical for s in found.savings if s.resource == resource and s.part)
    else:
        quantity = sum(flow.quantity for flow in flows.values() if flow.resource == resource)
    return quantity / per_unit if quantity > 0 else None

"""Options of the catalogue as cards: what each would save here, how that is known, and a way to add it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.i18n.wording import within
from sxsh_options.options.bases import Base
from sxsh_options.options.offers import OfferedSaving
from sxsh_options.options.tables import CapexAnchor, Effect, option_catalogue
from sxsh_options.resources import catalogue
from sxsh_options.screening.results import Source
from sxsh_options.services import offers
from sxsh_options.services.offers import ValuedOffer
from sxsh_options.ui import figures
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, join, tag
from sxsh_options.ui.work import Work

_SEPARATOR = " · "
_DOI = re.compile(r"doi (10\.\d{4,}/[^\s,;]+)")
_DASH = "–"


def lead(found: tuple[ValuedOffer, ...], sector_id: str | None, wording: Wording) -> Html:
    """Return in one sentence how many options fit, and which saves most."""
    sector = option_catalogue().sectors[sector_id].name[wording.lang] if sector_id else ""
    computed = [each for each in found if each.computed]
    counts = {"fits": len(found), "computed": len(computed)}
    said = (
        wording.text("catalogue.lead", **counts, sector=within(sector))
        if sector
        else wording.text("catalogue.lead.no_sector", **counts)
    )
    first = next((each for each in computed if not each.taken), None)
    if first is not None and first.saving_vnd is not None and first.saving_vnd.typical > 0:
        name, saving = first.option.name[wording.lang], wording.money_compact(first.saving_vnd.typical)
        said += " " + wording.text("catalogue.lead.first", name=name, saving=saving)
    return tag("p", said, class_="sx-lead")


def cards(work: Work, shown: Iterable[ValuedOffer], wording: Wording) -> None:
    """Show a card for each offer, with a button to add it."""
    for each in shown:
        name = each.option.option_id
        with st.container(border=True, key=f"offer-{name}"):
            with st.container(
                horizontal=True,
                horizontal_alignment="distribute",
                vertical_alignment="top",
                key=f"row-offer-{name}",
            ):
                st.html(_head(each, wording))
                st.button(
                    wording.text("catalogue.added" if each.taken else "catalogue.add"),
                    key=f"add-{name}",
                    icon=":material/check:" if each.taken else ":material/add:",
                    type="tertiary" if each.taken else "secondary",
                    help=None,
                    on_click=careful(partial(_add, work, each, wording)),
                )
            st.html(details(each, wording))


def _add(work: Work, found: ValuedOffer, wording: Wording) -> None:
    work.change(lambda document: offers.fill(document, found, wording.lang))


# The head of a card


def _head(each: ValuedOffer, wording: Wording) -> Html:
    option = each.option
    about = _SEPARATOR.join((option.process_step[wording.lang], wording.text(f"category.{option.category}")))
    return tag(
        "div",
        tag("h3", option.name[wording.lang]),
        tag("p", about, class_="sx-quiet sx-about"),
        _saves(each, wording),
        [tag("p", _SEPARATOR.join(_physical(each, wording)), class_="sx-effects")],
        [tag("p", text, class_="sx-ask") for text in _gaps(each, wording)],
        class_="sx-offer",
    )


def _saves(each: ValuedOffer, wording: Wording) -> Html:
    band = each.saving_vnd
    if not each.computed or band is None:
        return Html()
    if band.typical < 0:
        typical = wording.money_compact(-band.typical)
        return tag("p", tag("strong", wording.text("catalogue.costs_more", typical=typical)))
    low, typical, high = (wording.money_compact(value) for value in band)
    said = wording.text("catalogue.saves", low=low, typical=typical, high=high)
    return tag("p", tag("strong", said), " ", _mark(option_evidence(each), wording))


def option_evidence(each: ValuedOffer) -> str:
    """Return how the band of the first effect is known."""
    return each.option.effects[0].evidence


def _physical(each: ValuedOffer, wording: Wording) -> Iterator[str]:
    sums: dict[str, float] = {}
    for saving in each.offer.savings:
        sums[saving.resource] = sums.get(saving.resource, 0.0) + saving.quantity.typical
    for resource, quantity in sums.items():
        said = wording.quantity(abs(quantity), catalogue.find(resource).unit, 3)
        name = wording.resource(resource)
        if quantity >= 0:
            yield wording.text("catalogue.quantity", resource=name, quantity=said)
        else:
            yield wording.text("catalogue.added_use", resource=within(name), quantity=said)
    if each.co2e_t:
        sign = "catalogue.co2e" if each.co2e_t > 0 else "catalogue.more_co2e"
        yield wording.text(sign, co2e=wording.number(abs(each.co2e_t), 3))
    low, high = (wording.years(years) if years else "0" for years in each.option.payback_years)
    yield wording.text("catalogue.payback", low=low, high=high)


def _gaps(each: ValuedOffer, wording: Wording) -> Iterator[str]:
    if each.offer.unknown:
        uses = "; ".join(dict.fromkeys(within(use.name[wording.lang]) for use in each.offer.unknown))
        yield wording.text("catalogue.unknown", uses=uses)
    if each.unpriced:
        names = ", ".join(within(wording.resource(resource)) for resource in each.unpriced)
        yield wording.text("catalogue.unpriced", resources=names)
    if each.offer.left_out:
        yield wording.text("catalogue.methane_left_out")
    if each.taken:
        return  # from then on the ranking asks
    if each.wastewater_vnd_per_m3 is not None:
        yield wording.text("catalogue.wastewater_left_out", price=each.wastewater_vnd_per_m3)
    if each.computed and each.capex is not None and each.option.one_of_several:
        yield _placeholder(each, wording)


# How it was computed


def details(each: ValuedOffer, wording: Wording) -> Html:
    """Return how each effect was computed, what the investment rests on, and the sources; closed at first."""
    option = each.option
    lines = [_effect(effect, each, wording) for effect in option.effects]
    about = (tag("li", text) for text in _about(each, wording))
    return tag(
        "details",
        tag("summary", tag("span", wording.text("catalogue.details"))),
        tag("ul", lines, about, class_="sx-notes"),
        class_="sx-how",
    )


def _effect(effect: Effect, each: ValuedOffer, wording: Wording) -> Html:
    use = option_catalogue().end_uses[effect.base].name[wording.lang]
    base = each.offer.bases.get(effect.base)
    band = effect.band._asdict()
    if effect.measure == "percent_of_cost":
        said = wording.text("catalogue.detail.bill", use=use, **band)
    elif effect.measure.startswith("kwh_per") or effect.effect == "methane":
        savings = [s for s in each.offer.savings if s.effect is effect]
        said = "; ".join(_follows(saving, wording) for saving in savings)
        if not savings:
            return Html()
    elif limited := [s for s in each.offer.savings if s.effect is effect and s.share is None and s.part]:
        said = "; ".join(_follows(saving, wording) for saving in limited)
        said += f". {wording.text('catalogue.detail.biogas_of_cod')}"
    elif effect.needs == "biogas_of_cod" and not any(s.effect is effect for s in each.offer.savings):
        said = wording.text("catalogue.detail.biogas_of_cod")
    elif base is None or not base.parts:
        said = wording.text("catalogue.detail.unknown", use=use, **band)
    else:
        said = wording.text("catalogue.detail.share", use=use, quantity=_quantity(base, wording), **band)
        said += f". {_origin(base, wording)}"
    note = [tag("span", " ", effect.note[wording.lang])] if effect.note else []
    sources = [(effect.source, effect.evidence)]
    if base is not None and base.origin == "usual":
        sources += [(share.source, share.evidence) for share in base.shares]
    return tag("li", said, note, [join([" ", _source(*source, wording)]) for source in sources])


def _source(named: str, evidence: str, wording: Wording) -> Html:
    """Return where a figure of the catalogue comes from; of none, that it is the catalogue's own."""
    if not named:
        code = "catalogue.no_source" if evidence.startswith("unverified") else "catalogue.source_unnamed"
        return figures.source_cell(Source(wording.text(code), evidence), wording)
    doi = _DOI.search(named)
    url = f"https://doi.org/{doi[1]}" if doi else ""
    return figures.source_cell(Source(named, evidence, url=url), wording)


def _follows(saving: OfferedSaving, wording: Wording) -> str:
    unit = catalogue.find(saving.resource).unit
    band = {name: wording.quantity(value, unit, 3) for name, value in saving.quantity._asdict().items()}
    return wording.text("catalogue.detail.follows", resource=wording.resource(saving.resource), **band)


def _quantity(base: Base, wording: Wording) -> str:
    sums: dict[str, float] = {}
    for part in base.parts:
        sums[part.resource] = sums.get(part.resource, 0.0) + part.quantity
    named = len(sums) > 1
    return " + ".join(
        wording.quantity(quantity, catalogue.find(resource).unit, 4)
        + (f" {within(wording.resource(resource))}" if named else "")
        for resource, quantity in sums.items()
    )


def _origin(base: Base, wording: Wording) -> str:
    share = base.parts[0].share
    match base.origin:
        case "stated":
            return wording.text("catalogue.detail.stated", share=share)
        case "usual":
            return wording.text("catalogue.detail.usual", share=share)
        case origin:
            return wording.text(f"catalogue.detail.{origin}")


def _about(each: ValuedOffer, wording: Wording) -> Iterator[Html | str]:
    option, lang = each.option, wording.lang
    low, typical, high = (wording.money_compact(value) for value in option.capex_vnd)
    unit = option.capex_unit[lang]
    said = wording.text("catalogue.capex.unit", low=low, typical=typical, high=high, unit=unit)
    yield join([said, " ", _source(option.capex_source, option.capex_evidence, wording)])
    if each.capex is not None:
        yield _placeholder(each, wording)
    for anchor in option_catalogue().anchors.values():
        if option.option_id in anchor.option_ids:
            source = _source(anchor.source, anchor.evidence, wording)
            yield join([_anchor(anchor, wording), " ", source])
    yield wording.text("catalogue.life", years=option.life_years)
    if option.exclusive_with:
        others = (option_catalogue().options[other].name[lang] for other in option.exclusive_with)
        yield wording.text("catalogue.excludes", names="; ".join(others))
    if option.note:
        yield option.note[lang]


def _placeholder(each: ValuedOffer, wording: Wording) -> str:
    guess = each.capex
    if guess is None:
        return _DASH
    capex = wording.money_compact(guess.vnd.typical)
    if guess.basis == "payback":
        low, high = (wording.years(years) if years else "0" for years in each.option.payback_years)
        return wording.text("catalogue.capex.payback", capex=capex, low=low, high=high)
    if guess.basis == "size":
        unit = each.option.capex_unit[wording.lang]
        return wording.text(
            "catalogue.capex.size", capex=capex, units=wording.number(guess.units, 3), unit=unit
        )
    if each.option.one_of_several:
        return wording.text("catalogue.capex.one", capex=capex, unit=each.option.capex_unit[wording.lang])
    return wording.text("catalogue.capex.site", capex=capex)


def _anchor(anchor: CapexAnchor, wording: Wording) -> str:
    low, _, high = anchor.figures
    known: dict[str, str] = {
        "item": anchor.item[wording.lang],
        "unit": anchor.unit[wording.lang],
        "year": anchor.price_year.replace("~", "≈ ") or _DASH,
    }
    if low == high:
        return wording.text("catalogue.anchor.one", price=low, **known)
    return wording.text("catalogue.anchor", low=low, high=high, **known)


def _mark(evidence: str, wording: Wording) -> Html:
    return figures.mark(Source("", evidence), wording)

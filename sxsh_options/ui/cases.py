"""Published cases as a person reads them: as cards, beside an option, and audited measures in a table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sxsh_options.i18n import Wording
from sxsh_options.i18n.wording import capital, within
from sxsh_options.model import Option
from sxsh_options.options.audits import Standing, audited_measures
from sxsh_options.options.cases import Money, PublishedCase
from sxsh_options.options.tables import option_catalogue
from sxsh_options.screening.results import RankedOption
from sxsh_options.services import case_library
from sxsh_options.services.case_library import ShownCase
from sxsh_options.ui.markup import Html, join, table, tag

BESIDE = 3  # cases that stand beside an option
_SEPARATOR = " · "
_VND = "VND"
_HALF = 0.5
_ALL_DIGITS = 9
_QUARTER, _MEDIAN, _THREE_QUARTERS = 25, 50, 75
_TOLD = ("investment", "annual_saving", "payback", "stated_payback", "electricity_kwh", "fuel", "water_m3")
_IMPLIED = ("same_category", "same_resource")  # by its being the same option
_IN_WORDS = ("fuel", "material", "other")  # what may be a long text


def lead(every: Sequence[ShownCase], wording: Wording) -> Html:
    """Return in words how many cases there are of each kind, and of how many a payback can be computed."""
    counts = case_library.counted(every)
    return tag("p", wording.text("cases.lead", count=len(every), **counts), class_="sx-lead")


# A case as a card


def card(each: ShownCase, wording: Wording) -> Html:
    """Return a case: who did what, the figures that may be used, what may not and why, and the source."""
    case, lang = each.case, wording.lang
    said = list(_figures(each, wording))
    remark = [tag("p", case.remark[lang], class_="sx-remark-of")] if case.remark else []
    return tag(
        "article",
        tag("h3", case.option[lang]),
        tag("p", _about(case, wording), class_="sx-quiet sx-about"),
        [tag("dl", said, class_="sx-case-figures")] if said else [],
        [tag("p", why, class_="sx-ask") for why in _flag(each, wording)],
        remark,
        _like(case, wording),
        tag("p", wording.text("cases.source"), " ", _source(case), class_="sx-from"),
        class_="sx-case",
    )


def _about(case: PublishedCase, wording: Wording) -> str:
    known = option_catalogue().sectors
    sectors = "; ".join(known[sector].name[wording.lang] for sector in case.sectors)
    country = wording.text(f"cases.country.{case.country}") if case.country else ""
    kind = wording.text(f"cases.kind.{case.row_type}") if case.row_type != "case" else ""
    parts = (kind, case.enterprise[wording.lang], sectors, country, case.year[wording.lang])
    return _SEPARATOR.join(filter(None, parts))


def _figures(each: ShownCase, wording: Wording) -> Iterator[Html]:
    for name, value in _values(each, wording):
        class_ = "sx-wide" if name in _IN_WORDS or name == "support" else None
        yield tag("div", tag("dt", wording.text(f"cases.figure.{name}")), tag("dd", value), class_=class_)


def _values(each: ShownCase, wording: Wording) -> Iterator[tuple[str, str]]:
    case, lang = each.case, wording.lang
    usable = each.figures
    if case.investment is not None and "investment" in usable:
        yield "investment", _money(case.investment, wording)
    if case.annual_saving is not None and "annual_saving" in usable:
        yield "annual_saving", _money(case.annual_saving, wording)
    if each.payback_years is not None:
        yield "payback", _years(each.payback_years, wording)
    if case.stated_payback_years is not None and "stated_payback" in usable:
        yield "stated_payback", _stated(case, case.stated_payback_years, wording)
    if case.electricity_kwh is not None and "electricity_kwh" in usable:
        yield "electricity_kwh", wording.quantity(case.electricity_kwh, "kwh")
    if case.water_m3 is not None and "water_m3" in usable:
        yield "water_m3", wording.quantity(case.water_m3, "m3")
    if case.co2e_t is not None and "co2e_t" in usable:
        yield "co2e_t", wording.quantity(case.co2e_t, "t")
    if case.fuel is not None and "fuel" in usable:
        yield "fuel", _fuel(case, wording)
    for name, words in (("material", case.material), ("other", case.other)):
        if words is not None and name in usable:
            yield name, words[lang]
    if "support" in usable:
        amount = _money(case.support, wording) if case.support else ""
        source = case.support_source[lang] if case.support_source else ""
        yield "support", _SEPARATOR.join(filter(None, (amount, source)))


def _money(money: Money, wording: Wording) -> str:
    if money.currency == _VND:
        return wording.money_compact(money.amount)
    return wording.quantity(money.amount, money.currency)


def _years(years: float, wording: Wording) -> str:
    return wording.years(years) if years else wording.text("cases.at_once")


def _stated(case: PublishedCase, years: float, wording: Wording) -> str:
    said = _years(years, wording)
    match case.stated_payback_is:
        case "about":
            return wording.text("cases.about", payback=said)
        case "below":
            return wording.text("cases.below", payback=said)
    return said


def _fuel(case: PublishedCase, wording: Wording) -> str:
    named = case.fuel[wording.lang] if case.fuel else ""
    if case.fuel_known is None:
        return named
    _, quantity, unit = case.fuel_known
    return f"{named}: {wording.quantity(quantity, unit)}"


def _flag(each: ShownCase, wording: Wording) -> list[str]:
    """Return what is known against the figures, and which of them are not shown for it."""
    flag = each.case.flag
    if flag == "ok":
        return []
    why = wording.text(f"cases.flag.{flag}")
    if not each.withheld:
        return [why]
    names = ", ".join(within(wording.text(f"cases.figure.{name}")) for name in each.withheld)
    return [wording.text("cases.withheld", names=names, reason=why)]


def _like(case: PublishedCase, wording: Wording) -> list[Html]:
    if not case.resembles:
        return []
    options = option_catalogue().options
    names = "; ".join(options[name].name[wording.lang] for name in case.resembles)
    return [tag("p", wording.text("cases.resembles", names=names), class_="sx-from")]


def _source(case: PublishedCase) -> Html:
    if not case.url:
        return tag("span", case.source)
    return tag("a", case.source, href=case.url, target="_blank", rel="noopener noreferrer")


# Beside an option


def beside_option(
    option: Option, result: RankedOption | None, facility_sector: str, wording: Wording
) -> Html:
    """Return up to three published cases that resemble an option, and where its payback stands.

    Parameters
    ----------
    option : Option
    result : RankedOption or None
        Of the option, where it is finished.
    facility_sector : str
        As the facility states it.
    wording : Wording

    Returns
    -------
    Html
        Empty where nothing is known.
    """
    saved = [saving.resource for saving in option.savings]
    found = case_library.beside(option.catalogue_id, option.category, saved, facility_sector, BESIDE)
    standing = case_library.standing_of(result, saved) if result is not None else None
    parts: list[Html] = []
    if found:
        listed = (_beside(each, reasons, wording) for each, reasons in found)
        parts += [tag("h3", wording.text("cases.beside")), tag("ul", listed)]
    if standing is not None:
        parts.append(tag("p", standing_said(standing, wording)))
    return tag("section", parts, class_="sx-beside") if parts else Html()


def _beside(each: ShownCase, reasons: Sequence[str], wording: Wording) -> Html:
    figures = dict(_values(each, wording))
    told = [name for name in _TOLD if name in figures]
    said = "; ".join(f"{within(wording.text(f'cases.figure.{name}'))}: {figures[name]}" for name in told)
    told_why = [reason for reason in reasons if "same_option" not in reasons or reason not in _IMPLIED]
    why = ", ".join(wording.text(f"cases.reason.{reason}") for reason in told_why)
    flag = (join([" ", tag("span", part, class_="sx-remark")]) for part in _flag(each, wording))
    return tag(
        "li",
        tag("strong", each.case.option[wording.lang]),
        tag("span", f" – {_about(each.case, wording)}. {capital(said or wording.text('cases.no_figures'))}."),
        flag,
        tag("span", f" ({why}) ", class_="sx-quiet"),
        _source(each.case),
    )


def standing_said(standing: Standing, wording: Wording) -> str:
    """Return in one sentence where a payback stands among audited measures; the share is rounded down."""
    measures = wording.text(f"cases.measures.{standing.resource}")
    shorter = standing.share_longer >= _HALF
    share = math.floor(100 * (standing.share_longer if shorter else 1 - standing.share_longer)) / 100
    code = "cases.standing.shorter" if shorter else "cases.standing.longer"
    return wording.text(code, share=share, n=standing.n, measures=measures)


# Audited measures


def audits(wording: Wording) -> Html:
    """Return the audited measures by resource: how many, how soon they pay back, how many were done."""
    headings = [
        wording.text(f"cases.audit.{name}") for name in ("resource", "n", "early", "half", "late", "done")
    ]
    rows = [
        (
            capital(wording.text(f"cases.measures.{resource}")),
            wording.number(measures.n, _ALL_DIGITS),
            *(wording.years(measures.quantiles[percent]) for percent in (_QUARTER, _MEDIAN, _THREE_QUARTERS)),
            wording.percent(measures.implemented_share, 2),
        )
        for resource, measures in audited_measures().items()
        if resource == measures.resource
    ]
    return tag(
        "div",
        tag("p", wording.text("cases.audits.about"), class_="sx-quiet"),
        table(headings, rows, caption=wording.text("cases.audits"), class_="sx-audits"),
        class_="sx-fit",
    )

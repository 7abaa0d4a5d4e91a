"""The case library: finding published cases, and what of each may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from sxsh_options.model import Category
from sxsh_options.options.audits import Standing, shorter_than
from sxsh_options.options.cases import (
    Figure,
    PublishedCase,
    Resemblance,
    RowType,
    published_cases,
    resembling,
)
from sxsh_options.options.tables import option_catalogue, sector_of
from sxsh_options.resources.tables import spelling
from sxsh_options.screening.results import RankedOption

Size = Literal["small", "medium", "large", "foreign", "unknown"]

SIZES: tuple[str, ...] = get_args(Size)
KINDS: tuple[str, ...] = get_args(RowType)
_KIND_ORDER: Mapping[str, int] = {kind: place for place, kind in enumerate(KINDS)}
_HOME = "vietnam"
_VND = "VND"
_MEDIUM_VND, _LARGE_VND = 100e6, 1e9  # where the bands begin that a list is narrowed by


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case as it may be shown.

    Attributes
    ----------
    figures : frozenset of str
        Figures that are stated and may be used (:data:`sxsh_options.options.cases.Figure`).
    withheld : tuple of str
        Figures that are named with the reason (the case's flag) instead of being shown.
    payback_years : float or None
        Recomputed from investment and yearly saving, where both may be used.
    """

    case: PublishedCase
    figures: frozenset[str]
    withheld: tuple[str, ...]
    payback_years: float | None


def shown(case: PublishedCase) -> ShownCase:
    """Return what of a case may be shown."""
    stated: Mapping[str, object] = {
        "investment": case.investment,
        "annual_saving": case.annual_saving,
        "stated_payback": case.stated_payback_years,
        "electricity_kwh": case.electricity_kwh,
        "fuel": case.fuel,
        "water_m3": case.water_m3,
        "material": case.material,
        "co2e_t": case.co2e_t,
        "other": case.other,
        "support": case.support or case.support_source,
    }
    return ShownCase(
        case=case,
        figures=frozenset(name for name, value in stated.items() if value is not None) - case.withheld,
        withheld=tuple(name for name in get_args(Figure) if name in case.withheld),
        payback_years=case.payback_years,
    )


def size_of(case: PublishedCase) -> Size:
    """Return the band of the yearly saving; amounts in other currencies are not converted."""
    saving = case.annual_saving
    if saving is None or "annual_saving" in case.withheld:
        return "unknown"
    if saving.currency != _VND:
        return "foreign"
    if saving.amount < _MEDIUM_VND:
        return "small"
    return "medium" if saving.amount < _LARGE_VND else "large"


def matching(
    *,
    kind: str | None = None,
    sector: str | None = None,
    resource: str | None = None,
    country: str | None = None,
    size: str | None = None,
    text: str = "",
) -> list[ShownCase]:
    """Return the cases that fit every filter that is given.

    Parameters
    ----------
    kind : {"case", "aggregate", "funding"}, optional
    sector : str, optional
        Id of a sector.
    resource : str, optional
        A stream that the case acts on.
    country : str, optional
    size : {"small", "medium", "large", "foreign", "unknown"}, optional
    text : str
        Words as they stand in the case, in either language; case and accents are free.

    Returns
    -------
    list of ShownCase
        Enterprises first, then programmes, then support; of each those of Viet Nam before others, and what
        says more before what says less.
    """
    wanted = _spelt(text)
    found = [
        shown(case)
        for case in published_cases().values()
        if kind in (None, case.row_type)
        and (sector is None or sector in case.sectors)
        and (resource is None or resource in case.resources)
        and country in (None, case.country)
        and size in (None, size_of(case))
        and (not wanted.strip() or wanted in _searched(case.case_id))
    ]
    return sorted(found, key=_order)


def counted(cases: Iterable[ShownCase]) -> dict[str, int]:
    """Return how many cases there are of each kind, and under ``payback`` how many have a recomputed one."""
    listed = list(cases)
    counts = {kind: sum(each.case.row_type == kind for each in listed) for kind in KINDS}
    return {**counts, "payback": sum(each.payback_years is not None for each in listed)}


def sectors_of_cases() -> tuple[str, ...]:
    """Return the ids of the sectors that cases are known of, in the order of the catalogue."""
    used = {sector for case in published_cases().values() for sector in case.sectors}
    return tuple(sector for sector in option_catalogue().sectors if sector in used)


def countries_of_cases() -> tuple[str, ...]:
    """Return the countries that cases are known of; Viet Nam first."""
    used = {case.country for case in published_cases().values() if case.country}
    return tuple(sorted(used, key=lambda country: (country != _HOME, country)))


def beside(
    catalogue_id: str | None, category: str | None, resources: Iterable[str], facility_sector: str, most: int
) -> list[tuple[ShownCase, tuple[str, ...]]]:
    """Return the cases nearest to an option, each with the reasons why.

    Parameters
    ----------
    catalogue_id, category : str or None
        Of the option.
    resources : iterable of str
        Ids of what it saves.
    facility_sector : str
        As the facility states it: an id, a name or an alias.
    most : int
        How many at most.
    """
    sector = sector_of(facility_sector)
    found: tuple[Resemblance, ...] = resembling(
        catalogue_id,
        Category(category) if category else None,
        tuple(resources),
        sector.sector_id if sector else None,
    )
    return [(shown(each.case), each.reasons) for each in found[:most]]


def standing_of(result: RankedOption, resources: Iterable[str]) -> Standing | None:
    """Return where an option's payback stands among audited measures on the first resource that has any.

    Parameters
    ----------
    result : RankedOption
    resources : iterable of str
        What the option saves, the main one first.
    """
    years = 0.0 if result.payback_status == "immediate" else result.simple_payback_years
    if result.payback_status == "never" or years is None:
        return None
    saved = (resource for resource in resources if result.physical_savings.get(resource, 0.0) > 0)
    return next((found for each in saved if (found := shorter_than(each, years)) is not None), None)


def _spelt(text: str) -> str:
    """Return words without accents, each behind a space, so that a search begins where a word does."""
    return "".join(f" {spelling(word)}" for word in text.split())


@cache
def _searched(case_id: str) -> str:
    case = published_cases()[case_id]
    sectors = [option_catalogue().sectors[sector].name for sector in case.sectors]
    texts = [case.option, case.enterprise, case.remark, case.support_source, case.year, *sectors]
    said = (text for each in texts if each is not None for text in each.values())
    return _spelt(" ".join((case.source, *said)))


def _order(each: ShownCase) -> tuple[int, bool, bool, int, str]:
    case = each.case
    kind = _KIND_ORDER[case.row_type]
    return kind, case.country != _HOME, each.payback_years is None, -len(each.figures), case.case_id

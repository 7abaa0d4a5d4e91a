"""What rules of support may ask about: fields of the facility, and what follows from them on a day.

A fact that nobody knows is ``None``; a rule about it is then neither met nor broken.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Literal, get_args

from sxsh_options.funding.provinces import province_today
from sxsh_options.model import Assessment, Facility
from sxsh_options.model import facility as fields

Value = str | float | bool | date | None
# The kind of a fact: its possible values, "number", "bool", or "text".
Domain = tuple[str, ...] | Literal["number", "bool", "text"]


class Facts(dict[str, Value]):
    """Facts by name; ``assumed`` names those that nobody entered and that are taken to be usual."""

    assumed: frozenset[str] = frozenset()


_INDUSTRY = range(1, 44)  # divisions of VSIC: agriculture, industry, construction
_MINING = range(5, 10)
_PRODUCTION = range(10, 40)  # manufacturing, energy, water and waste
_DIVISION = 2  # digits of a code that name the division


def _province_kind(facility: Facility, _: date) -> Value:
    found = province_today(facility.province) or province_today(facility.province_before_merger)
    return found.kind if found else None


def _division(facility: Facility) -> int | None:
    """Return the division of the main line of business, where its code is known."""
    division = facility.vsic[:_DIVISION]
    return int(division) if division.isdecimal() else None


def _business_group(facility: Facility, _: date) -> Value:
    """Return the group of lines whose size limits hold; an establishment that produces is industry."""
    division = _division(facility)
    return "industry" if division is None or division in _INDUSTRY else "trade"


def _industrial_production(facility: Facility, _: date) -> Value:
    """Return whether it produces in industry; of mining that depends on the area, which nobody asks."""
    division = _division(facility)
    return None if division is None or division in _MINING else division in _PRODUCTION


def _industrial_establishment(facility: Facility, _: date) -> Value:
    """Return whether it is an establishment of industry, mining included."""
    division = _division(facility)
    return None if division is None else division in _MINING or division in _PRODUCTION


def _years_since_conversion(facility: Facility, as_of: date) -> Value:
    """Return the years from the conversion to the end of the year before the plan's.

    What is filed in a year is for the plan of the next, so that is the last day of the year of asking. The
    source is Thông tư 46/2012/TT-BCT, Điều 3.1đ.
    """
    converted, end = facility.ward_converted_on, date(as_of.year, 12, 31)
    return None if converted is None or converted > end else years_between(converted, end)


def years_between(first: date, last: date) -> float:
    """Return the years from a day to a later one: whole on anniversaries, else with the share of days."""
    whole = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    since, until = _anniversary(first, whole), _anniversary(first, whole + 1)
    return whole + max((last - since).days, 0) / (until - since).days


def _anniversary(day: date, years: int) -> date:
    """Return the day some years later; of 29 February, 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _age_years(facility: Facility, as_of: date) -> Value:
    founded = facility.founded_on
    return None if founded is None or founded > as_of else years_between(founded, as_of)


def _counted_revenue(facility: Facility, as_of: date) -> Value:
    """Return the revenue that counts for the class of size: of a firm without a year of it none does.

    No limit of revenue is then kept and capital decides. The source is Nghị định 80/2021/NĐ-CP, Điều 9.2.
    """
    age = _age_years(facility, as_of)
    young = isinstance(age, float) and age < 1.0
    return math.inf if young or facility.revenue_vnd == 0 else facility.revenue_vnd


def _of_facility(name: str) -> Callable[[Facility, date], Value]:
    def read(facility: Facility, _: date) -> Value:
        value: Value = getattr(facility, name)
        return None if value == "" else value

    return read


def _domestic_capital_share(facility: Facility, _: date) -> Value:
    """Return that all capital is domestic, where it is; how much foreign capital there is nobody says."""
    return 1.0 if facility.ownership in ("private", "state") else None


_DERIVED: dict[str, tuple[Callable[[Facility, date], Value], Domain]] = {
    "province_kind": (_province_kind, ("tinh", "thanh_pho")),
    "business_group": (_business_group, ("industry", "trade")),
    "industrial_production": (_industrial_production, "bool"),
    "industrial_establishment": (_industrial_establishment, "bool"),
    "years_since_conversion": (_years_since_conversion, "number"),
    "age_years": (_age_years, "number"),
    "counted_revenue_vnd": (_counted_revenue, "number"),
    "domestic_capital_share": (_domestic_capital_share, "number"),
}
_FIELDS: dict[str, Domain] = {
    "legal_form": get_args(fields.LegalForm),
    "ownership": get_args(fields.Ownership),
    "commune_kind": get_args(fields.CommuneKind),
    "commune_kind_before_merger": get_args(fields.CommuneKindBefore),
    "district_kind_before_merger": get_args(fields.DistrictKindBefore),
    "city_class_before_merger": get_args(fields.CityClassBefore),
    "sector": "text",
    "vsic": "text",
    "employees_insured": "number",
    "revenue_vnd": "number",
    "capital_vnd": "number",
    "women_owned": "bool",
    "craft_village": "bool",
    "industrial_zone": "bool",
    "applies_cleaner_production": "bool",
    "environmental_permit": "bool",
}
_OF_PROJECT: dict[str, Domain] = {
    "energy_saving_share": "number",
    "co2e_saving_share": "number",
    "environmental_improvement": "number",
    "project_started": "bool",
    "new_in_area": "bool",
    "proven_model": "bool",
    "chosen_by_programme": "bool",
    "environmental_project": "bool",
    "green_project_confirmed": "bool",
    "technology_transfer": "bool",
    "value_chain_member": "bool",
    "innovative_startup": "bool",
    "fta_ecosystem_member": "bool",
    "in_listed_park": "bool",
    "polluting_kiln": "bool",
}
# What follows from an answer about the project, or from the line of business.
_OF_ANSWERS: dict[str, Domain] = {"bought_before_approval": "bool"}
_FIRED_CLAY = "brick"  # the sector in which the kind of kiln has to be asked
_OF_INVESTMENT: dict[str, Domain] = {"investment_vnd": "number", "investment_usd": "number"}

# How hard it is to change a fact: what one can do, what one can grow out of or into, what one is.
_DOING, _SIZE, _BEING = 1, 3, 10
_EFFORT = {
    "applies_cleaner_production": _DOING,
    "environmental_permit": _DOING,
    **dict.fromkeys((*_OF_PROJECT, *_OF_ANSWERS), _DOING),
    **dict.fromkeys(
        ("employees_insured", "revenue_vnd", "counted_revenue_vnd", "capital_vnd", *_OF_INVESTMENT), _SIZE
    ),
}

DOMAINS: dict[str, Domain] = {
    **_FIELDS,
    **{name: domain for name, (_, domain) in _DERIVED.items()},
    **_OF_PROJECT,
    **_OF_ANSWERS,
    **_OF_INVESTMENT,
}
FACTS = frozenset(DOMAINS)


def effort(name: str) -> int:
    """Return how hard it is to change a fact, for telling the nearest change; a judgement of ours."""
    return _EFFORT.get(name, _BEING)


def facts_of(
    assessment: Assessment, as_of: date, investment_vnd: float | None, vnd_per_usd: float | None
) -> Facts:
    """Return every fact of an assessment on a day.

    An assessment is of a factory and of what it has not yet begun: where nobody says otherwise, that is
    assumed, and said to be.

    Parameters
    ----------
    assessment : Assessment
    as_of : date
    investment_vnd : float or None
        What the options to be financed cost.
    vnd_per_usd : float or None
    """
    facility = assessment.facility
    known = Facts({name: _of_facility(name)(facility, as_of) for name in _FIELDS})
    known |= {name: read(facility, as_of) for name, (read, _) in _DERIVED.items()}
    known |= {name: getattr(assessment.project, name, None) for name in _OF_PROJECT}
    known["bought_before_approval"] = known["project_started"]
    known["investment_vnd"] = investment_vnd
    in_usd = investment_vnd / vnd_per_usd if investment_vnd is not None and vnd_per_usd else None
    known["investment_usd"] = in_usd
    usual: dict[str, Value] = {"bought_before_approval": False}
    if not facility.sector:
        usual["polluting_kiln"] = False
    elif facility.sector != _FIRED_CLAY and known["polluting_kiln"] is None:
        known["polluting_kiln"] = False
    if _division(facility) is None:
        usual |= {"industrial_production": True, "industrial_establishment": True}
    known.assumed = frozenset(name for name in usual if known[name] is None)
    known |= {name: usual[name] for name in known.assumed}
    return known


def is_of_project(name: str) -> bool:
    """Tell whether a fact is one of the project, not of the facility."""
    return name in _OF_PROJECT

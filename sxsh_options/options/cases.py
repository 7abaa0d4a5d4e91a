"""Published cases of ``data/cases.csv``: what a row is, how it is checked, and which resemble an option."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from sxsh_options.errors import DataFileError, Message, message
from sxsh_options.model import Category
from sxsh_options.options.tables import option_catalogue
from sxsh_options.parameters import DATA_FOLDER, Cells, Text, read_rows
from sxsh_options.resources import catalogue

RowType = Literal["case", "aggregate", "funding"]
Country = Literal[
    "", "vietnam", "egypt", "jordan", "lebanon", "mexico", "peru", "tanzania", "thailand", "usa",
]  # fmt: skip
Stream = Literal["electricity", "fuel", "water", "wastewater", "material", "waste"]
Currency = Literal["VND", "USD", "EUR", "THB", "MXN"]
Bound = Literal["exact", "about", "below"]
Figure = Literal[
    "investment", "annual_saving", "stated_payback", "electricity_kwh", "fuel", "water_m3", "material",
    "co2e_t", "other", "support",
]  # fmt: skip
Flag = Literal[
    "ok", "contradicted", "derived", "expected", "implausible", "no_figure", "not_annual", "other_benefit",
    "payback_differs", "period_unclear", "programme_money", "same_programme", "unit_slip",
]  # fmt: skip
Reason = Literal["same_option", "same_sector", "same_category", "same_resource"]

_FILE = "cases.csv"
_COLUMNS = (
    "case_id", "row_type", "country", "year_vi", "year_en", "sectors", "enterprise_vi", "enterprise_en",
    "option_vi", "option_en", "category", "resembles", "resources", "investment", "currency",
    "annual_saving", "stated_payback_years", "stated_payback_is", "lifetime_years", "electricity_kwh",
    "fuel_vi", "fuel_en", "fuel_resource", "fuel_quantity", "fuel_unit", "water_m3", "material_vi",
    "material_en", "co2e_t", "other_vi", "other_en", "support_amount", "support_currency", "support_vi",
    "support_en", "flag", "withheld", "remark_vi", "remark_en", "source", "url",
)  # fmt: skip
# Resources of the catalogue by the stream of a case that they belong to; a kind not named is no stream.
_STREAM_OF_KIND: Mapping[str, str] = {
    "electricity": "electricity",
    "fuel": "fuel",
    "heat": "fuel",
    "water": "water",
    "wastewater": "wastewater",
    "pollutant": "wastewater",
    "material": "material",
    "chemical": "material",
    "waste": "waste",
}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency that the source prints; never converted."""

    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """What somebody published about an option, a programme or a support; ``None`` is what nobody stated.

    Attributes
    ----------
    row_type : {"case", "aggregate", "funding"}
        An enterprise's options, a programme's sum, or an award, a fund or a rule of support.
    category : Category or None
        ``None`` for a package of several kinds.
    resembles : tuple of str
        Options of the catalogue that it is an instance of; our judgement.
    resources : tuple of str
        Streams that it acts on, whether or not a figure is stated.
    stated_payback_years, stated_payback_is
        As printed, and whether exactly, about, or as an upper bound.
    fuel_known : (resource, quantity, unit) or None
        Where what was printed about fuel can be computed with.
    flag : str
        What is known against the figures; ``"ok"`` is: no problem seen, not verified.
    withheld : frozenset of str
        Figures that may not be used or shown.
    """

    case_id: str
    row_type: str
    country: str
    year: Text
    sectors: tuple[str, ...]
    enterprise: Text
    option: Text
    category: Category | None
    resembles: tuple[str, ...]
    resources: tuple[str, ...]
    investment: Money | None
    annual_saving: Money | None
    stated_payback_years: float | None
    stated_payback_is: str
    lifetime_years: int | None
    electricity_kwh: float | None
    fuel: Text | None
    fuel_known: tuple[str, float, str] | None
    water_m3: float | None
    material: Text | None
    co2e_t: float | None
    other: Text | None
    support: Money | None
    support_source: Text | None
    flag: str
    withheld: frozenset[str]
    remark: Text | None
    source: str
    url: str

    @property
    def payback_years(self) -> float | None:
        """Investment over yearly saving, where both may be used and are in one currency."""
        if self.withheld & {"investment", "annual_saving"}:
            return None
        cost, saving = self.investment, self.annual_saving
        if cost is None or saving is None or cost.currency != saving.currency or saving.amount <= 0:
            return None
        return cost.amount / saving.amount


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A case, and in what it resembles the option that was asked about."""

    case: PublishedCase
    reasons: tuple[Reason, ...]


@cache
def published_cases() -> Mapping[str, PublishedCase]:
    """Return the cases that ship, by id."""
    return load(DATA_FOLDER)


def load(folder: Path) -> Mapping[str, PublishedCase]:
    """Read and check ``cases.csv``.

    Raises
    ------
    DataFileError
        One message for every fault, with file, row and column.
    """
    faults: list[Message] = []
    cases = read_rows(folder / _FILE, _COLUMNS, _case, faults)
    for row, case in enumerate(cases.values(), start=2):
        faults += [fault.at(file=_FILE, row=row) for fault in _dangling(case)]
    if faults:
        raise DataFileError(faults)
    return MappingProxyType(cases)


def streams_of(resources: Collection[str]) -> frozenset[str]:
    """Return the streams that resources of the catalogue belong to."""
    known = catalogue.resources()
    kinds = (known[resource].kind for resource in resources if resource in known)
    return frozenset(_STREAM_OF_KIND[kind] for kind in kinds if kind in _STREAM_OF_KIND)


def resembling(
    catalogue_id: str | None,
    category: Category | None,
    resources: Collection[str],
    sector: str | None,
) -> tuple[Resemblance, ...]:
    """Return the cases that resemble an option, the nearest first.

    A case of the same option of the catalogue resembles it. Otherwise it must be a single enterprise's, be of
    the same kind and act on a resource that the option saves, in the same sector where that is known.
    Support and rules resemble nothing.

    Parameters
    ----------
    catalogue_id : str or None
        Of the option of the catalogue that it was filled from.
    category : Category or None
    resources : collection of str
        Ids of what it saves.
    sector : str or None
        Id of the facility's sector.
    """
    streams = streams_of(resources)
    needed = {"same_category", "same_resource", *(("same_sector",) if sector else ())}
    found = []
    for case in published_cases().values():
        reasons = tuple(_reasons(case, catalogue_id, category, streams, sector))
        same_kind = case.row_type == "case" and needed <= set(reasons)
        if case.row_type != "funding" and ("same_option" in reasons or same_kind):
            found.append(Resemblance(case, reasons))
    return tuple(sorted(found, key=_nearness))


def _reasons(
    case: PublishedCase,
    catalogue_id: str | None,
    category: Category | None,
    streams: frozenset[str],
    sector: str | None,
) -> Iterator[Reason]:
    if catalogue_id is not None and catalogue_id in case.resembles:
        yield "same_option"
    if sector is not None and sector in case.sectors:
        yield "same_sector"
    if category is not None and category == case.category:
        yield "same_category"
    if streams & set(case.resources):
        yield "same_resource"


def _nearness(found: Resemblance) -> tuple[bool, bool, bool, bool, int, str]:
    case, reasons = found.case, found.reasons
    return (
        "same_option" not in reasons,
        "same_sector" not in reasons,
        case.payback_years is None,
        case.country != "vietnam",
        -len(reasons),
        case.case_id,
    )


def _case(cells: Cells) -> PublishedCase:
    category = cells.choice("category", ("", *Category), otherwise="")
    payback = cells.optional("stated_payback_years")
    bounds = ("",) if payback is None else get_args(Bound)
    lifetime = cells.optional("lifetime_years")
    fuel = _texts_or_none(cells, "fuel")
    return PublishedCase(
        case_id=cells.text("case_id"),
        row_type=cells.choice("row_type", get_args(RowType)),
        country=cells.choice("country", get_args(Country)),
        year=_texts(cells, "year"),
        sectors=cells.several("sectors"),
        enterprise=_texts(cells, "enterprise"),
        option=_texts(cells, "option"),
        category=Category(category) if category else None,
        resembles=cells.several("resembles"),
        resources=cells.several("resources"),
        investment=_money(cells, "investment", "currency"),
        annual_saving=_money(cells, "annual_saving", "currency"),
        stated_payback_years=None if payback is None else float(payback),
        stated_payback_is=cells.choice("stated_payback_is", bounds),
        lifetime_years=None if lifetime is None else int(lifetime),
        electricity_kwh=_optional(cells, "electricity_kwh"),
        fuel=fuel,
        fuel_known=_fuel_known(cells),
        water_m3=_optional(cells, "water_m3"),
        material=_texts_or_none(cells, "material"),
        co2e_t=_optional(cells, "co2e_t"),
        other=_texts_or_none(cells, "other"),
        support=_money(cells, "support_amount", "support_currency"),
        support_source=_texts_or_none(cells, "support"),
        flag=cells.choice("flag", get_args(Flag)),
        withheld=frozenset(cells.several("withheld")),
        remark=_texts_or_none(cells, "remark"),
        source=cells.text("source"),
        url=cells.text("url", required=False),
    )


def _texts(cells: Cells, name: str) -> Text:
    return {lang: cells.text(f"{name}_{lang}") for lang in ("vi", "en")}


def _texts_or_none(cells: Cells, name: str) -> Text | None:
    given = any(cells.text(f"{name}_{lang}", required=False) for lang in ("vi", "en"))
    return _texts(cells, name) if given else None


def _optional(cells: Cells, name: str) -> float | None:
    number = cells.optional(name)
    return None if number is None else float(number)


def _money(cells: Cells, amount: str, currency: str) -> Money | None:
    number = cells.optional(amount)
    if number is None:
        return None
    return Money(float(number), cells.choice(currency, get_args(Currency)))


def _fuel_known(cells: Cells) -> tuple[str, float, str] | None:
    resource = cells.text("fuel_resource", required=False)
    if not resource:
        return None
    return resource, float(cells.positive("fuel_quantity")), cells.unit("fuel_unit")


def _dangling(case: PublishedCase) -> Iterator[Message]:
    """Yield what a case points at and does not exist, and reasons that withhold nothing or lack a flag."""
    known = option_catalogue()
    points_at: Mapping[str, tuple[Collection[str], Collection[str]]] = {
        "sectors": (case.sectors, known.sectors),
        "resembles": (case.resembles, known.options),
        "resources": (case.resources, get_args(Stream)),
        "fuel_resource": (case.fuel_known[:1] if case.fuel_known else (), catalogue.resources()),
        "withheld": (case.withheld, get_args(Figure)),
    }
    for column, (values, existing) in points_at.items():
        for value in values:
            if value not in existing:
                yield message("data_file.unknown_reference", value=value).at(column=column)
    if case.flag == "ok" and case.withheld:
        yield message("data_file.wrong_cell", value=case.flag, expected="a reason").at(column="flag")
    if case.url and not case.url.startswith(("http://", "https://")):
        yield message("data_file.wrong_cell", value=case.url, expected="http(s)://").at(column="url")

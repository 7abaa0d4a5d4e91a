"""The ranked list as a table that people read: headers with units, words where there is no number."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from itertools import chain
from typing import Any, Protocol

from sxsh_options.errors import Message
from sxsh_options.resources import catalogue
from sxsh_options.screening.results import (
    RankedList,
    RankedOption,
    known,
    no_discounted_payback,
    no_payback,
)
from sxsh_options.storage.results_out import neutralised
from sxsh_options.storage.sheets import (
    ANY,
    MONEY,
    ONE_DECIMAL,
    PERCENT,
    TWO_DECIMALS,
    WHOLE,
    Cell,
    Column,
)

Rows = list[list[Cell]]

_RANKING = {
    "rank": (WHOLE, 7.0),
    "option": (ANY, 28.0),
    "category": (ANY, 16.0),
    "capex": (MONEY, 14.0),
    "net_benefit": (MONEY, 14.0),
    "simple_payback": (TWO_DECIMALS, 11.0),
    "npv": (MONEY, 14.0),
    "equivalent_annual": (MONEY, 14.0),
    "irr": (PERCENT, 10.0),
    "discounted_payback": (TWO_DECIMALS, 11.0),
    "profitability_index": (TWO_DECIMALS, 10.0),
    "co2e": (TWO_DECIMALS, 11.0),
    "abatement_cost": (MONEY, 13.0),
    "life": (WHOLE, 9.0),
    "tier": (WHOLE, 8.0),
    "triage": (ANY, 14.0),
}
_SCORES = ("technical", "economic", "environmental", "total")
_SAVINGS = {
    "energy": "energy_toe_per_year",
    "scope_1": "co2e_scope1_t_per_year",
    "scope_2": "co2e_scope2_t_per_year",
    "co2e": "co2e_t_per_year",
    "co2e_over_life": "co2e_t_over_life",
    "co2e_other": "co2e_other_t_per_year",
    "biogenic": "biogenic_co2_t_per_year",
}
_SIGNIFICANT = 6  # digits of a number in the CSV; its whole part is never cut


class Words(Protocol):
    """What this needs of a language: :class:`sxsh_options.i18n.Wording` has it."""

    lang: Any

    def text(self, code: str, /, **params: Any) -> str:
        """Return the text with this code."""

    def word(self, message: Message) -> str:
        """Return what a message says."""

    def term(self, name: str) -> str:
        """Return the name of a thing."""

    def of_resource(self, name: str, resource: str | None) -> str:
        """Return a name with the resource that it belongs to."""

    def resource(self, resource: str) -> str:
        """Return the name of a resource."""

    def unit(self, unit: str) -> str:
        """Return a unit as it is written."""

    def quantity(self, value: float | None, unit: str, significant: int = 4) -> str:
        """Write a number with its unit."""

    def date(self, day: Any) -> str:
        """Write a calendar date."""


def ranking_table(ranked: RankedList, wording: Words) -> tuple[list[Column], Rows]:
    """Return columns and rows of all indicators, the scores too where they made the order.

    A cell holds a number, a text, or why there is no number.
    """
    columns = [
        Column(wording.text(f"export.column.{name}"), kind, width) for name, (kind, width) in _RANKING.items()
    ]
    by_score = ranked.by == "score"
    if by_score:
        columns += [Column(wording.text(f"export.column.score_{name}"), ONE_DECIMAL) for name in _SCORES]
    rows = [
        [*_indicators(option, wording), *(_scores(option, wording) if by_score else ())]
        for option in ranked.options
    ]
    return columns, rows


def savings_table(ranked: RankedList, wording: Words) -> tuple[list[Column], Rows]:
    """Return columns and rows of what each option saves in quantities, energy and emissions."""
    saved = list(dict.fromkeys(resource for option in ranked.options for resource in option.physical_savings))
    columns = [
        *(Column(_header_of(resource, wording), TWO_DECIMALS, 13.0) for resource in saved),
        *(Column(wording.text(f"export.column.{name}"), TWO_DECIMALS, 12.0) for name in _SAVINGS),
    ]
    unknown = wording.term("not_known")
    rows: Rows = [
        [
            *(option.physical_savings.get(resource) for resource in saved),
            *(_or(known(option, field), unknown) for field in _SAVINGS.values()),
        ]
        for option in ranked.options
    ]
    return columns, rows


def ranked_to_readable_csv(ranked: RankedList, wording: Words) -> str:
    """Return both tables and the questions as CSV, one row an option.

    What is not known is empty, so that a spreadsheet does not add up words. Numbers have no groups, and
    separators are those of a spreadsheet in the language: semicolons and decimal commas in Vietnamese. For
    programs there is :func:`sxsh_options.storage.results_out.ranked_to_csv`.
    """
    columns, indicators = ranking_table(ranked, wording)
    further, savings = savings_table(ranked, wording)
    columns += further
    first = {column.header: at for at, column in reversed(list(enumerate(columns)))}
    shown = sorted(first.values())  # emissions stand in both tables
    unknown = {wording.term("not_known"), wording.term("not_judged")}
    out = io.StringIO()
    comma = wording.lang == "vi"
    writer = csv.writer(out, lineterminator="\r\n", delimiter=";" if comma else ",")
    writer.writerow([*(columns[at].header for at in shown), wording.text("export.column.question")])
    for option, *parts in zip(ranked.options, indicators, savings, strict=True):
        cells = [None if cell in unknown else cell for cell in chain(*parts)]
        asked = " | ".join(wording.word(what) for what in option.warnings)
        row = (_written(cells[at], columns[at].format, comma=comma) for at in shown)
        writer.writerow([*row, neutralised(asked)])
    return out.getvalue()


def rank_of(option: RankedOption, wording: Words) -> Cell:
    """Return the rank, or that the option is out."""
    return _or(option.rank, wording.text("export.out"))


def name_of(option: RankedOption, wording: Words) -> str:
    """Return the name in the language."""
    return (wording.lang == "en" and option.name_en) or option.name


def _indicators(option: RankedOption, wording: Words) -> list[Cell]:
    """Return the cells of an option, in the order of the columns."""
    unknown = wording.term("not_known")
    cells: dict[str, Cell] = {
        "rank": rank_of(option, wording),
        "option": name_of(option, wording),
        "category": wording.term(f"category.{option.category}") if option.category else None,
        "capex": option.capex_vnd,
        "net_benefit": option.net_annual_benefit_vnd,
        "simple_payback": _or(option.simple_payback_years, wording.word(no_payback(option))),
        "npv": option.npv_vnd,
        "equivalent_annual": option.equivalent_annual_vnd,
        "irr": _or(option.irr, wording.term(f"irr_status.{option.irr_status}")),
        "discounted_payback": _or(
            option.discounted_payback_years, wording.word(no_discounted_payback(option))
        ),
        "profitability_index": option.profitability_index,
        "co2e": _or(known(option, "co2e_t_per_year"), unknown),
        "abatement_cost": option.abatement_cost_vnd_per_tco2e,
        "life": option.lifetime_years,
        "tier": option.tier,
        "triage": wording.term(f"triage.{option.triage}"),
    }
    return [cells[name] for name in _RANKING]


def _scores(option: RankedOption, wording: Words) -> list[Cell]:
    return [_or(getattr(option.scores, name), wording.term("not_judged")) for name in _SCORES]


def _or(value: float | None, reason: str) -> Cell:
    """Return a number, or why there is none."""
    return reason if value is None else value


def _written(cell: Cell, kind: str, *, comma: bool) -> str:
    """Return a cell of the CSV; a percentage is in hundredths, as its header says."""
    if cell is None or isinstance(cell, str):
        return neutralised(cell or "")
    number = cell * 100 if kind == PERCENT else cell
    whole = abs(number) >= 10**_SIGNIFICANT
    written = f"{Decimal(f'{number:.0f}' if whole else f'{number:.{_SIGNIFICANT}g}'):f}"
    return written.replace(".", ",") if comma else written


def _header_of(resource: str, wording: Words) -> str:
    return f"{wording.resource(resource)} ({wording.unit(f'{catalogue.find(resource).unit}/year')})"

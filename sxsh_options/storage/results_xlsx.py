"""Ranked options as an Excel workbook that people read, print and calculate on with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any, Protocol

from sxsh_options.errors import Message
from sxsh_options.model import Assessment
from sxsh_options.resources import catalogue
from sxsh_options.screening.results import AssumptionUsed, RankedList, RankedOption
from sxsh_options.storage.sheets import (
    ANY,
    LINK,
    MONEY,
    ONE_DECIMAL,
    PERCENT,
    TWO_DECIMALS,
    WHOLE,
    Cell,
    Column,
    Sheets,
)

_PER_YEAR = "year"


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

    def date(self, day: Any) -> str:
        """Write a calendar date."""


def ranked_to_xlsx(ranked: RankedList, assessment: Assessment, wording: Words) -> bytes:
    """Return a ranking as an Excel workbook in the language of `wording`.

    Its sheets are the ranked table, the assumptions with their sources, what each option saves, and the
    questions that its figures raise. A number is a number in the unit of its column's header; one that
    does not exist is the reason in words, or empty. No text is ever a formula.

    Parameters
    ----------
    ranked : RankedList
    assessment : Assessment
        What was ranked.
    wording : Words

    Returns
    -------
    bytes
        The file; the same ranking always gives the same.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as workbook:
        made = datetime.combine(ranked.as_of, time(), UTC).replace(tzinfo=None)
        workbook.set_properties({"title": assessment.title, "created": made})
        sheets = Sheets(workbook, wording.text("export.page"))
        _add_ranking(sheets, ranked, assessment, wording)
        _add_assumptions(sheets, ranked, wording)
        _add_savings(sheets, ranked, wording)
        _add_questions(sheets, ranked, wording)
    return out.getvalue()


# The ranked table

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


def _add_ranking(sheets: Sheets, ranked: RankedList, assessment: Assessment, wording: Words) -> None:
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
    facility = assessment.facility
    place = ", ".join(part for part in (facility.name, facility.commune, facility.province) if part)
    lines = (
        wording.text("export.title", assessment=assessment.title),
        wording.text("export.facility", facility=place),
        wording.text("export.ranked_by", measure=f"measure.{ranked.measure}"),
        wording.text("export.as_of", day=ranked.as_of),
    )
    notes = [wording.word(what) for what in ranked.messages]
    notes += [wording.text(f"export.note.{name}") for name in ("money", "payback", "npv", "co2e", "tier")]
    if not rows:
        notes.insert(0, wording.text("export.no_options"))
    sheets.add(wording.text("export.sheet.ranking"), lines, columns, rows, notes, frozen=2)


def _indicators(option: RankedOption, wording: Words) -> list[Cell]:
    """Return the cells of an option, in the order of the columns."""
    never = wording.term("payback_status.never")
    unpaid = wording.term(f"payback_status.{option.payback_status}")
    unknown = wording.term("not_known")
    co2e = option.co2e_t_per_year if option.physical_savings else None
    cells = {
        "rank": _or(option.rank, wording.text("export.out")),
        "option": _name(option, wording),
        "category": wording.term(f"category.{option.category}") if option.category else None,
        "capex": option.capex_vnd,
        "net_benefit": option.net_annual_benefit_vnd,
        "simple_payback": _or(option.simple_payback_years, unpaid),
        "npv": option.npv_vnd,
        "equivalent_annual": option.equivalent_annual_vnd,
        "irr": _or(option.irr, wording.term(f"irr_status.{option.irr_status}")),
        "discounted_payback": _or(option.discounted_payback_years, never),
        "profitability_index": option.profitability_index,
        "co2e": _or(co2e, unknown),
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


def _name(option: RankedOption, wording: Words) -> str:
    return (wording.lang == "en" and option.name_en) or option.name


# Assumptions and sources


def _add_assumptions(sheets: Sheets, ranked: RankedList, wording: Words) -> None:
    widths = {"assumption": 30.0, "value": 14.0, "unit": 12.0, "source": 36.0, "article": 16.0, "url": 30.0}
    widths |= {"evidence": 26.0, "valid_from": 12.0}
    columns = [
        Column(wording.text(f"export.column.{name}"), LINK if name == "url" else ANY, width)
        for name, width in widths.items()
    ]
    rows = [_assumption(used, wording) for used in ranked.assumptions]
    lines = (wording.text("export.sheet.assumptions"), wording.text("export.as_of", day=ranked.as_of))
    notes = [wording.text("export.note.evidence")]
    sheets.add(wording.text("export.sheet.assumptions"), lines, columns, rows, notes, frozen=1)


def _assumption(used: AssumptionUsed, wording: Words) -> list[Cell | tuple[float, str]]:
    name = wording.of_resource(wording.term(used.name), used.resource)
    value = _value(used, wording)
    is_number = value is not None and not isinstance(value, str)
    unit = wording.unit(used.unit) if is_number and used.unit != "share" else None
    source = used.source
    if source is None:
        return [name, value, unit, None, None, None, None, None]
    return [
        name,
        value,
        unit,
        source.title,
        source.article,
        source.url,
        wording.term(f"evidence.{source.evidence}"),
        None if source.valid_from is None else wording.date(source.valid_from),
    ]


def _value(used: AssumptionUsed, wording: Words) -> Cell | tuple[float, str]:
    value = used.value
    if isinstance(value, bool):
        return wording.term("yes" if value else "no")
    if isinstance(value, str):
        return wording.term(value)
    if value is None:
        return wording.term("own_lives") if used.name == "analysis_years" else None
    if used.unit == "share":
        return value, PERCENT
    if used.unit.startswith("VND") and abs(value) >= 100:
        return value, MONEY
    return value, ANY


# What each option saves


def _add_savings(sheets: Sheets, ranked: RankedList, wording: Words) -> None:
    saved = list(dict.fromkeys(resource for option in ranked.options for resource in option.physical_savings))
    columns = [
        Column(wording.text("export.column.rank"), WHOLE, 7.0),
        Column(wording.text("export.column.option"), ANY, 28.0),
        *(Column(_header_of(resource, wording), TWO_DECIMALS, 13.0) for resource in saved),
    ]
    figures = {
        "energy": "energy_toe_per_year",
        "scope_1": "co2e_scope1_t_per_year",
        "scope_2": "co2e_scope2_t_per_year",
        "co2e": "co2e_t_per_year",
        "co2e_over_life": "co2e_t_over_life",
        "co2e_other": "co2e_other_t_per_year",
        "biogenic": "biogenic_co2_t_per_year",
    }
    columns += [Column(wording.text(f"export.column.{name}"), TWO_DECIMALS, 12.0) for name in figures]
    unknown = wording.term("not_known")
    rows: list[list[Cell]] = [
        [
            _or(option.rank, wording.text("export.out")),
            _name(option, wording),
            *(option.physical_savings.get(resource) for resource in saved),
            *(
                _or(getattr(option, field) if option.physical_savings else None, unknown)
                for field in figures.values()
            ),
        ]
        for option in ranked.options
    ]
    name = wording.text("export.sheet.savings")
    notes = [wording.text(f"export.note.{note}") for note in ("saved", "other_emissions", "co2e")]
    sheets.add(name, (name,), columns, rows, notes, frozen=2)


def _header_of(resource: str, wording: Words) -> str:
    unit = wording.unit(f"{catalogue.find(resource).unit}/{_PER_YEAR}")
    return f"{wording.resource(resource)} ({unit})"


# Questions


def _add_questions(sheets: Sheets, ranked: RankedList, wording: Words) -> None:
    columns = [
        Column(wording.text("export.column.rank"), WHOLE, 7.0),
        Column(wording.text("export.column.option"), ANY, 28.0),
        Column(wording.text("export.column.question"), ANY, 90.0),
    ]
    rows = list(_questions(ranked, wording))
    name = wording.text("export.sheet.questions")
    notes = [wording.text("export.note.questions" if rows else "export.no_questions")]
    sheets.add(name, (name,), columns, rows, notes)


def _questions(ranked: RankedList, wording: Words) -> Iterator[list[Cell]]:
    for option in ranked.options:
        for what in option.warnings:
            yield [_or(option.rank, wording.text("export.out")), _name(option, wording), wording.word(what)]

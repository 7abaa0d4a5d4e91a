"""Ranked options as an Excel workbook that people read, print and calculate on with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, time

from sxsh_options.model import Assessment
from sxsh_options.screening.results import AssumptionUsed, RankedList
from sxsh_options.storage.results_table import Words, name_of, rank_of, ranking_table, savings_table
from sxsh_options.storage.sheets import (
    ANY,
    LINK,
    MONEY,
    PERCENT,
    WHOLE,
    Cell,
    Column,
    Sheets,
)


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


def _add_ranking(sheets: Sheets, ranked: RankedList, assessment: Assessment, wording: Words) -> None:
    columns, rows = ranking_table(ranked, wording)
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
    columns = [
        Column(wording.text("export.column.rank"), WHOLE, 7.0),
        Column(wording.text("export.column.option"), ANY, 28.0),
    ]
    figures, rows = savings_table(ranked, wording)
    named = [
        [rank_of(o, wording), name_of(o, wording), *row] for o, row in zip(ranked.options, rows, strict=True)
    ]
    name = wording.text("export.sheet.savings")
    notes = [wording.text(f"export.note.{note}") for note in ("saved", "other_emissions", "co2e")]
    sheets.add(name, (name,), [*columns, *figures], named, notes, frozen=2)


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
            yield [rank_of(option, wording), name_of(option, wording), wording.word(what)]

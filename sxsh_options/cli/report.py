"""The ranked list as a person reads it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from sxsh_options.cli.layout import Column, paragraph, table
from sxsh_options.errors import Message
from sxsh_options.i18n import Wording, results
from sxsh_options.screening.results import (
    AssumptionUsed,
    Bundle,
    Explanation,
    InputUsed,
    RankedList,
    RankedOption,
    Source,
    no_discounted_payback,
    no_payback,
)

_MILLION = 1e6
_NAME = 16  # cells that names keep on a narrow terminal
_MOST_QUESTIONED = 50  # options whose questions are written out below a table


def headline(ranked: RankedList, wording: Wording, line_width: int) -> list[str]:
    """Return one sentence: how many options, ranked by what, at which rate and date."""
    rates = {a.name: a.value for a in ranked.assumptions if a.name.startswith("discount_rate")}
    said = wording.text(
        "cli.headline",
        count=len(ranked.options),
        measure=f"measure.{ranked.measure}",
        rate=rates.get("discount_rate_nominal", rates.get("discount_rate")),
        day=ranked.as_of,
    )
    return paragraph(said, line_width)


def _name(option: RankedOption, wording: Wording) -> str:
    """Return the option's name on one line and safe for a terminal."""
    return wording.quoted(results.option_name(option, wording))


def result_table(ranked: RankedList, wording: Wording, line_width: int) -> list[str]:
    """Return the lines of the table of results."""
    options = ranked.options
    million, million_a_year = wording.unit("VND_million"), wording.unit("VND_million/year")

    def heading(name: str) -> str:
        return wording.text(f"column.{name}")

    def millions(amount: float) -> str:
        return wording.number(amount / _MILLION)

    worth = [Column(heading("npv"), [millions(o.npv_vnd) for o in options], million)]
    if ranked.worth == "equivalent_annual":  # what may be compared stands first
        annual = [millions(o.equivalent_annual_vnd) for o in options]
        worth.insert(0, Column(heading("equivalent_annual"), annual, million_a_year))
    out = heading("out")
    columns = [
        Column(heading("rank"), [str(o.rank) if o.rank else out for o in options]),
        Column(heading("option_id"), [wording.quoted(o.option_id) for o in options], align="left"),
        Column(heading("name"), [_name(o, wording) for o in options], align="left", least=_NAME),
        Column(heading("capex"), [millions(o.capex_vnd) for o in options], million),
        Column(
            heading("net_annual_benefit"),
            [millions(o.net_annual_benefit_vnd) for o in options],
            million_a_year,
        ),
        Column(heading("simple_payback"), [results.payback(o, wording) for o in options]),
        *worth,
        Column(heading("irr"), [wording.percent(o.irr, 3) for o in options]),
        Column(heading("co2e"), [results.co2e(o, wording) for o in options], wording.unit("tCO2e/year")),
        Column(
            heading("tier"),
            [str(o.tier) if o.tier else wording.number(None) for o in options],
            heading("tier_unit"),
        ),
        Column(heading("triage"), [wording.term(f"triage.{o.triage}") for o in options], align="left"),
    ]
    if ranked.measure == "score":
        scores = [wording.number(o.scores.total, 3) for o in options]
        columns.insert(3, Column(heading("score"), scores, wording.unit("points")))
    return table(columns, line_width, keys=2)


def notes(ranked: RankedList, wording: Wording, line_width: int) -> list[str]:
    """Return the assumptions with their marks, the legend of the marks, and what there is to say."""
    lines = ["", wording.text("cli.assumptions")]
    for assumption in ranked.assumptions:
        lines += paragraph(_used(assumption, wording), line_width, "  ", "- ")
    known = {a.source.evidence for a in ranked.assumptions if a.source}
    marks = sorted(filter(results.is_marked, known))
    if marks:
        lines += ["", *paragraph(wording.text("cli.legend"), line_width)]
        for evidence in marks:
            meaning = f"{wording.evidence_mark(evidence)} {wording.term(f'evidence.{evidence}')}"
            lines += paragraph(meaning, line_width, "  ")
    if ranked.messages:
        lines += ["", wording.text("cli.notes")]
        for text in dict.fromkeys(wording.word(m) for m in ranked.messages):
            lines += paragraph(text, line_width, "  ", "! ")
    return lines


def questions(ranked: RankedList, wording: Wording, line_width: int) -> list[str]:
    """Return the questions about the figures, option by option."""
    questioned = [option for option in ranked.options if option.warnings]
    if not questioned:
        return []
    lines = ["", wording.text("cli.questions")]
    for option in questioned[:_MOST_QUESTIONED]:
        lines.append(f"  {wording.quoted(option.option_id)} · {_name(option, wording)}")
        for warning in option.warnings:
            lines += paragraph(wording.word(warning), line_width, "    ", "? ")
    left = len(questioned) - _MOST_QUESTIONED
    if left > 0:
        lines.append(f"  {wording.text('cli.questions_left', count=left)}")
    return lines


def explanations(ranked: RankedList, wording: Wording, line_width: int) -> list[str]:
    """Return how each number was computed, for the options that were asked for."""
    lines: list[str] = []
    options = {option.option_id: option for option in ranked.options}
    for option_id, explained in ranked.explanations.items():
        option = options[option_id]
        title = wording.text("cli.explained", option=option_id, name=_name(option, wording))
        lines += ["", *paragraph(title, line_width)]
        lines += paragraph(wording.text("cli.suggestion", triage=f"triage.{option.triage}"), line_width, "  ")
        lines += _messages(option.triage_reasons, wording, line_width)
        for explanation in explained:
            lines += _explanation(explanation, option, wording, line_width)
    return lines


def together(bundle: Bundle, wording: Wording, line_width: int) -> list[str]:
    """Return the figures of several options as one investment."""
    title = wording.text("cli.together", options=", ".join(bundle.option_ids))
    lines = ["", *paragraph(title, line_width)]
    figures = (
        ("investment", bundle.investment_vnd, "VND"),
        ("net_annual_benefit", bundle.net_annual_benefit_vnd, "VND/year"),
        ("simple_payback", bundle.simple_payback_years, "years"),
        ("discounted_payback", bundle.discounted_payback_years, "years"),
        ("npv", bundle.npv_vnd, "VND"),
        ("irr", bundle.irr, "share"),
        ("equivalent_annual", bundle.equivalent_annual_vnd, "VND/year"),
        ("co2e", bundle.co2e_t_per_year if bundle.resources else None, "tCO2e/year"),
        ("energy_toe", bundle.energy_toe_per_year, "TOE/year"),
        ("analysis_years", bundle.years, "years"),
    )
    for name, value, unit in figures:
        shown = wording.value(value, unit)
        if name == "simple_payback" and bundle.payback_status != "paid_back":
            shown = wording.word(no_payback(bundle))
        if name == "discounted_payback" and (value is None or bundle.payback_status != "paid_back"):
            shown = wording.word(no_discounted_payback(bundle))
        if name == "irr" and value is None:
            shown = wording.term(f"irr_status.{bundle.irr_status}")
        lines += paragraph(f"{wording.term(name)}: {shown}", line_width, "  ", "- ")
    for saved in bundle.resources:
        unit = f"{saved.unit}/year"
        amounts = {
            "resource": saved.resource,
            "saved": wording.value(saved.saved_together, unit),
            "alone": wording.value(saved.saved_alone, unit),
        }
        if saved.base is None:
            text = wording.text("cli.together_resource", **amounts)
        else:
            text = wording.text("cli.together_base", **amounts, base=wording.value(saved.base, unit))
        lines += paragraph(text, line_width, "  ", "- ")
    for explained in bundle.consumption:
        after = wording.value(explained.value, explained.unit)
        lines += paragraph(f"{results.explained_name(explained, wording)}: {after}", line_width, "  ", "- ")
    return [*lines, *_messages(bundle.messages, wording, line_width)]


def _explanation(
    explanation: Explanation, option: RankedOption, wording: Wording, line_width: int
) -> Iterator[str]:
    formula = wording.formula(explanation.formula)
    yield ""
    name = results.explained_name(explanation, wording)
    value = results.explained_value(explanation, option, wording)
    yield from paragraph(f"{name}: {value}", line_width, "  ")
    named = "" if formula.name == wording.term(explanation.quantity) else f"{formula.name}: "
    yield from paragraph(f"{named}{formula.expression}", line_width, "    ", "= ")
    yield from paragraph(formula.convention, line_width, "      ")
    for used in explanation.inputs:
        yield from paragraph(_used(used, wording), line_width, "    ", "- ")
    yield from _messages(explanation.messages, wording, line_width)


def _messages(messages: tuple[Message, ...], wording: Wording, line_width: int) -> Iterator[str]:
    for text in dict.fromkeys(wording.word(m) for m in messages):
        yield from paragraph(text, line_width, "    ", "! ")


def _used(used: InputUsed | AssumptionUsed, wording: Wording) -> str:
    """Return an input or assumption: name, resource, value with unit, mark of evidence, source."""
    shown = f"{results.used_name(used, wording)}: {results.used_value(used, wording)}"
    return f"{shown}{_source(used.source, wording)}" if used.source else shown


def _source(source: Source, wording: Wording) -> str:
    mark = f" {wording.evidence_mark(source.evidence)}" if results.is_marked(source.evidence) else ""
    parts = [wording.quoted(part) for part in (source.title, source.article) if part]
    if source.valid_from is not None:
        parts.append(wording.text("cli.valid_from", day=source.valid_from))
    return f"{mark}; {wording.text('cli.source', source=', '.join(parts))}" if parts else mark

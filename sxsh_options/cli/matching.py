"""``sxsh match``: who could pay for this, with reasons, on a terminal or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sxsh_options.cli.arguments import ArgumentFaults
from sxsh_options.cli.layout import Column, paragraph, table
from sxsh_options.cli.output import write_file
from sxsh_options.cli.parsers import Parser
from sxsh_options.day import today
from sxsh_options.errors import InputError, Message, message
from sxsh_options.i18n import Wording

if TYPE_CHECKING:
    from sxsh_options.funding import Match
    from sxsh_options.services.money import Matched

_FORMATS = ("table", "json")
_NAME = 24  # cells that names keep on a narrow terminal
_MILLION = 1e6


def match_command(arguments: Sequence[str], wording: Wording, faults: list[Message], cells: int) -> list[str]:
    """Match the sources of money to the assessment of a file; return what is told beside the result.

    Raises
    ------
    InputError
        Every fault of the command line, or of the file.
    """
    parser = Parser(wording, "cli.match")
    files = parser.add_argument_group(wording.text("cli.inputs"))
    files.add_argument(
        "inputs", nargs="*", metavar=wording.text("cli.rank.input"), help=wording.text("cli.help.input")
    )
    parser.option("--as-of", help_code="as_of_rules", metavar="DATE")
    parser.option("--format", help_code="format_match", metavar="|".join(_FORMATS))
    parser.option("--out", help_code="out", metavar="FILE")
    parser.common_options()
    values, unknown = parser.read(arguments)
    if values.help:
        sys.stdout.write(parser.format_help())
        return []
    found = ArgumentFaults([*faults, *unknown])
    source = found.source(values.inputs)
    as_of = found.date(values.as_of) or today()
    out = found.out(values.out, source, any_extension=True)
    chosen = found.choice("--format", values.format or ("json" if out else "table"), _FORMATS)
    if found.found:
        raise InputError(found.found)

    from sxsh_options.funding.provinces import unknown_province
    from sxsh_options.services.money import sources_for
    from sxsh_options.storage import read_assessment
    from sxsh_options.storage.matches_out import matches_to_json

    assessment = read_assessment(source)
    matched = sources_for(assessment, as_of)
    aside = [wording.located(fault) for fault in matched.left_out]
    places = (assessment.facility.province, assessment.facility.province_before_merger)
    aside += [wording.word(said) for name in dict.fromkeys(places) if (said := unknown_province(name))]
    content = matches_to_json(matched) if chosen == "json" else _table(matched, wording, cells)
    if out is None:
        sys.stdout.write(content)
    else:
        try:
            write_file(out, content)
        except OSError as error:
            raise InputError(message("cli.out_not_written", option="--out", file=str(out))) from error
    return aside


def _table(matched: Matched, wording: Wording, cells: int) -> str:
    """Return the sources as lines for a terminal: those that could help, then why the others do not."""
    able = [each for verdict in ("eligible", "undetermined") for each in matched.money(verdict)]
    beside = [each for verdict in ("eligible", "undetermined") for each in matched.beside(verdict)]
    elsewhere = [each for each in matched.found if _is_elsewhere(each)]
    names = {each.source.id: each.source.name.both[wording.lang] for each in matched.found}
    columns = [
        Column(wording.text("match.verdict"), [_verdict(each, wording) for each in able], align="left"),
        Column(
            wording.text("match.source"),
            [names[each.source.id] for each in able],
            align="left",
            least=_NAME,
        ),
        Column(
            wording.text("match.amount"),
            [_amount(each, wording) for each in able],
            wording.unit("VND_million"),
        ),
        Column(wording.text("match.deadline"), [_deadline(each, wording) for each in able], align="left"),
    ]
    lines = [*paragraph(_headline(matched, wording), cells), "", *table(columns, cells), ""]
    if beside:
        listed = "; ".join(f"{names[each.source.id]} ({_verdict(each, wording)})" for each in beside)
        lines += [*paragraph(f"{wording.text('match.beside')} {listed}.", cells), ""]
    for each in matched.found:
        reasons = [] if _is_elsewhere(each) else _reasons(each, wording)
        if reasons:
            lines += paragraph(f"{names[each.source.id]}: {'; '.join(reasons)}", cells, "  ", "- ")
    if elsewhere:
        listed = "; ".join(names[each.source.id] for each in elsewhere)
        lines += paragraph(f"{wording.text('match.elsewhere')} {listed}.", cells, "  ", "- ")
    return "\n".join(lines) + "\n"


def _is_elsewhere(match: Match) -> bool:
    """Tell whether a source refuses since it is another province's."""
    return any(each.id == "location_province" and each.result == "not_met" for each in match.criteria)


def _headline(matched: Matched, wording: Wording) -> str:
    """Return how many sources of money fit or are to be asked; what is no money, apart."""
    able = {verdict: len(matched.money(verdict)) for verdict in ("eligible", "undetermined")}
    count = sum(able.values()) + len(matched.money("not_eligible"))
    beside = [*matched.beside("eligible"), *matched.beside("undetermined")]
    kinds = [match.source.kind for match in beside]
    said = [
        wording.text("match.headline", count=count, day=matched.as_of, **able),
        wording.text("sources.lead.beside", tax=kinds.count("tax"), advice=kinds.count("advice")),
    ]
    if not matched.investment_vnd:
        said.insert(0, wording.text("match.nothing"))
    return " ".join(said)


def _verdict(match: Match, wording: Wording) -> str:
    return wording.text(f"match.verdict.{match.verdict}")


def _amount(match: Match, wording: Wording) -> str:
    if match.amount_vnd is not None:
        return wording.number(match.amount_vnd / _MILLION)
    if match.amount_upper_bound_vnd is not None:
        return wording.text("match.at_most", amount=wording.number(match.amount_upper_bound_vnd / _MILLION))
    return wording.number(None)


def _deadline(match: Match, wording: Wording) -> str:
    return wording.date(match.deadline.closes) if match.deadline else wording.number(None)


def _reasons(match: Match, wording: Wording) -> list[str]:
    """Return what stands against a source, or has to be asked, in the words of its criteria."""
    from sxsh_options.i18n import sources

    said = []
    for criterion in match.criteria:
        if criterion.result == "met":
            continue
        name = sources.criterion_name(criterion, wording)
        if criterion.is_final:
            name = sources.refusal(criterion, match.source, wording)
        elif criterion.required is None and not criterion.to_ask and not criterion.is_condition:
            name = sources.whether(criterion, match.source, wording)
        article = sources.citation(criterion.reference, wording) if criterion.reference else ""
        before = criterion.observed.get("no_rule_known_before")
        if before is not None and criterion.result == "unknown":
            said_before = wording.text("match.no_rule_known", day=before)
            said.append(said_before if criterion.id == "date" else f"{name}: {said_before}")
            continue
        result = wording.text(f"match.result.{criterion.result}")
        said.append(f"{result}: {name} ({article})" if article else f"{result}: {name}")
    return said

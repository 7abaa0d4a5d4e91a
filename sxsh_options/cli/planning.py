"""``sxsh plan``: the best financing plan, on a terminal or as JSON."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, cast, get_args

from sxsh_options.cli.arguments import ArgumentFaults
from sxsh_options.cli.layout import Column, paragraph, table
from sxsh_options.cli.output import write_file
from sxsh_options.cli.parsers import Parser
from sxsh_options.day import today
from sxsh_options.errors import InputError, Message, Place, message
from sxsh_options.i18n import Wording

if TYPE_CHECKING:
    from sxsh_options.funding.plan import Plan, Waiting
    from sxsh_options.services.plans import Planned

_FORMATS = ("table", "json")
_NAME = 24  # cells that names keep on a narrow terminal
_MILLION = 1e6


def plan_command(arguments: Sequence[str], wording: Wording, faults: list[Message], cells: int) -> list[str]:
    """Plan the financing of the assessment of a file; return what is told beside the result.

    Raises
    ------
    InputError
        Every fault of the command line, or of the file; or why there is no plan.
    """
    parser = Parser(wording, "cli.plan")
    files = parser.add_argument_group(wording.text("cli.inputs"))
    files.add_argument(
        "inputs", nargs="*", metavar=wording.text("cli.rank.input"), help=wording.text("cli.help.input")
    )
    parser.option("--own-capital", help_code="own_capital", metavar="VND")
    parser.option("--objective", help_code="objective", metavar="AIM")
    parser.option("--choose", help_code="choose", action="store_true")
    parser.option("--as-of", help_code="as_of_rules", metavar="DATE")
    parser.option("--format", help_code="format_plan", metavar="|".join(_FORMATS))
    parser.option("--out", help_code="out", metavar="FILE")
    parser.common_options()
    values, unknown = parser.read(arguments)
    if values.help:
        sys.stdout.write(parser.format_help())
        return []
    from sxsh_options.model import Objective

    found = ArgumentFaults([*faults, *unknown])
    source = found.source(values.inputs)
    as_of = found.date(values.as_of) or today()
    own = None if values.own_capital is None else found.money("--own-capital", values.own_capital)
    aim = values.objective and found.choice("--objective", values.objective, get_args(Objective))
    out = found.out(values.out, source, any_extension=True)
    chosen = found.choice("--format", values.format or ("json" if out else "table"), _FORMATS)
    if found.found:
        raise InputError(found.found)

    from sxsh_options.services.plans import PlanRequest, plan_for, waiting_for
    from sxsh_options.storage import in_source, read_assessment
    from sxsh_options.storage.plans_out import plan_to_json
    from sxsh_options.storage.text import read_bytes

    assessment = read_assessment(source)
    request = replace(PlanRequest.stated(assessment, as_of), own_capital_vnd=own)
    if aim:
        request = replace(request, objective=cast("Objective", aim))
    if values.choose:
        request = replace(request, choose=True)
    try:
        with first_interrupt() as interrupted:
            planned = plan_for(assessment, request, cancelled=interrupted)
        stopped = planned.plan.status == "stopped"
        waiting = None if stopped else waiting_for(assessment, replace(request, choose=planned.chose))
    except InputError as error:
        located = in_source(error, read_bytes(source), str(source)).messages
        raise InputError(_of_the_command(what) if own is not None else what for what in located) from error
    names = {o.id: (wording.lang == "en" and o.name_en) or o.name for o in assessment.options}
    content = (
        plan_to_json(planned, waiting)
        if chosen == "json"
        else _report(planned, waiting, names, wording, cells)
    )
    if out is None:
        sys.stdout.write(content)
    else:
        try:
            write_file(out, content)
        except OSError as error:
            raise InputError(message("cli.out_not_written", option="--out", file=str(out))) from error
    return [wording.located(fault) for fault in planned.matched.left_out]


def _of_the_command(what: Message) -> Message:
    """Return a fault of the own capital with the option that gave it in the place of the file."""
    is_own = what.code.startswith("plan.own_capital_too_small")
    return replace(what, place=Place("--own-capital")) if is_own else what


@contextmanager
def first_interrupt() -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl-C end a search with the best so far, and a second one the program."""
    came = Event()

    def stop(_: int, __: object) -> None:
        came.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield came.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _report(
    planned: Planned, waiting: Waiting | None, names: Mapping[str, str], wording: Wording, cells: int
) -> str:
    """Return the plan as lines for a terminal: result, who pays what, before and after, what is not used."""
    from sxsh_options.funding.plan import awaited_by
    from sxsh_options.i18n import plans

    plan = planned.plan
    lines = []
    for said in (plans.lead(plan, wording), *plans.loss(plan, wording)):
        lines += paragraph(said, cells)
    awaited = awaited_by(plan, planned.matched.found, planned.as_of)
    if awaited:
        lines += paragraph(plans.must_wait(plan, awaited, planned.as_of, wording), cells)
    if plan.status == "stopped":
        lines += paragraph(wording.text("plan.stopped_early"), cells)
    lines += ["", *_payers(plan, wording, cells)]
    for remark in plans.remarks(plan, wording):
        lines += ["", *paragraph(remark, cells)]
    before, after = (plans.figures(plan, each, wording) for each in (plan.before, plan.after))
    columns = [
        Column(
            wording.text("plan.figure"),
            [wording.text(f"plan.figure.{name}") for name in before],
            align="left",
            least=_NAME,
        ),
        Column(wording.text("plan.before"), list(before.values())),
        Column(wording.text("plan.after"), list(after.values())),
    ]
    lines += ["", *table(columns, cells), ""]
    if waiting is not None:
        lines += paragraph(plans.wait_or_act(waiting, wording), cells)
        for when, options in plans.options_by_time(waiting, names, wording).items():
            lines += paragraph(f"{when} {options}", cells, "  ", "- ")
        if (lost := plans.open_grants(waiting, wording)) is not None:
            lines += paragraph(lost, cells, "  ", "! ")
    lines += ["", wording.text("plan.left_out")]
    source_names = {match.source.id: match.source.name.both[wording.lang] for match in planned.matched.found}
    by_reason: dict[str, list[str]] = {}
    for each in plan.left_out:
        if each.reason.code != "plan.out.not_eligible":  # `sxsh match` says why
            by_reason.setdefault(plans.reason(each, source_names, wording), []).append(
                source_names[each.source.id]
            )
    for reason, left_out in by_reason.items():
        lines += paragraph(f"{reason}: {'; '.join(left_out)}", cells, "  ", "- ")
    for note in planned.messages:
        lines += paragraph(wording.word(note), cells, "  ", "! ")
    return "\n".join(lines) + "\n"


def _payers(plan: Plan, wording: Wording, cells: int) -> list[str]:
    from sxsh_options.i18n import plans

    names, amounts, notes = [], [], []
    for grant in plan.grants:
        names.append(grant.piece.source.name.both[wording.lang])
        amounts.append(wording.number(grant.amount_vnd / _MILLION))
        notes.append(wording.text("plan.paid_when", months=grant.month))
    for loan in plan.loans:
        names.append(plans.lender(loan, wording))
        amounts.append(wording.number(loan.principal_vnd / _MILLION))
        notes.append(wording.text("plan.loan_terms", rate=loan.effective_rate, years=loan.term_years))
    names.append(wording.text("plan.own"))
    amounts.append(wording.number(plan.after.own_capital_vnd / _MILLION))
    notes.append("")
    columns = [
        Column(wording.text("plan.source"), names, align="left", least=_NAME),
        Column(wording.text("plan.amount"), amounts, wording.unit("VND_million")),
        Column("", notes, align="left"),
    ]
    return list(table(columns, cells))

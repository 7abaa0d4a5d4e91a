"""The ``sxsh`` command: which command in which language, and what happens when it fails."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from sxsh_options.cli.output import (
    READABLE,
    for_terminal,
    line_width,
    save_crash,
    silence_stdout,
    use_utf8,
    write_file,
)
from sxsh_options.cli.parsers import Parser, chosen_language, split_command
from sxsh_options.errors import InputError, Message, Place, SxshError, message
from sxsh_options.i18n import Lang, Wording

if TYPE_CHECKING:
    from sxsh_options.cli.arguments import RankArguments
    from sxsh_options.screening.results import Bundle, RankedList

OK, FAILED, BAD_INPUT, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141

_UNPRICED = ("value.no_price", "value.no_price_but")
_COUNTS = ("input.more_faults", "input.more_faults_possible")  # these stand behind what they count

Command = Callable[[Sequence[str], Wording, list[Message]], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process by default.

    Returns
    -------
    int
        0, or 1 for an unexpected error, 2 for bad input, 130 when interrupted, 141 when the reader of
        the output went away.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    use_utf8()
    lang, faults = chosen_language(given)
    wording = Wording(cast("Lang", lang))
    try:
        code = _run(given, wording, faults)
        sys.stdout.flush()
    except SxshError as error:
        _print_faults(error.messages, wording, takes_prices=split_command(given)[0] == "rank")
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if _is_closed_pipe(error):
            silence_stdout()
            return PIPE_CLOSED
        if os.environ.get("SXSH_DEBUG"):
            raise
        _print_crash(error, wording)
        return FAILED
    return code


def _run(arguments: Sequence[str], wording: Wording, faults: list[Message]) -> int:
    name, rest = split_command(arguments)
    if name is None:
        return _overview(rest, wording, faults)
    command = COMMANDS.get(name)
    if command is None:
        raise InputError([*faults, message("cli.unknown_command", command=name, known=", ".join(COMMANDS))])
    return command(rest, wording, faults)


def _overview(arguments: Sequence[str], wording: Wording, faults: list[Message]) -> int:
    """Answer ``sxsh`` without a command."""
    parser = Parser(wording, "cli")
    parser.epilog = wording.text("cli.more")
    commands = parser.add_argument_group(wording.text("cli.commands"))
    for name in COMMANDS:
        commands.add_argument(f"_{name}", metavar=name, nargs="*", help=wording.text(f"cli.help.{name}"))
    parser.option("--version", help_code="version", action="store_true")
    parser.common_options()
    values, unknown = parser.read(arguments)
    if values.help:
        sys.stdout.write(parser.format_help())
        return OK
    if values.version:
        from sxsh_options import __version__

        sys.stdout.write(f"sxsh {__version__}\n")
        return OK
    raise InputError([*faults, *unknown, message("cli.no_command", known=", ".join(COMMANDS))])


def _rank(arguments: Sequence[str], wording: Wording, faults: list[Message]) -> int:
    """Rank the options of a file (``sxsh rank``)."""
    from sxsh_options.cli.arguments import rank_parser, read_rank_arguments
    from sxsh_options.day import today

    parser = rank_parser(wording)
    try:
        given = read_rank_arguments(parser, arguments, wording, today())
    except InputError as error:
        raise InputError([*faults, *error.messages]) from error
    if given is None:
        sys.stdout.write(parser.format_help())
        return OK
    if faults:
        raise InputError(faults)
    from sxsh_options.storage.collection import collection_paused

    with collection_paused():
        return _show(*_ranked(given), given, wording)


def _ranked(given: RankArguments) -> tuple[RankedList, Bundle | None]:
    from sxsh_options.services.ranking import RankRequest, rank
    from sxsh_options.services.together import bundle
    from sxsh_options.storage import in_source, read_assessment
    from sxsh_options.storage.text import read_bytes

    notes: list[Message] = []
    assessment = read_assessment(given.source, notes)
    if not assessment.options:
        raise InputError(message("cli.no_options").at(file=str(given.source)))
    if given.prices:
        replaced = {override.key for override in given.prices}
        kept = tuple(o for o in assessment.overrides if not (o.kind == "price" and o.key in replaced))
        assessment = assessment.model_copy(update={"overrides": (*kept, *given.prices)})
    request = RankRequest(
        as_of=given.as_of,
        by=given.by,
        discount_rate=given.discount_rate,
        years=given.years,
        weights=given.weights,
        explain=given.explain,
    )
    try:
        ranked = rank(assessment, request)
        joint = bundle(assessment, given.together, request) if given.together else None
    except InputError as error:
        raise in_source(error, read_bytes(given.source), str(given.source)) from error
    return (replace(ranked, messages=(*notes, *ranked.messages)) if notes else ranked), joint


def _show(ranked: RankedList, joint: Bundle | None, given: RankArguments, wording: Wording) -> int:
    """Write the result in the form and to the place asked for; data and words never mix in one stream."""
    from sxsh_options.cli import report

    cells = line_width()
    readable = min(cells, READABLE)
    head = report.headline(ranked, wording, readable)
    notes = report.notes(ranked, wording, readable)
    explained = report.explanations(ranked, wording, readable)
    if joint is not None:
        explained = [*report.together(joint, wording, readable), *explained]
    if given.format == "table":
        table = report.result_table(ranked, wording, cells)
        questions = report.questions(ranked, wording, readable)
        content, aside = for_terminal([*head, "", *table, *notes, *questions, *explained]), ""
    else:
        from sxsh_options.storage import results_out

        if given.format == "json":
            content = results_out.ranked_to_json(ranked, wording.word, joint)
        else:
            content = results_out.ranked_to_csv(ranked, wording.word)
        told = explained if given.format == "csv" else []  # JSON holds the explanations itself
        aside = for_terminal([*head, *notes, *told])
    if given.out is None:
        sys.stdout.write(content)
    else:
        try:
            # Excel reads a CSV file as UTF-8 only behind a byte order mark
            write_file(given.out, f"\ufeff{content}" if given.format == "csv" else content)
        except OSError as error:
            raise InputError(message("cli.out_not_written", option="--out", file=str(given.out))) from error
        written = wording.text("cli.written", count=len(ranked.options), file=str(given.out))
        sys.stdout.write(f"{written}\n")
    sys.stdout.flush()
    sys.stderr.write(aside)
    return OK


def _app(arguments: Sequence[str], wording: Wording, faults: list[Message]) -> int:
    """Open the app in the browser (``sxsh app``)."""
    import subprocess

    from sxsh_options.parameters import DATA_FOLDER

    parser = Parser(wording, "cli.app")
    parser.option("--port", help_code="port", metavar="N")
    parser.option("--no-browser", help_code="no_browser", action="store_true")
    parser.common_options()
    values, unknown = parser.read(arguments)
    if values.help:
        sys.stdout.write(parser.format_help())
        return OK
    root = DATA_FOLDER.parent
    if not (root / "app.py").is_file():
        unknown.append(message("cli.no_page"))
    if faults or unknown:
        raise InputError([*faults, *unknown])
    command = [sys.executable, "-m", "sxsh_options.ui.server"]
    command += [] if values.port is None else [f"--port={values.port}"]
    command += ["--no-browser"] if values.no_browser else []
    return subprocess.run(command, cwd=root, check=False).returncode  # noqa: S603


def _template(arguments: Sequence[str], wording: Wording, faults: list[Message]) -> int:
    """Write an Excel workbook to be filled in, empty or with an assessment (``sxsh template``)."""
    from pathlib import Path

    parser = Parser(wording, "cli.template")
    files = parser.add_argument_group(wording.text("cli.inputs"))
    files.add_argument("files", nargs="*", metavar="OUT.xlsx", help=wording.text("cli.help.template_files"))
    parser.common_options()
    values, unknown = parser.read(arguments)
    if values.help:
        sys.stdout.write(parser.format_help())
        return OK
    if not 1 <= len(values.files) <= 2:
        unknown.append(message("cli.template_files", count=len(values.files)))
    elif Path(values.files[0]).suffix.lower() != ".xlsx":
        unknown.append(message("cli.template_not_xlsx", file=values.files[0]))
    if faults or unknown:
        raise InputError([*faults, *unknown])
    from sxsh_options.day import today
    from sxsh_options.storage import read_assessment
    from sxsh_options.storage.workbook import write_workbook

    out, source = Path(values.files[0]), values.files[1:]
    assessment = read_assessment(source[0]) if source else None
    try:
        write_file(out, write_workbook(assessment, wording, today()))
    except OSError as error:
        raise InputError(message("cli.out_not_written", option="OUT.xlsx", file=str(out))) from error
    sys.stdout.write(f"{wording.text('cli.template_written', file=str(out))}\n")
    return OK


def _match(arguments: Sequence[str], wording: Wording, faults: list[Message]) -> int:
    """Match sources of money to an assessment (``sxsh match``)."""
    from sxsh_options.cli.matching import match_command

    aside = match_command(arguments, wording, faults, min(line_width(), READABLE))
    sys.stdout.flush()
    sys.stderr.write("".join(f"{line}\n" for line in aside))
    return OK


def _plan(arguments: Sequence[str], wording: Wording, faults: list[Message]) -> int:
    """Plan how options are paid for (``sxsh plan``)."""
    from sxsh_options.cli.planning import plan_command

    aside = plan_command(arguments, wording, faults, min(line_width(), READABLE))
    sys.stdout.flush()
    sys.stderr.write("".join(f"{line}\n" for line in aside))
    return OK


COMMANDS: dict[str, Command] = {
    "rank": _rank,
    "match": _match,
    "plan": _plan,
    "template": _template,
    "app": _app,
}


def _print_faults(faults: Sequence[Message], wording: Wording, *, takes_prices: bool) -> None:
    """Write each fault on its own line, in the order of the file, what helps, and how many there are."""
    sheets = list(dict.fromkeys(fault.place.sheet for fault in faults if fault.place))

    def order(fault: Message) -> tuple[bool, str, int, int]:
        place = fault.place or Place()
        sheet = sheets.index(place.sheet) if fault.place else -1
        return fault.code in _COUNTS, place.file or "", sheet, place.row or 0

    lines = [wording.located(fault) for fault in sorted(faults, key=order)]
    unpriced = dict.fromkeys(f.params["resource"] for f in faults if f.code in _UNPRICED)
    if unpriced and takes_prices:
        from sxsh_options.resources import catalogue

        resources = [catalogue.find(name) for name in unpriced]
        amount = wording.text("cli.price_amount")
        prices = [f"--price {r.resource_id}_{r.unit.lower()}={amount}" for r in resources]
        lines.append(wording.text("cli.price_hint", prices=prices, amount=amount))
    # a message that tells of more faults than are shown is none itself
    count = sum(f.code not in _COUNTS for f in faults)
    count += sum(f.params["total"] - f.params["shown"] for f in faults if f.code == "input.more_faults")
    at_least = any(f.code == "input.more_faults_possible" for f in faults)
    lines.append(wording.text("cli.fault_count_at_least" if at_least else "cli.fault_count", count=count))
    sys.stderr.write(for_terminal(lines))


def _print_crash(error: Exception, wording: Wording) -> None:
    saved = save_crash(error)
    kind = type(error).__name__
    line = (
        wording.text("cli.unexpected", kind=kind, file=str(saved))
        if saved
        else wording.text("cli.unexpected_unsaved", kind=kind)
    )
    sys.stderr.write(f"{line}\n")


def _is_closed_pipe(error: Exception) -> bool:
    """Whether the reader of our output went away; Windows reports it as an invalid argument."""
    return isinstance(error, BrokenPipeError) or (
        os.name == "nt" and isinstance(error, OSError) and error.errno == errno.EINVAL
    )

"""What is said about a result: notes, what is unfinished, assumptions, and faults of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sxsh_options.errors import Message, Place
from sxsh_options.i18n import Wording, results
from sxsh_options.i18n.formats import MISSING
from sxsh_options.screening.results import AssumptionUsed, RankedList, Source
from sxsh_options.services.workbench import Unfinished
from sxsh_options.ui import figures
from sxsh_options.ui.listing import ABOUT_THE_ORDER
from sxsh_options.ui.markup import Html, join, table, tag

FAULTS_SHOWN = 200
_OPTIONS_OF_A_MESSAGE = ("option", "other", "needed", "target")
_ARROW = " → "


def notes(messages: Iterable[Message], wording: Wording) -> Html:
    """Return remarks on the list as a whole, each once."""
    texts = dict.fromkeys(wording.word(m) for m in messages)
    return tag("ul", (tag("li", text) for text in texts), class_="sx-notes") if texts else Html()


def left_out(faults: Iterable[Message], wording: Wording) -> Html:
    """Return the files of sources of money that could not be used, each with what is wrong."""
    said = (wording.text("sources.left_out", what=wording.located(fault)) for fault in faults)
    return join(tag("p", text, class_="sx-ask") for text in said)


def unfinished(rows: Sequence[Unfinished], names: Mapping[str, str], wording: Wording) -> Html:
    """Return the rows that no result counts yet, each with what is missing."""
    return tag(
        "dl",
        (
            part
            for row in rows
            for part in (
                tag("dt", tag("bdi", row.name or _unnamed(row, wording))),
                *(tag("dd", wording.word(with_names(reason, names))) for reason in row.reasons),
            )
        ),
        class_="sx-questions",
    )


def _unnamed(row: Unfinished, wording: Wording) -> str:
    of_a_loan = row.path[:2] == ("financing", "loans")
    return wording.text("screen.unfinished.loan" if of_a_loan else "screen.unfinished.unnamed")


def with_names(what: Message, names: Mapping[str, str]) -> Message:
    """Return a message that says the names of options where it would say their ids."""
    said = {
        key: names.get(value, value) if key in _OPTIONS_OF_A_MESSAGE else value
        for key, value in what.params.items()
    }
    if "options" in said:  # a circle of prerequisites
        said["options"] = _ARROW.join(names.get(part, part) for part in str(said["options"]).split(_ARROW))
    return replace(what, params=said)


def assumptions(ranked: RankedList, wording: Wording) -> Html:
    """Return what the result rests on, each with its source, and what the marks mean."""
    sources = [
        used.source for parts in ranked.explanations.values() for part in parts for used in part.inputs
    ]
    messages = (m for m in ranked.messages if not m.code.startswith(ABOUT_THE_ORDER))
    return rests_on(ranked.as_of, ranked.assumptions, messages, wording, sources)


def rests_on(
    as_of: date,
    assumptions: Sequence[AssumptionUsed],
    messages: Iterable[Message],
    wording: Wording,
    further: Sequence[Source | None] = (),
) -> Html:
    """Return assumptions with their sources, and remarks; `further` sources are in the list of marks too."""
    headings = [wording.text(f"screen.inputs.{name}") for name in ("assumption", "value", "source")]
    rows = [(wording.text("screen.as_of"), wording.date(as_of), figures.source_cell(None, wording))]
    rows += [
        (
            results.used_name(used, wording),
            results.used_value(used, wording),
            figures.source_cell(used.source, wording),
        )
        for used in assumptions
    ]
    return tag(
        "div",
        table(headings, rows, caption=wording.text("screen.assumptions"), class_="sx-facts sx-figures"),
        legend([*(used.source for used in assumptions), *further], wording),
        notes(messages, wording),
        class_="sx-fit",
    )


def legend(sources: Iterable[Source | None], wording: Wording) -> Html:
    """Return what each mark that occurs means."""
    marked = {s.evidence for s in sources if s is not None and results.is_marked(s.evidence)}
    meanings = (
        tag(
            "li",
            tag("span", wording.text(f"evidence_mark.{evidence}"), class_="sx-mark"),
            " ",
            wording.term(f"evidence.{evidence}"),
        )
        for evidence in sorted(marked)
    )
    return tag("ul", tag("li", wording.text("screen.legend")), meanings, class_="sx-legend")


def faults(messages: Sequence[Message], wording: Wording) -> Html:
    """Return every fault of a file: where it is, and what is wrong or would be right."""
    located = any(m.place and (m.place.row or m.place.column) for m in messages)
    columns: tuple[str, ...] = ("row", "column", "fault") if located else ("field", "fault")
    if any(m.place and m.place.sheet for m in messages):
        columns = ("sheet", *columns)
    shown = messages[:FAULTS_SHOWN]
    left = len(messages) - len(shown)
    return tag(
        "div",
        table(
            [wording.text(f"screen.faults.{name}") for name in columns],
            ([_place(name, m, wording) for name in columns] for m in shown),
            caption=wording.text("screen.faults.caption"),
            class_="sx-facts sx-faults",
        ),
        [tag("p", wording.text("screen.faults.more", count=left))] if left else [],
        class_="sx-fit",
    )


def _place(column: str, fault: Message, wording: Wording) -> str:
    place = fault.place or Place()
    match column:
        case "fault":
            return wording.word(fault)
        case "sheet":
            return wording.quoted(place.sheet or MISSING)
        case "row":
            return wording.integer(place.row)
        case "column":
            return wording.quoted(place.column or MISSING)
        case _:
            return wording.field(place.field) if place.field else MISSING

"""Cells of the grid of options: read one by one or as a pasted block; what cannot be read is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from sxsh_options.amounts import read_amount, read_block
from sxsh_options.errors import Message
from sxsh_options.model.merging import Document
from sxsh_options.numerals import Style
from sxsh_options.services import option_fields
from sxsh_options.services.editing import DRAFTS, NUMBER_STYLE, join, put, rows
from sxsh_options.services.entry import Entry, Typed
from sxsh_options.services.option_fields import Option

AMBIGUOUS, ERROR = "ambiguous", "error"
_DECIMAL_MARK: dict[Style, str] = {"comma_decimal": ",", "dot_decimal": "."}


class Cell(NamedTuple):
    """A text for a field of an option."""

    option: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How whoever types writes.

    Attributes
    ----------
    categories : mapping
        Ids of the categories by the names that they go by.
    own_style : Style
        How numbers are written in the language of the screen, and so in the cells.
    style : Style or None
        How this person writes numbers, once known.
    """

    categories: Mapping[str, str]
    own_style: Style
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """One of the numbers that an ambiguous text may mean: by a style of writing, or by choice alone."""

    number: float
    style: Style | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell whose text is no value yet.

    Attributes
    ----------
    cell : Cell
    name : str
        Of the option.
    fault : Message or None
        What is wrong; None where the text is ambiguous.
    meanings : tuple of Meaning
        What an ambiguous text may mean.
    """

    cell: Cell
    name: str
    fault: Message | None = None
    meanings: tuple[Meaning, ...] = ()


def enter(document: Document, cells: Sequence[Cell], manner: Manner) -> Document:
    """Return the document with what was typed or pasted into cells; what cannot be read becomes a draft.

    Several cells at once are a pasted block, whoever wrote it: its own numbers say in which style they are,
    first those of the same row, then those of the whole. A number that could still be either is asked
    about, even where a typed one would be taken for whole thousands.

    Parameters
    ----------
    document : dict
    cells : sequence of Cell
        Of options that the document has; each cell once.
    manner : Manner
    """
    pasted = len(cells) > 1
    styles = _styles_of_a_block(cells) if pasted else [manner.style] * len(cells)
    options = {str(option["id"]): option for option in rows(document, "options")}
    drafts: dict[str, Any] = {}
    learnt: Style | None = None
    for n, cell in enumerate(cells):
        option = options[cell.option]
        style = styles[n]
        text = _written_in(cell.text, style) if pasted else cell.text
        read = option_fields.read(document, option, cell.column, Typed(text, style), manner.categories)
        if pasted and read.status == "value" and _doubtful(cell, style):
            read = Entry("ambiguous")
        where = join(option_fields.path_of(cell.option, cell.column))
        drafts[where] = None
        learnt = read.style or learnt
        if read.status == "value":
            options[cell.option] = option_fields.put(option, cell.column, read.value)
        elif read.status == "empty":
            if option_fields.refusal(option, cell.column) is None:
                options[cell.option] = option_fields.put(option, cell.column, None)
        else:
            as_ = AMBIGUOUS if read.status == "ambiguous" else ERROR
            drafts[where] = {"id": where, "text": cell.text, "as": as_}
    document = put(document, ("options",), list(options.values()))
    document = _with_drafts(document, drafts)
    if learnt is None or (pasted and learnt != manner.own_style):
        return document
    return put(document, (NUMBER_STYLE,), learnt if learnt == manner.own_style else None)


def _styles_of_a_block(cells: Sequence[Cell]) -> list[Style | None]:
    """Return in which style each cell of a pasted block is written, where the block shows it."""
    numbers = [cell for cell in cells if option_fields.is_number(cell.column)]
    block = read_block([cell.text for cell in numbers])
    by_row: dict[str, set[Style]] = {}
    for cell, amount in zip(numbers, block.amounts, strict=True):
        if amount.evidence_of_style is not None:
            by_row.setdefault(cell.option, set()).add(amount.evidence_of_style)
    shown = {option: next(iter(styles)) if len(styles) == 1 else None for option, styles in by_row.items()}
    return [shown.get(cell.option, block.evidence.style) for cell in cells]


def _doubtful(cell: Cell, style: Style | None) -> bool:
    """Whether a pasted number can be read in two ways."""
    if style is not None or not option_fields.is_number(cell.column):
        return False
    return read_amount(cell.text, typed=False).status == AMBIGUOUS


def unread(document: Document, columns: Iterable[str], manner: Manner) -> tuple[Unread, ...]:
    """Return the cells of these columns whose text is no value yet, in the order of the options."""
    if not rows(document, DRAFTS):
        return ()
    drafts = {str(there["id"]): there for there in rows(document, DRAFTS)}
    columns = tuple(columns)
    return tuple(
        _explained(document, option, column, drafts[where], manner)
        for option in rows(document, "options")
        for column in columns
        if (where := join(option_fields.path_of(str(option["id"]), column))) in drafts
    )


def settle(document: Document, cell: Cell, meaning: Meaning, manner: Manner) -> Document:
    """Return the document with an ambiguous cell read as it is meant."""
    option = next(option for option in rows(document, "options") if option["id"] == cell.option)
    text = _written_in(cell.text, meaning.style)
    typed = Typed(text, meaning.style, None if meaning.style else meaning.number)
    read = option_fields.read(document, option, cell.column, typed, manner.categories)
    where = join(option_fields.path_of(cell.option, cell.column))
    if read.status != "value":
        return _with_drafts(document, {where: {"id": where, "text": cell.text, "as": ERROR}})
    changed = option_fields.put(option, cell.column, read.value)
    return _with_drafts(put(document, ("options", cell.option), changed), {where: None})


def settle_all(document: Document, columns: Iterable[str], style: Style, manner: Manner) -> Document:
    """Return the document with every ambiguous cell read in one style of writing numbers."""
    for left in unread(document, columns, manner):
        meaning = next((meaning for meaning in left.meanings if meaning.style == style), None)
        if meaning is not None:
            document = settle(document, left.cell, meaning, manner)
    return put(document, (NUMBER_STYLE,), style) if style == manner.own_style else document


def give_up(document: Document, cell: Cell) -> Document:
    """Return the document without the text of a cell that could not be read; the value before stays."""
    return _with_drafts(document, {join(option_fields.path_of(cell.option, cell.column)): None})


def _explained(
    document: Document, option: Option, column: str, there: Mapping[str, Any], manner: Manner
) -> Unread:
    cell = Cell(str(option["id"]), column, str(there["text"]))
    name = str(option.get("name", ""))

    def read(style: Style | None, text: str = cell.text) -> Entry:
        return option_fields.read(document, option, column, Typed(text, style), manner.categories)

    now = read(manner.style)
    if now.fault is not None:
        return Unread(cell, name, now.fault)
    if column == "name" or column == option_fields.CATEGORY:
        return Unread(cell, name)
    return Unread(cell, name, None, _meanings(cell.text, read, now))


def _meanings(text: str, read: Callable[[Style, str], Entry], now: Entry) -> tuple[Meaning, ...]:
    """Return what a text means in each style, if that differs, or else its candidates."""
    by_style = []
    for style in get_args(Style):
        written = _written_in(text, style)
        number = read_amount(written, style=style).value
        if number is not None and read(style, written).status == "value":
            by_style.append(Meaning(number, style))
    if len({meaning.number for meaning in by_style}) > 1:
        return tuple(by_style)
    return tuple(Meaning(number, None) for number in now.candidates) or tuple(by_style[:1])


def _written_in(text: str, style: Style | None) -> str:
    """Return a text of a known style so that three zeros behind its decimal mark are no thousands.

    They are where somebody types them, but a spreadsheet shows as many decimals as it was told to.
    """
    mark = _DECIMAL_MARK.get(style) if style else None
    if mark is None or text.count(mark) != 1:
        return text
    return re.sub(rf"(?<=[0-9])\{mark}000(?![0-9])", f"{mark}0", text)


def _with_drafts(document: Document, changed: Mapping[str, Any]) -> Document:
    """Return the document with drafts replaced by their ids; ``None`` takes one away."""
    there = rows(document, DRAFTS)
    kept = [draft for draft in there if draft["id"] not in changed]
    new = [draft for draft in changed.values() if draft is not None]
    if not new and len(kept) == len(there):
        return document
    return put(document, (DRAFTS,), [*kept, *new] or None)

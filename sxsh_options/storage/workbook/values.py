"""Values in cells: how each kind is written, and what a cell says that a person filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sxsh_options.errors import Message, message
from sxsh_options.numerals import Style
from sxsh_options.services import entry
from sxsh_options.services.entry import Bounds, Entry, Typed
from sxsh_options.storage.model_faults import quoted
from sxsh_options.storage.workbook import names
from sxsh_options.storage.workbook.columns import NUMERIC, Column
from sxsh_options.storage.workbook.names import Lang
from sxsh_options.storage.workbook.own_row import DONG
from sxsh_options.storage.workbook.spreadsheet import Cell

_DONG_NAMES = frozenset({"", "vnd", "vnđ", "đ", "₫", "đồng", "dong"})
_FIRST_DAY = date(1950, 1, 1)  # an earlier one is written as text: Excel does not know it, or a typo made it
_ZERO = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LAST_SERIAL = (date.max - _ZERO[True]).days
_MOST_LISTED = 20  # names of choices in a message


class Said(NamedTuple):
    """What a cell says: a value, or what is wrong with it beside what it holds."""

    value: Any
    fault: Message | None = None


@dataclass(slots=True)
class Manner:
    """How a workbook is written.

    Attributes
    ----------
    lang : {"vi", "en"}
        Language of its names.
    from_1904 : bool
        Whether its days are counted from 1904.
    style : Style or None
        How numbers are written in cells that hold them as texts, where they show it.
    """

    lang: Lang
    from_1904: bool = False
    style: Style | None = field(default=None)


class Row(NamedTuple):
    """What decides about the meaning of a row's other cells."""

    currency: str = DONG
    in_percent: bool = False  # a band is one of percentages
    list_of_keys: str = "resource"


PLAIN = Row()


# Writing


class Share(float):
    """A number that is shown as a percentage."""


def as_share(percent: float) -> float | None:
    """Return a percentage as the share that reads as the same again; ``None`` where there is none."""
    share = _shifted(percent, -2)
    return share if _shifted(share, 2) == percent else None


def written(column: Column, value: Any, row: Row, lang: Lang) -> str | float | date | None:
    """Return what stands in a cell for a value of the assessment; ``None`` for an empty one.

    A text stands for what a number cannot hold: an amount in a currency that is not the row's, a day that
    Excel does not know.
    """
    if value is None or value == "" or value == ():
        return None
    kind = column.kind
    if kind == "money":
        return value.amount if value.currency == row.currency else _with_currency(value, lang)
    if kind == "percent" or (kind == "band" and row.in_percent):
        share = as_share(value)
        return f"{_digits(value, lang)} %" if share is None else Share(share)
    if kind == "day":
        return value if value >= _FIRST_DAY else str(value.isoformat())
    if kind == "options":
        return "\n".join(value)
    if kind == "choice" or kind == "unit":
        return names.shown(list_of(column, row), _token(value), lang)
    if kind == "share":
        return Share(value)
    return float(value) if kind in NUMERIC else str(value)


def list_of(column: Column, row: Row) -> str:
    """Return the list that a column's choices are from."""
    return row.list_of_keys if column.choices == "key" else column.choices


def _token(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _with_currency(money: Any, lang: Lang) -> str:
    return f"{_digits(money.amount, lang)} {money.currency}"


def _digits(number: float, lang: Lang) -> str:
    """Return a number in the style of a language so that it cannot be read in the other one."""
    plain = f"{Decimal(repr(number)):f}"
    whole, mark, fraction = plain.partition(".")
    if fraction.strip("0") == "":
        return whole
    mark = "," if lang == "vi" else "."
    return f"{whole}{mark}{fraction}{'0' if len(fraction) == 3 else ''}"


def _shifted(number: float, places: int) -> float:
    return float(Decimal(repr(number)).scaleb(places))


# Reading


def read(column: Column, cell: Cell, row: Row, manner: Manner) -> Said:
    """Return what a cell says in its column, as a document holds it.

    Where it says nothing usable its text comes back beside the fault, so that nothing is lost.
    """
    if cell.is_error:
        return Said(str(cell.value), message("workbook.formula_error", error=str(cell.value)))
    if cell.value is None:
        return Said(None, message("workbook.formula_not_computed"))
    kind = column.kind
    if kind in NUMERIC:
        return _read_number(kind, cell, row, manner)
    if kind == "day":
        return _read_day(cell, manner)
    text = _as_text(cell, manner)
    if kind in ("text", "id", "hidden"):
        return Said(text)
    if column.choices == "sector":  # or in one's own words
        return Said(names.meant("sector", text) or text)
    text = text.strip()
    if not text:
        return Said(None)
    if kind == "currency":
        return Said(DONG if names.folded(text) in _DONG_NAMES else text.upper())
    if kind in ("choice", "unit"):
        return _read_choice(column, text, row, manner)
    return Said(_as_text(cell, manner))  # references are resolved once all ids are known


def is_blank(cell: Cell | None) -> bool:
    """Tell whether a cell holds nothing that anybody entered."""
    if cell is None or cell.formula == "ours":
        return True
    return isinstance(cell.value, str) and not cell.value.strip()


def _read_number(kind: str, cell: Cell, row: Row, manner: Manner) -> Said:
    value = cell.value
    in_percent = kind in ("share", "percent") or (kind == "band" and row.in_percent)
    if isinstance(value, bool):
        return Said(_as_text(cell, manner), message("workbook.not_a_number", value=_as_text(cell, manner)))
    if isinstance(value, str):
        return _read_written_number(kind, value, in_percent, row, manner)
    assert value is not None  # noqa: S101 - said of formulas before
    if cell.look == "day":
        day = _day_of(value, manner)
        shown = _as_text(cell, manner)
        return Said(shown, message("workbook.day_for_number", day=day))
    if in_percent:
        if cell.look != "percent" and abs(value) == 1:
            return Said(_plain(value), message("workbook.percent_unclear", value=value, share=value))
        hundredths = cell.look != "percent" and abs(value) > 1  # 5 is 5 %: nobody means 500 %
        if kind == "share":
            return Said(_shifted(value, -2) if hundredths else value)
        return Said(value if hundredths else _shifted(value, 2))
    if cell.look == "percent":
        return Said(f"{_shifted(value, 2):g} %", message("workbook.percent_for_number", value=value))
    return Said(_amount(_whole(value), kind, row))


def _read_written_number(kind: str, text: str, in_percent: bool, row: Row, manner: Manner) -> Said:
    """Read a number that stands in its cell as a text."""
    typed = Typed(text, manner.style)
    currency = row.currency
    bounds = Bounds()
    if kind == "share":
        found = entry.read_percent(typed, bounds)
    elif in_percent:  # to the last digit, which a share may not hold
        found = entry.read_plain(Typed(text.strip().removesuffix("%"), manner.style), bounds)
    elif kind == "money":
        amount, code = text.strip()[:-3].rstrip(), text.strip()[-3:]
        if code.isascii() and code.isalpha() and code.isupper() and amount[-1:].isdigit():
            currency = code
            found = entry.read_plain(Typed(amount, manner.style), bounds)
        else:
            found = entry.read_money(typed, yearly=True, bounds=bounds)
    elif kind == "whole":
        found = entry.read_whole(typed, bounds)
    else:
        found = entry.read_plain(typed, bounds)
    if found.status == "empty":
        return Said(None)
    if found.status == "ambiguous":
        return Said(text, _ambiguous(text, found))
    if found.fault is not None:
        return Said(text, found.fault)
    number = found.value["amount"] if isinstance(found.value, dict) else found.value
    return Said(_amount(number, kind, row._replace(currency=currency)))


def _ambiguous(text: str, found: Entry) -> Message:
    if len(found.candidates) < 2:
        return message("workbook.number_unclear", value=quoted(text))
    one, other = found.candidates[:2]
    return message("workbook.number_ambiguous", value=quoted(text), one=one, other=other)


def _amount(number: float, kind: str, row: Row) -> Any:
    if kind == "money" and row.currency != DONG:
        return {"amount": number, "currency": row.currency}
    return number


def _read_choice(column: Column, text: str, row: Row, manner: Manner) -> Said:
    of = list_of(column, row)
    found = names.meant(of, text)
    if of == "yes_no":
        if found is None:
            return Said(text, message("workbook.not_yes_or_no", value=quoted(text)))
        return Said(found == "yes")
    if found is not None:
        return Said(found)
    if of in ("end_use", "evidence", "parameter", "unit", "resource"):
        return Said(text)  # the rules of the model say the rest
    listed = [names.shown(of, value, manner.lang) for value in names.values(of)][:_MOST_LISTED]
    return Said(text, message("workbook.not_a_choice", value=quoted(text), allowed="; ".join(listed)))


def _read_day(cell: Cell, manner: Manner) -> Said:
    value = cell.value
    if isinstance(value, str):
        found = entry.read_day(value)
        if found.fault is not None:
            return Said(value, found.fault)
        return Said(found.value)
    if isinstance(value, bool) or value is None:
        shown = _as_text(cell, manner)
        return Said(shown, message("workbook.not_a_day", value=shown))
    day = _day_of(value, manner)
    if day is None or day < _FIRST_DAY:
        return Said(_plain(value), message("workbook.not_a_day", value=_plain(value)))
    return Said(day.isoformat())


def _day_of(serial: float, manner: Manner) -> date | None:
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    return _ZERO[manner.from_1904] + timedelta(days=int(serial))


def _as_text(cell: Cell, manner: Manner) -> str:
    """Return what stands in a cell as a person sees it, more or less."""
    value = cell.value
    if isinstance(value, bool):
        return names.texts("term.yes" if value else "term.no")[manner.lang]
    if isinstance(value, float):
        day = _day_of(value, manner) if cell.look == "day" else None
        if day is not None:
            return day.strftime("%d/%m/%Y")
        return f"{_plain(_shifted(value, 2))} %" if cell.look == "percent" else _plain(value)
    return value or ""


def _whole(number: float) -> float | int:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _plain(number: float) -> str:
    return f"{Decimal(repr(float(number))):f}".removesuffix(".0")

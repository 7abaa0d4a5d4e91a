"""What people type into a field, read into what the document holds: a value, a question, or a fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from sxsh_options.amounts import Amount, read_amount
from sxsh_options.errors import Message, SxshError, message
from sxsh_options.model import DAYS_PER_YEAR
from sxsh_options.model.rows import MAX_QUANTITY
from sxsh_options.numerals import Style, has_magnitude_word
from sxsh_options.resources import catalogue, conversion

MONTHS_A_YEAR = 12.0
MOST_VND = 1e15  # about 38 billion dollars: no factory spends or earns it, a slip of the finger does
TIMES_A_YEAR: Mapping[str, float] = {  # an hour is left out: how many of them are worked is not known
    "year": 1.0,
    "quarter": 4.0,
    "month": MONTHS_A_YEAR,
    "week": DAYS_PER_YEAR / 7,
    "day": DAYS_PER_YEAR,
}
_LONGEST_QUOTE = 60  # characters of what was typed that a message says again
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a text says in its field.

    Attributes
    ----------
    status : {"value", "empty", "ambiguous", "error"}
    value : JSON or None
        As the document holds it, where `status` is ``"value"``.
    fault : Message or None
        What is wrong and what would be right, where `status` is ``"error"``.
    candidates : tuple of float
        The numbers that an ambiguous text may mean.
    style : Style or None
        How numbers are written, where this text shows it.
    amount : Amount or None
        A value as it was typed, in its own unit and for its own period.
    """

    status: Literal["value", "empty", "ambiguous", "error"]
    value: Any = None
    fault: Message | None = None
    candidates: tuple[float, ...] = ()
    style: Style | None = None
    amount: Amount | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a field takes."""

    low: float = -MAX_QUANTITY
    high: float = MAX_QUANTITY


@dataclass(frozen=True, slots=True)
class Typed:
    """A text with what is known about how it is meant.

    Attributes
    ----------
    text : str
    style : Style or None
        How this person writes numbers, once known.
    chosen : float or None
        Which number an ambiguous text means, once the person has said so.
    """

    text: str
    style: Style | None = None
    chosen: float | None = None


NOT_NEGATIVE = Bounds(low=0.0)
EMPTY = Entry("empty")


def read_text(text: str, longest: int) -> Entry:
    """Read a name or a note: any text that is not too long."""
    written = " ".join(text.split()) if "\n" not in text else text.strip()
    if not written:
        return EMPTY
    if len(written) > longest:
        return _fault("entry.too_long", length=len(written), longest=longest)
    if any(not c.isprintable() and c not in "\n\t" for c in written):
        written = "".join(c if c.isprintable() or c in "\n\t" else " " for c in written)
    return Entry("value", written)


def read_money(typed: Typed, *, yearly: bool = False, bounds: Bounds = NOT_NEGATIVE) -> Entry:
    """Read an amount in đồng; a yearly one may be typed for another period (``50 triệu/tháng``)."""
    amount = _amount(typed, money=True)
    if amount.status != "value":
        return _unread(amount, typed)
    if amount.currency not in (None, "VND"):
        return _fault("entry.not_vnd", currency=amount.currency)
    if yearly and amount.per_unit is not None and amount.unit is None:
        return _fault("entry.unknown_period", text=typed.text, part=amount.per_unit)
    if amount.unit is not None or amount.per_unit is not None or amount.is_percent:
        return _fault("entry.not_money", text=typed.text)
    if amount.per == "hour" or (amount.per is not None and not yearly):
        return _fault("entry.not_periodic", text=typed.text)
    number = _number(amount) * TIMES_A_YEAR[amount.per or "year"]
    if number > MOST_VND:
        return _fault("entry.money_too_large", value=number, high=MOST_VND)
    return _within(typed, amount, number, bounds, lambda v: {"amount": v, "currency": "VND"})


def read_price(typed: Typed, resource: str, unit: str) -> Entry:
    """Read a unit price in đồng for one `unit`; ``1.957 đ/kWh`` may name another unit of the resource."""
    amount = _amount(typed, money=True)
    if amount.status != "value":
        return _unread(amount, typed)
    if amount.currency not in (None, "VND"):
        return _fault("entry.not_vnd", currency=amount.currency)
    if amount.is_percent or amount.per is not None:
        return _fault("entry.not_money", text=typed.text)
    per = amount.per_unit or amount.unit or unit
    ratio = _ratio(resource, per, unit)
    if isinstance(ratio, Message):
        return Entry("error", fault=ratio)
    return _within(
        typed, amount, _number(amount) / ratio, NOT_NEGATIVE, lambda v: {"amount": v, "currency": "VND"}
    )


def read_quantity(
    typed: Typed, resource: str, unit: str, *, years: float = 1.0, bounds: Bounds = NOT_NEGATIVE
) -> Entry:
    """Read a quantity of a resource in a unit of its own or in `unit`, for a period of `years`.

    ``8.000 kWh/tháng`` is multiplied up to the period; without a period the number is of the whole one.
    The value is ``{"quantity": number, "unit": unit}``.
    """
    amount = _amount(typed)
    if amount.status != "value":
        return _unread(amount, typed)
    if amount.is_percent or amount.currency is not None:
        return _fault("entry.not_a_quantity", text=typed.text, unit=unit)
    if amount.per_unit is not None:
        return _fault("entry.unknown_period", text=typed.text, part=amount.per_unit)
    if amount.unit is None and typed.chosen is None and has_magnitude_word(typed.text):
        return _fault("entry.money_or_quantity", text=typed.text, unit=unit)
    given = amount.unit or unit
    ratio = _ratio(resource, given, given)
    if isinstance(ratio, Message):
        return Entry("error", fault=ratio)
    if amount.per == "hour":
        return _fault("entry.per_hour", text=typed.text)
    times = TIMES_A_YEAR[amount.per] * years if amount.per else 1.0
    return _within(typed, amount, _number(amount) * times, bounds, lambda v: {"quantity": v, "unit": given})


def read_percent(typed: Typed, bounds: Bounds) -> Entry:
    """Read a percentage; the value is the share. ``12,5`` and ``12,5 %`` both give 0.125."""
    amount = _amount(typed)
    if amount.status == "error" and amount.reason in (None, "not_a_number", "wrong_unit"):
        return _fault("entry.not_a_percentage", text=typed.text)
    if amount.status != "value":
        return _unread(amount, typed)
    if amount.unit is not None or amount.currency is not None or amount.per not in (None, "year"):
        return _fault("entry.not_a_percentage", text=typed.text)
    share = _number(amount) if amount.is_percent else _number(amount) / 100.0
    return _within(typed, amount, round(share, 15), bounds, lambda v: v, percent=True)


def read_whole(typed: Typed, bounds: Bounds, unit: str | None = "year") -> Entry:
    """Read a whole number, such as a life in years; ``18 tháng`` is no whole number of years."""
    amount = _amount(typed)
    if amount.status != "value":
        unread = _unread(amount, typed)
        if unread.fault is not None and unread.fault.code == "entry.not_a_number":
            return _fault("entry.not_a_whole_number", text=typed.text)
        return unread
    number = _number(amount)
    if unit == "year" and amount.unit == "month":
        number /= MONTHS_A_YEAR
    elif amount.unit not in (None, unit) or amount.currency is not None or amount.is_percent:
        return _fault("entry.not_a_whole_number", text=typed.text)
    if number != int(number):
        return _fault("entry.not_whole", value=number)
    return _within(typed, amount, number, bounds, int)


def read_plain(typed: Typed, bounds: Bounds) -> Entry:
    """Read a number without a unit."""
    amount = _amount(typed)
    if amount.status != "value":
        return _unread(amount, typed)
    if amount.unit is not None or amount.currency is not None or amount.is_percent:
        return _fault("entry.number_alone", text=typed.text)
    return _within(typed, amount, _number(amount), bounds, lambda v: v)


def read_day(text: str, latest: date | None = None) -> Entry:
    """Read a calendar day: 31/12/2025, or 2025-12-31; not after `latest`."""
    written = text.strip()
    if not written:
        return EMPTY
    local, iso = _DAY.fullmatch(written), _ISO_DAY.fullmatch(written)
    parts = (local[3], local[2], local[1]) if local else iso.groups() if iso else None
    try:
        day = date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        day = None
    if day is None:
        return _fault("entry.not_a_day", text=text)
    if latest is not None and day > latest:
        return _fault("entry.day_in_future", day=day, latest=latest)
    return Entry("value", day.isoformat())


def _amount(typed: Typed, *, money: bool = False) -> Amount:
    amount = read_amount(typed.text, style=typed.style, money=money)
    if money and amount.status == "value" and amount.value != round(amount.value or 0.0):
        # nobody pays thousandths of a đồng: then the habit of writing decides nothing
        plain = read_amount(typed.text, money=money)
        amount = plain if plain.status == "ambiguous" else amount
    if amount.status == "ambiguous" and typed.chosen in amount.candidates:
        return amount._replace(status="value", value=typed.chosen)
    return amount


def _number(amount: Amount) -> float:
    return 0.0 if amount.value is None else amount.value


def _ratio(resource: str, unit: str, target: str) -> float | Message:
    """Return how many `target` units one `unit` of a resource is, or why it cannot be said."""
    try:
        catalogue.find(resource)
        one = conversion.to_canonical(resource, 1.0, unit)
        return one / conversion.to_canonical(resource, 1.0, target)
    except SxshError as error:
        return error.messages[0]


def _within(
    typed: Typed, amount: Amount, number: float, bounds: Bounds, value: Any, *, percent: bool = False
) -> Entry:
    kind = "percent" if percent else "number"
    if number < bounds.low == 0.0:
        return _fault("entry.negative", text=typed.text)
    if number < bounds.low:
        return _fault(f"entry.{kind}_too_small", value=number, low=bounds.low)
    if number > bounds.high:
        return _fault(f"entry.{kind}_too_large", value=number, high=bounds.high)
    return Entry("value", value(number), style=amount.evidence_of_style, amount=amount)


def _unread(amount: Amount, typed: Typed) -> Entry:
    """Return what is to be said of a text that gave no value."""
    if amount.status == "empty":
        return EMPTY
    if amount.status == "ambiguous":
        return Entry("ambiguous", candidates=amount.candidates)
    reason = "not_money" if amount.reason == "wrong_unit" else amount.reason or "not_a_number"
    return replace(_fault(f"entry.{reason}", text=typed.text), style=amount.evidence_of_style)


def _fault(code: str, **params: Any) -> Entry:
    text = params.get("text")
    if isinstance(text, str) and len(text) > _LONGEST_QUOTE:
        params["text"] = text[:_LONGEST_QUOTE] + "…"
    return Entry("error", fault=message(code, **params))

"""Amounts as people type them: a number with its unit, period and currency, in one text.

``8.000 kWh/tháng``, ``600 triệu đồng``, ``1.957 đ/kWh``, ``12,5 %/năm``, ``18 tháng``. A unit is recognised
by its shape only; whether a resource is measured in it is for the caller to ask. `docs/numbers.md` has the
rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from sxsh_options import numerals
from sxsh_options.numerals import Reading, Style, StyleEvidence, infer_style, read_phrase

Period = Literal["year", "quarter", "month", "week", "day", "hour"]
Currency = Literal["VND", "USD", "EUR", "CNY", "JPY"]
Reason = Literal[numerals.Reason, "wrong_unit"]  # the last: a unit or currency that the field does not take

_PERIODS: dict[str, Period] = {
    **dict.fromkeys(("năm", "nam", "year", "years", "yr", "yrs", "y", "annum"), "year"),
    **dict.fromkeys(("quý", "quy", "quarter", "quarters"), "quarter"),
    **dict.fromkeys(("tháng", "thang", "month", "months", "mo", "mth"), "month"),
    **dict.fromkeys(("tuần", "tuan", "week", "weeks", "wk"), "week"),
    **dict.fromkeys(("ngày", "ngay", "ngày đêm", "ngay dem", "ngđ", "ng.đ", "day", "days", "d"), "day"),
    **dict.fromkeys(("giờ", "gio", "h", "hour", "hours", "hr", "hrs"), "hour"),
}
_CURRENCIES: dict[str, Currency] = {
    **dict.fromkeys(("đ", "₫", "đồng", "dong", "vnd", "vnđ", "đồng việt nam", "việt nam đồng"), "VND"),
    **dict.fromkeys(("$", "us$", "usd", "đô", "đô la", "đô la mỹ", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("€", "eur", "euro", "euros"), "EUR"),
    **dict.fromkeys(("cny", "rmb", "tệ", "nhân dân tệ"), "CNY"),
    **dict.fromkeys(("jpy", "yên", "yen"), "JPY"),
}
_IN_FRONT = re.compile(r"([+-]?) ?(us\$|[$€₫đ]|vnđ|vnd|usd|eur|cny|rmb|jpy)\s*(?=[0-9.,])", re.IGNORECASE)
# "/ tháng", "mỗi tháng", "một tháng", "per month", "a month"; and "1 tháng", where a period ends the text.
_PER = re.compile(
    r" ?/ ?(?:1 )?|(?:^| )(?:mỗi|moi|một|mot|hằng|hàng|per|an?|each|every|trên|tren) (?:1 )?"
    rf"|(?:^| )1 (?=(?:{'|'.join(map(re.escape, _PERIODS))})$)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[^\W\d_°][^\W_]*(?:[.·*-][^\W_]+)*(?: [^\W\d_][^\W_]*){0,2}|°[a-z]", re.IGNORECASE)
_LONGEST_UNIT = 40


class Amount(NamedTuple):
    """What a text says as an amount.

    Attributes
    ----------
    status : {"value", "ambiguous", "error", "empty"}
    value : float or None
        The number in the unit that was written, powers of ten applied; a percentage as its share.
    unit : str or None
        The unit as it was written; a period in place of a unit (``18 tháng``) as in `per`.
    per : str or None
        ``"month"`` for an amount a month.
    per_unit : str or None
        ``"kWh"`` for a price per kWh, as it was written.
    currency : str or None
        Code of the currency, where one was written.
    is_percent : bool
    evidence_of_style : {"comma_decimal", "dot_decimal"} or None
        The style that this text can only have been written in.
    reason : str or None
        What is wrong; ``"spoken"`` may also stand by ``"ambiguous"``: no style settles it.
    candidates : tuple of float
        What an ambiguous amount may mean, the likelier or larger first.
    """

    status: Literal["value", "ambiguous", "error", "empty"]
    value: float | None = None
    unit: str | None = None
    per: Period | None = None
    per_unit: str | None = None
    currency: Currency | None = None
    is_percent: bool = False
    evidence_of_style: Style | None = None
    reason: Reason | None = None
    candidates: tuple[float, ...] = ()


class Block(NamedTuple):
    """Cells that were pasted together, and which style they show."""

    amounts: list[Amount]
    evidence: StyleEvidence


def read_amount(
    text: str,
    *,
    style: Style | None = None,
    typed: bool = True,
    units: Collection[str] = (),
    money: bool = False,
) -> Amount:
    """Read one amount; any text at all gives an answer.

    Parameters
    ----------
    text : str
    style : {"comma_decimal", "dot_decimal"}, optional
        Settles what could be read both ways. A text that can only be in the other style is read as such
        where `typed`, with its evidence, and is an error otherwise.
    typed : bool
        Whether somebody typed it just now: nobody types three decimals of zero, or thousandths of a dong.
        ``8.000`` and ``1.957 đ`` are then thousands in either style.
    units : collection of str
        The only units that the field takes, in any case and spacing; empty: whatever looks like a unit.
        A period in place of a unit is named as in `Amount.per`. No unit at all is fine.
    money : bool
        Whether the field takes money and nothing else. A sole ``d`` is then ``đ``.

    Returns
    -------
    Amount
    """
    written = text.strip()
    in_front = _IN_FRONT.match(written)
    if in_front:
        written = in_front[1] + written[in_front.end() :]
    reading, candidates, is_percent, rest = read_phrase(written, style, typed=typed)
    if reading.status in ("empty", "error"):
        return Amount(reading.status, evidence_of_style=reading.evidence_of_style, reason=reading.reason)
    behind = _behind(rest, money)
    if behind is None or ((in_front or is_percent) and (behind.unit or behind.currency)):
        return Amount("error", reason="text_behind")
    unit, per, per_unit, currency = behind
    if in_front:
        currency = _CURRENCIES[in_front[2].casefold()]
    if typed and currency == "VND":
        reading, candidates, _, _ = read_phrase(written, style, typed=True, no_thousandths=True)
    if money and is_percent:
        return Amount("error", reason="percent")
    if (unit and (money or (units and _folded(unit) not in map(_folded, units)))) or (
        currency and units and not money
    ):
        return Amount("error", unit=unit, currency=currency, reason="wrong_unit")
    return Amount(
        reading.status,
        reading.value,
        unit,
        per,
        per_unit,
        currency,
        is_percent,
        reading.evidence_of_style,
        reading.reason,
        candidates,
    )


def read_block(texts: Sequence[str], style: Style | None = None) -> Block:
    """Read the numeric cells of a block pasted from a spreadsheet.

    The style is inferred over the whole block: one unambiguous number decides. Where two contradict each
    other, ``evidence.conflict`` says so and what is ambiguous stays so. `style` overrides what is inferred.
    """
    alone = [read_amount(text, typed=False) for text in texts]
    evidence = infer_style(
        Reading(amount.status, evidence_of_style=amount.evidence_of_style) for amount in alone
    )
    known = style or evidence.style
    if known is None:
        return Block(alone, evidence)
    return Block([read_amount(text, style=known, typed=False) for text in texts], evidence)


class _Behind(NamedTuple):
    unit: str | None
    per: Period | None
    per_unit: str | None
    currency: Currency | None


def _behind(rest: str, money: bool) -> _Behind | None:
    """Tell unit, period and currency apart in what stands behind a number; None where it is none of them."""
    head, *others = _PER.split(" ".join(rest.split()))
    currency: Currency | None = "VND" if money and head in ("d", "D") else _CURRENCIES.get(head.casefold())
    unit = None if currency or not head else _PERIODS.get(head.casefold(), head)
    if unit is not None and not _looks_like_a_unit(unit):
        return None
    per: Period | None = None
    per_unit: str | None = None
    for other in others:
        period = _PERIODS.get(other.casefold())
        if period and not per:
            per = period
        elif not period and not per_unit and _looks_like_a_unit(other):
            per_unit = other
        else:
            return None
    return _Behind(unit, per, per_unit, currency)


def _looks_like_a_unit(text: str) -> bool:
    return len(text) <= _LONGEST_UNIT and _UNIT.fullmatch(text) is not None


def _folded(unit: str) -> str:
    """Return a unit as spellings are compared: without case and blanks, m³ as m3."""
    return "".join(unicodedata.normalize("NFKC", unit).casefold().split())

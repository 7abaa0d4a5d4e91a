"""Numbers with words for powers of ten behind them: ``600 triệu``, ``1 tỷ 200 triệu``, ``2 tỷ rưỡi``."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

from sxsh_options.numerals.notation import (
    AMBIGUOUS,
    GROUP_MARK,
    LONGEST,
    NUMBER,
    SPELLINGS,
    Parts,
    Reading,
    Reason,
    Style,
    exact,
    settle,
    take_apart,
)

# Each word in the spellings that are in use, with all its marks or with none: "trạm" is no "trăm".
_POWERS = {
    **dict.fromkeys(("chục", "chuc"), 1),
    **dict.fromkeys(("trăm", "tram"), 2),
    **dict.fromkeys(("nghìn", "nghin", "ngàn", "ngan", "thousand", "k"), 3),
    **dict.fromkeys(("triệu", "trieu", "tr", "million", "mn"), 6),
    **dict.fromkeys(("tỷ", "tỉ", "ty", "ti", "billion", "bn"), 9),
    "trillion": 12,
}
# "trăm triệu", "nghìn tỷ"; "trăm" alone is not among them, for it is mostly something else misspelt.
_COMPOUNDS = {(*small, *large) for small in ((), (1,), (2,)) for large in ((3,), (6,), (9,), (12,), (3, 9))}
_TERM = re.compile(" *" + NUMBER.pattern)
# A word ends where its letters do, but "trđ" is "tr" and "đ".
_POWER = re.compile(rf" *({'|'.join(_POWERS)})(?!(?!đ)[^\W\d_])(?:\.(?= ?đ))?", re.IGNORECASE)
_LARGE = re.compile(
    rf"[0-9] *(?:{'|'.join(w for w, n in _POWERS.items() if n >= 6)})(?!(?!đ)[^\W\d_])", re.IGNORECASE
)
_HALF = re.compile(r" *(?:rưỡi|rưởi|ruoi)(?!\w)", re.IGNORECASE)
_PERCENT = re.compile(r" *(?:%|(?:phần trăm|phan tram|percent)(?!\w))", re.IGNORECASE)
_ONE_OF = re.compile(r" +[^\W\d_]")  # behind the 1 of "600 triệu 1 năm"
_APPROXIMATE = re.compile(
    r"[~≈≃<>≤≥±]=? ?[+-]?[0-9.,$€₫đ]"
    r"|(?:khoảng|khoang|chừng|cỡ|tầm|gần|hơn|trên|dưới|ước(?: tính)?|xấp xỉ|ít nhất|tối đa|tối thiểu"
    r"|about|around|approx(?:imately)?|circa|ca|nearly|almost|over|under|at least|at most|up to)"
    r"(?!\w)[^0-9]{0,12}[0-9]",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:từ|tu|from|between) [^0-9]{0,12}[0-9]", re.IGNORECASE)
_UP_TO = re.compile(  # a second number, but not the month and day of a date
    r"(?:[^\W_]{1,12} ?)??(?:[-~—÷…]|\.{2,3}|đến|den|tới|toi|to|hoặc|or) *[0-9][0-9.,]*+(?! ?[-/][0-9])",
    re.IGNORECASE,
)


class Phrase(NamedTuple):
    """The number that a text starts with, words for powers of ten included, and what follows.

    Attributes
    ----------
    reading : Reading
        Ambiguous with reason ``"spoken"`` where no style would settle it.
    candidates : tuple of float
        What an ambiguous number may mean, the likelier or larger first.
    is_percent : bool
        Whether a percent sign follows; the number is then the share.
    rest : str
        The text behind, without blanks around it.
    """

    reading: Reading
    candidates: tuple[float, ...] = ()
    is_percent: bool = False
    rest: str = ""


class _Term(NamedTuple):
    """One number of a phrase; `power` is what its words stand for, None where they do not fit each other."""

    digits: str
    exponent: str | None
    power: int | None
    half: bool


def has_magnitude_word(text: str) -> bool:
    """Tell whether a number has a word such as ``triệu`` or ``tỷ`` behind it: mostly it is money then."""
    return _LARGE.search(text) is not None


def read_phrase(
    text: str, style: Style | None = None, *, typed: bool = False, no_thousandths: bool = False
) -> Phrase:
    """Read the number that a text starts with: ``8.000 kWh``, ``1 tỷ 200 triệu đồng``, ``12,5 %/năm``.

    Parameters
    ----------
    text : str
    style : {"comma_decimal", "dot_decimal"}, optional
        As in :func:`read_number`.
    typed : bool
        Whether somebody typed it just now. Nobody types three decimals of zero, so ``8.000`` is then
        eight thousand in either style; and a number in the other style is read as what it must be.
    no_thousandths : bool
        Whether `typed` goes for any three digits, as with dong: ``1.957`` is then not 1 and 957 thousandths.

    Returns
    -------
    Phrase
    """
    written = text.translate(SPELLINGS).strip()
    if not written:
        return Phrase(Reading("empty"))
    if len(written) > LONGEST:
        return Phrase(Reading("error", reason="not_a_number"))
    written = unicodedata.normalize("NFC", written)
    terms, end = _terms(written)
    if not terms:
        return Phrase(Reading("error", reason=_why_not(written)))
    percent = _PERCENT.match(written, end)
    rest = written[percent.end() if percent else end :].strip()
    if _UP_TO.match(rest):
        return Phrase(Reading("error", reason="range"))
    if percent:
        if len(terms) > 1 or terms[0].power != 0 or terms[0].exponent:
            return Phrase(Reading("error", reason="bad_magnitude"))
        terms = [terms[0]._replace(power=-2)]
    reading, candidates = _mean(terms, style, typed, no_thousandths)
    if written.startswith("-"):
        candidates = tuple(-value for value in candidates)
        if reading.value:
            reading = reading._replace(value=-reading.value)
    return Phrase(reading, candidates, percent is not None, rest)


def _terms(written: str) -> tuple[list[_Term], int]:
    """Return the numbers that a text starts with, each with its words, and where they end."""
    terms: list[_Term] = []
    end = 0
    while number := _TERM.match(written, end):
        sign, digits, exponent = number.groups()
        powers: list[int] = []
        at = number.end()
        while word := _POWER.match(written, at):
            powers.append(_POWERS.get(word[1].casefold(), 0))  # 0: letters that only look like ours
            at = word.end()
        if terms and (sign or (digits == "1" and not powers and _ONE_OF.match(written, at))):
            break
        half = _HALF.match(written, at) if powers else None
        end = half.end() if half else at
        power = sum(powers) if not powers or tuple(powers) in _COMPOUNDS else None
        terms.append(_Term(digits, exponent, power, half is not None))
        if half or not powers:
            break
    return terms, end


def _mean(
    terms: list[_Term], style: Style | None, typed: bool, no_thousandths: bool
) -> tuple[Reading, tuple[float, ...]]:
    """Return what the terms of a phrase mean together, and the candidates where that is ambiguous."""
    numbers: list[Parts] = []
    for term in terms:
        parts = take_apart(term.digits, scientific=term.exponent is not None)
        if isinstance(parts, str):
            return Reading("error", reason=parts), ()
        numbers.append(parts)
    shown = {parts.style for parts in numbers if parts.style}
    unclear = [term for term, parts in zip(terms, numbers, strict=True) if parts.fraction is None]
    if typed and not shown:
        whole = ((no_thousandths and term.power == 0) or term.digits.endswith("000") for term in unclear)
        shown = {GROUP_MARK[term.digits[-4]] for term in unclear} if all(whole) else shown
    if len(shown) > 1:
        return Reading("error", reason="mixed_styles"), ()
    evidence = next(iter(shown), None)
    if evidence and style and evidence != style and not typed:
        return Reading("error", evidence_of_style=evidence, reason="other_style"), ()
    known = evidence or style
    if unclear and known is None:
        return _either(_sum(terms, numbers, "comma_decimal"), _sum(terms, numbers, "dot_decimal"))
    return _as_reading(_sum(terms, numbers, known or "comma_decimal"), evidence)


def _either(
    comma: tuple[float, ...] | Reason, dot: tuple[float, ...] | Reason
) -> tuple[Reading, tuple[float, ...]]:
    """Return the meaning of a phrase from its sums in both styles; one of them may make no sense."""
    if isinstance(comma, str):
        return _as_reading(dot, "dot_decimal" if isinstance(dot, tuple) else None)
    if isinstance(dot, str):
        return _as_reading(comma, "comma_decimal")
    return AMBIGUOUS, tuple(sorted({*comma, *dot}, reverse=True))


def _as_reading(
    values: tuple[float, ...] | Reason, evidence: Style | None
) -> tuple[Reading, tuple[float, ...]]:
    if isinstance(values, str):
        return Reading("error", reason=values), ()
    if len(values) > 1:
        return Reading("ambiguous", None, evidence, "spoken"), values
    return Reading("value", values[0], evidence), ()


def _sum(terms: list[_Term], numbers: list[Parts], style: Style) -> tuple[float, ...] | Reason:
    """Return the sum of the terms in a style; both meanings where the last one is cut short (``1 tỷ 2``)."""
    total, below, power = 0.0, math.inf, 0
    for count, (term, parts) in enumerate(zip(terms, numbers, strict=True), 1):
        whole, fraction = (
            settle(term.digits, style) if parts.fraction is None else (parts.whole, parts.fraction)
        )
        bare_end = count > 1 and term.power == 0
        plain = not (fraction or term.exponent)
        if term.power is None or not (plain or (count == len(terms) and not term.half and not bare_end)):
            return "bad_magnitude"
        if bare_end and len(term.digits) <= 3:
            return _cut_short(total, power, term.digits)
        power = term.power
        decimals = "5" if term.half else fraction
        value = exact(f"{whole or '0'}.{decimals or '0'}e{int(term.exponent or 0) + power}")
        if value is None:
            return "out_of_range"
        if value >= below:
            return "bad_magnitude"
        total, below = total + value, 10.0**power
    return (total,)


def _cut_short(total: float, power: int, digits: str) -> tuple[float, ...] | Reason:
    """Return what ``1 tỷ 2`` means in speech, 1,2 tỷ, and the next thing it may mean, 1 tỷ 2 triệu."""
    if power % 3:
        return "bad_magnitude"
    spoken = int(digits) * 10 ** (power - len(digits))
    other = int(digits) * 10 ** (power - 3 if len(digits) < 3 else 0)
    return tuple(dict.fromkeys((total + spoken, total + other)))


def _why_not(written: str) -> Reason:
    """Return why a text that starts with no number is none."""
    if _APPROXIMATE.match(written):
        return "approximate"
    if _FROM.match(written):
        return "range"
    bare = written.lstrip("+- ").casefold()
    if bare == "nan":
        return "nan"
    return "infinity" if bare in {"inf", "infinity", "∞"} else "not_a_number"

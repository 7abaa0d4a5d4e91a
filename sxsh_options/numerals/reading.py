"""One number, or a whole column of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sxsh_options.numerals.notation import (
    AMBIGUOUS,
    DECIMAL_MARK,
    GROUP_MARK,
    LONGEST,
    NUMBER,
    SPELLINGS,
    Reading,
    Style,
    exact,
    settle,
    take_apart,
)
from sxsh_options.numerals.phrases import read_phrase

# What most cells of most files look like, and Python reads as it stands: 1234567, 0.25, 12.5, 1234.567.
_PLAIN = re.compile(
    r"-?(?:[0-9]{1,15}|[0-9]{1,15}(\.)(?:[0-9]{1,2}|[0-9]{4,15})|(?:0|[0-9]{4,15})(\.)[0-9]{3})"
)
# What is left then is mostly this: -12.345.678 or 12,345,678, and 12.345 or 12,345, which is ambiguous.
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:(\.)[0-9]{3}(?:\.[0-9]{3}){0,3}|(,)[0-9]{3}(?:,[0-9]{3}){0,3})")
# And a decimal comma: 12,5 and 0,25.
_COMMA = re.compile(r"-?(?:[0-9]{1,15},(?:[0-9]{1,2}|[0-9]{4,15})|(?:0|[0-9]{4,15}),[0-9]{3})")


class Column(NamedTuple):
    """Many texts read at once, before the style of the whole is known.

    Attributes
    ----------
    values : list of float or None
        The number at each position; None where the cell is empty or unsettled.
    unsettled : dict of int to Reading
        By position, what is ambiguous or an error.
    shown : dict of style to int
        The first position that shows each style.
    """

    values: list[float | None]
    unsettled: dict[int, Reading]
    shown: dict[Style, int]


def read_number(text: str, style: Style | None = None, *, percent: bool = False) -> Reading:
    """Read one number, with or without words for powers of ten behind it (``600 triệu``).

    Blanks around it, plain, no-break and thin spaces or apostrophes between its groups, a Unicode minus and
    an exponent are understood. A group never starts with 0 and the first one has at most three digits,
    so ``0.123`` and ``1234.567`` can only be decimals.

    Parameters
    ----------
    text : str
    style : {"comma_decimal", "dot_decimal"}, optional
        The style that the surroundings are known to be in. It settles what would be ambiguous,
        and a text in the other style is an error.
    percent : bool
        Whether a trailing ``%`` is allowed; the value is then the share (``12,5 %`` gives 0.125).

    Returns
    -------
    Reading
    """
    written = (text if text.isascii() else text.translate(SPELLINGS)).strip()
    if not written:
        return Reading("empty")
    if len(written) > LONGEST:
        return Reading("error", reason="not_a_number")
    share = percent and written.endswith("%")
    match = NUMBER.fullmatch(written[:-1].rstrip() if share else written)
    if match is None or (share and match[3]):
        return _read_whole_phrase(written, style, percent)
    sign, digits, exponent = match.groups()
    parts = take_apart(digits, scientific=exponent is not None)
    if isinstance(parts, str):
        return Reading("error", reason=parts)
    whole, fraction, shown = parts
    if fraction is None:
        if style is None:
            return AMBIGUOUS
        whole, fraction = settle(digits, style)
    elif shown and style and shown != style:
        return Reading("error", evidence_of_style=shown, reason="other_style")
    value = exact(f"{sign}{whole or '0'}.{fraction or '0'}e{exponent or (-2 if share else 0)}")
    if value is None:
        return Reading("error", reason="out_of_range")
    return Reading("value", value, shown)


def read_column(texts: Sequence[str], most_errors: int | None = None) -> Column:
    """Read many texts as :func:`read_number` does without a style, several times as fast.

    After `most_errors`, where given, the rest is not read: its values are None.
    """
    errors = 0
    values: list[float | None] = []
    unsettled: dict[int, Reading] = {}
    shown: dict[Style, int] = {}
    for position, text in enumerate(texts):
        if plain := _PLAIN.fullmatch(text):
            values.append(float(text) + 0.0)
            if plain.lastindex:
                shown.setdefault("dot_decimal", position)
            continue
        if grouped := _GROUPED.fullmatch(text):
            mark = grouped[1] or grouped[2]
            if text.count(mark) == 1:
                values.append(None)
                unsettled[position] = AMBIGUOUS
            else:
                values.append(float(text.replace(mark, "")))
                shown.setdefault(GROUP_MARK[mark], position)
            continue
        if _COMMA.fullmatch(text):
            values.append(float(text.replace(",", ".")) + 0.0)
            shown.setdefault("comma_decimal", position)
            continue
        reading = read_number(text)
        values.append(reading.value)
        if reading.evidence_of_style is not None:
            shown.setdefault(reading.evidence_of_style, position)
        if reading.status in ("ambiguous", "error"):
            unsettled[position] = reading
            errors += reading.status == "error"
            if errors == most_errors:
                return Column(values + [None] * (len(texts) - len(values)), unsettled, shown)
    return Column(values, unsettled, shown)


def settled(text: str, style: Style) -> float | None:
    """Return what a text that is ambiguous by itself says in a known style."""
    grouped = _GROUPED.fullmatch(text)
    if grouped is None:  # blanks or other spellings around it
        return read_number(text, style).value
    mark = grouped[1] or grouped[2]
    return float(text.replace(mark, "." if DECIMAL_MARK[mark] == style else ""))


def _read_whole_phrase(written: str, style: Style | None, percent: bool) -> Reading:
    """Read a text that must be a phrase from end to end."""
    reading, _, is_percent, rest = read_phrase(written, style)
    if reading.status == "error":
        return reading
    if is_percent and not percent:
        return Reading("error", reason="percent")
    if rest:
        return Reading("error", reason="text_behind")
    # Who reads a file settles what is ambiguous by the style, which does not help here.
    return Reading("error", reason="spoken") if reading.reason == "spoken" else reading

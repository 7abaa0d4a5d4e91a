"""Numbers as people write them: ``1.234.567``, ``12,5``, ``1,234,567.8``, ``1 234 567,5``, ``1e6``.

Two styles are in use: *comma decimal* (Vietnamese: ``1.234,5``) and *dot decimal* (English: ``1,234.5``).
Most numbers tell which one they are in. One that could be read both ways (``1.234``, ``1,234``) is never
guessed: it is ambiguous until the style is known, for instance from another cell of the same file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Style = Literal["comma_decimal", "dot_decimal"]
Reason = Literal[
    "not_a_number",
    "nan",
    "infinity",
    "out_of_range",  # beyond what a double can hold
    "mixed_styles",  # two styles in one number: 1.234,567.8
    "bad_grouping",  # groups that are not of three digits: 1.23.456
    "other_style",  # not the style that the rest is written in
    "percent",  # a percentage where a plain number is asked for
]

_SPELLINGS = str.maketrans(
    {
        "\u00a0": " ",  # no-break space
        "\u202f": " ",  # narrow no-break space
        "\u2009": " ",  # thin space
        "\u2007": " ",  # figure space
        "\u2019": "'",
        "\u2212": "-",  # minus sign
        "\u2013": "-",  # en dash, which word processors put for a minus
    }
)
_NUMBER = re.compile(r"([+-]?) ?([0-9](?:[0-9.,' ]*[0-9])?|[.,][0-9]+)(?:[eE]([+-]?[0-9]+))?")
_MARKS = re.compile(r"[.,' ]")
# What most cells of most files look like, and Python reads as it stands: 1234567, 0.25, 12.5, 1234.567.
_PLAIN = re.compile(
    r"-?(?:[0-9]{1,15}|[0-9]{1,15}(\.)(?:[0-9]{1,2}|[0-9]{4,15})|(?:0|[0-9]{4,15})(\.)[0-9]{3})"
)
# What is left then is mostly this: -12.345.678 or 12,345,678, and 12.345 or 12,345, which is ambiguous.
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:(\.)[0-9]{3}(?:\.[0-9]{3}){0,3}|(,)[0-9]{3}(?:,[0-9]{3}){0,3})")
_GROUPED_BY = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in ".,' "}
_DECIMAL_MARK: dict[str, Style] = {",": "comma_decimal", ".": "dot_decimal"}
_GROUP_MARK: dict[str, Style] = {".": "comma_decimal", ",": "dot_decimal"}
_LONGEST = 1_000  # characters; a longer text is no number that anybody typed


class Reading(NamedTuple):
    """What a text says as a number.

    Attributes
    ----------
    status : {"value", "ambiguous", "error", "empty"}
    value : float or None
        The number, where `status` is ``"value"``.
    evidence_of_style : {"comma_decimal", "dot_decimal"} or None
        The style that this text can only have been written in; None where it fits both.
    reason : str or None
        What is wrong, where `status` is ``"error"``.
    """

    status: Literal["value", "ambiguous", "error", "empty"]
    value: float | None = None
    evidence_of_style: Style | None = None
    reason: Reason | None = None


class StyleEvidence(NamedTuple):
    """Where each style was first shown, as positions in what was given; None where it was not."""

    comma_decimal: int | None
    dot_decimal: int | None

    @property
    def conflict(self) -> bool:
        """Whether two texts contradict each other."""
        return self.comma_decimal is not None and self.dot_decimal is not None

    @property
    def style(self) -> Style | None:
        """The one style that was shown; None where there was none, or both."""
        if self.conflict:
            return None
        if self.comma_decimal is not None:
            return "comma_decimal"
        return None if self.dot_decimal is None else "dot_decimal"


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


_AMBIGUOUS = Reading("ambiguous")


class _Parts(NamedTuple):
    """A number taken apart. A sole mark with three digits behind it has `fraction` None."""

    whole: str
    fraction: str | None
    style: Style | None


def read_number(text: str, style: Style | None = None, *, percent: bool = False) -> Reading:
    """Read one number.

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
    written = text.translate(_SPELLINGS).strip()
    if not written:
        return Reading("empty")
    share = percent and written.endswith("%")
    match = (
        _NUMBER.fullmatch(written[:-1].rstrip() if share else written) if len(written) <= _LONGEST else None
    )
    if match is None or (share and match[3]):
        return Reading("error", reason=_why_not(written))
    sign, digits, exponent = match.groups()
    parts = _take_apart(digits, scientific=exponent is not None)
    if isinstance(parts, str):
        return Reading("error", reason=parts)
    whole, fraction, shown = parts
    if fraction is None:
        if style is None:
            return _AMBIGUOUS
        mark = digits[-4]
        whole, fraction = (
            digits.split(mark) if _DECIMAL_MARK[mark] == style else (digits.replace(mark, ""), "")
        )
    elif shown and style and shown != style:
        return Reading("error", evidence_of_style=shown, reason="other_style")
    return _value(f"{sign}{whole or '0'}.{fraction or '0'}e{exponent or (-2 if share else 0)}", shown)


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
                unsettled[position] = _AMBIGUOUS
            else:
                values.append(float(text.replace(mark, "")))
                shown.setdefault(_GROUP_MARK[mark], position)
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
    return float(text.replace(mark, "." if _DECIMAL_MARK[mark] == style else ""))


def infer_style(readings: Iterable[Reading]) -> StyleEvidence:
    """Return which style a file is written in, from readings made without a style.

    One unambiguous number decides for all; two that contradict each other are a conflict, with the
    position of both.
    """
    first: dict[Style, int] = {}
    for position, reading in enumerate(readings):
        if reading.evidence_of_style is not None:
            first.setdefault(reading.evidence_of_style, position)
    return StyleEvidence(first.get("comma_decimal"), first.get("dot_decimal"))


def _take_apart(digits: str, *, scientific: bool) -> _Parts | Reason:
    """Separate whole part and fraction; `scientific` numbers (with an exponent) are not grouped."""
    marks = _MARKS.findall(digits)
    if not marks:
        return _Parts(digits, "", None)
    kinds = set(marks)
    last = marks[-1]
    if last in _DECIMAL_MARK and marks.count(last) == 1 and len(kinds) <= 2:
        whole, fraction = digits.split(last)
        if len(kinds) == 1:
            if _GROUPED_BY[last].fullmatch(digits) and not scientific:
                return _Parts(whole, None, None)
            return _Parts(whole, fraction, _DECIMAL_MARK[last])
        (group,) = kinds - {last}
        if scientific or not _GROUPED_BY[group].fullmatch(whole):
            return "bad_grouping"
        return _Parts(whole.replace(group, ""), fraction, _DECIMAL_MARK[last])
    if len(kinds) > 1:
        return "mixed_styles"
    if scientific or not _GROUPED_BY[last].fullmatch(digits):
        return "bad_grouping"
    return _Parts(digits.replace(last, ""), "", _GROUP_MARK.get(last))


def _value(number: str, shown: Style | None) -> Reading:
    """Return the reading of a number in Python's own notation."""
    value = float(number)
    if math.isinf(value) or (value == 0 and any("1" <= digit <= "9" for digit in number.partition("e")[0])):
        return Reading("error", reason="out_of_range")
    return Reading("value", value + 0.0, shown)  # adding 0.0 turns -0.0 into 0.0


def _why_not(written: str) -> Reason:
    bare = written.lstrip("+- ").casefold()
    if bare == "nan":
        return "nan"
    if bare in {"inf", "infinity", "∞"}:
        return "infinity"
    if bare.endswith("%") and _NUMBER.fullmatch(bare[:-1].rstrip()):
        return "percent"
    return "not_a_number"

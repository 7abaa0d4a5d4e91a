"""How one number is written: its styles, its marks, and what is wrong with it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
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
    "range",  # two bounds: 500-600 triệu
    "approximate",  # khoảng 600 triệu, ~600
    "spoken",  # cut short as in speech: 1 tỷ 2
    "bad_magnitude",  # words for powers of ten that do not fit each other: 1 triệu 2 tỷ
    "text_behind",  # a number, and then something else
]

SPELLINGS = str.maketrans(
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
NUMBER = re.compile(r"([+-]?) ?([0-9](?:[0-9.,' ]*[0-9])?|[.,][0-9]+)(?:[eE]([+-]?[0-9]+))?")
_MARKS = re.compile(r"[.,' ]")
_GROUPED_BY = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in ".,' "}
DECIMAL_MARK: dict[str, Style] = {",": "comma_decimal", ".": "dot_decimal"}
GROUP_MARK: dict[str, Style] = {".": "comma_decimal", ",": "dot_decimal"}
LONGEST = 1_000  # characters; a longer text is no number that anybody typed


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
        What is wrong, where `status` is ``"error"``; ``"spoken"`` may also stand by ``"ambiguous"``.
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


AMBIGUOUS = Reading("ambiguous")


class Parts(NamedTuple):
    """A number taken apart. A sole mark with three digits behind it has `fraction` None."""

    whole: str
    fraction: str | None
    style: Style | None


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


def take_apart(digits: str, *, scientific: bool) -> Parts | Reason:
    """Separate whole part and fraction; `scientific` numbers (with an exponent) are not grouped."""
    marks = _MARKS.findall(digits)
    if not marks:
        return Parts(digits, "", None)
    kinds = set(marks)
    last = marks[-1]
    if last in DECIMAL_MARK and marks.count(last) == 1 and len(kinds) <= 2:
        whole, fraction = digits.split(last)
        if len(kinds) == 1:
            if _GROUPED_BY[last].fullmatch(digits) and not scientific:
                return Parts(whole, None, None)
            return Parts(whole, fraction, DECIMAL_MARK[last])
        (group,) = kinds - {last}
        if scientific or not _GROUPED_BY[group].fullmatch(whole):
            return "bad_grouping"
        return Parts(whole.replace(group, ""), fraction, DECIMAL_MARK[last])
    if len(kinds) > 1:
        return "mixed_styles"
    if scientific or not _GROUPED_BY[last].fullmatch(digits):
        return "bad_grouping"
    return Parts(digits.replace(last, ""), "", GROUP_MARK.get(last))


def settle(digits: str, style: Style) -> tuple[str, str]:
    """Return whole part and fraction of a number with a sole mark and three digits behind it."""
    mark = digits[-4]
    whole, _, behind = digits.rpartition(mark)
    return (whole, behind) if DECIMAL_MARK[mark] == style else (whole + behind, "")


def exact(number: str) -> float | None:
    """Return a number in Python's own notation; None beyond what a double can hold."""
    value = float(number)
    if math.isinf(value) or (value == 0 and any("1" <= digit <= "9" for digit in number.partition("e")[0])):
        return None
    return value + 0.0  # turns -0.0 into 0.0

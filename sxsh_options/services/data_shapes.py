"""What a row of the data is: a figure with its values by date, its source, and what may replace it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sxsh_options.errors import Message
from sxsh_options.parameters import Text

RowKind = Literal[
    "price", "factor", "norm", "finance", "method", "resource", "option", "effect", "share", "anchor"
]
OverrideKind = Literal["price", "emission_factor", "parameter", "end_use"]


@dataclass(frozen=True, slots=True)
class Range:
    """A figure of which some of low, typical and high are known."""

    low: float | None
    typical: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a value.

    Attributes
    ----------
    names : tuple of str or Text
        What it is within the value, from the whole to the part: codes, or names as the data give them.
    value : float, str, bool, Range, tuple of str, or None
        A text is a code, several are codes or times of day; ``None`` is a gap.
    unit : str or Text
        A unit of the product (``"fraction"`` is a share), or as the data print it.
    up_to_vnd : float or None
        The revenue up to which it holds, where it holds by revenue.
    """

    names: tuple[str | Text, ...]
    value: float | str | bool | Range | tuple[str, ...] | None
    unit: str | Text
    up_to_vnd: float | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What is known of a figure for one stretch of time, with its source.

    Attributes
    ----------
    until : date or None
        The last day that it held, or is known to have held (`open_end` is then True).
    period : Text or None
        When, in words, where no day is known.
    messages : tuple of Message
        What there is to say of it on the day that was asked about.
    """

    figures: tuple[Figure, ...]
    valid_from: date | None
    until: date | None
    open_end: bool
    period: Text | None
    source: str
    url: str
    evidence: str
    note: Text | None
    messages: tuple[Message, ...] = ()

    def ended_by(self, day: date) -> bool:
        """Whether it is known to hold no longer on a day."""
        return not self.open_end and self.until is not None and self.until < day


@dataclass(frozen=True, slots=True)
class Target:
    """What an assessment can put in place of a figure: kind and key of an override."""

    kind: OverrideKind
    key: str


@dataclass(frozen=True, slots=True)
class DataRow:
    """A figure with all that is known about it.

    Attributes
    ----------
    key : str
        Unique among all rows.
    about : tuple of Text
        What its name leaves open: sector, product, option.
    limit : str
        ``max`` or ``min`` where the figure is a limit.
    current : Stated
        What holds on the day that was asked about; where nothing does, what held last.
    others : tuple of Stated
        The values of other times, newest first.
    targets : tuple of Target
        What an assessment can replace.
    assumed : bool
        Whether the assumptions of an assessment have a field for it.
    """

    kind: RowKind
    key: str
    name: Text
    about: tuple[Text, ...]
    current: Stated
    others: tuple[Stated, ...] = ()
    place: Text | None = None
    tax: str = ""
    limit: str = ""
    norm_kind: str = ""
    targets: tuple[Target, ...] = ()
    assumed: bool = False

    @property
    def evidence(self) -> str:
        """How it is known; empty for a gap."""
        known = any(figure.value is not None for figure in self.current.figures)
        return self.current.evidence if known else ""

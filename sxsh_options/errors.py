"""Named errors, and messages as data: a code with typed parameters and the place it speaks of.

Nothing below the screens and the terminal writes prose. A rule that finds something wrong or
questionable says so with a :class:`Message`; ``sxsh_options.i18n`` turns the code into Vietnamese or
English with the texts of ``data/locales``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in what the user gave: a file's cell, or a field of an assessment."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None  # as a person counts: the header is row 1
    column: str | None = None
    field: str | None = None  # path in a document, e.g. "options[2].capex[0].net_amount"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell a person, without its wording.

    Parameters
    ----------
    code : str
        Key of a text in ``data/locales``, e.g. ``"input.unknown_column"``.
    params : dict
        The values that the text shows; names and types are declared beside the text.
    place : Place or None
        What it speaks of.
    """

    code: str
    params: dict[str, Any] = field(default_factory=dict)
    place: Place | None = None

    def at(self, **where: Any) -> Message:
        """Return the same message with its place set or completed (fields of :class:`Place`)."""
        return replace(self, place=replace(self.place or Place(), **where))


def message(code: str, **params: Any) -> Message:
    """Return a :class:`Message` without a place."""
    return Message(code, params)


class SxshError(Exception):
    """Base of every error that this product raises on purpose; it always carries messages."""

    def __init__(self, messages: Message | Iterable[Message]) -> None:
        self.messages: tuple[Message, ...] = (messages,) if isinstance(messages, Message) else tuple(messages)
        super().__init__("; ".join(f"{m.code} {m.params}" for m in self.messages))


class InputError(SxshError):
    """What the user gave cannot be used; one message for every fault found."""


class UnitError(SxshError):
    """A unit is unknown, or cannot be converted to the one that is needed."""


class ParameterError(SxshError):
    """A dated value is unknown, or not known at the date asked for."""


class DataFileError(SxshError):
    """A file under ``data/`` breaks its schema; one message for every fault found."""


class FinanceError(SxshError, ValueError):
    """A financial function was called outside its domain (a rate of -100 % or less, NaN, wrong shape)."""

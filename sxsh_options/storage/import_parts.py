"""What both ways of lenient reading share: what comes out, its limit, ids for rows that have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import NamedTuple

from sxsh_options.errors import InputError, Message, message
from sxsh_options.services.editing import DRAFTS, Document, Path, join

MAX_OPTIONS = 2_000  # of one assessment on the screens; the terminal takes a hundred times as many


class Imported(NamedTuple):
    """What a file holds, as far as it can be read.

    Attributes
    ----------
    document : dict
        See :mod:`sxsh_options.services.editing`.
    faults : tuple of Message
        What is wrong in the file, with its places; empty where the document is the whole file.
    notes : tuple of Message
        What else should be said of how it was read, such as a guessed encoding or an id that was given.
    """

    document: Document
    faults: tuple[Message, ...]
    notes: tuple[Message, ...]


def not_too_many(options: int, name: str) -> None:
    """Refuse a file of more options than the screens take.

    Raises
    ------
    InputError
        ``import.too_many_options``.
    """
    if options > MAX_OPTIONS:
        what = message("import.too_many_options", limit=MAX_OPTIONS)
        raise InputError(what.at(file=name))


def free_ids(prefix: str, taken: Iterable[str]) -> Iterator[str]:
    """Yield ids that are not taken: ``prefix`` and a number."""
    known = set(taken)
    return (f"{prefix}{number}" for number in count(1) if f"{prefix}{number}" not in known)


def with_drafts(document: Document, drafts: Iterable[Mapping[str, str]]) -> Document:
    """Return the document with further drafts; those that it has at the same path stand."""
    there = list(document.get(DRAFTS) or ())
    known = {draft["id"] for draft in there}
    more = [dict(draft) for draft in drafts if draft["id"] not in known]
    return {**document, DRAFTS: [*there, *more]} if more else document


class Drafts:
    """Texts of fields that could not be read; the first one at a path stands."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def add(self, path: Path, text: str) -> None:
        """Keep the text of the field at a path."""
        self._texts.setdefault(join(path), text)

    def put_into(self, document: Document) -> Document:
        """Return the document with the drafts, if there are any."""
        drafts = [{"id": name, "text": text} for name, text in self._texts.items()]
        return {**document, DRAFTS: drafts} if drafts else document

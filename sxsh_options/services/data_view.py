"""The data behind every result as one list that can be searched: what ships, with source and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import get_args

from sxsh_options.parameters import EVIDENCE, Text
from sxsh_options.resources.tables import spelling
from sxsh_options.services.data_rows import data_rows
from sxsh_options.services.data_shapes import DataRow, RowKind, Stated

KINDS: tuple[str, ...] = get_args(RowKind)
GAP = "gap"  # in place of the evidence of what nobody has found


@dataclass(frozen=True, slots=True)
class _Searched:
    row: DataRow
    words: str


def kinds_of_evidence() -> tuple[str, ...]:
    """Return what rows can be narrowed to by how they are known: the best known first, gaps last."""
    return (*EVIDENCE, GAP)


def every_row(as_of: date) -> tuple[DataRow, ...]:
    """Return every row, as it stands on a day."""
    return tuple(each.row for each in _searched(as_of))


def row_of(key: str, as_of: date) -> DataRow | None:
    """Return one row by its key; ``None`` where there is none of that key."""
    return next((each.row for each in _searched(as_of) if each.row.key == key), None)


def matching(
    as_of: date, *, text: str = "", kind: str | None = None, evidence: str | None = None
) -> list[DataRow]:
    """Return the rows that fit every filter that is given, in the order of their kinds.

    Parameters
    ----------
    as_of : date
    text : str
        Beginnings of words in any order and either language; case and accents are free.
    kind : str, optional
        One of :data:`KINDS`.
    evidence : str, optional
        One of :func:`kinds_of_evidence`.
    """
    wanted = [f" {spelling(word)}" for word in text.split() if spelling(word)]
    return [
        each.row
        for each in _searched(as_of)
        if kind in (None, each.row.kind)
        and evidence in (None, each.row.evidence or GAP)
        and all(word in each.words for word in wanted)
    ]


@lru_cache(maxsize=4)
def _searched(as_of: date) -> tuple[_Searched, ...]:
    return tuple(_Searched(row, _spelt(_texts(row))) for row in data_rows(as_of))


def _texts(row: DataRow) -> Iterator[str | Text | None]:
    yield from (row.name, *row.about, row.place)
    for stated in (row.current, *row.others):
        yield from _of_stated(stated)


def _of_stated(stated: Stated) -> Iterator[str | Text | None]:
    yield from (stated.source, stated.note, stated.period)
    for figure in stated.figures:
        yield from (name for name in figure.names if not isinstance(name, str))
        if not isinstance(figure.unit, str):
            yield figure.unit


def _spelt(texts: Iterable[str | Text | None]) -> str:
    """Return all words without accents, each behind a space: a search begins where a word does."""
    said: list[str] = []
    for text in texts:
        said += [text] if isinstance(text, str) else [] if text is None else text.values()
    return "".join(f" {spelling(word)}" for word in " ".join(said).split())

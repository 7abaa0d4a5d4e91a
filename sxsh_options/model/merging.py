"""Two windows changed one document: merge what each did since the state they both started from.

Dicts merge key by key, rows by their ``id``, lists of strings as sets; anything else is a leaf. Where both
changed the same leaf, the other's value stays in the document and the conflict names both. ``None`` stands
for what is not there.

Some leaves mean nothing without another: an amount without its currency, a quantity without its unit. Where
one window changes the unit and the other the quantity, merging both would make a third value that nobody
entered, so such leaves change together or conflict. So do the terms of a loan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Document = dict[str, Any]

_MONEY = {"amount", "currency"}
# What says what a row's numbers mean, and the numbers that it speaks of.
_MEANINGS = {"resource", "unit", "currency", "kind", "key"}
_NUMBERS = {
    "quantity",
    "percent",
    "of_flow",
    "base_share",
    "low",
    "high",
    "unit_price",
    "value",
    "vnd_per_unit",
}
# The terms of a loan, each of which is worth what the others make of it.
_LOAN_TERMS = {"rate", "fixed_years", "later_rate", "term_years", "grace_years"}
# Rows about the document: one that is settled in one window and changed in the other simply stays.
_REMARKS = {"drafts", "conflicts"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that both changed.

    Attributes
    ----------
    path : str
        Keys and row ids joined by "/", e.g. ``options/option3/technical_life_years``.
    base, mine, theirs : JSON value
        ``None`` where it was not there, or was removed.
    kept : {"theirs", "mine"}
        Which of the two stands in the merged document; ``"mine"`` only for a row that the other removed.
    """

    path: str
    base: Any
    mine: Any
    theirs: Any
    kept: Literal["theirs", "mine"] = "theirs"


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged document and what could not be merged."""

    document: Document
    conflicts: tuple[Conflict, ...]


def merge(base: Document, mine: Document, theirs: Document) -> Merged:
    """Return a document with the changes of both since `base`.

    Rows stand in their order, followed by what only `mine` has. A row that one removed and the other
    changed stays, with a conflict.

    Parameters
    ----------
    base, mine, theirs : dict
        JSON-like; none is changed, and the result may share parts with them.
    """
    merger = _Merger()
    return Merged(merger.keys((), base, mine, theirs), tuple(merger.conflicts))


class _Merger:
    def __init__(self) -> None:
        self.conflicts: list[Conflict] = []

    def value(self, path: tuple[str, ...], base: Any, mine: Any, theirs: Any) -> Any:
        """Return the merged value of one place, or ``None`` where nothing is left."""
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        if (
            isinstance(mine, dict)
            and isinstance(theirs, dict)
            and not (mine.keys() | theirs.keys()) <= _MONEY
        ):
            return self.keys(path, base if isinstance(base, dict) else {}, mine, theirs)
        lists = [[] if each is None else each for each in (base, mine, theirs)]
        if all(isinstance(each, list) for each in lists):
            merged = self.lists(path, *lists)
            if merged is not None:
                return merged or (None if None in (mine, theirs) else [])
        self.conflict(path, base, mine, theirs)
        return theirs

    def keys(self, path: tuple[str, ...], base: Document, mine: Document, theirs: Document) -> Document:
        """Merge dicts key by key."""
        as_one = _inseparable(base, mine, theirs)
        merged = {}
        for key in (*theirs, *(key for key in mine if key not in theirs)):
            was, my, their = (each.get(key) for each in (base, mine, theirs))
            if key in as_one:
                if my != their:
                    self.conflict((*path, key), was, my, their)
                value = their
            else:
                value = self.value((*path, key), was, my, their)
            if value is not None:
                merged[key] = value
        return merged

    def lists(
        self, path: tuple[str, ...], base: list[Any], mine: list[Any], theirs: list[Any]
    ) -> list[Any] | None:
        """Merge lists of rows or of names; ``None`` where they are neither."""
        if all(_are_rows(rows) for rows in (base, mine, theirs)):
            return self.rows(path, base, mine, theirs)
        if all(isinstance(each, str) for each in (*base, *mine, *theirs)):
            return _merged_set(base, mine, theirs)
        return None

    def rows(
        self, path: tuple[str, ...], base: list[Document], mine: list[Document], theirs: list[Document]
    ) -> list[Document]:
        """Merge lists of rows by id."""
        before, my_rows, their_rows = ({row["id"]: row for row in rows} for rows in (base, mine, theirs))
        merged = []
        for key in (*their_rows, *(key for key in my_rows if key not in their_rows)):
            was, my, their = (rows.get(key) for rows in (before, my_rows, their_rows))
            row = self.row((*path, key), was, my, their)
            if row is not None:
                merged.append(row)
        return merged

    def row(self, path: tuple[str, ...], base: Any, mine: Any, theirs: Any) -> Any:
        """Merge one row; a removal never takes the other's change with it."""
        removed = base is not None and (mine is None or theirs is None)
        if not removed or base in (mine, theirs):
            return self.value(path, base, mine, theirs)
        kept: Literal["theirs", "mine"] = "theirs" if mine is None else "mine"
        if path[0] not in _REMARKS:
            self.conflict(path, base, mine, theirs, kept)
        return theirs if kept == "theirs" else mine

    def conflict(
        self,
        path: tuple[str, ...],
        base: Any,
        mine: Any,
        theirs: Any,
        kept: Literal["theirs", "mine"] = "theirs",
    ) -> None:
        self.conflicts.append(Conflict("/".join(path), base, mine, theirs, kept))


def _inseparable(base: Document, mine: Document, theirs: Document) -> set[str]:
    """Return the keys that are one value here, since both changed what gives them their meaning."""

    def changed(side: Document, keys: set[str]) -> bool:
        return any(side.get(key) != base.get(key) for key in keys)

    group = _MEANINGS | _NUMBERS
    both = changed(mine, group) and changed(theirs, group)
    as_one = group if both and (changed(mine, _MEANINGS) or changed(theirs, _MEANINGS)) else set()
    loan = changed(mine, _LOAN_TERMS) and changed(theirs, _LOAN_TERMS)
    return as_one | _LOAN_TERMS if loan else as_one


def _are_rows(values: Sequence[Any]) -> bool:
    """Tell whether these are rows: dicts that an id tells apart."""
    ids = {value["id"] for value in values if isinstance(value, dict) and isinstance(value.get("id"), str)}
    return len(ids) == len(values)


def _merged_set(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    kept = [each for each in theirs if each in mine or each not in base]
    return kept + [each for each in mine if each not in theirs and each not in base]

"""The assessments that a person keeps: create, open, save, copy, rename, bin, restore.

An assessment is a document with a number of revisions; none is ever changed. Every save says which revision
it started from. Where another one came in between, the two are merged, and what could not be merged is
written into the document beside it: nothing is overwritten silently, and nothing typed is lost.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sxsh_options.errors import SxshError, message
from sxsh_options.model.merging import Conflict, Document, Merged, merge


class LibraryError(SxshError):
    """The library cannot be opened, read or written; what was typed stays with whoever called."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who reads or writes. An actor sees only the assessments that are their own."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an assessment, as it was saved.

    Attributes
    ----------
    seq : int
        1 for the first; each further one is one more than the head that it was saved on.
    parent_seq : int or None
        The revision it was saved on; ``None`` for the first.
    document : dict
        Not to be changed: a save compares with it. Edit a copy.
    at : datetime
        In UTC.
    """

    assessment_id: str
    seq: int
    parent_seq: int | None
    document: Document
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of an assessment's history."""

    seq: int
    at: datetime
    actor: Actor


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """The facility, as SQL can ask about it."""

    name: str = ""
    sector: str = ""
    legal_form: str | None = None
    province: str = ""
    commune: str = ""
    employees_insured: int | None = None
    revenue_vnd: float | None = None


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option, as SQL can ask about it."""

    option_id: str
    name: str = ""
    category: str | None = None
    triage: str | None = None  # what the consultant decided
    finished: bool = True  # False: something is still missing, so it has no result


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What one option came to when it was saved. Money in VND; a number that does not exist is ``None``."""

    option_id: str
    as_of: date
    rank: int | None
    capex_vnd: float
    net_annual_benefit_vnd: float
    simple_payback_years: float | None
    payback_status: str
    npv_vnd: float
    irr: float | None
    equivalent_annual_vnd: float
    co2e_t_per_year: float | None
    energy_toe_per_year: float


@dataclass(frozen=True, slots=True)
class Projection:
    """An assessment as plain rows, rewritten with every revision; results in order of rank."""

    facility: FacilityRow = FacilityRow()
    options: tuple[OptionRow, ...] = ()
    results: tuple[ResultRow, ...] = ()


Project = Callable[[Document], Projection]


@dataclass(frozen=True, slots=True)
class Summary:
    """The first-ranked option of an assessment, and of how many."""

    evaluated: int
    best_option: str
    simple_payback_years: float | None
    payback_status: str
    npv_vnd: float
    as_of: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One line in the list of assessments."""

    id: str
    title: str
    facility: str
    options: int
    seq: int
    created_at: datetime
    updated_at: datetime
    binned_at: datetime | None
    result: Summary | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save came to.

    Attributes
    ----------
    revision : Revision
        The head now: the base of the next edit.
    merged : bool
        Whether someone else's changes came in; then the document is not just what was given.
    conflicts : tuple of Conflict
        The fields that both changed; they stand in the document under ``conflicts`` too.
    """

    revision: Revision
    merged: bool
    conflicts: tuple[Conflict, ...]


class Repository(Protocol):
    """Where assessments are kept. Every method takes an actor, and sees only what is theirs.

    Each raises :class:`LibraryError` where the store cannot be read or written.
    """

    def add(self, actor: Actor, first: Revision, projection: Projection) -> None:
        """Store a new assessment with its first revision."""

    def append(self, actor: Actor, revision: Revision, projection: Projection) -> bool:
        """Store a revision if its parent is the head, and tell whether it was; all or nothing."""

    def revision(self, actor: Actor, assessment_id: str, seq: int | None = None) -> Revision | None:
        """Return one revision, the head by default; ``None`` where there is none."""

    def head(self, actor: Actor, assessment_id: str) -> int | None:
        """Return the number of the latest revision, without reading the document."""

    def entries(self, actor: Actor, *, binned: bool = False) -> list[Entry]:
        """Return the actor's assessments, the latest change first."""

    def history(self, actor: Actor, assessment_id: str) -> list[Edit]:
        """Return who saved when, the latest first."""

    def set_binned(self, actor: Actor, assessment_id: str, at: datetime | None) -> bool:
        """Put into the bin, or take out with ``None``; tell whether there is such an assessment."""


def create(
    repository: Repository, actor: Actor, document: Document, project: Project, now: datetime
) -> Revision:
    """Store a document as a new assessment, under a new id, and return its first revision."""
    assessment_id = uuid.uuid4().hex
    stored = _snapshot({**document, "id": assessment_id})
    first = Revision(assessment_id, 1, None, stored, actor, now)
    repository.add(actor, first, project(stored))
    return first


def open_latest(repository: Repository, actor: Actor, assessment_id: str) -> Revision | None:
    """Return the latest revision, or ``None`` where the actor has no such assessment."""
    return repository.revision(actor, assessment_id)


def open_at(repository: Repository, actor: Actor, assessment_id: str, seq: int) -> Revision | None:
    """Return one revision of the history."""
    return repository.revision(actor, assessment_id, seq)


def head(repository: Repository, actor: Actor, assessment_id: str) -> int | None:
    """Return the number of the latest revision: a cheap way to see whether another window has saved."""
    return repository.head(actor, assessment_id)


def save(
    repository: Repository, actor: Actor, base: Revision, document: Document, project: Project, now: datetime
) -> Saved:
    """Save a document that was edited from `base`; merge where another revision came in between.

    A document that equals its base writes nothing.

    Raises
    ------
    LibraryError
        ``library.not_found``, or why the store cannot be written; nothing is stored then.
    """
    if document == base.document:
        return Saved(base, merged=False, conflicts=())
    mine = document = _snapshot(document)
    parent = base
    conflicts: tuple[Conflict, ...] = ()
    while True:
        revision = Revision(base.assessment_id, parent.seq + 1, parent.seq, document, actor, now)
        if repository.append(actor, revision, project(document)):
            return Saved(revision, merged=parent is not base, conflicts=conflicts)
        parent = _found(repository, actor, base.assessment_id)
        merged = merge(base.document, mine, parent.document)
        document, conflicts = _with_conflicts(merged), merged.conflicts
        if document == parent.document:
            return Saved(parent, merged=True, conflicts=conflicts)


def copy(
    repository: Repository, actor: Actor, assessment_id: str, title: str, project: Project, now: datetime
) -> Revision:
    """Store the latest revision once more as a new assessment with another title."""
    document = _found(repository, actor, assessment_id).document
    return create(repository, actor, {**document, "title": title}, project, now)


def rename(
    repository: Repository, actor: Actor, assessment_id: str, title: str, project: Project, now: datetime
) -> Saved:
    """Give an assessment another title, as one more revision."""
    base = _found(repository, actor, assessment_id)
    return save(repository, actor, base, {**base.document, "title": title}, project, now)


def move_to_bin(repository: Repository, actor: Actor, assessment_id: str, now: datetime) -> None:
    """Put an assessment into the bin; nothing of it is deleted."""
    if not repository.set_binned(actor, assessment_id, now):
        raise LibraryError(message("library.not_found"))


def restore(repository: Repository, actor: Actor, assessment_id: str) -> None:
    """Take an assessment out of the bin."""
    if not repository.set_binned(actor, assessment_id, None):
        raise LibraryError(message("library.not_found"))


def entries(repository: Repository, actor: Actor, *, binned: bool = False) -> list[Entry]:
    """Return the actor's assessments, or those in the bin; the latest change first."""
    return repository.entries(actor, binned=binned)


def history(repository: Repository, actor: Actor, assessment_id: str) -> list[Edit]:
    """Return who saved when, the latest first."""
    return repository.history(actor, assessment_id)


def _found(repository: Repository, actor: Actor, assessment_id: str) -> Revision:
    revision = repository.revision(actor, assessment_id)
    if revision is None:
        raise LibraryError(message("library.not_found"))
    return revision


def _snapshot(document: Document) -> Document:
    """Return the document as it will be read again, sharing nothing with what the caller goes on editing."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    copied: Document = json.loads(text.encode(errors="replace"))  # half a character cannot be stored
    return copied


def _with_conflicts(merged: Merged) -> Document:
    """Return the merged document with its conflicts in it, beside those that wait there already.

    A conflict has the field's path as ``id`` and what was not taken as ``mine``. Where one of the same
    field is still open, the values not taken before stand under ``earlier``. A row that the other window
    removed stands in the document as it is here, which ``kept`` says.
    """
    if not merged.conflicts:
        return merged.document
    rows = {row["id"]: row for row in merged.document.get("conflicts", [])}
    for conflict in merged.conflicts:
        row = {"id": conflict.path, "mine": conflict.mine}
        if conflict.kept == "mine":
            row["kept"] = "mine"
        waiting = rows.get(conflict.path, row)
        earlier = [*waiting.get("earlier", []), waiting["mine"]]
        if others := [value for value in earlier if value != conflict.mine]:
            row["earlier"] = others
        rows[conflict.path] = row
    return {**merged.document, "conflicts": list(rows.values())}

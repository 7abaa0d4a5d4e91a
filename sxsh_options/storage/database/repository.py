"""The library in SQL: each write is one transaction, and only moves a head that stands where it should."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, delete, func, insert, select, update

from sxsh_options.model import SCHEMA_VERSION
from sxsh_options.model.earlier import with_todays_names
from sxsh_options.model.merging import Document
from sxsh_options.services.library import (
    Actor,
    Edit,
    Entry,
    FacilityRow,
    OptionRow,
    Projection,
    ResultRow,
    Revision,
    Summary,
)
from sxsh_options.storage.database.engine import reading, writing
from sxsh_options.storage.database.tables import assessments, facilities, options, results, revisions

_PROJECTED = (facilities, options, results)
_REMEMBERED = 64


class SqlRepository:
    """Assessments in a database; see :class:`sxsh_options.services.library.Repository`.

    Parameters
    ----------
    engine : Engine
        As :func:`sxsh_options.storage.database.engine.open_database` gives it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # By assessment, the revision whose projection was written last, and that projection.
        self._projected: OrderedDict[str, tuple[int, Projection]] = OrderedDict()
        self._lock = Lock()

    def add(self, actor: Actor, first: Revision, projection: Projection) -> None:
        """Store a new assessment with its first revision."""
        with writing(self._engine) as connection:
            connection.execute(
                insert(assessments).values(
                    id=first.assessment_id,
                    owner=actor.id,
                    title=_title(first.document),
                    head_seq=first.seq,
                    created_at=first.at,
                )
            )
            _insert_revision(connection, first)
            for table, rows in zip(_PROJECTED, _rows(projection), strict=True):
                _insert_rows(connection, table, first.assessment_id, rows)

    def append(self, actor: Actor, revision: Revision, projection: Projection) -> bool:
        """Store a revision if its parent is the head, and tell whether it was; all or nothing."""
        assessment_id = revision.assessment_id
        with writing(self._engine) as connection:
            moved = connection.execute(
                update(assessments)
                .where(assessments.c.id == assessment_id, assessments.c.owner == actor.id)
                .where(assessments.c.head_seq == revision.parent_seq)
                .values(head_seq=revision.seq, title=_title(revision.document))
            )
            if moved.rowcount == 0:
                return False
            _insert_revision(connection, revision)
            # The head stood at the parent: if that was projected here, the tables hold just this.
            seq, before = self._projected.get(assessment_id, (0, Projection()))
            for table, rows, held in zip(_PROJECTED, _rows(projection), _rows(before), strict=True):
                if seq == revision.parent_seq and rows == held:
                    continue
                connection.execute(delete(table).where(table.c.assessment_id == assessment_id))
                _insert_rows(connection, table, assessment_id, rows)
        self._remember(revision, projection)
        return True

    def _remember(self, revision: Revision, projection: Projection) -> None:
        with self._lock:
            self._projected[revision.assessment_id] = (revision.seq, projection)
            self._projected.move_to_end(revision.assessment_id)
            while len(self._projected) > _REMEMBERED:
                self._projected.popitem(last=False)

    def revision(self, actor: Actor, assessment_id: str, seq: int | None = None) -> Revision | None:
        """Return one revision, the head by default; ``None`` where there is none."""
        query = (
            select(revisions)
            .join(assessments, assessments.c.id == revisions.c.assessment_id)
            .where(assessments.c.id == assessment_id, assessments.c.owner == actor.id)
            .where(revisions.c.seq == (assessments.c.head_seq if seq is None else seq))
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Revision(
            row.assessment_id,
            row.seq,
            row.parent_seq,
            with_todays_names(json.loads(row.doc)),
            Actor(row.actor, row.actor_name),
            row.at,
        )

    def head(self, actor: Actor, assessment_id: str) -> int | None:
        """Return the number of the latest revision, without reading the document."""
        query = select(assessments.c.head_seq).where(
            assessments.c.id == assessment_id, assessments.c.owner == actor.id
        )
        with reading(self._engine) as connection:
            return connection.execute(query).scalar()

    def entries(self, actor: Actor, *, binned: bool = False) -> list[Entry]:
        """Return the actor's assessments, the latest change first."""
        head = (revisions.c.assessment_id == assessments.c.id) & (revisions.c.seq == assessments.c.head_seq)
        best = (results.c.assessment_id == assessments.c.id) & (results.c.position == 0)
        query = (
            select(
                assessments,
                revisions.c.at.label("updated_at"),
                facilities.c.name.label("facility"),
                _count(options).label("options"),
                _count(results).label("evaluated"),
                select(options.c.name)
                .where(options.c.assessment_id == assessments.c.id)
                .where(options.c.option_id == results.c.option_id)
                .order_by(options.c.position)
                .limit(1)
                .scalar_subquery()
                .label("best_option"),
                results,
            )
            .join(revisions, head)
            .join(facilities, facilities.c.assessment_id == assessments.c.id)
            .outerjoin(results, best)
            .where(assessments.c.owner == actor.id)
            .where(assessments.c.binned_at.is_not(None) if binned else assessments.c.binned_at.is_(None))
            .order_by(revisions.c.at.desc(), assessments.c.id)
        )
        with reading(self._engine) as connection:
            return [_entry(row) for row in connection.execute(query)]

    def history(self, actor: Actor, assessment_id: str) -> list[Edit]:
        """Return who saved when, the latest first."""
        query = (
            select(revisions.c.seq, revisions.c.at, revisions.c.actor, revisions.c.actor_name)
            .join(assessments, assessments.c.id == revisions.c.assessment_id)
            .where(assessments.c.id == assessment_id, assessments.c.owner == actor.id)
            .order_by(revisions.c.seq.desc())
        )
        with reading(self._engine) as connection:
            return [
                Edit(row.seq, row.at, Actor(row.actor, row.actor_name)) for row in connection.execute(query)
            ]

    def set_binned(self, actor: Actor, assessment_id: str, at: datetime | None) -> bool:
        """Put into the bin, or take out with ``None``; tell whether there is such an assessment."""
        change = (
            update(assessments)
            .where(assessments.c.id == assessment_id, assessments.c.owner == actor.id)
            .values(binned_at=at)
        )
        with writing(self._engine) as connection:
            return connection.execute(change).rowcount > 0


def _title(document: Document) -> str:
    return str(document.get("title") or "")


def _insert_revision(connection: Connection, revision: Revision) -> None:
    connection.execute(
        insert(revisions).values(
            assessment_id=revision.assessment_id,
            seq=revision.seq,
            parent_seq=revision.parent_seq,
            schema_version=SCHEMA_VERSION,
            actor=revision.actor.id,
            actor_name=revision.actor.name,
            at=revision.at,
            doc=json.dumps(revision.document, ensure_ascii=False, separators=(",", ":")),
        )
    )


def _rows(projection: Projection) -> tuple[tuple[FacilityRow | OptionRow | ResultRow, ...], ...]:
    """Return the rows of each table of a projection."""
    return (projection.facility,), projection.options, projection.results


def _insert_rows(
    connection: Connection,
    table: Table,
    assessment_id: str,
    rows: Iterable[FacilityRow | OptionRow | ResultRow],
) -> None:
    values = [{"assessment_id": assessment_id, **_values(row)} for row in rows]
    if table is not facilities:  # of which there is one
        for position, value in enumerate(values):
            value["position"] = position
    if values:
        connection.execute(insert(table), values)


def _values(row: FacilityRow | OptionRow | ResultRow) -> dict[str, Any]:
    """Return the fields by name, as ``asdict`` does in ten times as long for copying each value."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _count(table: Table) -> Any:
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.assessment_id == assessments.c.id)
        .correlate(assessments)
        .scalar_subquery()
    )


def _entry(row: Row[Any]) -> Entry:
    summary = None
    if row.rank is not None:
        summary = Summary(
            evaluated=row.evaluated,
            best_option=row.best_option or "",
            simple_payback_years=row.simple_payback_years,
            payback_status=row.payback_status,
            npv_vnd=row.npv_vnd,
            as_of=row.as_of,
        )
    return Entry(
        row.id,
        row.title,
        row.facility,
        row.options,
        row.head_seq,
        row.created_at,
        row.updated_at,
        row.binned_at,
        summary,
    )

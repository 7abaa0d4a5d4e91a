"""The tables: assessments and their revisions, which are the truth, and a projection that SQL can ask.

Nothing here is special to SQLite. A projection is found by position, not by the ids of a document, so that
no unfinished document can stand in the way of its own saving.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

VERSION = "0002"  # the last migration; versions are compared as texts


class UtcTime(TypeDecorator[datetime]):
    """A moment: stored in UTC, read with its zone, which SQLite does not keep."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment with its zone."""
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


metadata = MetaData()

assessments = Table(
    "assessments",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("owner", String(255), nullable=False),
    Column("title", Text, nullable=False),
    Column("head_seq", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("binned_at", UtcTime),
    Index("assessments_of_owner", "owner"),
)


def _of_assessment() -> Column[str]:
    return Column("assessment_id", String(64), ForeignKey("assessments.id"), primary_key=True)


# Rows are only ever added. The document stands last: what is in front of a long text is read without it.
revisions = Table(
    "revisions",
    metadata,
    _of_assessment(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("parent_seq", Integer),
    Column("schema_version", Integer, nullable=False),
    Column("actor", String(255), nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("doc", Text, nullable=False),
)

facilities = Table(
    "facilities",
    metadata,
    _of_assessment(),
    Column("name", Text, nullable=False),
    Column("sector", Text, nullable=False),
    Column("legal_form", Text),
    Column("province", Text, nullable=False),
    Column("commune", Text, nullable=False),
    Column("employees_insured", BigInteger),
    Column("revenue_vnd", Float),
)

options = Table(
    "options",
    metadata,
    _of_assessment(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("option_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("category", Text),
    Column("triage", Text),
    Column("finished", Boolean, nullable=False),
)

results = Table(
    "results",
    metadata,
    _of_assessment(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("option_id", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("rank", Integer),
    Column("capex_vnd", Float),
    Column("net_annual_benefit_vnd", Float),
    Column("simple_payback_years", Float),
    Column("payback_status", Text, nullable=False),
    Column("npv_vnd", Float),
    Column("irr", Float),
    Column("equivalent_annual_vnd", Float),
    Column("co2e_t_per_year", Float),
    Column("energy_toe_per_year", Float),
)

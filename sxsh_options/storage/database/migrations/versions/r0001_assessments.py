"""Assessments with their revisions, and facilities, options and results as rows."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "assessments",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(255), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("head_seq", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("binned_at", sa.DateTime(timezone=True)),
    )
    op.create_index("assessments_of_owner", "assessments", ["owner"])
    op.create_table(
        "revisions",
        _of_assessment(),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("parent_seq", sa.Integer),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("actor", sa.String(255), nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("doc", sa.Text, nullable=False),
    )
    op.create_table(
        "facilities",
        _of_assessment(),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("name", "sector", "legal_form", "province", "commune")
        ),
        sa.Column("employees", sa.BigInteger),
        sa.Column("revenue_vnd", sa.Float),
    )
    op.create_table(
        "options",
        _of_assessment(),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("option_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("triage", sa.Text),
        sa.Column("finished", sa.Boolean, nullable=False),
    )
    op.create_table(
        "results",
        _of_assessment(),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("option_id", sa.Text, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("rank", sa.Integer),
        sa.Column("capex_vnd", sa.Float),
        sa.Column("net_annual_benefit_vnd", sa.Float),
        sa.Column("simple_payback_years", sa.Float),
        sa.Column("payback_status", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.Float)
            for name in ("npv_vnd", "irr", "equivalent_annual_vnd", "co2e_t_per_year", "energy_toe_per_year")
        ),
    )


def _of_assessment() -> "sa.Column[str]":
    return sa.Column("assessment_id", sa.String(64), sa.ForeignKey("assessments.id"), primary_key=True)

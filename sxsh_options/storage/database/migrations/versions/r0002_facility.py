"""The facility's legal form may be unknown; its workers are the insured ones."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Change the columns; documents are read with today's names wherever they are read."""
    with op.batch_alter_table("facilities") as table:
        table.alter_column("employees", new_column_name="employees_insured")
        table.alter_column("legal_form", existing_type=sa.Text, nullable=True)
    op.execute("UPDATE facilities SET legal_form = 'enterprise' WHERE legal_form = 'company'")
    op.execute("UPDATE facilities SET legal_form = NULL WHERE legal_form IN ('other', '')")

"""Run by Alembic: applies the steps on the connection, and inside the transaction, that it is given."""

from alembic import context

from sxsh_options.storage.database.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()

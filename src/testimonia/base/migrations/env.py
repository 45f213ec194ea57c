"""What Alembic runs: the migrations, on the connection and in the transaction that ``base.migrate`` opened."""

from __future__ import annotations

from alembic import context

from testimonia.base import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()

"""How Alembic runs the steps: on the connection it is handed, inside that connection's transaction."""

from alembic import context

from records.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()

"""Runs the migrations over the connection that `data.workspace.migrating` hands over."""

from alembic import context

from data.workspace.tables import WorkspaceTable

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=WorkspaceTable.metadata,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by creating it again
)
with context.begin_transaction():
    context.run_migrations()

"""How migrations run: as the owner, after the roles are in place, with storage settings and the catalogue lint at the end."""

import os

from alembic import context
from sqlalchemy import create_engine, pool, text

from anhuan_graphql.tables import metadata
from anhuan_infra.db import lint, roles, storage
from anhuan_infra.settings import Settings


def run() -> None:
    """Upgrade inside one transaction; a catalogue that breaks a law undoes it."""
    settings = Settings.from_env(os.environ)
    url = settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(7264836)"))
        roles.ensure(connection, settings.secrets)
        context.configure(
            connection=connection, target_metadata=metadata, compare_type=True, compare_server_default=True
        )
        with context.begin_transaction():
            context.run_migrations()
            raw = connection.connection.driver_connection
            assert raw is not None
            storage.settle(raw)
            if findings := lint.check(raw):
                raise SystemExit("\n".join(f"catalogue: {f.rule}: {f.thing}" for f in findings))
    engine.dispose()


run()

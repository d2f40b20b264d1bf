"""The two roles that enter the database, made or repaired before every migration."""

from psycopg import sql
from sqlalchemy import Connection

from anhuan_infra.settings import APP_ROLE, CLOCK_ROLE, Secrets

EXTENSIONS = ("ltree", "pg_trgm")


def ensure(connection: Connection, secrets: Secrets) -> None:
    """Create or mend both roles (no ownership, no bypass, no membership) and the extensions; safe to run twice."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    cursor = raw.cursor()
    for role in (APP_ROLE, CLOCK_ROLE):
        cursor.execute("select 1 from pg_roles where rolname = %s", (role,))
        # An owner who is no superuser may not even restate what a role is not; the lint looks at that.
        rights = sql.SQL("alter role {role} login password {password}")
        if cursor.fetchone() is None:
            rights = sql.SQL(
                "create role {role} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password {password}"
            )
        cursor.execute(rights.format(role=sql.Identifier(role), password=sql.Literal(secrets.password(role))))
        cursor.execute(sql.SQL("grant usage on schema public to {}").format(sql.Identifier(role)))
    cursor.execute("revoke create on schema public from public")
    for extension in EXTENSIONS:
        cursor.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))

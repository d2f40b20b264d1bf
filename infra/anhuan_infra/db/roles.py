"""The two roles that enter the database, made or repaired before every migration."""

from time import sleep

import psycopg
from psycopg import errors, sql
from sqlalchemy import Connection

from anhuan_infra.settings import APP_ROLE, CLOCK_ROLE, Secrets

EXTENSIONS = ("ltree", "pg_trgm")
_TRIES = 20
_PAUSE = 0.2
_CROSSINGS = (errors.InternalError_, errors.UniqueViolation, errors.DuplicateObject)
"""What PostgreSQL answers when two sessions change one role at the same moment: internal error "tuple concurrently updated"."""


def ensure(connection: Connection, secrets: Secrets) -> None:
    """Create or mend both roles (no ownership, no bypass, no membership) and the extensions, and commit; safe to run twice.

    Roles belong to the whole server, so two databases migrating at once may meet here; the later one tries again.
    """
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    for remaining in reversed(range(_TRIES)):
        try:
            _ensure(raw.cursor(), secrets)
            connection.commit()
            return
        except _CROSSINGS:
            raw.rollback()
            if not remaining:
                raise
            sleep(_PAUSE)


def _ensure(cursor: "psycopg.Cursor[tuple[object, ...]]", secrets: Secrets) -> None:
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

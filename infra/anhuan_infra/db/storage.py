"""How tables and their indexes are kept, so that a list costs the same after a year as on the first day.

A page or a count is answered from an index alone where PostgreSQL knows that everybody sees the rows of a block, and it knows that
since the last vacuum. Left to itself it vacuums when a fifth of a table has changed; in a table of ten million hazards that is never,
as far as a reader is concerned. Vacuum looks at changed blocks only, so that going often costs little.

The settings are brought about after every migration, as the roles are, and the catalogue lint looks whether they stand.
"""

from collections.abc import Iterator, Mapping
from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row

Settings = Mapping[str, str]

GROWING: Settings = {
    "autovacuum_vacuum_scale_factor": "0.02",
    "autovacuum_vacuum_insert_scale_factor": "0.02",
    "autovacuum_vacuum_max_threshold": "200000",
    "autovacuum_analyze_scale_factor": "0.05",
}
"""Tables of companies: rows come for ever, mostly at the newest end; what they are about changes for some weeks."""

PASSING: Settings = {
    "autovacuum_vacuum_scale_factor": "0",
    "autovacuum_vacuum_threshold": "2000",
    "autovacuum_vacuum_insert_scale_factor": "0",
    "autovacuum_vacuum_insert_threshold": "5000",
    "autovacuum_analyze_scale_factor": "0",
    "autovacuum_analyze_threshold": "2000",
}
"""Queues: what matters is the few rows that wait, however many have passed through."""

AT_ONCE: Settings = {"fastupdate": "off"}
"""GIN indexes of a few keys a row: written at once, or every reader goes through the list of what waits to be written."""
IN_SMALL_LOTS: Settings = {"gin_pending_list_limit": "256"}
"""GIN indexes of many keys a row, in kilobytes: a reader goes through so much at most."""

QUEUES = frozenset({"outbox", "record_pending"})
INDEXES: Mapping[str, Settings] = {
    "ix_cases_people": AT_ONCE,
    "ix_seats_candidates": AT_ONCE,
    "ix_hazards_text": IN_SMALL_LOTS,
}
BEHIND_SECURITY = frozenset({*INDEXES, "ix_units_path"})
"""Reviewed indexes whose operators PostgreSQL does not trust by itself with rows that one may not see. Those of `INDEXES` it does where a
superuser has said so, as on our own server (`stack/servers/postgres.py`); elsewhere they wait for that, and readers go through the company."""

_FOUND: LiteralString = """
select c.relname::text, c.relkind = 'i' as is_index, coalesce(c.reloptions, '{}') as options from pg_class c
where c.relnamespace = 'public'::regnamespace and (
  c.relkind = 'i' and c.relname = any (%s)
  or c.relkind = 'r' and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'))
order by 1
"""


def missing(connection: "psycopg.Connection[tuple[str]]") -> Iterator[tuple[str, bool, Settings]]:
    """Tables and indexes (`True`) that are not kept as they should be, each with the settings that it lacks."""
    for name, is_index, options in connection.cursor(row_factory=tuple_row).execute(_FOUND, [list(INDEXES)]):
        wanted = INDEXES[name] if is_index else PASSING if name in QUEUES else GROWING
        stand = dict(option.split("=", 1) for option in options)
        lacking = {key: value for key, value in wanted.items() if stand.get(key) != value}
        if lacking:
            yield name, is_index, lacking


def settle(connection: "psycopg.Connection[tuple[str]]") -> None:
    """Bring every setting about; nothing is locked where all stand, and each change takes a moment."""
    connection.execute("set local lock_timeout = '5s'")
    for name, is_index, lacking in list(missing(connection)):
        settings = sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(key), sql.Literal(value))
            for key, value in lacking.items()
        )
        kind = sql.SQL("index" if is_index else "table")
        connection.execute(sql.SQL("alter {} {} set ({})").format(kind, sql.Identifier(name), settings))

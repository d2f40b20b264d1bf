"""One row in every tenant table, made from the metadata alone, so that a table added tomorrow is tried tomorrow."""

from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Table,
    Uuid,
)
from sqlalchemy.dialects.postgresql import BYTEA, JSONB

from anhuan_graphql.tables import metadata
from anhuan_infra.db.lint import WITHOUT_TENANT
from anhuan_infra.db.ltree import Ltree
from anhuan_infra.ids import new_id

TABLES = {table.name: table for table in metadata.sorted_tables if table.name not in WITHOUT_TENANT}
"""Every table that belongs to a tenant, parents first."""

Row = dict[str, Any]
_numbers = count(1_000_000)


def fill(connection: Connection, tenant: UUID) -> dict[str, Row]:
    """A row of the tenant in every table, by table, each pointing at the others."""
    rows: dict[str, Row] = {}
    for table in TABLES.values():
        rows[table.name] = row = a_row(table, tenant, rows)
        connection.execute(table.insert().values(row))
    return rows


def a_row(table: Table, tenant: UUID, parents: dict[str, Row]) -> Row:
    """A row that the table takes, with every foreign key set to the rows in `parents`."""
    row = {column.name: _value(column) for column in table.columns if _is_asked(column)}
    row["tenant_id"] = tenant
    for key in keys_of(table):
        for element in key.elements:
            parent = parents.get(element.column.table.name)
            if parent is not None:
                row[element.parent.name] = parent[element.column.name]
    return row


def keys_of(table: Table) -> list[Any]:
    """The foreign keys of a table to other tables, always in the same order."""
    keys = [key for key in table.foreign_key_constraints if key.referred_table is not table]
    return sorted(keys, key=lambda key: str(key.name))


def _is_asked(column: Column[Any]) -> bool:
    return column.primary_key or (not column.nullable and column.server_default is None)


def _value(column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Uuid):
        return new_id()
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer | BigInteger | Float):
        return next(_numbers)
    if isinstance(kind, DateTime):
        return datetime.now(UTC)
    if isinstance(kind, Date):
        return datetime.now(UTC).date()
    if isinstance(kind, JSONB):
        return {}
    if isinstance(kind, ARRAY):
        return []
    if isinstance(kind, LargeBinary | BYTEA):
        return b"x"
    return "u1" if isinstance(kind, Ltree) else f"x{new_id().hex}"

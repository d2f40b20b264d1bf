"""New rows of one flush go to PostgreSQL together: one statement for all their tables, however many there are.

An act writes into a dozen tables. Row by row and table by table that is a dozen round trips, with a transaction held open between
them. Kinds of rows that are announced here go as JSON in one statement, an insert each; foreign keys are checked when it ends, so
the order inside does not matter. Only where row-level security asks for the parent of a new row must the parent have gone before.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import ClauseElement, Table, TextClause, event, text
from sqlalchemy import inspect as inspected
from sqlalchemy.orm import Session, make_transient_to_detached

from anhuan_infra.db.base import TenantRow
from anhuan_infra.db.engine import NOW
from anhuan_infra.db.rls import WRITTEN_BLIND, Rls

TOLD = "told"
"""Key in `session.info` under which hints for the live channel wait for the next statement that can take them along."""

_Rows = list[tuple[TenantRow, dict[str, Any]]]
_PARENT = re.compile(r"exists \(select 1 from (\w+) p where ")

_kinds: dict[type[TenantRow], bool] = {}


def announce(*kinds: type[TenantRow], read_back: bool = True) -> None:
    """Have new rows of these kinds written together. Without `read_back` a session forgets them once they are written."""
    _kinds.update(dict.fromkeys(kinds, read_back))


@dataclass(frozen=True, slots=True)
class _Column:
    key: str
    name: str
    default: Any
    is_given: bool
    """Whether PostgreSQL gives the value where we have none."""


@dataclass(frozen=True, slots=True)
class _Kind:
    table: str
    columns: tuple[_Column, ...]
    parents: frozenset[str]
    """Tables whose rows must be there for row-level security to let a new row in."""
    points_at: frozenset[str]


@lru_cache(maxsize=128)
def _kind(of: type[TenantRow]) -> _Kind:
    mapper, table = inspected(of), _table(of)
    columns = tuple(
        _Column(mapper.get_property_by_column(one).key, one.name, one.default, one.server_default is not None)
        for one in table.columns
    )
    rls = table.info.get("rls")
    asked = (rls.adding() if isinstance(rls, Rls) and table.name not in WRITTEN_BLIND else None) or ""
    parents = frozenset(_PARENT.findall(asked))
    points_at = frozenset(key.referred_table.name for key in table.foreign_key_constraints)
    return _Kind(table.name, columns, parents, points_at)


def _table(of: type[Any]) -> Table:
    table = inspected(of).local_table
    assert isinstance(table, Table)
    return table


def _values(session: Session, row: TenantRow) -> dict[str, Any] | None:
    """What the row says by column; None where only the ordinary way can find out."""
    known, found = inspected(row).dict, dict[str, Any]()
    for column in _kind(type(row)).columns:
        if column.key in known:
            value = known[column.key]
            if isinstance(value, ClauseElement):
                return None
        elif column.default is not None:
            value = column.default.arg(None) if column.default.is_callable else column.default.arg
        elif column.name == "created_at":
            value = session.info[NOW]
        elif column.is_given:
            if _kinds[type(row)]:
                return None
            continue
        else:
            value = None
        known[column.key] = found[column.name] = value
    return found


@event.listens_for(Session, "before_flush")
def _write(session: Session, _context: object, instances: Sequence[object] | None) -> None:
    if instances is not None or NOW not in session.info:
        return
    rows: _Rows = []
    others: set[str] = set()
    for row in session.new:
        values = _values(session, row) if isinstance(row, TenantRow) and type(row) in _kinds else None
        if isinstance(row, TenantRow) and values is not None:
            rows.append((row, values))
        else:
            others.add(_table(type(row)).name)
    if others:
        rows = _without(rows, others)
    for wave in _waves(rows):
        _send(session, wave)
    for row, _ in rows:
        session.expunge(row)
        if _kinds[type(row)]:
            make_transient_to_detached(row)
            session.add(row)


def _without(rows: _Rows, others: set[str]) -> _Rows:
    """Those that point at nothing which is only written afterwards."""
    while late := {kind.table for kind in (_kind(type(row)) for row, _ in rows) if kind.points_at & others}:
        others = others | late
        rows = [(row, values) for row, values in rows if _kind(type(row)).table not in late]
    return rows


def _waves(rows: _Rows) -> Iterator[_Rows]:
    """Parents that row-level security asks for before their children; everything else at once with the last of them."""
    while rows:
        kinds = {_kind(type(row)) for row, _ in rows}
        tables = {kind.table for kind in kinds}
        asked = frozenset[str]().union(*(kind.parents for kind in kinds))
        ready = {kind.table for kind in kinds if kind.table in asked and not kind.parents & tables} or tables
        yield [(row, values) for row, values in rows if _kind(type(row)).table in ready]
        rows = [(row, values) for row, values in rows if _kind(type(row)).table not in ready]


def _send(session: Session, rows: _Rows) -> None:
    by_shape: defaultdict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for row, values in rows:
        by_shape[_kind(type(row)).table, tuple(values)].append(values)
    told: list[str] = session.info.pop(TOLD, [])
    given: dict[str, Any] = {
        f"r{no}": msgspec.json.encode(some).decode() for no, some in enumerate(by_shape.values())
    }
    given |= {"told": told} if told else {}
    session.connection().execute(_statement(tuple(by_shape), has_told=bool(told)), given)


@lru_cache(maxsize=512)
def _statement(shapes: tuple[tuple[str, tuple[str, ...]], ...], *, has_told: bool) -> TextClause:
    inserts: list[str] = []
    for no, (table, columns) in enumerate(shapes):
        names = ", ".join(f'"{name}"' for name in columns)
        inserts.append(
            f"w{no} as (insert into {table} ({names}) select {names}"
            f" from jsonb_populate_recordset(null::{table}, cast(:r{no} as jsonb)))"
        )
    last = "select pg_notify('changes', m) from unnest(cast(:told as text[])) m" if has_told else "select 1"
    return text(f"with {', '.join(inserts)} {last}")

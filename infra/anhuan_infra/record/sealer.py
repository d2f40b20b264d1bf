"""The sealer: gives every new entry its place in its company's chain, and has signed heads leave the database.

A pending row means that no signed head covers its entry yet. Sealing removes it, except for the newest one, which
stays until a head is signed: so the question "whose record needs work?" has one cheap answer, and no kill at any
moment can leave an entry unsealed or a chain unsigned. Heads go to the anchors after the commit; what a kill keeps
from them, the next head or `catch_up` brings.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

import psycopg
import structlog
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import dict_row, tuple_row

from anhuan_infra.record import canonical, chain, export
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.chain import Head
from anhuan_infra.record.keys import Keyring

BATCH = 2_000
HEAD_EVERY = timedelta(seconds=10)
"""The least time between two heads of one company; the first act after a pause is signed at once."""
_ROUNDS = 10
_PAGE = 10_000
_log = structlog.get_logger()

_TENANTS: LiteralString = "select distinct tenant_id from record_pending"
_LOCK: LiteralString = """
    select pg_try_advisory_xact_lock(hashtextextended('anhuan.record.' || %s::text, 0)), clock_timestamp()
"""
# Ids are made in the order of time, so paging by the key takes the oldest without sorting a backlog each time. The
# limit inside the lateral join holds the planner to one index probe for each row, however old its statistics are.
_PENDING: LiteralString = f"""
    select {export.COLUMNS}, s.seq
    from (select tenant_id, id from record_pending where tenant_id = %s order by id limit %s) p
    join record_entries e on e.tenant_id = p.tenant_id and e.id = p.id
    left join lateral (
        select seq from record_seals where tenant_id = p.tenant_id and entry_id = p.id limit 1) s on true
    order by e.at, e.id
"""
_TIP: LiteralString = """
    select coalesce(s.seq, 0), s.chain_hash, coalesce(h.size, 0), h.signed_at
    from (select %s::uuid as id) t
    left join lateral (select * from record_seals where tenant_id = t.id order by seq desc limit 1) s on true
    left join lateral (select * from record_heads where tenant_id = t.id order by size desc limit 1) h on true
"""
_SEAL: LiteralString = """
    insert into record_seals (tenant_id, seq, entry_id, entry_hash, chain_hash)
    select %(tenant_id)s, * from unnest(%(seqs)s::bigint[], %(ids)s::uuid[], %(hashes)s::bytea[], %(chains)s::bytea[])
"""
_SIGN: LiteralString = """
    insert into record_heads (tenant_id, size, chain_hash, signed_at, key_id, signature)
    values (%s, %s, %s, %s, %s, %s)
"""
_SETTLE: LiteralString = "delete from record_pending where tenant_id = %s and id = any(%s)"
_SIGNED_TENANTS: LiteralString = """
    with recursive t as (
        (select tenant_id from record_heads order by tenant_id limit 1)
        union all
        select (select h.tenant_id from record_heads h where h.tenant_id > t.tenant_id order by h.tenant_id limit 1)
        from t where t.tenant_id is not null)
    select tenant_id from t where tenant_id is not null
"""
_NEWER: LiteralString = """
    select tenant_id, size, chain_hash, signed_at, key_id, signature
    from record_heads where tenant_id = %s and size >= %s order by size limit %s
"""


async def seal(
    connection: AsyncConnection[Any],
    keys: Keyring,
    anchors: Anchors,
    *,
    head_every: timedelta = HEAD_EVERY,
    batch: int = BATCH,
) -> int:
    """Seal what is pending for every company, sign and anchor; how many entries were sealed. Call it each second.

    The connection is in autocommit and enters as the clock role. Any number of schedulers may call this at once.
    One company's trouble is logged and keeps no other company waiting.
    """
    if not connection.autocommit:
        raise ValueError("the sealer commits company by company and needs a connection in autocommit")
    cursor = await connection.cursor(row_factory=tuple_row).execute(_TENANTS)
    sealed = 0
    for (tenant_id,) in await cursor.fetchall():
        try:
            sealed += await _seal_tenant(connection, keys, anchors, tenant_id, head_every, batch)
        except (ValueError, TypeError, RecursionError, OSError, psycopg.Error):
            if connection.closed:
                raise
            _log.exception("record.not_sealed", tenant=str(tenant_id))
    return sealed


async def catch_up(connection: AsyncConnection[Any], keys: Keyring, anchors: Anchors) -> int:
    """Anchor every head that a kill kept from its file; at start, and now and then. How many were missing."""
    cursor = await connection.cursor(row_factory=tuple_row).execute(_SIGNED_TENANTS)
    added = 0
    for (tenant_id,) in await cursor.fetchall():
        added += await _anchor(connection, keys, anchors, tenant_id)
    return added


async def _seal_tenant(
    connection: AsyncConnection[Any],
    keys: Keyring,
    anchors: Anchors,
    tenant_id: UUID,
    head_every: timedelta,
    batch: int,
) -> int:
    sealed = 0
    for _ in range(_ROUNDS):
        async with connection.transaction():
            count, head = await _extend(connection, keys, tenant_id, head_every, batch)
        sealed += count
        if head is not None:
            await _anchor(connection, keys, anchors, tenant_id)
        if count < batch:
            break
    return sealed


async def _extend(
    connection: AsyncConnection[Any], keys: Keyring, tenant_id: UUID, head_every: timedelta, batch: int
) -> tuple[int, Head | None]:
    """Within one transaction, under the company's lock: the next links, and a head when one is due."""
    plain = connection.cursor(row_factory=tuple_row)
    mine, now = await _one(await plain.execute(_LOCK, (tenant_id,)))
    if not mine:
        return 0, None
    named = connection.cursor(row_factory=dict_row)
    await named.execute(_PENDING, (tenant_id, batch))
    seq, tip, signed, signed_at = await _one(await plain.execute(_TIP, (tenant_id,)))
    links = _Links(tenant_id, seq, tip or chain.genesis(tenant_id))
    rows = await named.fetchall()
    links.extend(row for row in rows if row["seq"] is None)
    if links.ids:
        await plain.execute(_SEAL, links.columns())
    head = None
    if links.size > signed and (signed_at is None or now - signed_at >= head_every):
        head = chain.sign(keys, tenant_id, links.size, links.tip, now)
        await plain.execute(_SIGN, (tenant_id, head.size, head.chain, head.at, head.key_id, head.signature))
        signed = head.size
    sealed = [*(row["id"] for row in rows if row["seq"] is not None), *links.ids]
    await plain.execute(_SETTLE, (tenant_id, sealed if signed == links.size else sealed[:-1]))
    return len(links.ids), head


@dataclass
class _Links:
    """The end of one chain and what was just added to it."""

    tenant_id: UUID
    size: int
    tip: bytes
    ids: list[UUID] = field(default_factory=list[UUID])
    seqs: list[int] = field(default_factory=list[int])
    hashes: list[bytes] = field(default_factory=list[bytes])
    chains: list[bytes] = field(default_factory=list[bytes])

    def extend(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """One link for each row, in the order given."""
        for row in rows:
            leaf = chain.entry_hash(canonical.encode(export.entry_of(row)))
            self.size += 1
            self.tip = chain.link(self.tip, self.size, leaf)
            self.ids.append(row["id"])
            self.seqs.append(self.size)
            self.hashes.append(leaf)
            self.chains.append(self.tip)

    def columns(self) -> dict[str, Any]:
        """What was added, as the arrays that become rows."""
        return {
            "tenant_id": self.tenant_id,
            "seqs": self.seqs,
            "ids": self.ids,
            "hashes": self.hashes,
            "chains": self.chains,
        }


async def _anchor(connection: AsyncConnection[Any], keys: Keyring, anchors: Anchors, tenant_id: UUID) -> int:
    """Bring this company's file up to the database; say it loudly when the two tell different stories."""
    added = 0
    while True:
        last = await asyncio.to_thread(anchors.last, tenant_id)
        cursor = connection.cursor(row_factory=tuple_row)
        await cursor.execute(_NEWER, (tenant_id, last.size if last else 0, _PAGE))
        heads = [Head(*row) for row in await cursor.fetchall()]
        if last is not None and (not heads or heads[0].line() != last.line()):
            # The database was set back, or someone else's hand was in it. The file keeps what was promised.
            _log.error("record.anchor_differs", tenant=str(tenant_id), anchored=last.size)
        added += await asyncio.to_thread(anchors.append, tenant_id, heads, keys.publics)
        if len(heads) < _PAGE:
            return added


async def _one(cursor: AsyncCursor[tuple[Any, ...]]) -> tuple[Any, ...]:
    row = await cursor.fetchone()
    assert row is not None, "the query always answers one row"
    return row

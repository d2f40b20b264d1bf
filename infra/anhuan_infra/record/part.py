"""Proving the part of the record that is about one case: its entries hashed anew and followed to a signed head.

An entry is proven when the hash of its bytes, linked with its number to what came before, leads through the links after it to a
chain hash that our key has signed. Nothing stored is believed on the way: not the entry's own hash, nor a flag.
Of what stands beside the part only the hashes are read, and whether it is still there: an entry that is gone took with it the
name of its case, so from the case's beginning on every gap counts. The whole record is for `anhuan_verify.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from anhuan_infra.record import canonical, chain, export
from anhuan_infra.record.chain import Head

MOST_GAPS = 100_000
"""How far beyond the case's first entry numbers are looked through for entries that are gone."""

_PART = text(f"""
    select {export.COLUMNS}, s.seq, s.entry_hash, s.chain_hash, p.id is not null as is_pending
    from record_entries e
    left join record_seals s on s.tenant_id = e.tenant_id and s.entry_id = e.id
    left join record_pending p on p.tenant_id = e.tenant_id and p.id = e.id
    where e.case_id = :case order by s.seq nulls last, e.at, e.id
""")
# The head that first covers each number; several numbers share one.
_HEADS = text("""
    select distinct on (h.size) h.tenant_id, h.size, h.chain_hash, h.signed_at, h.key_id, h.signature
    from unnest(cast(:seqs as bigint[])) n
    cross join lateral (
        select * from record_heads h where h.tenant_id = :tenant and h.size >= n order by h.size limit 1) h
    order by h.size
""")
_NEWEST = text("""
    select tenant_id, size, chain_hash, signed_at, key_id, signature
    from record_heads where tenant_id = :tenant order by size desc limit 1
""")
_LINKS = text("""
    select seq, entry_hash, chain_hash from record_seals
    where tenant_id = :tenant and seq >= :first and seq <= :last order by seq
""")
_GONE = text("""
    select min(s.seq) from record_seals s
    where s.tenant_id = :tenant and s.seq >= :first and s.seq <= :last and not exists (
        select 1 from record_entries e where e.tenant_id = s.tenant_id and e.id = s.entry_id)
""")


class State(StrEnum):
    """Verified up to a signed head; pending: sound as far as it is sealed; broken: somebody changed it."""

    VERIFIED = "verified"
    PENDING = "pending"
    BROKEN = "broken"


class Why(StrEnum):
    """What is wrong: content or links are not what was sealed, an entry is gone, or one was put in beside the chain."""

    CHANGED = "changed"
    GONE = "gone"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Part:
    """What was found out about the entries of one case."""

    state: State
    entries: int
    pending: int
    """Entries that no signed head covers yet; seconds as a rule."""
    first: int | None
    last: int | None
    """Numbers of the first and the last sealed entry."""
    chain: bytes | None
    """The chain hash at the last sealed entry."""
    why: Why | None
    broken_at: int | None
    """The number at which it breaks; None where an entry stands outside the chain altogether."""
    head: Head | None
    """The newest head that covers any of it, else the newest there is."""


async def prove(session: AsyncSession, tenant_id: UUID, case_id: UUID, publics: Mapping[str, bytes]) -> Part:
    """Prove the entries of a case; `publics` are the keys that ever signed. The session must see the whole record of the company, or
    what is merely hidden would pass for gone."""
    found = await session.execute(_PART, {"case": case_id})
    rows = [dict[str, Any](**row) for row in found.mappings()]
    sealed = [row for row in rows if row["seq"] is not None]
    heads = await _heads(session, tenant_id, [row["seq"] for row in sealed])
    covered = heads[-1].size if heads else 0
    pending = len(rows) - sum(row["seq"] <= covered for row in sealed)
    why, broken_at = await _broken(session, tenant_id, rows, heads, publics)
    return Part(
        state=State.BROKEN if why else State.PENDING if pending else State.VERIFIED,
        entries=len(rows),
        pending=pending,
        first=sealed[0]["seq"] if sealed else None,
        last=sealed[-1]["seq"] if sealed else None,
        chain=bytes(sealed[-1]["chain_hash"]) if sealed else None,
        why=why,
        broken_at=broken_at,
        head=heads[-1] if heads else await _newest(session, tenant_id),
    )


async def _broken(
    session: AsyncSession,
    tenant_id: UUID,
    rows: Sequence[Mapping[str, Any]],
    heads: Sequence[Head],
    publics: Mapping[str, bytes],
) -> tuple[Why | None, int | None]:
    """What is wrong first, and at which number."""
    if not rows:
        return Why.GONE, None  # a case begins with an entry
    sealed = [row for row in rows if row["seq"] is not None]
    wrong = [(row["seq"], Why.CHANGED) for row in sealed if _hash(row) != bytes(row["entry_hash"])]
    reached = 0
    for head in heads:
        start = min(row["seq"] for row in sealed if row["seq"] > reached)
        at = await _follow(session, tenant_id, start, head, publics)
        wrong += [] if at is None else [(at, Why.CHANGED)]
        reached = head.size
    if sealed:
        first = sealed[0]["seq"]
        bounds = {"tenant": tenant_id, "first": first, "last": first + MOST_GAPS}
        gone: int | None = await session.scalar(_GONE, bounds)
        wrong += [] if gone is None else [(gone, Why.GONE)]
    if wrong:
        at, why = min(wrong)
        return why, at
    if any(row["seq"] is None and not row["is_pending"] for row in rows):
        return Why.OUTSIDE, None
    return None, None


def _hash(row: Mapping[str, Any]) -> bytes:
    try:
        return chain.entry_hash(canonical.encode(export.entry_of(row)))
    except (ValueError, TypeError):
        return b""  # what cannot even be encoded was never sealed like this


async def _heads(session: AsyncSession, tenant_id: UUID, seqs: Sequence[int]) -> list[Head]:
    found = await session.execute(_HEADS, {"seqs": list(seqs), "tenant": tenant_id})
    return [_head(row) for row in found]


async def _newest(session: AsyncSession, tenant_id: UUID) -> Head | None:
    row = (await session.execute(_NEWEST, {"tenant": tenant_id})).one_or_none()
    return None if row is None else _head(row)


def _head(row: Any) -> Head:
    tenant_id, size, chain_hash, signed_at, key_id, signature = row
    return Head(tenant_id, size, bytes(chain_hash), signed_at, key_id, bytes(signature))


async def _follow(
    session: AsyncSession, tenant_id: UUID, start: int, head: Head, publics: Mapping[str, bytes]
) -> int | None:
    """Link by link from before `start` to the head; the number at which it does not fit, None where all does.

    A wrong link shows at its own number; where all links fit one another and not the head, the head's number is where it breaks.
    """
    links = (
        await session.execute(_LINKS, {"tenant": tenant_id, "first": max(start - 1, 1), "last": head.size})
    ).all()
    at = start
    reached = chain.genesis(tenant_id)
    for seq, entry_hash, chain_hash in links:
        if seq == start - 1:
            reached = bytes(chain_hash)
            continue
        if seq != at:
            return at
        reached = chain.link(reached, seq, bytes(entry_hash))
        if reached != bytes(chain_hash):
            return at
        at += 1
    public = publics.get(head.key_id)
    is_ours = at == head.size + 1 and reached == head.chain and public is not None and head.signed_by(public)
    return None if is_ours else min(at, head.size)

"""A company's record as one file that anybody can check without us: what `anhuan_verify.py` reads.

JSON lines, each in canonical form: a header with the public keys; then the entries in the order of their numbers,
each with its link and with the personal values that were not erased; and after the entry that it covers, each
signed head. The file ends with the newest head, so nothing in it is unsigned.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import dict_row, tuple_row

from anhuan_infra.errors import Refused
from anhuan_infra.record import canonical
from anhuan_infra.record.chain import Head

FORMAT = "anhuan.export/1"
COLUMNS: LiteralString = (
    "e.tenant_id, e.id, e.at, e.actor_id, e.actor_kind, e.act, e.subject_kind, e.subject_id,"
    " e.case_id, e.unit_no, e.source::text as source, e.body::text as body, e.personal::text as personal"
)
_ENTRIES: LiteralString = f"""
    select s.seq, s.chain_hash, {COLUMNS}, (
        select jsonb_object_agg(p.field, jsonb_build_object('salt', p.salt, 'value', p.value))::text
        from record_personal p where p.tenant_id = s.tenant_id and p.entry_id = s.entry_id
    ) as opened
    from record_seals s left join record_entries e on e.tenant_id = s.tenant_id and e.id = s.entry_id
    where s.tenant_id = %(tenant_id)s and s.seq <= %(size)s order by s.seq
"""
_HEADS: LiteralString = """
    select tenant_id, size, chain_hash, signed_at, key_id, signature
    from record_heads where tenant_id = %(tenant_id)s and size <= %(size)s order by size
"""
_PAGE = 500


class NotAllSeen(Refused):
    """A record can only be exported by someone who sees all of it; a part would look like a forgery."""

    code = "RECORD_NOT_ALL_SEEN"
    zh = "只有可查看全部台账的人员才能导出；缺少部分记录的导出会被视为伪造。"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What no export holds yet: entries that wait for the sealer, and (a fault) entries that nobody will seal."""

    pending: int
    orphaned: int


async def lines(
    connection: AsyncConnection[Any], tenant_id: UUID, publics: Mapping[str, bytes]
) -> AsyncIterator[bytes]:
    """The file line by line, up to the newest head, in little memory whatever its length.

    The connection carries the tenant's context and sees its whole record; `publics` are the keys that ever signed.
    """
    await _insist_on_all(connection, tenant_id)
    async with connection.transaction():
        size = await _signed_size(connection, tenant_id)
        yield header(tenant_id, size, publics)
        which = {"tenant_id": tenant_id, "size": size}
        async with (
            connection.cursor("record_heads_export", row_factory=tuple_row) as heads,
            connection.cursor("record_entries_export", row_factory=dict_row) as entries,
        ):
            heads.itersize = entries.itersize = _PAGE
            await heads.execute(_HEADS, which)
            await entries.execute(_ENTRIES, which)
            upcoming = aiter(heads)
            head = await anext(upcoming, None)
            async for row in entries:
                yield line(row)
                while head is not None and head[1] <= row["seq"]:
                    yield Head(*head).line() + b"\n"
                    head = await anext(upcoming, None)


async def waiting(connection: AsyncConnection[Any], tenant_id: UUID) -> Waiting:
    """How much is not sealed yet; pending for more than seconds, or orphaned at all, is for `doctor` to say."""
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute(
        """select count(p.id), count(*) - count(p.id) from record_entries e
        left join record_pending p on p.tenant_id = e.tenant_id and p.id = e.id
        where e.tenant_id = %s and not exists (
            select 1 from record_seals s where s.tenant_id = e.tenant_id and s.entry_id = e.id)""",
        (tenant_id,),
    )
    row = await cursor.fetchone()
    assert row is not None, "an aggregate always answers one row"
    return Waiting(*row)


def entry_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row read by COLUMNS as the entry that `canonical.encode` takes."""
    entry = {name: row[name] for name in canonical.FIELDS}
    for name in ("source", "body", "personal"):
        text: str | None = row[name]
        entry[name] = None if text is None else canonical.loads(text)
    return entry


def header(tenant_id: UUID, size: int, publics: Mapping[str, bytes]) -> bytes:
    """The first line: whose record, how many entries, and which keys signed it."""
    keys = {name: key.hex() for name, key in publics.items()}
    facts = {"format": FORMAT, "keys": keys, "kind": "header", "size": size, "tenant_id": str(tenant_id)}
    return canonical.dumps(facts) + b"\n"


def line(row: Mapping[str, Any]) -> bytes:
    """One entry's line; an entry that is gone from its table leaves its number and its link."""
    encoded = b"null" if row["id"] is None else canonical.encode(entry_of(row))
    opened = row["opened"]
    rest = {"kind": "entry", "personal": canonical.loads(opened) if opened else {}, "seq": row["seq"]}
    chain = row["chain_hash"].hex().encode()
    return b'{"chain":"%b","entry":%b,%b\n' % (chain, encoded, canonical.dumps(rest)[1:])


async def _signed_size(connection: AsyncConnection[Any], tenant_id: UUID) -> int:
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute("select coalesce(max(size), 0) from record_heads where tenant_id = %s", (tenant_id,))
    row = await cursor.fetchone()
    return row[0] if row else 0


async def _insist_on_all(connection: AsyncConnection[Any], tenant_id: UUID) -> None:
    """Row-level security hides rows without a word; an export of what is left would be called a forgery."""
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute(
        """select not row_security_active('record_entries') or (
            current_setting('app.tenant_id', true) = %s::text and current_setting('app.see_record', true) like '%%all%%')""",
        (tenant_id,),
    )
    row = await cursor.fetchone()
    if row is None or not row[0]:
        raise NotAllSeen()

"""The relay: brings rows that wait to the workers' queues, again and again until they are done.

A row is first left to the hint of its own commit; half a second later it is the relay's. Sent and still not done, it
is sent again after 15 s, 30 s, 1 min … 1 h, so that a lost message costs time only and a slow queue is not flooded.
A queue that is full gets nothing: rows are safe where they are.
"""

import asyncio
from typing import Any, LiteralString

from psycopg import AsyncConnection

from anhuan_infra.jobs import registry
from anhuan_infra.jobs.post import Parcel, Post

BATCH = 200
KEEP_DAYS = 7
"""How long rows of done jobs stay, for whoever asks what happened."""
_SWEEP = 1_000

_WAITING: LiteralString = """
    done_at is null and failed_at is null and due_at <= statement_timestamp() - interval '0.5 s'
    and (sent_at is null or sent_at < statement_timestamp() - interval '15 s' * power(2, least(greatest(sends, 1), 9) - 1))
"""
_ANY: LiteralString = f"select exists (select 1 from outbox where {_WAITING})"
_CLAIM: LiteralString = f"""
    with due as (
        select tenant_id, id from outbox
        where {_WAITING} and (job = any (%(names)s)) = %(named)s
        order by due_at limit %(limit)s for update skip locked)
    update outbox o set sent_at = clock_timestamp(), sends = sends + 1 from due
    where o.tenant_id = due.tenant_id and o.id = due.id
    returning o.tenant_id, o.id, o.job
"""
_NOT_SENT: LiteralString = """
    update outbox o set sent_at = null, sends = greatest(sends - 1, 0)
    from unnest(%s::uuid[], %s::uuid[]) as lost (tenant_id, id)
    where o.tenant_id = lost.tenant_id and o.id = lost.id and o.done_at is null
"""
_FORGET: LiteralString = """
    delete from outbox where (tenant_id, id) in (
        select tenant_id, id from outbox where done_at < statement_timestamp() - make_interval(days => %s) limit %s)
"""


async def relay(connection: AsyncConnection[Any], post: Post, *, batch: int = BATCH) -> int:
    """Send what waits; how many rows were sent. In autocommit, as the clock role; any number of relays may run at once.

    Raises when the broker does not answer, after giving the rows back.
    """
    cursor = await connection.execute(_ANY)
    row = await cursor.fetchone()
    if row is None or not row[0]:
        return 0
    room = await asyncio.to_thread(post.room)
    sent = 0
    for queue in registry.QUEUES:
        if limit := min(batch, room[queue]):
            sent += await _send(connection, post, await _claim(connection, queue, limit))
    return sent


async def forget(connection: AsyncConnection[Any]) -> int:
    """Delete rows of jobs done a week ago, at most a thousand at a time; how many. Failed ones stay until someone acts."""
    cursor = await connection.execute(_FORGET, (KEEP_DAYS, _SWEEP))
    return cursor.rowcount


async def _claim(connection: AsyncConnection[Any], queue: str, limit: int) -> list[Parcel]:
    # Names that no room of this release knows belong to the default queue: everything but what others own.
    named = queue != registry.QUEUES[0]
    names = (
        registry.on(queue)
        if named
        else [name for other in registry.QUEUES[1:] for name in registry.on(other)]
    )
    cursor = await connection.execute(_CLAIM, {"names": names, "named": named, "limit": limit})
    return [Parcel(*row) for row in await cursor.fetchall()]


async def _send(connection: AsyncConnection[Any], post: Post, parcels: list[Parcel]) -> int:
    """The claim is committed before a message goes out, or a fast worker would find its row still locked by us."""
    if not parcels:
        return 0
    try:
        await asyncio.to_thread(post.send, parcels)
    except Exception:
        lost = [parcel.tenant_id for parcel in parcels], [parcel.id for parcel in parcels]
        await connection.execute(_NOT_SENT, lost)
        raise
    return len(parcels)

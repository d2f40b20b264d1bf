"""How the outbox and the deadlines are doing, over all companies, as numbers; read by the scheduler for its pulse."""

from dataclasses import dataclass
from typing import Any, LiteralString

from psycopg import AsyncConnection

_COUNTED = 10_000
"""Counting stops here; whoever has more waiting needs no exact number."""

_READ: LiteralString = """
    select
        (select count(*) from (
            select 1 from outbox where done_at is null and failed_at is null and due_at <= statement_timestamp()
            limit %(most)s) w),
        (select coalesce(extract(epoch from statement_timestamp() - min(due_at)), 0)::float8 from outbox
            where done_at is null and failed_at is null and due_at <= statement_timestamp()),
        (select count(*) from (
            select 1 from outbox where done_at is null and failed_at is null and sends >= 4
            and due_at <= statement_timestamp() limit %(most)s) s),
        (select count(*) from outbox where failed_at is not null),
        (select coalesce(extract(epoch from statement_timestamp() - min(due_at)), 0)::float8 from deadlines
            where fired_at is null and cancelled_at is null and due_at <= statement_timestamp())
"""


@dataclass(frozen=True)
class Backlog:
    """What waits and how long already; all zero is a quiet installation."""

    waiting: int
    """Jobs due and not done, counted up to 10,000."""
    oldest_seconds: float
    stuck: int
    """Jobs sent four times and still not done: the workers are down, or one of these ends them."""
    failed: int
    """Jobs given up after their last try; they wait for a person."""
    deadlines_late_seconds: float


async def read(connection: AsyncConnection[Any]) -> Backlog:
    """The numbers of this moment; the connection enters as the clock role."""
    row = await (await connection.execute(_READ, {"most": _COUNTED})).fetchone()
    assert row is not None, "an aggregate always answers one row"
    return Backlog(*row)

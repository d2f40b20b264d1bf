"""The relay brings every waiting row to a queue, whatever the broker does, and floods none."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
import pytest
import redis
from psycopg import AsyncConnection
from sqlalchemy import text

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.jobs import post as posting
from anhuan_infra.jobs.post import Post
from anhuan_infra.outbox import relay, state
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work, system
from tests.support import effects
from tests.support.quiet import quieten


@pytest.fixture
def tenant() -> UUID:
    return new_id()


@pytest.fixture
async def clock(settings: Settings) -> AsyncIterator[AsyncConnection[Any]]:
    """The scheduler's connection, in an outbox that nothing waits in."""
    quieten(settings)
    async with await AsyncConnection.connect(settings.clock_database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def office(settings: Settings) -> Post:
    quieten(settings)
    return Post(settings)


async def test_what_waits_is_sent_once_and_not_again_the_next_moment(
    sessions: Sessions, tenant: UUID, clock: AsyncConnection[Any], office: Post
) -> None:
    row = await _waiting(sessions, tenant)

    first, next_moment = await relay.relay(clock, office), await relay.relay(clock, office)
    await effects.pass_time(sessions, tenant, row, 16)
    after_16_s = await relay.relay(clock, office)
    await effects.pass_time(sessions, tenant, row, 16)
    after_32_s = await relay.relay(clock, office)
    await effects.pass_time(sessions, tenant, row, 16)
    after_48_s = await relay.relay(clock, office)

    assert [first, next_moment, after_16_s, after_32_s, after_48_s] == [1, 0, 1, 0, 1]
    assert (await effects.row(sessions, tenant, row))["sends"] == 3


async def test_a_fresh_row_is_left_to_the_hint_of_its_own_commit(
    sessions: Sessions, tenant: UUID, clock: AsyncConnection[Any], office: Post
) -> None:
    row = await effects.put_off(sessions, tenant, "effects.add", new_id())

    at_once = await relay.relay(clock, office)
    await effects.pass_time(sessions, tenant, row, 0.6)

    assert (at_once, await relay.relay(clock, office)) == (0, 1)


async def test_while_the_broker_is_away_rows_wait_and_none_is_counted_as_sent(
    sessions: Sessions, settings: Settings, tenant: UUID, clock: AsyncConnection[Any], office: Post,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    row = await _waiting(sessions, tenant)
    away = Post(replace(settings, broker_url="redis://127.0.0.1:1/0"))
    # It answers how full it is and goes away before it takes the message.
    monkeypatch.setattr(away, "room", office.room)

    with pytest.raises(redis.ConnectionError):
        await relay.relay(clock, away)

    stands = await effects.row(sessions, tenant, row)
    assert (stands["sent_at"], stands["sends"]) == (None, 0)
    assert await relay.relay(clock, office) == 1


async def test_a_full_queue_gets_nothing_more_and_does_not_hold_up_the_others(
    sessions: Sessions, settings: Settings, tenant: UUID, clock: AsyncConnection[Any], office: Post,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(posting, "FULL", 3)
    for _ in range(5):
        await _waiting(sessions, tenant, "effects.add")
    notice = await _waiting(sessions, tenant, "effects.call")

    sent = [await relay.relay(clock, office) for _ in range(3)]

    assert sent == [4, 0, 0]
    assert (await effects.row(sessions, tenant, notice))["sends"] == 1
    assert _length(settings) == 3


async def test_two_relays_at_once_send_each_row_once(
    sessions: Sessions, settings: Settings, tenant: UUID, clock: AsyncConnection[Any], office: Post
) -> None:
    async with open_work(sessions, system(tenant)) as work:
        for _ in range(300):
            work.put_off("effects.add", new_id())
        await work.session.execute(text("update outbox set due_at = due_at - interval '1 s'"))

    async with await AsyncConnection.connect(settings.clock_database_url, autocommit=True) as second:
        sent = [
            sum(await asyncio.gather(*(relay.relay(c, office, batch=50) for c in (clock, second))))
            for _ in range(4)
        ]

    assert sum(sent) == 300
    assert _length(settings) == 300


async def test_done_rows_go_after_a_week_and_failed_ones_stay(
    sessions: Sessions, tenant: UUID, clock: AsyncConnection[Any]
) -> None:
    old, fresh, failed = [await _waiting(sessions, tenant) for _ in range(3)]
    async with open_work(sessions, system(tenant)) as work:
        for row, change in (
            (old, "done_at = now() - interval '7 days 1 s'"),
            (fresh, "done_at = now() - interval '6 days'"),
            (failed, "failed_at = now() - interval '90 days'"),
        ):
            await work.session.execute(text(f"update outbox set {change} where id = :id"), {"id": row})

    forgotten = await relay.forget(clock)

    assert forgotten == 1
    assert await effects.row(sessions, tenant, old) == {}
    assert (await effects.row(sessions, tenant, fresh))["id"] == fresh
    assert (await effects.row(sessions, tenant, failed))["id"] == failed


async def test_the_backlog_says_what_waits_sticks_and_failed(
    sessions: Sessions, tenant: UUID, clock: AsyncConnection[Any]
) -> None:
    stuck, failed, later = [await _waiting(sessions, tenant) for _ in range(3)]
    async with open_work(sessions, system(tenant)) as work:
        for row, change in (
            (stuck, "sends = 4, due_at = now() - interval '100 s'"),
            (failed, "failed_at = now()"),
            (later, "due_at = now() + interval '1 h'"),
        ):
            await work.session.execute(text(f"update outbox set {change} where id = :id"), {"id": row})

    found = await state.read(clock)

    assert (found.waiting, found.stuck, found.failed) == (1, 1, 1)
    assert 100 <= found.oldest_seconds < 130


async def test_the_scheduler_reads_no_word_of_a_company(clock: AsyncConnection[Any]) -> None:
    assert (await (await clock.execute("select count(*) from outbox")).fetchone()) == (0,)
    for table in ("cases", "people", "hazards", "comments", "notices"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await clock.execute(f"select 1 from {table}".encode())


async def _waiting(sessions: Sessions, tenant: UUID, job: str = "effects.add") -> UUID:
    """A row that its own commit never hinted at and that is the relay's by now."""
    row = await effects.put_off(sessions, tenant, job, new_id())
    await effects.pass_time(sessions, tenant, row, 1)
    return row


def _length(settings: Settings) -> object:
    with redis.Redis.from_url(settings.broker_url) as client:
        return client.llen(f"{posting.namespace(settings)}:default")

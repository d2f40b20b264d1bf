"""A job that calls the outside world holds no transaction meanwhile, calls at least once, and counts once with us."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from uuid import UUID

import psycopg
import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.jobs.runner import Runner
from anhuan_infra.jobs.works import LEASE_SECONDS, LeaseLost, Works
from anhuan_infra.settings import Settings
from tests.support import effects

TENANT = new_id()
_IDLE = """
    select count(*) from pg_stat_activity
    where datname = current_database() and usename = 'anhuan_app' and state like 'idle in transaction%'
"""


@pytest.fixture
async def calls(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[effects.Calls]:
    calls = effects.Calls()
    monkeypatch.setattr(effects, "CALLS", calls)
    yield calls
    calls.answers.set()


async def test_while_it_waits_for_an_answer_the_attempt_stands_and_no_transaction_is_open(
    sessions: Sessions, settings: Settings, calls: effects.Calls
) -> None:
    mark = new_id()
    row = await effects.put_off(sessions, TENANT, "effects.call", mark)
    calls.answers.clear()

    running = asyncio.create_task(Runner(sessions).run(TENANT, row))
    await calls.called.wait()
    with psycopg.connect(settings.database_url) as connection:
        idle = connection.execute(_IDLE).fetchone()
    attempts = await effects.count(sessions, TENANT, mark, "attempt")
    meanwhile = await Runner(sessions).run(TENANT, row)
    calls.answers.set()

    assert idle == (0,)
    assert (attempts, meanwhile) == (1, False)
    assert await running is True
    assert await effects.count(sessions, TENANT, mark) == 1
    assert calls.marks == [mark]


async def test_a_worker_that_dies_during_the_call_is_followed_by_another(
    sessions: Sessions, calls: effects.Calls
) -> None:
    mark = new_id()
    row = await effects.put_off(sessions, TENANT, "effects.call", mark)
    await _begin_and_end(sessions, row, calls)
    calls.answers.set()

    too_early = await Runner(sessions).run(TENANT, row)
    await effects.pass_time(sessions, TENANT, row, LEASE_SECONDS)
    then = await Runner(sessions).run(TENANT, row)

    assert (too_early, then) == (False, True)
    assert calls.marks == [mark, mark]
    assert await effects.count(sessions, TENANT, mark, "attempt") == 2
    assert await effects.count(sessions, TENANT, mark) == 1


async def test_a_try_that_was_overtaken_writes_nothing_more(sessions: Sessions, calls: effects.Calls) -> None:
    mark = new_id()
    row = await effects.put_off(sessions, TENANT, "effects.call", mark)
    calls.answers.clear()
    asleep = asyncio.create_task(Runner(sessions).run(TENANT, row))
    await calls.called.wait()
    await effects.pass_time(sessions, TENANT, row, LEASE_SECONDS)
    calls.called.clear()
    second = asyncio.create_task(Runner(sessions).run(TENANT, row))
    await calls.called.wait()

    calls.answers.set()

    assert sorted([await asleep, await second]) == [False, True]
    assert await effects.count(sessions, TENANT, mark) == 1
    assert (await effects.row(sessions, TENANT, row))["tries"] == 2


async def test_works_of_an_older_try_are_refused_at_every_step(sessions: Sessions) -> None:
    row = await effects.put_off(sessions, TENANT, "effects.call", new_id())
    works = Works(sessions, None, TENANT, row, tries=5)

    for step in (works.open, works.finish):
        with pytest.raises(LeaseLost):
            async with step() as work:
                work.tell("never")


async def test_tries_that_never_come_to_an_end_are_given_up(sessions: Sessions, calls: effects.Calls) -> None:
    mark = new_id()
    row = await effects.put_off(sessions, TENANT, "effects.call", mark)
    for _ in range(3):
        await _begin_and_end(sessions, row, calls)
        await effects.pass_time(sessions, TENANT, row, LEASE_SECONDS)

    await Runner(sessions).run(TENANT, row)

    stands = await effects.row(sessions, TENANT, row)
    assert len(calls.marks) == 3
    assert stands["failed_at"] is not None
    assert str(stands["problem"]).startswith("NeverAnswered")


async def _begin_and_end(sessions: Sessions, row: UUID, calls: effects.Calls) -> None:
    """A worker that ends in the middle of its call, so that it can neither answer nor note anything."""
    calls.answers.clear()
    calls.called.clear()
    run: Callable[[UUID, UUID], Awaitable[bool]] = Runner(sessions).run
    dying = asyncio.ensure_future(run(TENANT, row))
    await calls.called.wait()
    dying.cancel()
    with suppress(asyncio.CancelledError):
        await dying

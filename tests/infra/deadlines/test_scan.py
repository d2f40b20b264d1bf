"""Deadlines fire on time, once, all of them, and never after their task was closed."""

import asyncio
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import AsyncConnection

from anhuan_infra.deadlines import scan
from anhuan_infra.settings import Settings
from tests.support.deadlines import plant
from tests.support.quiet import quieten

_ENTER = "select set_config('app.tenant_id', %s, false), set_config('app.see_case', 'all', false)"
_END = """
    update deadlines set cancelled_at = clock_timestamp()
    where task_id = %s and fired_at is null and cancelled_at is null
"""


@pytest.fixture
def app(settings: Settings) -> Iterator[psycopg.Connection[Any]]:
    """The app's role, in a database where nothing else is due."""
    quieten(settings)
    with psycopg.connect(settings.app_database_url, autocommit=True) as connection:
        yield connection


async def _clock(settings: Settings) -> AsyncConnection[Any]:
    return await AsyncConnection.connect(settings.clock_database_url, autocommit=True)


async def test_what_is_due_fires_once_with_its_escalation_and_its_job(
    settings: Settings, app: psycopg.Connection[Any]
) -> None:
    due, planted = plant(app, cases=5, rungs=2, first=-60, last=-1)
    later, _ = plant(app, cases=3, rungs=1, first=600, last=900)

    async with await _clock(settings) as clock:
        fired, again = await scan.fire(clock), await scan.fire(clock)

    app.execute(_ENTER, (str(due),))
    jobs = app.execute("select job, arguments[0], due_at from outbox order by due_at").fetchall()
    rungs = app.execute("select id::text, due_at from escalations order by due_at").fetchall()
    assert (planted, fired, again) == (10, 10, 0)
    assert jobs == [("loops.escalate", *rung) for rung in rungs]
    assert app.execute("select count(*) from deadlines where fired_at is not null").fetchone() == (10,)
    app.execute(_ENTER, (str(later),))
    assert app.execute("select count(*) from escalations").fetchone() == (0,)


async def test_a_batch_takes_the_oldest_first(settings: Settings, app: psycopg.Connection[Any]) -> None:
    tenant, _ = plant(app, cases=20, rungs=1, first=-100, last=-1)

    async with await _clock(settings) as clock:
        counts = [await scan.fire(clock, batch=8) for _ in range(4)]

    app.execute(_ENTER, (str(tenant),))
    order = app.execute("select due_at from escalations order by fired_at, due_at").fetchall()
    assert counts == [8, 8, 4, 0]
    assert order == sorted(order)


async def test_a_rung_that_already_fired_for_this_clock_of_the_task_fires_no_second_time(
    settings: Settings, app: psycopg.Connection[Any]
) -> None:
    tenant, _ = plant(app, cases=1, rungs=1, first=-2, last=-1)
    async with await _clock(settings) as clock:
        await scan.fire(clock)
        # As after a restored backup or a hand in the database: the mark is gone, the escalation is there.
        await clock.execute("update deadlines set fired_at = null where tenant_id = %s", (tenant,))

        fired = await scan.fire(clock)

    app.execute(_ENTER, (str(tenant),))
    assert fired == 1
    assert app.execute("select count(*) from escalations").fetchone() == (1,)
    assert app.execute("select count(*) from outbox").fetchone() == (1,)
    assert app.execute("select count(*) from deadlines where fired_at is null").fetchone() == (0,)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_never_early_never_twice_never_lost_never_after_a_close(
    settings: Settings, app: psycopg.Connection[Any], seed: int
) -> None:
    random = Random(seed)
    tenant, planted = plant(app, cases=400, rungs=3, first=-0.5, last=1.5)
    app.execute(_ENTER, (str(tenant),))
    tasks = [task for (task,) in app.execute("select id from tasks").fetchall()]
    closing = random.sample(tasks, 200)

    over = asyncio.Event()
    scanners = [asyncio.create_task(_scan(settings, over, random.choice((7, 50, 500)))) for _ in range(3)]
    groups = [closing[start::4] for start in range(4)]
    seen = await asyncio.gather(*(_close(settings, tenant, tasks, random) for tasks in groups))
    await asyncio.sleep(1.0)
    over.set()
    fired = sum(await asyncio.gather(*scanners))

    one = app.execute(_BALANCE).fetchone()
    finally_ = dict(app.execute("select task_id, count(*) from escalations group by 1").fetchall())
    at_close = {task: count for part in seen for task, count in part.items()}
    assert one is not None
    early, both, neither, marked, escalated, jobs, slowest = one
    assert (early, both, neither) == (0, 0, 0)
    assert fired == marked == escalated == jobs
    assert {task: finally_.get(task, 0) for task in closing} == at_close
    assert 0 < fired < planted
    assert slowest < 1.5


_BALANCE = """
    select count(*) filter (where fired_at < due_at),
        count(*) filter (where fired_at is not null and cancelled_at is not null),
        count(*) filter (where fired_at is null and cancelled_at is null),
        count(fired_at),
        (select count(*) from escalations), (select count(*) from outbox),
        max(extract(epoch from fired_at - greatest(due_at, created_at)))::float8
    from deadlines
"""


async def _scan(settings: Settings, over: asyncio.Event, batch: int) -> int:
    fired = 0
    async with await _clock(settings) as clock:
        while not over.is_set():
            fired += await scan.fire(clock, batch=batch)
            await asyncio.sleep(0.005)
    return fired


async def _close(settings: Settings, tenant: UUID, tasks: list[UUID], random: Random) -> dict[UUID, int]:
    """End tasks one by one as the kernel does; how many escalations of each stood when its end was committed."""
    seen: dict[UUID, int] = {}
    async with await AsyncConnection.connect(settings.app_database_url, autocommit=True) as connection:
        await connection.execute(_ENTER, (str(tenant),))
        for task in tasks:
            async with connection.transaction():
                await connection.execute(_END, (task,))
                await asyncio.sleep(random.random() * 0.03)
            cursor = await connection.execute("select count(*) from escalations where task_id = %s", (task,))
            row = await cursor.fetchone()
            seen[task] = row[0] if row else -1
    return seen


async def test_the_look_uses_the_index_of_open_deadlines(
    settings: Settings, app: psycopg.Connection[Any]
) -> None:
    plant(app, cases=50, rungs=4, first=60, last=6000)

    async with await _clock(settings) as clock:
        await clock.execute("set enable_seqscan = off")
        await clock.execute("set enable_bitmapscan = off")
        statement = "explain " + scan.STATEMENT % {"batch": "2000", "job": "'loops.escalate'"}
        plan = "\n".join(line for (line,) in await (await clock.execute(statement.encode())).fetchall())

    assert "Index Scan using ix_deadlines_open on deadlines" in plan
    assert "Index Cond: (due_at <= statement_timestamp())" in plan

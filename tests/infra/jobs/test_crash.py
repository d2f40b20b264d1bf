"""Real workers, a real broker, and the ways they die: every job takes effect exactly once all the same."""

import asyncio
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.jobs.hints import Hints
from anhuan_infra.jobs.post import Parcel, Post
from anhuan_infra.outbox import relay
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work, system
from tests.support import effects, processes
from tests.support.quiet import empty_the_broker, quieten
from tests.support.waiting import until

TENANT = new_id()


async def test_a_job_whose_worker_is_killed_halfway_takes_effect_once(
    sessions: Sessions, settings: Settings, env: dict[str, str], tmp_path: Path
) -> None:
    mark, log = new_id(), tmp_path / "worker.log"
    (tmp_path / "hang").touch()
    row = await effects.put_off(sessions, TENANT, "effects.linger", mark)

    with processes.worker(env | {effects.FOLDER: str(tmp_path)}, log) as first:
        Post(settings).send([Parcel(TENANT, row, "effects.linger")])
        await until(lambda: (tmp_path / "reached").exists())
        first.kill()
    killed = await effects.count(sessions, TENANT, mark)
    (tmp_path / "hang").unlink()
    with processes.worker(env | {effects.FOLDER: str(tmp_path)}, log):
        await _relay_until_done(sessions, settings, row)

    assert killed == 0
    assert await effects.count(sessions, TENANT, mark) == 1


async def test_fifty_jobs_survive_an_emptied_broker_a_killed_worker_and_double_delivery(
    sessions: Sessions, settings: Settings, env: dict[str, str], tmp_path: Path
) -> None:
    marks, log = [new_id() for _ in range(50)], tmp_path / "worker.log"
    rows = [await effects.put_off(sessions, TENANT, "effects.add", mark) for mark in marks]
    parcels = [Parcel(TENANT, row, "effects.add") for row in rows]

    Post(settings).send(parcels)
    empty_the_broker(settings)
    with processes.worker(env, log) as first:
        Post(settings).send(parcels[:25] * 3)
        await until(lambda: first.said("ready for action"))
        first.kill()
    with processes.worker(env, log):
        for row in rows:
            await _relay_until_done(sessions, settings, row)

    assert [await effects.count(sessions, TENANT, mark) for mark in marks] == [1] * 50


async def test_a_commit_reaches_a_worker_without_the_relay(
    sessions: Sessions, settings: Settings, env: dict[str, str], tmp_path: Path
) -> None:
    mark, hints = new_id(), Hints(Post(settings))

    with processes.worker(env, tmp_path / "worker.log") as worker:
        async with open_work(sessions, system(TENANT), hints) as work:
            work.put_off("effects.chain", mark)
        await until(lambda: _took_effect(sessions, mark))
        took = worker.stop()
    hints.close()

    assert await effects.count(sessions, TENANT, mark) == 1
    assert took < 6


@pytest.fixture(autouse=True)
def _nothing_else_waits(settings: Settings) -> None:
    quieten(settings)


async def _relay_until_done(sessions: Sessions, settings: Settings, row: UUID) -> None:
    """Let the relay look again and again, with the minutes between its looks left out."""
    connection = await psycopg.AsyncConnection.connect(settings.clock_database_url, autocommit=True)
    post_office = Post(settings)
    async with connection, asyncio.timeout(20):
        while (await effects.row(sessions, TENANT, row))["done_at"] is None:
            await relay.relay(connection, post_office)
            await asyncio.sleep(0.2)
            await effects.pass_time(sessions, TENANT, row, 3600)
    post_office.close()


async def _took_effect(sessions: Sessions, mark: UUID) -> bool:
    return await effects.count(sessions, TENANT, mark) > 0

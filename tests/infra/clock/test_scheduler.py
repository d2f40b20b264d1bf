"""The scheduler as a process: it does all its duties, dies in any way, and the next one goes on."""

import time
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
import redis

from anhuan_infra.clock import pulse
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.jobs import post
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work, system
from tests.support import effects, processes
from tests.support.deadlines import plant
from tests.support.quiet import quieten
from tests.support.waiting import until

ROUNDS = {"relay", "deadlines", "record", "anchors", "sweep", "pulse"}
_ENTER = "select set_config('app.tenant_id', %s, false), set_config('app.see_case', 'all', false)"


@pytest.fixture(autouse=True)
def _nothing_else_waits(settings: Settings) -> None:
    quieten(settings)


async def test_deadlines_fire_jobs_are_sent_and_the_record_is_sealed(
    sessions: Sessions, settings: Settings, env: dict[str, str], tmp_path: Path
) -> None:
    with psycopg.connect(settings.app_database_url, autocommit=True) as app:
        tenant, planted = plant(app, cases=30, rungs=2, first=-10, last=1)
        async with open_work(sessions, system(tenant)) as work:
            work.record("test.begun", ("test", new_id()))
            work.put_off("somebody.elses", new_id())
        app.execute(_ENTER, (str(tenant),))

        log = tmp_path / "scheduler.log"
        with processes.scheduler(env, log) as scheduler:
            processes.wait_for(lambda: _sent(app) == planted + 1, 20, log)
            processes.wait_for(lambda: _one(app, "select count(*) from record_seals") == 1, 5, log)
            processes.wait_for(lambda: _rounds(settings) >= ROUNDS, 5, log)
            told = pulse.read(settings.home)
            took = scheduler.stop()

        early = _one(app, "select count(*) from escalations where fired_at < due_at")
        fired = _one(app, "select count(*) from escalations")
    assert (fired, early) == (planted, 0)
    assert _messages(settings) == planted + 1
    assert told is not None
    assert told["troubles"] == {}
    assert told["backlog"]["deadlines_late_seconds"] < 5
    assert list(settings.heads_dir.iterdir()) != []
    assert took < 2
    assert pulse.read(settings.home) is None


async def test_when_the_leader_is_killed_the_other_goes_on_within_seconds(
    settings: Settings, env: dict[str, str], tmp_path: Path
) -> None:
    first_log, second_log = tmp_path / "first.log", tmp_path / "second.log"
    with (
        psycopg.connect(settings.app_database_url, autocommit=True) as app,
        processes.scheduler(env, first_log) as first,
    ):
        processes.wait_for(lambda: first.said("scheduler.leads"), 15, first_log)
        with processes.scheduler(env, second_log) as second:
            tenant, planted = plant(app, cases=300, rungs=2, first=0, last=5)
            app.execute(_ENTER, (str(tenant),))
            processes.wait_for(lambda: _one(app, "select count(*) from escalations") > 0, 10, first_log)
            first.kill()
            began = time.monotonic()
            processes.wait_for(lambda: second.said("scheduler.leads"), 10, second_log)
            took_over = time.monotonic() - began
            processes.wait_for(
                lambda: _one(app, "select count(*) from escalations") == planted, 10, second_log
            )
            processes.wait_for(lambda: _sent(app) == planted, 10, second_log)
            jobs = _one(app, "select count(*) from outbox")

    assert jobs == planted
    assert took_over < 4


async def test_the_workers_of_the_product_take_what_the_scheduler_sends(
    sessions: Sessions, env: dict[str, str], tmp_path: Path
) -> None:
    tenant = new_id()
    row = await effects.put_off(sessions, tenant, "effects.of_another_release", new_id())
    log = tmp_path / "worker.log"

    with (
        processes.scheduler(env, tmp_path / "scheduler.log"),
        processes.worker(env, log, "anhuan_graphql.worker") as worker,
    ):
        await until(lambda: _was_tried(sessions, tenant, row), 20)
        took = worker.stop()

    stands = await effects.row(sessions, tenant, row)
    assert (stands["problem"], stands["done_at"]) == ("UnknownJob", None)
    assert took < 6


async def _was_tried(sessions: Sessions, tenant: UUID, row: UUID) -> bool:
    return (await effects.row(sessions, tenant, row))["tries"] == 1


def _rounds(settings: Settings) -> set[str]:
    told = pulse.read(settings.home)
    return set(told["rounds"]) if told else set()


def _sent(app: psycopg.Connection[Any]) -> int:
    return _one(app, "select count(*) from outbox where sent_at is not null")


def _one(app: psycopg.Connection[Any], query: str) -> int:
    row = app.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


def _messages(settings: Settings) -> int:
    with redis.Redis.from_url(settings.broker_url) as client:
        waiting = [client.llen(f"{post.namespace(settings)}:{queue}") for queue in ("default", "deadlines")]
    return sum(int(str(count)) for count in waiting)

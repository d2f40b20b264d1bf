"""The scheduler as a process: it does all its duties, dies in any way, and the next one goes on."""

import time
from pathlib import Path
from typing import Any

import psycopg
import redis

from anhuan_infra.clock import pulse
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.jobs import post
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work, system
from tests.support import processes
from tests.support.deadlines import plant

_ENTER = "select set_config('app.tenant_id', %s, false), set_config('app.see_case', 'all', false)"


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
            processes.wait_for(lambda: pulse.read(settings.home) is not None, 5, log)
            told = pulse.read(settings.home)
            took = scheduler.stop()

        early = _one(app, "select count(*) from escalations where fired_at < due_at")
        fired = _one(app, "select count(*) from escalations")
    assert (fired, early) == (planted, 0)
    assert _messages(settings) >= planted + 1
    assert told is not None
    assert told["troubles"] == {}
    assert set(told["rounds"]) >= {"relay", "deadlines", "record", "sweep"}
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

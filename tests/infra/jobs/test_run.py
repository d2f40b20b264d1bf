"""A job takes effect once, however often, early, late or wrongly it is delivered."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.jobs import runner as running
from anhuan_infra.jobs.runner import Runner, back_off
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.work import Work, open_work, system
from tests.support import effects

TENANT, OTHER = new_id(), new_id()


@pytest.fixture
def runner(sessions: Sessions) -> Runner:
    return Runner(sessions)


async def test_ten_deliveries_at_once_are_one_effect(sessions: Sessions, runner: Runner) -> None:
    mark = new_id()
    row = await effects.put_off(sessions, TENANT, "effects.add", mark)

    took = await asyncio.gather(*(runner.run(TENANT, row) for _ in range(10)))
    again = await runner.run(TENANT, row)

    assert sorted(took) == [False] * 9 + [True]
    assert again is False
    assert await effects.count(sessions, TENANT, mark) == 1


async def test_a_message_that_names_another_company_does_nothing(sessions: Sessions, runner: Runner) -> None:
    mark = new_id()
    row = await effects.put_off(sessions, TENANT, "effects.add", mark)

    assert await runner.run(OTHER, row) is False
    assert await effects.count(sessions, OTHER, mark) == 0
    assert (await effects.row(sessions, TENANT, row))["done_at"] is None
    assert await runner.run(TENANT, row) is True
    assert await effects.count(sessions, TENANT, mark) == 1


async def test_a_job_for_later_is_not_done_before(sessions: Sessions, runner: Runner) -> None:
    mark = new_id()
    async with open_work(sessions, system(TENANT)) as work:
        work.put_off("effects.add", mark, after=work.now + timedelta(minutes=5))
    row = work.postponed[0].id

    early = await runner.run(TENANT, row)
    await effects.pass_time(sessions, TENANT, row, 301)
    late = await runner.run(TENANT, row)

    assert (early, late) == (False, True)
    assert await effects.count(sessions, TENANT, mark) == 1


async def test_a_failed_try_leaves_nothing_and_waits_longer_each_time(
    sessions: Sessions, runner: Runner
) -> None:
    mark = new_id()
    row = await effects.put_off(sessions, TENANT, "effects.fail", mark)

    assert await runner.run(TENANT, row) is False
    at_once = await runner.run(TENANT, row)

    stands = await effects.row(sessions, TENANT, row)
    assert at_once is False
    assert (stands["tries"], stands["failed_at"], stands["done_at"]) == (1, None, None)
    assert await effects.count(sessions, TENANT, mark) == 0
    assert [2.0 <= back_off(1) <= 2.4, 8.0 <= back_off(2) <= 9.6, back_off(9) >= 3600.0] == [True] * 3


async def test_a_job_is_given_up_where_people_see_it_and_without_what_was_in_the_data(
    sessions: Sessions, runner: Runner
) -> None:
    mark = new_id()
    row = await effects.put_off(sessions, TENANT, "effects.fail", mark)

    for _ in range(5):
        await runner.run(TENANT, row)
        await effects.pass_time(sessions, TENANT, row, 3600)

    stands = await effects.row(sessions, TENANT, row)
    async with open_work(sessions, system(TENANT)) as work:
        entries = list(await work.session.scalars(select(RecordEntry).where(RecordEntry.subject_id == row)))
    assert (stands["tries"], stands["problem"]) == (3, "RuntimeError")
    assert stands["failed_at"] is not None
    assert [(entry.act, entry.body) for entry in entries] == [
        ("job.failed", {"job": "effects.fail", "tries": 3, "problem": "RuntimeError"})
    ]
    assert await effects.count(sessions, TENANT, mark) == 0


async def test_a_job_of_another_release_waits_for_a_worker_that_knows_it(
    sessions: Sessions, runner: Runner
) -> None:
    row = await effects.put_off(sessions, TENANT, "tomorrow.invented", new_id())

    await runner.run(TENANT, row)

    stands = await effects.row(sessions, TENANT, row)
    assert (stands["tries"], stands["failed_at"], stands["done_at"]) == (1, None, None)
    assert str(stands["problem"]).startswith("UnknownJob")


async def test_what_a_job_puts_off_is_hinted_at_after_its_commit(sessions: Sessions) -> None:
    mark = new_id()
    row = await effects.put_off(sessions, TENANT, "effects.chain", mark)
    hinted: list[Work] = []

    await Runner(sessions, hinted.append).run(TENANT, row)

    [follower] = hinted[0].postponed
    assert follower.job == "effects.add"
    assert await Runner(sessions).run(TENANT, follower.id) is True
    assert await effects.count(sessions, TENANT, mark) == 1


async def test_a_job_that_takes_too_long_is_a_failed_try(
    sessions: Sessions, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "INSIDE_SECONDS", 0.3)
    monkeypatch.setenv(effects.FOLDER, str(tmp_path))
    (tmp_path / "hang").touch()
    mark = new_id()
    row = await effects.put_off(sessions, TENANT, "effects.linger", mark)

    await runner.run(TENANT, row)

    stands = await effects.row(sessions, TENANT, row)
    assert (stands["tries"], stands["problem"], stands["done_at"]) == (1, "TimeoutError", None)
    assert await effects.count(sessions, TENANT, mark) == 0

"""A hint after the commit is quick or missing; it never holds up or breaks the request that gave it."""

import time
from dataclasses import replace
from datetime import timedelta

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.jobs import post
from anhuan_infra.jobs.hints import Hints
from anhuan_infra.jobs.post import Post
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work, system
from tests.support import effects

TENANT = new_id()


async def test_a_broker_that_is_away_costs_the_request_nothing(
    sessions: Sessions, settings: Settings
) -> None:
    hints = Hints(Post(replace(settings, broker_url="redis://127.0.0.1:1/0")))
    began = time.monotonic()

    async with open_work(sessions, system(TENANT), hints) as work:
        for _ in range(3_000):
            work.put_off("effects.add", new_id())
    hints.close()

    assert len(work.postponed) == 3_000
    assert (await effects.row(sessions, TENANT, work.postponed[-1].id))["done_at"] is None
    assert time.monotonic() - began < 10


async def test_only_what_is_due_is_hinted_at(sessions: Sessions, settings: Settings) -> None:
    apart = replace(settings, app_database_url=f"{settings.app_database_url}_apart")
    office = Post(apart)
    hints = Hints(office)

    async with open_work(sessions, system(TENANT), hints) as work:
        work.put_off("effects.add", new_id())
        work.put_off("effects.call", new_id())
        work.put_off("effects.add", new_id(), after=work.now + timedelta(seconds=1))
    hints.close()
    room = Post(apart).room()

    assert room == {"default": post.FULL - 1, "deadlines": post.FULL, "notices": post.FULL - 1}
    assert post.namespace(apart) != post.namespace(settings)

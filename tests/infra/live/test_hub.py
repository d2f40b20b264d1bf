"""Changes reach whoever looks at a screen of the same company; who missed some is told to look anew."""

import asyncio
import time
from collections.abc import AsyncIterator
from uuid import UUID

import psycopg
import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.live.hub import KEPT, Change, Hub, Subscription
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work, system
from tests.support.waiting import until

LIN, SARA = new_id(), new_id()
"""Two companies, called by the people who look at their screens."""


@pytest.fixture
async def hub(settings: Settings) -> AsyncIterator[Hub]:
    async with Hub.open(settings.app_database_url) as hub:
        await until(lambda: hub.is_listening)
        yield hub


async def test_a_commit_is_heard_in_its_company_and_nowhere_else(sessions: Sessions, hub: Hub) -> None:
    case = new_id()
    async with hub.subscribe(LIN) as lin, hub.subscribe(SARA) as sara:
        await _tell(sessions, SARA, "other")
        await _tell(sessions, LIN, "case", id=str(case))

        heard = await _next(lin)
        others = await _next(sara)

    assert heard == Change("case", {"id": str(case)})
    assert others == Change("other", {})


async def test_what_is_rolled_back_is_never_heard(sessions: Sessions, hub: Hub) -> None:
    async with hub.subscribe(LIN) as lin:
        with pytest.raises(ZeroDivisionError):
            async with open_work(sessions, system(LIN)) as work:
                work.tell("undone")
                raise ZeroDivisionError
        await _tell(sessions, LIN, "done")

        assert await _next(lin) == Change("done", {})


async def test_after_its_connection_was_killed_the_hub_hears_again_and_says_resync(
    sessions: Sessions, settings: Settings, hub: Hub
) -> None:
    async with hub.subscribe(LIN) as lin, hub.subscribe(SARA) as sara:
        with psycopg.connect(settings.app_database_url, autocommit=True) as connection:
            killed = connection.execute(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                " where application_name = 'anhuan live' and datname = current_database()"
            ).fetchone()

        first = [await _next(lin), await _next(sara)]
        await _tell(sessions, LIN, "afterwards")

        assert killed is not None
        assert killed[0] >= 1  # whatever else listens in this database is killed as well
        assert first == [Change("resync")] * 2
        assert await _next(lin) == Change("afterwards", {})


async def test_who_falls_behind_gets_one_resync_and_costs_no_more_memory(
    sessions: Sessions, hub: Hub
) -> None:
    async with hub.subscribe(LIN) as slow, hub.subscribe(LIN) as quick:
        kept: list[Change] = []
        for start in range(0, KEPT * 2, 50):
            await _tell(sessions, LIN, *(f"t{n}" for n in range(start, start + 50)))
            kept += [await _next(quick) for _ in range(50)]

        behind = [await _next(slow) for _ in range(KEPT)]

    assert [change.topic for change in kept] == [f"t{n}" for n in range(KEPT * 2)]
    assert behind[0] == Change("resync")
    assert [change.topic for change in behind[1:]] == [f"t{n}" for n in range(KEPT + 1, KEPT * 2)]


async def test_what_is_no_change_is_passed_over(sessions: Sessions, settings: Settings, hub: Hub) -> None:
    async with hub.subscribe(LIN) as lin:
        with psycopg.connect(settings.app_database_url, autocommit=True) as connection:
            for payload in (
                "",
                "null",
                "[]",
                "{}",
                '{"tenant": "x", "topic": "y"}',
                f'{{"tenant": "{LIN}"}}',
            ):
                connection.execute("select pg_notify('changes', %s)", (payload,))
        await _tell(sessions, LIN, "readable")

        assert await _next(lin) == Change("readable", {})


async def test_a_hub_starts_and_ends_while_the_database_is_away() -> None:
    began = time.monotonic()

    async with Hub.open("postgresql://nobody@127.0.0.1:1/nothing") as hub, hub.subscribe(LIN) as lin:
        await asyncio.sleep(0.3)
        assert hub.is_listening is False
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(lin), 0.1)

    assert time.monotonic() - began < 2


async def test_nobody_is_kept_who_left(hub: Hub) -> None:
    async with hub.subscribe(LIN):
        assert hub.count() == 1

    assert hub.count() == 0


async def _tell(sessions: Sessions, tenant: UUID, *topics: str, **facts: str) -> None:
    async with open_work(sessions, system(tenant)) as work:
        for topic in topics:
            work.tell(topic, **facts)


async def _next(subscription: Subscription) -> Change:
    return await asyncio.wait_for(anext(subscription), 5)

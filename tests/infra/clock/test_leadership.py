"""One scheduler leads; when it ends in any way, another does."""

import asyncio
from typing import Any

import pytest
from psycopg import AsyncConnection

from anhuan_infra.clock import leadership
from anhuan_infra.settings import Settings
from tests.support.waiting import until


class Candidate:
    """Wants to lead, and knows how often its duty began and ended."""

    def __init__(self, settings: Settings) -> None:
        self.began = self.ended = 0
        self.stop = asyncio.Event()
        self.task = asyncio.create_task(leadership.lead(settings.clock_database_url, self.stop, self._duty))

    async def _duty(self) -> None:
        self.began += 1
        try:
            await self.stop.wait()
        finally:
            self.ended += 1

    async def end(self) -> None:
        self.stop.set()
        await asyncio.wait_for(self.task, 3)


async def test_of_two_one_leads_and_the_other_follows_it(settings: Settings) -> None:
    first = Candidate(settings)
    await until(lambda: first.began == 1)
    second = Candidate(settings)
    await asyncio.sleep(1.2)
    waited = second.began

    await first.end()
    await until(lambda: second.began == 1)
    async with await _connect(settings) as connection:
        led = await leadership.is_held(connection)
        await second.end()
        await until(lambda: _nobody_leads(connection))

    assert (waited, led, first.ended, second.ended) == (0, True, 1, 1)


async def test_a_leader_whose_session_is_gone_stops_and_may_win_again(settings: Settings) -> None:
    leader = Candidate(settings)
    await until(lambda: leader.began == 1)

    async with await _connect(settings) as connection:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid::bigint = %s"
            " and database = (select oid from pg_database where datname = current_database())",
            leadership.KEY[:1],
        )
        await until(lambda: leader.ended == 1)
        await until(lambda: leader.began == 2)

    await leader.end()
    assert leader.ended == 2


async def test_a_frozen_leader_is_put_out_by_the_server(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "idle_session_timeout=10000" in leadership.OPTIONS
    hasty = leadership.OPTIONS.replace("=10000", "=500")
    async with await leadership.connect(settings.clock_database_url, "frozen", hasty) as frozen:
        await frozen.execute("select pg_try_advisory_lock(%s, %s)", leadership.KEY)

        next_one = Candidate(settings)
        await until(lambda: next_one.began == 1)

        await next_one.end()
    assert next_one.ended == 1


async def test_without_a_database_a_candidate_waits_and_still_ends_at_once(settings: Settings) -> None:
    stop = asyncio.Event()

    async def duty() -> None:
        raise AssertionError("nobody leads without a lock")

    waiting = asyncio.create_task(leadership.lead("postgresql://nobody@127.0.0.1:1/nothing", stop, duty))
    await asyncio.sleep(0.3)
    stop.set()
    await asyncio.wait_for(waiting, 1)

    assert waiting.done()


async def _connect(settings: Settings) -> AsyncConnection[Any]:
    return await AsyncConnection.connect(settings.clock_database_url, autocommit=True)


async def _nobody_leads(connection: AsyncConnection[Any]) -> bool:
    return not await leadership.is_held(connection)

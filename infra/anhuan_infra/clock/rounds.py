"""Rounds: what the scheduler does again and again; each on its own connection, each outliving any error."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from psycopg import AsyncConnection

from anhuan_infra.clock.leadership import connect, pause
from anhuan_infra.clock.pulse import Pulse

_OPTIONS = "-c statement_timeout=30000 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
_TOO_LONG = 60.0
_SHORTEST, _LONGEST = 0.5, 10.0
_log = structlog.get_logger()


@dataclass(frozen=True)
class Round:
    """One duty: `step` does a bounded piece of it and says whether more is waiting; `every` is the pause when not."""

    name: str
    every: float
    step: Callable[[AsyncConnection[Any]], Awaitable[bool]]


async def keep(rounds: list[Round], url: str, pulse: Pulse, stop: asyncio.Event) -> None:
    """Keep all rounds going until told to stop."""
    async with asyncio.TaskGroup() as group:
        for each in rounds:
            group.create_task(_keep(each, url, pulse, stop), name=each.name)


async def _keep(each: Round, url: str, pulse: Pulse, stop: asyncio.Event) -> None:
    wait = _SHORTEST
    while not stop.is_set():
        try:
            async with await connect(url, f"anhuan {each.name}", _OPTIONS) as connection:
                while not stop.is_set():
                    async with asyncio.timeout(_TOO_LONG):
                        more = await each.step(connection)
                    pulse.beat(each.name)
                    wait = _SHORTEST
                    if not more:
                        await pause(stop, each.every)
        except Exception as problem:  # noqa: BLE001 - a round that died silently would be the worst error of all
            _log.error("scheduler.round_failed", round=each.name, again_in=wait, exc_info=True)
            pulse.trouble(each.name, type(problem).__name__)
            await pause(stop, wait)
            wait = min(wait * 2, _LONGEST)

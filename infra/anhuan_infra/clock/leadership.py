"""Leadership: of all schedulers on one database one works, and another takes over within seconds of its end.

An advisory lock belongs to a database session. Kill the process and the lock is free at once; freeze it or cut its
network and the server ends the silent session after ten seconds. Two leaders for a moment would do no harm, since
every round takes its rows under locks; leadership saves work, it does not guard truth.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, LiteralString

import psycopg
import structlog
from psycopg import AsyncConnection

KEY = (7264836, 1)
"""The lock's name, as PostgreSQL's two integers."""
OPTIONS = "-c statement_timeout=5000 -c idle_session_timeout=10000 -c timezone=UTC"
_HELD: LiteralString = """
    select exists (select 1 from pg_locks where locktype = 'advisory' and granted and objsubid = 2
        and database = (select oid from pg_database where datname = current_database())
        and classid::bigint = %s and objid::bigint = %s)
"""
_log = structlog.get_logger()


async def lead(url: str, stop: asyncio.Event, duty: Callable[[], Awaitable[None]]) -> None:
    """Wait for leadership, then run `duty`; it is cancelled when leadership is lost, and begun anew when regained."""
    while not stop.is_set():
        try:
            async with await connect(url, "anhuan scheduler", OPTIONS) as connection:
                if await _win(connection, stop):
                    _log.info("scheduler.leads")
                    await _serve(connection, stop, duty)
        except (psycopg.Error, OSError, TimeoutError) as problem:
            _log.warning("scheduler.no_leadership", problem=type(problem).__name__)
            await pause(stop, 1.0)


async def is_held(connection: AsyncConnection[Any]) -> bool:
    """Whether some scheduler leads on this database; any role may ask, from any machine."""
    row = await (await connection.execute(_HELD, KEY)).fetchone()
    return bool(row and row[0])


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but wake at once when told to stop."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def connect(url: str, name: str, options: str) -> AsyncConnection[Any]:
    """A connection in autocommit that notices within about ten seconds when the other end is gone."""
    return await AsyncConnection.connect(
        url,
        autocommit=True,
        application_name=name,
        options=options,
        connect_timeout=5,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
        tcp_user_timeout=10_000,
    )


async def _win(connection: AsyncConnection[Any], stop: asyncio.Event) -> bool:
    while not stop.is_set():
        row = await (await connection.execute("select pg_try_advisory_lock(%s, %s)", KEY)).fetchone()
        if row and row[0]:
            return True
        await pause(stop, 1.0)
    return False


async def _serve(
    connection: AsyncConnection[Any], stop: asyncio.Event, duty: Callable[[], Awaitable[None]]
) -> None:
    running = asyncio.ensure_future(duty())
    try:
        while not stop.is_set() and not running.done():
            async with asyncio.timeout(6.0):
                await connection.execute("select 1")
            await pause(stop, 1.0)
    finally:
        if stop.is_set():
            # It was told as well; a round that is nearly through may end in order.
            await asyncio.wait({running}, timeout=1.0)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

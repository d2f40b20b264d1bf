"""A round outlives any error, says it, and holds up no other; the pulse tells what happened."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection

from anhuan_infra.clock import pulse, rounds
from anhuan_infra.clock.pulse import Pulse
from anhuan_infra.clock.rounds import Round
from anhuan_infra.outbox.state import Backlog
from anhuan_infra.settings import Settings


async def test_a_failing_round_comes_back_and_the_others_never_notice(
    settings: Settings, tmp_path: Path
) -> None:
    stop, kept = asyncio.Event(), Pulse(pulse.path(tmp_path))
    weak_calls, steady_calls, troubles = 0, 0, list[str]()

    async def weak(connection: AsyncConnection[Any]) -> bool:
        nonlocal weak_calls
        weak_calls += 1
        if weak_calls == 1:
            await connection.execute("select 1 / 0")
        if weak_calls == 2:
            raise RuntimeError("something nobody thought of")
        stop.set()
        return False

    async def steady(connection: AsyncConnection[Any]) -> bool:
        nonlocal steady_calls
        steady_calls += 1
        kept.write()
        told = pulse.read(tmp_path)
        troubles.extend((told or {})["troubles"].values())
        return False

    async with asyncio.timeout(10):
        await rounds.keep(
            [Round("weak", 0.01, weak), Round("steady", 0.05, steady)],
            settings.clock_database_url,
            kept,
            stop,
        )
    kept.write()

    told = pulse.read(tmp_path)
    assert told is not None
    assert weak_calls == 3
    assert steady_calls > 5
    assert set(troubles) == {"DivisionByZero", "RuntimeError"}
    assert told["troubles"] == {}
    assert set(told["rounds"]) == {"weak", "steady"}


async def test_a_round_with_more_to_do_does_not_rest(settings: Settings, tmp_path: Path) -> None:
    stop, left = asyncio.Event(), 20

    async def busy(connection: AsyncConnection[Any]) -> bool:
        nonlocal left
        left -= 1
        if not left:
            stop.set()
        return left > 0

    async with asyncio.timeout(5):
        await rounds.keep(
            [Round("busy", 60.0, busy)], settings.clock_database_url, Pulse(pulse.path(tmp_path)), stop
        )

    assert left == 0


def test_the_pulse_is_read_as_it_was_written_and_missing_or_broken_is_none(tmp_path: Path) -> None:
    nothing = pulse.read(tmp_path)
    kept = Pulse(pulse.path(tmp_path), Backlog(1, 2.5, 0, 3, 0.0))
    kept.beat("relay")
    kept.write()
    told = pulse.read(tmp_path)
    kept.clear()
    kept.clear()
    pulse.path(tmp_path).write_text("{half")

    assert nothing is None
    assert told is not None
    assert told["backlog"] == {
        "waiting": 1, "oldest_seconds": 2.5, "stuck": 0, "failed": 3, "deadlines_late_seconds": 0.0,
    }  # fmt: skip
    assert abs((datetime.now(UTC) - datetime.fromisoformat(told["at"])).total_seconds()) < 60
    assert json.dumps(told["rounds"]).count("relay") == 1
    assert pulse.read(tmp_path) is None

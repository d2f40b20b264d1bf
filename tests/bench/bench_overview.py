"""What the overview costs at 50,000 hazards: the whole question over the API, and each statement, for headquarters and for one branch.

Run with servers of its own: `python -m tests.bench.bench_overview`, or with another size in ANHUAN_BENCH_HAZARDS.
"""

import asyncio
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import structlog

from anhuan_infra.db.engine import create_engine, create_sessions
from anhuan_infra.settings import Settings
from anhuan_platform.insights import repository
from anhuan_platform.insights.rules import Span
from tests.support.crowd import Crowd, a_crowd
from tests.support.database import fresh_database
from tests.support.stack import ensure_stack
from tests.support.wire import open_wire

HAZARDS = int(os.environ.get("ANHUAN_BENCH_HAZARDS", "50000"))
ROUNDS = 7
CEILING_MS = 1_000
"""The slowest median of a month that a screen may be kept waiting for; a year is printed and may take its time."""
QUESTION = """query($from: DateTime) { overview(from: $from) { asOf standing { open a b c ungraded overdue }
    units { unit { id name } standing { open overdue } } longestOverdue { id number title dueAt isOverdue }
    stopOrdersInForce step series { day reported closed } stages { stage hours n }
    closingRate { numerator denominator percent rule } onTimeRate { percent } participation { percent } types { open reported } } }"""


async def main() -> int:
    """Print the figures; 1 when a screen would wait too long."""
    worst = 0.0
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as home, fresh_database(ensure_stack(), Path(home)) as env:
        settings = Settings.from_env(env)
        engine = create_engine(settings.app_database_url)
        sessions = create_sessions(engine)
        began = time.perf_counter()
        crowd = await a_crowd(sessions, settings, HAZARDS)
        with psycopg.connect(settings.database_url, autocommit=True) as owner:
            owner.execute("vacuum (analyze)")
        print(
            f"{HAZARDS:,} hazards, {len(crowd.teams)} teams, written in {time.perf_counter() - began:.1f} s"
        )
        async with open_wire(settings) as wire:
            for who, person in (("safety director", crowd.director), ("one branch's leader", crowd.leader)):
                token = await wire.token_of(crowd.company.id, person)
                for days in (30, 365):
                    since = (datetime.now(UTC) - timedelta(days=days)).isoformat()
                    median, slowest = await timed(partial(wire.data, QUESTION, token, **{"from": since}))
                    worst = max(worst, median if days == 30 else 0.0)
                    print(f"{who:20} {days:4} days  median {median:7.1f} ms  slowest {slowest:7.1f} ms")
        await statements(crowd)
        await engine.dispose()
    return 0 if worst <= CEILING_MS else 1


async def statements(crowd: Crowd) -> None:
    """Each statement by itself, of a year, as the director."""
    async with crowd.company.work(crowd.director) as work:
        units = [unit.no for unit in await repository.units(work)]
        span = Span.of(work.now - timedelta(days=365), work.now, work.now)
        asked: dict[str, Callable[[], Awaitable[Any]]] = {
            "standing": lambda: repository.standing(work, units),
            "period": lambda: repository.period(work, units, span, "Asia/Shanghai"),
            "types": lambda: repository.types(work, units, span),
            "participation": lambda: repository.participation(work, units, span),
            "longest overdue": lambda: repository.longest_overdue(work, units, 10),
            "stop orders": lambda: repository.standing_orders(work, units),
        }
        for name, ask in asked.items():
            median, slowest = await timed(ask)
            print(f"  {name:18} median {median:7.1f} ms  slowest {slowest:7.1f} ms")


async def timed(ask: Callable[[], Awaitable[Any]]) -> tuple[float, float]:
    """Median and slowest in milliseconds; the first round does not count."""
    spent: list[float] = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        await ask()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent[1:]), max(spent[1:])


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

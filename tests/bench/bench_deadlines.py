"""How many due deadlines one scanner fires in a second among a million open ones, and what an idle look costs.

Run with servers of its own: `python -m tests.bench.bench_deadlines`. Prints wall time, and the CPU time of the one
PostgreSQL backend, which does not depend on what else the machine is doing.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import AsyncConnection

from anhuan_infra.clock.leadership import connect
from anhuan_infra.deadlines import scan
from anhuan_infra.settings import Settings
from tests.support.database import fresh_database
from tests.support.deadlines import plant
from tests.support.stack import ensure_stack

COMPANIES, CASES, RUNGS = 20, 12_500, 4
DUE = 200_000
IDLE_LOOKS = 200


def fill(settings: Settings) -> None:
    """A million open deadlines, every fifth due, the oldest first of all companies mixed."""
    share = DUE / (COMPANIES * CASES * RUNGS)
    with psycopg.connect(settings.app_database_url, options="-c statement_timeout=0") as connection:
        for number in range(COMPANIES):
            _, planted = plant(connection, CASES, RUNGS, -86_400.0 * share, 86_400.0 * (1 - share))
            print(f"\r  planted {planted * (number + 1):,}", end="", flush=True)
    print()
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        connection.execute("vacuum (analyze) deadlines")
        connection.execute("vacuum (analyze) tasks")
        connection.execute("vacuum (analyze) cases")


def cpu(connection: AsyncConnection[Any]) -> float:
    """CPU seconds of this connection's backend, which runs on this machine."""
    times = psutil.Process(connection.info.backend_pid).cpu_times()
    return times.user + times.system


async def measure(settings: Settings) -> None:
    """Fire all that is due batch by batch, then look when nothing is."""
    async with await connect(settings.clock_database_url, "bench", "-c jit=on") as connection:
        began, used, fired = time.perf_counter(), cpu(connection), 0
        while count := await scan.fire(connection):
            fired += count
        wall, spent = time.perf_counter() - began, cpu(connection) - used
        print(
            f"fired {fired:,} of {COMPANIES * CASES * RUNGS:,} open in {wall:.1f} s = {fired / wall:,.0f}/s;"
            f" PostgreSQL CPU {spent / fired * 1e6:.1f} us each = {fired / spent:,.0f}/s on one core"
        )
        looks: list[float] = []
        used = cpu(connection)
        for _ in range(IDLE_LOOKS):
            began = time.perf_counter()
            await scan.fire(connection)
            looks.append(time.perf_counter() - began)
        print(
            f"idle look: median {statistics.median(looks) * 1e3:.2f} ms, worst {max(looks) * 1e3:.2f} ms,"
            f" PostgreSQL CPU {(cpu(connection) - used) / IDLE_LOOKS * 1e3:.2f} ms"
        )


def main() -> int:
    """Fill, measure, print."""
    with (
        tempfile.TemporaryDirectory() as home,
        fresh_database(ensure_stack(), Path(home)) as env,
    ):
        settings = Settings.from_env(env)
        fill(settings)
        asyncio.run(measure(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())

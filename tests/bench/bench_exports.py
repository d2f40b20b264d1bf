"""What taking 50,000 hazards away as a sheet costs: seconds, megabytes of the file, and how much the process grows.

Run with servers of its own: `python -m tests.bench.bench_exports`, or with another size in ANHUAN_BENCH_HAZARDS.
"""

import asyncio
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg
import structlog

from anhuan_infra.db.engine import create_engine, create_sessions
from anhuan_infra.settings import Settings
from tests.support.crowd import a_crowd
from tests.support.database import fresh_database
from tests.support.stack import ensure_stack
from tests.support.wire import open_wire

HAZARDS = int(os.environ.get("ANHUAN_BENCH_HAZARDS", "50000"))
MOST_SECONDS, MOST_GROWTH = 60, 150 * 2**20


async def main() -> int:
    """Print the figures; 1 when it is too slow or grows with the list."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    process = psutil.Process()
    with tempfile.TemporaryDirectory() as home, fresh_database(ensure_stack(), Path(home)) as env:
        settings = Settings.from_env(env)
        engine = create_engine(settings.app_database_url)
        crowd = await a_crowd(create_sessions(engine), settings, HAZARDS)
        with psycopg.connect(settings.database_url, autocommit=True) as owner:
            owner.execute("vacuum (analyze)")
        async with open_wire(settings) as wire:
            token = await wire.token_of(crowd.company.id, crowd.director)
            headers = {"authorization": f"Bearer {token}"}
            await wire.client.get("/hazards.xlsx?stage=grading", headers=headers)
            before, most, size, began = process.memory_info().rss, 0, 0, time.perf_counter()
            request = asyncio.create_task(wire.client.get("/hazards.xlsx", headers=headers))
            while not request.done():
                await asyncio.sleep(0.05)
                most = max(most, process.memory_info().rss)
            spent, size = time.perf_counter() - began, len((await request).content)
        await engine.dispose()
    print(
        f"{HAZARDS:,} hazards: {spent:.1f} s, {size / 2**20:.1f} MB, process grew by {(most - before) / 2**20:.0f} MB"
        f" (the test's client holds the {size / 2**20:.1f} MB too)"
    )
    return 0 if spent <= MOST_SECONDS and most - before <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

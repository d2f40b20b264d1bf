"""What each verb of the hazard loop costs: round trips to PostgreSQL, CPU of Python and of the server's process, a median each.

Run it with `python -m tests.bench.bench_writes`, longer with ANHUAN_BENCH_LIVES=50. CPU is counted, not time, so that a busy
machine says the same; whoever runs the servers elsewhere gets no figure for PostgreSQL.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import text

from anhuan_infra.db.engine import create_engine, create_sessions
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work
from tests.support import verbs
from tests.support.database import fresh_database
from tests.support.plant import a_plant
from tests.support.stack import ensure_stack
from tests.support.trips import counting

LIVES = int(os.environ.get("ANHUAN_BENCH_LIVES", "10"))


@dataclass(frozen=True)
class Cost:
    """One run of one verb."""

    trips: int
    python_ms: float
    postgres_ms: float | None


def main() -> int:
    """Live some lives of hazards and print what they cost."""
    with (
        tempfile.TemporaryDirectory() as home,
        fresh_database(ensure_stack(), Path(home)) as env,
    ):
        asyncio.run(measure(Settings.from_env(env)))
    return 0


async def measure(settings: Settings) -> None:
    """Each verb as often as there are lives, after two that warm everything up."""
    engine = create_engine(settings.app_database_url, pool_size=1)
    sessions = create_sessions(engine)
    plant = await a_plant(sessions, settings)
    async with sessions() as session:
        server = await session.scalar(text("select pg_backend_pid()"))
        assert server is not None
    costs: defaultdict[str, list[Cost]] = defaultdict(list)

    async def run(name: str, account: str, act: verbs.Act) -> None:
        actor = await plant.company.actor(plant.people[account])
        with counting(sessions) as trips:
            python, postgres = time.process_time(), _cpu(server)
            async with open_work(sessions, actor) as work:
                await act(work)
            spent = (time.process_time() - python) * 1_000
            after = _cpu(server)
        served = None if postgres is None or after is None else after - postgres
        costs[name].append(Cost(len(trips), spent, served))

    for _ in range(2):
        await verbs.a_life(plant, run)
    costs.clear()
    for _ in range(LIVES):
        await verbs.a_life(plant, run)
    await engine.dispose()

    print(f"\n{'verb':18}{'trips':>6}{'Python':>9}{'PostgreSQL':>12}   ms CPU, median of {LIVES}")
    for name, some in costs.items():
        served = [one.postgres_ms for one in some if one.postgres_ms is not None]
        postgres = f"{median(served):12.1f}" if served else f"{'-':>12}"
        print(f"{name:18}{some[-1].trips:6}{median(one.python_ms for one in some):9.1f}{postgres}")


def _cpu(process: int) -> float | None:
    """Milliseconds that a process of this machine has computed so far."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e6
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main())

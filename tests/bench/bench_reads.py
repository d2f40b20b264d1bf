"""Reads against PostGraphile 5 on the same database: CPU for an answer, waiting times, memory, and PostgreSQL's own floor.

`python -m tests.bench.bench_reads` (50 companies, 300,000 hazards, kept in `.artifacts/bench-reads` for the next run) or with `--small`
(3 companies, 20,000). Both answer the same questions for the same 200 people under the same row-level security, in turn; the ratios of rounds
that belong together are what counts, for the machine's other work weighs on both. See docs/performance.md.
"""

import argparse
import asyncio
import logging
import sys
from contextlib import ExitStack
from uuid import UUID

import psycopg
import structlog

from anhuan_infra.db.engine import create_engine, create_sessions
from tests.bench.reads import companies, contenders, people, report, rounds
from tests.bench.reads.measure import Bench
from tests.bench.reads.people import Asker
from tests.bench.reads.place import Place, open_place
from tests.bench.reads.questions import questions
from tests.bench.reads.shape import FULL, SMALL, Founded, Size


def main() -> int:
    """Print the figures; 1 when a promise is broken."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--small", action="store_true", help="3 companies instead of 50")
    asked.add_argument("--rounds", type=int, default=6)
    asked.add_argument("--seconds", type=float, default=2.5, help="of one contender in one round")
    asked.add_argument("--only", default="", help="names of questions, separated by commas")
    given = asked.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    size = SMALL if given.small else FULL
    wanted = set(given.only.split(",")) - {""}
    with ExitStack() as stack:
        place = stack.enter_context(open_place(size.name))
        made, askers, contexts = asyncio.run(_prepared(place, size))
        ours = stack.enter_context(contenders.ours(place, askers))
        theirs = stack.enter_context(contenders.postgraphile(place, askers, contexts))
        print(
            f"{size.companies} companies, {size.hazards:,} hazards, {len(askers)} people; {rounds.machine()}"
        )
        bench = Bench(place, askers, ours, theirs, given.rounds, given.seconds)
        all_of_them = questions()
        first = all_of_them[0]
        bench.look_around(first)
        lines = [bench.measure(one) for one in all_of_them if not wanted or one.name in wanted]
        if not wanted or first.name in wanted:
            large, usual = (bench.alone(first, made.companies[no]) for no in (0, 10 % size.companies))
            lines.append(report.growth(large, usual))
        lines.append(report.memory(ours, theirs))
    broken = [said for line in lines for said in line.broken]
    print("\n".join(["", *(broken or ["every promise kept"])]))
    return 1 if broken else 0


async def _prepared(place: Place, size: Size) -> tuple[Founded, list[Asker], dict[UUID, dict[str, str]]]:
    """The data, the people with their sessions, and the settings that each of them is given."""
    engine = create_engine(place.settings.app_database_url)
    sessions = create_sessions(engine)
    made = await companies.founded(place, sessions, place.settings, size)
    askers = await people.sign_in(sessions, made)
    contexts = await people.contexts(sessions, place.settings, askers)
    await engine.dispose()
    with psycopg.connect(place.superuser_url, autocommit=True) as owner:
        owner.execute((contenders.SOURCES / "report.sql").read_bytes())
        owner.execute("vacuum (analyze)")
        owner.execute("checkpoint")
    return made, askers, contexts


if __name__ == "__main__":
    sys.exit(main())

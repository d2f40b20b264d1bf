"""A company that PostgreSQL knows nothing of yet, just imported: the figures cost what its rows cost, not their square."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from anhuan_infra.db.engine import create_engine, create_sessions
from anhuan_infra.settings import Settings
from anhuan_platform.insights import repository
from anhuan_platform.insights.rules import Span
from tests.support.crowd import a_crowd
from tests.support.database import fresh_database

CASES = 600
# What the statement was before: for every closed case, all tasks of the company.
PLAIN_JOIN = """
    with c as materialized (select id, status = 'closed' as is_closed from cases where kind = 'hazard'),
    handed as (
        select t.case_id, max(t.done_at) as at from tasks t
        where t.case_id in (select id from c where is_closed)
            and t.step = 'rectify' and t.status = 'done' and t.outcome = 'done'
        group by t.case_id
    )
    select count(h.at) from c left join handed h on h.case_id = c.id where c.is_closed
"""


@pytest.fixture
def cold(stack: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """A database in which nobody counts rows."""
    with fresh_database(stack, tmp_path) as own:
        with psycopg.connect(own["ANHUAN_DATABASE_URL"], autocommit=True) as owner:
            for table in ("cases", "tasks", "hazards", "people", "units"):
                owner.execute(f"alter table {table} set (autovacuum_enabled = false)")
        yield own


def _most_thrown_away(node: dict[str, Any]) -> int:
    """The most rows that one node looked at for nothing."""
    own = node.get("Rows Removed by Join Filter", 0) + node.get("Rows Removed by Filter", 0)
    below = [_most_thrown_away(child) for child in node.get("Plans", ())]
    return max([int(own * node["Actual Loops"]), *below])


async def test_the_figures_of_a_period_cost_what_its_rows_cost(cold: dict[str, str]) -> None:
    settings = Settings.from_env(cold)
    engine = create_engine(settings.app_database_url)
    sessions = create_sessions(engine)
    crowd = await a_crowd(sessions, settings, CASES)
    async with crowd.company.work(crowd.director) as work:
        units = [unit.no for unit in await repository.units(work)]
        span = Span.of(work.now - timedelta(days=364), work.now, work.now)
        values = repository.period_values(work, units, span, "Asia/Shanghai")

        async def thrown_away(statement: str, values: dict[str, Any]) -> int:
            found = await work.session.scalar(text("explain (analyze, format json) " + statement), values)
            assert found is not None
            return _most_thrown_away(found[0]["Plan"])

        figures = await thrown_away(repository.PERIOD.text, values)
        square = await thrown_away(PLAIN_JOIN, {})
    await engine.dispose()

    assert figures < 20 * CASES
    assert square > 100 * CASES

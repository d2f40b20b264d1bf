"""Finding hazards by a part of their number: over the API, by the index, and within what one may see."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import CursorResult, select, text
from sqlalchemy.dialects import postgresql

from anhuan_graphql.hazards.board import OF_CASE, HazardFilter, narrowing
from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.loops.models import Case
from tests.support.plant import Plant, a_plant
from tests.support.wire import Wire

FOUND = "query($text: String) { hazards(filter: {text: $text}) { edges { node { number } } } }"
MANY = 20_000
_GROWN = """
    insert into cases select made.* from cases c, generate_series(1, 20000) n, jsonb_populate_record(c,
        jsonb_build_object('id', gen_random_uuid(), 'number', 'HZ-1999-' || lpad(cast(n as text), 5, '0'))) made
    where c.id = :case
"""
_LIKEWISE = """
    insert into hazards select made.* from hazards h, cases c,
        jsonb_populate_record(h, jsonb_build_object('id', c.id)) made
    where h.id = :case and c.tenant_id = h.tenant_id and c.number like 'HZ-1999-%'
"""


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    """A company with three hazards, one of which speaks of a number."""
    plant = await a_plant(sessions, settings)
    for said in ("冲床防护罩缺失", "叉车 10086 漏油", "2号门口堆料"):
        await plant.report(text=said)
    return plant


async def test_a_part_of_a_number_is_found_and_words_still_are(wire: Wire, plant: Plant) -> None:
    wei, other = [await wire.token_of(plant.company.id, plant.people[one]) for one in ("wei", "other")]

    async def found(text: str, who: str = wei) -> list[str]:
        page = await wire.data(FOUND, who, text=text)
        return sorted(edge["node"]["number"] for edge in page["edges"])

    first, second, third = await found("hz-2")
    year = first.split("-")[1]

    for typed in (first, first.lower(), f"{year}-0001", f"hz{year}1", "00001", "０００１"):
        assert await found(typed) == [first], typed
    assert await found(f"h{year}") == await found(year) == [first, second, third]
    # Digits that are no number here are words, and few digits are both.
    assert await found("10086") == [second]
    assert await found("2") == [second, third]
    assert await found("漏油") == [second]
    assert await found(f"{year}-00099") == await found("HZ-1999") == []
    assert await found(first, other) == await found(year, other) == []


async def test_it_is_found_by_the_index_however_many_there_are(plant: Plant, settings: Settings) -> None:
    case = await plant.report()
    async with plant.company.house() as work:
        for statement in (_GROWN, _LIKEWISE):
            grown = await work.session.execute(text(statement), {"case": case})
            assert isinstance(grown, CursorResult)
            assert grown.rowcount == MANY
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute("analyze cases, hazards")

    plans = {typed: await plan(plant, typed) for typed in ("0001", "hz-0003", "漏油")}

    for typed in ("0001", "hz-0003"):
        assert "uq_cases_tenant_id_number" in plans[typed], plans[typed]
        assert "Seq Scan on cases" not in plans[typed].replace("Seq Scan on cases p", "")
    # Positive control: words cannot be found that way.
    assert "uq_cases_tenant_id_number" not in plans["漏油"]


async def plan(plant: Plant, typed: str) -> str:
    """How PostgreSQL answers the board's first page for this text."""
    async with plant.as_("wei") as work:
        statement = (
            select(Case.id, Hazard.id)
            .join(Hazard, OF_CASE)
            .where(*await narrowing(work, HazardFilter(text=typed)))
            .order_by(Case.due_at.asc().nulls_last(), Case.id)
            .limit(26)
        )
        dialect: Any = postgresql.dialect()  # type: ignore[no-untyped-call]
        plain = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        connection = await work.session.connection()
        rows = await connection.exec_driver_sql("explain " + plain)
        return "\n".join(str(row[0]) for row in rows)

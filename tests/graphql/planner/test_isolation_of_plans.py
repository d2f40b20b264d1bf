"""Planned reads of 200 people of 50 companies on two connections, with everything going wrong among them: each gets their own rows, and all.

Every name in a company carries the company's mark, and every title the marks of its unit and its owner, so that an answer says by itself
whose it is; the lanes alone are asked far more often in `tests/infra/db/test_lanes.py`.
"""

import asyncio
import json
import random
import re
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from anhuan_graphql.context import Context
from anhuan_graphql.front import Front
from anhuan_graphql.planner.planner import READS
from anhuan_infra.db.engine import Sessions
from anhuan_infra.db.lane import LaneFailed, Statement
from anhuan_infra.db.lanes import Lanes, Limits
from anhuan_infra.settings import Settings
from anhuan_platform.loops.service.opening import install_library
from tests.support.doorstep import Doorstep, ask, open_door
from tests.support.people import a_company
from tests.support.waiting import until
from tests.support.wire import Wire

COMPANIES = 50
CASES = 12
ANSWERS = 5_000
NAME = "plans under test"
MARK = re.compile(r"K\d\dX")

_CASES = """
    insert into cases (tenant_id, id, number, kind, definition_id, title, status, stage, unit_no, owner_id, people, opened_at, facts)
    select :tenant, gen_random_uuid(), :mark || '-' || lpad(n::text, 3, '0'), 'hazard', d.id,
        :mark || ' U' || (n % 2) || ' O' || (n % 4), 'open', 'grading', (cast(:units as int[]))[1 + n % 2],
        (cast(:owners as uuid[]))[1 + n % 4], '{}', now() - n * interval '1 hour', '{}'
    from generate_series(0, :count - 1) n, (select id from loop_definitions where code = 'hazard' limit 1) d
"""
_HAZARDS = """
    insert into hazards (tenant_id, id, description, type_code)
    select tenant_id, id, title, 'other' from cases where number like :mark || '-%'
"""
BOARD = "query($n: Int!) { hazards(first: $n) { totalCount edges { node { id title unit { name } reporter { name } } } } }"
ONE = "query($id: UUID!) { hazard(id: $id) { title unit { name } reporter { name } } }"
PEOPLE = "{ people(first: 100) { totalCount edges { node { name unit { name } } } } }"
UNITS = "{ organisation { name path } }"
WRONG = (
    Statement.of("select 1 / $1::int"),
    Statement.of("select title::int from cases"),
    Statement.of("select nothing from cases"),
    Statement.of("update cases set title = 'x' returning 1"),
)
SLOW = Statement.of("select pg_sleep(30)")


@dataclass(frozen=True)
class Asker:
    """A person, and what is theirs to see by a rule that knows nothing of PostgreSQL."""

    token: str
    mark: str
    context: dict[str, str]
    titles: frozenset[str]


@dataclass(frozen=True)
class Town:
    """All the companies, those who ask, and hazards by id."""

    askers: list[Asker]
    hazards: dict[UUID, str]


@dataclass
class Tally:
    """What became of the questions."""

    answers: int = 0
    refused: int = 0
    failed: int = 0
    left: int = 0
    wrong: list[str] = field(default_factory=list[str])


@asynccontextmanager
async def two_lanes(settings: Settings) -> AsyncGenerator[Doorstep]:
    """The application with two connections for planned reads and never more."""
    async with open_door(settings, Front()) as opened:
        limits = Limits(size=2, most=2, depth=16, queue=5_000, patience=2.0)
        async with Lanes(settings.app_database_url, NAME, limits) as lanes:
            await until(lanes.is_open)
            own, opened.house.planner.lanes = opened.house.planner.lanes, lanes
            yield opened
            opened.house.planner.lanes = own


@pytest.fixture(scope="module")
async def town(sessions: Sessions, settings: Settings, wire: Wire) -> Town:
    """Fifty companies, four people in each: one sees all, two see a unit, one only their own."""
    askers: list[Asker] = []
    hazards: dict[UUID, str] = {}
    for no in range(COMPANIES):
        mark = f"K{no:02d}X"
        company = await a_company(sessions, settings, after=(install_library,))
        units = [await company.unit(f"{mark}车间{n}") for n in range(2)]
        people = [
            await company.person(f"{mark}总监", "safety_director"),
            await company.person(f"{mark}主任甲", "workshop_head", unit_no=units[0]),
            await company.person(f"{mark}主任乙", "workshop_head", unit_no=units[1]),
            await company.person(f"{mark}工人", "worker", unit_no=units[0]),
        ]
        async with company.house() as work:
            given = {"tenant": company.id, "mark": mark, "units": units, "owners": people, "count": CASES}
            await work.session.execute(text(_CASES), given)
            await work.session.execute(text(_HAZARDS), {"mark": mark})
            rows = (await work.session.execute(text("select id, title from cases order by number"))).all()
        hazards |= {row.id: row.title for row in rows}
        titles = [row.title for row in rows]
        seen = [
            titles,
            [one for one in titles if "U0" in one or "O1" in one],
            [one for one in titles if "U1" in one or "O2" in one],
            [one for one in titles if "O3" in one],
        ]
        for person, theirs in zip(people, seen, strict=True):
            actor = await company.actor(person)
            token = await wire.token_of(company.id, person)
            askers.append(Asker(token, mark, actor.context(), frozenset(theirs)))
    return Town(askers, hazards)


def judged(asker: Asker, question: str, said: dict[str, Any], about: str | None) -> list[str]:
    """What is wrong with an answer."""
    whole = json.dumps(said, ensure_ascii=False)
    strangers = set(MARK.findall(whole)) - {asker.mark}
    wrong = [f"{asker.mark} reads of {stranger}" for stranger in sorted(strangers)]
    data = said["data"]
    if question == BOARD and data:
        found = Counter(edge["node"]["title"] for edge in data["hazards"]["edges"])
        count = data["hazards"]["totalCount"]
        if found != Counter(one for one in found.elements() if one in asker.titles):
            wrong.append(f"{asker.mark} sees more than they may: {found}")
        if sum(found.values()) != count or set(found) != asker.titles:
            wrong.append(f"{asker.mark} sees {sum(found.values())} of {count}, {set(found) ^ asker.titles}")
    if question == ONE and data:
        got = data["hazard"] and data["hazard"]["title"]
        if got != (about if about in asker.titles else None):
            wrong.append(f"{asker.mark} asks for {about} and gets {got}")
    if question in (PEOPLE, UNITS) and data and asker.mark not in whole:
        wrong.append(f"{asker.mark} sees nobody")
    return wrong


async def ask_much(
    door: Doorstep, town: Town, askers: list[Asker], many: int, seed: int, tally: Tally
) -> None:
    """One client after another person's telephone: people ask, leave, and break things on the same connections."""
    chance = random.Random(seed)
    ids = list(town.hazards)
    lanes = door.house.planner.lanes
    for _ in range(many):
        asker = chance.choice(askers)
        dice = chance.random()
        if dice < 0.05:
            statement = SLOW if dice < 0.001 else chance.choice(WRONG)
            try:
                await lanes.ask(asker.context, statement, [b"0"] if statement is WRONG[0] else [])
                tally.wrong.append(f"{statement.sql!r} succeeded")
            except LaneFailed:
                tally.failed += 1
            continue
        question = chance.choices((BOARD, ONE, PEOPLE, UNITS), (5, 3, 1, 1))[0]
        given: dict[str, Any] = {"n": 100} if question == BOARD else {}
        about = chance.choice(ids) if question == ONE else None
        if about is not None:
            given = {"id": str(about)}
        asking = asyncio.ensure_future(ask(door, {"query": question, "variables": given}, asker.token))
        if dice < 0.08:
            await asyncio.sleep(chance.random() * 0.004)
            asking.cancel()
            await asyncio.wait({asking}, timeout=30)
            tally.left += 1
            if asking.cancelled():
                continue
        answer = await asking
        said = json.loads(answer.body)
        if "errors" in said:
            tally.refused += 1
            codes = {one["extensions"]["code"] for one in said["errors"]}
            if codes - {"TRY_AGAIN", "NOT_FOUND"}:
                tally.wrong.append(f"{asker.mark}: {codes}")
        tally.answers += 1
        tally.wrong += judged(asker, question, said, town.hazards[about] if about else None)


async def kill_some(settings: Settings, stop: asyncio.Event) -> int:
    """The connections die again and again."""
    killed = 0
    async with await psycopg.AsyncConnection.connect(settings.app_database_url, autocommit=True) as app:
        while not stop.is_set():
            await asyncio.sleep(0.7)
            found = await app.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s order by random() limit 1",
                [NAME],
            )
            killed += len(await found.fetchall())
    return killed


def planned() -> float:
    """How many answers PostgreSQL has made by itself so far."""
    (family,) = READS.collect()
    return sum(
        one.value for one in family.samples if one.name.endswith("_total") and one.labels["way"] == "planned"
    )


async def _learnt(door: Doorstep, town: Town) -> None:
    for question, given in (
        (BOARD, {"n": 100}),
        (ONE, {"id": str(next(iter(town.hazards)))}),
        (PEOPLE, {}),
        (UNITS, {}),
    ):
        for _ in range(3):
            await ask(door, {"query": question, "variables": given}, town.askers[0].token)


async def test_everybody_reads_what_is_theirs_whatever_goes_wrong_among_them(
    town: Town, settings: Settings
) -> None:
    async with two_lanes(settings) as door:
        await _whatever_goes_wrong(door, town, settings)


async def _whatever_goes_wrong(door: Doorstep, town: Town, settings: Settings) -> None:
    await _learnt(door, town)
    tally, stop, before = Tally(), asyncio.Event(), planned()
    killer = asyncio.ensure_future(kill_some(settings, stop))
    clients = 16
    await asyncio.gather(
        *(
            ask_much(door, town, town.askers, ANSWERS // clients * 11 // 10 + 1, seed, tally)
            for seed in range(clients)
        )
    )
    stop.set()

    assert tally.wrong[:5] == []
    assert await killer >= 2
    assert tally.answers >= ANSWERS
    assert planned() - before >= ANSWERS * 0.7
    assert tally.left > 50
    assert tally.failed > 50


def _nobody(_: Context) -> None:
    return None


async def test_a_context_of_somebody_else_would_be_noticed(
    town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: a lane that keeps the first context for everybody."""
    tally = Tally()
    first = town.askers[0].context
    ordinary = Lanes.ask

    async def mixed_up(self: Lanes, _context: Any, statement: Statement, params: Any = ()) -> bytes | None:
        return await ordinary(self, first, statement, params)

    monkeypatch.setattr(Lanes, "ask", mixed_up)
    # Known again by their token they would be seen not to stand in the other company, and be asked at the door.
    monkeypatch.setattr(Context, "arrival", _nobody)
    async with two_lanes(settings) as door:
        await _learnt(door, town)
        await ask_much(door, town, town.askers[-4:], 60, 1, tally)

    assert any("reads of K00X" in one for one in tally.wrong)

"""Many people's reads on two connections: whatever fails among them, everybody gets their own rows, all of them, and nothing stays behind."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from anhuan_infra.db import lane as lane_module
from anhuan_infra.db.lane import LaneFailed, Statement
from anhuan_infra.db.lanes import CROWDED, Lanes, Limits
from anhuan_infra.db.rls import Rls, sees, statements
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from tests.support.database import fresh_database
from tests.support.waiting import until

TENANTS = 50
ROWS = 30
ASKED = 200_000
NAME = "lanes under test"

LIST = Statement.of(
    "select string_agg(tenant_id || '/' || id || '/' || unit_no || '/' || owner_id || '/' || body, ';' order by id) from lane_rows"
)
OF_UNIT = Statement.of(
    "select string_agg(tenant_id || '/' || id || '/' || unit_no || '/' || owner_id || '/' || body, ';' order by id) from lane_rows where unit_no = $1::int"
)
COUNT = Statement.of("select count(*) from lane_rows")
LEFT = Statement.of(
    "select concat(current_setting('app.tenant_id', true), current_setting('app.see_case', true))"
)
WRONG = (
    Statement.of("select 1 / $1::int"),
    Statement.of("select body::int from lane_rows"),
    Statement.of("select nothing from lane_rows"),
    Statement.of("insert into lane_rows select * from lane_rows returning 1"),
)
SLOW = Statement.of("select pg_sleep(30)")


@dataclass(frozen=True)
class Asker:
    """A person with their settings, and the rows that are theirs to see, by a rule that knows nothing of PostgreSQL."""

    context: dict[str, str]
    rows: tuple[tuple[int, bytes], ...]

    def expected(self, unit: int | None = None) -> bytes | None:
        """What the lists answer."""
        return b";".join(text for no, text in self.rows if unit in (None, no)) or None


@dataclass(frozen=True)
class Place:
    """A database with rows of many companies, and who asks."""

    owner_url: str
    app_url: str
    askers: list[Asker]


@pytest.fixture(scope="module")
def place(stack: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A table under the product's own policy, in a database of this file's own."""
    with fresh_database(stack, tmp_path_factory.mktemp("lanes")) as env:
        settings = Settings.from_env(env)
        with psycopg.connect(settings.database_url, autocommit=True) as owner:
            owner.execute(
                "create table lane_rows (tenant_id uuid, id uuid, unit_no int, owner_id uuid, body text, primary key (tenant_id, id))"
            )
            askers: list[Asker] = []
            with owner.cursor() as cursor, cursor.copy("copy lane_rows from stdin") as copy:
                for _ in range(TENANTS):
                    rows = [(new_id(), new_id(), no % 5, new_id(), f"文本{no}") for no in range(ROWS)]
                    tenant = rows[0][0]
                    people = [new_id() for _ in range(4)]
                    kept: list[tuple[UUID, UUID, int, UUID, str]] = []
                    for no, (_, row_id, unit, _, body) in enumerate(rows):
                        kept.append((tenant, row_id, unit, people[no % 4], f"{body} {tenant}"))
                    for row in kept:
                        copy.write_row(row)
                    askers += _askers(tenant, people, kept)
            owner.execute("analyze lane_rows")
            for statement in statements("lane_rows", Rls(scope=sees("case", owner="owner_id"))):
                owner.execute(statement.encode())
        yield Place(settings.database_url, settings.app_database_url, askers)


def _askers(tenant: UUID, people: list[UUID], rows: list[tuple[UUID, UUID, int, UUID, str]]) -> list[Asker]:
    rights: list[tuple[str, set[int]]] = [("all", set()), ("own", set()), ("", {1, 3}), ("own", {2})]
    found: list[Asker] = []
    for person, (words, units) in zip(people, rights, strict=True):
        context = {
            "app.tenant_id": str(tenant),
            "app.person_id": str(person),
            "app.see_case": words,
            "app.units_case": "{" + ",".join(map(str, units)) + "}" if units else "",
        }
        seen = [
            row for row in sorted(rows, key=lambda row: row[1].bytes)
            if words == "all" or row[2] in units or (words == "own" and row[3] == person)
        ]  # fmt: skip
        texts = [(row[2], "/".join(str(part) for part in row).encode()) for row in seen]
        found.append(Asker({name: value for name, value in context.items() if value}, tuple(texts)))
    return found


@pytest.fixture
async def lanes(place: Place) -> AsyncIterator[Lanes]:
    """Two connections and never more; a read that takes a second has lost its asker."""
    limits = Limits(size=2, most=2, depth=16, queue=5_000, patience=1.0)
    async with Lanes(place.app_url, NAME, limits) as opened:
        await until(opened.is_open)
        yield opened


@dataclass
class Tally:
    """What became of the reads."""

    right: int = 0
    failed: int = 0
    given_up: int = 0
    wrong: list[str] = field(default_factory=list[str])


async def ask_much(lanes: Lanes, askers: list[Asker], many: int, seed: int, tally: Tally) -> None:
    """One client: its people ask, wrongly too, give up sometimes, and compare every answer whole."""
    chance = random.Random(seed)
    for _ in range(many):
        asker = chance.choice(askers)
        dice = chance.random()
        try:
            if dice < 0.02:
                statement = chance.choice(WRONG)
                await lanes.ask(asker.context, statement, [b"0"] if statement is WRONG[0] else [])
                tally.wrong.append(f"{statement.sql!r} succeeded")
            elif dice < 0.04:
                asking = asyncio.ensure_future(lanes.ask(asker.context, LIST))
                await asyncio.sleep(chance.random() * 0.003)
                asking.cancel()
                if not await asyncio.wait({asking}, timeout=30):
                    tally.wrong.append("not let go")
                if asking.cancelled():
                    tally.given_up += 1
                elif asking.exception() is None and asking.result() != asker.expected():
                    tally.wrong.append("late answer of somebody else")
            elif dice < 0.0401:
                await lanes.ask(asker.context, SLOW)
                tally.wrong.append("the slow one came back")
            elif dice < 0.1:
                if (left := await lanes.ask({}, LEFT)) != b"":
                    tally.wrong.append(f"left behind: {left!r}")
                if await lanes.ask({}, COUNT) != b"0":
                    tally.wrong.append("rows without a context")
            elif dice < 0.5:
                unit = chance.randrange(5)
                said = await lanes.ask(asker.context, OF_UNIT, [str(unit).encode()])
                if said != asker.expected(unit):
                    tally.wrong.append(f"{asker.context}: {said!r}")
                tally.right += 1
            else:
                said = await lanes.ask(asker.context, LIST)
                if said != asker.expected():
                    tally.wrong.append(f"{asker.context}: {said!r}")
                tally.right += 1
        except LaneFailed:
            tally.failed += 1


async def kill_some(place: Place, stop: asyncio.Event) -> int:
    """The connections die again and again."""
    killed = 0
    async with await psycopg.AsyncConnection.connect(place.app_url, autocommit=True) as owner:
        while not stop.is_set():
            await asyncio.sleep(0.7)
            found = await owner.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s order by random() limit 1",
                [NAME],
            )
            killed += len(await found.fetchall())
    return killed


async def test_everybody_gets_their_own_rows_whatever_goes_wrong_among_them(
    lanes: Lanes, place: Place
) -> None:
    tally, stop = Tally(), asyncio.Event()
    killer = asyncio.ensure_future(kill_some(place, stop))
    clients = 24
    await asyncio.gather(
        *(ask_much(lanes, place.askers, ASKED // clients + 1, seed, tally) for seed in range(clients))
    )
    stop.set()

    assert tally.wrong[:5] == []
    assert await killer >= 3
    assert lanes.counts.asked >= ASKED
    assert tally.right >= ASKED * 0.85
    assert tally.given_up > 100
    assert lanes.counts.again > 0


async def test_a_context_that_stays_would_be_noticed(
    lanes: Lanes, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: settings of the session instead of the transaction, and the first asker without any sees another's rows."""
    calls = "select set_config('{}', $1, false), set_config('{}', $2, false), set_config('{}', $3, false)"

    def lasting(names: tuple[str, ...]) -> Statement:
        return Statement.of(calls.format(*names))

    monkeypatch.setattr(lane_module, "_context_of", lasting)
    asker = next(one for one in place.askers if len(one.context) == 3)
    tally = Tally()

    await ask_much(lanes, [asker], 400, 1, tally)

    assert any("left behind" in one for one in tally.wrong)
    assert "rows without a context" in tally.wrong


async def test_a_slow_read_holds_nobody_up(place: Place) -> None:
    asker = place.askers[0]
    async with Lanes(place.app_url, f"{NAME} slow", Limits(size=1, most=3, depth=8, stall=0.05)) as lanes:
        await until(lanes.is_open)
        slow = asyncio.ensure_future(lanes.ask(asker.context, Statement.of("select pg_sleep(3)")))
        await asyncio.sleep(0)
        behind = [asyncio.ensure_future(lanes.ask(asker.context, LIST)) for _ in range(5)]

        answers = await asyncio.gather(*behind)

        assert not slow.done(), "the others were answered while it still ran"
        assert answers == [asker.expected()] * 5
        assert lanes.counts.doubled >= 1
        slow.cancel()


async def test_who_is_not_waited_for_is_not_ended(place: Place) -> None:
    """The statement itself is cancelled in PostgreSQL."""
    async with Lanes(place.app_url, f"{NAME} gone", Limits(size=1, most=1)) as lanes:
        await until(lanes.is_open)
        asking = asyncio.ensure_future(lanes.ask(place.askers[0].context, SLOW))
        async with await psycopg.AsyncConnection.connect(place.app_url, autocommit=True) as owner:

            async def runs() -> bool:
                found = await owner.execute(
                    "select 1 from pg_stat_activity where application_name = %s and state = 'active' and query ~ 'pg_sleep'",
                    [f"{NAME} gone"],
                )
                return await found.fetchone() is not None

            await until(runs)
            asking.cancel()

            async def ended() -> bool:
                return not await runs()

            await until(ended, 2.5)
        assert await lanes.ask(place.askers[0].context, LIST) == place.askers[0].expected()


async def test_too_many_are_refused_and_the_others_served(place: Place) -> None:
    asker = place.askers[0]
    async with Lanes(place.app_url, f"{NAME} many", Limits(size=1, most=1, depth=2, queue=20)) as lanes:
        await until(lanes.is_open)
        asked = [asyncio.ensure_future(lanes.ask(asker.context, LIST)) for _ in range(200)]
        answers = await asyncio.gather(*asked, return_exceptions=True)

        assert [one for one in answers if isinstance(one, bytes) and one != asker.expected()] == []
        refused = [one for one in answers if isinstance(one, LaneFailed)]
        assert {one.sqlstate for one in refused} == {CROWDED}
        assert len(refused) == lanes.counts.refused == 200 - 22
        assert await lanes.ask(asker.context, LIST) == asker.expected()


async def test_a_changed_table_is_read_anew(place: Place) -> None:
    star = Statement.of("select row_to_json(r) from (select * from lane_changed) r")
    asker = place.askers[0]
    with psycopg.connect(place.owner_url, autocommit=True) as owner:
        owner.execute("create table lane_changed (a int)")
        owner.execute("grant select on lane_changed to public")
        owner.execute("insert into lane_changed values (1)")
        plain = Statement.of("select a from lane_changed")
        async with Lanes(place.app_url, f"{NAME} changed", Limits(size=1, most=1)) as lanes:
            assert await lanes.ask(asker.context, plain) == b"1"
            assert await lanes.ask(asker.context, star) == b'{"a":1}'
            owner.execute("alter table lane_changed alter a type text")
            assert await lanes.ask(asker.context, plain) == b"1"
            assert await lanes.ask(asker.context, star) == b'{"a":"1"}'
            assert lanes.counts.again >= 1
        owner.execute("drop table lane_changed")


async def test_without_a_server_who_waits_is_told(tmp_path: Path) -> None:
    async with Lanes(f"postgresql:///x?host={tmp_path}", NAME, Limits(patience=0.3)) as lanes:
        with pytest.raises(LaneFailed) as told:
            await lanes.ask({"app.tenant_id": "x"}, LIST)
    assert told.value.sqlstate is None


async def test_more_statements_than_a_connection_keeps(place: Place) -> None:
    asker = place.askers[0]
    async with Lanes(place.app_url, f"{NAME} kept", Limits(size=1, most=1)) as lanes:
        for turn in range(2):
            for no in range(lane_module.KNOWN + 20):
                said = await lanes.ask(asker.context, Statement.of(f"select {no} + {turn - turn}"))
                assert said == str(no).encode()

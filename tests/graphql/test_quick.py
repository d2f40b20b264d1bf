"""The light door: known again by a token, and never for a moment longer than the database agrees."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import text

from anhuan_graphql import quick
from anhuan_graphql.context import Context, RequestOver
from anhuan_graphql.planner import statement
from anhuan_graphql.planner.readings import Unplanned
from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import NotSignedIn
from anhuan_infra.settings import Settings
from anhuan_infra.work import Source, open_work, system
from anhuan_tenants.identity import entry, tokens
from tests.graphql.planner.test_same_answer import planned, world
from tests.support.people import Company, a_company
from tests.support.waiting import until
from tests.support.wire import Wire, fresh
from tests.support.world import World

__all__ = ["world"]

QUESTION = "{ hazards { totalCount edges { node { number stageName } } } }"


@pytest.fixture
async def company(sessions: Sessions, settings: Settings) -> Company:
    return await a_company(sessions, settings)


async def _known(wire: Wire, token: str) -> dict[str, Any]:
    """The answer to a question that has a plan, by somebody who was here a moment ago."""
    for _ in range(2):
        await wire.ask(QUESTION, token)
    return await wire.ask(QUESTION, token)


def _always(_value: object) -> sa.ColumnElement[bool]:
    return sa.true()


async def _sql(company: Company, statement: str, **values: Any) -> None:
    async with open_work(company.sessions, system(company.id)) as work:
        await work.session.execute(text(statement), values)


async def test_who_was_here_a_moment_ago_costs_one_round_trip(
    wire: Wire, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    before_it = await _known(wire, token)

    async def nobody(*_: object) -> None:
        raise AssertionError("asked at the door")

    monkeypatch.setattr(entry, "arrive", nobody)
    before = planned()

    assert await wire.ask(QUESTION, token) == before_it
    assert planned() - before == 1
    assert before_it["data"]["hazards"]["totalCount"] > 0


CHANGES = [
    "update sign_ins set ended_at = now(), ended_why = 'test' where person_id = :person",
    "update sign_ins set expires_at = now() - interval '1 second' where person_id = :person",
    "update people set disabled_at = now() where id = :person",
]


@pytest.mark.parametrize("change", CHANGES)
async def test_who_may_come_in_no_more_is_turned_away_at_once(
    wire: Wire, company: Company, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await company.person("走", "safety_director")
    token = await wire.token_of(company.id, person)
    assert "errors" not in await _known(wire, token)
    await _sql(company, change, person=person)

    said = await wire.ask(QUESTION, token)
    assert said["data"] is None
    assert said["errors"][0]["extensions"]["code"] == NotSignedIn.code


async def test_without_asking_whether_one_stands_an_ended_session_would_go_on(
    wire: Wire, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement, "stands", _always)
    wire.house.planner.forget()
    person = await company.person("走", "safety_director")
    token = await wire.token_of(company.id, person)
    await _known(wire, token)
    await _sql(company, CHANGES[0], person=person)

    assert (await wire.ask(QUESTION, token))["data"] is not None
    wire.house.planner.forget()


async def test_a_change_of_rights_language_or_use_is_seen_by_the_next_question(
    wire: Wire, world: World
) -> None:
    company = world.company
    person = await company.person("换岗", "safety_director")
    token = await wire.token_of(company.id, person)
    everything = (await _known(wire, token))["data"]["hazards"]
    assert not any(row["node"]["stageName"].isascii() for row in everything["edges"])

    await _sql(company, "update people set language = 'en', version = version where id = :id", id=person)
    english = await wire.ask(QUESTION, token)
    assert all(row["node"]["stageName"].isascii() for row in english["data"]["hazards"]["edges"])

    await _sql(company, "delete from grants where person_id = :id", id=person)
    await _sql(company, "update people set version = version + 1 where id = :id", id=person)
    assert (await wire.ask(QUESTION, token))["data"]["hazards"]["totalCount"] < everything["totalCount"]


async def test_who_reads_on_is_in_use_and_who_did_not_for_long_is_out(wire: Wire, company: Company) -> None:
    person = await company.person("久", "safety_director")
    token = await wire.token_of(company.id, person)
    await _known(wire, token)
    await _sql(
        company, "update sign_ins set used_at = now() - interval '5 minutes' where person_id = :id", id=person
    )
    key = fresh(token)
    arrival = wire.house.arrivals.get(key)
    assert arrival is not None
    wire.house.arrivals.put(key, replace(arrival, touched=arrival.touched - 61))
    before = planned()

    assert "errors" not in await wire.ask(QUESTION, token)
    assert planned() - before == 1

    async def touched() -> bool:
        async with open_work(company.sessions, system(company.id)) as work:
            used = "select now() - used_at < interval '1 minute' from sign_ins where person_id = :id"
            return bool(await work.session.scalar(text(used), {"id": person}))

    await until(touched)

    await _sql(
        company, "update sign_ins set used_at = now() - interval '2 days' where person_id = :id", id=person
    )
    assert (await wire.ask(QUESTION, token))["errors"][0]["extensions"]["code"] == NotSignedIn.code


async def test_a_stricter_house_asks_at_the_door(wire: Wire, company: Company) -> None:
    person = await company.person("严", "safety_director")
    token = await wire.token_of(company.id, person)
    await _known(wire, token)
    await _sql(
        company,
        "update sign_ins set used_at = now() - interval '20 minutes' where person_id = :id",
        id=person,
    )
    assert "errors" not in await wire.ask(QUESTION, token)

    stricter = """update companies set settings = settings || '{"strictness": {"idle_minutes": 10}}'::jsonb where tenant_id = :id"""
    await _sql(company, stricter, id=company.id)
    assert (await wire.ask(QUESTION, token))["errors"][0]["extensions"]["code"] == NotSignedIn.code


async def test_a_question_without_a_plan_keeps_nothing_of_who_asked_it(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    inner = "number"
    for _ in range(3):
        inner = f"tasks {{ case {{ {inner} }} }} mine {{ case {{ {inner} }} }}"
    question = f"{{ hazards(first: 1) {{ edges {{ node {{ {inner} }} }} }} }}"
    for _ in range(5):
        await wire.ask(question, token)
    kept = [
        plan
        for known in wire.house.planner.known.values()
        for plan in known.plans.values()
        if isinstance(plan, Unplanned)
    ]

    assert kept
    assert [plan.__traceback__ for plan in kept] == [None] * len(kept)


async def test_somebody_elses_page_is_told_so(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    await _known(wire, token)

    own = await wire.post({"query": QUESTION}, token, **{"x-person": str(world.person_id)})
    other = await wire.post({"query": QUESTION}, token, **{"x-person": str(world.ids["person"])})
    nonsense = await wire.post({"query": QUESTION}, token, **{"x-person": "nobody"})

    assert "errors" not in own.json()
    assert [one.json()["errors"][0]["extensions"]["code"] for one in (other, nonsense)] == [
        "OTHER_PERSON"
    ] * 2


async def test_a_token_that_ran_out_is_not_known_again(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    await _known(wire, token)
    arrival = wire.house.arrivals.get(token)
    assert arrival is not None

    assert 0 < arrival.until - asyncio.get_running_loop().time() <= tokens.LIFE.total_seconds()


class _Caller:
    """A request by hand: its body in parts, and when its sender leaves."""

    def __init__(self, wire: Wire, token: str, parts: list[bytes]) -> None:
        self.app = wire.client.app
        self.parts = list(parts)
        self.token = token
        self.left = asyncio.Event()
        self.sent: list[Any] = []

    async def receive(self) -> Any:
        if self.parts:
            return {
                "type": "http.request",
                "body": self.parts.pop(0),
                "more_body": bool(self.parts),
            }
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    async def call(self) -> None:
        headers = [
            (b"content-type", b"application/json"),
            (b"authorization", f"Bearer {self.token}".encode()),
        ]
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "path": "/graphql",
            "raw_path": b"/graphql",
            "root_path": "",
            "query_string": b"",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "scheme": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
        }
        await self.app(scope, self.receive, self.send)

    @property
    def body(self) -> bytes:
        return b"".join(one.get("body", b"") for one in self.sent)


async def test_a_body_in_parts_is_one_body_for_either_door(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    raw = json.dumps({"query": QUESTION + " # in parts"}).encode()
    wire.house.planner.forget()
    found: list[bytes] = []
    before = planned()
    for _ in range(3):
        caller = _Caller(wire, token, [raw[:10], b"", raw[10:]])
        await caller.call()
        found.append(caller.body)
        assert dict(caller.sent[0]["headers"])[b"cache-control"] == b"no-store"

    assert found[0] == found[1] == found[2]
    assert b'"totalCount"' in found[0]
    assert planned() - before == 2


async def test_who_leaves_is_asked_for_no_more(
    wire: Wire, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    await _known(wire, token)
    monkeypatch.setattr(quick, "LONG", 0.0)
    was_cancelled = asyncio.Event()

    async def slow(*_: object) -> None:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            was_cancelled.set()
            raise

    monkeypatch.setattr(wire.house.planner.lanes, "ask", slow)
    caller = _Caller(wire, token, [json.dumps({"query": QUESTION, "variables": {}}).encode()])
    asyncio.get_running_loop().call_later(0.2, caller.left.set)
    await caller.call()

    assert was_cancelled.is_set()
    assert caller.sent == []


async def test_nothing_is_begun_for_a_field_whose_answer_has_gone_out(wire: Wire, world: World) -> None:
    """Its neighbour was refused, and nobody is there any more to end a transaction."""
    token = await wire.token_of(world.company.id, world.person_id)
    context = Context(wire.house, Source(), fresh(token))
    async with context.reading() as work:
        assert await work.session.scalar(text("select 1")) == 1
    await context.close()

    with pytest.raises(RequestOver):
        async with context.reading():
            raise AssertionError("begun")

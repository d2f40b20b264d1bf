"""Which way a question takes, and that either way says the same of what is odd, wrong or not to be had."""

from typing import Any

import pytest

from anhuan_infra.db.lane import CANCELLED, LaneFailed
from anhuan_infra.db.lanes import CROWDED
from anhuan_infra.ids import new_id
from tests.graphql.planner.test_same_answer import planned, world
from tests.support.people import a_company
from tests.support.wire import Wire
from tests.support.world import World

__all__ = ["world"]

ALONE = [
    "{ hazards { totalCount } }",
    "{ hazards(first: 1) { totalCount } }",
    "{ hazards { __typename } }",
    "{ hazards { pageInfo { hasPreviousPage } } }",
    "{ hazards { pageInfo { hasNextPage startCursor endCursor __typename } } }",
    "query($e: Boolean!) { hazards { edges @include(if: $e) { cursor } totalCount } }",
    "{ hazards { edges { cursor } } more: hazards(first: 1, orderBy: OPENED) { edges { node { id } } } __typename }",
    "{ hazards(filter: {status: OPEN, grades: [B, C]}) { totalCount edges { node { number } } } }",
]
ODD: list[tuple[str, dict[str, Any]]] = [
    ("query($o: HazardOrder) { hazards(orderBy: $o) { totalCount } }", {"o": None}),
    ("query($b: Boolean = true) { hazards @include(if: $b) { totalCount } }", {"b": None}),
    ("query($n: Int) { hazards(first: $n) { totalCount } }", {"n": 0}),
    ("query($n: Int) { hazards(first: $n) { totalCount } }", {"n": "x"}),
    ("query($a: String) { hazards(after: $a) { totalCount } }", {"a": "nonsense"}),
    ("query($f: HazardFilter) { hazards(filter: $f) { totalCount } }", {"f": {"text": "\u0000"}}),
    (
        "query($f: HazardFilter) { hazards(filter: $f) { totalCount } }",
        {"f": {"unit": "01890a5d-ac96-774b-bcce-b302099a8057"}},
    ),
    ("query($f: HazardFilter) { hazards(filter: $f) { totalCount } }", {"f": {"grades": []}}),
    ("query($i: UUID!) { case(id: $i) { number } }", {"i": "no id"}),
]


async def both_ways(wire: Wire, token: str, body: dict[str, Any]) -> tuple[bytes, bytes]:
    """The first answer, for which nothing is known yet, and the third."""
    wire.house.planner.forget()
    first = await wire.post(body, token)
    await wire.post(body, token)
    again = await wire.post(body, token)
    assert first.status_code == again.status_code
    return first.content, again.content


async def test_parts_of_a_page_alone_with_no_rows_with_one_and_with_more(wire: Wire, world: World) -> None:
    empty = await a_company(world.company.sessions, world.company.settings)
    nobody = await wire.token_of(empty.id, await empty.person("空", "general_manager"))
    token = await wire.token_of(world.company.id, world.person_id)
    for number in range(3):
        before = planned()
        for question in ALONE:
            for who in (nobody, token):
                first, again = await both_ways(wire, who, {"query": question, "variables": {"e": False}})
                assert b'"errors"' not in first
                assert again == first, question
        assert planned() - before >= 2 * len(ALONE), "each was planned"
        await wire.done("reportHazard", "{ id }", token, id=str(new_id()), description=f"再一处{number}")


@pytest.mark.parametrize(("question", "variables"), ODD)
async def test_what_is_odd_is_said_alike(
    wire: Wire, world: World, question: str, variables: dict[str, Any]
) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    good = {"query": question, "variables": {"i": str(world.ids["case"])} if "$i" in question else {}}
    wire.house.planner.forget()
    first = await wire.post({"query": question, "variables": variables}, token)
    for _ in range(2):  # now it is known
        assert (await wire.post(good, token)).status_code == 200
    again = await wire.post({"query": question, "variables": variables}, token)

    assert (again.status_code, again.content) == (first.status_code, first.content)


async def test_fragments_on_a_union_are_followed(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    question = (
        "query($i: UUID!) { hazard(id: $i) { area { __typename ... on Labelled { ... on Area { name } } "
        "... on Node { id } } } }"
    )
    first, again = await both_ways(
        wire, token, {"query": question, "variables": {"i": str(world.ids["case"])}}
    )

    assert "区域PLANNED".encode() in first
    assert again == first


async def test_a_statement_that_postgresql_declines_is_answered_in_the_ordinary_way(
    wire: Wire, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    body = {"query": "{ hazards { totalCount } }"}
    first, _ = await both_ways(wire, token, body)
    asked: list[int] = []

    async def declined(*_: Any, **__: Any) -> bytes:
        asked.append(1)
        raise LaneFailed("21000", "more than one row")

    monkeypatch.setattr(wire.house.planner.lanes, "ask", declined)
    answers = [(await wire.post(body, token)).content for _ in range(3)]

    assert answers == [first] * 3
    assert len(asked) == 1, "and is not tried again"


@pytest.mark.parametrize("state", [CROWDED, CANCELLED])
async def test_who_comes_to_a_crowded_lane_is_asked_to_come_again(
    wire: Wire, world: World, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    body = {"query": "{ hazards { totalCount } }"}
    await both_ways(wire, token, body)

    async def crowded(*_: Any, **__: Any) -> bytes:
        raise LaneFailed(state)

    monkeypatch.setattr(wire.house.planner.lanes, "ask", crowded)
    said = (await wire.post(body, token)).json()

    assert said["errors"][0]["extensions"]["code"] == "TRY_AGAIN"
    assert said["data"] is None


async def test_only_what_was_answered_to_somebody_is_kept(wire: Wire, world: World) -> None:
    wire.house.planner.forget()
    for no in range(3):
        await wire.post({"query": f"{{ a{no}: __typename }}"})
        await wire.post({"query": f"{{ a{no}: hazards {{ totalCount }} }}"})

    assert len(wire.house.planner.known) == 0


async def test_too_many_tables_are_no_plan(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    inner = "number"
    for _ in range(3):
        inner = f"tasks {{ case {{ {inner} }} }} mine {{ case {{ {inner} }} }}"
    question = f"query($i: UUID!) {{ case(id: $i) {{ {inner} }} }}"
    before = planned()
    first, again = await both_ways(
        wire, token, {"query": question, "variables": {"i": str(world.ids["case"])}}
    )

    assert again == first
    assert planned() == before

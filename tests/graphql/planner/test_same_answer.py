"""Random questions about a filled company: the planned answer is the ordinary answer, byte for byte, for whoever asks."""

from random import Random

import pytest

from anhuan_graphql.limits import core
from anhuan_graphql.planner.planner import READS
from anhuan_graphql.schema import schema
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.loops.service.opening import install_library
from tests.support.people import a_company
from tests.support.questions import Questioner
from tests.support.wire import Wire
from tests.support.world import World, a_world

MANY = 400


@pytest.fixture(scope="module")
async def world(sessions: Sessions, settings: Settings) -> World:
    """A company with one of everything."""
    return await a_world(await a_company(sessions, settings, after=[install_library]), "PLANNED")


def planned() -> float:
    """How many answers PostgreSQL has made by itself so far."""
    (family,) = READS.collect()
    return sum(
        one.value for one in family.samples if one.name.endswith("_total") and one.labels["way"] == "planned"
    )


async def test_the_second_answer_is_the_first_one_byte_for_byte(wire: Wire, world: World) -> None:
    """A document is answered in the ordinary way when it comes first and planned from then on."""
    token = await wire.token_of(world.company.id, world.person_id)
    other = await wire.token_of(world.company.id, world.ids["person"])
    before = planned()
    for seed in range(MANY):
        growing = Questioner(core(schema), Random(seed))
        selection = growing.on("Hazard")
        question = " ".join(
            [f'{{ case(id: "{world.ids["case"]}") {{ ... on Hazard {selection} }} }}', *growing.fragments]
        )
        language = ("zh", "en")[seed % 2]
        for who in (token, other):
            wire.house.planner.forget()
            first = await wire.post({"query": question}, who, **{"accept-language": language})
            again = await wire.post({"query": question}, who, **{"accept-language": language})
            assert again.content == first.content, question

    assert planned() - before > MANY / 2


FILTERS = [
    "",
    "filter: {status: OPEN}",
    "filter: {overdue: false, mine: true}",
    "filter: {overdue: true}",
    "filter: {reported: true, grades: [A, C]}",
    "filter: {grades: []}",
    'filter: {type: "other", stage: "report"}',
    'filter: {openedFrom: "2020-01-01T00:00:00Z", openedUntil: "2190-01-01T00:00:00+08:00"}',
    'filter: {text: "描述"}',
]


async def test_the_board_in_pages(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    for no in range(7):
        await wire.done("reportHazard", "{ id }", token, id=str(new_id()), description=f"第{no}处")
    before = planned()
    for seed in range(120):
        chance = Random(seed)
        growing = Questioner(core(schema), chance, depth=3)
        node = growing.on("Hazard")
        order = chance.choice(["", "orderBy: DUE", "orderBy: OPENED"])
        given = " ".join(
            part for part in (chance.choice(FILTERS), order, f"first: {chance.randint(1, 4)}") if part
        )
        question = " ".join(
            [
                "query($after: String) { hazards(after: $after " + given + ") {",
                "totalCount" if chance.random() < 0.5 else "",
                "edges { cursor node " + node + " } again: edges { node { number } }",
                "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
                *growing.fragments,
            ]
        )
        after = None
        for _ in range(4):
            body = {"query": question, "variables": {"after": after}}
            wire.house.planner.forget()
            first = await wire.post(body, token)
            again = await wire.post(body, token)
            assert again.content == first.content, question
            info = first.json()["data"]["hazards"]["pageInfo"]
            if not info["hasNextPage"]:
                break
            after = info["endCursor"]

    assert planned() - before > 60


async def test_what_is_not_seen_is_refused_alike(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    outsider = await wire.token_of(world.company.id, world.ids["person"])
    for root in ("case", "hazard"):
        question = f"query($id: UUID!) {{ {root}(id: $id) {{ number }} }}"
        seen = {"id": str(world.ids["case"])}
        for who, variables in ((token, {"id": str(new_id())}), (outsider, seen), (token, seen)):
            wire.house.planner.forget()
            first = await wire.post({"query": question, "variables": variables}, who)
            again = await wire.post({"query": question, "variables": variables}, who)
            assert again.content == first.content
        assert first.json()["data"][root]["number"].startswith("HZ-")

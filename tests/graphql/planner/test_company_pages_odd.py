"""Lists of people, places and notices at their edges: page by page, refused, or of a module that is not there; either way says the same."""

from typing import Any

import pytest

from anhuan_infra.ids import new_id
from tests.graphql.planner.test_company_pages import askers, both, planned, world
from tests.support.wire import Wire
from tests.support.world import World

__all__ = ["askers", "world"]

PEOPLE = """query($after: String, $unit: UUID, $text: String, $disabled: Boolean = false) {
  people(first: 2, after: $after, unit: $unit, text: $text, disabled: $disabled) {
    edges { cursor node { id name unit { path can } posts { duty unit { code } } contacts { phone } can } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }"""
NOTICES = """query($after: String) { notices(first: 1, after: $after) {
    edges { node { id title facts person { name } } } pageInfo { hasNextPage endCursor } } }"""
REFUSED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (PEOPLE, {}, {"unit": "@new"}),
    (PEOPLE, {"text": "wang"}, {"text": "a\u0000b"}),
    (PEOPLE, {}, {"after": "nonsense"}),
    ("query($u: UUID) { areas(unit: $u) { name } }", {"u": "@unit"}, {"u": "@new"}),
    ("query($u: UUID, $a: UUID) { assets(unit: $u, area: $a) { name } }", {"u": "@unit", "a": "@area"}, {"u": "@unit", "a": "@new"}),
    ("query($u: UUID, $a: UUID) { assets(unit: $u, area: $a) { name } }", {"u": "@unit", "a": "@area"}, {"u": "@new", "a": "@area"}),
    ("query($t: String!) { savedViews(target: $t) { name } }", {"t": "hazards"}, {"t": "nothing"}),
    ("query($c: String!) { loopDefinition(code: $c) { version } }", {"c": "hazard"}, {"c": "nothing"}),
    ("query($i: UUID!) { node(id: $i) { __typename id } }", {"i": "@area"}, {"i": "@new"}),
    ("query($i: UUID!) { unit(id: $i) { name } }", {"i": "@unit"}, {"i": "@new"}),
    ("query($i: UUID!) { person(id: $i) { name } }", {"i": "@leader"}, {"i": "@new"}),
    ("query($i: UUID!) { party(id: $i) { name unit { name } can } }", {"i": "@party"}, {"i": "@new"}),
    ("query($i: UUID!) { grants(person: $i) { roleCode } }", {"i": "@leader"}, {"i": "@new"}),
    ("query($i: UUID!) { absences(person: $i) { reason deputy { name } } }", {"i": "@all"}, {"i": "@new"}),
]  # fmt: skip
"""Questions, with what is answered and with what is refused."""
FOR_FEW = ["roles { code }", "subscriptions { seats }", "channels { code }", "workCalendars { version }", "strictness { stayDays }", "loopDefinitions { code }"]  # fmt: skip


def meant(world: World, given: dict[str, Any]) -> dict[str, Any]:
    """Variables with the things that `@` names."""
    ids = world.ids | {"new": new_id()}
    return {
        name: str(ids[value[1:]]) if isinstance(value, str) and value.startswith("@") else value
        for name, value in given.items()
    }


@pytest.mark.parametrize("question", [PEOPLE, NOTICES])
async def test_page_by_page(wire: Wire, world: World, askers: dict[str, str], question: str) -> None:
    before = planned()
    pages = 0
    for token in askers.values():
        for more in ({}, {"text": "a"}, {"disabled": True}) if question is PEOPLE else ({},):
            after = None
            while True:
                first, again, was_planned = await both(wire, token, question, {"after": after, **more}, "en")
                assert again == first
                assert was_planned
                pages += 1
                (found,) = (await wire.ask(question, token, after=after, **more))["data"].values()
                after = found["pageInfo"]["endCursor"]
                if not found["pageInfo"]["hasNextPage"]:
                    break

    assert planned() - before >= pages > len(askers)


@pytest.mark.parametrize(("question", "good", "bad"), REFUSED)
async def test_what_is_refused(
    wire: Wire, world: World, askers: dict[str, str], question: str, good: dict[str, Any], bad: dict[str, Any]
) -> None:
    wrong = meant(world, bad)
    for name, token in askers.items():
        wire.house.planner.forget()
        first = await wire.post({"query": question, "variables": wrong}, token)
        assert b'"errors"' in first.content
        await wire.post({"query": question, "variables": meant(world, good)}, token)
        known = await wire.post({"query": question, "variables": meant(world, good)}, token)
        if name == "all":
            assert b'"errors"' not in known.content
        again = await wire.post({"query": question, "variables": wrong}, token)

        assert (again.status_code, again.content) == (first.status_code, first.content)


@pytest.mark.parametrize("root", FOR_FEW)
async def test_what_is_not_for_everybody(wire: Wire, askers: dict[str, str], root: str) -> None:
    """Somebody else's question is known, and refused all the same."""
    question = {"query": f"{{ {root} }}"}
    wire.house.planner.forget()
    refused = await wire.post(question, askers["outsider"])
    assert b'"errors"' in refused.content
    before = planned()
    for _ in range(2):
        assert b'"errors"' not in (await wire.post(question, askers["all"])).content

    assert planned() > before
    assert (await wire.post(question, askers["outsider"])).content == refused.content


async def test_a_thing_of_a_module_that_is_given_up(wire: Wire, world: World, askers: dict[str, str]) -> None:
    """`node` finds it, and says that the module is not there instead of showing it."""
    token = askers["all"]
    question = "query($i: UUID!) { node(id: $i) { __typename id ... on Party { name } } }"
    given = {"i": str(world.ids["party"])}
    party = {"query": question, "variables": given}
    first, again, was_planned = await both(wire, token, question, given)
    assert again == first
    assert was_planned
    await wire.done("unsubscribe", "{ terms }", token, id=str(new_id()), module="parties")
    try:
        refused = await wire.post(party, token)
        wire.house.planner.forget()

        assert b'"MODULE_NOT_SUBSCRIBED"' in refused.content
        assert (await wire.post(party, token)).content == refused.content
    finally:
        await wire.done("subscribe", "{ terms }", token, id=str(new_id()), modules=["parties"])

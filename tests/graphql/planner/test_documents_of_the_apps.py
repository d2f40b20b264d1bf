"""Every question that our own apps ask is answered by PostgreSQL itself, with the bytes of the ordinary way, but for a few that say why."""

from pathlib import Path
from random import Random
from typing import Any

from anhuan_graphql.limits import core
from anhuan_graphql.schema import schema
from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNonNull,
    Node,
    OperationDefinitionNode,
    OperationType,
    Visitor,
    concat_ast,
    parse,
    print_ast,
    type_from_ast,
    visit,
)
from tests.support.askers import Asker, an_asker
from tests.support.both_ways import both_doors
from tests.support.database import ROOT
from tests.support.plenty import plenty
from tests.support.wire import Wire, open_wire

CORE = core(schema)
SOURCES = ROOT / "portal" / "web"
NOT_PLANNED = {
    "ConsoleExplain": "the policy engine says step by step how it decided",
    "ConsoleOverview": "figures of many statements, put together in Python and kept for a while",
    "ConsoleVerification": "hashes of the whole chain are worked out anew in Python",
    "DoRoute": "the unit is proposed by rules in Python that ask several times",
    "WorkRoute": "the unit is proposed by rules in Python that ask several times",
}
"""By the name of the operation, why it is answered in the ordinary way. Nothing is ever added here."""
AFTER = {"WorkCommentsAfter": "comments", "WorkTimelineAfter": "timeline"}
"""Later pages, with the list of a case whose cursors they take."""


def documents() -> dict[str, str]:
    """The queries of the apps by name, each with the fragments that it needs, as the build puts them together."""
    files = sorted(path for path in SOURCES.glob("*/*/src/**/*.graphql") if "node_modules" not in path.parts)
    everything = concat_ast([parse(path.read_text()) for path in files])
    fragments = {
        one.name.value: one for one in everything.definitions if isinstance(one, FragmentDefinitionNode)
    }
    found: dict[str, str] = {}
    for one in everything.definitions:
        if isinstance(one, OperationDefinitionNode) and one.operation is OperationType.QUERY:
            assert one.name is not None
            needed = _needed(one, fragments)
            found[one.name.value] = print_ast(DocumentNode(definitions=(one, *needed)))
    return found


def _needed(root: Node, fragments: dict[str, FragmentDefinitionNode]) -> list[FragmentDefinitionNode]:
    found: dict[str, FragmentDefinitionNode] = {}

    class Spread(Visitor):
        def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
            name = node.name.value
            if name not in found:
                found[name] = fragments[name]
                visit(fragments[name], Spread())

    visit(root, Spread())
    return list(found.values())


def _given(text: str, random: Random, pool: Any, *, whole: bool) -> dict[str, Any]:
    """What must be given, or everything that may be."""
    (operation,) = [one for one in parse(text).definitions if isinstance(one, OperationDefinitionNode)]
    first = operation.selection_set.selections[0]
    assert isinstance(first, FieldNode)
    made: dict[str, Any] = {}
    for one in operation.variable_definitions or ():
        kind: Any = type_from_ast(CORE, one.type)
        name = one.variable.name.value
        if isinstance(kind, GraphQLNonNull) or (whole and name != "after"):
            made[name] = pool.value(random, kind, (first.name.value, name))
    return made


async def _cursors(wire: Wire, asker: Asker) -> dict[str, dict[str, str]]:
    """A case with something said in it, and the first cursor of each of its lists."""
    page = "(first: 1) { edges { cursor } }"
    for case in asker.pool.own["case"]:
        question = f"query($id: UUID!) {{ case(id: $id) {{ comments{page} timeline{page} }} }}"
        found = await wire.data(question, asker.token, id=str(case))
        if found["comments"]["edges"]:
            return {
                name: {"id": str(case), "after": found[name]["edges"][0]["cursor"]} for name in AFTER.values()
            }
    raise AssertionError("nothing was said anywhere")


def test_there_are_documents() -> None:
    assert len(documents()) > 60


async def test_what_the_apps_ask_is_planned_and_the_same(
    sessions: Sessions, settings: Settings, tmp_path: Path
) -> None:
    plant = await plenty(sessions, settings)
    asked = documents()
    ordinary: set[str] = set()
    async with open_wire(settings) as wire:
        askers = [
            await an_asker(wire, "officer", plant.company, plant.people["wei"]),
            await an_asker(wire, "admin", plant.company, plant.company.founder_id, "en"),
        ]
        cursors = await _cursors(wire, askers[0])
    async with both_doors(settings, tmp_path / "web", list(asked.values())) as both:
        for name, text in asked.items():
            before = both.planned
            for whole in (False, True):
                random = Random(name)
                for asker in askers:
                    given = _given(text, random, asker.pool, whole=whole)
                    if name in AFTER:
                        given |= cursors[AFTER[name]]
                    for _ in range(2):
                        await both.ask(asker, text, given)
            if both.planned == before:
                ordinary.add(name)
        assert [str(one) for one in both.differences[:3]] == []

    assert sorted(ordinary) == sorted(NOT_PLANNED)

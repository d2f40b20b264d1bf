"""Hostile questions at the door that plans: a stable code in the words of the other door, and the next reader is served as if nothing was."""

import json
from pathlib import Path
from typing import Any

import pytest

from anhuan_graphql import limits
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.loops.service.opening import install_library
from tests.support.both_ways import BothWays, both_doors, ways
from tests.support.doorstep import ask
from tests.support.people import a_company
from tests.support.wire import Wire
from tests.support.world import World, a_world

BOARD = (
    "query($a: String, $n: Int, $f: HazardFilter, $o: HazardOrder! = DUE) "
    "{ hazards(after: $a, first: $n, filter: $f, orderBy: $o) { totalCount edges { cursor node { number } } } }"
)
TALK = (
    "query($i: UUID!, $a: String) { case(id: $i) { comments(after: $a) { edges { cursor node { body } } } } }"
)
PEOPLE = "query($a: String) { people(after: $a) { edges { cursor node { name } } } }"
DEEP = "{ hazards { edges { node { unit " + "{ parent " * 12 + "{ id }" + " }" * 12 + " } } } }"
ALIASES = "{ " + " ".join(f"a{no}: hazards {{ totalCount }}" for no in range(limits.ALIASES + 2)) + " }"
TEXT = "{ hazards { totalCount } } #" + "x" * limits.CHARACTERS
FORGED = "AAAAAAAAAAAAAAAAAAAAAFt7InUiOiIwMTg5MGE1ZC1hYzk2LTc3NGItYmNjZS1iMzAyMDk5YTgwNTcifV0"

HOSTILE: list[tuple[str, dict[str, Any], str]] = [
    ("an unknown hash", {"id": "0" * 64}, "DOCUMENT_UNKNOWN"),
    ("no hash", {"id": "../etc/passwd"}, "BAD_INPUT"),
    ("too long", {"query": TEXT}, "LIMIT_EXCEEDED"),
    ("too deep", {"query": DEEP}, "LIMIT_EXCEEDED"),
    ("too many aliases", {"query": ALIASES}, "LIMIT_EXCEEDED"),
    ("a long list", {"query": BOARD, "variables": {"f": {"grades": ["A"] * 101}}}, "LIMIT_EXCEEDED"),
    ("a great page", {"query": BOARD, "variables": {"n": 101}}, "BAD_INPUT"),
    ("no page", {"query": BOARD, "variables": {"n": -1}}, "BAD_INPUT"),
    ("NUL", {"query": BOARD, "variables": {"f": {"text": "\u0000"}}}, "BAD_INPUT"),
    ("half a sign", {"query": BOARD, "variables": {"f": {"text": "\ud800"}}}, "BAD_INPUT"),
    ("a cursor that is none", {"query": BOARD, "variables": {"a": "' or 1=1 --"}}, "BAD_CURSOR"),
    ("a forged cursor", {"query": BOARD, "variables": {"a": FORGED}}, "BAD_CURSOR"),
    ("a wrong type", {"query": BOARD, "variables": {"f": {"unit": 7}}}, "BAD_REQUEST"),
    ("a field that is none", {"query": BOARD, "variables": {"f": {"tenantId": "x"}}}, "BAD_REQUEST"),
    ("SQL", {"query": BOARD, "variables": {"f": {"text": "%' or '1'='1"}}}, ""),
    ("signs of a pattern", {"query": BOARD, "variables": {"f": {"text": "100%_\\"}}}, ""),
    ("marks of holes", {"query": BOARD, "variables": {"f": {"text": "\x01" + "0:[]\x02\x03"}}}, "BAD_INPUT"),
]


@pytest.fixture(scope="module")
async def world(sessions: Sessions, settings: Settings) -> World:
    """A company with one of everything."""
    return await a_world(await a_company(sessions, settings, after=[install_library]), "HOSTILE")


async def _known(both: BothWays, world: World, token: str) -> None:
    """The documents are known and planned."""
    for query, given in ((BOARD, {}), (TALK, {"i": str(world.ids["case"])}), (PEOPLE, {})):
        for _ in range(3):
            said = await ask(both.planning, {"query": query, "variables": given}, token)
            assert said.is_good, said.body


async def test_a_hostile_question_is_met_in_the_same_words(
    world: World, wire: Wire, settings: Settings, tmp_path: Path
) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    good = {"query": BOARD, "variables": {}}
    async with both_doors(settings, tmp_path / "web", []) as both:
        await _known(both, world, token)
        expected = await ask(both.plain, good, token)
        for what, body, code in HOSTILE:
            met = [await ask(both.planning, body, token) for _ in range(2)]
            plain = await ask(both.plain, body, token)
            assert met == [plain, plain], what
            errors = json.loads(plain.body).get("errors", [])
            assert [one["extensions"]["code"] for one in errors][:1] == ([code] if code else []), what

            before = ways()["planned"]
            assert await ask(both.planning, good, token) == expected, what
            assert ways()["planned"] - before == 1, what


async def test_a_cursor_fits_its_own_list_and_nobody_elses(
    world: World, wire: Wire, sessions: Sessions, settings: Settings, tmp_path: Path
) -> None:
    """Of another order, another list, another case, another company."""
    async with both_doors(settings, tmp_path / "web", []) as both:
        await _cursors(both, world, wire, sessions, settings)


async def _cursors(both: BothWays, world: World, wire: Wire, sessions: Sessions, settings: Settings) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    other = await a_world(await a_company(sessions, settings, after=[install_library]), "OTHERS")
    stranger = await wire.token_of(other.company.id, other.person_id)
    await _known(both, world, token)
    for who, where in ((token, world), (stranger, other)):
        for _ in range(2):
            await wire.done("reportHazard", "{ id }", who, id=str(new_id()), description="又一处")
            await wire.done(
                "comment", "{ id }", who, id=str(new_id()), caseId=str(where.ids["case"]), body="看一下"
            )

    async def cursor(query: str, who: str, **given: Any) -> str:
        said = json.loads((await ask(both.planning, {"query": query, "variables": given}, who)).body)["data"]
        page = said.get("hazards") or said.get("people") or said["case"]["comments"]
        found: str = page["edges"][0]["cursor"]
        return found

    case = str(world.ids["case"])
    cursors = {
        "opened": await cursor(BOARD, token, o="OPENED"),
        "people": await cursor(PEOPLE, token),
        "talk": await cursor(TALK, token, i=case),
        "theirs": await cursor(BOARD, stranger),
        "their talk": await cursor(TALK, stranger, i=str(other.ids["case"])),
    }
    for name, found in cursors.items():
        for query, given in ((BOARD, {"a": found}), (TALK, {"a": found, "i": case}), (PEOPLE, {"a": found})):
            fits = (name, query) in {("people", PEOPLE), ("talk", TALK)}
            body = {"query": query, "variables": given}
            answers = [await ask(both.planning, body, token), await ask(both.plain, body, token)]
            assert answers[0] == answers[1], (name, query)
            assert (b"BAD_CURSOR" not in answers[0].body) == fits, (name, answers[0].body)

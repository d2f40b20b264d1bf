"""Every text argument of every act is given every naughty string: a code or a plain success, never a 500, never a trace.

What is accepted comes back exactly as it was sent.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from anhuan_graphql import limiter
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.loops.service.opening import install_library
from tests.graphql.test_isolation import LEADS_TO, MADE, SENSIBLE
from tests.support import shape
from tests.support.people import a_company
from tests.support.wire import Wire
from tests.support.world import World, a_world

EXTREMES = [
    "\x00", "a\x00b", "\x1b[31m", "\x7f", "\u0085", "\u200b", "\u202e反转文字", "\ufeff", "\ufffe", "\U0010ffff", "\U000e0041",
    "👩‍👩‍👧‍👦", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!", "ﷺ" * 100, "字" * 20_000, " ", "\t", "\n", "\r\n", "'; drop table cases; --", "{{7*7}}",
    "${jndi:ldap://x}", "../../etc/passwd", "%00", "%s%s%s%n", "=1+1", "<script>alert(1)</script>", "null", "NaN", "0x0", "-1", "1e999",
    "u1.u2", "a" * 100_000,
]  # fmt: skip
"""Beside the published list; the JSON ones with half a surrogate follow below as escapes."""

FRESH = {
    "signUp.code",
    "signUp.account",
    "addArea.code",
    "addAsset.code",
    "addRole.code",
    "addUnit.code",
    "addPost.code",
    "addParty.code",
    "addPerson.account",
}
SLOW = {"signUp", "signIn", "setPassword", "activate", "refresh"}
"""Each of these costs a password hash or begins a company: they get the extremes and a sample, not the whole list."""


@pytest.fixture(scope="module")
async def world(sessions: Sessions, settings: Settings) -> World:
    """A filled company of its own, since odd names stay in it."""
    return await a_world(await a_company(sessions, settings, after=[install_library]), "NAUGHTY")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries a thousand times would be stopped by the allowance, which is another test's business."""
    for name in ("SIGN_IN_ACCOUNT", "SIGN_IN_ADDRESS", "SIGN_UP_ADDRESS", "REFRESH_ADDRESS"):
        monkeypatch.setattr(limiter, name, limiter.Allowance(name, 1_000_000, 60))


def strings(data: Path) -> list[str]:
    """The published list and ours."""
    published = json.loads((data / "naughty_strings" / "blns_first200.json").read_text())
    assert len(published) == 200
    return [*published, *EXTREMES]


def values(world: World) -> dict[str, Any]:
    """Sensible values for everything that is not being tried."""
    own: dict[str, Any] = {key: str(world.ids[kind]) for key, kind in LEADS_TO.items() if kind != MADE}
    own |= {key: str(new_id()) for key, kind in LEADS_TO.items() if kind == MADE} | {
        "signUp.id": str(new_id())
    }
    fresh = f"c{new_id().hex[-10:]}"
    return (
        SENSIBLE
        | own
        | dict.fromkeys(FRESH, fresh)
        | {"reportHazard.evidence": None, "password": "x", "after": None}
    )


def text_leaves() -> list[shape.Leaf]:
    """Every text argument of every act, and of the questions that search."""
    return [leaf for root in shape.roots() for leaf in shape.leaves(root) if leaf.kind == "String"]


def filled(leaf: shape.Leaf, world: World, *texts: str) -> tuple[str, dict[str, Any]]:
    """A question asked once for each text, in which one argument is that text."""
    return shape.question(leaf.root, *(shape.usual(values(world) | {leaf.key: text}) for text in texts))


def wrong(answer: Any) -> str | None:
    """What is wrong with an answer, if anything is."""
    if answer.status_code >= 500 or "INTERNAL" in answer.text or "Traceback" in answer.text:
        return f"{answer.status_code} {answer.text[:300]}"
    said = answer.json()
    for problem in said.get("errors", []):
        if not problem["extensions"].get("code"):
            return f"no code: {answer.text[:300]}"
    return None


def share(leaf_no: int, leaf: shape.Leaf, data: Path) -> list[str]:
    """Our extremes and a tenth of the published list, another tenth for each argument; all of it with ANHUAN_TESTS=full."""
    every = [text for text in strings(data) if "\x00" not in text]
    if os.environ.get("ANHUAN_TESTS") == "full" and leaf.root.name not in SLOW:
        return every
    ours = [text for text in EXTREMES if "\x00" not in text]
    return [*(ours[:6] if leaf.root.name in SLOW else ours), *every[leaf_no % 10 : 200 : 10]]


@pytest.mark.usefixtures("patient")
async def test_no_text_breaks_an_act(wire: Wire, world: World, data: Path) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    found: list[str] = []
    tried: set[str] = set()
    for place, leaf in enumerate(text_leaves()):
        some = share(place, leaf, data)
        tried.update(some)
        for start in range(0, len(some), 5):
            texts = some[start : start + 5]
            query, variables = filled(leaf, world, *texts)
            answer = await wire.post({"query": query, "variables": variables}, token)
            if problem := wrong(answer):
                found.append(f"{leaf.key} {[text[:20] for text in texts]!r}: {problem}")

    assert found == []
    assert len(tried) > 200


async def test_nul_is_named_wherever_it_comes(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    for leaf in text_leaves():
        query, variables = filled(leaf, world, "a\x00b")

        answer = (await wire.post({"query": query, "variables": variables}, token)).json()

        assert answer["data"] is None, leaf.key
        assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"
        assert leaf.path[-1] in answer["errors"][0]["extensions"]["path"], leaf.key


ODD_SHAPES: list[Any] = [
    1, 1.5, True, "x", [], {}, [[]], {"": {}}, {"steps": 1}, {"code": [], "version": "x"}, {"steps": [{"form": {"pattern": "(a+)+$"}}]},
    {"code": "hazard", "version": 1, "name": {}, "series": "x", "stages": [], "steps": [], "ladders": {}},
]  # fmt: skip


async def test_no_shape_breaks_an_argument_that_takes_any(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    open_leaves = [leaf for root in shape.roots() for leaf in shape.leaves(root) if leaf.kind == "JSON"]
    assert open_leaves

    for leaf in open_leaves:
        for odd in ODD_SHAPES:
            query, variables = shape.question(leaf.root, shape.usual(values(world) | {leaf.key: odd}))
            answer = await wire.post({"query": query, "variables": variables}, token)
            assert wrong(answer) is None, (leaf.key, odd)


async def test_half_a_surrogate_is_named_wherever_it_comes(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    for leaf in text_leaves():
        query, variables = filled(leaf, world, "HALF")
        body = json.dumps({"query": query, "variables": variables}).replace("HALF", "\\ud800")

        answer = (await wire.post(body, token)).json()

        assert answer["data"] is None, leaf.key
        assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"
        assert leaf.path[-1] in answer["errors"][0]["extensions"]["path"], leaf.key


async def test_accepted_text_comes_back_exactly(wire: Wire, lin: str, data: Path) -> None:
    exact = 0
    for text in strings(data)[::2]:
        if "\x00" in text:
            continue
        hazard = str(new_id())
        said = await wire.act("reportHazard", "{ description }", lin, id=hazard, description=text)
        if said["result"] is None:
            assert said["errors"][0]["code"] == "BAD_INPUT"
            assert said["errors"][0]["path"] == "description"
            continue
        assert said["result"]["description"] == text.strip()
        exact += 1

    assert exact > 80


async def test_a_text_that_breaks_something_would_be_seen(
    wire: Wire, lin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: without the check of values, a NUL reaches the database and is a fault of ours."""
    from anhuan_graphql import limits
    from anhuan_platform.hazards.service import reporting

    monkeypatch.setattr(limits, "check_values", lambda _: None)
    monkeypatch.setattr(reporting, "clean", lambda value, *_a, **_k: value)

    answer = await wire.post(
        {
            "query": "mutation($input: ReportHazardInput!) { reportHazard(input: $input) { errors { code } } }",
            "variables": {"input": {"id": str(new_id()), "description": "a\x00b"}},
        },
        lin,
    )

    assert wrong(answer)

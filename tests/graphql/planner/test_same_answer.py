"""Thousands of random questions about a filled company: the planned answer is the ordinary answer, byte for byte, for whoever asks.

Seeded: `ANHUAN_QUESTION_SEED` asks others than those of every day. A question that is answered in two ways is shown as small as it
can be made.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import psycopg
import pytest
from psycopg import sql

from anhuan_graphql import limits
from anhuan_graphql.limits import core
from anhuan_graphql.planner.compiler import strawberry_field
from anhuan_graphql.planner.readings import NOUNS, PLAN, Column
from anhuan_graphql.schema import schema
from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import Refused
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.loops.service.opening import install_library
from anhuan_tenants.organisation.models import Person as PersonRow
from graphql import GraphQLObjectType, parse, validate
from tests.support.askers import SEEN, Asker, an_asker
from tests.support.both_ways import BothWays, Difference, both_doors, ways
from tests.support.people import a_company
from tests.support.plenty import a_neighbour, plenty
from tests.support.questions import Question, Questioner, has_reading
from tests.support.shrinking import shrunk
from tests.support.values import NOBODYS, Pool
from tests.support.wire import Wire, open_wire
from tests.support.world import World, a_world

SEED = int(os.environ.get("ANHUAN_QUESTION_SEED", "20261121"))
SHARES = 4
MANY = 1_300
"""Answers of each share."""
DRAWS = 2
CORE = core(schema)
FOR_FEW = frozenset(
    {
        "channels",
        "channelKinds",
        "grants",
        "record",
        "recordHead",
        "explainAccess",
        "undeliveredNotices",
        "strictness",
        "absences",
        "workCalendars",
        "loopDefinition",
        "loopDefinitions",
        "savedViews",
    }
)
"""Roots that most askers are refused; asked seldom, so that most answers are answers."""
_CURSOR = re.compile(rb'"(?:end|start)?[cC]ursor":"([^"]+)"')


@pytest.fixture(scope="module")
async def world(sessions: Sessions, settings: Settings) -> World:
    """A company with one of everything."""
    return await a_world(await a_company(sessions, settings, after=[install_library]), "PLANNED")


def planned() -> float:
    """How many answers PostgreSQL has made by itself so far."""
    return ways()["planned"]


@dataclass(frozen=True)
class Ground:
    """Who asks about the filled company and its neighbour."""

    askers: list[Asker]


@pytest.fixture(scope="module")
async def ground(sessions: Sessions, settings: Settings) -> Ground:
    """An administrator, a safety officer, a worker, somebody of an outside firm, and the safety officer of another company."""
    plant, other = await plenty(sessions, settings), await a_neighbour(sessions, settings)
    people = [
        ("admin", plant.company, plant.company.founder_id),
        ("officer", plant.company, plant.people["wei"]),
        ("worker", plant.company, plant.people["lin"]),
        ("outside", plant.company, plant.people["outside"]),
        ("neighbour", other.company, other.people["wei"]),
    ]
    askers: list[Asker] = []
    async with open_wire(settings) as wire:
        for no, (name, company, person) in enumerate(people):
            elsewhere = other if company is plant.company else plant
            askers.append(await an_asker(wire, name, company, person, ("zh", "en")[no % 2], elsewhere))
    return Ground(askers)


@pytest.fixture(scope="module", autouse=True)
def planned_once(settings: Settings) -> Iterator[None]:
    """Each statement here is asked a few times only: without this, PostgreSQL would think about each of them anew every time."""
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        name = sql.Identifier(owner.info.dbname)
        owner.execute(sql.SQL("alter database {} set plan_cache_mode = force_generic_plan").format(name))
        yield
        owner.execute(sql.SQL("alter database {} reset plan_cache_mode").format(name))


def grown(seed: int, many: int, pool: Pool, *, all_tame: bool = False) -> tuple[list[Question], Counter[str]]:
    """Questions that pass the checks of the door; most name only what the planner could know."""
    random = Random(seed)
    questioner = Questioner(CORE, random, pool=pool)
    assert CORE.query_type is not None
    readable = [name for name in CORE.query_type.fields if has_planned_root(name)]
    found: list[Question] = []
    while len(found) < many:
        is_tame = all_tame or random.random() < 0.92
        questioner.may = has_reading if is_tame else lambda _kind, _name: True
        questioner.depth = random.choice((2, 2, 3, 3, 4))
        roots = readable if is_tame else sorted(CORE.query_type.fields)
        weights = [1 if name in FOR_FEW else 6 for name in roots]
        chosen = random.choices(roots, weights, k=random.choice((1, 1, 1, 1, 1, 2, 3)))
        question = questioner.operation(chosen)
        if _is_fit(question, random, pool):
            found.append(question)
    return found, questioner.asked


def has_planned_root(name: str) -> bool:
    """Whether a root field has a reading."""
    assert CORE.query_type is not None
    return PLAN in strawberry_field(CORE.query_type, name).metadata


def _is_fit(question: Question, random: Random, pool: Pool) -> bool:
    document = parse(question.text)
    if validate(CORE, document):
        return False
    try:
        limits.check_text(question.text)
        limits.measure(CORE, document, question.given(random, pool))
    except Refused:
        return False
    return True


async def ask_all(both: BothWays, ground: Ground, questions: list[Question], seed: int) -> None:
    """Everybody asks everything, with values of their own; lists are walked with the cursors that came."""
    random = Random(seed)
    for question in questions:
        after = next((name for name, one in question.variables.items() if one.path[-1] == "after"), None)
        for _ in range(DRAWS):
            for asker in ground.askers:
                asker.pool.cursors[:] = asker.pool.cursors[-3:]
                given = question.given(random, asker.pool)
                answer = await both.ask(asker, question.text, given)
                found = [one.decode() for one in _CURSOR.findall(answer.body)]
                asker.pool.cursors[:] = found or asker.pool.cursors
                for _ in range(2 if after and found else 0):
                    assert after is not None
                    more = await both.ask(asker, question.text, given | {after: found[-1]})
                    found = [one.decode() for one in _CURSOR.findall(more.body)]
                    if not found:
                        break


async def smallest(both: BothWays, one: Difference) -> Difference:
    """The same difference in as few words as possible."""

    async def fails(text: str) -> bool:
        return await both.differs(one.asker, text, one.variables) is not None

    small = await shrunk(CORE, one.text, fails)
    return await both.differs(one.asker, small, one.variables) or one


@pytest.mark.parametrize("share", range(SHARES))
async def test_whatever_is_asked_is_answered_alike(
    ground: Ground, settings: Settings, tmp_path: Path, share: int
) -> None:
    seed = SEED + share
    questions, _ = grown(seed, MANY // (DRAWS * len(ground.askers)), ground.askers[1].pool)
    async with both_doors(settings, tmp_path / "web", [one.text for one in questions]) as both:
        await ask_all(both, ground, questions, seed)

        told = [str(await smallest(both, one)) for one in both.differences[:3]]
        assert told == [], f"{len(both.differences)} with ANHUAN_QUESTION_SEED={SEED}"
    assert both.asked >= MANY
    assert both.good >= both.asked * 0.7
    assert both.planned >= both.asked * 0.5


def test_nearly_every_field_of_what_is_planned_is_asked_for() -> None:
    """Over all shares; a noun that nobody can reach from a root would be compared by nobody."""
    pool = Pool({kind: [NOBODYS] for kind in (*SEEN, "node")}, [NOBODYS])
    asked: Counter[str] = Counter()
    for share in range(SHARES):
        questions, _ = grown(SEED + share, MANY // (DRAWS * 5), pool)
        asked.update(named for question in questions for named in question.fields)
    wanted: list[str] = []
    for name in NOUNS:
        kind = CORE.type_map[name]
        assert isinstance(kind, GraphQLObjectType)
        wanted += [f"{name}.{field}" for field in kind.fields if has_reading(kind, field)]

    never = [one for one in wanted if not asked[one]]
    assert len(never) <= len(wanted) // 5, never


async def test_two_columns_exchanged_are_found(
    ground: Ground, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: a person's name read where the account belongs."""
    person = NOUNS["Person"]
    broken = replace(person, readings={**person.readings, "account": Column(PersonRow.name)})
    monkeypatch.setitem(NOUNS, "Person", broken)
    questions = [
        one
        for one in grown(SEED, 120, ground.askers[1].pool, all_tame=True)[0]
        if "Person.account" in one.fields
    ]
    async with both_doors(settings, tmp_path / "web", [one.text for one in questions]) as both:
        await ask_all(both, ground, questions[:6], SEED)
        assert both.differences != []
        small = await smallest(both, both.differences[0])

    assert "account" in small.text
    assert len(small.text.split()) <= 24, small.text


async def test_what_is_not_seen_is_refused_alike(wire: Wire, world: World) -> None:
    token = await wire.token_of(world.company.id, world.person_id)
    outsider = await wire.token_of(world.company.id, world.ids["person"])
    before = planned()
    for root in ("case", "hazard"):
        question = f"query($id: UUID!) {{ {root}(id: $id) {{ number }} }}"
        seen = {"id": str(world.ids["case"])}
        for who, variables in ((token, {"id": str(new_id())}), (outsider, seen), (token, seen)):
            wire.house.planner.forget()
            first = await wire.post({"query": question, "variables": variables}, who)
            again = await wire.post({"query": question, "variables": variables}, who)
            assert again.content == first.content
        assert first.json()["data"][root]["number"].startswith("HZ-")

    assert planned() >= before + 2

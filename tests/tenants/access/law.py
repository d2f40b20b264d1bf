"""A random company's policy written into the real tables, with rows to be seen or not, and what Casbin says of each."""

from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.work import Place, Work
from anhuan_platform.loops.models import Case, Comment, LoopDefinition
from anhuan_tenants.access import models as access
from anhuan_tenants.access import roles
from anhuan_tenants.access.acts import Act, Resource
from anhuan_tenants.companies import versions
from anhuan_tenants.companies.service import ROOT
from anhuan_tenants.organisation.models import Contact, Holding, Person, Post, Unit
from anhuan_tenants.parties.models import Party
from tests.support import policies
from tests.support.people import Company
from tests.support.policies import World

TABLES = ("cases", "comments", "contacts", "holdings", "parties", "people", "record_entries", "units")
Row = dict[str, Any]

READING = tuple(resource.reading for resource in Resource)


@dataclass(frozen=True, slots=True)
class Thing:
    """One row, and the questions of which any one, answered with yes, lets it be seen."""

    table: str
    id: UUID
    asks: tuple[tuple[Act, Place], ...]


@dataclass(frozen=True)
class Settled:
    """A world that stands in the tables of a company."""

    company: Company
    world: World
    things: tuple[Thing, ...]

    @cached_property
    def allowed(self) -> dict[UUID, set[tuple[str, UUID]]]:
        """What Casbin's own answer lets each person see."""
        casbin = self.world.enforcer()
        return {
            person: {
                (thing.table, thing.id)
                for thing in self.things
                if any(casbin.enforce(person, act, place) for act, place in thing.asks)
            }
            for person in self.world.people
        }


def a_world(seed: int, places: int) -> World:
    """A random world as far as tables can hold it: grants at units that exist, at most one outside party for each person."""
    random = Random(seed)
    world = policies.grow(
        seed,
        units=random.randrange(3, 30),
        roles=4,
        people=6,
        places=places,
        acts=READING,
        also=roles.SHIPPED,
    )
    here = world.tree.paths
    return replace(
        world,
        grants=tuple(dict.fromkeys(grant for grant in world.grants if grant.node in here)),
        holdings=tuple(dict.fromkeys(holding for holding in world.holdings if holding.node in here)),
        parties={person: frozenset(sorted(parties)[:1]) for person, parties in world.parties.items()},
    )


async def settle(company: Company, world: World) -> Settled:
    """Write the world into the company's tables."""
    random = Random(len(world.places))
    things: list[Thing] = []
    async with company.house() as work:
        things += await _tree(work, world)
        things += await _parties(work, world)
        things += await _people(work, world, random)
        await _policy(work, world)
        things += await _holdings(work, world)
        things += await _cases(work, world)
        await versions.policy_changed(work)
    return Settled(company, world, tuple(things))


async def _tree(work: Work, world: World) -> list[Thing]:
    """The tree begins with unit 1, as every company's does, so that one is there already."""
    rows: list[Row] = [
        {
            "id": new_id(),
            "no": no,
            "code": f"c{no}",
            "name": f"单位{no}",
            "name_sort": "",
            "kind": "department",
            "path": path,
        }
        for no, path in world.tree.paths.items()
        if no != ROOT
    ]
    await work.session.execute(insert(Unit), rows)
    found = await work.session.execute(select(Unit.id, Unit.no))
    return [Thing("units", one, ((Act.UNIT_READ, Place(unit_no=no)),)) for one, no in found]


async def _parties(work: Work, world: World) -> list[Thing]:
    """Those whom people belong to and those that rows name, each looked after by a unit that may be gone."""
    named = {place.party_id for place in world.places if place.party_id}
    named |= {one for some in world.parties.values() for one in some}
    units = [place.unit_no for place in world.places if place.unit_no is not None] or [1]
    rows: list[Row] = [
        {
            "id": party,
            "code": f"p{at}",
            "name": f"相关方{at}",
            "kind": "contractor",
            "unit_no": units[at % len(units)],
        }
        for at, party in enumerate(sorted(named))
    ]
    if rows:
        await work.session.execute(insert(Party), rows)
    return [
        Thing("parties", row["id"], ((Act.PARTY_READ, Place(unit_no=row["unit_no"], party_id=row["id"])),))
        for row in rows
    ]


async def _people(work: Work, world: World, random: Random) -> list[Thing]:
    """The people of the policy, and one more for each place, with their contacts."""
    homes = [place.unit_no or 7777 for place in world.places]
    staff = [
        (person, random.choice(homes), next(iter(world.parties[person]), None)) for person in world.people
    ]
    staff += [(new_id(), place.unit_no or 7777, place.party_id) for place in world.places]
    await work.session.execute(
        insert(Person),
        [
            {
                "id": one,
                "account": one.hex,
                "name": "某人",
                "name_sort": "",
                "home_unit_no": home,
                "party_id": party,
            }
            for one, home, party in staff
        ],
    )
    await work.session.execute(insert(Contact), [{"id": one, "unit_no": home} for one, home, _ in staff])
    seen = [
        Thing("people", one, ((Act.UNIT_READ, Place(unit_no=home, owner_id=one, party_id=party)),))
        for one, home, party in staff
    ]
    return seen + [
        Thing("contacts", one, ((Act.PERSON_READ, Place(unit_no=home, owner_id=one)),))
        for one, home, _ in staff
    ]


async def _policy(work: Work, world: World) -> None:
    own = [role for code, role in world.roles.items() if code not in roles.SHIPPED]
    await work.session.execute(
        insert(access.Role),
        [
            {"code": role.code, "name_zh": role.zh, "name_en": role.en, "permissions": role.pairs()}
            for role in own
        ],
    )
    if world.grants:
        await work.session.execute(
            insert(access.Grant),
            [{"person_id": one.person, "role_code": one.role, "unit_no": one.node} for one in world.grants],
        )


async def _holdings(work: Work, world: World) -> list[Thing]:
    await work.session.execute(
        insert(Post),
        [
            {"id": post, "code": post.hex, "name": "岗位", "duty": "worker", "roles": sorted(codes)}
            for post, codes in world.post_roles.items()
        ],
    )
    rows: list[Row] = [
        {"id": new_id(), "person_id": one.person, "post_id": one.post, "unit_no": one.node}
        for one in world.holdings
    ]
    if rows:
        await work.session.execute(insert(Holding), rows)
    return [
        Thing(
            "holdings",
            row["id"],
            ((Act.UNIT_READ, Place(unit_no=row["unit_no"], owner_id=row["person_id"])),),
        )
        for row in rows
    ]


async def _cases(work: Work, world: World) -> list[Thing]:
    """A case for each place whose unit exists, something said in it, and two entries of the record: of it, and beside it."""
    definition = LoopDefinition(id=new_id(), code="bare", version=1, body={})
    work.session.add(definition)
    await work.session.flush()
    cases, comments, entries = list[Row](), list[Row](), list[Row]()
    things: list[Thing] = []
    for place in world.places:
        said, beside = new_id(), new_id()
        entries.append(_entry(beside, place.unit_no, None))
        things.append(Thing("record_entries", beside, ((Act.RECORD_READ, Place(unit_no=place.unit_no)),)))
        if place.unit_no not in world.tree.paths:
            continue
        case, of_it = new_id(), new_id()
        cases.append(
            {
                "id": case,
                "number": case.hex,
                "kind": "hazard",
                "definition_id": definition.id,
                "title": "护栏缺失",
                "stage": "report",
                "unit_no": place.unit_no,
                "owner_id": place.owner_id,
                "party_id": place.party_id,
                "people": sorted(place.people),
                "opened_at": work.now,
            }
        )
        comments.append({"id": said, "case_id": case, "author_id": world.people[0], "body": "已看到"})
        entries.append(_entry(of_it, None, case))
        through_case = (Act.CASE_READ, place)
        things.append(Thing("cases", case, (through_case,)))
        things.append(Thing("comments", said, (through_case,)))
        things.append(Thing("record_entries", of_it, ((Act.RECORD_READ, Place()), through_case)))
    for table, rows in ((Case, cases), (Comment, comments), (RecordEntry, entries)):
        if rows:
            await work.session.execute(insert(table), rows)
    return things


def _entry(entry_id: UUID, unit_no: int | None, case_id: UUID | None) -> Row:
    return {
        "id": entry_id,
        "actor_kind": "system",
        "act": "test.act",
        "subject_kind": "test",
        "subject_id": entry_id,
        "unit_no": unit_no,
        "case_id": case_id,
        "source": {},
        "body": {},
    }

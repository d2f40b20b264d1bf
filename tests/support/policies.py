"""Random companies for policy tests: trees, roles, posts, people, outside parties and rows, all grown from one seed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from anhuan_infra.ids import new_id
from anhuan_infra.work import Place
from anhuan_platform.loops.models import Case, LoopDefinition
from anhuan_tenants.access import compiler, policy
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.enforcer import Enforcer
from anhuan_tenants.access.policy import Condition, Grant, Holding, Role, Tree
from tests.support.people import Company

ACTS = (Act.CASE_READ, Act.PERSON_READ, Act.HAZARD_GRADE, Act.WORK_STOP)


@dataclass(frozen=True)
class World:
    """One company with its policy, and things standing in it."""

    tree: Tree
    roles: dict[str, Role]
    people: tuple[UUID, ...]
    grants: tuple[Grant, ...]
    holdings: tuple[Holding, ...]
    post_roles: dict[UUID, frozenset[str]]
    parties: dict[UUID, frozenset[UUID]]
    places: tuple[Place, ...]

    def enforcer(self) -> Enforcer:
        """Casbin with the whole company's policy."""
        return Enforcer(
            self.roles.values(), self.tree, self.grants, self.holdings, self.post_roles, self.parties
        )

    def reaching(self, person: UUID) -> tuple[Grant, ...]:
        """The grants that reach one person."""
        return policy.reaching(person, self.grants, self.holdings, self.post_roles)

    def access(self, person: UUID, tree: Tree | None = None) -> compiler.Access:
        """One person's compiled policy, under this tree or another."""
        return compiler.compile_access(
            self.reaching(person), self.roles, tree or self.tree, person, self.parties[person]
        )

    def questions(self) -> Iterator[tuple[UUID, Act, Place]]:
        """Everything that can be asked in this world."""
        return ((person, act, place) for person in self.people for act in ACTS for place in self.places)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Small worlds; sizes shrink, and the seed fills them in."""
    return grow(
        draw(st.integers(0, 2**32)),
        units=draw(st.integers(1, 24)),
        roles=draw(st.integers(0, 4)),
        people=draw(st.integers(1, 4)),
        places=draw(st.integers(1, 24)),
    )


def grow(
    seed: int,
    units: int = 20,
    roles: int = 3,
    people: int = 4,
    places: int = 20,
    acts: Sequence[Act] = ACTS,
    also: Mapping[str, Role] = MappingProxyType({}),
) -> World:
    """The world of one seed, always the same; its random roles speak of these acts, and `also` are roles beside them."""
    random = Random(seed)
    tree = _tree(random, units)
    ids = tuple(_id(random) for _ in range(people))
    parties = tuple(_id(random) for _ in range(2))
    posts = tuple(_id(random) for _ in range(2))
    shipped = {role.code: role for role in (_role(random, n, acts) for n in range(roles))}
    shipped |= {code: also[code] for code in random.sample(sorted(also), min(len(also), roles))}
    # A grant may name a role or a node that is gone.
    codes, nodes = [*shipped, "gone"], [*tree.paths, 7777]
    return World(
        tree=tree,
        roles=shipped,
        people=ids,
        grants=tuple(
            Grant(random.choice(ids), random.choice(codes), random.choice(nodes))
            for _ in range(random.randrange(people * 3))
        ),
        holdings=tuple(
            Holding(random.choice(ids), random.choice(posts), random.choice(nodes))
            for _ in range(random.randrange(people + 1))
        ),
        post_roles={post: frozenset(random.sample(codes, random.randrange(2))) for post in posts},
        parties={person: frozenset(random.sample(parties, random.choice((0, 0, 1, 2)))) for person in ids},
        places=tuple(_place(random, nodes, ids, parties) for _ in range(places)),
    )


def _tree(random: Random, units: int) -> Tree:
    paths: dict[int, str] = {}
    # Siblings such as u2 and u20 tell a path's end from a label that goes on.
    for no in [no * ten for no in range(1, units + 1) for ten in (1, 10, 100)][:units]:
        # Mostly one company, now and then a second root; some trees deep, some broad.
        parents = list(paths)[: random.choice((1, 3, units))] if random.random() < 0.95 else []
        paths[no] = f"{paths[random.choice(parents)]}.u{no}" if parents else f"u{no}"
    return Tree(paths)


def _role(random: Random, number: int, acts: Sequence[Act]) -> Role:
    # By unit is where a tree can go wrong, so it is the commonest.
    conditions = (*Condition, Condition.UNIT, Condition.UNIT, Condition.UNIT)
    clauses = [(random.choice(acts), random.choice(conditions)) for _ in range(random.randrange(7))]
    return Role(f"r{number}", f"角色{number}", f"Role {number}", frozenset(clauses))


def _place(random: Random, nodes: list[int], people: tuple[UUID, ...], parties: tuple[UUID, ...]) -> Place:
    return Place(
        unit_no=random.choice([*nodes, None]),
        owner_id=random.choice([*people, None, None]),
        people=frozenset(random.sample(people, random.randrange(min(3, len(people)) + 1))),
        party_id=random.choice([*parties, None, None]),
    )


def _id(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


async def a_case(company: Company, unit_no: int, owner_id: UUID | None = None, **columns: Any) -> UUID:
    """A bare case at a unit, without a loop behind it: for what is asked about its place alone."""
    case_id = new_id()
    async with company.house() as work:
        definition = LoopDefinition(id=new_id(), code=f"bare-{case_id.hex}", version=1, body={})
        work.session.add(definition)
        await work.session.flush()
        columns = {"number": case_id.hex, "kind": "hazard", "title": "护栏缺失", "stage": "report"} | columns
        work.session.add(
            Case(
                id=case_id,
                definition_id=definition.id,
                unit_no=unit_no,
                owner_id=owner_id,
                opened_at=work.now,
                **columns,
            )
        )
    return case_id

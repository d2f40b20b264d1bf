"""The words of policy: conditions, roles, grants at nodes of the organisation tree, and the tree itself.

Allow only: what no grant allows is refused, and a grant at a node that is gone allows nothing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from anhuan_tenants.access.acts import Act


class Condition(StrEnum):
    """On which things an act is granted."""

    TENANT = "tenant"
    """On anything in the company, wherever the role is held."""
    UNIT = "unit"
    """On things of the node at which the role is held, and of everything under it."""
    OWN = "own"
    """On things that the person owns: has reported, is."""
    ASSIGNED = "assigned"
    """On things on which the person is put to work."""
    PARTY = "party"
    """On things of the person's own outside party: contractor, supplier."""


Clause = tuple[Act, Condition]


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of acts, each under a condition; shipped or a company's own."""

    code: str
    zh: str
    en: str
    clauses: frozenset[Clause]

    @classmethod
    def of(cls, code: str, zh: str, en: str, pairs: Iterable[Sequence[str]]) -> "Role":
        """A role as it is stored; a pair whose words this program does not know grants nothing."""
        acts, conditions = set(Act), set(Condition)
        known = (pair for pair in pairs if len(pair) == 2 and pair[0] in acts and pair[1] in conditions)
        return cls(code, zh, en, frozenset((Act(act), Condition(condition)) for act, condition in known))

    def pairs(self) -> list[list[str]]:
        """The clauses as they are stored, always in the same order."""
        return sorted([act.value, condition.value] for act, condition in self.clauses)


@dataclass(frozen=True, slots=True)
class Grant:
    """A person has a role at a node: given directly, or brought by a post (岗位) that the person holds there."""

    person: UUID
    role: str
    node: int
    post: UUID | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A person holds a post at a node; the roles that come with the post hold there and below."""

    person: UUID
    post: UUID
    node: int


PostRoles = Mapping[UUID, frozenset[str]]
"""Which roles come with a post."""


def reaching(
    person_id: UUID, grants: Iterable[Grant], holdings: Iterable[Holding], post_roles: PostRoles
) -> tuple[Grant, ...]:
    """All grants that reach a person, those of posts written out."""
    direct = [grant for grant in grants if grant.person == person_id]
    held = [
        Grant(person_id, role, holding.node, holding.post)
        for holding in holdings
        if holding.person == person_id
        for role in sorted(post_roles.get(holding.post, frozenset()))
    ]
    return (*direct, *held)


def covers(node: str, path: str) -> bool:
    """Whether a path lies at the node or under it: `hq.b1` covers `hq.b1.w2` and never `hq.b10`."""
    return path == node or path.startswith(f"{node}.")


@dataclass(frozen=True)
class Tree:
    """The organisation tree of one policy version: unit number to path, as PostgreSQL's ltree writes it."""

    paths: Mapping[int, str]

    def path(self, unit_no: int | None) -> str | None:
        """Where the unit stands, or nothing when it is not in the tree."""
        return None if unit_no is None else self.paths.get(unit_no)

    def under(self, node: int) -> frozenset[int]:
        """The unit and all units under it; nothing when it is not in the tree."""
        path = self.paths.get(node)
        if path is None:
            return frozenset()
        # With the closing dot a subtree is one run of the sorted list, and "/" is the sign after the dot.
        keys, units = self._sorted
        return frozenset(units[bisect_left(keys, f"{path}.") : bisect_left(keys, f"{path}/")])

    @cached_property
    def _sorted(self) -> tuple[list[str], list[int]]:
        pairs = sorted((f"{path}.", unit_no) for unit_no, path in self.paths.items())
        return [key for key, _ in pairs], [unit_no for _, unit_no in pairs]

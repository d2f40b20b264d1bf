"""A person's policy compiled once per policy version: plain sets that decide in a microsecond, here and in PostgreSQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from anhuan_infra.recent import Recent
from anhuan_infra.work import Place
from anhuan_tenants.access.acts import Act, Resource
from anhuan_tenants.access.policy import Condition, Grant, Role, Tree


@dataclass(frozen=True, slots=True)
class Scope:
    """Where one act is granted to one person; the parts add up."""

    all: bool = False
    units: frozenset[int] = frozenset()
    own: bool = False
    assigned: bool = False
    parties: frozenset[UUID] = frozenset()

    @property
    def anywhere(self) -> bool:
        """Whether there can be a thing on which the act is granted."""
        return bool(self.all or self.units or self.own or self.assigned or self.parties)

    def covers(self, place: Place, person_id: UUID) -> bool:
        """Whether a thing at this place is in the scope."""
        return (
            self.all
            or place.unit_no in self.units
            or (self.own and place.owner_id == person_id)
            or (self.assigned and person_id in place.people)
            or place.party_id in self.parties
        )


NOTHING = Scope()
_WORKED_OUT = 500


@dataclass(frozen=True)
class Access:
    """What one person may do, by the policy version under which it was compiled; satisfies `anhuan_infra.work.Access`."""

    person_id: UUID
    scopes: Mapping[str, Scope]

    def allows(self, act: str, place: Place | None) -> bool:
        """Whether the act is granted on a thing at this place; None asks whether it is granted anywhere."""
        scope = self.scopes.get(act)
        if scope is None:
            return False
        return scope.anywhere if place is None else scope.covers(place, self.person_id)

    def allowed(self, place: Place) -> list[Act]:
        """All acts granted on a thing at this place: its buttons."""
        return [act for act in Act if self.allows(act, place)]

    @cached_property
    def worked_out(self) -> Recent[Any, Any]:
        """What was worked out from this policy alone, such as the buttons of a kind of thing; it ends with the policy's version."""
        return Recent(_WORKED_OUT)

    def settings(self) -> dict[str, str]:
        """The reading scope of every resource in PostgreSQL's words: `app.see_case`, `app.units_case`, `app.parties_case` …"""
        return dict(self._settings)

    @cached_property
    def _settings(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for resource in Resource:
            scope = self.scopes.get(resource.reading, NOTHING)
            words = {"all": scope.all, "own": scope.own, "assigned": scope.assigned}
            found[f"app.see_{resource}"] = ",".join(word for word, seen in words.items() if seen)
            found[f"app.units_{resource}"] = _array(map(str, sorted(scope.units)))
            found[f"app.parties_{resource}"] = _array(sorted(map(str, scope.parties)))
        return found


def compile_access(
    grants: Iterable[Grant],
    roles: Mapping[str, Role],
    tree: Tree,
    person_id: UUID,
    party_ids: frozenset[UUID] = frozenset(),
) -> Access:
    """Everything that the grants which reach a person allow. A role or node that is gone adds nothing."""
    drafts: dict[Act, _Draft] = {}
    for grant in grants:
        role = roles.get(grant.role)
        if role is None or tree.path(grant.node) is None:
            continue
        for act, condition in role.clauses:
            draft = drafts.setdefault(act, _Draft())
            draft.conditions.add(condition)
            if condition is Condition.UNIT:
                draft.nodes.add(grant.node)
    # Most acts of a person are granted at the same nodes: their units are expanded and kept once.
    expanded: dict[frozenset[int], frozenset[int]] = {}
    scopes: dict[str, Scope] = {}
    for act, draft in drafts.items():
        nodes = frozenset(draft.nodes)
        if nodes not in expanded:
            expanded[nodes] = frozenset[int]().union(*(tree.under(node) for node in nodes))
        scopes[act.value] = _scope(draft.conditions, expanded[nodes], party_ids)
    return Access(person_id, scopes)


@dataclass(slots=True)
class _Draft:
    conditions: set[Condition] = field(default_factory=set[Condition])
    nodes: set[int] = field(default_factory=set[int])


def _scope(conditions: set[Condition], units: frozenset[int], party_ids: frozenset[UUID]) -> Scope:
    if Condition.TENANT in conditions:
        return Scope(all=True)
    return Scope(
        units=units,
        own=Condition.OWN in conditions,
        assigned=Condition.ASSIGNED in conditions,
        parties=party_ids if Condition.PARTY in conditions else frozenset(),
    )


def _array(items: Iterable[str]) -> str:
    """An array literal of numbers or UUIDs; empty text for none, which the policies read as no array."""
    text = ",".join(items)
    return f"{{{text}}}" if text else ""

"""The compiled policy decides exactly as Casbin does, row by row, in random companies."""

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given, settings

from anhuan_infra.work import Place
from anhuan_tenants.access.acts import Act, Resource
from anhuan_tenants.access.policy import Tree
from tests.support import policies
from tests.support.policies import World


def disagreements(world: World, tree: Tree | None = None) -> list[tuple[UUID, Act, Place]]:
    casbin = world.enforcer()
    compiled = {person: world.access(person, tree) for person in world.people}
    return [
        (person, act, place)
        for person, act, place in world.questions()
        if compiled[person].allows(act, place) is not casbin.enforce(person, act, place)
    ]


def test_compiled_policy_equals_casbin_over_twenty_thousand_decisions() -> None:
    decisions = allowed = 0

    def check(world: World) -> None:
        nonlocal decisions, allowed
        assert disagreements(world) == []
        access = {person: world.access(person) for person in world.people}
        answers = [access[person].allows(act, place) for person, act, place in world.questions()]
        decisions += len(answers)
        allowed += sum(answers)

    settings(max_examples=150, deadline=None)(given(policies.worlds())(check))()
    # The same again for large worlds that never change, so that the count does not hang on a search's mood.
    for seed in range(40):
        check(policies.grow(seed, people=5, places=30))

    assert decisions >= 20_000
    # Neither answer is so rare that agreement would be luck.
    assert 0.05 < allowed / decisions < 0.95


class NoSubtree(Tree):
    """A broken compiler's tree: a node without what is under it."""

    def under(self, node: int) -> frozenset[int]:
        return frozenset({node} & self.paths.keys())


class BarePrefix(Tree):
    """A broken compiler's tree: u1 also covers u10, because the dot was forgotten."""

    def under(self, node: int) -> frozenset[int]:
        return frozenset(no for no, path in self.paths.items() if path.startswith(self.paths.get(node, "?")))


@pytest.mark.parametrize("broken", [NoSubtree, BarePrefix])
def test_a_compiler_with_a_wrong_subtree_is_caught(broken: Callable[[dict[int, str]], Tree]) -> None:
    worlds = [policies.grow(seed) for seed in range(30)]

    caught = [world for world in worlds if disagreements(world, broken(dict(world.tree.paths)))]

    assert len(caught) >= 5


@settings(max_examples=150, deadline=None)
@given(policies.worlds())
def test_the_database_settings_say_the_same_as_the_compiled_policy(world: World) -> None:
    for person in world.people:
        access = world.access(person)
        for resource in Resource:
            for place in world.places:
                seen = as_postgresql_reads(access.settings(), resource, person, place)

                assert seen is access.allows(resource.reading, place)


def as_postgresql_reads(told: dict[str, str], resource: Resource, person: UUID, place: Place) -> bool:
    words = told[f"app.see_{resource}"].split(",")
    units, parties = told[f"app.units_{resource}"], told[f"app.parties_{resource}"]
    return (
        "all" in words
        or str(place.unit_no) in units.strip("{}").split(",")
        or ("own" in words and place.owner_id == person)
        or ("assigned" in words and person in place.people)
        or (place.party_id is not None and str(place.party_id) in parties.strip("{}").split(","))
    )


@settings(max_examples=100, deadline=None)
@given(policies.worlds())
def test_granted_anywhere_is_never_narrower_than_granted_here(world: World) -> None:
    for person in world.people:
        access = world.access(person)

        for act in Act:
            here = any(access.allows(act, place) for place in world.places)
            assert access.allows(act, None) or not here

"""The law of sight: what PostgreSQL returns to a person is what Casbin's own answer allows, row by row."""

from collections.abc import Mapping
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text

from anhuan_infra.db.engine import Sessions
from anhuan_infra.db.rls import PERSON, sees
from anhuan_infra.ids import new_id
from anhuan_infra.settings import APP_ROLE, Settings
from anhuan_infra.work import Actor, open_work, system
from anhuan_tenants.access.compiler import compile_access
from anhuan_tenants.access.policy import Tree
from tests.support.people import a_company
from tests.tenants.access import law
from tests.tenants.access.law import TABLES, Settled

Seen = set[tuple[str, UUID]]

_ALL = " union all ".join(f"select '{table}', id from {table}" for table in TABLES)


async def settled(sessions: Sessions, settings: Settings, seed: int, places: int) -> Settled:
    return await law.settle(await a_company(sessions, settings), law.a_world(seed, places))


async def seen_by_app(world: Settled, actor: Actor) -> Seen:
    """What the program's own connection returns to an actor."""
    async with open_work(world.company.sessions, actor) as work:
        rows = await work.session.execute(text(_ALL))
        return {(table, row_id) for table, row_id in rows}


async def test_postgresql_shows_what_casbin_allows_over_twenty_thousand_rows(
    sessions: Sessions, settings: Settings
) -> None:
    decisions = allowed = 0
    # Nine worlds that never change, so that the count is sure, and one that nobody has seen yet.
    for seed in (*range(9), new_id().int % 2**32):
        world = await settled(sessions, settings, seed, places=70)
        known = {(thing.table, thing.id) for thing in world.things}
        of_company = await seen_by_app(world, system(world.company.id))
        for person in world.world.people:
            seen = await seen_by_app(world, await world.company.actor(person))

            assert seen & known == world.allowed[person], (seed, person)
            assert seen <= of_company
            decisions, allowed = decisions + len(known), allowed + len(seen & known)

    assert decisions >= 20_000
    # Neither answer is so rare that agreement would be luck.
    assert 0.05 < allowed / decisions < 0.95


class NoSubtree(Tree):
    """A broken expansion: a node without what is under it."""

    def under(self, node: int) -> frozenset[int]:
        return frozenset({node} & self.paths.keys())


def disagreements(connection: psycopg.Connection[tuple[str, UUID]], world: Settled, tree: Tree) -> int:
    """How many rows are seen differently, in the open transaction, with units expanded by this tree."""
    known = {(thing.table, thing.id) for thing in world.things}
    found = 0
    for person in world.world.people:
        access = compile_access(
            world.world.reaching(person), world.world.roles, tree, person, world.world.parties[person]
        )
        context = {
            "app.tenant_id": str(world.company.id),
            "app.person_id": str(person),
            **access.settings(),
        }
        found += len((_seen(connection, context) & known) ^ world.allowed[person])
    return found


def _seen(connection: psycopg.Connection[tuple[str, UUID]], context: Mapping[str, str]) -> Seen:
    for name, value in context.items():
        connection.execute("select set_config(%s, %s, true)", (name, value))
    connection.execute(sql.SQL("set local role {}").format(sql.Identifier(APP_ROLE)))
    rows = set(connection.execute(_ALL).fetchall())
    connection.execute("reset role")
    return rows


_CASE = {"owner": "owner_id", "party": "party_id", "assigned": f"{PERSON} = any (people)"}

DAMAGE = {
    "nothing": "select 1",
    "a policy is dropped": "drop policy scope on cases",
    "a policy is widened": "alter policy scope on people using ((select true))",
    "a policy lets everyone own everything": "alter policy scope on contacts using ((select current_setting('app.see_person', true)) <> '')",
    "the units are forgotten": f"alter policy scope on cases using ({sees('case', unit='', **_CASE)})",
    "the assigned are forgotten": f"alter policy scope on cases using ({sees('case', **(_CASE | {'assigned': ''}))})",
    "the party is forgotten": f"alter policy scope on cases using ({sees('case', **(_CASE | {'party': ''}))})",
    "the record forgets its case": f"alter policy scope on record_entries using ({sees('record')})",
    "a subtree is not expanded": "select 1",
}


@pytest.fixture(scope="module")
async def world(sessions: Sessions, settings: Settings) -> Settled:
    """One world with enough in it that each kind of damage shows."""
    return await settled(sessions, settings, seed=3, places=150)


@pytest.mark.parametrize("damage", DAMAGE)
async def test_a_broken_law_is_noticed(env: dict[str, str], world: Settled, damage: str) -> None:
    tree = world.world.tree
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        connection.execute(sql.SQL("grant {} to current_user with set true").format(sql.Identifier(APP_ROLE)))
        connection.execute(DAMAGE[damage])

        found = disagreements(
            connection, world, NoSubtree(tree.paths) if damage == "a subtree is not expanded" else tree
        )

        connection.rollback()
    assert (found == 0) is (damage == "nothing"), found

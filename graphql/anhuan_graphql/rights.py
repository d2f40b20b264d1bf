"""`can` of a thing: what its reader may do with it, by where it stands."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from anhuan_graphql.planner.pieces import Piece, literal
from anhuan_graphql.planner.readings import At, Attribute, Env, Finished, table_of
from anhuan_graphql.planner.roots import Given
from anhuan_infra.work import Actor, Place
from anhuan_tenants.access.acts import Act, Resource
from anhuan_tenants.organisation.models import Person as PersonRow


def granted(actor: Actor, resource: Resource, place: Place) -> list[str]:
    """The acts on this kind of thing that the policy grants there."""
    return [one.value for one in Act if one.resource is resource and actor.access.allows(one, place)]


def buttons(
    resource: Resource, unit: Attribute, owner: Attribute | None = None, party: Attribute | None = None
) -> Finished:
    """The same, of a row that stands at these columns."""

    def finish(facts: list[Any], member: Any) -> bytes:
        return json.dumps(granted(member, resource, place(facts)), separators=(",", ":")).encode()

    return Finished(lambda at, _env: place_facts(at, unit, owner, party), finish)


def place_facts(at: At, unit: Attribute, owner: Attribute | None, party: Attribute | None) -> Piece:
    """Where a row stands, as JSON."""
    columns = (sa.cast(literal("null"), sa.JSON()) if one is None else at[one] for one in (owner, party))
    return sa.func.json_build_array(at[unit], *columns).cast(sa.Text())


def place(facts: list[Any]) -> Place:
    """Where a row stands, out of its JSON."""
    unit_no, owner, party = facts
    return Place(unit_no, UUID(owner) if owner else None, party_id=UUID(party) if party else None)


def person_seen(argument: str) -> Callable[[Env, Given], Piece]:
    """Where the person stands whom an argument names, for a guard; nothing where they cannot be seen."""

    def facts(_env: Env, given: Given) -> Piece:
        at = At({table_of(PersonRow): sa.alias(table_of(PersonRow), f"named_{argument}")})
        columns = (PersonRow.home_unit_no, PersonRow.id, PersonRow.party_id)
        return sa.select(place_facts(at, *columns)).where(at.own.id == given[argument]).scalar_subquery()

    return facts

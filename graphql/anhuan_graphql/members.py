"""Who may come in at all: shutting people out, letting them in again, activation codes."""

from uuid import UUID

import strawberry

from anhuan_graphql.context import Context
from anhuan_graphql.fields import act, wide_act
from anhuan_graphql.people import Person, people_by_id
from anhuan_infra.work import Work
from anhuan_tenants.identity.service import credentials, standing
from anhuan_tenants.organisation.models import Person as PersonRow
from anhuan_tenants.subscriptions.catalogue import CORE


@strawberry.input
class DisablePersonInput:
    """Whom to shut out, and why."""

    person_id: UUID
    reason: str = ""


@strawberry.input
class EnablePersonInput:
    """Whom to let in again."""

    person_id: UUID


@strawberry.input
class InviteInput:
    """People who get a new activation code each."""

    people: list[UUID]


@strawberry.type
class Invitation:
    """An activation code, shown this once."""

    person_id: UUID
    code: str


async def _person(context: Context, row: PersonRow) -> Person | None:
    return await context.loader(people_by_id).load(row.id)


@act(CORE, then=_person)
async def disable_person(work: Work, input: DisablePersonInput) -> PersonRow:
    """Shut a person out; from their next request on."""
    return await standing.disable_person(work, input.person_id, input.reason)


@act(CORE, then=_person)
async def enable_person(work: Work, input: EnablePersonInput) -> PersonRow:
    """Let a person in again."""
    return await standing.enable_person(work, input.person_id)


@wide_act(CORE)
async def invite(context: Context, input: InviteInput) -> list[Invitation]:
    """New activation codes; the passwords these people had stop working."""
    async with context.acting() as work:
        codes = await credentials.invite(work, context.house.settings, input.people)
    return [Invitation(person_id=person, code=code) for person, code in codes.items()]


MUTATIONS = [disable_person, enable_person, invite]

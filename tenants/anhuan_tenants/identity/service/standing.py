"""Letting a person in or not: disabling works from the person's very next request."""

from uuid import UUID

from sqlalchemy import exists, func, select

from anhuan_infra.errors import Forbidden
from anhuan_infra.work import Work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.models import Grant
from anhuan_tenants.identity import entry, errors, repository
from anhuan_tenants.organisation.models import Person

ADMINISTRATOR = "tenant_admin"


async def disable_person(work: Work, person_id: UUID, reason: str = "") -> Person:
    """Shut a person out and end their sessions; twice is once. Nobody shuts out themselves or the last administrator."""
    person = await repository.person(work, person_id)
    work.allow(Act.PERSON_MANAGE, person)
    if person_id == work.actor.person_id:
        raise errors.NotYourself(path="id")
    if person.disabled_at is not None:
        return person
    await allow_over(work, person_id)
    if await _administers(work, person_id) and not await _others_administer(work, person_id):
        raise errors.LastAdministrator(path="id", name=person.name)
    person.disabled_at = work.now
    person.version += 1
    ended = await repository.end_sessions(work, "disabled", person_id=person_id)
    work.record(
        "person.disabled",
        ("person", person_id),
        unit_no=person.home_unit_no,
        reason=reason,
        sessions=len(ended),
    )
    work.put_off("loops.vacate", person_id)
    work.tell("people", person=person_id)
    return person


async def enable_person(work: Work, person_id: UUID) -> Person:
    """Let a person in again, with the password and rights they had; twice is once."""
    person = await repository.person(work, person_id)
    work.allow(Act.PERSON_MANAGE, person)
    if person.disabled_at is not None:
        person.disabled_at = None
        person.version += 1
        work.record("person.enabled", ("person", person_id), unit_no=person.home_unit_no)
        work.tell("people", person=person_id)
    return person


async def allow_over(work: Work, person_id: UUID) -> None:
    """Refuse power over a person who may change rights, to an actor who may not: it would be a way to become them."""
    if work.can(Act.POLICY_MANAGE):
        return
    async with work.seeing_all():
        theirs = await entry.access_of(work, person_id)
    if theirs.allows(Act.POLICY_MANAGE, None):
        raise Forbidden(act=Act.POLICY_MANAGE)


async def _administers(work: Work, person_id: UUID) -> bool:
    granted = exists().where(Grant.person_id == person_id, Grant.role_code == ADMINISTRATOR)
    return bool(await work.session.scalar(select(granted)))


async def _others_administer(work: Work, person_id: UUID) -> bool:
    # The grants are locked, so that two administrators who shut out one another cannot both succeed.
    grants = await work.session.scalars(
        select(Grant.person_id).where(Grant.role_code == ADMINISTRATOR).with_for_update()
    )
    others = set(grants) - {person_id}
    enabled = select(func.count()).where(Person.id.in_(others), Person.disabled_at.is_(None))
    return bool(await work.session.scalar(enabled))

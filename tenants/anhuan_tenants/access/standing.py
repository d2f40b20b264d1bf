"""How people stand in the company at this moment: still there, under which versions of their rights, and who stands in for them.

Routing asks this of everybody who might sit somewhere, so it is asked of many at once and remembered until the transaction ends.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select

from anhuan_infra.work import Place, Work
from anhuan_tenants.companies.models import Company
from anhuan_tenants.identity import rights
from anhuan_tenants.organisation.models import Absence, Person

_STANDING = "access.standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """One person; the versions were read before any of the rights under them."""

    person_id: UUID
    is_here: bool
    party_id: UUID | None
    version: int
    policy_version: int
    deputy_id: UUID | None
    """Who stands in today."""


def columns(work: Work) -> tuple[ColumnElement[Any], ...]:
    """What a query over people and their company asks for, so that `note` can remember it."""
    away = (
        select(Absence.deputy_id)
        .where(
            Absence.tenant_id == Person.tenant_id,
            Absence.person_id == Person.id,
            Absence.starts_at <= work.now,
            Absence.ends_at > work.now,
            Absence.ended_at.is_(None),
        )
        .order_by(Absence.id.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    return (
        Person.id.label("person_id"),
        Person.disabled_at.is_(None).label("is_here"),
        Person.party_id.label("party_id"),
        Person.version.label("version"),
        Company.policy_version.label("policy_version"),
        away.label("deputy_id"),
    )


def note(work: Work, rows: Iterable[Row[*tuple[Any, ...]]]) -> None:
    """Remember these people as they stand."""
    known = _known(work)
    for row in rows:
        known[row.person_id] = Standing(
            row.person_id, row.is_here, row.party_id, row.version, row.policy_version, row.deputy_id
        )


async def of(work: Work, people: Collection[UUID]) -> dict[UUID, Standing]:
    """These people, without those who do not exist. The work must see the whole company."""
    known = _known(work)
    missing = set(people) - known.keys()
    if missing:
        query = select(*columns(work)).join_from(Person, Company, Company.tenant_id == Person.tenant_id)
        query = query.where(Person.id.in_(missing)).execution_options(autoflush=False)
        note(work, await work.session.execute(query))
    return {one: known[one] for one in people if one in known}


async def may(work: Work, person: Standing, act: str, place: Place | None) -> bool:
    """Whether this person could do the act there; never one who is shut out. The work must see the whole company."""
    if not person.is_here:
        return False
    held = await rights.rights_of(
        work,
        person.person_id,
        person_version=person.version,
        policy_version=person.policy_version,
        party_id=person.party_id,
    )
    return held.access.allows(act, place)


def _known(work: Work) -> dict[UUID, Standing]:
    known: dict[UUID, Standing] = work.session.sync_session.info.setdefault(_STANDING, {})
    return known

"""Every query about credentials and sessions. Row-level security supplies the tenant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select, update

from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_tenants.companies.models import Company
from anhuan_tenants.companies.rules import Strictness
from anhuan_tenants.identity.models import Credential, SignIn
from anhuan_tenants.organisation.models import Person


@dataclass(frozen=True, slots=True)
class Account:
    """A person at the door, with what the company asks of its people."""

    tenant_id: UUID
    person_id: UUID
    unit_no: int
    account: str
    name: str
    language: str
    disabled_at: datetime | None
    company_code: str
    company_name: str
    settings: Mapping[str, Any]

    @property
    def strictness(self) -> Strictness:
        """How strict the company is."""
        return Strictness.of(self.settings)

    @property
    def names(self) -> tuple[str, ...]:
        """What a password of this person must not contain."""
        return (self.account, self.name, self.company_code, self.company_name)


async def person(work: Work, person_id: UUID) -> Person:
    """A person whom the actor can see."""
    found = await work.session.get(Person, (work.tenant_id, person_id), populate_existing=True)
    if found is None:
        raise NotFound(kind="person", id=person_id)
    return found


async def account(work: Work, *, name: str | None = None, person_id: UUID | None = None) -> Account | None:
    """The person with this account or id; the work must see the whole company."""
    row = (
        await work.session.execute(
            select(
                Person.tenant_id,
                Person.id,
                Person.home_unit_no,
                Person.account,
                Person.name,
                Person.language,
                Person.disabled_at,
                Company.code,
                Company.name,
                Company.settings,
            )
            .join(Company, Company.tenant_id == Person.tenant_id)
            .where(Person.account == name if name is not None else Person.id == person_id)
        )
    ).one_or_none()
    return Account(*row) if row else None


async def company_settings(work: Work) -> Mapping[str, Any]:
    """The settings of the company."""
    query = select(Company.settings).where(Company.tenant_id == work.tenant_id)
    return await work.session.scalar(query) or {}


async def credential(work: Work, person_id: UUID) -> Credential | None:
    """The credential, locked until the transaction ends, as it is now."""
    return await work.session.get(
        Credential, (work.tenant_id, person_id), with_for_update=True, populate_existing=True
    )


async def reserve(work: Work, person_id: UUID, strictness: Strictness) -> Credential | None:
    """Count one attempt before it is judged; None when the account is locked or has no credential.

    The attempt that fills the limit locks the account at once, so a hundred at the same time are judged as five.
    """
    now = func.now()
    is_fresh = Credential.failed_at.is_(None) | (Credential.failed_at <= now - strictness.lock)
    count = case((is_fresh, 1), else_=Credential.failures + 1)
    return await work.session.scalar(
        update(Credential)
        .where(
            Credential.id == person_id,
            Credential.locked_until.is_(None) | (Credential.locked_until <= now),
        )
        .values(
            failures=count,
            failed_at=now,
            locked_until=case((count >= strictness.lock_after, now + strictness.lock), else_=None),
        )
        .returning(Credential)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


async def is_locked(work: Work, person_id: UUID) -> bool:
    """Whether the account is locked now; one without a credential is not."""
    query = select(Credential.id).where(Credential.id == person_id, Credential.locked_until > func.now())
    return await work.session.scalar(query) is not None


async def end_sessions(
    work: Work, why: str, *, person_id: UUID, only: UUID | None = None, keep: UUID | None = None
) -> list[UUID]:
    """End sessions of a person, from the next request on: all, only one, or all but one; those that were still open."""
    query = update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    if only is not None:
        query = query.where(SignIn.id == only)
    if keep is not None:
        query = query.where(SignIn.id != keep)
    ended = await work.session.scalars(
        query.values(ended_at=func.now(), ended_why=why)
        .returning(SignIn.id)
        .execution_options(synchronize_session=False)
    )
    return list(ended)


async def without_password(work: Work, people: Iterable[UUID]) -> dict[UUID, Credential]:
    """The credentials of these people, locked."""
    found = await work.session.scalars(
        select(Credential).where(Credential.id.in_(list(people))).with_for_update()
    )
    return {row.id: row for row in found}

"""The directory over all companies: which company a code, and which people an e-mail or telephone number, leads to.

A row is visible only to a transaction that names its exact key, so the directory cannot be listed by anyone. The name
being looked up is set here and nowhere else, for the transaction only.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert

from anhuan_infra.db import engine
from anhuan_infra.settings import Secrets
from anhuan_infra.work import Work
from anhuan_tenants.companies import rules
from anhuan_tenants.companies.models import SignInName

COMPANY = "company"
EMAIL = "email"
PHONE = "phone"
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Lead:
    """Where an e-mail or telephone number leads: one person of one company."""

    tenant_id: UUID
    person_id: UUID


async def claim_code(work: Work, secrets: Secrets, code: str) -> bool:
    """Take the code for this company; False when another has it. Of several at once exactly one gets it."""
    return await _add(work, secrets, COMPANY, code, NOBODY)


async def add(
    work: Work, secrets: Secrets, person_id: UUID, *, email: str | None = None, phone: str | None = None
) -> None:
    """Let a person be found by e-mail or telephone at sign-in; twice is once. Names are in their compared form."""
    for kind, name in ((EMAIL, email), (PHONE, phone)):
        if name:
            await _add(work, secrets, kind, name, person_id)


async def remove(
    work: Work, secrets: Secrets, person_id: UUID, *, email: str | None = None, phone: str | None = None
) -> None:
    """Forget that these names lead to the person in this company."""
    for kind, name in ((EMAIL, email), (PHONE, phone)):
        if name:
            await _look_for(work, _key(secrets, kind, name))
            await work.session.execute(
                delete(SignInName).where(
                    SignInName.name_key == _key(secrets, kind, name),
                    SignInName.leads_to == work.tenant_id,
                    SignInName.person_id == person_id,
                )
            )


async def company_of(sessions: engine.Sessions, secrets: Secrets, code: str) -> UUID | None:
    """The company that carries the code."""
    leads = await _leads(sessions, _key(secrets, COMPANY, code))
    return leads[0].tenant_id if leads else None


async def people_of(sessions: engine.Sessions, secrets: Secrets, name: str) -> list[Lead]:
    """All people whom an e-mail or telephone number leads to, the longest known first; anything else leads to nobody."""
    try:
        key = (
            _key(secrets, EMAIL, rules.email(name))
            if "@" in name
            else _key(secrets, PHONE, rules.phone(name))
        )
    except (rules.EmailMalformed, rules.PhoneMalformed):
        return []
    return await _leads(sessions, key)


async def _leads(sessions: engine.Sessions, key: str) -> list[Lead]:
    async with sessions() as session:
        engine.enter(session, {"app.lookup": key})
        async with session.begin():
            rows = await session.execute(
                select(SignInName.leads_to, SignInName.person_id)
                .where(SignInName.name_key == key)
                .order_by(SignInName.person_id)
            )
            return [Lead(*row) for row in rows]


async def _add(work: Work, secrets: Secrets, kind: str, name: str, person_id: UUID) -> bool:
    key = _key(secrets, kind, name)
    await _look_for(work, key)
    added = await work.session.scalar(
        insert(SignInName)
        .values(name_key=key, leads_to=work.tenant_id, person_id=person_id, kind=kind)
        .on_conflict_do_nothing()
        .returning(SignInName.kind)
    )
    return added is not None


async def _look_for(work: Work, key: str) -> None:
    await work.session.execute(text("select set_config('app.lookup', :key, true)"), {"key": key})


def _key(secrets: Secrets, kind: str, name: str) -> str:
    # The kind is part of what is hashed: a company code can never be mistaken for somebody's address.
    return secrets.lookup(f"{kind}:{name}")

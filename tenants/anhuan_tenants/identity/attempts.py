"""One attempt at a password or code: counted first, judged apart, and then settled; the same for every door."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from weakref import WeakValueDictionary

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Secrets
from anhuan_infra.work import Source, open_work
from anhuan_tenants.companies import directory, rules
from anhuan_tenants.identity import errors, repository
from anhuan_tenants.identity.entry import house
from anhuan_tenants.identity.repository import Account

MOST_COMPANIES = 5
"""One address is tried in at most so many companies, those that have known it longest; beyond that the code must be given."""

_one_at_a_time: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant: by account in a company, or by person."""

    tenant_id: UUID
    account: str | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A counted attempt; what is needed to judge it."""

    account: Account
    locked_minutes: int | None
    """Set when the account is locked already: nothing is judged then."""
    password_hash: str | None = None
    earlier_hashes: tuple[str, ...] = ()
    changed_at: datetime | None = None
    must_change: bool = False
    activation_hash: bytes | None = None
    activation_until: datetime | None = None
    failures: int = 0
    locks_if_wrong: bool = False


async def candidates(
    sessions: Sessions, secrets: Secrets, company: str | None, name: str
) -> tuple[UUID | None, list[Candidate]]:
    """The company that was named, if it exists, and who may be meant in it; without a company by e-mail or telephone."""
    if company is None:
        leads = await directory.people_of(sessions, secrets, name)
        return None, [Candidate(lead.tenant_id, person_id=lead.person_id) for lead in leads[:MOST_COMPANIES]]
    try:
        code = rules.company_code(company)
    except rules.CodeMalformed:
        return None, []
    tenant_id = await directory.company_of(sessions, secrets, code)
    if tenant_id is None:
        return None, []
    leads = [
        lead for lead in await directory.people_of(sessions, secrets, name) if lead.tenant_id == tenant_id
    ]
    by_contact = [Candidate(tenant_id, person_id=lead.person_id) for lead in leads[:1]]
    # The account goes before: it is given by the company, while contacts may be one's own.
    return tenant_id, [Candidate(tenant_id, account=name.strip()), *by_contact]


@asynccontextmanager
async def alone(candidate: Candidate) -> AsyncGenerator[None]:
    """One attempt at a time per account in this process: a person on three devices at once never locks themselves out."""
    key = f"{candidate.tenant_id}/{candidate.person_id or candidate.account}"
    lock = _one_at_a_time.get(key)
    if lock is None:
        lock = _one_at_a_time[key] = asyncio.Lock()
    async with lock:
        yield


async def begin(sessions: Sessions, candidate: Candidate, source: Source | None) -> Attempt | None:
    """Count the attempt and fetch what judges it; None when there is no such person."""
    async with open_work(sessions, house(candidate.tenant_id, source)) as work:
        account = await repository.account(work, name=candidate.account, person_id=candidate.person_id)
        if account is None:
            return None
        credential = await repository.reserve(work, account.person_id, account.strictness)
        if credential is None:
            # The whole lock is told and not what is left of it: names that do not exist have no clock to tell.
            is_locked = await repository.is_locked(work, account.person_id)
            return Attempt(account, account.strictness.lock_minutes if is_locked else None)
        return Attempt(
            account,
            None,
            credential.password_hash,
            tuple(credential.earlier_hashes),
            credential.changed_at,
            credential.must_change,
            credential.activation_hash,
            credential.activation_until,
            credential.failures,
            credential.locked_until is not None,
        )


async def failed(sessions: Sessions, attempt: Attempt, source: Source | None, act: str) -> None:
    """Record that the attempt was wrong, and the lock when it was the last."""
    account = attempt.account
    async with open_work(sessions, house(account.tenant_id, source)) as work:
        subject = ("person", account.person_id)
        work.record(act, subject, unit_no=account.unit_no, failures=attempt.failures)
        if attempt.locks_if_wrong:
            minutes = account.strictness.lock_minutes
            work.record("person.locked", subject, unit_no=account.unit_no, minutes=minutes)


def refuse_if_locked(attempt: Attempt) -> None:
    """Say so when nothing may be judged."""
    if attempt.locked_minutes is not None:
        raise errors.AccountLocked(minutes=attempt.locked_minutes)

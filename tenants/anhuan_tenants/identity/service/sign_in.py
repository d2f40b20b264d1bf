"""Signing in: by company and account, or by e-mail or telephone; the answer never tells which accounts exist."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from anhuan_infra import text
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_infra.work import Actor, Everything, Source, Work, open_work
from anhuan_tenants.identity import attempts, errors, passwords, refreshing, repository, throttle, tokens
from anhuan_tenants.identity.attempts import Attempt
from anhuan_tenants.identity.entry import house
from anhuan_tenants.identity.models import SignIn
from anhuan_tenants.identity.repository import Account

_LOCK_MINUTES = 15
_addresses = throttle.Throttle(limit=200, seconds=_LOCK_MINUTES * 60)
"""Failures from one address; a whole factory may sit behind one, so the limit only stops machines."""
_strangers = throttle.Throttle(limit=5, seconds=_LOCK_MINUTES * 60, from_last=True)
"""Failures on names that exist nowhere: they lock like true ones, or the lock would tell which names are true."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A fresh pair: the access token goes with every request, the refresh token only to `refresh`."""

    access_token: str
    access_expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime
    """The latest end of the session; without use it ends sooner."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that has begun."""

    tokens: Tokens
    tenant_id: UUID
    person_id: UUID
    session_id: UUID
    must_change_password: bool
    password_expired: bool
    """Older than the company's limit: a warning, never a closed door on a day of danger."""


async def sign_in(
    sessions: Sessions,
    settings: Settings,
    company: str | None,
    name: str,
    password: str,
    source: Source | None = None,
    *,
    stay: bool = False,
) -> SignedIn:
    """Begin a session. Five failures lock an account for fifteen minutes; every failure is recorded.

    With `stay` it may be unused for weeks: right for a phone in one pocket, and the record says that it was asked for.

    An address known in several companies is judged in each, and only those whose password is the given one are offered.
    """
    company = company or None
    text.clean(name, "name", may_be_empty=True)
    text.clean(password, "password", 1_000, may_be_empty=True)
    if company is not None:
        text.clean(company, "company", may_be_empty=True)
    address = throttle.strange(source.address if source else None)
    stranger = settings.secrets.lookup(f"stranger:{company}/{name}")
    if address and _addresses.is_full(address):
        raise errors.TooManyAttempts(minutes=_LOCK_MINUTES)
    if _strangers.is_full(stranger):
        raise errors.AccountLocked(minutes=_LOCK_MINUTES)
    tenant_id, candidates = await attempts.candidates(sessions, settings.secrets, company, name)
    right: list[Attempt] = []
    locked: list[Attempt] = []
    is_known = False
    for candidate in candidates:
        async with attempts.alone(candidate):
            attempt = await attempts.begin(sessions, candidate, source)
            if attempt is None:
                continue
            is_known = True
            if attempt.locked_minutes is not None:
                locked.append(attempt)
            elif await passwords.matches(attempt.password_hash, password):
                await _forgiven(sessions, attempt, source)
                right.append(attempt)
            else:
                await attempts.failed(sessions, attempt, source, "person.sign_in_failed")
        if tenant_id is not None:
            break
    if not is_known:
        await passwords.matches(None, password)
        _strangers.count(stranger)
        if tenant_id is not None:
            async with open_work(sessions, house(tenant_id, source)) as work:
                work.record("company.sign_in_failed", ("company", tenant_id), why="unknown account")
    if not right:
        if address:
            _addresses.count(address)
        for attempt in locked[:1]:
            attempts.refuse_if_locked(attempt)
        raise errors.SignInRefused()
    enabled = [attempt for attempt in right if attempt.account.disabled_at is None]
    if not enabled:
        raise errors.AccountDisabled()
    if len(enabled) > 1:
        raise _choice(enabled)
    stronger = await _stronger(enabled[0], password)
    return await _begun(sessions, settings, enabled[0], stronger, source, stay=stay)


def as_person(account: Account, source: Source | None, session_id: UUID | None = None) -> Actor:
    """The person at the door as an actor over their own entry, before any policy is compiled."""
    return Actor(
        tenant_id=account.tenant_id,
        person_id=account.person_id,
        name=account.name,
        access=Everything(),
        language=account.language,
        source=source or Source(),
        session_id=session_id,
    )


def issued(settings: Settings, actor_tenant: UUID, person_id: UUID, row: SignIn, refresh: str) -> Tokens:
    """The pair for a session as it now stands."""
    mark = refreshing.mark(row.refresh_hash)
    access, ends = tokens.issue(settings.secrets, actor_tenant, person_id, row.id, mark)
    return Tokens(access, ends, refresh, row.expires_at)


async def _stronger(attempt: Attempt, password: str) -> str | None:
    stored = attempt.password_hash
    return await passwords.hashed(password) if stored and passwords.is_weak(stored) else None


async def _forgiven(sessions: Sessions, attempt: Attempt, source: Source | None) -> None:
    async with open_work(sessions, house(attempt.account.tenant_id, source)) as work:
        credential = await repository.credential(work, attempt.account.person_id)
        if credential is not None:
            credential.failures, credential.failed_at, credential.locked_until = 0, None, None


async def _begun(
    sessions: Sessions,
    settings: Settings,
    attempt: Attempt,
    stronger: str | None,
    source: Source | None,
    *,
    stay: bool,
) -> SignedIn:
    account = attempt.account
    session_id = new_id()
    async with open_work(sessions, as_person(account, source, session_id)) as work:
        credential = await repository.credential(work, account.person_id)
        if credential is None or not credential.password_hash or credential.changed_at != attempt.changed_at:
            # The password was changed while this one was judged.
            raise errors.SignInRefused()
        if stronger and credential.password_hash == attempt.password_hash:
            credential.password_hash = stronger
        refresh = refreshing.first(settings.secrets, account.tenant_id, session_id)
        row = SignIn(
            id=session_id,
            person_id=account.person_id,
            refresh_hash=refresh.hash,
            expires_at=work.now + account.strictness.longest(stays=stay),
            stays=stay,
            source=_seen(source),
        )
        work.session.add(row)
        work.record(
            "person.signed_in",
            ("person", account.person_id),
            unit_no=account.unit_no,
            session=session_id,
            stays=stay,
        )
        pair = issued(settings, account.tenant_id, account.person_id, row, refresh.text)
        expired = _is_old(work, attempt)
    return SignedIn(
        pair, account.tenant_id, account.person_id, session_id, attempt.must_change, password_expired=expired
    )


def _is_old(work: Work, attempt: Attempt) -> bool:
    days, changed = attempt.account.strictness.password_days, attempt.changed_at
    return bool(days and changed and changed + timedelta(days=days) <= work.now)


def _choice(right: list[Attempt]) -> errors.ChooseCompany:
    companies = [{"code": a.account.company_code, "name": a.account.company_name} for a in right]
    shown = ", ".join(f"{company['name']} ({company['code']})" for company in companies)
    return errors.ChooseCompany(path="company", choices=shown, companies=companies)


def _seen(source: Source | None) -> dict[str, str]:
    if source is None:
        return {}
    known = {"address": source.address, "device": source.device, "client": source.client}
    return {name: value for name, value in known.items() if value}

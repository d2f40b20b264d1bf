"""Entering: from an access token to the person under the policy in force at this moment."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, update

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import NotFound, NotSignedIn
from anhuan_infra.settings import Settings
from anhuan_infra.work import Actor, Source, Work, open_work, system
from anhuan_tenants.access.compiler import Access
from anhuan_tenants.companies.models import Company
from anhuan_tenants.companies.rules import Strictness
from anhuan_tenants.identity import refreshing, repository, rights, tokens
from anhuan_tenants.identity.arrivals import TOUCH, Arrival
from anhuan_tenants.identity.models import SignIn
from anhuan_tenants.organisation.models import Person
from anhuan_tenants.subscriptions import rules as subscription_rules
from anhuan_tenants.subscriptions.models import Terms


@dataclass(frozen=True)
class Member(Actor):
    """A person of a company who acts, with the terms on which the company has its modules."""

    terms: MappingProxyType[str, Terms] = field(default_factory=lambda: MappingProxyType({}))

    def require(self, module: str, *, write: bool) -> None:
        """Refuse what the company has not subscribed to, or may no longer change."""
        subscription_rules.require(self.terms, module, write=write)


async def authenticate(
    sessions: Sessions, settings: Settings, access_token: str | None, source: Source | None = None
) -> Member:
    """Who sends this token, or `NotSignedIn`."""
    return (await arrive(sessions, settings, access_token, source)).member


async def arrive(
    sessions: Sessions, settings: Settings, access_token: str | None, source: Source | None = None
) -> Arrival:
    """Who sends this token and until when they may be known again by it, or `NotSignedIn`.

    One query asks whether the session is open, the person enabled, and which versions hold; so ending a session, disabling a
    person, changing a role or a module works from the next request on. Rights come from memory while their versions stand.
    """
    if not access_token:
        raise NotSignedIn()
    claims = tokens.read(settings.secrets, access_token)
    arrival: Arrival | None = None
    here = monotonic()  # before the transaction, from whose beginning the rest is counted
    async with open_work(sessions, house(claims.tenant_id, source)) as work:
        row = (await work.session.execute(_present(claims))).one_or_none()
        if row is not None:
            if row.used_at + Strictness.of(row.settings).idle(stays=row.stays) <= work.now:
                await _end_idle(work, claims)
            else:
                await _touch(work, claims.session_id, row.used_at)
                await _arrived(work, claims, row)
                held = await _rights(work, claims.person_id, row)
                member = _member(work, claims.person_id, row, held, source, claims.session_id)
                lasts = _lasting(work.now, row, claims, held)
                since = (work.now - row.used_at).total_seconds()
                arrival = Arrival(
                    member=member,
                    person_version=row.version,
                    policy_version=row.policy_version,
                    idle=Strictness.of(row.settings).idle(stays=row.stays),
                    settings=row.settings,
                    until=here + lasts,
                    touched=here if since >= TOUCH.total_seconds() else here - since,
                )
    if arrival is None:
        raise NotSignedIn()
    return arrival


def _lasting(now: datetime, row: Row[Any], claims: tokens.Claims, held: rights.Rights) -> float:
    """Seconds for which this arrival may be known again; none while an older refresh token is in doubt."""
    if row.previous_hash is not None:
        return 0.0
    ends = [claims.expires_at - datetime.now(UTC)]
    if held.until is not None:
        ends.append(held.until - now)
    return min(ends).total_seconds()


async def touch(sessions: Sessions, arrival: Arrival) -> None:
    """Set the idle clock of a session that is in use without being asked for at the door."""
    async with open_work(sessions, house(arrival.member.tenant_id, arrival.member.source)) as work:
        assert arrival.member.session_id is not None
        await _touch(work, arrival.member.session_id, work.now - TOUCH)


async def access_of(work: Work, person_id: UUID) -> Access:
    """What the person may do, disabled or not. The work must see the whole company."""
    row = (await work.session.execute(_columns().where(Person.id == person_id))).one_or_none()
    if row is None:
        raise NotFound(kind="person", id=person_id)
    return (await _rights(work, person_id, row)).access


async def member_of(work: Work, person_id: UUID, source: Source | None = None) -> Member:
    """The person as an actor without a session: for jobs and tools that act in someone's name. The work must see everyone."""
    query = _columns().where(Person.id == person_id, Person.disabled_at.is_(None))
    row = (await work.session.execute(query)).one_or_none()
    if row is None:
        raise NotFound(kind="person", id=person_id)
    return _member(work, person_id, row, await _rights(work, person_id, row), source, None)


def _columns(*more: ColumnElement[Any]) -> Select[Any]:
    return select(
        Person.name,
        Person.language,
        Person.party_id,
        Person.version,
        Company.policy_version,
        Company.settings,
        *more,
    ).join_from(Person, Company, Company.tenant_id == Person.tenant_id)


def _present(claims: tokens.Claims) -> Select[Any]:
    return (
        _columns(
            SignIn.used_at.expression,
            SignIn.stays.expression,
            SignIn.refresh_hash.expression,
            SignIn.previous_hash.expression,
            SignIn.rotated_at.expression,
        )
        .join(SignIn, and_(SignIn.tenant_id == Person.tenant_id, SignIn.person_id == Person.id))
        .where(
            SignIn.id == claims.session_id,
            Person.id == claims.person_id,
            Person.disabled_at.is_(None),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > func.now(),
        )
    )


def _member(
    work: Work,
    person_id: UUID,
    row: Row[Any],
    held: rights.Rights,
    source: Source | None,
    session_id: UUID | None,
) -> Member:
    terms = subscription_rules.terms(held.modules, work.now)
    return Member(
        tenant_id=work.tenant_id,
        person_id=person_id,
        name=row.name,
        access=held.access,
        language=row.language,
        source=source or Source(),
        session_id=session_id,
        party_id=row.party_id,
        read_only_modules=subscription_rules.read_only(terms),
        terms=MappingProxyType(terms),
    )


async def _rights(work: Work, person_id: UUID, row: Row[Any]) -> rights.Rights:
    return await rights.rights_of(
        work,
        person_id,
        person_version=row.version,
        policy_version=row.policy_version,
        party_id=row.party_id,
    )


async def _touch(work: Work, session_id: UUID, used_at: datetime) -> None:
    if work.now - used_at >= TOUCH:
        await work.session.execute(
            update(SignIn)
            .where(SignIn.id == session_id, SignIn.used_at <= work.now - TOUCH)
            .values(used_at=func.now())
            .execution_options(synchronize_session=False)
        )


async def _arrived(work: Work, claims: tokens.Claims, row: Row[Any]) -> None:
    """The newest refresh token has reached its owner, whose access token this is: the one before it is spent for good."""
    if row.previous_hash is None or claims.mark != refreshing.mark(row.refresh_hash):
        return
    if work.now - row.rotated_at > refreshing.GRACE:
        await work.session.execute(
            update(SignIn)
            .where(SignIn.id == claims.session_id, SignIn.refresh_hash == row.refresh_hash)
            .values(previous_hash=None)
            .execution_options(synchronize_session=False)
        )


async def _end_idle(work: Work, claims: tokens.Claims) -> None:
    if await repository.end_sessions(work, "idle", person_id=claims.person_id, only=claims.session_id):
        work.record(
            "person.session_ended", ("person", claims.person_id), session=claims.session_id, why="idle"
        )


def house(tenant_id: UUID, source: Source | None = None) -> Actor:
    """The system itself, at the door of one company, on behalf of somebody not yet known."""
    return replace(system(tenant_id), source=source or Source())

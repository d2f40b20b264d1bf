"""Keeping a session going and ending it."""

from uuid import UUID

from sqlalchemy import select

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import NotSignedIn
from anhuan_infra.settings import Settings
from anhuan_infra.work import Source, Work, open_work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.companies.rules import Strictness
from anhuan_tenants.identity import refreshing, repository
from anhuan_tenants.identity.entry import house
from anhuan_tenants.identity.errors import OtherPerson
from anhuan_tenants.identity.models import SignIn
from anhuan_tenants.identity.service.sign_in import Tokens, as_person, issued


async def refresh(
    sessions: Sessions,
    settings: Settings,
    token: str | None,
    source: Source | None = None,
    *,
    person_id: UUID | None = None,
) -> Tokens:
    """A new pair for the newest refresh token; for the one before it too, as long as nobody was seen with the newest.

    A true token that is older than that was copied: the whole family ends and the record says so. The person's own next refresh
    is then refused as well, and they sign in again. With `person_id`, a session of anybody else is left alone.
    """
    if not token:
        raise NotSignedIn()
    presented = refreshing.read(settings.secrets, token)
    tokens: Tokens | None = None
    async with open_work(sessions, house(presented.tenant_id, source)) as work:
        row = await work.session.get(
            SignIn, (presented.tenant_id, presented.session_id), with_for_update=True
        )
        if row is not None and row.ended_at is None:
            if person_id not in (None, row.person_id):
                raise OtherPerson()
            tokens = await _turned(work, settings, row, presented)
    if tokens is None:
        raise NotSignedIn()
    return tokens


async def leave(
    sessions: Sessions,
    settings: Settings,
    token: str | None,
    source: Source | None = None,
    *,
    person_id: UUID | None = None,
    everywhere: bool = False,
) -> None:
    """Sign out by the refresh token alone: whoever lays a phone down does not wait for a fresh access token first."""
    if not token:
        raise NotSignedIn()
    presented = refreshing.read(settings.secrets, token)
    async with open_work(sessions, house(presented.tenant_id, source)) as work:
        row = await work.session.get(SignIn, (presented.tenant_id, presented.session_id))
        account = await repository.account(work, person_id=row.person_id) if row else None
    if row is None or account is None or row.ended_at is not None:
        raise NotSignedIn()
    if person_id not in (None, row.person_id):
        raise OtherPerson()
    async with open_work(sessions, as_person(account, source, row.id)) as work:
        # A copy that is older than the newest may not do more than end the session that it was copied from.
        is_good = presented.hash in (row.refresh_hash, row.previous_hash)
        await (sign_out_everywhere(work) if everywhere and is_good else sign_out(work))


async def sign_out(work: Work) -> None:
    """End the session of the actor; a second time changes nothing."""
    person_id, session_id = work.actor.person_id, work.actor.session_id
    if person_id is None or session_id is None:
        raise NotSignedIn()
    if await repository.end_sessions(work, "signed out", person_id=person_id, only=session_id):
        work.record("person.signed_out", ("person", person_id), session=session_id)


async def sign_out_everywhere(work: Work, person_id: UUID | None = None) -> int:
    """End all sessions of the actor, or of a person whom the actor manages; how many were open."""
    who = person_id or work.actor.person_id
    if who is None:
        raise NotSignedIn()
    person = await repository.person(work, who)
    if who != work.actor.person_id:
        work.allow(Act.PERSON_MANAGE, person)
    ended = await repository.end_sessions(work, "signed out everywhere", person_id=who)
    if ended:
        work.record(
            "person.signed_out_everywhere",
            ("person", who),
            unit_no=person.home_unit_no,
            sessions=len(ended),
        )
    return len(ended)


async def open_sessions(work: Work, person_id: UUID | None = None) -> list[SignIn]:
    """The open sessions of the actor, or of a person whom the actor manages, the last used first."""
    who = person_id or work.actor.person_id
    if who is None:
        raise NotSignedIn()
    if who != work.actor.person_id:
        work.allow(Act.PERSON_MANAGE, await repository.person(work, who))
    query = select(SignIn).where(
        SignIn.person_id == who, SignIn.ended_at.is_(None), SignIn.expires_at > work.now
    )
    return list(await work.session.scalars(query.order_by(SignIn.used_at.desc())))


async def _turned(
    work: Work, settings: Settings, row: SignIn, presented: refreshing.Refresh
) -> Tokens | None:
    if why := await _why_ended(work, row, presented):
        await repository.end_sessions(work, why, person_id=row.person_id, only=row.id)
        work.record("person.session_ended", ("person", row.person_id), session=row.id, why=why)
        return None
    is_newest = presented.hash == row.refresh_hash
    if is_newest or work.now - row.rotated_at > refreshing.GRACE:
        row.previous_hash, row.rotated_at = presented.hash, work.now
    following = refreshing.following(settings.secrets, presented, row.rotated_at)
    row.refresh_hash = following.hash
    row.used_at = work.now
    return issued(settings, work.tenant_id, row.person_id, row, following.text)


async def _why_ended(work: Work, row: SignIn, presented: refreshing.Refresh) -> str | None:
    person = await repository.person(work, row.person_id)
    strictness = Strictness.of(await repository.company_settings(work))
    if presented.hash not in (row.refresh_hash, row.previous_hash):
        return "refresh token used again"
    if person.disabled_at is not None:
        return "disabled"
    if row.expires_at <= work.now:
        return "expired"
    return "idle" if row.used_at + strictness.idle(stays=row.stays) <= work.now else None

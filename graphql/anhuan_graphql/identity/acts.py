"""Signing up, in and out, setting a password, and asking who one is."""

from contextlib import suppress
from uuid import UUID

import sqlalchemy as sa

from anhuan_graphql import cookies, limiter
from anhuan_graphql.context import Context, Info
from anhuan_graphql.fields import OPEN, query, wide_act
from anhuan_graphql.identity.types import (
    ActivateInput,
    Company,
    Founded,
    Me,
    RefreshInput,
    Session,
    SetPasswordInput,
    SignedIn,
    SignInInput,
    SignOutInput,
    SignUpInput,
    Tokens,
    what_at_all,
)
from anhuan_graphql.planner.readings import At, Env
from anhuan_graphql.planner.roots import Arm, First, Rows
from anhuan_infra.errors import NotSignedIn
from anhuan_platform.loops.service.opening import install_library
from anhuan_tenants.companies import service as companies
from anhuan_tenants.companies.models import Company as CompanyRow
from anhuan_tenants.identity.models import SignIn as SignInRow
from anhuan_tenants.identity.service import credentials, sessions
from anhuan_tenants.identity.service import sign_in as signing
from anhuan_tenants.organisation.models import Person as PersonRow
from anhuan_tenants.subscriptions.catalogue import CORE


@wide_act(OPEN)
async def sign_up(context: Context, input: SignUpInput) -> Founded:
    """A company signs itself up: founder, first unit, shipped roles and loops, 30 days of every module."""
    await context.house.limiter.take(limiter.SIGN_UP_ADDRESS, context.source.address)
    asked = companies.SignUp(**vars(input))
    house = context.house
    founded = await companies.sign_up(
        house.sessions, house.settings, asked, context.source, [install_library]
    )
    return Founded(company_id=founded.company_id, code=founded.code, founder_id=founded.founder_id)


@wide_act(OPEN)
async def sign_in(context: Context, input: SignInInput) -> SignedIn:
    """Begin a session."""
    house = context.house
    await house.limiter.take(limiter.SIGN_IN_ADDRESS, context.source.address)
    await house.limiter.take(limiter.SIGN_IN_ACCOUNT, input.company or "", input.name)
    begun = await signing.sign_in(
        house.sessions, house.settings, input.company, input.name, input.password, context.source,
        stay=input.stay,
    )  # fmt: skip
    if input.cookie:
        await _leave_replaced(context)
        cookies.keep(context, begun.tokens)
    return SignedIn(
        tokens=Tokens.of(begun.tokens, cookie=input.cookie),
        company_id=begun.tenant_id,
        person_id=begun.person_id,
        session_id=begun.session_id,
        must_change_password=begun.must_change_password,
        password_expired=begun.password_expired,
    )


async def _leave_replaced(context: Context) -> None:
    """The session whose cookies are now overwritten is in nobody's hands: left open, it would stand among its person's for weeks."""
    house = context.house
    with suppress(NotSignedIn):
        await sessions.leave(house.sessions, house.settings, context.refresh_token, context.source)


@wide_act(OPEN)
async def refresh(context: Context, input: RefreshInput) -> Tokens:
    """A fresh pair for the newest refresh token, or for the one before it where the answer was lost on its way; any older one
    ends the session, for it was copied."""
    house = context.house
    await house.limiter.take(limiter.REFRESH_ADDRESS, context.source.address)
    token = input.refresh_token or (context.refresh_token if input.cookie else None)
    pair = await sessions.refresh(
        house.sessions, house.settings, token, context.source, person_id=context.meant_id()
    )
    if input.cookie:
        cookies.keep(context, pair)
    return Tokens.of(pair, cookie=input.cookie)


@wide_act(OPEN)
async def sign_out(context: Context, input: SignOutInput) -> bool:
    """End this session, or all of one's own; the access token stops working at once, and a browser forgets what it kept.

    In a browser the refresh token is enough, for the access token may have run out meanwhile.
    """
    if context.refresh_token is None:
        async with context.acting() as work:
            await (sessions.sign_out_everywhere(work) if input.everywhere else sessions.sign_out(work))
        return True
    house = context.house
    try:
        await sessions.leave(
            house.sessions, house.settings, context.refresh_token, context.source,
            person_id=context.meant_id(), everywhere=input.everywhere,
        )  # fmt: skip
    except NotSignedIn:
        cookies.forget(context)
        raise
    cookies.forget(context)
    return True


@wide_act(CORE)
async def set_password(context: Context, input: SetPasswordInput) -> bool:
    """Change one's own password; all other sessions end."""
    house = context.house
    await credentials.set_password(
        house.sessions, house.settings, await context.actor(), input.present, input.wanted
    )
    return True


@wide_act(OPEN)
async def activate(context: Context, input: ActivateInput) -> bool:
    """Set a first password with an activation code; sign in afterwards."""
    house = context.house
    await house.limiter.take(limiter.SIGN_IN_ADDRESS, context.source.address)
    await house.limiter.take(limiter.SIGN_IN_ACCOUNT, input.company, input.name)
    await credentials.activate(
        house.sessions, house.settings, input.company, input.name, input.code, input.password, context.source
    )
    return True


_MYSELF = Arm("Me", lambda at, env, _given: [at[PersonRow.id] == env.value("person", sa.Uuid())])


@query(CORE, First((_MYSELF,), missing=True))
async def me(info: Info) -> Me:
    """Who is signed in."""
    actor = await info.context.actor()
    assert actor.person_id is not None
    async with info.context.reading() as work:
        row = await work.session.get_one(CompanyRow, work.tenant_id)
    return Me(
        company=Company.of(row),
        language=actor.language,
        can=what_at_all(actor),
        person_id=actor.person_id,
    )


def _open(at: At, env: Env, _given: object) -> list[sa.ColumnElement[bool]]:
    mine = at[SignInRow.person_id] == env.value("person", sa.Uuid())
    return [mine, at[SignInRow.ended_at].is_(None), at[SignInRow.expires_at] > sa.func.now()]


@query(CORE, Rows("Session", _open, lambda at, _env, _given: [at[SignInRow.used_at].desc()]))
async def my_sessions(info: Info) -> list[Session]:
    """One's own open sessions, the last used first."""
    async with info.context.reading() as work:
        rows = await sessions.open_sessions(work)
        here = work.actor.session_id
    return [_session(row, here) for row in rows]


def _session(row: SignInRow, here: UUID | None) -> Session:
    return Session(
        id=row.id,
        created_at=row.created_at,
        used_at=row.used_at,
        address=row.source.get("address"),
        client=row.source.get("client"),
        stays=row.stays,
        is_this=row.id == here,
    )


QUERIES = [me, my_sessions]
MUTATIONS = [
    sign_up, sign_in, refresh, sign_out, set_password, activate,
]  # fmt: skip

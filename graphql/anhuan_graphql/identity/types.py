"""What signing up and in takes and answers, and who one is."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry

from anhuan_graphql.context import Info
from anhuan_graphql.people import Person, people_by_id
from anhuan_graphql.planner.pieces import NULL, literal
from anhuan_graphql.planner.readings import Column, One, Told, Worked, noun
from anhuan_graphql.shown import planned
from anhuan_graphql.subscriptions import ModuleTerms, standings
from anhuan_tenants.companies.models import Company as CompanyRow
from anhuan_tenants.identity.models import SignIn as SignInRow
from anhuan_tenants.identity.service import sign_in as signing
from anhuan_tenants.organisation.models import Person as PersonRow


@noun(CompanyRow, id=Column(CompanyRow.tenant_id))
@strawberry.type
class Company:
    """A company (企业): one tenant."""

    id: UUID
    code: str
    name: str
    zone: str
    language: str
    industry_code: str | None
    region_code: str | None

    @classmethod
    def of(cls, row: CompanyRow) -> "Company":
        """Out of its row."""
        return cls(
            id=row.tenant_id,
            code=row.code,
            name=row.name,
            zone=row.zone,
            language=row.language,
            industry_code=row.industry_code,
            region_code=row.region_code,
        )


def what_at_all(actor: Any) -> list[str]:
    """The acts that somebody may do somewhere."""
    scopes = getattr(actor.access, "scopes", {})
    return sorted(name for name in scopes if actor.access.allows(name, None))


@noun(
    PersonRow,
    company=One("Company", PersonRow.tenant_id, "tenant_id"),
    language=Worked(lambda _at, env: env.value("language", sa.Text()), str),
    can=Told(lambda _at, _env: literal(NULL), lambda _facts, member: what_at_all(member)),
)
@strawberry.type
class Me:
    """Who is signed in, and what they may do anywhere at all."""

    company: Company
    language: str
    can: list[str]
    person_id: strawberry.Private[UUID]

    @planned(One("Person", PersonRow.id))
    async def person(self, info: Info) -> Person | None:
        """Your own entry."""
        return await info.context.loader(people_by_id).load(self.person_id)

    @planned(Told(lambda _at, _env: literal(NULL), lambda _facts, member: standings(member)))
    async def modules(self, info: Info) -> list[ModuleTerms]:
        """The modules of your company."""
        return standings(await info.context.actor())


@strawberry.type
class Tokens:
    """A fresh pair: the access token goes with every request, the refresh token only to `refresh`. Null where cookies hold them."""

    access_token: str | None
    access_expires_at: datetime
    refresh_token: str | None
    refresh_expires_at: datetime

    @classmethod
    def of(cls, pair: signing.Tokens, *, cookie: bool) -> "Tokens":
        """As identity issued it."""
        return cls(
            access_token=None if cookie else pair.access_token,
            access_expires_at=pair.access_expires_at,
            refresh_token=None if cookie else pair.refresh_token,
            refresh_expires_at=pair.refresh_expires_at,
        )


@strawberry.type
class SignedIn:
    """A session that has begun."""

    tokens: Tokens
    company_id: UUID
    person_id: UUID
    session_id: UUID
    must_change_password: bool
    password_expired: bool


@strawberry.type
class Founded:
    """A company that has signed up; sign in with its code and the account."""

    company_id: UUID
    code: str
    founder_id: UUID


@noun(
    SignInRow,
    address=Worked(lambda at, _env: at[SignInRow.source]["address"].astext, str),
    client=Worked(lambda at, _env: at[SignInRow.source]["client"].astext, str),
    is_this=Told(
        lambda at, _env: sa.func.to_json(at[SignInRow.id]),
        lambda session_id, member: UUID(session_id) == member.session_id,
    ),
)
@strawberry.type
class Session:
    """An open session of a person."""

    id: UUID
    created_at: datetime
    used_at: datetime
    address: str | None
    client: str | None
    stays: bool
    is_this: bool


@strawberry.input
class SignUpInput:
    """A company and its founder; `id` becomes the company's."""

    id: UUID
    code: str
    name: str
    founder: str
    account: str
    password: str
    email: str | None = None
    phone: str | None = None
    language: str = "zh"
    zone: str = "Asia/Shanghai"
    industry_code: str | None = None
    region_code: str | None = None


@strawberry.input
class SignInInput:
    """Company code and account, or e-mail or phone alone. `cookie`: no token is answered, it is the browser's; `stay` (在本机保持登录): good for weeks."""

    company: str | None = None
    name: str
    password: str
    cookie: bool = False
    stay: bool = False


@strawberry.input
class RefreshInput:
    """The newest refresh token; with `cookie` it is the one that the browser keeps, and stays there."""

    refresh_token: str | None = None
    cookie: bool = False


@strawberry.input
class SignOutInput:
    """This session, or all of one's own."""

    everywhere: bool = False


@strawberry.input
class SetPasswordInput:
    """The present password and the one wanted."""

    present: str
    wanted: str


@strawberry.input
class ActivateInput:
    """A first password, by the activation code that an administrator handed over."""

    company: str
    name: str
    code: str
    password: str

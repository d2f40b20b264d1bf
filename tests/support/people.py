"""Companies and people for tests, made the way the product makes them, only with a password that costs nothing to hash.

The cast: lin (worker) and wei (safety officer) of tenant A, sara (manager) of tenant B.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import select, update

from anhuan_graphql import tables
from anhuan_infra import text
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_infra.work import Actor, Source, Work, open_work, system
from anhuan_tenants.access.models import Grant
from anhuan_tenants.companies import directory, service, versions
from anhuan_tenants.companies.models import Company as CompanyRow
from anhuan_tenants.companies.service import After, SignUp
from anhuan_tenants.identity import entry
from anhuan_tenants.identity.entry import Member
from anhuan_tenants.identity.service import credentials
from anhuan_tenants.organisation.models import Contact, Person, Unit, UnitKind

ALL_TABLES = frozenset(tables.metadata.tables)
"""Rows point across rooms: every table must be known before the first row is written, as in a running program."""

PASSWORD = "Jia&Fang-2026"
"""Everybody's password, good enough for the rules."""

CHEAP_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""It as argon2id in microseconds; a hash names its own parameters, so the product verifies it as any other."""


@dataclass(frozen=True)
class Company:
    """One tenant and the ways into it."""

    sessions: Sessions
    settings: Settings
    id: UUID
    code: str
    founder_id: UUID

    @asynccontextmanager
    async def work(self, actor: Actor | UUID | None = None) -> AsyncGenerator[Work]:
        """A transaction as an actor, as a person under the policy of this moment, or (None) as the founder."""
        who = actor if isinstance(actor, Actor) else await self.actor(actor or self.founder_id)
        async with open_work(self.sessions, who) as work:
            yield work

    @asynccontextmanager
    async def house(self) -> AsyncGenerator[Work]:
        """A transaction as the system, which sees everything in the company."""
        async with open_work(self.sessions, system(self.id)) as work:
            yield work

    async def actor(self, person_id: UUID, source: Source | None = None) -> Member:
        """The person as an actor under the policy of this moment; costs no password."""
        async with self.house() as work:
            return await entry.member_of(work, person_id, source)

    async def unit(
        self, name: str, kind: UnitKind = UnitKind.WORKSHOP, parent_no: int = 1, **columns: Any
    ) -> int:
        """A unit under another; its number."""
        async with self.house() as work:
            no = await work.session.scalar(
                update(CompanyRow)
                .where(CompanyRow.tenant_id == self.id)
                .values(next_unit_no=CompanyRow.next_unit_no + 1)
                .returning(CompanyRow.next_unit_no - 1)
            )
            assert isinstance(no, int)
            above = await _unit(work, parent_no)
            columns.setdefault("code", f"unit-{no}")
            sort = text.sort_key(name)
            work.session.add(
                Unit(
                    no=no,
                    name=name,
                    name_sort=sort,
                    kind=kind,
                    parent_id=above.id,
                    path=f"{above.path}.u{no}",
                    **columns,
                )
            )
            await versions.policy_changed(work)
            return no

    async def person(
        self,
        name: str,
        *roles: str,
        unit_no: int = 1,
        account: str | None = None,
        email: str | None = None,
        phone: str | None = None,
        password_hash: str | None = CHEAP_HASH,
        party_id: UUID | None = None,
    ) -> UUID:
        """A person with these roles (a worker unless said) at the home unit, able to sign in with `PASSWORD`."""
        person_id = new_id()
        async with self.house() as work:
            work.session.add(
                Person(
                    id=person_id,
                    account=account or f"w{person_id.hex[-10:]}",
                    name=name,
                    name_sort=text.sort_key(name),
                    home_unit_no=unit_no,
                    party_id=party_id,
                )
            )
            await work.session.flush()
            work.session.add(Contact(id=person_id, unit_no=unit_no, email=email, phone=phone))
            for role in roles or ("worker",):
                work.session.add(Grant(person_id=person_id, role_code=role, unit_no=unit_no))
            if password_hash:
                await credentials.give(work, [person_id], password_hash)
            await directory.add(work, self.settings.secrets, person_id, email=email, phone=phone)
            await versions.policy_changed(work)
        return person_id


@dataclass(frozen=True)
class Cast:
    """Two companies with the people that tests speak of; A has a branch, a workshop in it and a team in that."""

    a: Company
    b: Company
    branch: int
    workshop: int
    team: int
    lin: Member
    wei: Member
    sara: Member


def a_sign_up(**changes: Any) -> SignUp:
    """What a new company says of itself, with a code of its own."""
    company_id = changes.pop("id", None) or new_id()
    plain = SignUp(
        id=company_id,
        code=f"c{company_id.hex[-12:]}",
        name="恒泰金属制品有限公司",
        founder="赵敏",
        account="founder",
        password=PASSWORD,
    )
    return replace(plain, **changes)


async def a_company(sessions: Sessions, settings: Settings, *, after: After = (), **changes: Any) -> Company:
    """A company that has signed up; `changes` are fields of its sign-up."""
    asked = a_sign_up(**changes).checked()
    founded = await service.found(sessions, settings, asked, CHEAP_HASH, after=after)
    return Company(sessions, settings, founded.company_id, founded.code, founded.founder_id)


async def a_cast(sessions: Sessions, settings: Settings, *, after: After = ()) -> Cast:
    """Companies A and B with lin, wei and sara."""
    a = await a_company(sessions, settings, after=after)
    b = await a_company(sessions, settings, after=after, name="大洋化工有限公司", founder="王芳")
    branch = await a.unit("第一分厂", UnitKind.BRANCH)
    workshop = await a.unit("冲压车间", UnitKind.WORKSHOP, branch)
    team = await a.unit("甲班", UnitKind.TEAM, workshop)
    lin = await a.person("林小雨", "worker", unit_no=team, account="lin")
    wei = await a.person("魏建国", "hq_safety_officer", account="wei")
    sara = await b.person("萨拉", "general_manager", account="sara")
    return Cast(a, b, branch, workshop, team, await a.actor(lin), await a.actor(wei), await b.actor(sara))


async def _unit(work: Work, no: int) -> Unit:
    return (await work.session.scalars(select(Unit).where(Unit.no == no))).one()

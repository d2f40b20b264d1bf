"""Notices (通知): what one was told, how far it got, and what one has read."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy import ColumnElement, func, select

from anhuan_graphql.cases.types import Case, cases_by_id
from anhuan_graphql.context import Context, Info
from anhuan_graphql.enums import Reach
from anhuan_graphql.fields import act, query
from anhuan_graphql.people import Person, person_or_none
from anhuan_graphql.planner.readings import At, Env, Many, One, Paged, Told, noun, table_of
from anhuan_graphql.planner.roots import Rows, Value
from anhuan_graphql.relay import Connection, Node, Order, Page
from anhuan_graphql.scalars import Json
from anhuan_graphql.shown import planned
from anhuan_infra.errors import NotFound
from anhuan_infra.settings import Secrets
from anhuan_infra.work import Work
from anhuan_platform.notices import phrases, repository, service
from anhuan_platform.notices.models import Attempt as AttemptRow
from anhuan_platform.notices.models import Notice as NoticeRow
from anhuan_tenants.companies.models import Company as CompanyRow
from anhuan_tenants.subscriptions.catalogue import CORE

MOST_ATTEMPTS = 200
"""Shown of one notice, the first ones."""


@noun(AttemptRow)
@strawberry.type
class Attempt:
    """One try to carry a notice outside the app."""

    channel: str
    no: int
    address: str
    state: str
    provider_id: str | None
    detail: str | None
    started_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: AttemptRow) -> "Attempt":
        """Out of its row."""
        return cls(
            channel=row.channel,
            no=row.no,
            address=row.address,
            state=row.state,
            provider_id=row.provider_id,
            detail=row.detail,
            started_at=row.started_at,
            ended_at=row.ended_at,
        )


def _said(part: Callable[[phrases.Text], str]) -> Told:
    """A part of the sentence, in the reader's language and on the company's clock."""

    def facts(at: At, _env: Env) -> sa.ColumnElement[Any]:
        zone = sa.select(sa.alias(table_of(CompanyRow), "company").c.zone).scalar_subquery()
        return sa.func.json_build_array(at[NoticeRow.kind], at[NoticeRow.facts], zone)

    def tell(found: list[Any], member: Any) -> str:
        kind, said, zone = found
        return part(phrases.render(kind, said, member.language, zone))

    return Told(facts, tell)


@noun(NoticeRow)
@strawberry.type
class Notice(Node):
    """One thing that one person was told."""

    kind: str
    facts: Json
    is_urgent: bool
    created_at: datetime
    read_at: datetime | None
    reach: Reach
    delivered_by: str | None
    undelivered_at: datetime | None
    row: strawberry.Private[NoticeRow]
    zone: strawberry.Private[str]

    @classmethod
    def of(cls, row: NoticeRow, zone: str) -> "Notice":
        """Out of its row; moments are said on the company's clock."""
        return cls(
            id=row.id,
            kind=row.kind,
            facts=Json(row.facts),
            is_urgent=row.is_urgent,
            created_at=row.created_at,
            read_at=row.read_at,
            reach=Reach(row.reach),
            delivered_by=row.delivered_by,
            undelivered_at=row.undelivered_at,
            row=row,
            zone=zone,
        )

    @planned(_said(lambda text: text.title))
    def title(self, info: Info) -> str:
        """In your language."""
        return phrases.render(self.row.kind, self.row.facts, info.context.language, self.zone).title

    @planned(_said(lambda text: text.body))
    def body(self, info: Info) -> str:
        """In your language."""
        return phrases.render(self.row.kind, self.row.facts, info.context.language, self.zone).body

    @planned(One("Person", NoticeRow.person_id))
    async def person(self, info: Info) -> Person | None:
        """Who was told."""
        return await person_or_none(info.context, self.row.person_id)

    @planned(One("Case", NoticeRow.case_id))
    async def case(self, info: Info) -> Case | None:
        """What it is about; null where you may not see it any more."""
        case_id = self.row.case_id
        return None if case_id is None else await info.context.loader(cases_by_id).load(case_id)

    @planned(Many("Attempt", AttemptRow.notice_id, (AttemptRow.started_at, AttemptRow.id), MOST_ATTEMPTS))
    async def attempts(self, info: Info) -> list[Attempt]:
        """How it was carried outside the app, try by try."""
        async with info.context.reading() as work:
            tries = await service.attempts(work, self.id)
        return [Attempt.of(row) for row in tries[:MOST_ATTEMPTS]]


@strawberry.input
class MarkReadInput:
    """One notice, or all that the screen showed (`upTo` and older), or all."""

    id: UUID | None = None
    up_to: UUID | None = None


async def notices_by_id(work: Work, ids: list[UUID]) -> list[Notice | None]:
    """Notices by id."""
    zone = (await repository.company(work)).zone
    rows = await work.session.scalars(select(NoticeRow).where(NoticeRow.id.in_(ids)))
    found = {row.id: Notice.of(row, zone) for row in rows}
    return [found.get(one) for one in ids]


async def notice_by_row(context: Context, row: NoticeRow) -> Notice:
    """A notice just written, read anew."""
    found = await context.loader(notices_by_id).load(row.id)
    if found is None:
        raise NotFound(path="id", kind="notice", id=row.id)
    return found


def _page(secrets: Secrets, tenant_id: UUID, given: Mapping[str, Any]) -> Page:
    # Not bound to the person: a place in this list is the time of a notice, and everybody sees their own from there on.
    return Page(
        secrets=secrets,
        tenant_id=tenant_id,
        of="notices",
        narrowed=given["unread"],
        orders=(Order(NoticeRow.id, descending=True),),
        first=given["first"],
        after=given["after"],
    )


def _where(at: At, env: Env, given: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    mine = at[NoticeRow.person_id] == env.value("person", sa.Uuid())
    return [mine, at[NoticeRow.read_at].is_(None)] if given["unread"] else [mine]


def _unread(env: Env, _given: object) -> ColumnElement[int]:
    row = sa.alias(table_of(NoticeRow), "unread")
    mine = row.c.person_id == env.value("person", sa.Uuid())
    return sa.select(func.count()).select_from(row).where(mine, row.c.read_at.is_(None)).scalar_subquery()


@query(CORE, Paged("Notice", _page, _where))
async def notices(
    info: Info, unread: bool = False, first: int | None = None, after: str | None = None
) -> Connection[Notice]:
    """What you were told, newest first."""
    context = info.context
    async with context.reading() as work:
        zone = (await repository.company(work)).zone
        where = [NoticeRow.person_id == work.actor.person_id]
        if unread:
            where.append(NoticeRow.read_at.is_(None))
        given = {"unread": unread, "first": first, "after": after}
        page = _page(context.house.settings.secrets, work.tenant_id, given)
        statement = select(NoticeRow).where(*where, page.where()).order_by(*page.order_by())
        rows = (await work.session.scalars(statement.limit(page.size + 1))).all()

    async def count() -> int:
        async with context.reading() as work:
            return await work.session.scalar(select(func.count()).select_from(NoticeRow).where(*where)) or 0

    return page.connection([(Notice.of(row, zone), (row.id,)) for row in rows], count)


@query(CORE, Value(_unread, int))
async def unread_notices(info: Info) -> int:
    """How many you have not read."""
    async with info.context.reading() as work:
        return await service.unread_count(work)


@query(
    CORE,
    Rows(
        "Notice",
        lambda at, _env, _given: [at[NoticeRow.undelivered_at].is_not(None), at[NoticeRow.read_at].is_(None)],
        lambda at, _env, _given: [at[NoticeRow.id].desc()],
        most=service.PAGE,
    ),
)
async def undelivered_notices(info: Info) -> list[Notice]:
    """What reached nobody outside the app and was not read in it, newest first; as far as you look after it."""
    async with info.context.reading() as work:
        zone = (await repository.company(work)).zone
        return [Notice.of(row, zone) for row in await service.undelivered(work)]


@act(CORE)
async def mark_read(work: Work, input: MarkReadInput) -> int:
    """Say that you have read it; answers how many are still unread."""
    if input.id is not None:
        await service.mark_read(work, input.id)
    else:
        await service.mark_all_read(work, input.up_to)
    return await service.unread_count(work)


QUERIES = [notices, unread_notices, undelivered_notices]
MUTATIONS = [mark_read]

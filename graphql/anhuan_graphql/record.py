"""The record (操作记录): who did what when, in a case or in the whole company."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy import ColumnElement, func, select

from anhuan_graphql.context import Context, Info
from anhuan_graphql.fields import query
from anhuan_graphql.people import Person, person_or_none
from anhuan_graphql.planner.readings import At, Env, One, Worked, noun, table_of
from anhuan_graphql.planner.roots import Given, Searched, Whole, allowed
from anhuan_graphql.relay import Connection, Node, Order, Page
from anhuan_graphql.scalars import Json
from anhuan_graphql.shown import planned
from anhuan_infra.record.models import RecordEntry as EntryRow
from anhuan_infra.record.models import RecordHead, RecordSeal
from anhuan_infra.settings import Secrets
from anhuan_infra.work import Work
from anhuan_tenants.access.acts import Act

AUDIT = "audit"
_PLAIN = At({table_of(EntryRow): table_of(EntryRow)})


def _sealed(at: At, shown: Callable[[sa.Table], sa.ColumnElement[Any]]) -> sa.ColumnElement[str]:
    """Of the seal of an entry; nothing until there is one."""
    seal = table_of(RecordSeal)
    mine = (seal.c.tenant_id == at[EntryRow.tenant_id]) & (seal.c.entry_id == at[EntryRow.id])
    return sa.select(shown(seal)).where(mine).correlate(*at.tables.values()).scalar_subquery()


@noun(EntryRow)
@strawberry.type
class RecordEntry(Node):
    """One act, as it happened. `seq` is its place in the sealed chain; null for the seconds until it is sealed."""

    at: datetime
    act: str
    actor_id: UUID | None
    actor_kind: str
    subject_kind: str
    subject_id: UUID
    case_id: UUID | None
    body: Json

    @classmethod
    def of(cls, row: EntryRow) -> "RecordEntry":
        """Without where it came from: addresses and devices are for the export alone."""
        return cls(
            id=row.id,
            at=row.at,
            act=row.act,
            actor_id=row.actor_id,
            actor_kind=row.actor_kind,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            case_id=row.case_id,
            body=Json(row.body),
        )

    @planned(One("Person", EntryRow.actor_id))
    async def actor(self, info: Info) -> Person | None:
        """Who did it; null for the system, and where you may not see the person."""
        return await person_or_none(info.context, self.actor_id)

    @planned(Worked(lambda at, _: _sealed(at, lambda seal: seal.c.seq.cast(sa.Text())), str))
    async def seq(self, info: Info) -> str | None:
        """Its number in the company's chain."""
        found = await info.context.loader(seals_by_entry).load(self.id)
        return None if found is None else str(found.seq)

    @planned(Worked(lambda at, _: _sealed(at, lambda seal: func.encode(seal.c.chain_hash, "hex")), str))
    async def chain_hash(self, info: Info) -> str | None:
        """SHA-256 of the chain up to here, as hex."""
        found = await info.context.loader(seals_by_entry).load(self.id)
        return None if found is None else found.chain_hash.hex()


@strawberry.type
class SignedHead:
    """The newest signed statement of how long the company's chain is and what it ends in."""

    size: str
    chain_hash: str
    signed_at: datetime
    key_id: str
    signature: str


@strawberry.input
class RecordFilter:
    """What to look for in the record."""

    case: UUID | None = None
    subject: UUID | None = None
    actor: UUID | None = None
    act: str | None = None
    since: datetime | None = None
    until: datetime | None = None


async def seals_by_entry(work: Work, ids: list[UUID]) -> list[RecordSeal | None]:
    """Seals of entries."""
    rows = await work.session.scalars(select(RecordSeal).where(RecordSeal.entry_id.in_(ids)))
    found = {row.entry_id: row for row in rows}
    return [found.get(one) for one in ids]


OLDEST_FIRST = (Order(EntryRow.at), Order(EntryRow.id))
_NEWEST_FIRST = (Order(EntryRow.at, True), Order(EntryRow.id, True))


async def entries(
    context: Context, paged: Callable[[Secrets, UUID], Page], where: Sequence[ColumnElement[bool]]
) -> Connection[RecordEntry]:
    """A page of entries; row-level security shows those of the cases one sees, or all where the role reads the record."""
    async with context.reading() as work:
        page = paged(context.house.settings.secrets, work.tenant_id)
        statement = (
            select(EntryRow).where(*where, page.where()).order_by(*page.order_by()).limit(page.size + 1)
        )
        rows = (await work.session.scalars(statement)).all()

    async def count() -> int:
        async with context.reading() as work:
            return await work.session.scalar(select(func.count()).select_from(EntryRow).where(*where)) or 0

    return page.connection([(RecordEntry.of(row), (row.at, row.id)) for row in rows], count)


def _page(secrets: Secrets, tenant_id: UUID, given: Mapping[str, Any]) -> Page:
    return Page(
        secrets=secrets,
        tenant_id=tenant_id,
        of="record",
        narrowed=dict(vars(given["filter"])) if given["filter"] else {},
        orders=_NEWEST_FIRST,
        first=given["first"],
        after=given["after"],
    )


def _where(at: At, _env: Env | None, given: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    asked = given["filter"] or RecordFilter()
    same = (
        (EntryRow.case_id, asked.case),
        (EntryRow.subject_id, asked.subject),
        (EntryRow.actor_id, asked.actor),
        (EntryRow.act, asked.act),
    )
    where = [at[column] == value for column, value in same if value is not None]
    if asked.since is not None:
        where.append(at[EntryRow.at] >= asked.since)
    if asked.until is not None:
        where.append(at[EntryRow.at] < asked.until)
    return where


@query(AUDIT, Searched("RecordEntry", _page, _where, guard=allowed(Act.RECORD_READ)))
async def record(
    info: Info, filter: RecordFilter | None = None, first: int | None = None, after: str | None = None
) -> Connection[RecordEntry]:
    """The record, newest first, as far as you may read it."""
    async with info.context.reading() as work:
        work.allow(Act.RECORD_READ)
    given = {"filter": filter, "first": first, "after": after}
    return await entries(
        info.context, lambda secrets, tenant: _page(secrets, tenant, given), _where(_PLAIN, None, given)
    )


def _newest(_env: Env, _given: Given) -> ColumnElement[str]:
    """Of the heads; JSON's null before the first."""
    head = table_of(RecordHead)
    told = func.json_build_array(
        head.c.size.cast(sa.Text()),
        func.encode(head.c.chain_hash, "hex"),
        head.c.signed_at,
        head.c.key_id,
        func.encode(head.c.signature, "hex"),
    )
    return select(told.cast(sa.Text())).order_by(head.c.size.desc()).limit(1).scalar_subquery()


def _head(told: tuple[str, str, str, str, str] | None) -> SignedHead | None:
    if told is None:
        return None
    size, chain_hash, signed_at, key_id, signature = told
    return SignedHead(
        size=size,
        chain_hash=chain_hash,
        signed_at=datetime.fromisoformat(signed_at),
        key_id=key_id,
        signature=signature,
    )


@query(AUDIT, Whole(lambda told, _member: _head(told), _newest, guard=allowed(Act.RECORD_READ)))
async def record_head(info: Info) -> SignedHead | None:
    """The newest signed head; keep it, and nobody can shorten the record unseen."""
    async with info.context.reading() as work:
        work.allow(Act.RECORD_READ)
        row = await work.session.scalar(select(RecordHead).order_by(RecordHead.size.desc()).limit(1))
    if row is None:
        return None
    return SignedHead(
        size=str(row.size),
        chain_hash=row.chain_hash.hex(),
        signed_at=row.signed_at,
        key_id=row.key_id,
        signature=row.signature.hex(),
    )


QUERIES = [record, record_head]

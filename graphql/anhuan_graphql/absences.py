"""Who is away, and who stands in meanwhile."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy import func, select

from anhuan_graphql.context import Info
from anhuan_graphql.fields import query
from anhuan_graphql.people import Person, people_by_id
from anhuan_graphql.planner.readings import At, Env, One, noun
from anhuan_graphql.planner.roots import Given, Guard, Rows
from anhuan_graphql.rights import person_seen, place
from anhuan_graphql.shown import planned
from anhuan_tenants.access.acts import Act
from anhuan_tenants.organisation import repository
from anhuan_tenants.organisation.models import Absence as AbsenceRow
from anhuan_tenants.subscriptions.catalogue import CORE


@noun(AbsenceRow)
@strawberry.type
class Absence:
    """A time during which somebody is away and a deputy (代理人) stands in."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    reason: str
    deputy_id: strawberry.Private[UUID]

    @classmethod
    def of(cls, row: AbsenceRow) -> "Absence":
        """Out of its row."""
        return cls(
            id=row.id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            reason=row.reason,
            deputy_id=row.deputy_id,
        )

    @planned(One("Person", AbsenceRow.deputy_id))
    async def deputy(self, info: Info) -> Person | None:
        """Who stands in; null where you may not see the person."""
        return await info.context.loader(people_by_id).load(self.deputy_id)


def _may_see(facts: list[Any] | None, member: Any) -> bool:
    if facts is None:
        return False
    there = place(facts)
    return bool(there.owner_id == member.person_id or member.access.allows(Act.DUTY_HANDOVER, there))


def _to_come(at: At, _env: Env, given: Given) -> list[sa.ColumnElement[bool]]:
    return [
        at[AbsenceRow.person_id] == given["person"],
        at[AbsenceRow.ended_at].is_(None),
        at[AbsenceRow.ends_at] > func.now(),
    ]


@query(
    CORE,
    Rows(
        "Absence",
        _to_come,
        lambda at, _env, _given: [at[AbsenceRow.starts_at], at[AbsenceRow.id]],
        guard=Guard(_may_see, person_seen("person")),
    ),
)
async def absences(info: Info, person: UUID) -> list[Absence]:
    """When a person is away, now or to come, the next first; for oneself, and for who may hand that person's duties over."""
    async with info.context.reading() as work:
        row = await repository.person(work, person, "person")
        if row.id != work.actor.person_id:
            work.allow(Act.DUTY_HANDOVER, row.place())
        rows = await work.session.scalars(
            select(AbsenceRow)
            .where(AbsenceRow.person_id == row.id)
            .where(AbsenceRow.ended_at.is_(None), AbsenceRow.ends_at > func.now())
            .order_by(AbsenceRow.starts_at, AbsenceRow.id)
        )
        return [Absence.of(one) for one in rows]


QUERIES = [absences]

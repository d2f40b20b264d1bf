"""Who is away, and who stands in meanwhile."""

from datetime import datetime
from uuid import UUID

import strawberry
from sqlalchemy import func, select

from anhuan_graphql.context import Info
from anhuan_graphql.fields import query
from anhuan_graphql.people import Person, people_by_id
from anhuan_graphql.shown import shown
from anhuan_tenants.access.acts import Act
from anhuan_tenants.organisation import repository
from anhuan_tenants.organisation.models import Absence as AbsenceRow
from anhuan_tenants.subscriptions.catalogue import CORE


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

    @shown
    async def deputy(self, info: Info) -> Person | None:
        """Who stands in; null where you may not see the person."""
        return await info.context.loader(people_by_id).load(self.deputy_id)


@query(CORE)
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

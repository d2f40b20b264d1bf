"""A case: what every closed loop shows, whatever it is about."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import func, select

from anhuan_graphql.cases import loads
from anhuan_graphql.cases.parts import Comment, Escalation, Participant, StopOrder, Task, said
from anhuan_graphql.context import Context, Info
from anhuan_graphql.enums import CaseStatus, SeatStatus, TaskStatus
from anhuan_graphql.evidence import Evidence
from anhuan_graphql.people import Person, Unit, person_or_none, unit_of
from anhuan_graphql.record import RecordEntry, entries
from anhuan_graphql.relay import Connection, Node, Order, Page
from anhuan_graphql.shown import shown
from anhuan_infra.work import Place
from anhuan_platform.loops.models import Case as CaseRow
from anhuan_platform.loops.models import Comment as CommentRow
from anhuan_tenants.access.acts import Act, Resource

_READING = {Act.CASE_READ, Act.CASE_COMMENT}


@strawberry.interface
class Case(Node):
    """One run of a closed loop, from the first report to the archive."""

    number: str
    kind: str
    title: str
    status: CaseStatus
    stage: str
    grade: str | None
    level: int
    due_at: datetime | None
    due_rule: str | None
    opened_at: datetime
    closed_at: datetime | None
    round: int
    row: strawberry.Private[CaseRow]

    @shown
    async def stage_name(self, info: Info) -> str:
        """The stage's name in your language."""
        found = await info.context.loader(loads.definitions_by_id).load(self.row.definition_id)
        stages = dict(found.stages) if found else {}
        return said(stages.get(self.row.stage, {}), info.context.language) or self.row.stage

    @shown
    def is_overdue(self) -> bool:
        """Whether it is late now."""
        due = self.row.due_at
        return self.row.status == CaseStatus.OPEN and due is not None and due < datetime.now(UTC)

    @shown
    async def unit(self, info: Info) -> Unit | None:
        """Where it stands."""
        return await unit_of(info.context, self.row.unit_no)

    @shown
    async def reporter(self, info: Info) -> Person | None:
        """Who opened it; null for an anonymous or automatic case."""
        return await person_or_none(info.context, self.row.owner_id)

    @shown
    async def tasks(self, info: Info, open: bool = False) -> list[Task]:
        """Its steps so far, oldest first."""
        rows = await info.context.loader(loads.tasks_by_case).load(self.row.id)
        return [Task.of(row) for row in rows if not open or row.status == TaskStatus.OPEN]

    @shown
    async def people(self, info: Info) -> list[Participant]:
        """Everyone with a part in it."""
        rows = await info.context.loader(loads.people_by_case).load(self.row.id)
        return [Participant(part=row.part, left_at=row.left_at, person_id=row.person_id) for row in rows]

    @shown
    async def comments(
        self, info: Info, first: int | None = None, after: str | None = None
    ) -> Connection[Comment]:
        """What was said, oldest first."""
        return await _comments(info.context, self.row.id, first, after)

    @shown
    async def timeline(
        self, info: Info, first: int | None = None, after: str | None = None
    ) -> Connection[RecordEntry]:
        """What happened, oldest first: the case's entries of the record."""
        return await entries(info.context, "timeline", {"case": self.row.id}, first, after)

    @shown
    async def evidence(self, info: Info, purpose: str | None = None) -> list[Evidence]:
        """Photos and files, oldest first."""
        rows = await info.context.loader(loads.evidence_by_case).load(self.row.id)
        return [Evidence.of(row) for row in rows if purpose is None or row.purpose == purpose]

    @shown
    async def missing_evidence(self, info: Info) -> list[Evidence]:
        """Photos and files that the case names and that are still on their way: who decides should know."""
        rows = await info.context.loader(loads.missing_by_case).load(self.row.id)
        return [Evidence.of(row) for row in rows]

    @shown
    async def escalations(self, info: Info) -> list[Escalation]:
        """Rungs that fired."""
        return [
            Escalation.of(row)
            for row in await info.context.loader(loads.escalations_by_case).load(self.row.id)
        ]

    @shown
    async def stop_orders(self, info: Info) -> list[StopOrder]:
        """Orders to stop work."""
        return [
            StopOrder.of(row) for row in await info.context.loader(loads.orders_by_case).load(self.row.id)
        ]

    @shown
    async def can(self, info: Info) -> list[str]:
        """Acts that your roles grant on this case; the buttons to show."""
        actor = await info.context.actor()
        place: Place = self.row.place()
        is_open = self.row.status == CaseStatus.OPEN
        return [
            one.value
            for one in Act
            if one.resource is Resource.CASE
            and (is_open or one in _READING)
            and actor.access.allows(one, place)
        ]

    @shown
    async def mine(self, info: Info) -> list[Task]:
        """Steps that wait for you."""
        context = info.context
        me = (await context.actor()).person_id
        rows = await context.loader(loads.tasks_by_case).load(self.row.id)
        waiting = [row for row in rows if row.status == TaskStatus.OPEN]
        seats = await context.loader(loads.seats_by_task).load_many([row.id for row in waiting])
        return [
            Task.of(row)
            for row, held in zip(waiting, seats, strict=True)
            if any(seat.status == SeatStatus.OPEN and me in seat.candidates for seat in held)
        ]


@strawberry.type
class PlainCase(Case):
    """A loop without rules of its own beside its definition."""


def common(row: CaseRow) -> dict[str, Any]:
    """What every kind of case takes from its row."""
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind,
        "title": row.title,
        "status": CaseStatus(row.status),
        "stage": row.stage,
        "grade": row.grade,
        "level": row.level,
        "due_at": row.due_at,
        "due_rule": row.due_rule,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
        "round": row.round,
        "row": row,
    }


async def cases_by_id(work: Any, ids: list[UUID]) -> list[Case | None]:
    """Cases, each as its own type."""
    from anhuan_graphql.hazards.types import Hazard  # the types stand on this module

    found = await loads.rows_by_id(work, ids)
    cases: list[Case | None] = []
    for one in found:
        if one is None:
            cases.append(None)
        else:
            row, hazard = one
            cases.append(PlainCase(**common(row)) if hazard is None else Hazard.of(row, hazard))
    return cases


async def _comments(
    context: Context, case_id: UUID, first: int | None, after: str | None
) -> Connection[Comment]:
    async with context.reading() as work:
        page = Page(
            secrets=context.house.settings.secrets,
            tenant_id=work.tenant_id,
            of="comments",
            narrowed=case_id,
            orders=(Order(CommentRow.id),),
            first=first,
            after=after,
        )
        statement = (
            select(CommentRow)
            .where(CommentRow.case_id == case_id, page.where())
            .order_by(*page.order_by())
            .limit(page.size + 1)
        )
        rows = (await work.session.scalars(statement)).all()

    async def count() -> int:
        async with context.reading() as work:
            query = select(func.count()).select_from(CommentRow).where(CommentRow.case_id == case_id)
            return await work.session.scalar(query) or 0

    return page.connection([(Comment.of(row), (row.id,)) for row in rows], count)

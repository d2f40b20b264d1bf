"""A case: what every closed loop shows, whatever it is about."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import JSONB

from anhuan_graphql.cases import loads
from anhuan_graphql.cases.parts import Comment, Escalation, Participant, StopOrder, Task, in_language, said
from anhuan_graphql.context import Context, Info
from anhuan_graphql.enums import CaseStatus, EvidenceStatus, SeatStatus, TaskStatus
from anhuan_graphql.evidence import Evidence
from anhuan_graphql.people import Person, Unit, person_or_none, unit_of
from anhuan_graphql.planner.pieces import literal
from anhuan_graphql.planner.readings import (
    At,
    Env,
    Finished,
    Many,
    One,
    Pages,
    Worked,
    noun,
    table_of,
    union,
)
from anhuan_graphql.record import OLDEST_FIRST, RecordEntry, entries
from anhuan_graphql.relay import Connection, Node, Order, Page
from anhuan_graphql.shown import planned
from anhuan_infra.recent import Recent
from anhuan_infra.record.models import RecordEntry as EntryRow
from anhuan_infra.settings import Secrets
from anhuan_infra.work import Place
from anhuan_platform.evidence.models import Evidence as EvidenceRow
from anhuan_platform.hazards.models import Hazard as HazardRow
from anhuan_platform.loops.deadline_models import Escalation as EscalationRow
from anhuan_platform.loops.models import Case as CaseRow
from anhuan_platform.loops.models import CasePerson, LoopDefinition
from anhuan_platform.loops.models import Comment as CommentRow
from anhuan_platform.loops.models import Seat as SeatRow
from anhuan_platform.loops.models import StopOrder as OrderRow
from anhuan_platform.loops.models import Task as TaskRow
from anhuan_tenants.access.acts import Act, Resource

definition_table = table_of(LoopDefinition)
_READING = {Act.CASE_READ, Act.CASE_COMMENT}


def _stage_name(at: At, env: Env) -> sa.ColumnElement[str]:
    """Out of the definition's list of stages, each a code and its names."""
    row = sa.alias(definition_table, "d")
    stage = sa.func.jsonb_array_elements(row.c.body["stages"]).table_valued("value").render_derived(name="s")
    names = stage.c.value.cast(JSONB)[1]
    said = (
        sa.select(in_language(names, env))
        .select_from(row.join(stage, sa.true()))
        .where(
            row.c.tenant_id == at[CaseRow.tenant_id],
            row.c.id == at[CaseRow.definition_id],
            stage.c.value.cast(JSONB)[0].astext == at[CaseRow.stage],
        )
        .correlate(at.tables[table_of(CaseRow)])
        .scalar_subquery()
    )
    return sa.func.coalesce(sa.func.nullif(said, literal("")), at[CaseRow.stage])


def _is_overdue(at: At, _env: Env) -> sa.ColumnElement[bool]:
    late = (at[CaseRow.status] == CaseStatus.OPEN.value) & (at[CaseRow.due_at] < sa.func.now())
    return sa.func.coalesce(late, sa.false())


def _waits_for_me(at: At, env: Env) -> sa.ColumnElement[bool]:
    seat = sa.alias(table_of(SeatRow), "mine")
    held = (
        sa.select(seat.c.id)
        .where(
            seat.c.tenant_id == at[TaskRow.tenant_id],
            seat.c.task_id == at[TaskRow.id],
            seat.c.status == SeatStatus.OPEN.value,
            env.value("person", sa.Uuid()) == sa.any_(seat.c.candidates),
        )
        .correlate(at.tables[table_of(TaskRow)])
    )
    return (at[TaskRow.status] == TaskStatus.OPEN.value) & held.exists()


def _place_facts(at: At, _env: Env) -> sa.ColumnElement[str]:
    columns = (CaseRow.unit_no, CaseRow.owner_id, CaseRow.people, CaseRow.party_id, CaseRow.status)
    return sa.func.json_build_array(*(at[column] for column in columns)).cast(sa.Text())


def _can(facts: list[Any], member: Any) -> bytes:
    unit_no, owner, people, party, status = facts
    # All that the policy asks of a place; a page has many rows and few kinds of them.
    me = str(member.person_id)
    kind = ("case", unit_no, owner == me, me in people, party, status == CaseStatus.OPEN)
    known: Recent[Any, bytes] = member.access.worked_out
    said = known.get(kind)
    if said is not None:
        return said
    place = Place(
        unit_no, UUID(owner) if owner else None, frozenset(map(UUID, people)), UUID(party) if party else None
    )
    granted = _granted(member, place, is_open=status == CaseStatus.OPEN)
    return known.put(kind, json.dumps(granted, separators=(",", ":")).encode())


def _granted(actor: Any, place: Place, *, is_open: bool) -> list[str]:
    return [
        one.value
        for one in Act
        if one.resource is Resource.CASE and (is_open or one in _READING) and actor.access.allows(one, place)
    ]


TALK = (Order(CommentRow.id),)


def _talk(secrets: Secrets, tenant_id: UUID, case_id: UUID, first: int | None, after: str | None) -> Page:
    return Page(
        secrets=secrets,
        tenant_id=tenant_id,
        of="comments",
        narrowed=case_id,
        orders=TALK,
        first=first,
        after=after,
    )


def _past(secrets: Secrets, tenant_id: UUID, case_id: UUID, first: int | None, after: str | None) -> Page:
    return Page(
        secrets=secrets,
        tenant_id=tenant_id,
        of="timeline",
        narrowed={"case": case_id},
        orders=OLDEST_FIRST,
        first=first,
        after=after,
    )


@union(CaseRow, Hazard=HazardRow, PlainCase=CaseRow)
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

    @planned(Worked(_stage_name, str))
    async def stage_name(self, info: Info) -> str:
        """The stage's name in your language."""
        found = await info.context.loader(loads.definitions_by_id).load(self.row.definition_id)
        stages = dict(found.stages) if found else {}
        return said(stages.get(self.row.stage, {}), info.context.language) or self.row.stage

    @planned(Worked(_is_overdue, bool))
    def is_overdue(self) -> bool:
        """Whether it is late now."""
        due = self.row.due_at
        return self.row.status == CaseStatus.OPEN and due is not None and due < datetime.now(UTC)

    @planned(One("Unit", CaseRow.unit_no, "no"))
    async def unit(self, info: Info) -> Unit | None:
        """Where it stands."""
        return await unit_of(info.context, self.row.unit_no)

    @planned(One("Person", CaseRow.owner_id))
    async def reporter(self, info: Info) -> Person | None:
        """Who opened it; null for an anonymous or automatic case."""
        return await person_or_none(info.context, self.row.owner_id)

    @planned(
        Many(
            "Task",
            TaskRow.case_id,
            (TaskRow.id,),
            loads.MOST,
            where={
                "open": lambda at, wanted: (
                    at[TaskRow.status] == TaskStatus.OPEN.value if wanted else sa.true()
                )
            },
        )
    )
    async def tasks(self, info: Info, open: bool = False) -> list[Task]:
        """Its steps so far, oldest first."""
        rows = await info.context.loader(loads.tasks_by_case).load(self.row.id)
        return [Task.of(row) for row in rows if not open or row.status == TaskStatus.OPEN]

    @planned(Many("Participant", CasePerson.case_id, (CasePerson.id,), loads.MOST))
    async def people(self, info: Info) -> list[Participant]:
        """Everyone with a part in it."""
        rows = await info.context.loader(loads.people_by_case).load(self.row.id)
        return [Participant(part=row.part, left_at=row.left_at, person_id=row.person_id) for row in rows]

    @planned(Pages("Comment", CommentRow.case_id, TALK, _talk))
    async def comments(
        self, info: Info, first: int | None = None, after: str | None = None
    ) -> Connection[Comment]:
        """What was said, oldest first."""
        return await _comments(info.context, self.row.id, first, after)

    @planned(Pages("RecordEntry", EntryRow.case_id, OLDEST_FIRST, _past))
    async def timeline(
        self, info: Info, first: int | None = None, after: str | None = None
    ) -> Connection[RecordEntry]:
        """What happened, oldest first: the case's entries of the record."""
        case_id = self.row.id
        return await entries(
            info.context,
            lambda secrets, tenant: _past(secrets, tenant, case_id, first, after),
            [EntryRow.case_id == case_id],
        )

    @planned(
        Many(
            "Evidence",
            EvidenceRow.case_id,
            (EvidenceRow.id,),
            loads.MOST,
            where={"purpose": lambda at, wanted: at[EvidenceRow.purpose] == wanted},
        )
    )
    async def evidence(self, info: Info, purpose: str | None = None) -> list[Evidence]:
        """Photos and files, oldest first."""
        rows = await info.context.loader(loads.evidence_by_case).load(self.row.id)
        return [Evidence.of(row) for row in rows if purpose is None or row.purpose == purpose]

    @planned(
        Many(
            "Evidence",
            EvidenceRow.case_id,
            (EvidenceRow.id,),
            loads.MOST,
            among=lambda at: at[EvidenceRow.status] == EvidenceStatus.REQUESTED.value,
        )
    )
    async def missing_evidence(self, info: Info) -> list[Evidence]:
        """Photos and files that the case names and that are still on their way: who decides should know."""
        rows = await info.context.loader(loads.missing_by_case).load(self.row.id)
        return [Evidence.of(row) for row in rows]

    @planned(
        Many("Escalation", EscalationRow.case_id, (EscalationRow.fired_at, EscalationRow.id), loads.MOST)
    )
    async def escalations(self, info: Info) -> list[Escalation]:
        """Rungs that fired."""
        return [
            Escalation.of(row)
            for row in await info.context.loader(loads.escalations_by_case).load(self.row.id)
        ]

    @planned(Many("StopOrder", OrderRow.case_id, (OrderRow.id,), loads.MOST))
    async def stop_orders(self, info: Info) -> list[StopOrder]:
        """Orders to stop work."""
        return [
            StopOrder.of(row) for row in await info.context.loader(loads.orders_by_case).load(self.row.id)
        ]

    @planned(Finished(_place_facts, _can))
    async def can(self, info: Info) -> list[str]:
        """Acts that your roles grant on this case; the buttons to show."""
        is_open = self.row.status == CaseStatus.OPEN
        return _granted(await info.context.actor(), self.row.place(), is_open=is_open)

    @planned(Many("Task", TaskRow.case_id, (TaskRow.id,), loads.MOST, only=_waits_for_me))
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


@noun(CaseRow)
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
        page = _talk(context.house.settings.secrets, work.tenant_id, case_id, first, after)
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

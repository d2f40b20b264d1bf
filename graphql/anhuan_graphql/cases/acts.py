"""What can be asked of and done to any case: look, talk, call people in, hand over, stop the work."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy.dialects.postgresql import array

from anhuan_graphql.cases.parts import Task
from anhuan_graphql.cases.types import Case, cases_by_id
from anhuan_graphql.context import Context, Info
from anhuan_graphql.enums import SeatStatus
from anhuan_graphql.fields import act, query
from anhuan_graphql.limits import LIST
from anhuan_graphql.planner.readings import At, ById, Env, table_of
from anhuan_graphql.planner.roots import Rows
from anhuan_infra.errors import NotFound
from anhuan_infra.text import clean
from anhuan_infra.work import Work
from anhuan_platform.loops import repository
from anhuan_platform.loops.models import Case as CaseRow
from anhuan_platform.loops.models import Seat as SeatRow
from anhuan_platform.loops.models import Task as TaskRow
from anhuan_platform.loops.service import seats, stopping, talk
from anhuan_platform.sites import repository as sites

HAZARDS = "hazards"
COLLABORATION = "collaboration"


@strawberry.input
class StopWorkInput:
    """Where and why work stops; `id` becomes the order's."""

    id: UUID
    case_id: UUID
    reason: str
    area_id: UUID | None = None
    asset_id: UUID | None = None


@strawberry.input
class ResumeWorkInput:
    """The order to lift, why it is safe, and photos from the place."""

    order_id: UUID
    reason: str
    evidence: list[UUID]


@strawberry.input
class EndAbsenceInput:
    """The absence that ends now."""

    id: UUID


@strawberry.input
class CommentInput:
    """What is said; `id` becomes the comment's. Who is mentioned joins the case's group."""

    id: UUID
    case_id: UUID
    body: str
    mentions: list[UUID] = strawberry.field(default_factory=list[UUID])
    evidence: list[UUID] = strawberry.field(default_factory=list[UUID])


@strawberry.input
class InviteToGroupInput:
    """People for the joint group (联合处理组) of a case; with an `id`, safe to send again."""

    case_id: UUID
    people: list[UUID]
    id: UUID | None = None


@strawberry.input
class HandOverInput:
    """A seat that passes to somebody else, and why; with an `id`, safe to send again."""

    case_id: UUID
    seat_id: UUID
    to: UUID
    reason: str
    id: UUID | None = None


@strawberry.input
class StartAbsenceInput:
    """Somebody is away, and who stands in; without person it is oneself."""

    id: UUID
    person_id: UUID | None = None
    deputy_id: UUID
    starts_at: datetime
    ends_at: datetime
    reason: str


async def case_by_id(context: Context, case_id: UUID) -> Case:
    """A case as its own type, or the refusal that says there is none."""
    found = await context.loader(cases_by_id).load(case_id)
    if found is None:
        raise NotFound(path="id", kind="case", id=case_id)
    return found


@query(HAZARDS, ById("Case", missing=True))
async def case(info: Info, id: UUID) -> Case | None:
    """One case, whatever it is about."""
    return await case_by_id(info.context, id)


def _waits_for_me(at: At, env: Env, _given: object) -> list[sa.ColumnElement[bool]]:
    """A seat of it, in a case that one sees."""
    seat, case = sa.alias(table_of(SeatRow), "mine"), sa.alias(table_of(CaseRow), "of")
    me = array([env.value("person", sa.Uuid())])
    held = sa.select(seat.c.task_id).where(
        seat.c.status == SeatStatus.OPEN.value, seat.c.candidates.contains(me)
    )
    return [at[TaskRow.id].in_(held), at[TaskRow.case_id].in_(sa.select(case.c.id))]


@query(
    HAZARDS,
    Rows(
        "Task",
        _waits_for_me,
        lambda at, _env, _given: [at[TaskRow.due_at].asc().nulls_last(), at[TaskRow.id]],
        most=LIST,
    ),
)
async def my_tasks(info: Info) -> list[Task]:
    """What waits for you now, most urgent first; the first hundred."""
    async with info.context.reading() as work:
        me = work.actor.person_id
        found = await repository.open_seats_of(work, me) if me else []
    tasks = {task.id: Task.of(task) for _, task, _ in found}
    return list(tasks.values())[:LIST]


@act(HAZARDS, then=case_by_id)
async def stop_work(work: Work, input: StopWorkInput) -> UUID:
    """Order work to stop; everyone concerned is told at once."""
    if input.area_id is not None:
        await sites.area(work, input.area_id)
    if input.asset_id is not None:
        await sites.asset(work, input.asset_id)
    await stopping.stop_work(
        work,
        input.case_id,
        order_id=input.id,
        reason=input.reason,
        area_id=input.area_id,
        asset_id=input.asset_id,
    )
    return input.case_id


@act(HAZARDS, then=case_by_id)
async def resume_work(work: Work, input: ResumeWorkInput) -> UUID:
    """Lift a stop order after seeing on site that it is safe; never by who ordered it."""
    order = await stopping.resume_work(work, input.order_id, reason=input.reason, evidence=input.evidence)
    return order.case_id


@act(COLLABORATION, then=case_by_id)
async def comment(work: Work, input: CommentInput) -> UUID:
    """Say something in a case."""
    await talk.comment(
        work,
        input.case_id,
        comment_id=input.id,
        body=input.body,
        mentions=input.mentions,
        evidence=input.evidence,
    )
    return input.case_id


@act(COLLABORATION, then=case_by_id, again=lambda given: given.case_id)
async def invite_to_group(work: Work, input: InviteToGroupInput) -> UUID:
    """Call people into the joint group of a case."""
    await talk.invite(work, input.case_id, input.people)
    return input.case_id


@act(HAZARDS, then=case_by_id, again=lambda given: given.case_id)
async def hand_over(work: Work, input: HandOverInput) -> UUID:
    """Pass a seat on; its history stays."""
    await seats.hand_over(work, input.case_id, input.seat_id, to=input.to, reason=_why(input.reason))
    return input.case_id


@act(HAZARDS)
async def start_absence(work: Work, input: StartAbsenceInput) -> UUID:
    """Say that somebody is away; open seats pass to the deputy when it begins. Answers the absence's id."""
    person_id = input.person_id or work.actor.person_id
    assert person_id is not None
    row = await seats.start_absence(
        work,
        absence_id=input.id,
        person_id=person_id,
        deputy_id=input.deputy_id,
        starts_at=input.starts_at,
        ends_at=input.ends_at,
        reason=_why(input.reason),
    )
    return row.id


@act(HAZARDS)
async def end_absence(work: Work, input: EndAbsenceInput) -> UUID:
    """Say that somebody is back; what the deputy has not decided comes back. Answers the absence's id."""
    return (await seats.end_absence(work, input.id)).id


def _why(reason: str) -> str:
    return clean(reason, "reason", 1_000, multiline=True, may_be_empty=True)


QUERIES = [case, my_tasks]
MUTATIONS = [stop_work, resume_work, comment, invite_to_group, hand_over, start_absence, end_absence]

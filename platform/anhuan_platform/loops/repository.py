"""Every query about cases, tasks, seats and definitions. Row-level security supplies the tenant and the scope."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Boolean, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from anhuan_infra.db import together
from anhuan_infra.errors import NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.loops import definition as definitions
from anhuan_platform.loops import numbers
from anhuan_platform.loops.deadline_models import Deadline
from anhuan_platform.loops.models import (
    Case,
    CaseNumber,
    CasePerson,
    Comment,
    Handover,
    LoopDefinition,
    Seat,
    SeatStatus,
    StopOrder,
    Task,
    TaskStatus,
)
from anhuan_tenants.organisation.models import Unit

together.announce(Case, CasePerson, Comment, Deadline, Handover, Seat, StopOrder, Task)


async def get(work: Work, case_id: UUID) -> Case:
    """The case, if this person may see it."""
    case = await work.session.get(Case, (work.tenant_id, case_id))
    if case is None:
        raise NotFound(kind="case", id=case_id)
    return case


async def lock(work: Work, case_id: UUID) -> Case:
    """The case, held against every other writer until this transaction ends; verbs on one case run one after another.

    `no key update`: the scheduler, whose escalations point at the case, need not wait for a verb.
    """
    query = select(Case).where(Case.id == case_id).with_for_update(key_share=True)
    case = await work.session.scalar(query.execution_options(populate_existing=True))
    if case is None:
        raise NotFound(kind="case", id=case_id)
    return case


async def definition_of(work: Work, case: Case) -> definitions.Definition:
    """The version that this case began with."""
    row = await work.session.get(LoopDefinition, (work.tenant_id, case.definition_id))
    if row is None:
        raise NotFound(kind="definition", id=case.definition_id)
    return definitions.cached((work.tenant_id, row.id), msgspec.json.encode(row.body))


async def newest_definition(work: Work, code: str) -> LoopDefinition:
    """The published version that new cases take."""
    row = await work.session.scalar(
        select(LoopDefinition)
        .where(
            LoopDefinition.code == code,
            LoopDefinition.published_at.is_not(None),
            LoopDefinition.retired_at.is_(None),
        )
        .order_by(LoopDefinition.version.desc())
        .limit(1)
    )
    if row is None:
        raise NotFound(kind="definition", id=code)
    return row


_UNITS = "loops.units"


async def unit(work: Work, unit_no: int) -> Unit:
    """A unit by its number. It comes with all its ancestors in one query and is remembered for this transaction, since routing
    asks for the same few units again and again; call with sight of the whole company."""
    known: dict[int, Unit] = work.session.sync_session.info.setdefault(_UNITS, {})
    if unit_no not in known:
        here = aliased(Unit)
        query = (
            select(Unit)
            .join(here, here.path.op("<@", return_type=Boolean())(Unit.path))
            .where(here.no == unit_no)
        )
        known |= {row.no: row for row in await work.session.scalars(query)}
    if unit_no not in known:
        raise NotFound(kind="unit", id=unit_no)
    return known[unit_no]


def lineage(found: Unit) -> list[int]:
    """The unit's number and its ancestors', from near to far, read from its path."""
    return [int(label[1:]) for label in reversed(found.path.split("."))]


async def tasks_of(work: Work, case_id: UUID) -> list[Task]:
    """All tasks of a case, oldest first."""
    return list(await work.session.scalars(select(Task).where(Task.case_id == case_id).order_by(Task.id)))


async def seats_of(work: Work, task_id: UUID) -> list[Seat]:
    """The seats of a task in their order."""
    return list(await work.session.scalars(select(Seat).where(Seat.task_id == task_id).order_by(Seat.no)))


async def open_seats_of(work: Work, person_id: UUID) -> Sequence[tuple[Seat, Task, Case]]:
    """What waits for this person now, most urgent first."""
    rows = await work.session.execute(
        select(Seat, Task, Case)
        .join(Task, (Task.tenant_id == Seat.tenant_id) & (Task.id == Seat.task_id))
        .join(Case, (Case.tenant_id == Seat.tenant_id) & (Case.id == Seat.case_id))
        .where(Seat.status == SeatStatus.OPEN, Seat.candidates.contains([person_id]))
        .order_by(Task.due_at.asc().nulls_last(), Task.id)
    )
    return [(seat, task, case) for seat, task, case in rows]


async def next_number(work: Work, series: str) -> str:
    """The next case number of a series; gaps appear only where a transaction was rolled back after this."""
    statement = (
        insert(CaseNumber)
        .values(tenant_id=work.tenant_id, series=series, last=1)
        .on_conflict_do_update(
            index_elements=["tenant_id", "series"], set_={"last": CaseNumber.__table__.c.last + 1}
        )
        .returning(CaseNumber.last)
    )
    number = await work.session.scalar(statement)
    assert number is not None
    return numbers.written(series, number)


async def series_of(work: Work) -> list[str]:
    """The series in which the company has given numbers: one for each loop and year."""
    return list(await work.session.scalars(select(CaseNumber.series)))


_JOIN = text("""
    update cases set people = people || array(select p from unnest(cast(:people as uuid[])) p where p <> all (people))
    where tenant_id = :tenant and id = :case returning people
""")


async def take_part(work: Work, case: Case, people: Sequence[UUID], part: str) -> None:
    """Write people into the case; who is in already stays as they are. Appended by the database itself: jobs and verbs add people at
    the same moment, and an array written back from memory would put the other's people out."""
    wanted = list(dict.fromkeys(people))
    if not wanted:
        return
    await work.session.flush()
    values = {"people": wanted, "tenant": work.tenant_id, "case": case.id}
    fresh = [person for person in wanted if person not in case.people]
    joined = await work.session.scalar(_JOIN, values)
    set_committed_value(case, "people", joined)
    if fresh and part == "informed":
        work.record("case.informed", ("case", case.id), case_id=case.id, unit_no=case.unit_no, people=fresh)
    rows = [
        {"tenant_id": work.tenant_id, "id": new_id(), "case_id": case.id, "person_id": person, "part": part}
        for person in wanted
    ]
    joining = insert(CasePerson).values(rows)
    key = ["tenant_id", "case_id", "person_id", "part"]
    await work.session.execute(joining.on_conflict_do_update(index_elements=key, set_={"left_at": None}))


_LEAVE = text("""
    update cases set people = array(select p from unnest(people) p where p <> all (cast(:people as uuid[])))
    where tenant_id = :tenant and id = :case returning people
""")


async def leave(work: Work, case: Case, people: Sequence[UUID]) -> None:
    """Take people out of a case; that they had a part in it stays written, with the moment at which it ended."""
    if not people:
        return
    await work.session.flush()
    values = {"people": list(people), "tenant": work.tenant_id, "case": case.id}
    set_committed_value(case, "people", await work.session.scalar(_LEAVE, values))
    await work.session.execute(
        update(CasePerson)
        .where(CasePerson.case_id == case.id, CasePerson.person_id.in_(people), CasePerson.left_at.is_(None))
        .values(left_at=work.now)
    )
    work.record("case.left", ("case", case.id), case_id=case.id, unit_no=case.unit_no, people=list(people))


async def end_deadlines(work: Work, task_ids: Sequence[UUID]) -> None:
    """No rung of these tasks fires any more; takes the same row locks as the scanner, so the answer is one or the other."""
    await work.session.execute(
        update(Deadline)
        .where(Deadline.task_id.in_(task_ids), Deadline.fired_at.is_(None), Deadline.cancelled_at.is_(None))
        .values(cancelled_at=work.now)
    )


async def open_tasks_of(work: Work, case_id: UUID) -> list[Task]:
    """The tasks that wait now."""
    return [task for task in await tasks_of(work, case_id) if task.status == TaskStatus.OPEN]


async def standing_orders(work: Work, case_id: UUID) -> list[StopOrder]:
    """Stop-work orders of the case that are not lifted."""
    return list(
        await work.session.scalars(
            select(StopOrder).where(StopOrder.case_id == case_id, StopOrder.lifted_at.is_(None))
        )
    )

"""Every query about cases, tasks, seats and definitions. Row-level security supplies the tenant and the scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from sqlalchemy import Boolean, Select, inspect, select, text, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from anhuan_infra.db import together
from anhuan_infra.errors import NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.recent import Recent
from anhuan_infra.work import Work
from anhuan_platform.loops import definition as definitions
from anhuan_platform.loops import held
from anhuan_platform.loops.deadline_models import Deadline
from anhuan_platform.loops.models import (
    Case,
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
from anhuan_tenants.companies.models import Company
from anhuan_tenants.organisation.models import Unit

_UNITS = "loops.units"

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
    held.hold(work, case)
    return case


async def lock_order(work: Work, order_id: UUID) -> tuple[Case, StopOrder]:
    """A stop-work order and its case, both held as `lock` does."""
    query = select(Case, StopOrder).join(
        StopOrder, (StopOrder.tenant_id == Case.tenant_id) & (StopOrder.case_id == Case.id)
    )
    query = query.where(StopOrder.id == order_id).with_for_update(key_share=True)
    row = (await work.session.execute(query.execution_options(populate_existing=True))).one_or_none()
    if row is not None:
        held.hold(work, row[0])
        return row[0], row[1]
    order = await work.session.get(StopOrder, (work.tenant_id, order_id))
    if order is None:
        raise NotFound(path="id", kind="stop order", id=order_id)
    return await lock(work, order.case_id), order


_definitions: Recent[tuple[UUID, UUID], definitions.Definition] = Recent(512)
"""By company and version: a published version never changes."""


async def definition_of(work: Work, case: Case) -> definitions.Definition:
    """The version that this case began with."""
    return await definition(work, case.definition_id)


async def definition(work: Work, definition_id: UUID) -> definitions.Definition:
    """A published version, read once per process."""
    key = (work.tenant_id, definition_id)
    if (known := _definitions.get(key)) is not None:
        return known
    row = await work.session.get(LoopDefinition, key)
    if row is None:
        raise NotFound(kind="definition", id=definition_id)
    return _definitions.put(key, definitions.cached(key, msgspec.json.encode(row.body)))


@dataclass(frozen=True)
class Newest:
    """What a new case begins with: the version and its name for the record, and the zone of the company."""

    id: UUID
    name: str
    zone: str


async def newest(work: Work, code: str, unit_no: int) -> Newest:
    """The published version that new cases take. The unit where the case opens is read with it and remembered as `unit` does."""
    here, found = aliased(Unit), _newest(code).subquery()
    query = (
        select(Unit, found.c.id, found.c.version, Company.zone)
        .join(here, here.path.op("<@", return_type=Boolean())(Unit.path))
        .join(found, found.c.tenant_id == Unit.tenant_id)
        .join(Company, Company.tenant_id == Unit.tenant_id)
        .where(here.no == unit_no)
        .execution_options(autoflush=False)
    )
    rows = (await work.session.execute(query)).all()
    if not rows:
        raise NotFound(kind="definition", id=code)
    known: dict[int, Unit] = work.session.sync_session.info.setdefault(_UNITS, {})
    known |= {row[0].no: row[0] for row in rows}
    return Newest(rows[0].id, f"{code}@{rows[0].version}", rows[0].zone)


async def newest_definition(work: Work, code: str) -> LoopDefinition:
    """The row of the published version that new cases take."""
    row = await work.session.scalar(_newest(code))
    if row is None:
        raise NotFound(kind="definition", id=code)
    return row


def _newest(code: str) -> Select[LoopDefinition]:
    return (
        select(LoopDefinition)
        .where(
            LoopDefinition.code == code,
            LoopDefinition.published_at.is_not(None),
            LoopDefinition.retired_at.is_(None),
        )
        .order_by(LoopDefinition.version.desc())
        .limit(1)
    )


async def unit(work: Work, unit_no: int, *also: int) -> Unit:
    """A unit by its number. It comes with all its ancestors in one query, and those of the others that will be asked for, and is
    remembered for this transaction, since routing asks for the same few units again and again; call with sight of the whole company."""
    known: dict[int, Unit] = work.session.sync_session.info.setdefault(_UNITS, {})
    wanted = {unit_no, *also} - known.keys()
    if wanted:
        here = aliased(Unit)
        query = (
            select(Unit)
            .join(here, here.path.op("<@", return_type=Boolean())(Unit.path))
            .where(here.no.in_(wanted))
            .execution_options(autoflush=False)
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
    return await held.tasks_of(work, case_id)


async def seats_of(work: Work, task: Task) -> list[Seat]:
    """The seats of a task in their order."""
    return await held.seats_of(work, task)


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


_NUMBER = text("""
    with given as (
        insert into case_numbers (tenant_id, id, series, last) values (:tenant, :id, :series, 1)
        on conflict (tenant_id, series) do update set last = case_numbers.last + 1 returning last
    )
    update cases set number = cast(:series as text) || '-' || lpad(last::text, greatest(5, length(last::text)), '0')
    from given where tenant_id = :tenant and id = :case returning number
""")


async def give_number(work: Work, case: Case, series: str) -> None:
    """The next number of a series to a case that is written, as `numbers.written` has it; gaps appear only where a transaction was
    rolled back after this. Given and written down at once, because all others of the series wait meanwhile."""
    values = {"tenant": work.tenant_id, "id": new_id(), "series": series, "case": case.id}
    set_committed_value(case, "number", (await work.session.execute(_NUMBER, values)).scalar_one())


_END = text("""
    with stopped as (
        update deadlines set cancelled_at = :now
        where tenant_id = :tenant and task_id = any (cast(:ids as uuid[])) and fired_at is null and cancelled_at is null
    ), left_empty as (
        update seats set status = 'void'
        where tenant_id = :tenant and task_id = any (cast(:ids as uuid[])) and status in ('open', 'waiting')
    )
    update tasks set status = :status, outcome = :outcome, done_at = :now, done_by = cast(:person as uuid)
    where tenant_id = :tenant and id = any (cast(:ids as uuid[]))
""")


async def end_tasks(
    work: Work, tasks: Sequence[Task], status: TaskStatus, outcome: str, person_id: UUID | None
) -> None:
    """End tasks whose case is held: no rung of theirs fires any more (the scanner wants the same row locks, so the answer is one or
    the other), and seats that nobody took are void. A seat that was taken just now is written with what was decided there."""
    if any(inspect(task).pending for task in tasks):
        await work.session.flush()
    ended = {"status": status.value, "outcome": outcome, "done_at": work.now, "done_by": person_id}
    values = {"tenant": work.tenant_id, "ids": [task.id for task in tasks], "now": work.now}
    values |= {"status": status.value, "outcome": outcome, "person": person_id}
    with work.session.no_autoflush:
        await work.session.execute(_END, values)
    for task in tasks:
        for name, value in ended.items():
            set_committed_value(task, name, value)
        for seat in await seats_of(work, task):
            if seat.status in (SeatStatus.OPEN, SeatStatus.WAITING):
                set_committed_value(seat, "status", SeatStatus.VOID.value)


async def end_deadlines(work: Work, task_id: UUID) -> None:
    """No rung of this task that is set now fires any more."""
    await work.session.execute(
        update(Deadline)
        .where(Deadline.task_id == task_id, Deadline.fired_at.is_(None), Deadline.cancelled_at.is_(None))
        .values(cancelled_at=work.now)
    )


async def open_tasks_of(work: Work, case_id: UUID) -> list[Task]:
    """The tasks that wait now."""
    return [task for task in await tasks_of(work, case_id) if task.status == TaskStatus.OPEN]


async def standing_orders(work: Work, case_id: UUID) -> list[StopOrder]:
    """Stop-work orders of the case that are not lifted."""
    query = select(StopOrder).where(StopOrder.case_id == case_id, StopOrder.lifted_at.is_(None))
    return list(await work.session.scalars(query.execution_options(autoflush=False)))

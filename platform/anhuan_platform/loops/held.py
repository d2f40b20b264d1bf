"""The tasks and seats of a case that this transaction holds: read once, and from then on as the transaction has made them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Nullable, select

from anhuan_infra.work import Work
from anhuan_platform.loops.models import Case, Seat, Task

_HELD = "loops.held"


@dataclass
class Held:
    """What a case consists of; nobody else changes it until the transaction ends."""

    case_id: UUID
    tasks: list[Task] = field(default_factory=list[Task])
    seats: dict[UUID, list[Seat]] = field(default_factory=dict[UUID, list[Seat]])
    is_read: bool = False
    parts: set[tuple[UUID, str]] = field(default_factory=set[tuple[UUID, str]])
    """Parts that people took in a case that this transaction opens."""


def hold(work: Work, case: Case, *, is_new: bool = False) -> None:
    """Say that the case is locked, or that this transaction opens it and so nobody else knows of it."""
    held: dict[UUID, Held] = work.session.sync_session.info.setdefault(_HELD, {})
    held.setdefault(case.id, Held(case.id, is_read=is_new))


def of_case(work: Work, case_id: UUID) -> Held | None:
    """The case as this transaction holds it."""
    held: dict[UUID, Held] = work.session.sync_session.info.get(_HELD, {})
    return held.get(case_id)


async def tasks_of(work: Work, case_id: UUID) -> list[Task]:
    """All tasks of a case, oldest first."""
    held = of_case(work, case_id)
    if held is None:
        query = select(Task).where(Task.case_id == case_id).order_by(Task.id)
        return list(await work.session.scalars(query))
    await _read(work, held)
    return list(held.tasks)


async def seats_of(work: Work, task: Task) -> list[Seat]:
    """The seats of a task in their order."""
    held = of_case(work, task.case_id)
    if held is None:
        query = select(Seat).where(Seat.task_id == task.id).order_by(Seat.no)
        return list(await work.session.scalars(query))
    await _read(work, held)
    return list(held.seats.get(task.id, ()))


def add(work: Work, task: Task, seats: Sequence[Seat]) -> None:
    """A task that opens in a case that is held, with its seats."""
    work.session.add_all([task, *seats])
    held = of_case(work, task.case_id)
    if held is not None and held.is_read:
        held.tasks.append(task)
        held.seats[task.id] = list(seats)


async def _read(work: Work, held: Held) -> None:
    """Only after the lock was given: what stood there before it may be older than what its last holder left."""
    if held.is_read:
        return
    query = (
        select(Task, Nullable(Seat))
        .outerjoin(Seat, (Seat.tenant_id == Task.tenant_id) & (Seat.task_id == Task.id))
        .where(Task.case_id == held.case_id)
        .order_by(Task.id, Seat.no)
    )
    rows = await work.session.execute(query.execution_options(populate_existing=True))
    for task, seat in rows:
        if task.id not in held.seats:
            held.tasks.append(task)
            held.seats[task.id] = []
        if seat is not None:
            held.seats[task.id].append(seat)
    held.is_read = True

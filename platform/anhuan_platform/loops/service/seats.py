"""Passing a seat on: by hand, or to the deputy of someone who is away. Nothing waits in an empty chair."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.errors import BadInput, Forbidden, NotFound
from anhuan_infra.work import Work
from anhuan_platform.loops import joining, repository, whom
from anhuan_platform.loops.errors import CannotAct, RankTooLow, ReasonNeeded, SelfCheck
from anhuan_platform.loops.models import Case, Handover, Seat, SeatStatus, Task
from anhuan_tenants.organisation.models import Absence, Duty, Holding, Person, Post

_UNDECIDED = (SeatStatus.OPEN, SeatStatus.WAITING)
_RANK: dict[str, int] = {
    Duty.TEAM_LEADER: 1,
    Duty.WORKSHOP_HEAD: 2,
    Duty.EQUIPMENT_HEAD: 2,
    Duty.DEPARTMENT_HEAD: 2,
    Duty.SAFETY_OFFICER: 2,
    Duty.SUPERVISOR: 2,
    Duty.RESPONSIBLE_LEADER: 3,
    Duty.SAFETY_DIRECTOR: 3,
    Duty.GENERAL_MANAGER: 4,
}
"""How high a duty stands, for who may sign in whose place."""


async def hand_over(work: Work, case_id: UUID, seat_id: UUID, *, to: UUID, reason: str) -> Seat:
    """Give one's own open seat to somebody else, or, with the right to, somebody else's."""
    case = await repository.lock(work, case_id)
    seat = await work.session.get(Seat, (work.tenant_id, seat_id))
    if seat is None or seat.case_id != case_id or seat.status not in (SeatStatus.OPEN, SeatStatus.WAITING):
        raise NotFound(path="seatId", kind="seat", id=seat_id)
    me = work.actor.person_id
    if me not in seat.candidates and not await _answers_for(work, seat):
        raise Forbidden(act="duty.handover")
    if not reason.strip():
        raise ReasonNeeded(path="reason")
    person = await work.session.get(Person, (work.tenant_id, to))
    if person is None or person.disabled_at is not None:
        raise NotFound(path="to", kind="person", id=to)
    async with work.seeing_all():
        await _fits(work, case, seat, person)
        await _ranks(work, case, seat, person, may_be_one_below=False)
    leaving = me if me in seat.candidates else (seat.candidates[0] if seat.candidates else to)
    assert leaving is not None
    async with work.seeing_all():
        await _pass_on(work, case, seat, leaving, to, reason)
        work.tell("case", case=case.id)
    return seat


async def start_absence(
    work: Work,
    *,
    absence_id: UUID,
    person_id: UUID,
    deputy_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
) -> Absence:
    """Say that someone is away and who stands in; open seats pass on when it begins, new ones go to the deputy at once."""
    person = await work.session.get(Person, (work.tenant_id, person_id))
    deputy = await work.session.get(Person, (work.tenant_id, deputy_id))
    if person is None or deputy is None or deputy.disabled_at is not None:
        raise NotFound(
            path="deputyId" if person else "personId", kind="person", id=deputy_id if person else person_id
        )
    if person_id != work.actor.person_id:
        work.allow("duty.handover", person)
    if deputy_id == person_id or ends_at <= starts_at or ends_at <= work.now:
        raise BadInput(
            path="endsAt" if ends_at <= starts_at else "deputyId",
            reason="the stay away must end later, with another person",
        )
    content = {"person": person_id, "deputy": deputy_id, "from": starts_at, "to": ends_at}
    if not await work.once("absence", absence_id, content):
        before = await work.session.get(Absence, (work.tenant_id, absence_id))
        if before is None:
            raise NotFound(kind="absence", id=absence_id)
        return before
    row = Absence(
        id=absence_id,
        person_id=person_id,
        deputy_id=deputy_id,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
    )
    work.session.add(row)
    work.record(
        "absence.started", ("person", person_id), unit_no=person.home_unit_no, deputy=deputy_id, until=ends_at
    )
    work.put_off("loops.cover", absence_id, after=max(starts_at, work.now))
    work.put_off("loops.uncover", absence_id, after=ends_at)
    return row


async def end_absence(work: Work, absence_id: UUID) -> Absence:
    """Say that somebody is back sooner; what the deputy has not decided yet comes back. Twice is once."""
    row = await work.session.get(Absence, (work.tenant_id, absence_id), with_for_update=True)
    if row is None:
        raise NotFound(kind="absence", id=absence_id)
    if row.person_id != work.actor.person_id:
        work.allow("duty.handover", await work.session.get_one(Person, (work.tenant_id, row.person_id)))
    if row.ended_at is None:
        row.ended_at = work.now
        work.record("absence.ended", ("person", row.person_id), deputy=row.deputy_id)
        work.put_off("loops.uncover", absence_id)
    return row


async def uncover(work: Work, absence: Absence) -> int:
    """Give back what was passed to the deputy and still waits; returns how many. Run by a job when the absence ends."""
    query = select(Handover.seat_id).where(
        Handover.from_person_id == absence.person_id,
        Handover.to_person_id == absence.deputy_id,
        Handover.created_at >= absence.created_at,
    )
    passed = set(await work.session.scalars(query))
    person = await work.session.get_one(Person, (work.tenant_id, absence.person_id))
    back = 0
    for seat, _task, case in await repository.open_seats_of(work, absence.deputy_id):
        if seat.id in passed and person.disabled_at is None:
            held = await repository.lock(work, case.id)
            await _pass_on(work, held, seat, absence.deputy_id, absence.person_id, absence.reason)
            back += 1
    return back


async def cover(work: Work, absence: Absence) -> int:
    """Pass the open seats of someone away to the deputy; returns how many. Run by a job when the absence begins."""
    passed = 0
    deputy = await work.session.get_one(Person, (work.tenant_id, absence.deputy_id))
    for seat, _task, case in await repository.open_seats_of(work, absence.person_id):
        held = await repository.lock(work, case.id)
        try:
            await _fits(work, held, seat, deputy)
            await _ranks(work, held, seat, deputy, may_be_one_below=True)
        except (SelfCheck, CannotAct, RankTooLow):
            # Nobody loses sight of it: the seat stays with who is away, and its ladder runs on.
            continue
        await _pass_on(work, held, seat, absence.person_id, absence.deputy_id, absence.reason)
        passed += 1
    return passed


async def _pass_on(work: Work, case: Case, seat: Seat, leaving: UUID, to: UUID, reason: str) -> None:
    seat.candidates = [*(one for one in seat.candidates if one not in (leaving, to)), to]
    work.session.add(
        Handover(case_id=case.id, seat_id=seat.id, from_person_id=leaving, to_person_id=to, reason=reason)
    )
    await joining.take_part(work, case, [to], "owner")
    work.record(
        "seat.handed_over", ("seat", seat.id), case_id=case.id, unit_no=case.unit_no,
        from_person=leaving, to_person=to, reason=reason,
    )  # fmt: skip
    work.put_off("loops.handed", seat.id, to)


async def _answers_for(work: Work, seat: Seat) -> bool:
    """Whether I may pass on what waits for these people, as their head or by the right to."""
    people = [await work.session.get(Person, (work.tenant_id, one)) for one in seat.candidates]
    return bool(people) and all(one is not None and work.can("duty.handover", one) for one in people)


async def _fits(work: Work, case: Case, seat: Seat, person: Person) -> None:
    """A check may not be handed to who did the work, nor a seat to who could not use it."""
    definition = await repository.definition_of(work, case)
    tasks = await repository.tasks_of(work, case.id)
    its_task = next(task for task in tasks if task.id == seat.task_id)
    step = definition.step(its_task.step)
    if any(task.step in step.checks and task.done_by == person.id for task in tasks):
        raise SelfCheck(path="to")
    others = [one for one in await repository.seats_of(work, its_task) if one.id != seat.id]
    if any(
        one.decided_by == person.id or (one.status in _UNDECIDED and person.id in one.candidates)
        for one in others
    ):
        # A second signature is a second person.
        raise SelfCheck(path="to")
    if not await whom.can_sit(work, person.id, whom.Fit(case.place(), act=step.act)):
        raise CannotAct(path="to", name=person.name)


async def _ranks(work: Work, case: Case, seat: Seat, person: Person, *, may_be_one_below: bool) -> None:
    """A signature is passed on only to a post of the same rank or higher; a deputy named for an absence may stand one rank below."""
    definition = await repository.definition_of(work, case)
    task = await work.session.get_one(Task, (work.tenant_id, seat.task_id))
    duty = seat.who.get("duty")
    if definition.step(task.step).kind != "approval" or not duty:
        return
    query = (
        select(Post.duty)
        .join(Holding, (Holding.tenant_id == Post.tenant_id) & (Holding.post_id == Post.id))
        .where(Holding.person_id == person.id, Holding.until.is_(None) | (Holding.until > work.now))
    )
    best = max((_RANK.get(held, 0) for held in await work.session.scalars(query)), default=0)
    if best + (1 if may_be_one_below else 0) < _RANK.get(duty, 0):
        raise RankTooLow(path="to", name=person.name, duty=duty)

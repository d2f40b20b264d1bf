"""Passing a seat on: by hand, or to the deputy of someone who is away. Nothing waits in an empty chair."""

from datetime import datetime
from uuid import UUID

from anhuan_infra.errors import BadInput, Forbidden, NotFound
from anhuan_infra.work import Work
from anhuan_platform.loops import repository, whom
from anhuan_platform.loops.errors import CannotAct, ReasonNeeded, SelfCheck
from anhuan_platform.loops.models import Case, Handover, Seat, SeatStatus
from anhuan_tenants.organisation.models import Absence, Person


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
    return row


async def cover(work: Work, absence: Absence) -> int:
    """Pass the open seats of someone away to the deputy; returns how many. Run by a job when the absence begins."""
    passed = 0
    deputy = await work.session.get_one(Person, (work.tenant_id, absence.deputy_id))
    for seat, _task, case in await repository.open_seats_of(work, absence.person_id):
        held = await repository.lock(work, case.id)
        try:
            await _fits(work, held, seat, deputy)
        except (SelfCheck, CannotAct):
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
    await repository.take_part(work, case, [to], "owner")
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
    step = next(definition.step(task.step) for task in tasks if task.id == seat.task_id)
    if any(task.step in step.checks and task.done_by == person.id for task in tasks):
        raise SelfCheck(path="to")
    if not await whom.can_sit(work, person.id, whom.Fit(case.place(), act=step.act)):
        raise CannotAct(path="to", name=person.name)

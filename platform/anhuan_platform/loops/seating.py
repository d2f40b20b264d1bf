"""Who sits where: seats of a task with their people, found anew when responsibility, people or grade change."""

from typing import Any
from uuid import UUID

import msgspec

from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.loops import conditions, joining, repository, whom
from anhuan_platform.loops.definition import Step, Who
from anhuan_platform.loops.models import Case, Seat, SeatStatus, Task
from anhuan_tenants.access import standing

UNDECIDED = (SeatStatus.OPEN, SeatStatus.WAITING)


def applicable(step: Step, facts: dict[str, Any]) -> list[Who]:
    """The seats that the step has for a case with these facts."""
    return [who for who in step.seats if conditions.holds(who.when, facts)]


async def seats_for(
    work: Work, case: Case, step: Step, task: Task, facts: dict[str, Any], barred: frozenset[UUID]
) -> list[Seat]:
    """Make the seats of a task that opens; `barred` are those whose work it judges."""
    seats: list[Seat] = []
    for who in applicable(step, facts):
        is_open = step.mode == "parallel" or not seats
        seats.append(
            Seat(
                id=new_id(),
                case_id=case.id,
                task_id=task.id,
                no=len(seats) + 1,
                who=msgspec.to_builtins(who),
                status=SeatStatus.OPEN if is_open else SeatStatus.WAITING,
                candidates=await _people(work, case, step, who, facts, seats, barred),
            )
        )
    return seats


async def refill(
    work: Work, case: Case, step: Step, task: Task, facts: dict[str, Any], barred: frozenset[UUID]
) -> bool:
    """Find people for undecided seats whose people are gone or shut out; whether anybody new sits down."""
    seats = await repository.seats_of(work, task)
    changed = False
    waiting = [one for one in seats if one.status in UNDECIDED]
    known = await standing.of(work, {person for seat in waiting for person in seat.candidates})
    for seat in waiting:
        here = [person for person in seat.candidates if person in known and known[person].is_here]
        if here:
            seat.candidates = here
            continue
        others = [one for one in seats if one is not seat]
        who = msgspec.convert(seat.who, Who)
        seat.candidates = await _people(work, case, step, who, facts, others, barred)
        changed = changed or bool(seat.candidates)
        await joining.take_part(work, case, seat.candidates, "owner")
    return changed


async def find_again(
    work: Work, case: Case, step: Step, task: Task, facts: dict[str, Any], barred: frozenset[UUID]
) -> None:
    """Find the people of all undecided seats anew, because who is responsible changed; the clock runs on."""
    seats = await repository.seats_of(work, task)
    for seat in (one for one in seats if one.status in UNDECIDED):
        others = [one for one in seats if one is not seat]
        who = msgspec.convert(seat.who, Who)
        seat.candidates = await _people(work, case, step, who, facts, others, barred)
        await joining.take_part(work, case, seat.candidates, "owner")


async def _people(
    work: Work,
    case: Case,
    step: Step,
    who: Who,
    facts: dict[str, Any],
    others: list[Seat],
    barred: frozenset[UUID],
) -> list[UUID]:
    """A second signature is a second person: who decided a seat here, or is alone in one, does not fill another.

    Where the whole company has nobody else the seat stays empty and is asked about again at every rung: an approval by one
    person under two titles would be none.
    """
    taken = {seat.decided_by for seat in others if seat.decided_by}
    alone = {seat.candidates[0] for seat in others if len(seat.candidates) == 1 and seat.status in UNDECIDED}
    return await whom.find(work, who, case, facts, barred | taken | alone, step.act)

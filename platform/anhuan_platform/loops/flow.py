"""The engine: which steps are open, opening a task with its seats and deadlines, going forward and going back."""

from typing import Any
from uuid import UUID

import msgspec

from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.loops import clocks, conditions, repository, whom
from anhuan_platform.loops.deadline_models import Deadline
from anhuan_platform.loops.definition import Definition, Step
from anhuan_platform.loops.models import Case, CaseStatus, Seat, SeatStatus, Task, TaskStatus
from anhuan_tenants.calendars.repository import calendar_at

GOOD = ("done", "approved")
RETURNED = "returned"


async def facts_of(work: Work, case: Case) -> dict[str, Any]:
    """What conditions may read: grade, the unit's kind, the nearest tier, and what the case keeps."""
    place = await repository.unit(work, case.unit_no)
    return {
        "grade": case.grade or "",
        "unit_kind": place.kind,
        "statutory": False,
        "outside": case.facts.get("responsible_party_id") is not None,
        "tier": await _tier(work, case),
        **case.facts,
    }


async def _tier(work: Work, case: Case) -> str:
    """Which tier of the company puts it right: workshop (a team counts as its workshop), branch or hq."""
    unit_no = case.facts.get("responsible_unit_no") or case.unit_no
    unit = await repository.unit(work, int(unit_no))
    for no in repository.lineage(unit):
        kind = (await repository.unit(work, no)).kind
        if kind in ("workshop", "branch", "hq"):
            return kind
    return "hq"


async def advance(work: Work, case: Case) -> None:
    """Open every step whose time has come; close the case when none is left. Call with sight of the whole company."""
    definition = await repository.definition_of(work, case)
    while True:
        tasks = await repository.tasks_of(work, case.id)
        facts = await facts_of(work, case)
        done: set[str] = {
            task.step for task in tasks if task.status == TaskStatus.DONE and task.outcome in GOOD
        }
        waiting = {task.step for task in tasks if task.status == TaskStatus.OPEN}
        opened = False
        for step in definition.steps:
            if step.code in done or step.code in waiting or not done.issuperset(step.after):
                continue
            if not conditions.holds(step.when, facts):
                done.add(step.code)
                continue
            await open_task(work, case, definition, step, facts, tasks)
            waiting.add(step.code)
            opened = True
        if not opened:
            break
    await _stand(work, case, definition, waiting)


async def _stand(work: Work, case: Case, definition: Definition, waiting: set[str]) -> None:
    """Where the case stands: its stage, its next due time and the rule behind it; closed when nothing waits."""
    if not waiting:
        case.status, case.stage, case.closed_at = CaseStatus.CLOSED, "closed", work.now
        case.due_at = case.due_rule = None
        for order in await repository.standing_orders(work, case.id):
            order.lifted_at, order.lifted_by = work.now, work.actor.person_id
            work.record("work.resumed", ("stop_order", order.id), case_id=case.id, unit_no=order.unit_no)
        work.record(
            "case.closed", ("case", case.id), case_id=case.id, unit_no=case.unit_no, number=case.number
        )
        work.put_off("loops.closed", case.id)
        return
    case.stage = next(step.stage for step in definition.steps if step.code in waiting)
    open_tasks = await repository.open_tasks_of(work, case.id)
    timed = [(task.due_at, task.due_rule) for task in open_tasks if task.due_at is not None]
    case.due_at, case.due_rule = min(timed, default=(None, None), key=lambda one: one[0])


async def open_task(
    work: Work, case: Case, definition: Definition, step: Step, facts: dict[str, Any], earlier: list[Task]
) -> Task:
    """Open one step: seats with their people, the clock that won, the ladder as deadlines."""
    task = Task(
        id=new_id(),
        case_id=case.id,
        step=step.code,
        round=case.round,
        mode=step.mode,
        need=0,
        opened_at=work.now,
        generation=1,
        status=TaskStatus.OPEN,
    )
    again = any(one.step == step.code for one in earlier)
    work.session.add(task)
    await _set_clock(work, case, definition, step, task, facts, again=again)
    await work.session.flush()
    seats = await _seats(work, case, step, task, facts, earlier)
    task.need = step.need or len(seats)
    people = [person for seat in seats for person in seat.candidates]
    await repository.take_part(work, case, people, "checker" if step.kind == "approval" else "owner")
    work.record(
        "task.opened", ("task", task.id), case_id=case.id, unit_no=case.unit_no,
        step=step.code, due_at=task.due_at, rule=task.due_rule, people=people,
    )  # fmt: skip
    work.put_off("loops.opened", task.id)
    return task


async def _seats(
    work: Work, case: Case, step: Step, task: Task, facts: dict[str, Any], earlier: list[Task]
) -> list[Seat]:
    barred = {
        one.done_by for one in earlier if one.step in step.checks and one.done_by and one.outcome in GOOD
    }
    seats: list[Seat] = []
    for who in step.seats:
        if not conditions.holds(who.when, facts):
            continue
        # A second signature is a second person: who is alone in an earlier seat cannot fill this one too.
        alone = {seat.candidates[0] for seat in seats if len(seat.candidates) == 1}
        candidates = await whom.find(work, who, case, facts, barred | alone, step.act)
        if not candidates:
            candidates = await whom.find(work, who, case, facts, barred, step.act)
        is_open = step.mode == "parallel" or not seats
        seats.append(
            Seat(
                id=new_id(),
                case_id=case.id,
                task_id=task.id,
                no=len(seats) + 1,
                who=msgspec.to_builtins(who),
                status=SeatStatus.OPEN if is_open else SeatStatus.WAITING,
                candidates=candidates,
            )
        )
    work.session.add_all(seats)
    await work.session.flush()
    return seats


async def _set_clock(
    work: Work,
    case: Case,
    definition: Definition,
    step: Step,
    task: Task,
    facts: dict[str, Any],
    *,
    again: bool,
) -> None:
    unit = await repository.unit(work, case.unit_no)
    calendar = await calendar_at(work, repository.lineage(unit))
    won = clocks.limit(step, task.opened_at, facts, calendar)
    if won is None:
        return
    if again:
        won = clocks.with_grace(won, step, work.now)
    task.due_at, task.due_rule, task.due_provisional = won.due_at, won.rule, won.provisional
    for no, at, rung in clocks.rungs(definition.ladders.get(step.ladder, ()), won):
        if rung.side == "before" and at <= work.now:
            continue
        work.session.add(
            Deadline(
                id=new_id(),
                case_id=case.id,
                task_id=task.id,
                generation=task.generation,
                rung=no,
                due_at=at,
                effect=msgspec.to_builtins(rung),
            )
        )


async def reset_clocks(work: Work, case: Case) -> None:
    """Set every open task's clock anew after the grade, the unit or a calendar changed; old rungs never fire afterwards."""
    definition = await repository.definition_of(work, case)
    facts = await facts_of(work, case)
    tasks = await repository.open_tasks_of(work, case.id)
    await repository.end_deadlines(work, [task.id for task in tasks])
    for task in tasks:
        task.generation += 1
        await _set_clock(work, case, definition, definition.step(task.step), task, facts, again=False)
    await _stand(work, case, definition, {task.step for task in tasks})


async def finish(work: Work, task: Task, outcome: str, person_id: UUID | None) -> None:
    """End a task: its clock stops, seats that were not taken are void."""
    task.status, task.outcome, task.done_at, task.done_by = TaskStatus.DONE, outcome, work.now, person_id
    await repository.end_deadlines(work, [task.id])
    for seat in await repository.seats_of(work, task.id):
        if seat.status in (SeatStatus.OPEN, SeatStatus.WAITING):
            seat.status = SeatStatus.VOID


async def go_back(work: Work, case: Case, to: str) -> None:
    """A check failed: the step it leads back to and all that rests on it are undone; what was done stays readable."""
    definition = await repository.definition_of(work, case)
    undone = definition.dependents(to)
    case.round += 1
    for task in await repository.tasks_of(work, case.id):
        if task.step not in undone:
            continue
        if task.status == TaskStatus.OPEN:
            await finish(work, task, "cancelled", None)
            task.status = TaskStatus.CANCELLED
        elif task.outcome in GOOD:
            task.outcome = RETURNED


async def reseat(work: Work, case: Case, step_codes: tuple[str, ...]) -> None:
    """Find the people of open steps anew, because who is responsible changed; the clocks run on."""
    definition = await repository.definition_of(work, case)
    facts = await facts_of(work, case)
    tasks = await repository.tasks_of(work, case.id)
    for task in (one for one in tasks if one.status == TaskStatus.OPEN and one.step in step_codes):
        step = definition.step(task.step)
        applicable = [who for who in step.seats if conditions.holds(who.when, facts)]
        for seat, who in zip(await repository.seats_of(work, task.id), applicable, strict=True):
            if seat.status in (SeatStatus.OPEN, SeatStatus.WAITING):
                seat.candidates = await whom.find(work, who, case, facts, act=step.act)
                await repository.take_part(work, case, seat.candidates, "owner")
        work.record("task.reseated", ("task", task.id), case_id=case.id, unit_no=case.unit_no, step=task.step)
        work.put_off("loops.opened", task.id)

"""The engine: which steps are open, opening a task with its seats and deadlines, going forward and going back."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec

from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.loops import conditions, held, joining, repository, seating, timing
from anhuan_platform.loops.definition import Definition, Step
from anhuan_platform.loops.models import Case, CaseStatus, Task, TaskStatus

GOOD = ("done", "approved")
RETURNED = "returned"


async def facts_of(work: Work, case: Case) -> dict[str, Any]:
    """What conditions may read: grade, the unit's kind, the nearest tier, and what the case keeps."""
    place = await repository.unit(work, case.unit_no, _responsible_unit(case))
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
    unit = await repository.unit(work, _responsible_unit(case))
    for no in repository.lineage(unit):
        kind = (await repository.unit(work, no)).kind
        if kind in ("workshop", "branch", "hq"):
            return kind
    return "hq"


def _responsible_unit(case: Case) -> int:
    return int(case.facts.get("responsible_unit_no") or case.unit_no)


async def advance(work: Work, case: Case) -> None:
    """Open every step whose time has come; close the case when none is left. Call with sight of the whole company."""
    definition = await repository.definition_of(work, case)
    facts = await facts_of(work, case)
    parts: list[tuple[UUID, str]] = []
    while True:
        tasks = await repository.tasks_of(work, case.id)
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
            parts += await open_task(work, case, definition, step, facts, tasks)
            waiting.add(step.code)
            opened = True
        if not opened:
            break
    await joining.take_parts(work, case, parts)
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
) -> list[tuple[UUID, str]]:
    """Open one step: seats with their people, the clock that won, the ladder as deadlines; who takes which part in the case by it."""
    task = Task(
        id=new_id(),
        case_id=case.id,
        step=step.code,
        round=case.round,
        mode=step.mode,
        need=0,
        opened_at=work.now,
        due_provisional=False,
        generation=1,
        status=TaskStatus.OPEN,
    )
    again = any(one.step == step.code for one in earlier)
    seats = await seating.seats_for(work, case, step, task, facts, doers(step, earlier))
    task.need = step.need or len(seats)
    await timing.set_clock(work, case, definition, step, task, facts, again=again)
    held.add(work, task, seats)
    people = [person for seat in seats for person in seat.candidates]
    work.record(
        "task.opened", ("task", task.id), case_id=case.id, unit_no=case.unit_no,
        step=step.code, due_at=task.due_at, rule=task.due_rule, people=people,
    )  # fmt: skip
    work.put_off("loops.opened", task.id)
    return [(person, "checker" if step.kind == "approval" else "owner") for person in people]


def doers(step: Step, tasks: list[Task]) -> frozenset[UUID]:
    """Whose work this step judges: they may not sit in it."""
    return frozenset(
        task.done_by for task in tasks if task.step in step.checks and task.done_by and task.outcome in GOOD
    )


async def reset_clocks(work: Work, case: Case, *, may_lengthen: bool) -> None:
    """Look at the clock of every open task again, after the grade or a calendar changed."""
    definition = await repository.definition_of(work, case)
    facts = await facts_of(work, case)
    tasks = await repository.tasks_of(work, case.id)
    waiting: set[str] = set()
    for task in (one for one in tasks if one.status == TaskStatus.OPEN):
        again = any(one.step == task.step and one.round < task.round for one in tasks)
        await timing.reset(work, case, definition, task, facts, again=again, may_lengthen=may_lengthen)
        waiting.add(task.step)
    if waiting:
        await _stand(work, case, definition, waiting)


async def finish(work: Work, tasks: Sequence[Task], outcome: str, person_id: UUID | None) -> None:
    """End tasks: their clocks stop, seats that were not taken are void."""
    if tasks:
        await repository.end_tasks(work, tasks, TaskStatus.DONE, outcome, person_id)


async def go_back(work: Work, case: Case, to: str) -> None:
    """A check failed: the step it leads back to and all that rests on it are undone; what was done stays readable."""
    definition = await repository.definition_of(work, case)
    await _undo(work, case, await repository.tasks_of(work, case.id), definition.dependents(to))


async def _undo(work: Work, case: Case, tasks: list[Task], undone: Collection[str]) -> None:
    case.round += 1
    undoing = [task for task in tasks if task.step in undone]
    waiting = [task for task in undoing if task.status == TaskStatus.OPEN]
    if waiting:
        await repository.end_tasks(work, waiting, TaskStatus.CANCELLED, "cancelled", None)
    for task in undoing:
        if task.outcome in GOOD:
            task.outcome = RETURNED


async def adapt(work: Work, case: Case) -> None:
    """The facts changed (a new grade): what is no longer asked is dropped, what is asked now is opened, and whoever signed or would
    sign under other rules does not count. Work that is done stays done. Call `advance` next, then `reset_clocks`."""
    definition = await repository.definition_of(work, case)
    facts = await facts_of(work, case)
    tasks = await repository.tasks_of(work, case.id)
    standing = {task.step: task for task in tasks if task.status == TaskStatus.OPEN or task.outcome in GOOD}
    undone: set[str] = set()
    for step in definition.steps:
        task = standing.get(step.code)
        is_asked = conditions.holds(step.when, facts)
        if task is None:
            later = definition.dependents(step.code) - {step.code}
            if is_asked and set(step.after) <= standing.keys() and later & standing.keys():
                undone |= later
            continue
        is_done_work = step.kind == "work" and task.status == TaskStatus.DONE
        if not is_asked and task.status == TaskStatus.OPEN:
            undone.add(step.code)
        elif is_asked and not is_done_work and not await _sits_as_asked(work, task, step, facts):
            undone |= definition.dependents(step.code) if step.kind == "approval" else {step.code}
    if undone:
        await _undo(work, case, tasks, undone)
        work.record("case.adapted", ("case", case.id), case_id=case.id, unit_no=case.unit_no, undone=undone)


async def _sits_as_asked(work: Work, task: Task, step: Step, facts: dict[str, Any]) -> bool:
    asked = [msgspec.to_builtins(who) for who in seating.applicable(step, facts)]
    return [seat.who for seat in await repository.seats_of(work, task)] == asked


async def reseat(work: Work, case: Case, step_codes: tuple[str, ...]) -> None:
    """Find the people of open steps anew, because who is responsible changed; the clocks run on."""
    definition = await repository.definition_of(work, case)
    facts = await facts_of(work, case)
    tasks = await repository.tasks_of(work, case.id)
    for task in (one for one in tasks if one.status == TaskStatus.OPEN and one.step in step_codes):
        step = definition.step(task.step)
        await seating.find_again(work, case, step, task, facts, doers(step, tasks))
        work.record("task.reseated", ("task", task.id), case_id=case.id, unit_no=case.unit_no, step=task.step)
        work.put_off("loops.opened", task.id)


async def refill(work: Work, case: Case) -> None:
    """Fill seats whose people have left or were shut out: nothing waits in an empty chair."""
    definition = await repository.definition_of(work, case)
    facts = await facts_of(work, case)
    tasks = await repository.tasks_of(work, case.id)
    for task in (one for one in tasks if one.status == TaskStatus.OPEN):
        step = definition.step(task.step)
        if await seating.refill(work, case, step, task, facts, doers(step, tasks)):
            work.record(
                "task.reseated", ("task", task.id), case_id=case.id, unit_no=case.unit_no, step=task.step
            )
            work.put_off("loops.opened", task.id)

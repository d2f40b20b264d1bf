"""The clock of a task as rows: set when it opens, set anew when what it depends on changes, never twice for one rung."""

from typing import Any

import msgspec
from sqlalchemy import select

from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.loops import clocks, repository
from anhuan_platform.loops.deadline_models import Deadline
from anhuan_platform.loops.definition import Definition, Step
from anhuan_platform.loops.models import Case, Task
from anhuan_tenants.calendars.repository import calendar_at
from anhuan_tenants.calendars.rules import Calendar


async def set_clock(
    work: Work,
    case: Case,
    definition: Definition,
    step: Step,
    task: Task,
    facts: dict[str, Any],
    *,
    again: bool,
) -> None:
    """Set the clock of a task that opens; `again` when a check sent the case back to it."""
    won = await _limit(work, case, step, task, facts, again=again)
    if won is not None:
        _write(work, definition, step, task, won, fired=frozenset())


async def reset(
    work: Work,
    case: Case,
    definition: Definition,
    task: Task,
    facts: dict[str, Any],
    *,
    again: bool,
    may_lengthen: bool,
) -> None:
    """Set the clock of an open task anew where it comes out differently.

    A rung that has fired does not fire again for a moment that is past already, so nobody is told twice of one lateness. Unless it
    may lengthen, the clock only ever moves forward: raising a grade or passing work on never buys time.
    """
    step = definition.step(task.step)
    won = await _limit(work, case, step, task, facts, again=again)
    if won is not None and (task.due_at, task.due_rule) == (won.due_at, won.rule):
        return
    if won is not None and task.due_at is not None and won.due_at > task.due_at and not may_lengthen:
        return
    query = select(Deadline.rung).where(Deadline.task_id == task.id, Deadline.fired_at.is_not(None))
    fired = frozenset(await work.session.scalars(query))
    await repository.end_deadlines(work, task.id)
    task.generation += 1
    if won is None:
        task.due_at, task.due_rule, task.due_provisional = None, None, False
    else:
        _write(work, definition, step, task, won, fired)


async def _limit(
    work: Work, case: Case, step: Step, task: Task, facts: dict[str, Any], *, again: bool
) -> clocks.Limit | None:
    calendar = Calendar.standard
    if any(clock.working for clock in step.clocks):
        unit = await repository.unit(work, case.unit_no)
        calendar = await calendar_at(work, repository.lineage(unit))
    won = clocks.limit(step, task.opened_at, facts, calendar)
    return clocks.with_grace(won, step, task.opened_at) if won is not None and again else won


def _write(
    work: Work, definition: Definition, step: Step, task: Task, won: clocks.Limit, fired: frozenset[int]
) -> None:
    task.due_at, task.due_rule, task.due_provisional = won.due_at, won.rule, won.provisional
    for no, at, rung in clocks.rungs(definition.ladders.get(step.ladder, ()), won):
        is_past = at <= work.now
        if is_past and (rung.side == "before" or no in fired):
            continue
        work.session.add(
            Deadline(
                id=new_id(),
                case_id=task.case_id,
                task_id=task.id,
                generation=task.generation,
                rung=no,
                due_at=at,
                effect=msgspec.to_builtins(rung),
            )
        )

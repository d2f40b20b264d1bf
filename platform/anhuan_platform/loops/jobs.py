"""What happens after a loop's verb is committed: people are told, rungs take effect. Each is safe to run twice."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from anhuan_infra.ids import new_id
from anhuan_infra.jobs.registry import job
from anhuan_infra.work import Work
from anhuan_platform.loops import flow, joining, orders, repository, whom
from anhuan_platform.loops.deadline_models import Escalation
from anhuan_platform.loops.definition import Definition, Rung, Who
from anhuan_platform.loops.models import (
    Case,
    CaseStatus,
    Comment,
    Seat,
    SeatStatus,
    StopOrder,
    Task,
    TaskStatus,
)
from anhuan_platform.loops.service import seats as seat_service
from anhuan_platform.loops.service import stopping
from anhuan_platform.notices import service as notices
from anhuan_tenants.organisation.models import Absence


def is_urgent(case: Case) -> bool:
    """Grade A goes through quiet hours."""
    return case.grade == "A"


@job("loops.opened", queue="notices")
async def opened(work: Work, task_id: UUID) -> None:
    """Tell whoever has an open seat that it is their turn, and until when."""
    found = await _task(work, task_id)
    if found is None:
        return
    task, case, definition = found
    for seat in await repository.seats_of(work, task):
        if seat.status == SeatStatus.OPEN:
            await notices.send(
                work,
                people=seat.candidates,
                kind="task.opened",
                facts=_facts(case, definition, task),
                case_id=case.id,
                urgent=is_urgent(case),
                key=f"opened:{seat.id}:{task.generation}",
            )


@job("loops.rejected", queue="notices")
async def rejected(work: Work, task_id: UUID) -> None:
    """Tell everyone with a part in the work that a check failed, and why."""
    found = await _task(work, task_id)
    if found is None:
        return
    task, case, definition = found
    await _climb_by_rounds(work, task, case, definition)
    why = next(
        (s.comment for s in await repository.seats_of(work, task) if s.status == SeatStatus.REJECTED), None
    )
    facts = _facts(case, definition, task) | {"why": why}
    await notices.send(
        work, people=case.people, kind="task.rejected", facts=facts, case_id=case.id,
        urgent=is_urgent(case), key=f"rejected:{task.id}",
    )  # fmt: skip


async def _climb_by_rounds(work: Work, task: Task, case: Case, definition: Definition) -> None:
    """Work that is sent back twice is looked at by the leader in charge, the third time by the director and the general manager:
    a circle of rejections must not go on below those who can end it."""
    rejections = sum(one.outcome == "rejected" for one in await repository.tasks_of(work, case.id))
    duties = {2: ("responsible_leader",), 3: ("safety_director", "general_manager")}.get(
        min(rejections, 3), ()
    )
    if case.status != CaseStatus.OPEN or not duties:
        return
    people: set[UUID] = set()
    for duty in duties:
        people.update(await whom.find(work, Who("duty", duty=duty), case, {}))
    told = sorted(people)
    await joining.take_part(work, case, told, "escalated")
    case.level = max(case.level, rejections)
    work.record(
        "case.escalated", ("case", case.id), case_id=case.id, unit_no=case.unit_no,
        step=task.step, side="rounds", rejections=rejections, people=told,
    )  # fmt: skip
    facts = _facts(case, definition, task) | {"rejections": rejections}
    await notices.send(
        work, people=told, kind="case.sent_back_again", facts=facts, case_id=case.id,
        urgent=is_urgent(case), key=f"rounds:{task.id}",
    )  # fmt: skip


@job("loops.closed", queue="notices")
async def closed(work: Work, case_id: UUID) -> None:
    """Tell the reporter and the group how it ended; what a decision rests on is locked from now on."""
    case = await repository.get(work, case_id)
    await notices.send(
        work, people=case.people, kind=f"case.{case.status}", facts=_about(case), case_id=case.id,
        urgent=False, key=f"closed:{case.id}",
    )  # fmt: skip
    work.put_off("evidence.lock", case.id)


@job("loops.said", queue="notices")
async def said(work: Work, comment_id: UUID) -> None:
    """Tell who was mentioned; the others in the case see it when they look."""
    comment = await work.session.get(Comment, (work.tenant_id, comment_id))
    if comment is None:
        return
    case = await repository.get(work, comment.case_id)
    facts = _about(case) | {"author": str(comment.author_id), "body": comment.body[:200]}
    await notices.send(
        work, people=comment.mentions, kind="comment.mention", facts=facts, case_id=case.id,
        urgent=is_urgent(case), key=f"said:{comment.id}",
    )  # fmt: skip


@job("loops.invited", queue="notices")
async def invited(work: Work, case_id: UUID, person_id: UUID) -> None:
    """Tell someone that they were called into a joint group."""
    case = await repository.get(work, case_id)
    await notices.send(
        work, people=[person_id], kind="case.invited", facts=_about(case), case_id=case.id,
        urgent=is_urgent(case), key=f"invited:{case.id}",
    )  # fmt: skip


@job("loops.handed", queue="notices")
async def handed(work: Work, seat_id: UUID, person_id: UUID) -> None:
    """Tell someone that a seat was passed to them."""
    seat = await work.session.get(Seat, (work.tenant_id, seat_id))
    found = await _task(work, seat.task_id) if seat else None
    if seat is None or found is None or person_id not in seat.candidates:
        return
    task, case, definition = found
    await notices.send(
        work, people=[person_id], kind="seat.handed_over", facts=_facts(case, definition, task), case_id=case.id,
        urgent=is_urgent(case), key=f"handed:{seat.id}:{person_id}",
    )  # fmt: skip


@job("loops.cover")
async def cover(work: Work, absence_id: UUID) -> None:
    """Someone's absence begins: what waits for them passes to the deputy."""
    absence = await work.session.get(Absence, (work.tenant_id, absence_id))
    if absence is not None and absence.ended_at is None and absence.ends_at > work.now:
        await seat_service.cover(work, absence)


@job("loops.uncover")
async def uncover(work: Work, absence_id: UUID) -> None:
    """Someone is back: what the deputy has not decided comes back to them."""
    absence = await work.session.get(Absence, (work.tenant_id, absence_id))
    if absence is not None:
        await seat_service.uncover(work, absence)


@job("loops.vacate", queue="deadlines")
async def vacate(work: Work, person_id: UUID) -> None:
    """Someone was shut out or has left: their seats are filled anew, so that nothing waits in an empty chair."""
    for _seat, _task, case in await repository.open_seats_of(work, person_id):
        held = await repository.lock(work, case.id)
        await flow.refill(work, held)
        work.tell("case", case=case.id)


@job("loops.resumed", queue="deadlines")
async def resumed(work: Work, order_id: UUID) -> None:
    """Tell everyone in the case that work may go on."""
    order = await work.session.get(StopOrder, (work.tenant_id, order_id))
    if order is None:
        return
    case = await repository.get(work, order.case_id)
    unit = await repository.unit(work, order.unit_no)
    await notices.send(
        work, people=case.people, kind="work.resumed", facts=_about(case) | {"unit": unit.name}, case_id=case.id,
        urgent=is_urgent(case), key=f"resumed:{order.id}",
    )  # fmt: skip


@job("loops.recalendar")
async def recalendar(work: Work, _calendar_id: UUID) -> None:
    """A working calendar changed, or the year's holidays were published: every open case looks at its clocks again."""
    for case_id in await work.session.scalars(select(Case.id).where(Case.status == CaseStatus.OPEN)):
        work.put_off("loops.reset", case_id)


@job("loops.reset")
async def reset(work: Work, case_id: UUID) -> None:
    """Set the clocks of one case anew; where nothing changes, only the generation does."""
    case = await repository.lock(work, case_id)
    if case.status == CaseStatus.OPEN:
        await flow.reset_clocks(work, case, may_lengthen=True)
        work.record(
            "case.clocks_reset", ("case", case.id), case_id=case.id, unit_no=case.unit_no, due_at=case.due_at
        )


@job("loops.stopped", queue="deadlines")
async def stopped(work: Work, order_id: UUID) -> None:
    """Tell everyone in the case and the heads upwards that work stops."""
    order = await work.session.get(StopOrder, (work.tenant_id, order_id))
    if order is None:
        return
    case = await repository.get(work, order.case_id)
    people = set(case.people)
    unit = await repository.unit(work, order.unit_no)
    for level in range(len(repository.lineage(unit))):
        people.update(await whom.find(work, Who("head", up=level), case, {}))
    for duty in ("safety_officer", "safety_director"):
        people.update(await whom.find(work, Who("duty", duty=duty), case, {}))
    told = sorted(people)
    await joining.take_part(work, case, told, "informed")
    facts = _about(case) | {
        "reason": orders.in_both(order.reason, order.cause),
        "unit": unit.name,
        "cause": order.cause,
    }
    await notices.send(
        work,
        people=told,
        kind="work.stopped",
        facts=facts,
        case_id=case.id,
        urgent=True,
        key=f"stopped:{order.id}",
    )


@job("loops.escalate", queue="deadlines")
async def escalate(work: Work, escalation_id: UUID) -> None:
    """A rung fired: its people join the case and are told; the last rung stops the work. Takes effect once."""
    escalation = await work.session.scalar(
        select(Escalation)
        .where(Escalation.id == escalation_id, Escalation.effected_at.is_(None))
        .with_for_update()
    )
    if escalation is None:
        return
    case = await repository.lock(work, escalation.case_id)
    found = await _task(work, escalation.task_id)
    escalation.effected_at = work.now
    if found is None or case.status != CaseStatus.OPEN:
        return
    task, _, definition = found
    if task.status != TaskStatus.OPEN or task.generation != escalation.generation:
        # It fired, and before anybody was told the work was handed in or the clock set anew: the record says that it fired.
        work.record(
            "case.escalation_overtaken", ("case", case.id), case_id=case.id, unit_no=case.unit_no,
            step=task.step, rung=escalation.rung,
        )  # fmt: skip
        return
    await flow.refill(work, case)
    rung = msgspec.convert(escalation.effect, Rung)
    facts = await flow.facts_of(work, case)
    people: set[UUID] = set()
    for who in rung.tell:
        people.update(await whom.find(work, who, case, facts))
    if rung.side == "before":
        # A warning reaches who has to act as well, or nobody can prevent it from becoming late.
        people.update(p for seat in await repository.seats_of(work, task) for p in seat.candidates)
    told = sorted(people)
    await joining.take_part(work, case, told, "escalated")
    if rung.side == "after":
        case.level = max(case.level, escalation.rung)
    work.record(
        "case.escalated", ("case", case.id), case_id=case.id, unit_no=case.unit_no,
        step=task.step, rung=escalation.rung, side=rung.side, effect=rung.effect, due_at=task.due_at, people=told,
    )  # fmt: skip
    if rung.effect == "stop_work" and not await repository.standing_orders(work, case.id):
        await stopping.issue(work, case, new_id(), case.title, "ladder")
    kind = "task.due_soon" if rung.side == "before" else "case.escalated"
    extra = {"rung": escalation.rung, "effect": rung.effect}
    await notices.send(
        work, people=told, kind=kind, facts=_facts(case, definition, task) | extra, case_id=case.id,
        urgent=is_urgent(case) or rung.effect == "stop_work", key=f"escalation:{escalation.id}",
    )  # fmt: skip
    work.tell("case", case=case.id)


async def _task(work: Work, task_id: UUID) -> tuple[Task, Case, Definition] | None:
    task = await work.session.get(Task, (work.tenant_id, task_id))
    if task is None:
        return None
    case = await repository.get(work, task.case_id)
    return task, case, await repository.definition_of(work, case)


def _about(case: Case) -> dict[str, Any]:
    return {"number": case.number, "title": case.title, "grade": case.grade}


def _facts(case: Case, definition: Definition, task: Task) -> dict[str, Any]:
    return _about(case) | {
        "step": task.step,
        "step_name": definition.step(task.step).name,
        "due_at": task.due_at.isoformat() if task.due_at else None,
        "due_rule": task.due_rule,
    }

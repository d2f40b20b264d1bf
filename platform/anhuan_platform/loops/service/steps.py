"""Doing a step and deciding on one: whose turn it is, what it needs, and where the case goes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from anhuan_infra.evidence.places import Place as Point
from anhuan_infra.work import Work
from anhuan_platform.evidence import service as evidence_service
from anhuan_platform.loops import conditions, flow, forms, repository
from anhuan_platform.loops.definition import Step, named
from anhuan_platform.loops.errors import (
    PURPOSES,
    CaseEnded,
    EvidenceNeeded,
    NotYourTurn,
    ReasonNeeded,
    SelfCheck,
    StepNotOpen,
)
from anhuan_platform.loops.models import Case, CaseStatus, Seat, SeatStatus, Task


@dataclass(frozen=True)
class Proof:
    """One piece of evidence and what it shows: `before`, `after`, `test`, `verification` …"""

    evidence_id: UUID
    purpose: str


@dataclass(frozen=True)
class Done:
    """What a person gives with a step: form answers, a note, evidence."""

    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    note: str | None = None
    proofs: Sequence[Proof] = ()


async def do(work: Work, case: Case, step_code: str, done: Done) -> Task:
    """Do a piece of work. The case must be locked; refuses out of turn, out of order, or without what the step demands."""
    step, task, seat = await _my_seat(work, case, step_code, "work")
    work.allow(step.act, case)
    await _demands(work, case, step, task, done)
    async with work.seeing_all():
        _take(work, seat, SeatStatus.APPROVED, done.note)
        task.answers, task.note = dict(done.answers) or None, done.note
        await flow.finish(work, [task], "done", work.actor.person_id)
        work.record(
            "task.done", ("task", task.id), case_id=case.id, unit_no=case.unit_no,
            step=step.code, answers=dict(done.answers), note=done.note, evidence=[p.evidence_id for p in done.proofs],
        )  # fmt: skip
        await flow.advance(work, case)
        work.tell("case", case=case.id)
    return task


async def decide(work: Work, case: Case, step_code: str, *, approve: bool, done: Done) -> Task:
    """Approve or reject. Nobody decides on their own work, or twice; a rejection says why and sends the case back."""
    step, task, seat = await _my_seat(work, case, step_code, "approval")
    work.allow(step.act, case)
    await _not_own_work(work, case, step, task)
    if not approve and not (done.note or "").strip():
        raise ReasonNeeded(path="comment")
    if approve:
        await _demands(work, case, step, task, done)
    async with work.seeing_all():
        _take(work, seat, SeatStatus.APPROVED if approve else SeatStatus.REJECTED, done.note)
        work.record(
            "task.approved" if approve else "task.rejected", ("task", task.id), case_id=case.id, unit_no=case.unit_no,
            step=step.code, seat=seat.no, comment=done.note, evidence=[p.evidence_id for p in done.proofs],
        )  # fmt: skip
        await _count(work, case, step, task, approve=approve)
        work.tell("case", case=case.id)
    return task


async def _count(work: Work, case: Case, step: Step, task: Task, *, approve: bool) -> None:
    seats = await repository.seats_of(work, task)
    if not approve:
        await flow.finish(work, [task], "rejected", work.actor.person_id)
        await flow.go_back(work, case, step.back)
        await flow.advance(work, case)
        work.put_off("loops.rejected", task.id)
        return
    if sum(seat.status == SeatStatus.APPROVED for seat in seats) >= task.need:
        await flow.finish(work, [task], "approved", work.actor.person_id)
        await flow.advance(work, case)
        work.put_off("evidence.lock", case.id)
        return
    waiting = next((seat for seat in seats if seat.status == SeatStatus.WAITING), None)
    if task.mode == "serial" and waiting is not None:
        waiting.status = SeatStatus.OPEN
        work.put_off("loops.opened", task.id)


async def _my_seat(work: Work, case: Case, step_code: str, kind: str) -> tuple[Step, Task, Seat]:
    if case.status != CaseStatus.OPEN:
        raise CaseEnded(status=case.status)
    definition = await repository.definition_of(work, case)
    step = definition.step(step_code)
    name = named(step.name, step.code)
    open_tasks = [task for task in await repository.open_tasks_of(work, case.id) if task.step == step_code]
    if (
        not open_tasks or step.kind != kind
    ):  # work is done, approvals are decided: never the one by the other's verb
        raise StepNotOpen(step=name, stage=definition.stage_name(case.stage))
    task = open_tasks[0]
    seats = await repository.seats_of(work, task)
    me = work.actor.person_id
    if any(seat.decided_by == me and me is not None for seat in seats):
        raise NotYourTurn(step=name)
    mine = [seat for seat in seats if seat.status == SeatStatus.OPEN and me in seat.candidates]
    if not mine:
        raise NotYourTurn(step=name)
    # Who could take several takes the one that fewest others could.
    return step, task, min(mine, key=lambda seat: len(seat.candidates))


async def _not_own_work(work: Work, case: Case, step: Step, task: Task) -> None:
    for earlier in await repository.tasks_of(work, case.id):
        is_checked = earlier.step in step.checks and earlier.outcome in flow.GOOD
        if is_checked and earlier.done_by == work.actor.person_id:
            raise SelfCheck()


def _take(work: Work, seat: Seat, status: SeatStatus, note: str | None) -> None:
    seat.status, seat.decided_by, seat.decided_at, seat.comment = status, work.actor.person_id, work.now, note


async def _demands(work: Work, case: Case, step: Step, task: Task, done: Done) -> None:
    """The form fits and enough evidence is there: counted over this round of the step, its bytes already verified."""
    forms.check(step.form, done.answers)
    facts: Mapping[str, Any] = {}
    if any(rule.when for rule in step.evidence):
        async with work.seeing_all():
            # Who does the step may see no units at all, as people of an outside firm.
            facts = await flow.facts_of(work, case)
    proofs = [(proof.evidence_id, proof.purpose) for proof in done.proofs]
    use = evidence_service.Use(case.id, case.status, task.id, near=where(case))
    given = await evidence_service.attach(work, use, proofs)
    for rule in step.evidence:
        if conditions.holds(rule.when, facts) and given.get(rule.purpose, 0) < rule.least:
            raise EvidenceNeeded(
                path="evidence",
                step=named(step.name, step.code),
                least=rule.least,
                purpose=PURPOSES[rule.purpose],
                given=given.get(rule.purpose, 0),
            )


def where(case: Case) -> Point | None:
    """The place that photos are held against, where the case knows one."""
    place = case.facts.get("place")
    return Point(place["latitude"], place["longitude"]) if place else None

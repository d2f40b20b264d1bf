"""Checking by others: the plan's approval, the three reviews, the joint verification on site; and calling a report off."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from anhuan_infra.errors import Words
from anhuan_infra.text import clean, maybe
from anhuan_infra.work import Work
from anhuan_platform.hazards import repository
from anhuan_platform.hazards.errors import NoDuplicate
from anhuan_platform.hazards.models import Grade, Hazard
from anhuan_platform.loops import flow, joining
from anhuan_platform.loops import repository as loops
from anhuan_platform.loops.errors import CaseEnded, SelfCheck, StepNotOpen, WorkStandsStill
from anhuan_platform.loops.models import Case, CaseStatus, SeatStatus
from anhuan_platform.loops.service import steps


async def review(
    work: Work,
    hazard_id: UUID,
    *,
    approve: bool,
    comment: str | None,
    proofs: Sequence[steps.Proof],
    step: str | None = None,
) -> Hazard:
    """Decide on whatever approval waits for me in this case (or the named one); a rejection leads back to the work."""
    case, hazard = await repository.lock(work, hazard_id)
    said = maybe(comment, "comment", 2000, multiline=True)
    wanted = step or await _waiting_for_me(work, hazard_id)
    await steps.decide(work, case, wanted, approve=approve, done=steps.Done(note=said, proofs=proofs))
    return hazard


async def _waiting_for_me(work: Work, case_id: UUID) -> str:
    case = await loops.get(work, case_id)
    definition = await loops.definition_of(work, case)
    approvals = {one.code for one in definition.steps if one.kind == "approval"}
    open_approvals = [task for task in await loops.open_tasks_of(work, case_id) if task.step in approvals]
    for task in open_approvals:
        for seat in await loops.seats_of(work, task):
            if seat.status == SeatStatus.OPEN and work.actor.person_id in seat.candidates:
                return task.step
    if open_approvals:
        return open_approvals[0].step
    if case.status != CaseStatus.OPEN:
        raise CaseEnded(status=case.status)
    raise StepNotOpen(step=Words("验收", "review"), stage=definition.stage_name(case.stage))


async def call_off(work: Work, hazard_id: UUID, *, reason: str, duplicate_of: UUID | None) -> Hazard:
    """End a report that is no hazard, or the same as another that is open; the reason stays, and the other case takes its people over.

    Before it is graded its reporter may; afterwards only who holds the right there, for grade A somebody else than who graded it,
    and never while work stands still for it: lift the order first.
    """
    case, hazard, other = await _both(work, hazard_id, duplicate_of)
    place = case.place() if hazard.grade is None else replace(case.place(), owner_id=None)
    work.allow("hazard.cancel", place)
    if case.status != CaseStatus.OPEN:
        raise CaseEnded(status=case.status)
    why = clean(reason, "reason", 1000, multiline=True)
    if other is not None and (other.id == case.id or other.status != CaseStatus.OPEN):
        raise NoDuplicate(path="duplicateOf")
    if hazard.grade == Grade.A and hazard.graded_by == work.actor.person_id:
        raise SelfCheck()
    async with work.seeing_all():
        if await loops.standing_orders(work, case.id):
            raise WorkStandsStill(path="id")
        waiting = await loops.open_tasks_of(work, case.id)
        await flow.finish(work, waiting, "cancelled", work.actor.person_id)
        case.status, case.stage, case.closed_at = CaseStatus.CANCELLED, "cancelled", work.now
        case.due_at = case.due_rule = None
        kept = {"cancelled_because": why, "duplicate_of": str(duplicate_of) if duplicate_of else None}
        case.facts = case.facts | kept
        if other is not None:
            await joining.take_part(work, other, case.people, "informed")
        work.record(
            "case.cancelled", ("case", case.id), case_id=case.id, unit_no=case.unit_no,
            reason=why, duplicate_of=duplicate_of,
        )  # fmt: skip
        work.put_off("loops.closed", case.id)
        work.tell("case", case=case.id)
    return hazard


async def _both(work: Work, hazard_id: UUID, duplicate_of: UUID | None) -> tuple[Case, Hazard, Case | None]:
    """Both cases held, always in the same order, so that two who call each other's report off do not wait for one another."""
    comes_first = duplicate_of is not None and duplicate_of < hazard_id
    other = await loops.lock(work, duplicate_of) if duplicate_of and comes_first else None
    case, hazard = await repository.lock(work, hazard_id)
    if duplicate_of and not comes_first:
        other = await loops.lock(work, duplicate_of)
    return case, hazard, other

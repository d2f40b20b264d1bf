"""What happens after a hazard's verb is committed."""

from uuid import UUID

from anhuan_infra.jobs.registry import job
from anhuan_infra.work import Work
from anhuan_platform.hazards import repository
from anhuan_platform.hazards.models import Hazard, Progress
from anhuan_platform.hazards.types import BY_CODE
from anhuan_platform.loops import joining, whom
from anhuan_platform.loops import repository as loops
from anhuan_platform.loops.definition import Who
from anhuan_platform.loops.models import Case
from anhuan_platform.notices import service as notices


@job("hazards.reported", queue="notices")
async def reported(work: Work, hazard_id: UUID) -> None:
    """Tell the unit's head and, for machines, the equipment department, so that production can plan around it."""
    hazard, case = await _both(work, hazard_id)
    people = await whom.find(work, Who("head"), case, {})
    copied = [person for person in case.people if person != case.owner_id]
    await notices.send(
        work, people=sorted({*people, *copied}), kind="hazard.reported", facts=_about(hazard, case), case_id=case.id,
        urgent=False, key=f"reported:{hazard.id}",
    )  # fmt: skip


@job("hazards.graded", queue="notices")
async def graded(work: Work, hazard_id: UUID) -> None:
    """Tell the reporter what became of the report; a grave one goes to the leader in charge and the director at once."""
    hazard, case = await _both(work, hazard_id)
    people = {case.owner_id} if case.owner_id else set[UUID]()
    if hazard.grade == "A":
        for duty in ("responsible_leader", "safety_director", "general_manager"):
            people.update(await whom.find(work, Who("duty", duty=duty), case, {}))
        await joining.take_part(work, case, sorted(people), "informed")
    key = f"graded:{hazard.id}:{hazard.grade}:{hazard.graded_at}"
    await notices.send(
        work, people=sorted(people), kind="hazard.graded", facts=_about(hazard, case), case_id=case.id,
        urgent=hazard.grade == "A", key=key,
    )  # fmt: skip


@job("hazards.progressed", queue="notices")
async def progressed(work: Work, progress_id: UUID) -> None:
    """Tell the reporter and the safety officers how far it is."""
    row = await work.session.get(Progress, (work.tenant_id, progress_id))
    if row is None:
        return
    hazard, case = await _both(work, row.hazard_id)
    officers = await whom.find(work, Who("duty", duty="safety_officer"), case, {})
    people = {*officers, *([case.owner_id] if case.owner_id else [])} - {row.author_id}
    facts = _about(hazard, case) | {"note": row.note, "percent": row.percent}
    await notices.send(
        work, people=sorted(people), kind="hazard.progressed", facts=facts, case_id=case.id,
        urgent=False, key=f"progressed:{row.id}",
    )  # fmt: skip


async def _both(work: Work, hazard_id: UUID) -> tuple[Hazard, Case]:
    return await repository.get(work, hazard_id), await loops.get(work, hazard_id)


def _about(hazard: Hazard, case: Case) -> dict[str, object]:
    kind = BY_CODE[hazard.type_code]
    return {
        "number": case.number,
        "title": case.title,
        "grade": case.grade,
        "type": {"zh": kind.zh, "en": kind.en},
        "statutory": hazard.is_statutory_major,
        "recurrence": hazard.recurrence_count,
    }

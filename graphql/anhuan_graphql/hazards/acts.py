"""The acts on a hazard; each answers with the hazard as it then stands."""

from uuid import UUID

from anhuan_graphql.context import Context
from anhuan_graphql.fields import act
from anhuan_graphql.hazards import inputs
from anhuan_graphql.hazards.board import HAZARDS
from anhuan_graphql.hazards.types import Hazard, hazard_by_id
from anhuan_infra.work import Work
from anhuan_platform.hazards.service import checking, dispatch, grading, reporting, working


async def _hazard(context: Context, hazard_id: UUID) -> Hazard:
    return await hazard_by_id(context, hazard_id)


@act(HAZARDS, then=_hazard)
async def report_hazard(work: Work, input: inputs.ReportHazardInput) -> UUID:
    """Report a hazard; the same id with the same content is the same report."""
    position = input.position.checked() if input.position else None
    given = reporting.Report(
        id=input.id,
        type_code=input.type,
        description=input.description,
        evidence=input.evidence,
        unit_id=input.unit_id,
        area_id=input.area_id,
        asset_id=input.asset_id,
        place_note=input.place_note,
        latitude=position.latitude if position else None,
        longitude=position.longitude if position else None,
        accuracy_m=position.accuracy_m if position else None,
        seen_at=input.seen_at,
    )
    return (await reporting.report(work, given)).id


@act(HAZARDS, then=_hazard, again=lambda given: given.hazard_id)
async def grade_hazard(work: Work, input: inputs.GradeHazardInput) -> UUID:
    """Say how grave it is; grade A stops the work at once."""
    by = grading.Statutory(input.statutory.instrument, input.statutory.clause) if input.statutory else None
    await grading.grade(
        work,
        input.hazard_id,
        input.grade.value,
        statutory_by=by,
        reason=input.reason,
        is_statutory=input.is_statutory,
    )
    return input.hazard_id


@act(HAZARDS, then=_hazard, again=lambda given: given.hazard_id)
async def assign_hazard(work: Work, input: inputs.AssignHazardInput) -> UUID:
    """Send it to who puts it right; again to pass it on."""
    await dispatch.assign(
        work,
        input.hazard_id,
        unit_id=input.unit_id,
        person_id=input.person_id,
        party_id=input.party_id,
        note=input.note,
    )
    return input.hazard_id


@act(HAZARDS, then=_hazard)
async def add_progress(work: Work, input: inputs.AddProgressInput) -> UUID:
    """Tell how far it is."""
    await working.add_progress(
        work,
        input.hazard_id,
        note_id=input.id,
        note=input.note,
        percent=input.percent,
        evidence=input.evidence,
    )
    return input.hazard_id


@act(HAZARDS, then=_hazard, again=lambda given: given.hazard_id)
async def submit_control(work: Work, input: inputs.SubmitControlInput) -> UUID:
    """Say which interim control holds the danger until it is gone, and the plan."""
    await working.submit_control(
        work,
        input.hazard_id,
        measures=input.measures,
        proofs=inputs.proofs(input.evidence),
        answers=inputs.answers(input.answers),
    )
    return input.hazard_id


@act(HAZARDS, then=_hazard, again=lambda given: given.hazard_id)
async def submit_rectification(work: Work, input: inputs.SubmitRectificationInput) -> UUID:
    """Hand the finished work in."""
    await working.submit_rectification(
        work,
        input.hazard_id,
        measures=input.measures,
        test=working.TestResult(input.test.passed, input.test.summary, input.test.value),
        proofs=inputs.proofs(input.evidence),
        answers=inputs.answers(input.answers),
    )
    return input.hazard_id


@act(HAZARDS, then=_hazard, again=lambda given: given.hazard_id)
async def review(work: Work, input: inputs.ReviewInput) -> UUID:
    """Approve or reject what waits for you."""
    await checking.review(
        work,
        input.hazard_id,
        approve=input.approve,
        comment=input.comment,
        proofs=inputs.proofs(input.evidence),
        step=input.step,
    )
    return input.hazard_id


@act(HAZARDS, then=_hazard, again=lambda given: given.hazard_id)
async def call_off(work: Work, input: inputs.CallOffInput) -> UUID:
    """End a report that is no hazard, or the same as another."""
    await checking.call_off(work, input.hazard_id, reason=input.reason, duplicate_of=input.duplicate_of)
    return input.hazard_id


MUTATIONS = [
    report_hazard, grade_hazard, assign_hazard, add_progress, submit_control, submit_rectification, review, call_off,
]  # fmt: skip

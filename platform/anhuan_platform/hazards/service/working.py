"""Putting a hazard right: interim control, progress notes, and handing the finished work in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from anhuan_infra.errors import BadInput, NotFound
from anhuan_infra.text import clean, maybe
from anhuan_infra.work import Work
from anhuan_platform.evidence import service as evidence_service
from anhuan_platform.hazards import repository
from anhuan_platform.hazards.models import Hazard, Progress
from anhuan_platform.loops.errors import CaseEnded
from anhuan_platform.loops.models import CaseStatus
from anhuan_platform.loops.service import steps


@dataclass(frozen=True)
class TestResult:
    """What was tested on the repaired part and what came out (S003-11)."""

    passed: bool
    summary: str
    value: str | None = None


async def add_progress(
    work: Work, hazard_id: UUID, *, note_id: UUID, note: str, percent: int | None, evidence: Sequence[UUID]
) -> Progress:
    """Tell how far it is, such as 已采购防护门; safety and production read it at once."""
    said = clean(note, "note", 2000, multiline=True)
    if percent is not None and not 0 <= percent <= 100:
        raise BadInput(path="percent", reason="0–100")
    content = {"hazard": hazard_id, "note": said, "percent": percent, "evidence": list(evidence)}
    if not await work.once("progress", note_id, content):
        # Before rights are asked: the work may have been passed on by the time that a phone sends it again.
        async with work.seeing_all():
            before = await work.session.get(Progress, (work.tenant_id, note_id))
        if before is None:
            raise NotFound(kind="progress", id=note_id)
        return before
    case, hazard = await repository.lock(work, hazard_id)
    work.allow("hazard.progress", case)
    if case.status != CaseStatus.OPEN:
        raise CaseEnded(status=case.status)
    author = work.actor.person_id
    assert author is not None
    row = Progress(
        id=note_id, hazard_id=hazard.id, author_id=author, note=said, percent=percent, evidence=list(evidence)
    )
    async with work.seeing_all():
        use = evidence_service.Use(case.id, case.status, may_be_on_its_way=True)
        await evidence_service.attach(work, use, [(item, "progress") for item in evidence])
        work.session.add(row)
        work.record(
            "hazard.progressed",
            ("hazard", hazard.id),
            case_id=case.id,
            unit_no=case.unit_no,
            note=said,
            percent=percent,
        )
        work.put_off("hazards.progressed", row.id)
        work.tell("case", case=case.id)
    return row


async def submit_control(
    work: Work,
    hazard_id: UUID,
    *,
    measures: str,
    proofs: Sequence[steps.Proof],
    answers: Mapping[str, Any] | None = None,
) -> Hazard:
    """Say which interim control holds the danger until it is gone, and the plan; grade A within 2 h, B within 24 h.

    `answers` are to what the company's own form asks beyond that.
    """
    case, hazard = await repository.lock(work, hazard_id)
    text = clean(measures, "measures", 2000, multiline=True)
    given = {**(answers or {}), "measures": text}
    await steps.do(work, case, "control", steps.Done(answers=given, note=text, proofs=proofs))
    return hazard


async def submit_rectification(
    work: Work,
    hazard_id: UUID,
    *,
    measures: str,
    test: TestResult,
    proofs: Sequence[steps.Proof],
    answers: Mapping[str, Any] | None = None,
) -> Hazard:
    """Hand the finished work in; without a photo before, a photo after and a passed test it is not taken.

    `answers` are to what the company's own form asks beyond that.
    """
    case, hazard = await repository.lock(work, hazard_id)
    text = clean(measures, "measures", 2000, multiline=True)
    result = {"passed": test.passed, "summary": clean(test.summary, "test.summary", 2000, multiline=True)}
    if value := maybe(test.value, "test.value", 100):
        result["value"] = value
    given = {**(answers or {}), "measures": text, "test": result}
    await steps.do(work, case, "rectify", steps.Done(answers=given, note=text, proofs=proofs))
    async with work.seeing_all():
        hazard.test_result = result
    await evidence_service.compare_before_after(work, case.id)
    return hazard

"""Stopping work (停工): one act, effective at once, lifted only by the check on site that closes the case."""

from collections.abc import Sequence
from uuid import UUID

from anhuan_infra.errors import NotFound, Words
from anhuan_infra.text import clean
from anhuan_infra.work import Work
from anhuan_platform.evidence import service as evidence_service
from anhuan_platform.loops import repository
from anhuan_platform.loops.errors import PURPOSES, CaseEnded, EvidenceNeeded, SelfCheck
from anhuan_platform.loops.models import Case, CaseStatus, StopOrder


async def stop_work(
    work: Work, case_id: UUID, *, order_id: UUID, reason: str, area_id: UUID | None, asset_id: UUID | None
) -> StopOrder:
    """Order work to stop where the case is; everyone concerned is told at once, quiet hours or not."""
    why = clean(reason, "reason", 1000, multiline=True)
    content = {"case": case_id, "reason": why, "area": area_id, "asset": asset_id}
    if not await work.once("stop_order", order_id, content):
        # Before rights are asked: they may be gone by the time that a phone sends it again.
        async with work.seeing_all():
            before = await work.session.get(StopOrder, (work.tenant_id, order_id))
        if before is None:
            raise NotFound(kind="stop order", id=order_id)
        return before
    case = await repository.lock(work, case_id)
    work.allow("work.stop", case)
    if case.status != CaseStatus.OPEN:
        raise CaseEnded(status=case.status)
    return await issue(work, case, order_id, why, "person", area_id=area_id, asset_id=asset_id)


async def issue(
    work: Work,
    case: Case,
    order_id: UUID,
    reason: str,
    cause: str,
    *,
    area_id: UUID | None = None,
    asset_id: UUID | None = None,
) -> StopOrder:
    """Write the order and tell; `cause` says whether a person, the grade or the ladder stopped the work."""
    async with work.seeing_all():
        unit_no = (
            int(case.facts.get("responsible_unit_no") or case.unit_no) if cause == "ladder" else case.unit_no
        )
        order = StopOrder(
            id=order_id,
            case_id=case.id,
            unit_no=unit_no,
            area_id=area_id,
            asset_id=asset_id,
            reason=reason,
            cause=cause,
            issued_by=work.actor.person_id,
            issued_at=work.now,
        )
        work.session.add(order)
        work.record(
            "work.stopped", ("stop_order", order.id), case_id=case.id, unit_no=unit_no,
            reason=reason, cause=cause, area=area_id, asset=asset_id,
        )  # fmt: skip
        work.put_off("loops.stopped", order.id)
        work.tell("case", case=case.id)
    return order


async def resume_work(work: Work, order_id: UUID, *, reason: str, evidence: Sequence[UUID]) -> StopOrder:
    """Lift an order (复工) after seeing on site that it is safe: with a photo and a reason, and never by who ordered the stop.

    Safe to repeat: an order that is lifted already answers as it is.
    """
    case, order = await repository.lock_order(work, order_id)
    work.allow("work.resume", case)
    why = clean(reason, "reason", 1000, multiline=True)
    if order.lifted_at is not None:
        return order
    if order.issued_by is not None and order.issued_by == work.actor.person_id:
        raise SelfCheck()
    if not evidence:
        raise EvidenceNeeded(
            path="evidence", step=Words("复工", "Resuming work"), least=1, purpose=PURPOSES["resume"], given=0
        )
    async with work.seeing_all():
        use = evidence_service.Use(case.id, case.status)
        await evidence_service.attach(work, use, [(one, "resume") for one in evidence])
        order.lifted_by, order.lifted_at = work.actor.person_id, work.now
        work.record(
            "work.resumed", ("stop_order", order.id), case_id=case.id, unit_no=order.unit_no,
            reason=why, evidence=list(evidence),
        )  # fmt: skip
        work.put_off("loops.resumed", order.id)
        work.tell("case", case=case.id)
    return order

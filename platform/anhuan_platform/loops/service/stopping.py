"""Stopping work (停工): one act, effective at once, lifted only by the check on site that closes the case."""

from uuid import UUID

from anhuan_infra.errors import NotFound
from anhuan_infra.text import clean
from anhuan_infra.work import Work
from anhuan_platform.loops import repository
from anhuan_platform.loops.errors import CaseEnded
from anhuan_platform.loops.models import Case, CaseStatus, StopOrder


async def stop_work(
    work: Work, case_id: UUID, *, order_id: UUID, reason: str, area_id: UUID | None, asset_id: UUID | None
) -> StopOrder:
    """Order work to stop where the case is; everyone concerned is told at once, quiet hours or not."""
    case = await repository.lock(work, case_id)
    work.allow("work.stop", case)
    if case.status != CaseStatus.OPEN:
        raise CaseEnded(status=case.status)
    why = clean(reason, "reason", 1000, multiline=True)
    content = {"case": case_id, "reason": why, "area": area_id, "asset": asset_id}
    if not await work.once("stop_order", order_id, content):
        before = await work.session.get(StopOrder, (work.tenant_id, order_id))
        if before is None:
            raise NotFound(kind="stop order", id=order_id)
        return before
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

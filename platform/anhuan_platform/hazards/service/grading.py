"""Grading (定级): the safety officer says how grave it is, within the hour; grade A stops the work at once."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from anhuan_infra.ids import new_id
from anhuan_infra.text import clean, maybe
from anhuan_infra.work import Work
from anhuan_platform.hazards import repository, statutory
from anhuan_platform.hazards.errors import GradeReasonNeeded, GradeUnknown
from anhuan_platform.hazards.models import Grade, Hazard
from anhuan_platform.loops import flow
from anhuan_platform.loops import repository as loops
from anhuan_platform.loops.errors import CaseEnded
from anhuan_platform.loops.models import Case, CaseStatus
from anhuan_platform.loops.service import steps, stopping
from anhuan_tenants.companies.models import Company


@dataclass(frozen=True)
class Statutory:
    """The criterion and clause by which it is a 重大事故隐患."""

    instrument: str
    clause: str


async def grade(
    work: Work,
    hazard_id: UUID,
    level: str,
    *,
    statutory_by: Statutory | None,
    reason: str | None,
    is_statutory: bool | None = None,
) -> Hazard:
    """Set the grade; later it may be raised at will, and lowered only with a reason. Steps and signatures that another grade asks
    for are asked anew, and a clock gets longer only with a lower grade. The statutory mark stays unless `is_statutory` is False,
    which needs a reason too.
    """
    case, hazard = await repository.lock(work, hazard_id)
    work.allow("hazard.grade", case)
    if level not in set(Grade):
        raise GradeUnknown(path="grade", grade=level[:20])
    if case.status != CaseStatus.OPEN:
        raise CaseEnded(status=case.status)
    why = maybe(reason, "reason", 1000, multiline=True)
    before = hazard.grade
    is_lower = before is not None and level > before
    unmarks = is_statutory is False and hazard.is_statutory_major
    if (is_lower or unmarks) and not why:
        raise GradeReasonNeeded(path="reason")
    is_first = before is None
    async with work.seeing_all():
        hazard.grade, hazard.graded_by, hazard.graded_at = level, work.actor.person_id, work.now
        if statutory_by is not None:
            hazard.statutory_clause, hazard.is_statutory_major = await _clause(work, statutory_by), True
        elif unmarks:
            hazard.statutory_clause, hazard.is_statutory_major = None, False
        case.grade = level
        first = {"graded_at": work.now.isoformat()} if is_first else {}
        case.facts = case.facts | first | {"statutory": hazard.is_statutory_major}
        work.record(
            "hazard.graded", ("hazard", hazard.id), case_id=case.id, unit_no=case.unit_no,
            before=before, after=level, reason=why, statutory=hazard.statutory_clause,
        )  # fmt: skip
        if is_first:
            await steps.do(work, case, "grade", steps.Done(note=why))
        else:
            await flow.adapt(work, case)
            await flow.advance(work, case)
            await flow.reset_clocks(work, case, may_lengthen=is_lower)
        if level == Grade.A and before != Grade.A:
            await _stop_at_once(work, case, hazard)
        work.put_off("hazards.graded", hazard.id)
    return hazard


async def _clause(work: Work, by: Statutory) -> dict[str, str]:
    number = clean(by.clause, "statutory.clause", 100)
    company = await work.session.get(Company, work.tenant_id)
    found_on = work.now.astimezone(ZoneInfo(company.zone if company else "Asia/Shanghai")).date()
    return statutory.clause(by.instrument, number, found_on)


async def _stop_at_once(work: Work, case: Case, hazard: Hazard) -> None:
    if await loops.standing_orders(work, case.id):
        return
    await stopping.issue(
        work, case, new_id(), case.title, "grade",
        area_id=hazard.area_id, asset_id=hazard.asset_id,
    )  # fmt: skip

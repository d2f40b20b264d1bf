"""What cases are made of, read for many cases at once; row-level security decides what comes back."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, select

from anhuan_infra.db.base import TenantRow
from anhuan_infra.work import Work
from anhuan_platform.evidence import service as evidence
from anhuan_platform.evidence.models import Evidence
from anhuan_platform.hazards.models import Hazard, Progress
from anhuan_platform.loops import definition as definitions
from anhuan_platform.loops.deadline_models import Escalation
from anhuan_platform.loops.models import Case, CasePerson, LoopDefinition, Seat, StopOrder, Task

R = TypeVar("R", bound=TenantRow)
MOST = 200
"""Pieces of evidence or escalations of one case that a list gives."""


async def rows_by_id(work: Work, ids: list[UUID]) -> list[tuple[Case, Hazard | None] | None]:
    """Cases with what only a hazard has."""
    found = await work.session.execute(
        select(Case, Hazard)
        .outerjoin(Hazard, (Hazard.tenant_id == Case.tenant_id) & (Hazard.id == Case.id))
        .where(Case.id.in_(ids))
    )
    by_id = {case.id: (case, hazard) for case, hazard in found}
    return [by_id.get(one) for one in ids]


async def definitions_by_id(work: Work, ids: list[UUID]) -> list[definitions.Definition | None]:
    """The versions that cases began with."""
    rows = await work.session.scalars(select(LoopDefinition).where(LoopDefinition.id.in_(ids)))
    by_id = {
        row.id: definitions.cached((work.tenant_id, row.id), msgspec.json.encode(row.body)) for row in rows
    }
    return [by_id.get(one) for one in ids]


async def tasks_by_case(work: Work, ids: list[UUID]) -> list[list[Task]]:
    """Tasks, oldest first."""
    return await _by(work, Task, Task.case_id, ids, [Task.id])


async def seats_by_task(work: Work, ids: list[UUID]) -> list[list[Seat]]:
    """Seats in their order."""
    return await _by(work, Seat, Seat.task_id, ids, [Seat.no])


async def people_by_case(work: Work, ids: list[UUID]) -> list[list[CasePerson]]:
    """Who has a part, in the order in which they came in."""
    return await _by(work, CasePerson, CasePerson.case_id, ids, [CasePerson.id])


async def evidence_by_case(work: Work, ids: list[UUID]) -> list[list[Evidence]]:
    """Evidence, oldest first."""
    return await _by(work, Evidence, Evidence.case_id, ids, [Evidence.id])


async def missing_by_case(work: Work, ids: list[UUID]) -> list[list[Evidence]]:
    """Evidence that cases name and that has not come, oldest first."""
    found = await evidence.missing(work, ids)
    return [[row for row in found if row.case_id == one][:MOST] for one in ids]


async def evidence_by_id(work: Work, ids: list[UUID]) -> list[Evidence | None]:
    """Pieces of evidence by id."""
    rows = await work.session.scalars(select(Evidence).where(Evidence.id.in_(ids)))
    by_id = {row.id: row for row in rows}
    return [by_id.get(one) for one in ids]


async def escalations_by_case(work: Work, ids: list[UUID]) -> list[list[Escalation]]:
    """Rungs that fired, in time order."""
    return await _by(work, Escalation, Escalation.case_id, ids, [Escalation.fired_at, Escalation.id])


async def orders_by_case(work: Work, ids: list[UUID]) -> list[list[StopOrder]]:
    """Stop-work orders, oldest first."""
    return await _by(work, StopOrder, StopOrder.case_id, ids, [StopOrder.id])


async def progress_by_hazard(work: Work, ids: list[UUID]) -> list[list[Progress]]:
    """Progress notes, oldest first."""
    return await _by(work, Progress, Progress.hazard_id, ids, [Progress.id])


async def _by(
    work: Work, kind: type[R], key: Any, ids: Sequence[UUID], order: Iterable[ColumnElement[Any] | Any]
) -> list[list[R]]:
    rows = await work.session.scalars(select(kind).where(key.in_(ids)).order_by(*order))
    found: dict[UUID, list[R]] = {one: [] for one in ids}
    for row in rows:
        kept = found[getattr(row, key.key)]
        if len(kept) < MOST:
            kept.append(row)
    return [found[one] for one in ids]

"""Which unit usually puts a kind of hazard right, and who is copied in the same step."""

from dataclasses import dataclass

from sqlalchemy import select

from anhuan_infra.work import Work
from anhuan_platform.hazards.types import HazardType
from anhuan_platform.loops import joining, repository, whom
from anhuan_platform.loops.definition import Who
from anhuan_platform.loops.models import Case
from anhuan_tenants.organisation.models import Function, Unit, UnitKind


@dataclass(frozen=True)
class Route:
    """A proposed responsible unit, with how sure that is (percent) and why."""

    unit: Unit
    percent: int
    reason: str


async def propose(work: Work, case: Case, kind: HazardType) -> Route | None:
    """The nearest department of the function that answers for this kind; production hazards go to the unit itself."""
    place = await repository.unit(work, case.unit_no)
    if kind.function in (Function.PRODUCTION, Function.NONE):
        return Route(place, 80, "place")
    ancestors = repository.lineage(place)
    parent_rows = await work.session.scalars(select(Unit).where(Unit.no.in_(ancestors)))
    parents = {row.no: row.id for row in parent_rows}
    departments = {
        row.parent_id: row
        for row in await work.session.scalars(
            select(Unit).where(
                Unit.kind == UnitKind.DEPARTMENT,
                Unit.function == kind.function,
                Unit.closed_at.is_(None),
                Unit.parent_id.in_(list(parents.values())),
            )
        )
    }
    for distance, no in enumerate(ancestors):
        if (found := departments.get(parents.get(no))) is not None:
            return Route(found, max(40, 90 - 10 * distance), "function")
    return Route(place, 40, "place")


async def copy_to_equipment(work: Work, case: Case, kind: HazardType) -> None:
    """A report about equipment reaches safety and, in the same step, the equipment department (S001-13)."""
    if kind.function != Function.EQUIPMENT:
        return
    people = await whom.find(work, Who("duty", duty="equipment_head"), case, {})
    await joining.take_part(work, case, people, "informed")

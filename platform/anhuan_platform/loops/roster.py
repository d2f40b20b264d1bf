"""Who holds which duty at a unit, above it and in the departments there: read once for a case and remembered for the transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from anhuan_infra.work import Work
from anhuan_tenants.access import standing
from anhuan_tenants.companies.models import Company
from anhuan_tenants.organisation.models import Duty, Holding, Person, Post, Unit, UnitKind

_ROSTER = "loops.roster"
_MANY = frozenset({Duty.WORKER, Duty.FITTER, Duty.OUTSIDE})
"""Duties that whole crews hold; the others of a few units are few people and are read together."""
_FEW = frozenset(Duty) - _MANY


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with a duty at a unit."""

    person_id: UUID
    duty: str
    unit_no: int
    department_of: int | None
    """The unit that the holder's department belongs to, where the unit is a department."""

    def stands_at(self, unit_no: int) -> bool:
        """Whether the duty is held at this unit or in a department of it."""
        return unit_no in (self.unit_no, self.department_of)


async def holders(work: Work, duties: Sequence[Duty], lineage: Sequence[int]) -> list[Holder]:
    """Who holds any of these duties, and perhaps others, at any of these units or in their departments. With each comes how they
    stand in the company. The work must see the whole company."""
    asked = _FEW if _FEW.issuperset(duties) else frozenset(duties)
    key = (asked, frozenset(lineage))
    known: dict[object, list[Holder]] = work.session.sync_session.info.setdefault(_ROSTER, {})
    if key not in known:
        known[key] = await _read(work, asked, lineage)
    return known[key]


async def _read(work: Work, duties: frozenset[Duty], lineage: Sequence[int]) -> list[Holder]:
    above = aliased(Unit)
    is_department = Unit.kind == UnitKind.DEPARTMENT
    query = (
        select(
            *standing.columns(work),
            Post.duty.label("duty"),
            Unit.no.label("unit_no"),
            Unit.kind.label("kind"),
            above.no.label("above_no"),
        )
        .join_from(Holding, Post, (Post.tenant_id == Holding.tenant_id) & (Post.id == Holding.post_id))
        .join(Unit, (Unit.tenant_id == Holding.tenant_id) & (Unit.no == Holding.unit_no))
        .join(Person, (Person.tenant_id == Holding.tenant_id) & (Person.id == Holding.person_id))
        .join(Company, Company.tenant_id == Holding.tenant_id)
        .outerjoin(above, (above.tenant_id == Unit.tenant_id) & (above.id == Unit.parent_id))
        .where(
            Post.duty.in_(duties),
            or_(Unit.no.in_(lineage), is_department & above.no.in_(lineage)),
            or_(Holding.until.is_(None), Holding.until > work.now),
        )
        .execution_options(autoflush=False)
    )
    rows = (await work.session.execute(query)).all()
    standing.note(work, rows)
    return [
        Holder(
            row.person_id, row.duty, row.unit_no, row.above_no if row.kind == UnitKind.DEPARTMENT else None
        )
        for row in rows
    ]

"""Every query about hazards. Row-level security supplies the tenant and the scope."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DateTime,
    Float,
    Nullable,
    Row,
    Select,
    cast,
    false,
    func,
    null,
    or_,
    select,
    true,
    union_all,
)

from anhuan_infra.db import together
from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_platform.hazards.models import Hazard, Progress
from anhuan_platform.loops import held
from anhuan_platform.loops import repository as loops
from anhuan_platform.loops.models import Case, CaseStatus
from anhuan_platform.sites.models import Area, Asset
from anhuan_tenants.companies.models import Company
from anhuan_tenants.organisation.models import Person, Unit

together.announce(Hazard, Progress)

DUPLICATE_WINDOW = timedelta(days=14)
DUPLICATE_SIMILARITY = 0.3
RECURRENCE_WINDOW = timedelta(days=92)
"""Three months: the same box reported three months running is one fault that was never cured (S004-39)."""


async def get(work: Work, hazard_id: UUID) -> Hazard:
    """The hazard, if this person may see its case."""
    hazard = await work.session.get(Hazard, (work.tenant_id, hazard_id))
    if hazard is None:
        raise NotFound(kind="hazard", id=hazard_id)
    return hazard


async def lock(work: Work, hazard_id: UUID) -> tuple[Case, Hazard]:
    """The case and its hazard, held against every other writer until this transaction ends."""
    query = select(Case, Hazard).join(Hazard, (Hazard.tenant_id == Case.tenant_id) & (Hazard.id == Case.id))
    query = query.where(Case.id == hazard_id).with_for_update(key_share=True)
    row = (await work.session.execute(query.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        return await loops.lock(work, hazard_id), await get(work, hazard_id)
    held.hold(work, row[0])
    return row[0], row[1]


@dataclass(frozen=True)
class Spot:
    """Where a hazard was seen, resolved: the unit that answers for the place, the area and the machine."""

    unit_no: int
    area: Area | None
    asset: Asset | None


async def spot(work: Work, unit_id: UUID | None, area_id: UUID | None, asset_id: UUID | None) -> Spot:
    """The place as far as it was told; a machine tells its area, an area its unit, and nothing told is the reporter's own unit."""
    mine = select(Person.home_unit_no).where(Person.id == work.actor.person_id).scalar_subquery()
    of_tenant = select(Company.tenant_id).where(Company.tenant_id == work.tenant_id).subquery()
    query = (
        select(Nullable(mine.label("home")), Nullable(Unit.no), Nullable(Area), Nullable(Asset))
        .select_from(of_tenant)
        .outerjoin(Unit, (Unit.tenant_id == of_tenant.c.tenant_id) & (Unit.id == unit_id))
        .outerjoin(Asset, (Asset.tenant_id == of_tenant.c.tenant_id) & (Asset.id == asset_id))
        .outerjoin(
            Area,
            (Area.tenant_id == of_tenant.c.tenant_id) & (Area.id == func.coalesce(area_id, Asset.area_id)),
        )
    )
    home, unit_no, area, asset = (await work.session.execute(query)).one()
    if asset_id and asset is None:
        raise NotFound(path="assetId", kind="asset", id=asset_id)
    wanted = area_id or (asset.area_id if asset else None)
    if wanted and area is None:
        raise NotFound(path="areaId", kind="area", id=wanted)
    if unit_id and unit_no is None:
        raise NotFound(path="unitId", kind="unit", id=unit_id)
    if unit_no is None:
        unit_no = area.unit_no if area else asset.unit_no if asset else (1 if home is None else home)
    return Spot(unit_no, area, asset)


@dataclass(frozen=True)
class Seen:
    """What was seen and where, as far as other reports are held against it."""

    case_id: UUID
    unit_no: int
    type_code: str
    description: str
    area_id: UUID | None
    asset_id: UUID | None


@dataclass(frozen=True)
class Others:
    """Other reports of the same: open ones that look like it, and closed ones that it repeats, the newest first."""

    lookalikes: list[dict[str, object]]
    earlier: list[UUID]


async def others(work: Work, seen: Seen) -> Others:
    """Open reports of the last two weeks that look like this one, best first: same machine or area and kind, or like words. And closed
    hazards of the same kind on the same machine, or else in the same area, within three months."""
    queries = [_lookalikes(work, seen)]
    if seen.asset_id or seen.area_id:
        queries.append(_earlier(work, seen))
    rows = (await work.session.execute(union_all(*queries))).all()
    alike = [row for row in rows if row.closed_at is None]
    alike.sort(key=lambda row: (not row.same_place, -row.likeness))
    earlier = [row for row in rows if row.closed_at is not None]
    earlier.sort(key=lambda row: row.closed_at, reverse=True)
    return Others([_as_kept(row) for row in alike], [row.id for row in earlier])


def _as_kept(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    likeness = max(float(row.likeness), 0.6 if row.same_place else 0.0)
    return {"case": str(row.id), "percent": round(100 * likeness)}


def _lookalikes(work: Work, seen: Seen) -> Select[*tuple[Any, ...]]:
    likeness = func.similarity(Hazard.description, seen.description)
    same_asset = (Hazard.asset_id == seen.asset_id) if seen.asset_id else false()
    same_area = (Hazard.area_id == seen.area_id) if seen.area_id else false()
    # Unknown where one of the two names no machine, and then it is not the same.
    same_place = func.coalesce((Hazard.type_code == seen.type_code) & or_(same_asset, same_area), false())
    found = (
        select(
            Case.id,
            likeness.label("likeness"),
            same_place.label("same_place"),
            cast(null(), DateTime(timezone=True)).label("closed_at"),
        )
        .join(Hazard, (Hazard.tenant_id == Case.tenant_id) & (Hazard.id == Case.id))
        .where(
            Case.id != seen.case_id,
            Case.status == CaseStatus.OPEN,
            Case.unit_no == seen.unit_no,
            Case.opened_at > work.now - DUPLICATE_WINDOW,
            or_(same_place, likeness >= DUPLICATE_SIMILARITY),
        )
        .order_by(same_place.desc(), likeness.desc())
        .limit(5)
    )
    return select(found.subquery())


def _earlier(work: Work, seen: Seen) -> Select[*tuple[Any, ...]]:
    place = (
        Hazard.asset_id == seen.asset_id
        if seen.asset_id
        else (Hazard.area_id == seen.area_id) & Hazard.asset_id.is_(None)
    )
    return (
        select(
            Case.id,
            cast(0, Float).label("likeness"),
            true().label("same_place"),
            Case.closed_at.label("closed_at"),
        )
        .join(Hazard, (Hazard.tenant_id == Case.tenant_id) & (Hazard.id == Case.id))
        .where(
            Case.id != seen.case_id,
            Case.status == CaseStatus.CLOSED,
            Case.closed_at > work.now - RECURRENCE_WINDOW,
            Hazard.type_code == seen.type_code,
            place,
        )
    )


async def progress_of(work: Work, hazard_id: UUID) -> list[Progress]:
    """Progress notes, oldest first."""
    return list(
        await work.session.scalars(
            select(Progress).where(Progress.hazard_id == hazard_id).order_by(Progress.id)
        )
    )

"""Every query about hazards. Row-level security supplies the tenant and the scope."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import false, func, or_, select

from anhuan_infra.db import together
from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_platform.hazards.models import Hazard, Progress
from anhuan_platform.loops.models import Case, CaseStatus
from anhuan_platform.sites.models import Area, Asset
from anhuan_tenants.organisation.models import Unit

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


@dataclass(frozen=True)
class Spot:
    """Where a hazard was seen, resolved: the unit that answers for the place, the area and the machine."""

    unit_no: int
    area: Area | None
    asset: Asset | None


async def spot(
    work: Work, unit_id: UUID | None, area_id: UUID | None, asset_id: UUID | None, home_unit_no: int
) -> Spot:
    """The place as far as it was told; a machine tells its area, an area its unit, and nothing told is the reporter's own unit."""
    asset = await work.session.get(Asset, (work.tenant_id, asset_id)) if asset_id else None
    if asset_id and asset is None:
        raise NotFound(path="assetId", kind="asset", id=asset_id)
    wanted = area_id or (asset.area_id if asset else None)
    area = await work.session.get(Area, (work.tenant_id, wanted)) if wanted else None
    if wanted and area is None:
        raise NotFound(path="areaId", kind="area", id=wanted)
    if unit_id:
        unit = await work.session.get(Unit, (work.tenant_id, unit_id))
        if unit is None:
            raise NotFound(path="unitId", kind="unit", id=unit_id)
        return Spot(unit.no, area, asset)
    if area or asset:
        return Spot(area.unit_no if area else asset.unit_no if asset else home_unit_no, area, asset)
    return Spot(home_unit_no, None, None)


async def lookalikes(work: Work, hazard: Hazard, unit_no: int) -> list[dict[str, object]]:
    """Open reports of the last two weeks that look like this one, best first: same machine or area and kind, or like words."""
    likeness = func.similarity(Hazard.description, hazard.description)
    same_asset = (Hazard.asset_id == hazard.asset_id) if hazard.asset_id else false()
    same_area = (Hazard.area_id == hazard.area_id) if hazard.area_id else false()
    same_place = (Hazard.type_code == hazard.type_code) & or_(same_asset, same_area)
    rows = await work.session.execute(
        select(Case.id, likeness.label("likeness"), same_place.label("same_place"))
        .join(Hazard, (Hazard.tenant_id == Case.tenant_id) & (Hazard.id == Case.id))
        .where(
            Case.id != hazard.id,
            Case.status == CaseStatus.OPEN,
            Case.unit_no == unit_no,
            Case.opened_at > work.now - DUPLICATE_WINDOW,
            or_(same_place, likeness >= DUPLICATE_SIMILARITY),
        )
        .order_by(same_place.desc(), likeness.desc())
        .limit(5)
    )
    return [
        {
            "case": str(row.id),
            "percent": round(100 * max(float(row.likeness), 0.6 if row.same_place else 0.0)),
        }
        for row in rows
    ]


async def earlier_ones(work: Work, hazard: Hazard) -> list[UUID]:
    """Closed hazards of the same kind on the same machine, or else in the same area, within three months, newest first."""
    place = (
        Hazard.asset_id == hazard.asset_id
        if hazard.asset_id
        else (Hazard.area_id == hazard.area_id) & Hazard.asset_id.is_(None)
    )
    if not hazard.asset_id and not hazard.area_id:
        return []
    rows = await work.session.scalars(
        select(Case.id)
        .join(Hazard, (Hazard.tenant_id == Case.tenant_id) & (Hazard.id == Case.id))
        .where(
            Case.id != hazard.id,
            Case.status == CaseStatus.CLOSED,
            Case.closed_at > work.now - RECURRENCE_WINDOW,
            Hazard.type_code == hazard.type_code,
            place,
        )
        .order_by(Case.closed_at.desc())
    )
    return list(rows)


async def progress_of(work: Work, hazard_id: UUID) -> list[Progress]:
    """Progress notes, oldest first."""
    return list(
        await work.session.scalars(
            select(Progress).where(Progress.hazard_id == hazard_id).order_by(Progress.id)
        )
    )

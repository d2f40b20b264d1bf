"""Every query about areas and machines. Row-level security supplies the tenant and the scope."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_platform.sites.models import Area, Asset


async def area(work: Work, area_id: UUID) -> Area:
    """An area by id."""
    found = await work.session.get(Area, (work.tenant_id, area_id))
    if found is None:
        raise NotFound(kind="area", id=area_id)
    return found


async def asset(work: Work, asset_id: UUID) -> Asset:
    """A machine by id."""
    found = await work.session.get(Asset, (work.tenant_id, asset_id))
    if found is None:
        raise NotFound(kind="asset", id=asset_id)
    return found


async def by_label(work: Work, label: str) -> Area | Asset | None:
    """What a scanned label stands for, in this person's company and scope."""
    found = await work.session.scalar(select(Area).where(Area.label == label))
    return found or await work.session.scalar(select(Asset).where(Asset.label == label))


async def areas(work: Work, unit_no: int | None = None) -> Sequence[Area]:
    """Areas in use, by code."""
    query = select(Area).where(Area.closed_at.is_(None)).order_by(Area.code)
    return (
        await work.session.scalars(query if unit_no is None else query.where(Area.unit_no == unit_no))
    ).all()


async def assets(work: Work, area_id: UUID | None = None) -> Sequence[Asset]:
    """Machines in use, by code."""
    query = select(Asset).where(Asset.closed_at.is_(None)).order_by(Asset.code)
    return (
        await work.session.scalars(query if area_id is None else query.where(Asset.area_id == area_id))
    ).all()

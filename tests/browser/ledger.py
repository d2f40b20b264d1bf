"""What the server has in the end, asked of the database and not of any page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from anhuan_platform.evidence.models import Evidence, EvidenceStatus
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.loops.models import Case
from tests.support.plant import Plant


async def reported_by(plant: Plant, account: str) -> list[UUID]:
    """The ids of all hazards of a reporter, the oldest first."""
    async with plant.company.house() as work:
        found = await work.session.scalars(
            select(Hazard.id)
            .join(Case, (Case.tenant_id == Hazard.tenant_id) & (Case.id == Hazard.id))
            .where(Case.owner_id == plant.people[account])
            .order_by(Hazard.id)
        )
        return list(found)


async def photos_of(plant: Plant, account: str) -> dict[UUID, tuple[EvidenceStatus, str]]:
    """Every file that a person announced: how far it has come, and its bytes as one number."""
    async with plant.company.house() as work:
        found = await work.session.scalars(
            select(Evidence).where(Evidence.uploaded_by == plant.people[account])
        )
        return {row.id: (EvidenceStatus(row.status), row.sha256) for row in found}


async def origin_of(plant: Plant, photo: UUID) -> tuple[datetime | None, dict[str, Any], list[str]]:
    """When a photo says that it was taken, all that its file says beside its picture, and what a person is told to look at."""
    async with plant.company.house() as work:
        row = await work.session.get_one(Evidence, (work.tenant_id, photo))
        return (
            row.taken_at,
            row.exif or {},
            [str(flag["code"]) for flag in row.flags if isinstance(flag, dict)],
        )

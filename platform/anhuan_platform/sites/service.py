"""Setting up areas and machines, each with a label of its own to scan."""

import secrets
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.errors import BadInput, NotFound, Refused, Words
from anhuan_infra.text import clean
from anhuan_infra.work import Work
from anhuan_platform.sites import repository
from anhuan_platform.sites.models import Area, Asset
from anhuan_tenants.organisation.models import Unit

RISKS = ("major", "larger", "general", "low")
_LABEL_BYTES = 9


class CodeTaken(Refused):
    """The code {code} is already used here."""

    code = "SITE_CODE_TAKEN"
    zh = "编号 {code} 已被使用。"


@dataclass(frozen=True)
class AreaGiven:
    """An area as somebody enters it; position in WGS-84 degrees, radius in metres."""

    id: UUID
    code: str
    name: str
    unit_id: UUID
    risk: str = "low"
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int | None = None


@dataclass(frozen=True)
class AssetGiven:
    """A machine as somebody enters it."""

    id: UUID
    code: str
    name: str
    kind: str
    unit_id: UUID
    area_id: UUID | None = None


async def add_area(work: Work, given: AreaGiven) -> Area:
    """Add an area; the same id with the same content is the same area."""
    unit = await _unit(work, given.unit_id)
    work.allow("unit.manage", unit)
    code, name = clean(given.code, "code", 60), clean(given.name, "name")
    if given.risk not in RISKS:
        raise BadInput(path="risk", reason=" / ".join(RISKS))
    _check_position(given)
    if not await work.once("area", given.id, asdict(given)):
        return await repository.area(work, given.id)
    if await work.session.scalar(select(Area.id).where(Area.code == code)):
        raise CodeTaken(path="code", code=code)
    row = Area(
        id=given.id, code=code, name=name, unit_no=unit.no, risk=given.risk, label=new_label(),
        latitude=given.latitude, longitude=given.longitude, radius_m=given.radius_m,
    )  # fmt: skip
    work.session.add(row)
    work.record("area.added", ("area", row.id), unit_no=unit.no, code=code, name=name, risk=given.risk)
    return row


async def add_asset(work: Work, given: AssetGiven) -> Asset:
    """Add a machine; the same id with the same content is the same machine."""
    unit = await _unit(work, given.unit_id)
    work.allow("unit.manage", unit)
    code, name, kind = (
        clean(given.code, "code", 60),
        clean(given.name, "name"),
        clean(given.kind, "kind", 100),
    )
    if given.area_id:
        await repository.area(work, given.area_id)
    if not await work.once("asset", given.id, asdict(given)):
        return await repository.asset(work, given.id)
    if await work.session.scalar(select(Asset.id).where(Asset.code == code)):
        raise CodeTaken(path="code", code=code)
    row = Asset(
        id=given.id,
        code=code,
        name=name,
        kind=kind,
        unit_no=unit.no,
        area_id=given.area_id,
        label=new_label(),
    )
    work.session.add(row)
    work.record("asset.added", ("asset", row.id), unit_no=unit.no, code=code, name=name)
    return row


def new_label() -> str:
    """A fresh label for a QR code: 72 random bits, so that nobody finds a place by trying."""
    return secrets.token_urlsafe(_LABEL_BYTES)


async def _unit(work: Work, unit_id: UUID) -> Unit:
    unit = await work.session.get(Unit, (work.tenant_id, unit_id))
    if unit is None or unit.closed_at is not None:
        raise NotFound(path="unitId", kind="unit", id=unit_id)
    return unit


def _check_position(given: AreaGiven) -> None:
    if (given.latitude is None) != (given.longitude is None):
        raise BadInput(
            path="latitude", reason=Words("经纬度须同时填写", "latitude and longitude come together")
        )
    if given.latitude is not None and not -90 <= given.latitude <= 90:
        raise BadInput(path="latitude", reason="-90…90")
    if given.longitude is not None and not -180 <= given.longitude <= 180:
        raise BadInput(path="longitude", reason="-180…180")
    if given.radius_m is not None and not 1 <= given.radius_m <= 20_000:
        raise BadInput(path="radiusM", reason="1…20000")

"""Areas and machines on the wire."""

from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy import select

from anhuan_graphql.context import Context, Info
from anhuan_graphql.fields import act, query
from anhuan_graphql.people import Unit, is_under, units_by_no
from anhuan_graphql.planner.readings import At, Env, One, noun
from anhuan_graphql.planner.roots import Arm, First, Given, Rows, both, seen
from anhuan_graphql.relay import Node
from anhuan_graphql.shown import planned
from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_platform.sites import repository, service
from anhuan_platform.sites.models import Area as AreaRow
from anhuan_platform.sites.models import Asset as AssetRow
from anhuan_tenants.organisation import repository as organisation
from anhuan_tenants.organisation.models import Unit as UnitRow
from anhuan_tenants.subscriptions.catalogue import CORE


@noun(AreaRow)
@strawberry.type
class Area(Node):
    """A place (区域) with its risk level: major red, larger orange, general yellow, low blue."""

    code: str
    name: str
    risk: str
    label: str
    latitude: float | None
    longitude: float | None
    radius_m: int | None
    unit_no: strawberry.Private[int]

    @classmethod
    def of(cls, row: AreaRow) -> "Area":
        """Out of its row."""
        return cls(
            id=row.id,
            code=row.code,
            name=row.name,
            risk=row.risk,
            label=row.label,
            latitude=row.latitude,
            longitude=row.longitude,
            radius_m=row.radius_m,
            unit_no=row.unit_no,
        )

    @planned(One("Unit", AreaRow.unit_no, "no"))
    async def unit(self, info: Info) -> Unit | None:
        """The unit that answers for it."""
        return await info.context.loader(units_by_no).load(self.unit_no)


@noun(AssetRow)
@strawberry.type
class Asset(Node):
    """A machine or device (设备)."""

    code: str
    name: str
    kind: str
    label: str
    unit_no: strawberry.Private[int]
    area_id: strawberry.Private[UUID | None]

    @classmethod
    def of(cls, row: AssetRow) -> "Asset":
        """Out of its row."""
        return cls(
            id=row.id,
            code=row.code,
            name=row.name,
            kind=row.kind,
            label=row.label,
            unit_no=row.unit_no,
            area_id=row.area_id,
        )

    @planned(One("Unit", AssetRow.unit_no, "no"))
    async def unit(self, info: Info) -> Unit | None:
        """The unit that owns it."""
        return await info.context.loader(units_by_no).load(self.unit_no)

    @planned(One("Area", AssetRow.area_id))
    async def area(self, info: Info) -> Area | None:
        """Where it stands."""
        return None if self.area_id is None else await info.context.loader(areas_by_id).load(self.area_id)


Labelled = Annotated[Area | Asset, strawberry.union("Labelled", description="What a QR label stands for.")]


async def areas_by_id(work: Work, ids: list[UUID]) -> list[Area | None]:
    """Areas by id."""
    rows = await work.session.scalars(select(AreaRow).where(AreaRow.id.in_(ids)))
    found = {row.id: Area.of(row) for row in rows}
    return [found.get(one) for one in ids]


async def assets_by_id(work: Work, ids: list[UUID]) -> list[Asset | None]:
    """Machines by id."""
    rows = await work.session.scalars(select(AssetRow).where(AssetRow.id.in_(ids)))
    found = {row.id: Asset.of(row) for row in rows}
    return [found.get(one) for one in ids]


async def _area(context: Context, area_id: UUID) -> Area:
    found = await context.loader(areas_by_id).load(area_id)
    if found is None:
        raise NotFound(kind="area", id=area_id)
    return found


async def _asset(context: Context, asset_id: UUID) -> Asset:
    found = await context.loader(assets_by_id).load(asset_id)
    if found is None:
        raise NotFound(kind="asset", id=asset_id)
    return found


def _areas(at: At, _env: Env, given: Given) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = [at[AreaRow.closed_at].is_(None)]
    return where if given["unit"] is None else [*where, is_under(at[AreaRow.unit_no], given["unit"])]


def _assets(at: At, _env: Env, given: Given) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = [at[AssetRow.closed_at].is_(None)]
    if given["area"] is not None:
        where.append(at[AssetRow.area_id] == given["area"])
    return where if given["unit"] is None else [*where, is_under(at[AssetRow.unit_no], given["unit"])]


@query(CORE, Rows("Area", _areas, lambda at, _env, _given: [at[AreaRow.code]], guard=seen(UnitRow, "unit")))
async def areas(info: Info, unit: UUID | None = None) -> list[Area]:
    """Areas in use, by code; of a unit and everything under it."""
    async with info.context.reading() as work:
        within = None if unit is None else set(await organisation.under(work, unit))
        rows = await repository.areas(work)
    return [Area.of(row) for row in rows if within is None or row.unit_no in within]


@query(
    CORE,
    Rows(
        "Asset",
        _assets,
        lambda at, _env, _given: [at[AssetRow.code]],
        guard=both(seen(UnitRow, "unit"), seen(AreaRow, "area")),
    ),
)
async def assets(info: Info, area: UUID | None = None, unit: UUID | None = None) -> list[Asset]:
    """Machines in use, by code; of an area, or of a unit and everything under it."""
    async with info.context.reading() as work:
        within = None if unit is None else set(await organisation.under(work, unit))
        if area is not None:
            await repository.area(work, area)
        rows = await repository.assets(work, area)
    return [Asset.of(row) for row in rows if within is None or row.unit_no in within]


@query(
    CORE,
    First(
        (
            Arm("Area", lambda at, _env, given: [at[AreaRow.label] == given["label"]]),
            Arm("Asset", lambda at, _env, given: [at[AssetRow.label] == given["label"]]),
        )
    ),
)
async def label(info: Info, label: str) -> Labelled | None:
    """What a scanned QR label stands for; nothing where it is no label of yours."""
    async with info.context.reading() as work:
        row = await repository.by_label(work, label)
    if row is None:
        return None
    return Area.of(row) if isinstance(row, AreaRow) else Asset.of(row)


@strawberry.input
class AddAreaInput:
    """An area; position in WGS-84 degrees."""

    id: UUID
    code: str
    name: str
    unit_id: UUID
    risk: str = "low"
    latitude: float | None = None
    longitude: float | None = None
    radius_m: int | None = None


@strawberry.input
class AddAssetInput:
    """A machine."""

    id: UUID
    code: str
    name: str
    kind: str
    unit_id: UUID
    area_id: UUID | None = None


@act(CORE, then=_area)
async def add_area(work: Work, input: AddAreaInput) -> UUID:
    """Add an area; it gets a QR label of its own."""
    return (await service.add_area(work, service.AreaGiven(**vars(input)))).id


@act(CORE, then=_asset)
async def add_asset(work: Work, input: AddAssetInput) -> UUID:
    """Add a machine; it gets a QR label of its own."""
    return (await service.add_asset(work, service.AssetGiven(**vars(input)))).id


QUERIES = [areas, assets, label]
MUTATIONS = [add_area, add_asset]

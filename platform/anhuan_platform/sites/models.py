"""Areas (区域) and machines (设备) of a company."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import Rls, sees


class Area(TenantRow):
    """A place with a risk level and, where known, its position on earth (WGS-84)."""

    __tablename__ = "areas"
    __table_args__ = (
        tenant_key("unit_no", "units", remote="no"),
        UniqueConstraint("tenant_id", "code"),
        UniqueConstraint("tenant_id", "label"),
        Index("ix_areas_unit", "tenant_id", "unit_no"),
        {"info": {"rls": Rls(scope=sees("unit"), verbs="select, insert, update")}},
    )

    code: Mapped[str]
    name: Mapped[str]
    unit_no: Mapped[int]
    risk: Mapped[str] = mapped_column(server_default="low")
    """`major` red, `larger` orange, `general` yellow, `low` blue (四色)."""
    label: Mapped[str]
    """What its QR code carries; random, so that a label cannot be guessed."""
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    radius_m: Mapped[int | None]
    closed_at: Mapped[datetime | None]


class Asset(TenantRow):
    """A machine or device, in an area, owned by a unit."""

    __tablename__ = "assets"
    __table_args__ = (
        tenant_key("unit_no", "units", remote="no"),
        tenant_key("area_id", "areas"),
        UniqueConstraint("tenant_id", "code"),
        UniqueConstraint("tenant_id", "label"),
        {"info": {"rls": Rls(scope=sees("unit"), verbs="select, insert, update")}},
    )

    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    unit_no: Mapped[int]
    area_id: Mapped[UUID | None]
    label: Mapped[str]
    closed_at: Mapped[datetime | None]

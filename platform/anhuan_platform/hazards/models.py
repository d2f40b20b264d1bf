"""A hazard (隐患): something seen on a site that can hurt someone. Its id is its case's."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import APPEND_ONLY, Rls, through

_OF_CASE = through("cases", "id")


class Grade(StrEnum):
    """The company's own scale: A 重大, B 较大, C 一般."""

    A = "A"
    B = "B"
    C = "C"


class Hazard(TenantRow):
    """One sighting; everything about its progress stands in the case of the same id."""

    __tablename__ = "hazards"
    __table_args__ = (
        tenant_key("id", "cases"),
        tenant_key("area_id", "areas"),
        tenant_key("asset_id", "assets"),
        tenant_key("recurrence_of", "hazards"),
        Index("ix_hazards_area", "tenant_id", "area_id", "type_code"),
        Index("ix_hazards_asset", "tenant_id", "asset_id", "type_code"),
        Index(
            "ix_hazards_text",
            "description",
            postgresql_using="gin",
            postgresql_ops={"description": "gin_trgm_ops"},
        ),
        {"info": {"rls": Rls(scope=_OF_CASE, verbs="select, insert, update")}},
    )

    description: Mapped[str]
    type_code: Mapped[str]
    suggested_type: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """What the system proposed with its confidence, kept beside what people decided."""
    area_id: Mapped[UUID | None]
    asset_id: Mapped[UUID | None]
    place_note: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    seen_at: Mapped[datetime | None]
    """When the phone says it was seen; the difference to arrival is kept, not trusted."""
    is_anonymous: Mapped[bool] = mapped_column(server_default="false")
    grade: Mapped[str | None]
    graded_by: Mapped[UUID | None]
    graded_at: Mapped[datetime | None]
    is_statutory_major: Mapped[bool] = mapped_column(server_default="false")
    """The law's 重大事故隐患, decided by a clause and not by the company's grade."""
    statutory_clause: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """Standard, clause and edition in force on the day of the finding."""
    responsible_unit_no: Mapped[int | None]
    responsible_id: Mapped[UUID | None]
    responsible_party_id: Mapped[UUID | None]
    recurrence_of: Mapped[UUID | None]
    recurrence_count: Mapped[int] = mapped_column(server_default="0")
    similar: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    """Open reports that look like this one, with a score, as a warning."""
    test_result: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class Progress(TenantRow):
    """A progress note (整改进展), such as 已采购防护门; production plans by it."""

    __tablename__ = "hazard_progress"
    __table_args__ = (
        tenant_key("hazard_id", "hazards"),
        Index("ix_hazard_progress_hazard", "tenant_id", "hazard_id", "id"),
        {"info": {"rls": Rls(scope=through("hazards", "hazard_id"), verbs=APPEND_ONLY)}},
    )

    hazard_id: Mapped[UUID]
    author_id: Mapped[UUID]
    note: Mapped[str]
    percent: Mapped[int | None]
    evidence: Mapped[list[UUID]] = mapped_column(server_default=text("'{}'::uuid[]"))

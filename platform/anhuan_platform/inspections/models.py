"""The checklists that a company keeps, and their published versions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import APPEND_ONLY, Rls


class ChecklistRow(TenantRow):
    """A checklist under its code: its draft, if somebody is at it, and which version is in force."""

    __tablename__ = "checklists"
    __table_args__ = (
        tenant_key("draft_by", "people"),
        UniqueConstraint("tenant_id", "code"),
        Index("ix_checklists_name", "tenant_id", "name_sort", "id"),
        {"info": {"rls": Rls(verbs="select, insert, update")}},
    )

    code: Mapped[str]
    name: Mapped[str]
    """Its name in Chinese, or in the one language that it has: of the version in force, before that of the draft."""
    name_sort: Mapped[str]
    newest: Mapped[int] = mapped_column(server_default="0")
    """The version in force; 0 before the first."""
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """Work in progress; it may be unfit."""
    draft_at: Mapped[datetime | None]
    draft_by: Mapped[UUID | None]
    retired_at: Mapped[datetime | None]
    """Since when no new round begins with it."""
    from_library: Mapped[str | None]
    """Which shipped list it was taken from, as `code@version`."""


class ChecklistVersion(TenantRow):
    """One published version; the database lets nobody change it, so a round keeps the list that it began with."""

    __tablename__ = "checklist_versions"
    __table_args__ = (
        tenant_key("checklist_id", "checklists"),
        tenant_key("published_by", "people"),
        UniqueConstraint("tenant_id", "checklist_id", "version"),
        {"info": {"rls": Rls(verbs=APPEND_ONLY)}},
    )

    checklist_id: Mapped[UUID]
    version: Mapped[int]
    body: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    published_by: Mapped[UUID | None]
    """None for what came with the product."""

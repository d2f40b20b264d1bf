"""Roles and grants as the company keeps them; Casbin reads its policy from these rows."""

from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import Rls


class Role(TenantRow):
    """A role: acts with the condition under which each is granted; shipped ones start as copies a company may change."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("tenant_id", "code"), {"info": {"rls": Rls()}})

    code: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    permissions: Mapped[list[Any]]
    """Pairs of act and condition."""
    is_shipped: Mapped[bool] = mapped_column(server_default="false")


class Grant(TenantRow):
    """A role given to a person at a node of the tree; what a post brings with it stands with the post."""

    __tablename__ = "grants"
    __table_args__ = (
        tenant_key("person_id", "people"),
        tenant_key("unit_no", "units", remote="no"),
        UniqueConstraint("tenant_id", "person_id", "role_code", "unit_no"),
        {"info": {"rls": Rls()}},
    )

    person_id: Mapped[UUID]
    role_code: Mapped[str]
    unit_no: Mapped[int]

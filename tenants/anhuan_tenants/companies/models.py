"""A company: one tenant, with the settings that hold everywhere in it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import Base
from anhuan_infra.db.rls import Rls


class Company(Base):
    """One company (企业); its id is the tenant of every row it owns."""

    __tablename__ = "companies"
    __table_args__ = ({"info": {"rls": Rls(verbs="select, insert, update", clock="select")}},)

    tenant_id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    code: Mapped[str]
    """What people type to say which company they belong to; unique over all companies, through the directory."""
    name: Mapped[str]
    industry_code: Mapped[str | None]
    """GB/T 4754 class, as text."""
    region_code: Mapped[str | None]
    """GB/T 2260 code, as text."""
    zone: Mapped[str] = mapped_column(server_default="Asia/Shanghai")
    language: Mapped[str] = mapped_column(server_default="zh")
    policy_version: Mapped[int] = mapped_column(server_default="1")
    """Raised by every change of roles, grants, posts or the tree; compiled policies of older versions are dropped."""
    next_unit_no: Mapped[int] = mapped_column(server_default="1")
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class SignInName(Base):
    """Which company (and person) a company code, e-mail or phone leads to. No name is stored, only its keyed hash, and a row is
    visible only to who already knows the name: the policy compares the key with the one being looked up."""

    __tablename__ = "sign_in_names"
    __table_args__ = (
        Index("ux_sign_in_names_company", "name_key", unique=True, postgresql_where=text("kind = 'company'")),
        {
            "info": {
                "rls": Rls(
                    tenant="name_key = (select nullif(current_setting('app.lookup', true), ''))",
                    verbs="select, insert, delete",
                )
            }
        },
    )

    name_key: Mapped[str] = mapped_column(primary_key=True)
    leads_to: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    """The company."""
    person_id: Mapped[UUID] = mapped_column(
        Uuid(), primary_key=True, server_default=text("'00000000-0000-0000-0000-000000000000'::uuid")
    )
    kind: Mapped[str]
    """`company`, `email` or `phone`."""

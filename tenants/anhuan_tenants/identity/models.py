"""Credentials and sessions; neither is ever shown to anyone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import Rls


class Credential(TenantRow):
    """A person's password as argon2id, the last few to refuse re-use, and the lock after failures; the id is the person's."""

    __tablename__ = "credentials"
    __table_args__ = (tenant_key("id", "people"), {"info": {"rls": Rls()}})

    password_hash: Mapped[str | None]
    earlier_hashes: Mapped[list[str]] = mapped_column(server_default=text("'{}'::text[]"))
    changed_at: Mapped[datetime | None]
    must_change: Mapped[bool] = mapped_column(server_default="false")
    failures: Mapped[int] = mapped_column(server_default="0")
    """Attempts since the last good one, counted before each is judged, so that many at once cannot slip past the lock."""
    failed_at: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]
    activation_hash: Mapped[bytes | None]
    """Keyed hash of the one-time code with which an invited person sets a first password."""
    activation_until: Mapped[datetime | None]


class SignIn(TenantRow):
    """One session: a family of refresh tokens of which the newest is good, and until it is seen the one before; an older one ends it."""

    __tablename__ = "sign_ins"
    __table_args__ = (
        tenant_key("person_id", "people"),
        Index("ix_sign_ins_person", "tenant_id", "person_id"),
        {"info": {"rls": Rls(verbs="select, insert, update")}},
    )

    person_id: Mapped[UUID]
    refresh_hash: Mapped[bytes]
    previous_hash: Mapped[bytes | None]
    """The token before the newest: good until the newest is seen in use, for an answer that was lost on its way."""
    rotated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    expires_at: Mapped[datetime]
    stays: Mapped[bool] = mapped_column(server_default="false")
    """Its person asked to stay signed in on this device: it may be unused for weeks, where others end within the hour."""
    used_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]
    source: Mapped[dict[str, Any]]

"""A piece of evidence: what was asked for, what came, what its bytes say, and where it is used."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import PERSON, Rls, through

_MINE = f"uploaded_by = {PERSON} or (select current_setting('app.see_case', true) like '%all%')"
_OF_CASE = through("cases", "case_id")
_SEEN = f"{_MINE} or (case_id is not null and {_OF_CASE})"
_ADDED = f"({_MINE}) and (case_id is null or {_OF_CASE})"


class EvidenceStatus(StrEnum):
    """Requested, stored (bytes verified by re-reading), durable (safe to delete on the phone), refused."""

    REQUESTED = "requested"
    STORED = "stored"
    DURABLE = "durable"
    REFUSED = "refused"


class Evidence(TenantRow):
    """One file. Position, device and original never leave; people see the upright re-encoded view."""

    __tablename__ = "evidence"
    __table_args__ = (
        tenant_key("case_id", "cases"),
        Index("ix_evidence_case", "tenant_id", "case_id"),
        Index("ix_evidence_sha256", "tenant_id", "sha256"),
        Index(
            "ix_evidence_prints",
            "tenant_id",
            "confirmed_at",
            "id",
            postgresql_include=["phash", "dhash"],
            postgresql_where=text("phash is not null"),
        ),
        {"info": {"rls": Rls(scope=_SEEN, verbs="select, insert, update", insert=_ADDED)}},
    )

    case_id: Mapped[UUID | None]
    task_id: Mapped[UUID | None]
    purpose: Mapped[str | None]
    """What it shows in its case, written once: `report`, `before`, `after`, `test`, `verification`, `progress`, `comment`, `resume`."""
    uploaded_by: Mapped[UUID | None]
    status: Mapped[str] = mapped_column(server_default=EvidenceStatus.REQUESTED)
    refusal: Mapped[str | None]
    name: Mapped[str]
    declared_type: Mapped[str]
    media_type: Mapped[str | None]
    """Decided from the bytes."""
    size: Mapped[int] = mapped_column(BigInteger())
    sha256: Mapped[str]
    object_key: Mapped[str]
    version_id: Mapped[str | None]
    view_version: Mapped[str | None]
    """Version of the upright picture without metadata; None for papers and films."""
    thumbnail_version: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    phash: Mapped[int | None] = mapped_column(BigInteger())
    """Perceptual fingerprint by waves, 64 bits as a signed integer."""
    dhash: Mapped[int | None] = mapped_column(BigInteger())
    pixel_digest: Mapped[str | None]
    taken_at: Mapped[datetime | None]
    exif: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """Capture facts read from the file; private."""
    flags: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    """What a human should look at, each with code and facts; never a verdict."""
    confirmed_at: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]

"""The record's tables: entries that are only ever added, personal values that may be erased, seals and signed heads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import Base, TenantRow, tenant_key
from anhuan_infra.db.rls import APPEND_ONLY, Rls, sees, through

_SEEN = f"{sees('record')} or (case_id is not null and {through('cases', 'case_id')})"
_WITH_ENTRY = through("record_entries", "entry_id")
_CLOCK = "select, insert"


class RecordEntry(TenantRow):
    """One act, as it happened; `at` is the database's clock. Who writes it may not be allowed to read it, so nothing is read back."""

    __tablename__ = "record_entries"
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (
        Index("ix_record_entries_subject", "tenant_id", "subject_id", "at"),
        Index("ix_record_entries_case", "tenant_id", "case_id", "at"),
        Index("ix_record_entries_at", "tenant_id", "at", "id"),
        {"info": {"rls": Rls(scope=_SEEN, verbs=APPEND_ONLY, clock="select")}},
    )

    at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    actor_id: Mapped[UUID | None]
    actor_kind: Mapped[str]
    act: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    case_id: Mapped[UUID | None]
    unit_no: Mapped[int | None]
    source: Mapped[dict[str, Any]]
    body: Mapped[dict[str, Any]]
    personal: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """Field name to salted commitment (SHA-256 as hex); the values stand in `record_personal`."""


class RecordPersonal(TenantRow):
    """A personal value behind a commitment; erasing the row leaves the chain whole."""

    __tablename__ = "record_personal"
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (
        tenant_key("entry_id", "record_entries"),
        UniqueConstraint("tenant_id", "entry_id", "field"),
        {"info": {"rls": Rls(scope=_WITH_ENTRY, verbs="select, insert, delete")}},
    )

    entry_id: Mapped[UUID]
    field: Mapped[str]
    salt: Mapped[str]
    value: Mapped[str]


class RecordPending(TenantRow):
    """An entry that no seal covers yet; the id is the entry's."""

    __tablename__ = "record_pending"
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (
        tenant_key("id", "record_entries"),
        {"info": {"rls": Rls(verbs=APPEND_ONLY, clock="select, delete")}},
    )


class RecordSeal(Base):
    """The place of an entry in its company's chain; numbers have no gaps."""

    __tablename__ = "record_seals"
    __table_args__ = (
        tenant_key("entry_id", "record_entries"),
        UniqueConstraint("tenant_id", "entry_id"),
        {"info": {"rls": Rls(verbs="select", clock=_CLOCK)}},
    )

    tenant_id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID]
    entry_hash: Mapped[bytes]
    chain_hash: Mapped[bytes]
    sealed_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class RecordHead(Base):
    """A signed statement of how long a company's chain is and what it ends in; the same leaves the database as a file."""

    __tablename__ = "record_heads"
    __table_args__ = ({"info": {"rls": Rls(verbs="select", clock=_CLOCK)}},)

    tenant_id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    chain_hash: Mapped[bytes]
    signed_at: Mapped[datetime]
    key_id: Mapped[str]
    signature: Mapped[bytes]

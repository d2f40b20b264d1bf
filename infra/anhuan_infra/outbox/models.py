"""A job that waits for its turn; the row is the promise, the queue message only a hint."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow
from anhuan_infra.db.rls import ALL_VERBS, Rls


class Postponed(TenantRow):
    """One job: `done_at` is set in the same transaction as its effect, so it takes effect once however often it is delivered."""

    __tablename__ = "outbox"
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy reads it as it stands
    __table_args__ = (
        Index("ix_outbox_open", "due_at", postgresql_where=text("done_at is null and failed_at is null")),
        Index("ix_outbox_done", "done_at", postgresql_where=text("done_at is not null")),
        Index("ix_outbox_failed", "failed_at", postgresql_where=text("failed_at is not null")),
        {"info": {"rls": Rls(verbs=ALL_VERBS, clock="select, update, delete, insert")}},
    )

    job: Mapped[str]
    arguments: Mapped[list[Any]]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    """When the relay last put it on the queue; None while only its own commit hinted at it."""
    sends: Mapped[int] = mapped_column(server_default="0")
    """How often the relay did so since the last try; each time it waits longer before doing so again."""
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(server_default="0")
    problem: Mapped[str | None]
    """Why the last try failed, without anything that was in the data."""

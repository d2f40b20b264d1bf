"""Deadlines as rows and what came of them; the scheduler sees these of all companies, and nothing else of a case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import Rls, through

_OF_CASE = through("cases", "case_id")


class Deadline(TenantRow):
    """One rung of a task's ladder: at `due_at` it fires once, unless the task ended or its clock was set anew before."""

    __tablename__ = "deadlines"
    __table_args__ = (
        tenant_key("case_id", "cases"),
        tenant_key("task_id", "tasks"),
        UniqueConstraint("tenant_id", "task_id", "generation", "rung"),
        Index(
            "ix_deadlines_open", "due_at", postgresql_where=text("fired_at is null and cancelled_at is null")
        ),
        {"info": {"rls": Rls(scope=_OF_CASE, verbs="select, insert, update", clock="select, update")}},
    )

    case_id: Mapped[UUID]
    task_id: Mapped[UUID]
    generation: Mapped[int]
    rung: Mapped[int]
    due_at: Mapped[datetime]
    effect: Mapped[dict[str, Any]]
    """Whom to tell and what else happens, as the definition's ladder says."""
    fired_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class Escalation(TenantRow):
    """A rung that fired; written in the transaction that marks the deadline, so neither exists without the other."""

    __tablename__ = "escalations"
    __table_args__ = (
        tenant_key("case_id", "cases"),
        tenant_key("task_id", "tasks"),
        UniqueConstraint("tenant_id", "task_id", "generation", "rung"),
        Index("ix_escalations_case", "tenant_id", "case_id", "fired_at", "id"),
        {"info": {"rls": Rls(scope=_OF_CASE, verbs="select, update", clock="select, insert")}},
    )

    case_id: Mapped[UUID]
    task_id: Mapped[UUID]
    generation: Mapped[int]
    rung: Mapped[int]
    effect: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime]
    effected_at: Mapped[datetime | None]

"""Cases, their tasks and seats, the people in them, and comments."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import APPEND_ONLY, PERSON, Rls, sees, through
from anhuan_infra.work import Place

_CASE = sees("case", owner="owner_id", party="party_id", assigned=f"{PERSON} = any (people)")
_OF_CASE = through("cases", "case_id")


class CaseStatus(StrEnum):
    """A case is open until every step is done by its owner and checked by someone else."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class TaskStatus(StrEnum):
    """Open, done, or cancelled because the case went back or ended."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class SeatStatus(StrEnum):
    """Waiting for an earlier seat, open, decided, or void because the task ended otherwise."""

    WAITING = "waiting"
    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    VOID = "void"


class LoopDefinition(TenantRow):
    """One version of a loop as data; published versions never change, a running case keeps the one it began with."""

    __tablename__ = "loop_definitions"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code", "version"),
        {"info": {"rls": Rls(verbs="select, insert, update")}},
    )

    code: Mapped[str]
    version: Mapped[int]
    body: Mapped[dict[str, Any]]
    published_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    from_library: Mapped[str | None]
    """Which shipped library entry it was taken from, as `code@version`."""


class CaseNumber(TenantRow):
    """The last number given in a series such as `HZ-2026`; per company, so no number tells of another's business."""

    __tablename__ = "case_numbers"
    __table_args__ = (
        UniqueConstraint("tenant_id", "series"),
        {"info": {"rls": Rls(verbs="select, insert, update")}},
    )

    series: Mapped[str]
    last: Mapped[int]


class Case(TenantRow):
    """One run of a loop, from the first report to the archive."""

    __tablename__ = "cases"
    __table_args__ = (
        tenant_key("definition_id", "loop_definitions"),
        tenant_key("unit_no", "units", remote="no"),
        UniqueConstraint("tenant_id", "number"),
        Index("ix_cases_board", "tenant_id", "status", "due_at", "id", postgresql_include=["unit_no"]),
        Index("ix_cases_people", "people", postgresql_using="gin"),
        Index("ix_cases_owner", "tenant_id", "owner_id"),
        Index("ix_cases_opened", "tenant_id", "opened_at", "id"),
        Index("ix_cases_closed", "tenant_id", "closed_at", postgresql_where=text("closed_at is not null")),
        {"info": {"rls": Rls(scope=_CASE, verbs="select, insert, update")}},
    )

    number: Mapped[str]
    kind: Mapped[str]
    definition_id: Mapped[UUID]
    title: Mapped[str]
    status: Mapped[str] = mapped_column(server_default=CaseStatus.OPEN)
    stage: Mapped[str]
    unit_no: Mapped[int]
    owner_id: Mapped[UUID | None]
    """Who opened it; None for an anonymous or automatic case."""
    party_id: Mapped[UUID | None]
    people: Mapped[list[UUID]] = mapped_column(server_default=text("'{}'::uuid[]"))
    """Everyone with a part in it now or before; being here is what `assigned` means in the policy."""
    grade: Mapped[str | None]
    level: Mapped[int] = mapped_column(server_default="0")
    """How far up it has climbed: the highest rung that fired."""
    due_at: Mapped[datetime | None]
    due_rule: Mapped[str | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    facts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    """What conditions of the definition may read besides grade and unit."""
    round: Mapped[int] = mapped_column(server_default="1")
    """Raised each time a check sends the case back."""

    def place(self) -> Place:
        """A case stands at its unit, belongs to who opened it, and is assigned to its people."""
        return Place(self.unit_no, self.owner_id, frozenset(self.people), self.party_id)


class CasePerson(TenantRow):
    """A person's part in a case."""

    __tablename__ = "case_people"
    __table_args__ = (
        tenant_key("case_id", "cases"),
        tenant_key("person_id", "people"),
        UniqueConstraint("tenant_id", "case_id", "person_id", "part"),
        {"info": {"rls": Rls(scope=_OF_CASE)}},
    )

    case_id: Mapped[UUID]
    person_id: Mapped[UUID]
    part: Mapped[str]
    """`reporter`, `owner`, `checker`, `group` (联合处理组), `informed`, `escalated`."""
    left_at: Mapped[datetime | None]


class Task(TenantRow):
    """One step of a case that waits for somebody, with its clock."""

    __tablename__ = "tasks"
    __table_args__ = (
        tenant_key("case_id", "cases"),
        UniqueConstraint("tenant_id", "case_id", "step", "round"),
        Index("ix_tasks_open", "tenant_id", "due_at", postgresql_where=text("status = 'open'")),
        Index("ix_tasks_due", "tenant_id", "step", "due_at"),
        {"info": {"rls": Rls(scope=_OF_CASE, verbs="select, insert, update")}},
    )

    case_id: Mapped[UUID]
    step: Mapped[str]
    round: Mapped[int]
    status: Mapped[str] = mapped_column(server_default=TaskStatus.OPEN)
    mode: Mapped[str]
    need: Mapped[int]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    due_rule: Mapped[str | None]
    """Name of the clock that won, such as `grade.A` or `tier.workshop`."""
    due_provisional: Mapped[bool] = mapped_column(server_default="false")
    """True where the due time crosses days whose official calendar is not published yet."""
    generation: Mapped[int] = mapped_column(server_default="1")
    """Raised when the clock is set anew; deadlines of earlier generations never fire."""
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]
    outcome: Mapped[str | None]
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    note: Mapped[str | None]


class Seat(TenantRow):
    """One signature or piece of work that a task needs; a plain task has one seat, an approval several."""

    __tablename__ = "seats"
    __table_args__ = (
        tenant_key("case_id", "cases"),
        tenant_key("task_id", "tasks"),
        UniqueConstraint("tenant_id", "task_id", "no"),
        Index(
            "ix_seats_candidates",
            "candidates",
            postgresql_using="gin",
            postgresql_where=text("status = 'open'"),
        ),
        {"info": {"rls": Rls(scope=_OF_CASE, verbs="select, insert, update")}},
    )

    case_id: Mapped[UUID]
    task_id: Mapped[UUID]
    no: Mapped[int]
    who: Mapped[dict[str, Any]]
    status: Mapped[str]
    candidates: Mapped[list[UUID]]
    """Who may take this seat; any one of them does it."""
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    comment: Mapped[str | None]


class Handover(TenantRow):
    """A seat passed from one person to another, by hand or because someone is away; history stays."""

    __tablename__ = "handovers"
    __table_args__ = (
        tenant_key("case_id", "cases"),
        tenant_key("seat_id", "seats"),
        {"info": {"rls": Rls(scope=_OF_CASE, verbs=APPEND_ONLY)}},
    )

    case_id: Mapped[UUID]
    seat_id: Mapped[UUID]
    from_person_id: Mapped[UUID]
    to_person_id: Mapped[UUID]
    reason: Mapped[str]


class Comment(TenantRow):
    """Something said in a case; mentioned people join its group."""

    __tablename__ = "comments"
    __table_args__ = (
        tenant_key("case_id", "cases"),
        Index("ix_comments_case", "tenant_id", "case_id", "id"),
        {"info": {"rls": Rls(scope=_OF_CASE, verbs=APPEND_ONLY)}},
    )

    case_id: Mapped[UUID]
    author_id: Mapped[UUID]
    body: Mapped[str]
    mentions: Mapped[list[UUID]] = mapped_column(server_default=text("'{}'::uuid[]"))
    evidence: Mapped[list[UUID]] = mapped_column(server_default=text("'{}'::uuid[]"))


class StopOrder(TenantRow):
    """Work stops here (停工令) until someone other than its cause has seen on site that it is safe."""

    __tablename__ = "stop_orders"
    __table_args__ = (
        tenant_key("case_id", "cases"),
        Index("ix_stop_orders_case", "tenant_id", "case_id", "id"),
        Index("ix_stop_orders_open", "tenant_id", "unit_no", postgresql_where=text("lifted_at is null")),
        {"info": {"rls": Rls(scope=f"{sees('unit')} or {_OF_CASE}", verbs="select, insert, update")}},
    )

    case_id: Mapped[UUID]
    unit_no: Mapped[int]
    area_id: Mapped[UUID | None]
    asset_id: Mapped[UUID | None]
    reason: Mapped[str]
    cause: Mapped[str]
    """`person`, `grade` or `ladder`."""
    issued_by: Mapped[UUID | None]
    issued_at: Mapped[datetime]
    lifted_by: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None]

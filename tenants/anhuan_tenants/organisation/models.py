"""Units, posts, people, and who holds which post where."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.ltree import Ltree
from anhuan_infra.db.rls import APPEND_ONLY, Rls, sees
from anhuan_infra.work import Place


class UnitKind(StrEnum):
    """Tiers of a company (总部-分厂-车间-班组) and departments (部门) at any tier."""

    HQ = "hq"
    BRANCH = "branch"
    WORKSHOP = "workshop"
    TEAM = "team"
    DEPARTMENT = "department"


class Function(StrEnum):
    """What a department answers for (S001-02)."""

    SAFETY = "safety"
    PRODUCTION = "production"
    EQUIPMENT = "equipment"
    TECHNICAL = "technical"
    HR = "hr"
    PURCHASING = "purchasing"
    FINANCE = "finance"
    NONE = "none"


class Duty(StrEnum):
    """What a post means to safety work, whatever the company calls it; loops find their owners by it."""

    GENERAL_MANAGER = "general_manager"
    SAFETY_DIRECTOR = "safety_director"
    RESPONSIBLE_LEADER = "responsible_leader"
    SAFETY_OFFICER = "safety_officer"
    DEPARTMENT_HEAD = "department_head"
    WORKSHOP_HEAD = "workshop_head"
    TEAM_LEADER = "team_leader"
    EQUIPMENT_HEAD = "equipment_head"
    FITTER = "fitter"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    WORKER = "worker"
    OUTSIDE = "outside"


class Unit(TenantRow):
    """One node of the organisation tree. Rows elsewhere carry its number, which never changes when the unit moves."""

    __tablename__ = "units"
    __table_args__ = (
        tenant_key("parent_id", "units"),
        UniqueConstraint("tenant_id", "no"),
        UniqueConstraint("tenant_id", "code"),
        Index("ix_units_path", "path", postgresql_using="gist"),
        {"info": {"rls": Rls(scope=sees("unit", unit="no"), verbs="select, insert, update")}},
    )

    no: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_sort: Mapped[str]
    """Pinyin of the name: PostgreSQL has no Chinese collation here, so lists sort by this."""
    kind: Mapped[str]
    function: Mapped[str] = mapped_column(server_default="none")
    parent_id: Mapped[UUID | None]
    path: Mapped[str] = mapped_column(Ltree())
    """Labels `u<no>` from the root to this unit."""
    closed_at: Mapped[datetime | None]

    def place(self) -> Place:
        """A unit stands at itself."""
        return Place(unit_no=self.no)


class UnitMove(TenantRow):
    """Where a unit stood before and after a move, so that old figures can be read in the tree of their day."""

    __tablename__ = "unit_moves"
    __table_args__ = (
        tenant_key("unit_id", "units"),
        {"info": {"rls": Rls(verbs=APPEND_ONLY)}},
    )

    unit_id: Mapped[UUID]
    path_before: Mapped[str] = mapped_column(Ltree())
    path_after: Mapped[str] = mapped_column(Ltree())
    moved_by: Mapped[UUID | None]
    moved_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Post(TenantRow):
    """A post (岗位) as the company names it, with its duty and the roles that come with it where it is held."""

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("tenant_id", "code"), {"info": {"rls": Rls()}})

    code: Mapped[str]
    name: Mapped[str]
    duty: Mapped[str]
    roles: Mapped[list[str]]


class Person(TenantRow):
    """Someone who works in or for the company; colleagues see the name, contacts are kept apart."""

    __tablename__ = "people"
    __table_args__ = (
        tenant_key("party_id", "parties"),
        UniqueConstraint("tenant_id", "account"),
        Index("ix_people_home", "tenant_id", "home_unit_no", "name_sort"),
        Index("ix_people_name", "tenant_id", "name_sort", "id"),
        {
            "info": {
                "rls": Rls(
                    scope=sees("unit", unit="home_unit_no", owner="id", party="party_id"),
                    verbs="select, insert, update",
                )
            }
        },
    )

    account: Mapped[str]
    """What the person signs in with inside the company, usually the work number (工号)."""
    name: Mapped[str]
    name_sort: Mapped[str]
    home_unit_no: Mapped[int]
    party_id: Mapped[UUID | None]
    """The outside company that employs this person; None for own staff."""
    language: Mapped[str] = mapped_column(server_default="zh")
    joined_on: Mapped[date | None]
    disabled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")
    """Raised when this person's rights change; their compiled policy is made anew at the next request."""

    def place(self) -> Place:
        """A person stands at the home unit and owns their own entry."""
        return Place(unit_no=self.home_unit_no, owner_id=self.id, party_id=self.party_id)


class Contact(TenantRow):
    """How to reach a person; the id is the person's. Seen by who may read people there, and by the person."""

    __tablename__ = "contacts"
    __table_args__ = (
        tenant_key("id", "people"),
        {"info": {"rls": Rls(scope=sees("person", unit="unit_no", owner="id"))}},
    )

    unit_no: Mapped[int]
    phone: Mapped[str | None]
    email: Mapped[str | None]


class Holding(TenantRow):
    """A person holds a post in a unit; one person may hold several."""

    __tablename__ = "holdings"
    __table_args__ = (
        tenant_key("person_id", "people"),
        tenant_key("post_id", "posts"),
        tenant_key("unit_no", "units", remote="no"),
        UniqueConstraint("tenant_id", "person_id", "post_id", "unit_no"),
        Index("ix_holdings_unit", "tenant_id", "unit_no"),
        {"info": {"rls": Rls(scope=sees("unit", owner="person_id"))}},
    )

    person_id: Mapped[UUID]
    post_id: Mapped[UUID]
    unit_no: Mapped[int]
    is_primary: Mapped[bool] = mapped_column(server_default="false")
    until: Mapped[datetime | None]


class Absence(TenantRow):
    """While a person is away, their tasks go to a deputy (代理人); nothing waits in an empty chair."""

    __tablename__ = "absences"
    __table_args__ = (
        tenant_key("person_id", "people"),
        tenant_key("deputy_id", "people"),
        Index("ix_absences_person", "tenant_id", "person_id", "ends_at"),
        {"info": {"rls": Rls()}},
    )

    person_id: Mapped[UUID]
    deputy_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str]

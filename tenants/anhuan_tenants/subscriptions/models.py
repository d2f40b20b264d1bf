"""A company's subscription to one module."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from anhuan_infra.db.base import TenantRow
from anhuan_infra.db.rls import Rls


class Terms(StrEnum):
    """Trial (试用), active (生效), grace (宽限), lapsed (到期: read-only and exportable)."""

    TRIAL = "trial"
    ACTIVE = "active"
    GRACE = "grace"
    LAPSED = "lapsed"


class Subscription(TenantRow):
    """One module of one company. The terms in force are computed from the dates, so no job has to end a subscription on time."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("tenant_id", "module"),
        {"info": {"rls": Rls(verbs="select, insert, update")}},
    )

    module: Mapped[str]
    is_trial: Mapped[bool]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    grace_ends_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    seats: Mapped[int | None]
    order: Mapped[dict[str, Any] | None]
    """The order that pays for it, as the provider gave it: number, provider, amount in fen."""

"""A company's subscription to one module, and the orders that paid for it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow
from anhuan_infra.db.rls import APPEND_ONLY, Rls


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
    """The order that last paid for it: number, provider."""


class PaidOrder(TenantRow):
    """One order that a payment provider has vouched for; its number counts once in a company, whoever brings it again."""

    __tablename__ = "paid_orders"
    __table_args__ = (
        UniqueConstraint("tenant_id", "provider", "number"),
        {"info": {"rls": Rls(verbs=APPEND_ONLY)}},
    )

    provider: Mapped[str]
    number: Mapped[str]
    amount_fen: Mapped[int] = mapped_column(BigInteger())
    lines: Mapped[list[Any]]
    """Module, days and seats, as bought."""
    redeemed_by: Mapped[UUID | None]

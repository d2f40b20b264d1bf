"""Notices, each attempt to deliver one, and what a person and a company want of channels."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import PERSON, Rls

_MINE = f"person_id = {PERSON} or (select current_setting('app.see_case', true) like '%all%')"


class Notice(TenantRow):
    """One thing one person is told. `key` keeps a repeated job from telling it twice."""

    __tablename__ = "notices"
    __table_args__ = (
        tenant_key("person_id", "people"),
        tenant_key("case_id", "cases"),
        UniqueConstraint("tenant_id", "person_id", "key"),
        Index("ix_notices_person", "tenant_id", "person_id", "id"),
        {"info": {"rls": Rls(scope=_MINE, verbs="select, insert, update")}},
    )

    person_id: Mapped[UUID]
    kind: Mapped[str]
    """What happened, such as `task.opened`, `case.escalated`, `comment.mention`; the sentence is made from kind and facts."""
    facts: Mapped[dict[str, Any]]
    case_id: Mapped[UUID | None]
    is_urgent: Mapped[bool] = mapped_column(server_default="false")
    """Grade A and emergencies: goes through quiet hours."""
    key: Mapped[str]
    read_at: Mapped[datetime | None]
    delivered_by: Mapped[str | None]
    """The channel that got through outside the app; None with `undelivered_at` set means nobody could be reached."""
    undelivered_at: Mapped[datetime | None]


class Attempt(TenantRow):
    """One try to deliver a notice by one channel, written before the call and completed after it."""

    __tablename__ = "notice_attempts"
    __table_args__ = (
        tenant_key("notice_id", "notices"),
        UniqueConstraint("tenant_id", "notice_id", "channel", "no"),
        Index("ix_notice_attempts_notice", "tenant_id", "notice_id"),
        {"info": {"rls": Rls(scope=_MINE, verbs="select, insert, update")}},
    )

    notice_id: Mapped[UUID]
    person_id: Mapped[UUID]
    channel: Mapped[str]
    no: Mapped[int]
    address: Mapped[str]
    """Masked: enough to recognise, not enough to use."""
    state: Mapped[str]
    provider_id: Mapped[str | None]
    detail: Mapped[str | None]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Channel(TenantRow):
    """A channel that a company has set up; secrets inside `secret` are sealed with the installation's key."""

    __tablename__ = "notice_channels"
    __table_args__ = (UniqueConstraint("tenant_id", "code"), {"info": {"rls": Rls()}})

    code: Mapped[str]
    kind: Mapped[str]
    """`email`, `wecom_bot`, `wecom_app`, `dingtalk`, `feishu`, `webhook`, `sms_aliyun`, `sms_tencent`, `apprise`."""
    settings: Mapped[dict[str, Any]]
    secret: Mapped[bytes | None]
    rank: Mapped[int] = mapped_column(server_default="10")
    """Lower is tried first."""
    is_on: Mapped[bool] = mapped_column(server_default="true")
    problem: Mapped[str | None]


class Preference(TenantRow):
    """What a person wants: channels in order, quiet hours; the id is the person's."""

    __tablename__ = "notice_preferences"
    __table_args__ = (
        tenant_key("id", "people"),
        {
            "info": {
                "rls": Rls(
                    scope=f"id = {PERSON} or (select current_setting('app.see_case', true) like '%all%')"
                )
            }
        },
    )

    channels: Mapped[list[str]] = mapped_column(server_default=text("'{}'::text[]"))
    """Codes of channels this person does not want are simply absent; empty means the company's order."""
    quiet_from: Mapped[str | None]
    quiet_to: Mapped[str | None]

"""Notices, each attempt to deliver one, and what a person and a company want of channels."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import PERSON, Rls, sees, through

_EVERYTHING = "(select current_setting('app.see_case', true) like '%all%')"
_MINE = f"person_id = {PERSON} or {sees('case')}"


class Reach(StrEnum):
    """How far a notice got outside the app; inside, it always stands."""

    APP = "app"
    """In the app only: the company has no channel, or does not subscribe to any."""
    WAITING = "waiting"
    """On its way, or held until quiet hours (免打扰) end."""
    DELIVERED = "delivered"
    """A channel took it; `delivered_by` says which."""
    UNDELIVERED = "undelivered"
    """Every channel failed, or knows no address of this person; `next_at` says when it is tried again."""


class Notice(TenantRow):
    """One thing one person is told. `key` keeps a repeated job from telling it twice. Seen by that person, and by who
    may read all cases of the unit it is about, so that what reached nobody does not go unseen."""

    __tablename__ = "notices"
    __table_args__ = (
        tenant_key("person_id", "people"),
        tenant_key("case_id", "cases"),
        UniqueConstraint("tenant_id", "person_id", "key"),
        Index("ix_notices_person", "tenant_id", "person_id", "id"),
        Index("ix_notices_unread", "tenant_id", "person_id", "id", postgresql_where=text("read_at is null")),
        Index(
            "ix_notices_undelivered",
            "tenant_id",
            "id",
            postgresql_where=text("undelivered_at is not null and read_at is null"),
        ),
        Index("ix_notices_key", "tenant_id", "key"),
        {"info": {"rls": Rls(scope=_MINE, verbs="select, insert, update")}},
    )

    person_id: Mapped[UUID]
    kind: Mapped[str]
    """What happened, such as `task.opened`, `case.escalated`, `comment.mention`; the sentence is made from kind and facts."""
    facts: Mapped[dict[str, Any]]
    case_id: Mapped[UUID | None]
    unit_no: Mapped[int | None]
    """Where the case stood when this was said; None for what is about no case."""
    is_urgent: Mapped[bool] = mapped_column(server_default="false")
    """Grade A and emergencies: goes through quiet hours."""
    key: Mapped[str]
    read_at: Mapped[datetime | None]
    reach: Mapped[str] = mapped_column(server_default=Reach.APP)
    rounds: Mapped[int] = mapped_column(server_default="0")
    """How often every channel was tried in vain."""
    next_at: Mapped[datetime | None]
    """When the channels are tried next; None when they are done or were given up."""
    delivered_by: Mapped[str | None]
    """The channel that got through outside the app; None with `undelivered_at` set means nobody could be reached."""
    undelivered_at: Mapped[datetime | None]


class AttemptState(StrEnum):
    """What became of one try."""

    SENDING = "sending"
    """Begun; no answer yet."""
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    """A carrier took it over; done unless a receipt says otherwise."""
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"
    """The process ended before the answer; the other side may have it."""
    NO_ADDRESS = "no_address"
    """The channel needs an address of the person that nobody has entered."""


class Attempt(TenantRow):
    """One try to deliver a notice by one channel, written before the call and completed after it."""

    __tablename__ = "notice_attempts"
    __table_args__ = (
        tenant_key("notice_id", "notices"),
        UniqueConstraint("tenant_id", "notice_id", "channel", "no"),
        {"info": {"rls": Rls(scope=through("notices", "notice_id"), verbs="select, insert, update")}},
    )

    notice_id: Mapped[UUID]
    person_id: Mapped[UUID]
    channel: Mapped[str]
    no: Mapped[int]
    round: Mapped[int]
    """The round of tries it belongs to, counted from 1."""
    address: Mapped[str]
    """Masked: enough to recognise, not enough to use; empty for a message to a whole group."""
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
    """One of `anhuan_infra.notify.catalogue.KINDS`: `email`, `wecom_app`, `dingtalk_robot`, `sms_aliyun`, `webhook` …"""
    name: Mapped[str]
    settings: Mapped[dict[str, Any]]
    secret: Mapped[bytes | None]
    rank: Mapped[int] = mapped_column(server_default="10")
    """Lower is tried first."""
    is_on: Mapped[bool] = mapped_column(server_default="true")
    problem: Mapped[str | None]
    """Why the latest call failed; None after one that did not."""
    changed_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Preference(TenantRow):
    """What a person wants: channels in order, quiet hours; the id is the person's."""

    __tablename__ = "notice_preferences"
    __table_args__ = (
        tenant_key("id", "people"),
        {"info": {"rls": Rls(scope=f"id = {PERSON} or {_EVERYTHING}")}},
    )

    channels: Mapped[list[str]] = mapped_column(server_default=text("'{}'::text[]"))
    """Codes of channels this person does not want are simply absent; empty means the company's order."""
    addresses: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    """Channel code to this person's own address there, such as a WeCom userid; phone and e-mail are the contact's."""
    quiet_from: Mapped[str | None]
    """`HH:MM` on the company's clock; both or neither."""
    quiet_to: Mapped[str | None]

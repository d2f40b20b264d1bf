"""Channels outside the app: what a company has set up, what one wants of them oneself."""

import base64
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy.dialects.postgresql import aggregate_order_by

from anhuan_graphql.context import Context, Info
from anhuan_graphql.fields import act, query
from anhuan_graphql.notices import Notice, notice_by_row
from anhuan_graphql.planner.pieces import Piece
from anhuan_graphql.planner.readings import Env, noun, table_of
from anhuan_graphql.planner.roots import Guard, Rows, Whole
from anhuan_infra.errors import NotSignedIn
from anhuan_infra.notify import catalogue
from anhuan_infra.work import Work
from anhuan_platform.notices import channels as verbs
from anhuan_platform.notices import service
from anhuan_platform.notices.models import Channel as ChannelRow
from anhuan_platform.notices.models import Notice as NoticeRow
from anhuan_platform.notices.models import Preference as PreferenceRow
from anhuan_tenants.access.acts import Act
from anhuan_tenants.subscriptions.catalogue import CORE

CHANNELS = "channels"


@strawberry.type
class ChannelField:
    """One thing to fill in for a channel."""

    name: str
    label_zh: str
    label_en: str
    secret: bool
    required: bool
    default: str


@strawberry.type
class ChannelKind:
    """A sort of channel."""

    name: str
    label_zh: str
    label_en: str
    fields: list[ChannelField]


@strawberry.type
class Setting:
    """A name and its value."""

    name: str
    value: str


@strawberry.type
class Channel:
    """A channel as an administrator sees it; of secrets only which ones are there."""

    code: str
    kind: str
    name: str
    settings: list[Setting]
    secrets: list[str]
    rank: int
    is_on: bool
    problem: str | None
    changed_at: datetime

    @classmethod
    def of(cls, found: verbs.Shown) -> "Channel":
        """As the room shows it."""
        return cls(
            code=found.code,
            kind=found.kind,
            name=found.name,
            settings=[Setting(name=name, value=str(value)) for name, value in found.settings.items()],
            secrets=list(found.secrets),
            rank=found.rank,
            is_on=found.is_on,
            problem=found.problem,
            changed_at=found.changed_at,
        )


@noun(ChannelRow)
@strawberry.type
class ChannelChoice:
    """A channel as everybody sees it who chooses among them."""

    code: str
    kind: str
    name: str


@strawberry.type
class Preferences:
    """What one wants: channels in order (none is the company's order), quiet hours (免打扰) on the company's clock."""

    channels: list[str]
    addresses: list[Setting]
    quiet_from: str | None
    quiet_to: str | None

    @classmethod
    def of(cls, row: PreferenceRow | None) -> "Preferences":
        """Out of its row, or what holds for who never said."""
        if row is None:
            return cls(channels=[], addresses=[], quiet_from=None, quiet_to=None)
        return cls(
            channels=list(row.channels),
            addresses=[Setting(name=name, value=str(value)) for name, value in row.addresses.items()],
            quiet_from=row.quiet_from,
            quiet_to=row.quiet_to,
        )


@strawberry.input
class SettingInput:
    """A name and its value."""

    name: str
    value: str


@strawberry.input
class SetPreferencesInput:
    """What one wants, in place of what one wanted before. `addresses` are one's own ids at messengers, by channel."""

    channels: list[str] = strawberry.field(default_factory=list[str])
    addresses: list[SettingInput] = strawberry.field(default_factory=list[SettingInput])
    quiet_from: str | None = None
    quiet_to: str | None = None


@strawberry.input
class SetChannelInput:
    """A channel; a secret that is left out stays as it was."""

    code: str
    kind: str
    name: str
    settings: list[SettingInput]
    rank: int = 10
    is_on: bool = True


@strawberry.input
class RemoveChannelInput:
    """A channel to take away."""

    code: str


@strawberry.input
class TestChannelInput:
    """A channel to try out."""

    code: str


KINDS = [
    ChannelKind(
        name=kind.name,
        label_zh=kind.zh,
        label_en=kind.en,
        fields=[
            ChannelField(
                name=field.name,
                label_zh=field.zh,
                label_en=field.en,
                secret=field.secret,
                required=field.required,
                default=field.default,
            )
            for field in kind.fields
        ],
    )
    for kind in catalogue.KINDS.values()
]
_COLUMNS = ("code", "kind", "name", "settings", "rank", "is_on", "problem")


def _wanted(env: Env, _given: object) -> Piece:
    row = sa.alias(table_of(PreferenceRow), "wanted")
    said = sa.func.json_build_array(row.c.channels, row.c.addresses, row.c.quiet_from, row.c.quiet_to)
    mine = row.c.id == env.value("person", sa.Uuid())
    return sa.select(said.cast(sa.Text())).where(mine).scalar_subquery()


def _preferences(facts: list[Any] | None, _member: object) -> Preferences:
    if facts is None:
        return Preferences.of(None)
    channels, addresses, quiet_from, quiet_to = facts
    row = PreferenceRow(channels=channels, addresses=addresses, quiet_from=quiet_from, quiet_to=quiet_to)
    return Preferences.of(row)


def _kept(_env: object, _given: object) -> Piece:
    """All of them in order; secrets as they are sealed, of which only their names go further."""
    row = sa.alias(table_of(ChannelRow), "kept")
    secret = sa.func.encode(row.c.secret, sa.literal_column("'base64'"))
    columns = [row.c[name] for name in _COLUMNS]
    said = sa.func.json_build_array(row.c.tenant_id, secret, row.c.changed_at, *columns)
    rows = sa.func.json_agg(aggregate_order_by(said, row.c.rank, row.c.code))
    return sa.select(rows.cast(sa.Text())).scalar_subquery()


def _channels(facts: list[list[Any]] | None, _member: object) -> list[Channel]:
    found: list[Channel] = []
    for tenant_id, secret, changed_at, *columns in facts or []:
        row = ChannelRow(
            tenant_id=UUID(tenant_id),
            secret=None if secret is None else base64.b64decode(secret),
            changed_at=datetime.fromisoformat(changed_at),
            **dict(zip(_COLUMNS, columns, strict=True)),
        )
        found.append(Channel.of(verbs.shown(row)))
    return found


@query(CORE, Whole(_preferences, _wanted))
async def preferences(info: Info) -> Preferences:
    """What you want of notices."""
    async with info.context.reading() as work:
        return Preferences.of(await service.preferences(work))


@query(
    CORE,
    Rows(
        "ChannelChoice",
        lambda at, _env, _given: [at[ChannelRow.is_on]],
        lambda at, _env, _given: [at[ChannelRow.rank], at[ChannelRow.code]],
    ),
)
async def channel_choices(info: Info) -> list[ChannelChoice]:
    """The channels that are on."""
    async with info.context.reading() as work:
        found = await verbs.choices(work)
    return [ChannelChoice(code=one.code, kind=one.kind, name=one.name) for one in found]


@query(CHANNELS, Whole(lambda _facts, _member: KINDS))
async def channel_kinds(info: Info) -> list[ChannelKind]:
    """Every sort of channel and what it asks for."""
    return KINDS


def _may_manage(_facts: object, member: Any) -> bool:
    return bool(member.access.allows(Act.NOTICE_MANAGE, verbs.EVERYWHERE))


@query(CHANNELS, Whole(_channels, _kept, guard=Guard(_may_manage)))
async def channels(info: Info) -> list[Channel]:
    """The company's channels in their order; for who manages them."""
    async with info.context.reading() as work:
        return [Channel.of(found) for found in await verbs.listing(work)]


@act(CORE)
async def set_preferences(work: Work, input: SetPreferencesInput) -> Preferences:
    """Say what you want of notices; urgent ones ignore quiet hours."""
    if work.actor.person_id is None:
        raise NotSignedIn
    row = await service.set_preferences(
        work,
        channels=input.channels,
        addresses={one.name: one.value for one in input.addresses},
        quiet_from=input.quiet_from,
        quiet_to=input.quiet_to,
    )
    return Preferences.of(row)


@act(CHANNELS)
async def set_channel(work: Work, input: SetChannelInput) -> Channel:
    """Set a channel up, or change it."""
    found = await verbs.set_channel(
        work,
        input.code,
        input.kind,
        name=input.name,
        settings={one.name: one.value for one in input.settings},
        rank=input.rank,
        is_on=input.is_on,
    )
    return Channel.of(found)


@act(CHANNELS)
async def remove_channel(work: Work, input: RemoveChannelInput) -> bool:
    """Take a channel away with its secrets."""
    await verbs.remove_channel(work, input.code)
    return True


async def _notice(context: Context, row: NoticeRow) -> Notice:
    return await notice_by_row(context, row)


@act(CHANNELS, then=_notice)
async def test_channel(work: Work, input: TestChannelInput) -> NoticeRow:
    """Send yourself a test message by this channel alone; its attempts say what became of it."""
    return await verbs.test_channel(work, input.code)


QUERIES = [preferences, channel_choices, channel_kinds, channels]
MUTATIONS = [set_preferences, set_channel, remove_channel, test_channel]

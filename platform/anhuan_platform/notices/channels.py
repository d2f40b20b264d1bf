"""The verbs of a company's channels: set up, take away, try out. What is secret goes in and never comes out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from anhuan_infra import text
from anhuan_infra.errors import BadInput
from anhuan_infra.ids import new_id
from anhuan_infra.notify import catalogue
from anhuan_infra.notify.catalogue import KINDS, ChannelConfigInvalid
from anhuan_infra.notify.egress import EgressRefused
from anhuan_infra.work import Place, Work
from anhuan_platform.notices import phrases, repository, routing, tools
from anhuan_platform.notices.errors import ChannelKindFixed, ChannelUnknown, SecretNeeded, TooManyChannels
from anhuan_platform.notices.models import Channel, Notice, Reach
from anhuan_tenants.access.acts import Act

MOST = 20
EVERYWHERE = Place()
"""Channels carry the notices of the whole company: whoever manages them does so for all of it."""
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_OURS = {"webhook": ("url",), "wecom_app": ("userid",)}
"""Settings that say where people are found, beside those that the channel itself needs."""
_VALUE = 4000


@dataclass(frozen=True, slots=True)
class Shown:
    """A channel as an administrator sees it; of secrets only which ones are there."""

    code: str
    kind: str
    name: str
    settings: dict[str, str]
    secrets: tuple[str, ...]
    rank: int
    is_on: bool
    problem: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """A channel as everybody sees it who chooses among them."""

    code: str
    kind: str
    name: str


async def listing(work: Work) -> list[Shown]:
    """All channels of the company in their order; for who manages them."""
    work.allow(Act.NOTICE_MANAGE, EVERYWHERE)
    return [shown(channel) for channel in await repository.channels(work)]


async def choices(work: Work) -> list[Choice]:
    """The channels that are on, for everybody."""
    return [Choice(c.code, c.kind, c.name) for c in await repository.channels(work) if c.is_on]


async def set_channel(
    work: Work,
    code: str,
    kind: str,
    *,
    name: str,
    settings: Mapping[str, str],
    rank: int = 10,
    is_on: bool = True,
) -> Shown:
    """Set a channel up, or change it. A secret that is left out stays as it was, unless the channel would send to another
    place: then it must be entered again, so that nobody sends a secret that they do not know somewhere else."""
    work.allow(Act.NOTICE_MANAGE, EVERYWHERE)
    if not _CODE.fullmatch(code):
        raise BadInput(path="code", reason="a-z, 0-9, -, _ (1-40)")
    if not 0 <= rank <= 1000:
        raise BadInput(path="rank", reason="0-1000")
    before = await repository.channel(work, code, held=True)
    if before is not None and before.kind != kind:
        raise ChannelKindFixed(path="kind", id=code)
    if before is None and len(await repository.channels(work)) >= MOST:
        raise TooManyChannels(path="code", most=MOST)
    label = text.clean(name, "name")
    plain, secrets = _checked(work, code, kind, settings, before)
    sealed = tools.get().seal.close(work.tenant_id, code, secrets)
    channel = before or Channel(id=new_id(), code=code, kind=kind)
    channel.name, channel.settings, channel.secret = label, plain, sealed
    channel.rank, channel.is_on, channel.changed_at, channel.problem = rank, is_on, work.now, None
    work.session.add(channel)
    # Which secrets there are is no secret; what they are is in no record.
    work.record(
        "channel.set", ("channel", channel.id), channel=code, kind=kind, settings=plain,
        secrets=sorted(secrets), rank=rank, is_on=is_on,
    )  # fmt: skip
    await work.session.flush()
    return shown(channel)


async def remove_channel(work: Work, code: str) -> None:
    """Take a channel away with its secrets; what was tried by it stays to be read. Twice changes nothing."""
    work.allow(Act.NOTICE_MANAGE, EVERYWHERE)
    channel = await repository.channel(work, code, held=True)
    if channel is not None:
        await work.session.delete(channel)
        work.record("channel.removed", ("channel", channel.id), channel=code, kind=channel.kind)


async def test_channel(work: Work, code: str) -> Notice:
    """Send the actor a test message by this channel alone, even while it is off; `service.attempts` says what became of it."""
    work.allow(Act.NOTICE_MANAGE, EVERYWHERE)
    channel = await repository.channel(work, code)
    if channel is None or work.actor.person_id is None:
        raise ChannelUnknown(path="code", channel=code[:40])
    notice = Notice(
        id=new_id(),
        person_id=work.actor.person_id,
        kind=phrases.TEST,
        facts={"channel": channel.name, "code": code},
        key=f"test:{new_id()}",
        reach=Reach.WAITING,
        next_at=work.now,
    )
    work.session.add(notice)
    work.record("channel.tested", ("channel", channel.id), channel=code)
    work.put_off("notices.deliver", notice.id)
    work.tell("notice", notice=notice.id, person=work.actor.person_id)
    await work.session.flush()
    return notice


def _checked(
    work: Work, code: str, kind: str, given: Mapping[str, str], before: Channel | None
) -> tuple[dict[str, str], dict[str, str]]:
    """Settings and secrets apart, and proof that a channel can be made of them."""
    made = KINDS.get(kind)
    if made is None:
        raise ChannelConfigInvalid(path="kind", field="kind")
    secret_names = {field.name for field in made.fields if field.secret}
    names = {field.name for field in made.fields} | set(_OURS.get(kind, ()))
    if strange := sorted(set(given) - names):
        raise ChannelConfigInvalid(path="settings", field=strange[0][:40])
    values = {n: text.clean(v, f"settings.{n}", _VALUE, may_be_empty=True).strip() for n, v in given.items()}
    plain = {name: value for name, value in values.items() if value and name not in secret_names}
    secrets = {name: value for name, value in values.items() if value and name in secret_names}
    if before is not None and before.secret is not None:
        kept = tools.get().seal.open(work.tenant_id, code, before.secret)
        missing = {name: value for name, value in kept.items() if name not in secrets}
        moved = sorted(n for n in names - secret_names if plain.get(n) != before.settings.get(n))
        if missing and moved:
            raise SecretNeeded(path=f"settings.{min(missing)}", field=", ".join(moved))
        secrets |= missing
    catalogue.build(kind, plain | secrets, tools.get().wire)
    _check_places(kind, plain)
    return plain, secrets


def _check_places(kind: str, plain: Mapping[str, str]) -> None:
    if kind == "webhook":
        try:
            tools.get().wire.egress.check(plain.get("url", ""))
        except EgressRefused as refused:
            raise ChannelConfigInvalid(path="settings.url", field="url", reason=refused.reason) from refused
    if kind == "wecom_app" and plain.get("userid", "") not in ("", routing.BY_ACCOUNT):
        raise ChannelConfigInvalid(path="settings.userid", field="userid")


def shown(channel: Channel) -> Shown:
    """As an administrator sees it."""
    secret = (
        [field.name for field in KINDS[channel.kind].fields if field.secret] if channel.kind in KINDS else []
    )
    held = tools.get().seal.names(channel.tenant_id, channel.code, channel.secret)
    return Shown(
        channel.code,
        channel.kind,
        channel.name,
        {name: str(value) for name, value in channel.settings.items()},
        tuple(name for name in secret if name in held),
        channel.rank,
        channel.is_on,
        channel.problem,
        channel.changed_at,
    )

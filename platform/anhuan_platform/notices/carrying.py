"""Making one call: the channel is built from its settings, kept while they stay the same, and asked once."""

import hashlib
from uuid import UUID

from anhuan_infra.notify import catalogue
from anhuan_infra.notify.catalogue import ChannelConfigInvalid
from anhuan_infra.notify.channel import Channel as WayOut
from anhuan_infra.notify.channel import Outcome, refused
from anhuan_infra.notify.message import Message
from anhuan_platform.notices import routing, tools
from anhuan_platform.notices.delivery import Try
from anhuan_platform.notices.models import Channel
from anhuan_platform.notices.sealing import SealBroken

_KEPT = 256


async def carry(tenant_id: UUID, one: Try) -> Outcome:
    """Make the call; a channel whose settings cannot be used declines, so that the next one is tried."""
    return await send(tenant_id, one.way.channel, one.way.address, one.message)


async def send(tenant_id: UUID, channel: Channel, address: str, message: Message) -> Outcome:
    """One message by one channel."""
    try:
        way_out = _built_from(tenant_id, channel)
    except ChannelConfigInvalid as invalid:
        return refused(f"the channel's setting {invalid.facts.get('field')} cannot be used")
    except SealBroken:
        return refused("the channel's secrets do not open; enter them again")
    return await way_out.send(message, address)


def _built_from(tenant_id: UUID, channel: Channel) -> WayOut:
    kit = tools.get()
    settings = repr(sorted(channel.settings.items())).encode()
    parts = (tenant_id.bytes, channel.code.encode(), channel.kind.encode(), settings, channel.secret or b"")
    mark = hashlib.sha256(b"\0".join(parts)).digest()
    if mark in kit.built:
        kit.built.move_to_end(mark)
        return kit.built[mark]
    secrets = kit.seal.open(tenant_id, channel.code, channel.secret)
    made = catalogue.build(channel.kind, routing.config(channel, secrets), kit.wire)
    kit.built[mark] = made
    if len(kit.built) > _KEPT:
        kit.built.popitem(last=False)
    return made

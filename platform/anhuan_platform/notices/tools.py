"""What this process needs to carry notices outside: set once at its start, used by the room's verbs and jobs."""

from collections import OrderedDict
from dataclasses import dataclass, field

from anhuan_infra.notify.channel import Channel
from anhuan_infra.notify.egress import Egress
from anhuan_infra.notify.wire import Wire
from anhuan_infra.settings import Settings
from anhuan_platform.notices.sealing import Seal

SEAL_KEY = "channels/1"
"""The label of the key under which channels' secrets are sealed."""


class NotEquipped(RuntimeError):
    """This process was started without a way to send notices."""


@dataclass(frozen=True)
class Tools:
    """The way out, the seal of secrets, and where a notice's reader can act."""

    wire: Wire
    seal: Seal
    public_url: str
    built: OrderedDict[bytes, Channel] = field(default_factory=OrderedDict[bytes, Channel])
    """Channels made from their settings, by a mark of these; some hold an access token for hours."""


_tools: list[Tools] = []


def equip(settings: Settings, wire: Wire | None = None) -> Wire:
    """Give this process its tools and return the wire, which its starter closes at the end. Inner networks stay closed
    but for those that the operator opened (`ANHUAN_EGRESS_ALLOW`)."""
    way_out = wire or Wire(Egress(settings.egress_allow))
    _tools[:] = [Tools(way_out, Seal(settings.secrets.key(SEAL_KEY)), settings.public_url)]
    return way_out


def get() -> Tools:
    """The tools of this process."""
    if not _tools:
        raise NotEquipped
    return _tools[0]

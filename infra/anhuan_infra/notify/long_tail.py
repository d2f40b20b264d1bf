"""Every other service that apprise knows, by its URL. Apprise only says yes or no, so where proof of delivery counts
there is a channel of ours instead."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

import apprise

from anhuan_infra.notify.channel import Channel, Outcome, State, refused, unreachable
from anhuan_infra.notify.message import Message, one_line, plain
from anhuan_infra.notify.wire import Wire

TENANT_SCHEMES = frozenset({"pushplus", "qq", "schan", "wxpusher", "spugpush", "pushme"})
"""What a tenant may name: services whose host is fixed by apprise itself, since apprise's calls are not judged."""
_THREADS = ThreadPoolExecutor(4, thread_name_prefix="anhuan-apprise")


class LongTail:
    """Address: nothing; the URL says it all. `trusted` is for URLs that the operator wrote: those may name any host."""

    kind = "apprise"

    def __init__(self, wire: Wire, url: str, *, trusted: bool = False) -> None:
        self._wire = wire
        self._url = url
        self._is_allowed = trusted or url.partition("://")[0].lower() in TENANT_SCHEMES
        _silence()

    async def send(self, message: Message, address: str) -> Outcome:
        """Accepted on yes. A no has no reason, so it counts as unreachable, and the service may have it all the same."""
        if not self._is_allowed:
            return refused("this kind of service needs the operator's own setting")
        try:
            async with asyncio.timeout(self._wire.total):
                return await asyncio.get_running_loop().run_in_executor(_THREADS, self._notify, message)
        except TimeoutError:
            return unreachable(f"no answer within {self._wire.total:g} s", uncertain=True)

    def _notify(self, message: Message) -> Outcome:
        text = plain(message.body) + (f"\n{message.url}" if message.url else "")
        kind = apprise.NotifyType.WARNING if message.is_urgent else apprise.NotifyType.INFO
        try:
            service = apprise.Apprise.instantiate(self._url, suppress_exceptions=True)
            if service is None:
                return refused("apprise cannot read the service URL")
            service.socket_connect_timeout = self._wire.connect
            service.socket_read_timeout = max(self._wire.total - self._wire.connect, 1)
            said_yes = service.notify(
                body=text,
                title=one_line(message.title),
                notify_type=kind,
                body_format=apprise.NotifyFormat.TEXT,
            )
        except Exception:  # noqa: BLE001
            # More than a hundred services written by many hands: whatever one of them raises is a no.
            said_yes = False
        if said_yes:
            return Outcome(State.ACCEPTED)
        return unreachable("the service said no without a reason", uncertain=True)


def _silence() -> None:
    """Apprise and urllib3 write URLs with their tokens to the log; what they would say is in the outcome already."""
    for name in ("apprise", "urllib3.connectionpool"):
        logging.getLogger(name).disabled = True


_: type[Channel] = LongTail

"""The hub: one listening connection per process, and from it every change to whoever subscribed for that company.

A change carries ids only and may be lost; who receives `resync` has missed some and reads everything anew. It comes
after each reconnect to all, and to a subscriber that fell behind.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

import psycopg
import structlog
from psycopg import AsyncConnection

CHANNEL = "changes"
"""Where `Work.tell` speaks."""
RESYNC = "resync"
KEPT = 100
"""Changes held for a subscriber; one more and it gets a single `resync` in their place."""
_QUIET = 10.0
_SHORTEST, _LONGEST = 0.2, 5.0
_log = structlog.get_logger()


@dataclass(frozen=True)
class Change:
    """Something changed: a topic such as `case`, and the ids that were told with it."""

    topic: str
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


class Subscription:
    """One listener's changes, in the order they were committed; iterate it, in one place only."""

    def __init__(self) -> None:
        self._held: asyncio.Queue[Change] = asyncio.Queue(KEPT)

    def give(self, change: Change) -> None:
        """Hold a change for the listener, or say `resync` when it does not keep up."""
        if self._held.full():
            while not self._held.empty():
                self._held.get_nowait()
            change = Change(RESYNC)
        self._held.put_nowait(change)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Change:
        return await self._held.get()


class Hub:
    """The changes of all companies in one process; nobody is given another company's."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._subscriptions: dict[UUID, set[Subscription]] = {}
        self.is_listening = False
        """Whether the database is being heard right now; for the health page."""

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncGenerator["Hub"]:
        """A hub that listens until the block is left; it starts even while the database is away."""
        hub = cls(url)
        listening = asyncio.create_task(hub._listen(), name="live hub")
        try:
            yield hub
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening

    @asynccontextmanager
    async def subscribe(self, tenant_id: UUID) -> AsyncGenerator[Subscription]:
        """One company's changes from now on; the caller has made sure that its listener belongs there."""
        subscription = Subscription()
        self._subscriptions.setdefault(tenant_id, set()).add(subscription)
        try:
            yield subscription
        finally:
            others = self._subscriptions[tenant_id]
            others.discard(subscription)
            if not others:
                del self._subscriptions[tenant_id]

    def count(self) -> int:
        """How many are listening, over all companies."""
        return sum(len(subscriptions) for subscriptions in self._subscriptions.values())

    async def _listen(self) -> None:
        wait = _SHORTEST
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(f"listen {CHANNEL}")
                    self.is_listening = True
                    wait = _SHORTEST
                    self._resync()
                    async for payload in _payloads(connection):
                        self._give(payload)
            except (psycopg.Error, OSError, TimeoutError) as problem:
                _log.warning("live.connection_lost", problem=type(problem).__name__, again_in=wait)
            finally:
                self.is_listening = False
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST)

    async def _connect(self) -> AsyncConnection[Any]:
        return await AsyncConnection.connect(
            self._url,
            autocommit=True,
            application_name="anhuan live",
            connect_timeout=5,
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
        )

    def _resync(self) -> None:
        for subscriptions in self._subscriptions.values():
            for subscription in subscriptions:
                subscription.give(Change(RESYNC))

    def _give(self, payload: str) -> None:
        try:
            told = json.loads(payload)
            tenant_id, topic = UUID(told.pop("tenant")), told.pop("topic")
        except (ValueError, KeyError, TypeError, AttributeError):
            _log.warning("live.unreadable", size=len(payload))
            return
        for subscription in self._subscriptions.get(tenant_id, ()):
            subscription.give(Change(topic, told))


async def _payloads(connection: AsyncConnection[Any]) -> AsyncIterator[str]:
    """What is heard; after each quiet spell a question is asked, since a dead connection is quiet as well."""
    while True:
        async for notification in connection.notifies(timeout=_QUIET):
            yield notification.payload
        async with asyncio.timeout(5.0):
            await connection.execute("select 1")

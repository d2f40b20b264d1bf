"""Listening to `changes`, the live subscription, as an open screen does: hints with ids, nothing else."""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import websockets
from websockets.typing import Subprotocol

from anhuan_graphql.demo.api import Unexpected, Visitor

_PROTOCOL = Subprotocol("graphql-transport-ws")
_QUERY = "subscription { changes { topic caseId noticeId personId } }"


class Screen:
    """Somebody's open screen: remembers every hint that came."""

    def __init__(self) -> None:
        self.hints: list[dict[str, Any]] = []
        self._news = asyncio.Event()

    def take(self, hint: dict[str, Any]) -> None:
        """A hint came."""
        self.hints.append(hint)
        self._news.set()

    def forget(self) -> None:
        """From here on only what comes counts."""
        self.hints.clear()

    async def until(self, wanted: Callable[[dict[str, Any]], bool], patience: float) -> dict[str, Any]:
        """The first hint of this kind, come already or still to come."""
        try:
            async with asyncio.timeout(patience):
                while True:
                    for hint in self.hints:
                        if wanted(hint):
                            return hint
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise Unexpected(f"no live hint of the wanted kind in {patience:.0f} s") from None


@asynccontextmanager
async def screen(visitor: Visitor, url: str) -> AsyncGenerator[Screen]:
    """A screen that is open within the block."""
    opened = Screen()
    address = f"ws{url.removeprefix('http')}/graphql"
    async with websockets.connect(address, subprotocols=[_PROTOCOL], proxy=None) as socket:
        payload = {"authorization": f"Bearer {await visitor.token()}"}
        await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        said = json.loads(await asyncio.wait_for(socket.recv(), 10))
        if said.get("type") != "connection_ack":
            raise Unexpected(f"the live connection began with {said}")
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": _QUERY}}))

        async def read() -> None:
            async for message in socket:
                _take(opened, json.loads(message))

        reading = asyncio.create_task(read())
        try:
            yield opened
        finally:
            reading.cancel()
            with contextlib.suppress(asyncio.CancelledError, websockets.ConnectionClosed):
                await reading


def _take(opened: Screen, message: Any) -> None:
    if isinstance(message, dict) and message.get("type") == "next":
        payload = cast("dict[str, Any]", message["payload"])
        if payload.get("data"):
            opened.take(payload["data"]["changes"])

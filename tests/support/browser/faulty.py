"""A proxy between pages and a server that misbehaves on request: answers lost, late, or never given, uploads cut short.

It speaks HTTP/1.1 and lets WebSockets through as they are. Being the address that pages know, it also stands for the
network: `down` refuses everybody while the port stays the same.
"""

import asyncio
import json
import re
import socket
import struct
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.support.browser import http1
from tests.support.browser.http1 import Closed, Message
from tests.support.database import ROOT

DOCUMENTS = ROOT / "portal" / "anhuan_portal" / "web" / "documents.json"


@dataclass(frozen=True)
class Lost:
    """The server has done it; nobody is told."""


@dataclass(frozen=True)
class Cut:
    """The connection breaks after so many bytes of the request's body; the server never hears of it."""

    after: int = 0


@dataclass(frozen=True)
class Answered:
    """Somebody in between answers, and the server never hears of it."""

    status: int = 500
    body: bytes = b"<html>gateway</html>"
    kind: str = "text/html"


@dataclass(frozen=True)
class Late:
    """The request waits on its way."""

    seconds: float


@dataclass(frozen=True)
class Changed:
    """The request arrives with another body, as from a client that has a fault of its own; nobody is told either."""

    change: Callable[[bytes], bytes]


Fault = Lost | Cut | Answered | Late | Changed


@dataclass
class Seen:
    """One request that came by, and what became of it."""

    method: str
    path: str
    operation: str | None
    body: bytes
    status: int | None = None
    fault: Fault | None = None


@dataclass
class _Rule:
    matches: Callable[[Seen], bool]
    fault: Fault
    times: int
    skip: int


@dataclass
class Proxy:
    """Where it listens, what came by, and what is to go wrong next."""

    port: int
    upstream: int
    seen: list[Seen] = field(default_factory=list[Seen])
    _rules: list[_Rule] = field(default_factory=list[_Rule])
    _down: bool = False
    _open: set[asyncio.StreamWriter] = field(default_factory=set[asyncio.StreamWriter])

    @property
    def url(self) -> str:
        """For pages."""
        return f"http://127.0.0.1:{self.port}"

    def plan(self, fault: Fault, *, to: str, times: int = 1, skip: int = 0) -> None:
        """Let the next requests to this operation (`reportHazard`) or path (`/graphql`) meet with a fault, after some that do not."""

        def matches(seen: Seen) -> bool:
            return seen.path.startswith(to) if to.startswith("/") else seen.operation == to

        self._rules.append(_Rule(matches, fault, times, skip))

    def forget(self) -> None:
        """All is well again, and nothing was seen."""
        self._rules.clear()
        self.seen.clear()
        self._down = False

    def down(self) -> None:
        """Nobody gets through, and who is in the middle of something is thrown out."""
        self._down = True
        for writer in list(self._open):
            _reset(writer)

    def up(self) -> None:
        """Let them in again."""
        self._down = False

    def times(self, operation: str) -> int:
        """How often an operation was sent."""
        return sum(seen.operation == operation for seen in self.seen)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a browser, request after request."""
        self._open.add(writer)
        server: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        try:
            while not self._down:
                request = await http1.read_request(reader)
                server = server or await asyncio.open_connection("127.0.0.1", self.upstream)
                if request.upgrades:
                    await _let_through(request, (reader, writer), server)
                    return
                if not await self._pass_on(request, writer, server):
                    _reset(writer)
                    return
        except (Closed, OSError, asyncio.IncompleteReadError):
            pass
        finally:
            if self._down:
                _reset(writer)
            self._open.discard(writer)
            for each in (writer, *(server or ())[1:]):
                with suppress(OSError):
                    each.close()
                    await each.wait_closed()

    async def _pass_on(
        self,
        request: Message,
        writer: asyncio.StreamWriter,
        server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> bool:
        """Whether the connection goes on."""
        seen = Seen(request.method, request.path, operation_of(request.body), request.body)
        self.seen.append(seen)
        seen.fault = fault = self._fault(seen)
        if isinstance(fault, Cut):
            return False
        if isinstance(fault, Answered):
            seen.status = fault.status
            writer.write(http1.an_answer(fault.status, fault.kind, fault.body))
            await writer.drain()
            return True
        if isinstance(fault, Late):
            await asyncio.sleep(fault.seconds)
        server[1].write(
            request.with_body(fault.change(request.body)) if isinstance(fault, Changed) else request.raw
        )
        await server[1].drain()
        answer = await http1.read_answer(server[0], request.method)
        seen.status = answer.status
        if isinstance(fault, Lost | Changed) or self._down:
            return False
        writer.write(answer.raw)
        await writer.drain()
        if answer.closes or request.closes:
            raise Closed
        return True

    def _fault(self, seen: Seen) -> Fault | None:
        for rule in self._rules:
            if rule.times and rule.matches(seen):
                if rule.skip:
                    rule.skip -= 1
                    continue
                rule.times -= 1
                return rule.fault
        return None


def operation_of(body: bytes) -> str | None:
    """The first field that a GraphQL request asks for, `reportHazard`; also where only a document's hash is sent."""
    if not body.startswith(b"{"):
        return None
    try:
        asked: Any = json.loads(body)
    except ValueError:
        return None
    text = asked.get("query") or documents().get(str(asked.get("id")), "")
    found = re.search(r"^[^{]*\{\s*(?:\w+\s*:\s*)?(\w+)", re.sub(r"\([^()]*\)", "", text))
    return found[1] if found else None


def documents() -> dict[str, str]:
    """The texts behind the hashes that the apps send, as the last build knows them."""
    try:
        found: dict[str, str] = json.loads(DOCUMENTS.read_text())
    except OSError:
        return {}
    return found


def _reset(writer: asyncio.StreamWriter) -> None:
    """As when a wire is cut: no farewell."""
    end = writer.get_extra_info("socket")
    if end is not None and not writer.is_closing():
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _let_through(
    request: Message,
    client: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
) -> None:
    """A WebSocket: bytes both ways until either side ends."""
    server[1].write(request.raw)

    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(65_536):
            writer.write(chunk)
            await writer.drain()

    ways = [
        asyncio.ensure_future(pour(client[0], server[1])),
        asyncio.ensure_future(pour(server[0], client[1])),
    ]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


@asynccontextmanager
async def proxy(upstream: int = 0) -> AsyncGenerator[Proxy]:
    """A proxy on a free port; where it leads may be said later, since servers want to know their public address first."""
    made = Proxy(0, upstream)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await made.serve(reader, writer)
        finally:
            tasks.discard(task)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 20)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        made.down()
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()

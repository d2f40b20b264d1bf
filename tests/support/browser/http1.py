"""Just enough of HTTP/1.1 to know where a message ends; the bytes stay as they came."""

import asyncio
from dataclasses import dataclass

BODILESS = {204, 304}


class Closed(Exception):
    """The other side has ended the connection between two messages."""


@dataclass(frozen=True)
class Message:
    """A request or an answer: its first line in words, its headers, its body, and all of it as it came."""

    first: list[str]
    headers: dict[str, str]
    body: bytes
    raw: bytes

    @property
    def method(self) -> str:
        """Of a request."""
        return self.first[0]

    @property
    def path(self) -> str:
        """Of a request."""
        return self.first[1]

    @property
    def status(self) -> int:
        """Of an answer."""
        return int(self.first[1])

    def with_body(self, body: bytes) -> bytes:
        """The same message around other content."""
        kept = {name: value for name, value in self.headers.items() if name != "transfer-encoding"}
        lines = [" ".join(self.first)]
        lines += [f"{name}: {value}" for name, value in {**kept, "content-length": str(len(body))}.items()]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body

    @property
    def closes(self) -> bool:
        """Whether the sender ends the connection after it."""
        return self.headers.get("connection", "").lower() == "close"

    @property
    def upgrades(self) -> bool:
        """Whether the connection becomes a WebSocket."""
        return self.headers.get("upgrade", "").lower() == "websocket"


async def read_request(reader: asyncio.StreamReader) -> Message:
    """The next request of a connection, or Closed."""
    head, first, headers = await _head(reader)
    body = await _body(reader, headers, until_end=False)
    return Message(first, headers, _plain(body, headers), head + body)


async def read_answer(reader: asyncio.StreamReader, method: str) -> Message:
    """The answer to a request of this method; what was said on the way (100, 103) is left out."""
    while True:
        head, first, headers = await _head(reader)
        status = int(first[1])
        if status >= 200:
            break
    if method == "HEAD" or status in BODILESS:
        return Message(first, headers, b"", head)
    body = await _body(reader, headers, until_end=True)
    return Message(first, headers, _plain(body, headers), head + body)


def an_answer(status: int, kind: str, body: bytes) -> bytes:
    """A whole answer."""
    head = f"HTTP/1.1 {status} Said\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def _head(reader: asyncio.StreamReader) -> tuple[bytes, list[str], dict[str, str]]:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as problem:
        if problem.partial:
            raise
        raise Closed from None
    lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines[1:] if line)
    return head, lines[0].split(" ", 2), {name.strip().lower(): value.strip() for name, _, value in pairs}


async def _body(reader: asyncio.StreamReader, headers: dict[str, str], *, until_end: bool) -> bytes:
    """A body as it is on the wire."""
    if _is_chunked(headers):
        whole = b""
        while True:
            size = await reader.readuntil(b"\r\n")
            whole += size + (chunk := await reader.readexactly(int(size.partition(b";")[0], 16) + 2))
            if chunk == b"\r\n":
                return whole
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    return await reader.read() if until_end else b""


def _plain(body: bytes, headers: dict[str, str]) -> bytes:
    if not _is_chunked(headers):
        return body
    plain, rest = b"", body
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size.partition(b";")[0], 16)
        plain, rest = plain + rest[:length], rest[length + 2 :]
    return plain


def _is_chunked(headers: dict[str, str]) -> bool:
    return headers.get("transfer-encoding", "").lower() == "chunked"

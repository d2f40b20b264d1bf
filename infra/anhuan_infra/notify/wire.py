"""One way out by HTTP for every channel: judged, pinned, timed, never redirected, and silent about secrets.

The transport is used without httpx's client on purpose: the client writes every URL, with the keys that IM platforms
put into it, to the log; and it brings cookies, redirects and proxies of the environment that are not wanted here.
"""

import asyncio
import email.utils
import json
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self, cast

import httpx

from anhuan_infra.notify.channel import Outcome, refused, unreachable
from anhuan_infra.notify.egress import Egress, EgressRefused
from anhuan_infra.notify.message import one_line
from anhuan_infra.notify.transport import PinnedTransport

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 10.0
_ANSWER_LIMIT = 64 * 1024
_LONGEST_WAIT = timedelta(hours=24)
_LONGEST_DETAIL = 200
_NOT_NOW = frozenset({408, 425, 429})
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)

Json = dict[str, object]


def utc_now() -> datetime:
    """The clock of this machine, for signatures and tokens only: no deadline is decided by it."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an HTTP server said; at most 64 KiB of it."""

    status: int
    headers: httpx.Headers
    body: bytes
    retry_after: timedelta | None

    def json(self) -> Json:
        """The body as a JSON object; empty where it is anything else."""
        try:
            read: object = json.loads(self.body)
        except ValueError:
            return {}
        return cast(Json, read) if isinstance(read, dict) else {}

    def failure(self) -> Outcome | None:
        """The outcome by the status alone, where that says no."""
        if 200 <= self.status < 300:
            return None
        if self.status in _NOT_NOW or self.status >= 500:
            return unreachable(f"http {self.status}", retry_after=self.retry_after)
        if 300 <= self.status < 400:
            return refused(f"http {self.status}: redirects are not followed")
        return refused(f"http {self.status}")


class Wire:
    """Shared by all channels of a process; close it at the end. `trust` is for authorities of the customer's own."""

    def __init__(
        self,
        egress: Egress,
        *,
        connect: float = CONNECT_SECONDS,
        total: float = TOTAL_SECONDS,
        now: Callable[[], datetime] = utc_now,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.egress = egress
        self.now = now
        self.connect = connect
        self.total = total
        self._transport = PinnedTransport(egress, trust=trust)
        self._timeout = httpx.Timeout(total, connect=connect).as_dict()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close connections that are still open."""
        await self._transport.aclose()

    async def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> Answer | Outcome:
        """POST once; an outcome where no answer came or the address may not be called."""
        return await self._ask("POST", url, content, headers)

    async def post_json(self, url: str, body: Mapping[str, object], *, key: str) -> Answer | Outcome:
        """POST JSON once. The key goes along as `Idempotency-Key`, which those who do not know it ignore."""
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
        return await self.post(url, json.dumps(body, ensure_ascii=False).encode(), headers)

    async def get(self, url: str) -> Answer | Outcome:
        """GET once."""
        return await self._ask("GET", url, b"", {})

    async def _ask(
        self, method: str, url: str, content: bytes, headers: Mapping[str, str]
    ) -> Answer | Outcome:
        try:
            request = httpx.Request(
                method,
                self.egress.check(url),
                content=content,
                # No compression: a small answer that unfolds to gigabytes is nobody's receipt.
                headers={"User-Agent": "anhuan", "Accept-Encoding": "identity", **headers},
                extensions={"timeout": self._timeout},
            )
            async with asyncio.timeout(self.total):
                response = await self._transport.handle_async_request(request)
                try:
                    return await self._read(response)
                finally:
                    await response.aclose()
        except EgressRefused as error:
            return refused(f"address not allowed: {error.reason}")
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            return unreachable(_why_unconnected(error))
        except (TimeoutError, httpx.TimeoutException):
            return unreachable(f"no answer within {self.total:g} s", uncertain=True)
        except (httpx.HTTPError, OSError):
            return unreachable("the connection broke before an answer", uncertain=True)

    async def _read(self, response: httpx.Response) -> Answer:
        body = b""
        assert isinstance(response.stream, httpx.AsyncByteStream)
        async for chunk in response.stream:
            body += chunk[: _ANSWER_LIMIT - len(body)]
            if len(body) >= _ANSWER_LIMIT:
                break
        wait = retry_after(response.headers.get("Retry-After"), self.now())
        return Answer(response.status_code, response.headers, body, wait)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """The wait that a `Retry-After` header asks for, as seconds or as a date; at most a day, none if unreadable."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        wait = timedelta(seconds=int(text[:9]))
    else:
        try:
            until = email.utils.parsedate_to_datetime(text)
            wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
        except ValueError:
            return None
    return min(max(wait, timedelta()), _LONGEST_WAIT)


def scrub(text: str, *hidden: str) -> str:
    """A provider's own words, short, on one line, without URLs and without anything of what must stay hidden."""
    clean = one_line(text)
    for part in sorted(filter(None, hidden), key=len, reverse=True):
        clean = re.sub(re.escape(part), "***", clean, flags=re.IGNORECASE)
    return _URL.sub("***", clean)[:_LONGEST_DETAIL]


def _why_unconnected(error: BaseException) -> str:
    """The reason without the words of the library, which may hold the address."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return "the certificate is not trusted or TLS failed"
        seen = seen.__cause__ or seen.__context__
    return "could not connect"

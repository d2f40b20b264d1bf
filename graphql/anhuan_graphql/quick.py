"""The light door: planned reads are answered before there is any routing, middleware or request object; the rest goes on as it came."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from litestar._parsers import parse_cookie_string
from litestar.datastructures import Address
from litestar.types import ASGIApp, Receive, Scope, Send
from litestar.types.asgi_types import HTTPReceiveMessage
from prometheus_client import Histogram

from anhuan_graphql import errors
from anhuan_graphql.caller import context_of
from anhuan_graphql.context import Context
from anhuan_graphql.door import decoded, said_in_json
from anhuan_graphql.edge import number_of
from anhuan_graphql.front import MOST_BODY
from anhuan_graphql.planner.planner import Prepared
from anhuan_infra.errors import Refused

if TYPE_CHECKING:
    from anhuan_graphql.house import House

log = structlog.get_logger("anhuan.http")

LONG = 0.05
"""Seconds after which it is worth while to look whether the asker is still there."""
_MOST_KEPT = 4_096
"""Bytes of a body that is remembered."""
SECONDS = Histogram("anhuan_planned_seconds", "How long planned answers took.", buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5))  # fmt: skip
T = TypeVar("T")


@dataclass
class Knock:
    """A request as far as it is read here."""

    headers: Mapping[str, str]
    client: Address | None
    _cookies: Mapping[str, str] | None = None

    @property
    def cookies(self) -> Mapping[str, str]:
        """As they came."""
        if self._cookies is None:
            said = self.headers.get("cookie")
            self._cookies = parse_cookie_string(said) if said else {}
        return self._cookies


@dataclass
class Letter:
    """The body of a request, which whoever comes after can read once more."""

    receive: Callable[[], Awaitable[Any]]
    read: list[HTTPReceiveMessage] = field(default_factory=list[HTTPReceiveMessage])
    _next: int = 0

    async def body(self) -> bytes | None:
        """All of it; None where it is too long or its sender is gone."""
        size, parts = 0, list[bytes]()
        while True:
            message: HTTPReceiveMessage = await self.receive()
            self.read.append(message)
            if message["type"] != "http.request":
                return None
            part: dict[str, Any] = dict(message)
            size += len(part.get("body", b""))
            if size > MOST_BODY:
                return None
            parts.append(part.get("body", b""))
            if not part.get("more_body", False):
                return b"".join(parts)

    async def again(self) -> Any:
        """From the beginning, then what is still to come."""
        if self._next < len(self.read):
            self._next += 1
            return self.read[self._next - 1]
        return await self.receive()

    async def end(self) -> bool:
        """Waits for what comes after the body, which can only be that the sender is gone; says whether it is that."""
        message = await self.receive()
        self.read.append(message)
        return bool(message["type"] == "http.disconnect")


class Quick:
    """Stands before the application."""

    def __init__(self, house: Callable[[], "House | None"], behind: ASGIApp) -> None:
        self._house = house
        self._behind = behind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let it through."""
        house = self._house()
        if house is None or not _is_question(scope):
            return await self._behind(scope, receive, send)
        sent = list(scope["headers"])
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in sent}
        if len(headers) < len(sent) or ("origin" in headers and house.front.origins):
            # Which of two headers counts is said in one place; a page from elsewhere is told by others that it may read the answer.
            return await self._behind(scope, receive, send)
        letter = Letter(receive)
        body = await letter.body()
        began = time.perf_counter()
        question = await _question(house, headers, body) if body is not None else None
        if question is None:
            return await self._behind(scope, letter.again, send)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number_of(scope))
        client = scope["client"]
        context = context_of(Knock(headers, Address(*client) if client else None), house)
        try:
            answer = await _while_there(_answer(context, question), letter)
        except Gone:
            return None
        finally:
            await context.close()
        if answer is None:
            return await self._behind(scope, letter.again, send)
        if len(body or b"") <= _MOST_KEPT:
            house.planner.bodies.put(body or b"", question)
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"application/json"),
                    (b"content-length", str(len(answer)).encode()),
                ],
            }
        )
        await send({"type": "http.response.body", "body": answer, "more_body": False})
        spent = time.perf_counter() - began
        SECONDS.observe(spent)
        log.info("request", method="POST", path="/graphql", status=200, ms=round(spent * 1000, 1))
        return None


def _is_question(scope: Any) -> bool:
    return bool(scope["type"] == "http" and scope["path"] == "/graphql" and scope["method"] == "POST")


async def _question(house: "House", headers: Mapping[str, str], body: bytes) -> Prepared | None:
    """What is asked, where it has a plan; whatever is wrong with it the ordinary way says."""
    kept = house.planner.bodies.get(body)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return None
    if kept is not None:
        return kept
    try:
        found = house.planner.prepared(await house.documents.question(decoded(body)))
    except Refused:
        return None
    except Exception as problem:
        log.error("not_prepared", exc_info=problem)
        return None
    return found


async def _answer(context: Context, question: Prepared) -> bytes | None:
    try:
        return await context.house.planner.answer(context, question)
    except Refused as refusal:
        arrival = context.arrival()
        language = arrival.member.language if arrival else context.language
        return said_in_json(errors.body(refusal, language))


class Gone(Exception):
    """Nobody waits for the answer any more."""


async def _while_there(asking: Awaitable[T], letter: Letter) -> T:
    """The answer, unless the asker leaves first: then the question is cancelled, in PostgreSQL too."""
    this = asyncio.current_task()
    assert this is not None
    watch: list[asyncio.Task[None]] = []
    is_gone = False

    async def look() -> None:
        nonlocal is_gone
        if await letter.end():
            is_gone = True
            this.cancel()

    timer = asyncio.get_running_loop().call_later(LONG, lambda: watch.append(asyncio.create_task(look())))
    try:
        return await asking
    except asyncio.CancelledError:
        if is_gone and not this.uncancel():
            raise Gone from None
        raise
    finally:
        timer.cancel()
        for one in watch:
            one.cancel()


def light(state: Any, behind: ASGIApp) -> ASGIApp:
    """The light door before an application whose `state` gets its house when it starts."""
    return Quick(lambda: getattr(state, "house", None), behind)

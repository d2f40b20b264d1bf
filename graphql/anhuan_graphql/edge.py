"""The outermost layer: a number for each request, headers that keep browsers strict, one line in the log, no names in it."""

import re
import time
from typing import Any

import structlog
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from anhuan_infra.ids import new_id

log = structlog.get_logger("anhuan.http")

STRICT = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), geolocation=(self), microphone=(self)"),
)
PLAIN = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For everything we serve ourselves: no script runs, nothing is fetched, nobody frames us."""
_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


class Edge(ASGIMiddleware):
    """Around every request that has a route. Paths are logged by their pattern, so labels and ids stay out of the log."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Bind the number of the request to every line of the log, and write one line when it is over."""
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number_of(scope))
        began = time.perf_counter()
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await next_app(scope, receive, answer)
        finally:
            log.info(
                "request",
                method=scope.get("method"),
                path=scope.get("path_template") or "?",
                status=status,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )


async def seal(message: Message, scope: Scope) -> None:
    """The headers of every answer, also of one that no route gave."""
    if message["type"] == "http.response.start":
        message["headers"] = _with(message["headers"], number_of(scope), scope["app"].state.secure)


def number_of(scope: Scope) -> str:
    """The request's number: the caller's, where it is harmless, otherwise ours; the same each time."""
    state = scope["state"]
    if "request_id" not in state:
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        state["request_id"] = given.decode() if _ID.fullmatch(given) else str(new_id())
    found: str = state["request_id"]
    return found


def _with(headers: Any, number: str, secure: bool) -> list[tuple[bytes, bytes]]:
    found = list(headers)
    present = {name.lower() for name, _ in found}
    found.append((b"x-request-id", number.encode()))
    found += [pair for pair in STRICT if pair[0] not in present]
    if b"content-security-policy" not in present:
        found.append((b"content-security-policy", PLAIN))
    if b"cache-control" not in present:
        found.append((b"cache-control", b"no-store"))
    if secure:
        found.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
    return found

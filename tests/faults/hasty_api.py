"""A broken API for the oracle to catch: it says that a report was taken while the commit is still to come.

Everything else is the product's own. At the moment of a report's commit the answer goes out and the commit waits, so
that a kill falls between the two with certainty.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

from anhuan_graphql import app
from anhuan_platform.hazards.models import Hazard

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_ready_to_commit: ContextVar[asyncio.Event] = ContextVar("ready_to_commit")


def create_app() -> Callable[[Message, Receive, Send], Awaitable[None]]:
    """The product's application behind a door that cannot wait."""
    event.listen(Session, "before_flush", _see, insert=True)
    event.listen(Session, "before_commit", _dawdle)
    product: Any = app.create_app()

    async def hasty(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await product(scope, receive, send)
            return
        body = await _body(receive)
        if b"reportHazard" not in body:
            await product(scope, _again(body), send)
            return
        ready = asyncio.Event()
        _ready_to_commit.set(ready)
        working = asyncio.ensure_future(product(scope, _again(body), _nowhere))
        await ready.wait()
        hazard = json.loads(body)["variables"]["input"]["id"]
        said = {"data": {"reportHazard": {"result": {"id": hazard}, "errors": []}}}
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(said).encode()})
        await working

    return hasty


def _see(session: Session, _context: object, _rows: object) -> None:
    if any(isinstance(row, Hazard) for row in session.new):
        session.info["is_report"] = True


def _dawdle(session: Session) -> None:
    ready = _ready_to_commit.get(None)
    if session.info.get("is_report") and ready is not None:
        ready.set()
        await_only(asyncio.sleep(20))


async def _body(receive: Receive) -> bytes:
    whole = b""
    while True:
        message = await receive()
        whole += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return whole


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _nowhere(_: Message) -> None:
    return

"""The API asked without a network between: one ASGI call per question, so that thousands cost what the answers cost."""

import asyncio
import json
from collections.abc import AsyncGenerator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from litestar import Litestar

from anhuan_graphql.app import build_app
from anhuan_graphql.front import Front
from anhuan_graphql.house import House
from anhuan_infra.settings import Settings
from tests.support.wire import fresh

Message = MutableMapping[str, Any]
_EACH_ITS_OWN = (b"date", b"x-request-id")


@dataclass(frozen=True)
class Answer:
    """What came back, whole; two are equal when a client could not tell them apart."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether it is an answer without errors."""
        return (
            self.status == 200
            and not self.body.startswith(b'{"data":null')
            and b'"errors":[{' not in self.body
        )


@dataclass(frozen=True)
class Doorstep:
    """An application that was started in this very event loop."""

    app: Litestar
    house: House


@asynccontextmanager
async def open_door(settings: Settings, front: Front) -> AsyncGenerator[Doorstep]:
    """The application, started and stopped."""
    app = build_app(settings, front)
    async with app.lifespan():
        yield Doorstep(app, app.state.house)


async def ask(door: Doorstep, body: Any, token: str, language: str = "zh") -> Answer:
    """One question by somebody signed in."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    scope = _SCOPE | {
        "headers": [
            (b"host", b"testserver"),
            (b"content-type", b"application/json"),
            (b"content-length", str(len(content)).encode()),
            (b"accept-language", language.encode()),
            (b"authorization", b"Bearer " + fresh(token).encode()),
        ],
        "state": {},
    }
    told: list[Message] = []
    waiting = [content]
    is_answered = asyncio.Event()

    async def receive() -> Message:
        if not waiting:
            await is_answered.wait()
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": waiting.pop(), "more_body": False}

    async def send(message: Message) -> None:
        told.append(message)

    await door.app(scope, receive, send)  # type: ignore[arg-type]
    is_answered.set()
    start, *rest = told
    headers = sorted(
        (name.lower(), value) for name, value in start["headers"] if name.lower() not in _EACH_ITS_OWN
    )
    return Answer(start["status"], tuple(headers), b"".join(one.get("body", b"") for one in rest))


_SCOPE: dict[str, Any] = {
    "type": "http",
    "asgi": {"version": "3.0", "spec_version": "2.4"},
    "http_version": "1.1",
    "method": "POST",
    "scheme": "http",
    "path": "/graphql",
    "raw_path": b"/graphql",
    "query_string": b"",
    "root_path": "",
    "client": ("127.0.0.1", 50_000),
    "server": ("testserver", 80),
    "extensions": {},
}

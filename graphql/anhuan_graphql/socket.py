"""The WebSocket door (graphql-transport-ws): live subscriptions only, for who is signed in, from pages that may call."""

import json
from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta
from typing import Any

from litestar import WebSocket, websocket
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived
from strawberry.litestar.controller import LitestarWebSocketAdapter
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)

from anhuan_graphql import errors
from anhuan_graphql.caller import context_of
from anhuan_graphql.context import Context
from anhuan_graphql.errors import TooMuch
from anhuan_graphql.front import MOST_SUBSCRIPTIONS
from anhuan_graphql.schema import schema
from anhuan_infra.errors import NotSignedIn, Refused
from graphql import GraphQLError

FORBIDDEN = 4403
MOST_MESSAGE = 64_000
"""Characters of one message from a client; its longest is a subscription."""
_WAIT = timedelta(seconds=10)
"""For connection_init, after which a silent connection is closed."""


@websocket("/graphql")
async def live(socket: WebSocket[Any, Any, Any]) -> None:
    """Origin first, then the protocol; a page elsewhere must not ride on a person's cookie."""
    house = socket.app.state.house
    if not house.front.may_call(socket.headers.get("origin"), socket.headers.get("host")):
        await socket.close(code=1008)
        return
    if GRAPHQL_TRANSPORT_WS_PROTOCOL not in socket.scope["subprotocols"]:
        await socket.close(code=1002)
        return
    await socket.accept(subprotocols=GRAPHQL_TRANSPORT_WS_PROTOCOL)
    context = context_of(socket, house)
    context.is_live = True
    handler = _Handler(
        view=_View(),  # type: ignore[arg-type]
        websocket=_Adapter(_View(), socket, socket),  # type: ignore[arg-type]
        context=context,
        root_value=None,
        schema=schema,
        connection_init_wait_timeout=_WAIT,
        max_subscriptions_per_connection=MOST_SUBSCRIPTIONS,
    )
    await handler.handle()


class _View:
    """What the protocol handler asks of its view: JSON, and whether a connection may begin."""

    def decode_json(self, text: str | bytes) -> object:
        """Deep nesting is as unreadable as broken JSON."""
        try:
            found: object = json.loads(text)
        except RecursionError:
            raise json.JSONDecodeError("nested too deeply", "", 0) from None
        return found

    def encode_json(self, data: object) -> str:
        """As the HTTP door does."""
        return json.dumps(data, separators=(",", ":"))

    async def on_ws_connect(self, context: Context) -> dict[str, object]:
        """Only who is signed in may hold a connection; the token comes in connection_params or in the cookie."""
        try:
            await context.actor()
        except Refused:
            raise ConnectionRejectionError from None
        return {}


class _Adapter(LitestarWebSocketAdapter):
    """Text of a bearable length."""

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        """Messages as they come; one that is too long or no JSON ends the connection."""
        while self.ws.connection_state != "disconnect":
            try:
                text = await self.ws.receive_text()
            except Exception as problem:
                if type(problem).__name__ == "WebSocketDisconnect":
                    return
                raise
            if text == "":
                raise NonTextMessageReceived
            if len(text) > MOST_MESSAGE:
                raise NonJsonMessageReceived
            try:
                yield self.view.decode_json(text)
            except json.JSONDecodeError as problem:
                raise NonJsonMessageReceived from problem


class _Handler(BaseGraphQLTransportWSHandler[Context, None]):
    """The library's protocol, with messages checked for shape first and errors said in our way."""

    async def handle_message(self, message: Any) -> None:
        """A message is an object with a type; what it carries must be what its type says."""
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            await self.handle_invalid_message("A message is an object with a type")
            return
        kind, number = message["type"], message.get("id")
        if kind in ("subscribe", "complete") and not (isinstance(number, str) and 0 < len(number) <= 100):
            await self.handle_invalid_message("A message of this type has an id")
            return
        if kind == "connection_init":
            self._take_token(message.get("payload"))
        if kind == "subscribe" and self.connection_acknowledged:
            try:
                if len(self.operations) >= MOST_SUBSCRIPTIONS:
                    raise TooMuch(
                        what="subscriptions", value=len(self.operations) + 1, most=MOST_SUBSCRIPTIONS
                    )
                asked = await self.context.house.documents.question(message.get("payload"))
            except Refused as refusal:
                await self._refuse(number, refusal)
                return
            message = message | {"payload": message["payload"] | {"query": asked.query}}
        checked: Any = message
        await super().handle_message(checked)

    def _take_token(self, payload: Any) -> None:
        said = (
            payload.get("authorization", payload.get("Authorization")) if isinstance(payload, dict) else None
        )
        if isinstance(said, str):
            kind, _, token = said.partition(" ")
            self.context.token = token.strip() if kind.lower() == "bearer" else said

    async def _refuse(self, number: Any, refusal: Refused) -> None:
        said = errors.body(refusal, self.context.language)["errors"]
        await self.send_message({"id": number, "type": "error", "payload": said})

    async def _send_result_stream(self, operation: Operation[Context, None], result_source: Any) -> None:
        await super()._send_result_stream(operation, _spoken(result_source, self.context))

    async def handle_task_exception(self, error: Exception) -> None:
        """The log gets a number and the place; the client gets nothing of it."""
        errors.masked(error)


class _Said(GraphQLError):
    """An error that the protocol handler formats by asking it."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        super().__init__(said["message"])
        self.said = said

    @property
    def formatted(self) -> Any:
        """Already in the form in which it leaves."""
        return self.said


async def _spoken(results: Any, context: Context) -> AsyncGenerator[Any, None]:
    """The results with their errors said our way; a session that ended ends the stream with its last word."""
    async for result in results:
        found = result.errors or []
        if found:
            result.errors = [_Said(errors.spoken(problem, context.language)) for problem in found]
        yield result
        if any(isinstance(problem.original_error, NotSignedIn) for problem in found):
            return

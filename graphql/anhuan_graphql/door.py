"""The HTTP door of GraphQL: POST with one JSON object, a text or the hash of a trusted one; every answer is JSON with a code.

Reads that have a plan never come here: the light door (`quick.py`) answers them.
"""

import json
from typing import Any

import structlog
from litestar import MediaType, Request, Response, get, post
from strawberry.exceptions import MissingQueryError
from strawberry.http.ides import get_graphql_ide_html
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from anhuan_graphql import errors
from anhuan_graphql.caller import context_of, language_of
from anhuan_graphql.context import Context
from anhuan_graphql.documents import Question
from anhuan_graphql.errors import Malformed, TooMuch
from anhuan_graphql.house import House
from anhuan_graphql.schema import schema
from anhuan_infra.errors import Refused

log = structlog.get_logger("anhuan.wire")

_OPERATIONS = {OperationType.QUERY, OperationType.MUTATION}
_IDE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' https://unpkg.com https://esm.sh; "
    "style-src 'self' 'unsafe-inline' https://unpkg.com https://esm.sh; font-src data: https:; "
    "connect-src 'self' ws: wss:; worker-src blob:"
)


@post("/graphql", status_code=200, include_in_schema=False)
async def answer(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Read, execute, say; the status is 200 as soon as GraphQL itself has answered."""
    house: House = request.app.state.house
    context = context_of(request, house)
    try:
        question = await _read(request)
        said = await execute(context, question)
        if context.checked is not None and context.is_signed_in and "errors" not in said:
            house.planner.learn(question, context.checked)
        response = _json(said)
        for finish in context.after_answer:
            finish(response)
        return response
    except Refused as refusal:
        return _json(errors.body(refusal, language_of(request.headers.get("accept-language"))), status=400)
    finally:
        await context.close()


@get("/graphql", include_in_schema=False)
async def ide(request: Request[Any, Any, Any]) -> Response[Any]:
    """GraphiQL for developers; questions are never answered by GET, so no link can ask one."""
    if request.app.state.house.settings.is_production:
        refusal = Malformed(reason="POST")
        return _json(errors.body(refusal, "en"), status=405, headers={"Allow": "POST"})
    page = get_graphql_ide_html(graphql_ide="graphiql")
    return Response(page, media_type=MediaType.HTML, headers={"Content-Security-Policy": _IDE})


async def execute(context: Context, question: Question) -> dict[str, Any]:
    """The answer as it goes out."""
    context.document = question.document
    try:
        result = await schema.execute(
            question.query,
            variable_values=question.variables,
            context_value=context,
            operation_name=question.operation,
            allowed_operation_types=_OPERATIONS,
        )
    except MissingQueryError:
        raise Malformed(reason="no query") from None
    except CannotGetOperationTypeError:
        raise Malformed(reason="no such operation") from None
    except InvalidOperationTypeError:
        raise Malformed(reason="subscriptions come over a WebSocket") from None
    said: dict[str, Any] = {"data": result.data}
    if result.errors:
        said["errors"] = [errors.spoken(problem, context.language) for problem in result.errors]
    return said


async def _read(request: Request[Any, Any, Any]) -> Question:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/json", "application/graphql-response+json"):
        raise Malformed(reason="Content-Type must be application/json")
    house: House = request.app.state.house
    return await house.documents.question(decoded(await request.body()))


def decoded(raw: bytes) -> Any:
    """The JSON of a body."""
    try:
        return json.loads(raw, parse_constant=_no_constant)
    except RecursionError:
        raise TooMuch(what="nesting", value="∞", most=1_000) from None
    except ValueError:
        raise Malformed(reason="the body is not JSON") from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def said_in_json(said: dict[str, Any]) -> bytes:
    """An answer as it goes out."""
    text = json.dumps(said, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:  # a message may quote half a surrogate
        return json.dumps(said, separators=(",", ":"), allow_nan=False).encode()


def _json(said: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(said_in_json(said), status_code=status, media_type=MediaType.JSON, headers=headers)

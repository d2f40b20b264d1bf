"""The web application: GraphQL, health, metrics, labels; made by `create_app`, which a server calls."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, MediaType, Request, Response
from litestar.config.cors import CORSConfig
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins.prometheus import PrometheusConfig, PrometheusController

from anhuan_graphql import (
    door,
    errors,
    exports,
    files,
    health,
    landing,
    logs,
    pages,
    printed,
    quick,
    socket,
    welcome,
)
from anhuan_graphql.caller import language_of
from anhuan_graphql.edge import Edge, seal
from anhuan_graphql.front import MOST_BODY, Front
from anhuan_graphql.house import open_house
from anhuan_infra.errors import Refused
from anhuan_infra.settings import Settings

_CODES = {
    400: "BAD_REQUEST",
    404: "NOT_FOUND",
    405: "BAD_REQUEST",
    413: "LIMIT_EXCEEDED",
    429: "RATE_LIMITED",
}
_ZH = {404: "没有这个地址。", 405: "不支持这种请求方法。", 413: "请求过大。"}


def create_app() -> Litestar:
    """For a server: configured by the environment, with its own logs."""
    logs.configure()
    return build_app(Settings.from_env(), Front.from_env())


def build_app(settings: Settings, front: Front) -> Litestar:
    """The application over these settings; its doors open when it starts and close when it ends."""

    @asynccontextmanager
    async def living(app: Litestar) -> AsyncGenerator[None]:
        async with open_house(settings, front) as house:
            app.state.house = house
            app.state.health = health.Health(house)
            yield

    app = Litestar(
        route_handlers=[
            door.answer,
            door.ide,
            socket.live,
            health.health,
            landing.land,
            welcome.welcome,
            welcome.case,
            *pages.HANDLERS,
            files.template,
            files.filled,
            files.record,
            exports.hazards,
            printed.case,
            Metrics,
        ],
        lifespan=[living],
        middleware=[
            Edge(),
            PrometheusConfig("anhuan", "anhuan", group_path=True, exclude_unhandled_paths=True).middleware,
        ],
        exception_handlers={HTTPException: _declined, Exception: _broken},
        before_send=[seal],
        request_max_body_size=MOST_BODY,
        cors_config=_cors(front),
        openapi_config=OpenAPIConfig(
            title="Anhuan 安环",
            version="1",
            path="/openapi",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        logging_config=None,
        debug=False,
        pdb_on_exception=False,
    )
    app.asgi_handler = quick.light(app.state, app.asgi_handler)
    app.state.pages = pages.Pages.of(settings, front)
    app.state.secure = settings.public_url.startswith("https:")
    return app


class Metrics(PrometheusController):
    """For Prometheus: counts and durations by route, nothing about anybody."""

    path = "/metrics"
    include_in_schema = False


def _cors(front: Front) -> CORSConfig | None:
    """Closed, unless pages of other origins were named."""
    if not front.origins:
        return None
    return CORSConfig(
        allow_origins=sorted(front.origins),
        allow_methods=["POST", "GET"],
        allow_headers=["authorization", "content-type", "x-device", "x-person", "x-request-id"],
        allow_credentials=True,
    )


def _declined(request: Request[Any, Any, Any], problem: HTTPException) -> Response[dict[str, Any]]:
    """What the router or the body reader declines, in our shape and without its details."""
    code = _CODES.get(problem.status_code, "BAD_REQUEST")
    language = language_of(request.headers.get("accept-language"))
    said = _ZH.get(problem.status_code) if language == "zh" else None
    message = said or f"HTTP {problem.status_code}"
    content = {"data": None, "errors": [{"message": message, "extensions": {"code": code}}]}
    return Response(
        content,
        status_code=problem.status_code,
        media_type=MediaType.JSON,
        headers={name: value for name, value in (problem.headers or {}).items() if name.lower() == "allow"},
    )


def _broken(request: Request[Any, Any, Any], problem: Exception) -> Response[dict[str, Any]]:
    """Our fault: a number for the person, the place for the log."""
    language = language_of(request.headers.get("accept-language"))
    refusal = problem if isinstance(problem, Refused) else errors.masked(problem)
    status = files.status_of(problem) if isinstance(problem, Refused) else 500
    return Response(errors.body(refusal, language), status_code=status, media_type=MediaType.JSON)

"""What stands at the address itself: what this is, whether it is well, and where to go on."""

from typing import Any

from litestar import MediaType, Request, Response, get

from anhuan_graphql.caller import language_of
from anhuan_graphql.landing import frame


@get("/", summary="What this address is")
async def welcome(request: Request[Any, Any, Any]) -> Response[Any]:
    """A page for who opens the printed address in a browser, the same as JSON for programs."""
    language = language_of(request.headers.get("accept-language"))
    house = request.app.state.house
    ready, _parts = await request.app.state.health.look()
    ways = {"health": "/health", "openapi": "/openapi/openapi.json"}
    if not house.settings.is_production:
        ways = {"graphql": "/graphql", **ways}
    if "text/html" not in request.headers.get("accept", ""):
        return Response({"name": "anhuan", "ready": ready, "ways": ways}, media_type=MediaType.JSON)
    return Response(_page(language, ready=ready, ways=ways), media_type=MediaType.HTML)


def _page(language: str, *, ready: bool, ways: dict[str, str]) -> str:
    zh = language == "zh"
    said = {
        "graphql": "GraphQL 接口（开发模式可直接试用）"
        if zh
        else "The GraphQL API, to try out (development)",
        "health": "运行状况" if zh else "Health",
        "openapi": "REST 接口说明" if zh else "The REST side",
    }
    state = (
        ("运行正常" if zh else "All is well")
        if ready
        else ("部分服务未就绪" if zh else "Some parts are not ready")
    )
    colour = "#237804" if ready else "#d4380d"
    lines = "".join(f'<p><a href="{path}">{said[name]}</a></p>' for name, path in ways.items())
    lead = (
        "安全生产闭环平台：发起 – 执行 – 反馈 – 验证"
        if zh
        else "Workplace safety as closed loops that forget nothing"
    )
    return frame(
        language,
        f'<h1>安环 Anhuan</h1><p>{lead}</p><p class="risk" style="background:{colour}">{state}</p>{lines}',
    )

"""What stands at the address itself and at the link of a case: browsers are led into the app that fits who holds what, programs are told."""

from typing import Any
from uuid import UUID

from litestar import MediaType, Request, Response, get
from litestar.params import FromPath

from anhuan_graphql.caller import context_of
from anhuan_graphql.pages import CONSOLE, FIELD, PORTAL, ROOTS
from anhuan_infra.errors import Refused

_VARY = "Sec-CH-UA-Mobile, User-Agent, Cookie"


@get("/", summary="What this address is")
async def welcome(request: Request[Any, Any, Any]) -> Response[Any]:
    """A browser is led into its app; for programs, what this is, whether it is well, and where to go on."""
    if wants_page(request):
        return led(f"{ROOTS[await app_for(request)]}/")
    house = request.app.state.house
    ready, _parts = await request.app.state.health.look()
    ways = {"health": "/health", "openapi": "/openapi/openapi.json"}
    if not house.settings.is_production:
        ways = {"graphql": "/graphql", **ways}
    return Response({"name": "anhuan", "ready": ready, "ways": ways}, media_type=MediaType.JSON)


@get("/c/{case_id:uuid}", summary="The page of a case")
async def case(request: Request[Any, Any, Any], case_id: FromPath[UUID]) -> Response[Any]:
    """For links in messages, which do not know where they will be opened. Whether the case is there, only the app is told."""
    return led(f"{ROOTS[await app_for(request)]}/case/{case_id}")


async def app_for(request: Request[Any, Any, Any]) -> str:
    """The portal for people of outside parties, as far as a cookie tells; else by what the page is opened on."""
    context = context_of(request, request.app.state.house)
    try:
        if context.token and (await context.actor()).party_id is not None:
            return PORTAL
    except Refused:
        pass  # Signed out: the app asks them to sign in.
    finally:
        await context.close()
    return FIELD if is_phone(request) else CONSOLE


def is_phone(request: Request[Any, Any, Any]) -> bool:
    """What the browser says of its device; older ones say it within their name only."""
    hint = request.headers.get("sec-ch-ua-mobile")
    if hint in ("?0", "?1"):
        return hint == "?1"
    return "mobi" in request.headers.get("user-agent", "").lower()


def wants_page(request: Request[Any, Any, Any]) -> bool:
    """Whether a browser asks for something to look at."""
    return "text/html" in request.headers.get("accept", "")


def led(address: str) -> Response[Any]:
    """There, this time; another device may be led elsewhere."""
    return Response(b"", status_code=302, headers={"Location": address, "Vary": _VARY})

"""The web apps (现场端 / 相关方端 / 管理台): their built files under /app, /portal and /console, each page held to its own strict policy."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.params import FromPath

from anhuan_graphql.caller import language_of
from anhuan_graphql.front import Front
from anhuan_graphql.shelf import KINDS, Body, File, Shelf
from anhuan_infra.evidence.address import Address
from anhuan_infra.settings import Settings

FIELD, PORTAL, CONSOLE = "field", "portal", "console"
ROOTS = {FIELD: "/app", PORTAL: "/portal", CONSOLE: "/console"}
"""Where each app begins."""
_SHELL = "index.html"
_WORKER = "sw.js"
_HASHED = "assets/"
"""The build names these files after their content, so they never change under a name."""
_FOR_EVER = "public, max-age=31536000, immutable"
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,260}")


@dataclass(frozen=True)
class Pages:
    """The three apps on their shelves, and the object store's address, from which pages take their pictures."""

    shelves: dict[str, Shelf]
    store: str

    @classmethod
    def of(cls, settings: Settings, front: Front) -> "Pages":
        """As the build left them."""
        store = Address.parse(settings.s3_url).seen_from_outside(settings.s3_public_url)
        return cls({name: Shelf(front.web / name) for name in ROOTS}, store.endpoint)

    def policy(self, app: str, host: str) -> str:
        """The Content-Security-Policy of an app's pages and workers; only antd, which writes styles into the page, may do so."""
        # Older engines do not take 'self' for WebSockets.
        live = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
        inline = " 'unsafe-inline'" if app == CONSOLE else ""
        return "; ".join(
            (
                "default-src 'none'",
                "script-src 'self' 'wasm-unsafe-eval'",
                f"style-src 'self'{inline}",
                f"img-src 'self' blob: data: {self.store}",
                f"media-src 'self' blob: {self.store}",
                f"connect-src 'self'{live} {self.store}",
                "font-src 'self'",
                "worker-src 'self'",
                "manifest-src 'self'",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "form-action 'self'",
            )
        )


@get(["/app", "/app/{rest:path}"], include_in_schema=False)
async def field(request: Request[Any, Any, Any], rest: FromPath[str] = "/") -> Response[Any]:
    """The field app (现场端), for phones."""
    return await _answer(request, FIELD, rest)


@get(["/portal", "/portal/{rest:path}"], include_in_schema=False)
async def portal(request: Request[Any, Any, Any], rest: FromPath[str] = "/") -> Response[Any]:
    """The portal (相关方端), for outside parties."""
    return await _answer(request, PORTAL, rest)


@get(["/console", "/console/{rest:path}"], include_in_schema=False)
async def console(request: Request[Any, Any, Any], rest: FromPath[str] = "/") -> Response[Any]:
    """The console (管理台), for managers."""
    return await _answer(request, CONSOLE, rest)


async def _answer(request: Request[Any, Any, Any], app: str, rest: str) -> Response[Any]:
    pages: Pages = request.app.state.pages
    shelf = pages.shelves[app]
    shell = await shelf.file(_SHELL)
    if shell is None:
        return _unbuilt(language_of(request.headers.get("accept-language")))
    name = rest.removeprefix("/")
    if not name and not request.scope["raw_path"].endswith(b"/"):
        # A service worker for /app/ does not speak for /app.
        return Response(b"", status_code=308, headers={"Location": f"{ROOTS[app]}/"})
    found = await shelf.file(name) if name else shell
    if found is None and (name.startswith(_HASHED) or PurePosixPath(name).suffix in KINDS):
        # An old page asks for a file of its own release: a page in its place would be taken for a broken script.
        return Response(b"", status_code=404, media_type=MediaType.TEXT)
    return await _sent(request, pages, app, found or shell)


async def _sent(request: Request[Any, Any, Any], pages: Pages, app: str, file: File) -> Response[Any]:
    try:
        body = await file.body(request.headers.get("accept-encoding", ""))
    except FileNotFoundError:
        return _unbuilt(language_of(request.headers.get("accept-language")))
    headers = _headers(file, body, app)
    if file.kind.startswith(("text/html", "text/javascript")):
        # Of scripts it counts for workers: what the page may fetch, its service worker must be able to fetch too.
        headers["Content-Security-Policy"] = pages.policy(app, request.headers.get("host", ""))
    if body.tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(body.content, media_type=file.kind, headers=headers)


def _headers(file: File, body: Body, app: str) -> dict[str, str]:
    headers = {
        "Cache-Control": _FOR_EVER if file.name.startswith(_HASHED) else "no-cache",
        "ETag": body.tag,
        "Vary": "Accept-Encoding",
    }
    if body.coding:
        headers["Content-Encoding"] = body.coding
    if file.name == _WORKER:
        headers["Service-Worker-Allowed"] = f"{ROOTS[app]}/"
    return headers


def _unbuilt(language: str) -> Response[Any]:
    """Never a blank page: both languages, for whoever set the machine up may read either."""
    first, second = (
        "网页应用尚未构建。请在服务器上的代码目录执行 <code>make web</code>，完成后刷新本页。",
        "The web apps are not built yet. Run <code>make web</code> in the checkout on the server, then reload this page.",
    )
    said = f"<p>{first}</p><p>{second}</p>" if language == "zh" else f"<p>{second}</p><p>{first}</p>"
    page = (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>安环 Anhuan</title><style>'
        "body{font:18px/1.6 system-ui,'Noto Sans SC',sans-serif;margin:2rem auto;max-width:32rem;padding:0 1rem}"
        f"</style><body><h1>安环 Anhuan</h1>{said}</body></html>"
    )
    return Response(page, status_code=503, media_type=MediaType.HTML, headers={"Retry-After": "30"})


HANDLERS = [field, portal, console]

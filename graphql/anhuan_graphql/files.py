"""The REST side: files that are taken away whole, for who is signed in and may."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from litestar import MediaType, Request, Response, get
from litestar.response import Stream

from anhuan_graphql.caller import context_of
from anhuan_graphql.context import Context
from anhuan_graphql.errors import TooOften
from anhuan_graphql.record import AUDIT
from anhuan_graphql.scheduler import RECORD_KEY
from anhuan_infra.errors import Forbidden, NotFound, NotSignedIn, Refused
from anhuan_infra.pdf import PaperFailed
from anhuan_infra.record import export
from anhuan_infra.record.keys import Keyring
from anhuan_infra.work import open_work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.organisation.service import workbook
from anhuan_tenants.subscriptions.catalogue import CORE

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_blank: list[bytes] = []
_STATUS: dict[type[Refused], int] = {
    NotSignedIn: 401,
    Forbidden: 403,
    NotFound: 404,
    TooOften: 429,
    PaperFailed: 503,
}


@get("/organisation-template.xlsx", summary="The workbook to fill in, the same for every company")
async def template() -> Response[bytes]:
    """Headings with notes, and lists to choose from; made once, since anybody may ask."""
    if not _blank:
        _blank.append(await workbook.blank())
    return _download(_blank[0], "anhuan-organisation-template.xlsx", SHEET)


@get("/organisation.xlsx", summary="The workbook filled with your company as it is now")
async def filled(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Imported again it changes nothing."""
    async with (
        _admitted(request, CORE) as context,
        open_work(context.house.reads, await context.actor()) as work,
    ):
        return _download(await workbook.download(work), "anhuan-organisation.xlsx", SHEET)


@get("/record.jsonl", summary="Your company's whole record, to be checked with anhuan_verify.py")
async def record(request: Request[Any, Any, Any]) -> Stream:
    """A line for each entry, in the order of the chain, in little memory however long it is."""
    async with _admitted(request, AUDIT) as context:
        async with open_work(context.house.sessions, await context.actor()) as work:
            work.allow(Act.RECORD_EXPORT)
            work.record("record.exported", ("company", work.tenant_id))
        lines = _lines(context)
        first = await anext(lines)
    headers = {"Content-Disposition": 'attachment; filename="anhuan-record.jsonl"'}
    return Stream(_all(first, lines), media_type="application/x-ndjson", headers=headers)


async def _lines(context: Context) -> AsyncGenerator[bytes]:
    """Over a connection of its own, since the settings of a long read outlive its statements."""
    settings, actor = context.house.settings, await context.actor()
    publics = Keyring(settings.secrets.key(RECORD_KEY)).publics
    async with await psycopg.AsyncConnection.connect(
        settings.app_database_url, autocommit=True
    ) as connection:
        for name, value in actor.context().items():
            await connection.execute("select set_config(%s, %s, false)", (name, value))
        async for line in export.lines(connection, actor.tenant_id, publics):
            yield line


async def _all(first: bytes, rest: AsyncIterator[bytes]) -> AsyncGenerator[bytes]:
    yield first
    async for line in rest:
        yield line


@asynccontextmanager
async def _admitted(request: Request[Any, Any, Any], module: str) -> AsyncGenerator[Context]:
    """Somebody signed in whose company has the module."""
    context = context_of(request, request.app.state.house)
    try:
        (await context.actor()).require(module, write=False)
        yield context
    finally:
        await context.close()


def status_of(refusal: Refused) -> int:
    """The status under which a refusal leaves on the REST side."""
    return next((status for kind, status in _STATUS.items() if isinstance(refusal, kind)), 400)


def _download(content: bytes, name: str, kind: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind or MediaType.TEXT, headers=headers)

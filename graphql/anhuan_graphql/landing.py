"""Where a scanned QR label leads: the area or machine, for somebody of the company that put it up; for everyone else, nothing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Request, Response, get
from litestar.params import FromPath
from sqlalchemy import select

from anhuan_graphql.caller import context_of
from anhuan_graphql.context import Context
from anhuan_infra.errors import Refused
from anhuan_infra.work import open_work
from anhuan_platform.sites import repository
from anhuan_platform.sites.models import Area
from anhuan_tenants.organisation.models import Unit

_MOST = 64
"""Characters of the longest label."""


@dataclass(frozen=True)
class Landing:
    """What a label says of itself."""

    kind: str
    id: str
    code: str
    name: str
    unit: str | None
    risk: str | None


@get("/q/{label:str}", summary="What a scanned label stands for")
async def land(request: Request[Any, Any, Any], label: FromPath[str]) -> Response[Any]:
    """A browser is led into the app with whatever was scanned. Programs get the thing as JSON; unknown, foreign and signed out
    answer alike, so that no label can be tried out."""
    if "text/html" in request.headers.get("accept", ""):
        return Response(b"", status_code=302, headers={"Location": f"/app/q/{quote(label, safe='')}"})
    context = context_of(request, request.app.state.house)
    try:
        found = await _find(context, label)
    except Refused:
        found = None
    finally:
        await context.close()
    if found is None:
        return _nothing(context.language)
    return Response(vars(found), media_type=MediaType.JSON)


async def _find(context: Context, label: str) -> Landing | None:
    actor = await context.actor()
    if not (0 < len(label) <= _MOST and label.isascii() and label.isprintable()):
        return None
    async with open_work(context.house.reads, actor) as work:
        row = await repository.by_label(work, label)
        if row is None:
            return None
        unit = await work.session.scalar(select(Unit.name).where(Unit.no == row.unit_no))
        is_area = isinstance(row, Area)
        return Landing(
            kind="area" if is_area else "asset",
            id=str(row.id),
            code=row.code,
            name=row.name,
            unit=unit,
            risk=row.risk if isinstance(row, Area) else None,
        )


def _nothing(language: str) -> Response[Any]:
    said = (
        "找不到此标签；请先登录本企业账号。"
        if language == "zh"
        else "No such label; sign in to your company first."
    )
    return Response({"code": "NOT_FOUND", "message": said}, status_code=404, media_type=MediaType.JSON)

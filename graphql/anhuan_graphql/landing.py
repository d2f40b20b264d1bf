"""Where a scanned QR label leads: the area or machine, for somebody of the company that put it up; for everyone else, nothing."""

from dataclasses import dataclass
from html import escape
from typing import Any

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

RISKS = {
    "major": ("#d4380d", "重大风险", "major risk"),
    "larger": ("#fa8c16", "较大风险", "larger risk"),
    "general": ("#d4b106", "一般风险", "general risk"),
    "low": ("#1677ff", "低风险", "low risk"),
}
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
    """The thing, as a page or as JSON; unknown, foreign and signed out answer alike, so that no label can be tried out."""
    context = context_of(request, request.app.state.house)
    try:
        found = await _find(context, label)
    except Refused:
        found = None
    finally:
        await context.close()
    wants_page = "text/html" in request.headers.get("accept", "")
    if found is None:
        return _nothing(context.language, label, wants_page=wants_page)
    if wants_page:
        return Response(_page(found, context.language), media_type=MediaType.HTML)
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


def _nothing(language: str, label: str, *, wants_page: bool) -> Response[Any]:
    said = (
        "找不到此标签；请先登录本企业账号。"
        if language == "zh"
        else "No such label; sign in to your company first."
    )
    if not wants_page:
        return Response({"code": "NOT_FOUND", "message": said}, status_code=404, media_type=MediaType.JSON)
    return Response(frame(language, f"<h1>404</h1><p>{said}</p>"), status_code=404, media_type=MediaType.HTML)


def _page(found: Landing, language: str) -> str:
    zh = language == "zh"
    colour, risk_zh, risk_en = RISKS.get(found.risk or "", ("#595959", "设备", "machine"))
    risk = risk_zh if zh else risk_en
    parts = [
        f'<p class="risk" style="background:{colour}">{risk}</p>',
        f"<h1>{escape(found.name)}</h1>",
        f"<p>{escape(found.code)}{' · ' + escape(found.unit) if found.unit else ''}</p>",
    ]
    return frame(language, "".join(parts))


def frame(language: str, content: str) -> str:
    """A small page that any phone shows."""
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>安环 Anhuan</title><style>'
        "body{font:18px/1.6 system-ui,'Noto Sans SC',sans-serif;margin:2rem auto;max-width:32rem;padding:0 1rem}"
        ".risk{display:inline-block;color:#fff;padding:.1rem .8rem;border-radius:.3rem}"
        "a{display:inline-block;padding:.8rem 1.4rem;background:#1677ff;color:#fff;border-radius:.4rem}"
        f"</style><body>{content}</body></html>"
    )

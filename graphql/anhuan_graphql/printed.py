"""`GET /cases/{id}.pdf`: the closed-loop form of a hazard (隐患整改闭环单), with the proof of its record, printed on record."""

import asyncio
import hashlib
import io
import re
from importlib.resources import files
from typing import Any
from uuid import UUID

import segno
from litestar import Request, Response, get
from litestar.params import FromPath

from anhuan_graphql import limiter
from anhuan_graphql.caller import context_of
from anhuan_graphql.context import Context
from anhuan_graphql.verification import HAZARDS, proven
from anhuan_infra import pdf
from anhuan_infra.errors import BadInput, NotFound
from anhuan_infra.evidence.errors import EvidenceMissing
from anhuan_infra.evidence.store import StoreDown, derivative_key
from anhuan_infra.work import open_work
from anhuan_platform import printing
from anhuan_platform.printing import form
from anhuan_platform.printing.gathered import Gathered, gather

_FILE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.pdf")
_TEMPLATE = files(printing).joinpath("case.typ").read_text("utf-8")
_MOST_PICTURE = 16 * 2**20
_READERS = 4
_AT_ONCE = asyncio.Semaphore(4)
"""Whoever waits for paper waits here, before the pictures are read: a crowd in front of the press must not fill the memory."""


@get("/cases/{file:str}", summary="The closed-loop form of a hazard as a PDF: /cases/{id}.pdf?lang=zh")
async def case(request: Request[Any, Any, Any], file: FromPath[str]) -> Response[bytes]:
    """A4, in Chinese or English (`lang`), with photos, signatures and the proof of its record; PDF/A, the font inside."""
    context = context_of(request, request.app.state.house)
    try:
        actor = await context.actor()
        actor.require(HAZARDS, write=False)
        named = _FILE.fullmatch(file)
        if named is None:
            raise NotFound(path="id", kind="case", id=file[:60])
        language = request.query_params.get("lang", context.language)
        if language not in ("zh", "en"):
            raise BadInput(path="lang", reason="zh / en")
        await context.house.limiter.take(limiter.PRINT_PERSON, str(actor.person_id))
        async with _AT_ONCE:
            content, found = await _made(context, UUID(named[1]), language)
        async with open_work(context.house.sessions, actor) as work:
            work.record(
                "case.printed", ("case", found.case.id), case_id=found.case.id, unit_no=found.case.unit_no,
                language=language, sha256=hashlib.sha256(content).hexdigest(),
            )  # fmt: skip
    finally:
        await context.close()
    headers = {
        "Content-Disposition": f'inline; filename="{found.case.number}.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/pdf", headers=headers)


async def _made(context: Context, case_id: UUID, language: str) -> tuple[bytes, Gathered]:
    async with open_work(context.house.reads, await context.actor()) as work:
        found = await gather(work, case_id)
        proof = await proven(work, context.house.settings, case_id)
        by, at = work.actor.name, work.now
    pictures = await _pictures(context, found)
    printed = form.Printed(by=by, at=at, language=language, pictures=frozenset(pictures))
    laid_out = {f"{one}.jpg": content for one, content in pictures.items()}
    laid_out["qr.svg"] = _code(f"{context.house.settings.public_url}/c/{case_id}")
    return await pdf.render(_TEMPLATE, form.document(found, proof, printed), laid_out, at), found


async def _pictures(context: Context, found: Gathered) -> dict[UUID, bytes]:
    """The upright pictures; one that the store does not give is missing on paper, which then says so."""
    gate, versions = asyncio.Semaphore(_READERS), {row.id: row.view_version for row in found.evidence}

    async def read(evidence_id: UUID) -> tuple[UUID, bytes | None]:
        key = derivative_key(found.case.tenant_id, evidence_id, "view.jpg")
        try:
            async with gate:
                return evidence_id, await context.house.store.read(
                    key, versions[evidence_id] or "", _MOST_PICTURE
                )
        except (StoreDown, EvidenceMissing):
            return evidence_id, None

    read_all = await asyncio.gather(*(read(one) for one in form.photos_of(found)))
    return {one: content for one, content in read_all if content is not None}


def _code(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue()

"""Confirming an upload (three receipts: received, stored, durable): the bytes are read back and judged outside any transaction."""

import tempfile
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from anhuan_infra.errors import NotFound, Refused
from anhuan_infra.evidence import flags as flagging
from anhuan_infra.evidence.errors import EvidenceDigestMismatch, EvidenceMissing
from anhuan_infra.evidence.inspector import Verdict
from anhuan_infra.evidence.likeness import as_bigint
from anhuan_infra.evidence.store import Stat, derivative_key
from anhuan_infra.work import Work
from anhuan_platform.evidence import repository, tools
from anhuan_platform.evidence.models import Evidence, EvidenceStatus
from anhuan_tenants.companies.models import Company

OpenWork = Callable[[], AbstractAsyncContextManager[Work]]


async def confirm(open_work: OpenWork, evidence_id: UUID) -> Evidence:
    """Judge what arrived. Safe to call again at any time; a refused file is removed and says why for ever."""
    async with open_work() as work:
        row = await _own(work, evidence_id)
        tenant_id = work.tenant_id
    if row.status != EvidenceStatus.REQUESTED:
        return row
    stat = await tools.store().stat(row.object_key)
    if stat is None:
        raise EvidenceMissing(path="id")
    try:
        verdict = await _judge(row, stat)
    except Refused as refusal:
        await _refuse(open_work, row, stat, refusal)
        raise
    views = await _keep_views(tenant_id, evidence_id, verdict)
    async with open_work() as work:
        stored = await _own(work, evidence_id, lock=True)
        if stored.status == EvidenceStatus.REQUESTED:
            await _write_down(work, stored, stat, verdict, views)
    return stored


async def _own(work: Work, evidence_id: UUID, *, lock: bool = False) -> Evidence:
    row = await work.session.get(Evidence, (work.tenant_id, evidence_id), with_for_update=lock)
    if row is None or row.uploaded_by != work.actor.person_id:
        raise NotFound(path="id", kind="evidence", id=evidence_id)
    return row


async def _judge(row: Evidence, stat: Stat) -> Verdict:
    with tempfile.TemporaryDirectory(prefix="evidence-") as folder:
        path = Path(folder) / "file"
        digest = await tools.store().fetch(row.object_key, stat.version_id, path, row.size)
        if digest != row.sha256 or stat.size != row.size:
            raise EvidenceDigestMismatch(path="id")
        return await tools.inspector().inspect(path, row.declared_type)


async def _refuse(open_work: OpenWork, row: Evidence, stat: Stat, refusal: Refused) -> None:
    async with open_work() as work:
        stored = await _own(work, row.id, lock=True)
        if stored.status == EvidenceStatus.REQUESTED:
            stored.status, stored.refusal = EvidenceStatus.REFUSED, refusal.code
            work.record("evidence.refused", ("evidence", row.id), case_id=stored.case_id, code=refusal.code)
    await tools.store().discard(row.object_key, stat.version_id)


async def _keep_views(tenant_id: UUID, evidence_id: UUID, verdict: Verdict) -> tuple[str | None, str | None]:
    store = tools.store()
    view = thumbnail = None
    if verdict.view is not None:
        view = await store.put(derivative_key(tenant_id, evidence_id, "view.jpg"), verdict.view, "image/jpeg")
    if verdict.thumbnail is not None:
        key = derivative_key(tenant_id, evidence_id, "thumbnail.jpg")
        thumbnail = await store.put(key, verdict.thumbnail, "image/jpeg")
    return view, thumbnail


async def _write_down(
    work: Work, row: Evidence, stat: Stat, verdict: Verdict, views: tuple[str | None, str | None]
) -> None:
    async with work.seeing_all():
        company = await work.session.get(Company, work.tenant_id)
        zone = ZoneInfo(company.zone if company else "Asia/Shanghai")
        row.status = EvidenceStatus.STORED
        row.version_id, row.media_type = stat.version_id, verdict.kind.media_type
        row.view_version, row.thumbnail_version = views
        row.width, row.height = verdict.width, verdict.height
        row.pixel_digest = verdict.pixel_digest
        if verdict.likeness is not None:
            row.phash, row.dhash = as_bigint(verdict.likeness.phash), as_bigint(verdict.likeness.dhash)
        row.taken_at = verdict.capture.taken_at(zone)
        row.exif = _exif(verdict)
        row.confirmed_at = work.now
        found = [*await _likenesses(work, row, verdict)]
        if verdict.width is not None:
            found += flagging.check_moment(verdict.capture, work.now, zone, flagging.Leeway())
        row.flags = [*row.flags, *({"code": str(flag.code), "facts": flag.facts} for flag in found)]
        work.record(
            "evidence.stored", ("evidence", row.id), case_id=row.case_id,
            sha256=row.sha256, media_type=row.media_type, version=row.version_id, flags=[str(f.code) for f in found],
        )  # fmt: skip
        work.put_off("evidence.settle", row.id)
    if row.case_id:
        work.tell("case", case=row.case_id)


async def _likenesses(work: Work, row: Evidence, verdict: Verdict) -> list[flagging.Flag]:
    earlier = {one.id: one for one in await repository.same_bytes(work, row)}
    if verdict.likeness is not None:
        near = [
            one
            for one in await repository.recent_prints(work, row)
            if one.phash is not None
            and one.dhash is not None
            and verdict.likeness.is_near(one.phash, one.dhash)
        ]
        earlier |= {one.id: one for one in near[:10]}
    return flagging.compare_with_earlier(repository.print_of(row), verdict.likeness, list(earlier.values()))


def _exif(verdict: Verdict) -> dict[str, Any] | None:
    capture = verdict.capture
    facts = {
        "local": capture.local.isoformat() if isinstance(capture.local, datetime) else None,
        "offset_seconds": capture.offset_seconds,
        "latitude": capture.latitude,
        "longitude": capture.longitude,
        "accuracy": capture.accuracy,
        "make": capture.make,
        "model": capture.model,
    }
    known = {name: value for name, value in facts.items() if value is not None}
    return known or None

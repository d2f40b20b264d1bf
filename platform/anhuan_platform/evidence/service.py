"""The verbs of evidence inside the database: ask for an upload, use a file in a case, compare before with after."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from anhuan_infra.errors import BadInput, NotFound, Words
from anhuan_infra.evidence import flags as flagging
from anhuan_infra.evidence import sniff
from anhuan_infra.evidence.exif import Capture
from anhuan_infra.evidence.likeness import Likeness
from anhuan_infra.evidence.places import Place as Point
from anhuan_infra.evidence.store import original_key
from anhuan_infra.text import clean
from anhuan_infra.work import Work
from anhuan_platform.evidence import repository
from anhuan_platform.evidence.errors import (
    EvidenceElsewhere,
    EvidenceNotReady,
    EvidenceRefused,
    EvidenceTooLate,
)
from anhuan_platform.evidence.models import Evidence, EvidenceStatus

FIRST_REMINDER, SECOND_REMINDER = timedelta(hours=24), timedelta(hours=72)
"""When people are told of a photo that a case names and that has not come: a shift later, and after the longest weekend."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


async def request(
    work: Work, evidence_id: UUID, *, name: str, media_type: str, size: int, sha256: str
) -> Evidence:
    """Announce a file; what comes must be exactly it. The same announcement twice is the same piece of evidence."""
    work.allow("evidence.upload")
    name = clean(name, "name", 200)
    digest = clean(sha256, "sha256", 64).lower()
    if not _SHA256.fullmatch(digest):
        raise BadInput(
            path="sha256", reason=Words("应为 64 位十六进制", "64 hexadecimal digits are expected")
        )
    kind = sniff.named(clean(media_type, "mediaType", 100))
    sniff.check_size(kind, size)
    content = {"name": name, "type": kind.media_type, "size": size, "sha256": digest}
    if not await work.once("evidence", evidence_id, content):
        return await repository.get(work, evidence_id)
    row = Evidence(
        id=evidence_id,
        uploaded_by=work.actor.person_id,
        status=EvidenceStatus.REQUESTED,
        name=name,
        declared_type=kind.media_type,
        size=size,
        sha256=digest,
        object_key=original_key(work.tenant_id, evidence_id, digest),
        flags=[],
    )
    work.session.add(row)
    work.record("evidence.requested", ("evidence", row.id), name=name, size=size, sha256=digest)
    return row


@dataclass(frozen=True)
class Use:
    """Where files are used: in a case as it stands under its lock, perhaps for one task of it, near a place that it knows."""

    case_id: UUID
    case_status: str
    task_id: UUID | None = None
    near: Point | None = None
    may_be_on_its_way: bool = False
    """Whether files may be named that have not come: a report made without network, whose photos people are then reminded of."""


async def attach(work: Work, use: Use, proofs: Sequence[tuple[UUID, str]]) -> Counter[str]:
    """Use files in a case, each with what it shows: only one's own, each once, for one purpose, and verified unless it may be on its
    way. The same use again is the same use; to a case that has ended, files come with comments only. Returns how many verified pieces
    the task has from now on, by what they show."""
    if use.case_status != "open" and any(purpose != "comment" for _, purpose in proofs):
        raise EvidenceTooLate(path="evidence", status=use.case_status)
    rows = await repository.held(work, [evidence_id for evidence_id, _ in proofs], use.task_id)
    for evidence_id, purpose in proofs:
        row = rows.get(evidence_id)
        if row is None:
            raise NotFound(path="evidence", kind="evidence", id=evidence_id)
        if row.status == EvidenceStatus.REFUSED:
            raise EvidenceRefused(path="evidence", name=row.name, refusal=row.refusal)
        if row.status == EvidenceStatus.REQUESTED and not use.may_be_on_its_way:
            raise EvidenceNotReady(path="evidence", name=row.name)
        wanted = (use.case_id, use.task_id, purpose)
        is_used_otherwise = row.case_id is not None and (row.case_id, row.task_id, row.purpose) != wanted
        if row.uploaded_by != work.actor.person_id or is_used_otherwise:
            raise EvidenceElsewhere(path="evidence", name=row.name)
        if row.status == EvidenceStatus.REQUESTED and row.case_id is None:
            work.put_off("evidence.remind", row.id, after=work.now + FIRST_REMINDER)
            work.put_off("evidence.remind_again", row.id, after=work.now + SECOND_REMINDER)
        row.case_id, row.task_id, row.purpose = wanted
        if use.near is not None and row.exif:
            row.flags = _merged(row.flags, flagging.check_place(_capture(row), use.near, flagging.Leeway()))
    of_task = (row for row in rows.values() if use.task_id is not None and row.task_id == use.task_id)
    return Counter(row.purpose for row in of_task if row.purpose and row.status in repository.READY)


async def missing(work: Work, case_ids: Sequence[UUID]) -> Sequence[Evidence]:
    """Pieces that these cases name and that have not come: whoever decides on one should see that they are missing."""
    return await repository.missing(work, case_ids)


async def compare_before_after(work: Work, case_id: UUID) -> None:
    """Flag, for a human, photos of the finished work that are or look like the ones from before it."""
    async with work.seeing_all():
        rows = await repository.of_case(work, case_id)
        before = [repository.print_of(row) for row in rows if row.purpose in ("before", "report")]
        for row in rows:
            if row.purpose == "after":
                mine = repository.print_of(row)
                likeness = None
                if mine.phash is not None and mine.dhash is not None:
                    likeness = Likeness((mine.phash,), (mine.dhash,))
                row.flags = _merged(row.flags, flagging.compare_with_before(mine, likeness, before))


def _capture(row: Evidence) -> Capture:
    facts = row.exif or {}
    return Capture(
        latitude=facts.get("latitude"), longitude=facts.get("longitude"), accuracy=facts.get("accuracy")
    )


def _merged(before: list[object], found: Sequence[flagging.Flag]) -> list[object]:
    fresh = [{"code": str(flag.code), "facts": flag.facts} for flag in found]
    return [*before, *(flag for flag in fresh if flag not in before)]

"""Every query about evidence. Row-level security supplies the tenant and the scope."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select, text

from anhuan_infra.db import together
from anhuan_infra.errors import NotFound
from anhuan_infra.evidence.flags import Print
from anhuan_infra.evidence.likeness import from_bigint
from anhuan_infra.work import Work
from anhuan_platform.evidence.models import Evidence, EvidenceStatus

together.announce(Evidence)

READY = (EvidenceStatus.STORED, EvidenceStatus.DURABLE)
MOST_COMPARED = 20_000
"""How many of a company's newest photos a new one is compared with."""


async def get(work: Work, evidence_id: UUID) -> Evidence:
    """The piece of evidence, if this person may see it."""
    row = await work.session.get(Evidence, (work.tenant_id, evidence_id))
    if row is None:
        raise NotFound(kind="evidence", id=evidence_id)
    return row


async def of_case(work: Work, case_id: UUID) -> Sequence[Evidence]:
    """All pieces of a case, oldest first."""
    query = select(Evidence).where(Evidence.case_id == case_id).order_by(Evidence.id)
    return (await work.session.scalars(query)).all()


async def missing(work: Work, case_ids: Sequence[UUID]) -> Sequence[Evidence]:
    """Pieces that these cases name and that have not come, oldest first."""
    query = select(Evidence).where(
        Evidence.case_id.in_(case_ids), Evidence.status == EvidenceStatus.REQUESTED
    )
    return (await work.session.scalars(query.order_by(Evidence.id))).all()


@dataclass(frozen=True)
class Waiting:
    """A case as a reminder speaks of it, and who has an open seat in it."""

    number: str
    title: str
    grade: str | None
    people: list[UUID]


_WAITING = text("""
    select number, title, grade, array(
        select distinct p from seats s, unnest(s.candidates) p where s.case_id = c.id and s.status = 'open'
    ) people from cases c where id = :case and status <> 'cancelled'
""")


async def waiting(work: Work, case_id: UUID) -> Waiting | None:
    """Whom a missing piece of this case concerns; None where the case was called off."""
    row = (await work.session.execute(_WAITING, {"case": case_id})).one_or_none()
    return Waiting(row.number, row.title, row.grade, list(row.people)) if row is not None else None


async def held(work: Work, ids: Collection[UUID], task_id: UUID | None) -> dict[UUID, Evidence]:
    """These pieces, and those that the task has already, as they are now and until the transaction ends; always locked in the same
    order, so that two who use the same pieces do not wait for one another."""
    if not ids and task_id is None:
        return {}
    wanted = Evidence.id.in_(ids)
    query = select(Evidence).where(wanted if task_id is None else or_(wanted, Evidence.task_id == task_id))
    query = query.order_by(Evidence.id).with_for_update()
    is_changed = any(isinstance(row, Evidence) for row in work.session.dirty)
    query = query.execution_options(populate_existing=True, autoflush=is_changed)
    return {row.id: row for row in await work.session.scalars(query)}


async def same_bytes(work: Work, row: Evidence) -> list[Print]:
    """Earlier files with exactly these bytes."""
    query = select(Evidence).where(
        Evidence.sha256 == row.sha256, Evidence.id != row.id, Evidence.status.in_(READY)
    )
    return [print_of(one) for one in await work.session.scalars(query.limit(10))]


async def recent_prints(work: Work, row: Evidence) -> list[Print]:
    """Fingerprints of the company's newest photos, for a likeness."""
    rows = await work.session.execute(
        select(Evidence.id, Evidence.sha256, Evidence.pixel_digest, Evidence.phash, Evidence.dhash)
        .where(Evidence.phash.is_not(None), Evidence.id != row.id, Evidence.status.in_(READY))
        .order_by(Evidence.confirmed_at.desc())
        .limit(MOST_COMPARED)
    )
    return [_print(*one) for one in rows]


def print_of(row: Evidence) -> Print:
    """By what a stored piece is known again."""
    return _print(row.id, row.sha256, row.pixel_digest, row.phash, row.dhash)


def _print(id_: UUID, sha256: str, pixels: str | None, phash: int | None, dhash: int | None) -> Print:
    waves = None if phash is None else from_bigint(phash)
    slopes = None if dhash is None else from_bigint(dhash)
    return Print(id_, sha256, pixels, waves, slopes)

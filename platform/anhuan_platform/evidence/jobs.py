"""What happens to evidence after the answer: it is looked at once more until it is durable, and locked when decided upon."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.jobs.registry import job
from anhuan_infra.jobs.works import Works
from anhuan_infra.work import Work
from anhuan_platform.evidence import repository, tools
from anhuan_platform.evidence.models import Evidence, EvidenceStatus
from anhuan_platform.notices import service as notices
from anhuan_tenants.companies.models import Company

LOCK_DAYS = 3 * 365
"""How long decided evidence cannot be changed by anybody, unless the company's settings say longer; our own figure."""


class NotThereAnyMore(RuntimeError):
    """A file that was verified is missing from the store; the job fails visibly instead of promising."""


@job("evidence.settle", outside=True)
async def settle(works: Works, evidence_id: UUID) -> None:
    """Read the stored version's state once more after the upload; only then may a phone let its copy go."""
    async with works.open() as work:
        row = await repository.get(work, evidence_id)
    if row.status == EvidenceStatus.STORED:
        stat = await tools.store().stat(row.object_key, row.version_id)
        if stat is None or stat.size != row.size:
            raise NotThereAnyMore(str(evidence_id))
    async with works.finish() as work:
        stored = await work.session.get(Evidence, (work.tenant_id, evidence_id), with_for_update=True)
        if stored is not None and stored.status == EvidenceStatus.STORED:
            stored.status = EvidenceStatus.DURABLE
            work.record("evidence.durable", ("evidence", evidence_id), case_id=stored.case_id)


@job("evidence.lock", outside=True)
async def lock(works: Works, case_id: UUID) -> None:
    """Make what a decision rests on unchangeable in the store (Object Lock, COMPLIANCE); twice only prolongs."""
    async with works.open() as work:
        query = select(Evidence).where(
            Evidence.case_id == case_id,
            Evidence.status.in_(repository.READY),
            Evidence.locked_until.is_(None),
        )
        rows = list(await work.session.scalars(query))
        company = await work.session.get(Company, work.tenant_id)
        days = int((company.settings if company else {}).get("evidence_lock_days", LOCK_DAYS))
        until = work.now + timedelta(days=days)
    for row in rows:
        if row.version_id:
            await tools.store().lock(row.object_key, row.version_id, until)
    async with works.finish() as work:
        for row in rows:
            stored = await work.session.get(Evidence, (work.tenant_id, row.id), with_for_update=True)
            if stored is not None:
                stored.locked_until = until
        if rows:
            work.record(
                "evidence.locked",
                ("case", case_id),
                case_id=case_id,
                until=until,
                files=[row.id for row in rows],
            )


@job("evidence.remind", queue="notices")
async def remind(work: Work, evidence_id: UUID) -> None:
    """A day later: tell whoever took a photo that it never came, and those who wait in its case that it is missing."""
    await _tell_if_missing(work, evidence_id, "first")


@job("evidence.remind_again", queue="notices")
async def remind_again(work: Work, evidence_id: UUID) -> None:
    """The same after three days; then the case itself shows that it is missing."""
    await _tell_if_missing(work, evidence_id, "second")


async def _tell_if_missing(work: Work, evidence_id: UUID, time: str) -> None:
    row = await repository.get(work, evidence_id)
    if row.status != EvidenceStatus.REQUESTED or row.case_id is None:
        return
    case = await repository.waiting(work, row.case_id)
    if case is None:
        return
    people = [*case.people, *([row.uploaded_by] if row.uploaded_by else [])]
    await notices.send(
        work, people=people, kind="evidence.missing", case_id=row.case_id, urgent=False, key=f"missing:{row.id}:{time}",
        facts={"number": case.number, "title": case.title, "grade": case.grade, "note": row.name},
    )  # fmt: skip

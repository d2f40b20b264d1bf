"""What happens to evidence after the answer: it is looked at once more until it is durable, and locked when decided upon."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.jobs.registry import job
from anhuan_infra.jobs.works import Works
from anhuan_platform.evidence import repository, tools
from anhuan_platform.evidence.models import Evidence, EvidenceStatus
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

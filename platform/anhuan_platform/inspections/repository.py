"""Every query about checklists. Row-level security supplies the tenant."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import select

from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_platform.inspections import checklist as checklists
from anhuan_platform.inspections.checklist import Checklist
from anhuan_platform.inspections.models import ChecklistRow, ChecklistVersion


async def get(work: Work, checklist_id: UUID) -> ChecklistRow:
    """The checklist by its id."""
    row = await work.session.get(ChecklistRow, (work.tenant_id, checklist_id))
    if row is None:
        raise NotFound(path="id", kind="checklist", id=checklist_id)
    return row


async def lock(work: Work, checklist_id: UUID) -> ChecklistRow:
    """The checklist, held against every other writer until this transaction ends."""
    query = select(ChecklistRow).where(ChecklistRow.id == checklist_id).with_for_update(key_share=True)
    row = await work.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound(path="id", kind="checklist", id=checklist_id)
    return row


async def by_code(work: Work, code: str) -> ChecklistRow | None:
    """The checklist with this code, in use or not."""
    return await work.session.scalar(select(ChecklistRow).where(ChecklistRow.code == code))


async def codes(work: Work) -> frozenset[str]:
    """Every code that is taken."""
    return frozenset(await work.session.scalars(select(ChecklistRow.code)))


async def kept(work: Work, *, retired: bool = False) -> Sequence[ChecklistRow]:
    """The checklists of the company by name; retired ones only where they are asked for."""
    query = select(ChecklistRow).order_by(ChecklistRow.name_sort, ChecklistRow.id)
    return (
        await work.session.scalars(query if retired else query.where(ChecklistRow.retired_at.is_(None)))
    ).all()


async def versions(work: Work, checklist_id: UUID) -> Sequence[ChecklistVersion]:
    """All published versions of a checklist, newest first."""
    query = select(ChecklistVersion).where(ChecklistVersion.checklist_id == checklist_id)
    return (await work.session.scalars(query.order_by(ChecklistVersion.version.desc()))).all()


async def version(work: Work, checklist_id: UUID, number: int) -> ChecklistVersion:
    """One published version."""
    row = await work.session.scalar(
        select(ChecklistVersion).where(
            ChecklistVersion.checklist_id == checklist_id, ChecklistVersion.version == number
        )
    )
    if row is None:
        raise NotFound(kind="checklist version", id=f"{checklist_id}@{number}")
    return row


async def in_force(work: Work) -> Sequence[tuple[ChecklistRow, ChecklistVersion]]:
    """Every checklist that a round may begin with, with its version in force, by name."""
    query = (
        select(ChecklistRow, ChecklistVersion)
        .join(
            ChecklistVersion,
            (ChecklistVersion.checklist_id == ChecklistRow.id)
            & (ChecklistVersion.version == ChecklistRow.newest),
        )
        .where(ChecklistRow.retired_at.is_(None))
        .order_by(ChecklistRow.name_sort, ChecklistRow.id)
    )
    return [(row, published) for row, published in await work.session.execute(query)]


def opened(work: Work, row: ChecklistVersion) -> Checklist:
    """A published version, ready to be used."""
    return checklists.cached((work.tenant_id, row.id), msgspec.json.encode(row.body))

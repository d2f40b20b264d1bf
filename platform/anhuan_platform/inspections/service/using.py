"""Choosing a checklist: what is in force, which lists fit a place, and one version of one list."""

from uuid import UUID

from anhuan_infra.work import Work
from anhuan_platform.inspections import repository, rules
from anhuan_platform.inspections.checklist import Checklist
from anhuan_platform.inspections.errors import ChecklistRetired
from anhuan_platform.inspections.models import ChecklistRow
from anhuan_platform.inspections.rules import Situation

_ANYWHERE = Situation()


async def in_force(work: Work, where: Situation = _ANYWHERE) -> list[tuple[ChecklistRow, Checklist]]:
    """The lists that a round may begin with in this situation, by name."""
    work.allow("checklist.read")
    found = ((row, repository.opened(work, version)) for row, version in await repository.in_force(work))
    return [(row, checklist) for row, checklist in found if rules.fits(checklist.fit, where)]


async def take(work: Work, checklist_id: UUID, version: int | None = None) -> Checklist:
    """The list in this version, retired or not; without one, the version in force, which a retired list does not have."""
    row = await repository.get(work, checklist_id)
    work.allow("checklist.read")
    if version is None and row.retired_at is not None:
        raise ChecklistRetired(path="id", checklist=row.code)
    return repository.opened(
        work, await repository.version(work, row.id, row.newest if version is None else version)
    )

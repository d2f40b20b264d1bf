"""Giving a company the checklists that come with the product."""

from anhuan_infra import text
from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.inspections import checklist as checklists
from anhuan_platform.inspections import library, repository
from anhuan_platform.inspections.checklist import said
from anhuan_platform.inspections.models import ChecklistRow, ChecklistVersion


async def install_library(work: Work) -> int:
    """Put in force every shipped list whose code the company does not have; how many came. Safe to run twice, and what a company
    changed or retired stays as it wants it."""
    work.allow("checklist.manage")
    taken = await repository.codes(work)
    missing = [shipped for shipped in library.shipped() if shipped.code not in taken]
    rows = [(new_id(), shipped) for shipped in missing]
    for list_id, shipped in rows:
        name = said(shipped.name, shipped.code).zh[: text.NAME]
        work.session.add(
            ChecklistRow(
                id=list_id, code=shipped.code, name=name, name_sort=text.sort_key(name), newest=1,
                from_library=f"{shipped.code}@{shipped.version}",
            )
        )  # fmt: skip
        body = checklists.write(shipped) | {"version": 1}
        work.session.add(ChecklistVersion(checklist_id=list_id, version=1, body=body, published_at=work.now))
    await work.session.flush()
    for list_id, shipped in rows:
        work.record("checklist.installed", ("checklist", list_id), code=shipped.code, version=1)
    return len(missing)

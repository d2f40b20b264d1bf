"""Opening a case, and the definitions that cases are opened from."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from anhuan_infra.errors import NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.loops import definition as definitions
from anhuan_platform.loops import flow, held, joining, repository
from anhuan_platform.loops.library.hazard import HAZARD
from anhuan_platform.loops.models import Case, CaseStatus, LoopDefinition

SHIPPED = (HAZARD,)


async def install_library(work: Work) -> None:
    """Give a new company the shipped definitions, published; safe to run twice."""
    for shipped in SHIPPED:
        try:
            await repository.newest_definition(work, shipped.code)
        except NotFound:
            work.session.add(
                LoopDefinition(
                    id=new_id(),
                    code=shipped.code,
                    version=shipped.version,
                    body=definitions.write(shipped),
                    published_at=work.now,
                    from_library=f"{shipped.code}@{shipped.version}",
                )
            )
    await work.session.flush()


async def publish(work: Work, body: Mapping[str, Any]) -> LoopDefinition:
    """Publish a new version of a loop; running cases keep theirs."""
    work.allow("definition.manage")
    definition = definitions.read(body)
    try:
        before = (await repository.newest_definition(work, definition.code)).version
    except NotFound:
        before = 0
    plain = definitions.write(definition) | {"version": before + 1}
    row = LoopDefinition(
        id=new_id(), code=definition.code, version=before + 1, body=plain, published_at=work.now
    )
    work.session.add(row)
    work.record("definition.published", ("definition", row.id), code=row.code, version=row.version)
    return row


async def open_case(
    work: Work,
    *,
    case_id: UUID,
    kind: str,
    title: str,
    unit_no: int,
    owner_id: UUID | None,
    party_id: UUID | None,
    facts: Mapping[str, Any],
) -> Case:
    """Begin a loop: the case exists, its first step waits for somebody with a clock. Who may is the caller's to ask.

    Its number is given while the transaction commits; until then it bears a longer one that nobody is shown.
    """
    async with work.seeing_all():
        newest = await repository.newest(work, kind, unit_no)
        definition = await repository.definition(work, newest.id)
        series = f"{definition.series}-{work.now.astimezone(ZoneInfo(newest.zone)).year}"
        case = Case(
            id=case_id,
            number=f"{series}-{case_id}",
            kind=kind,
            definition_id=newest.id,
            title=title,
            status=CaseStatus.OPEN,
            stage=definition.stages[0][0],
            unit_no=unit_no,
            owner_id=owner_id,
            party_id=party_id,
            people=[],
            level=0,
            round=1,
            opened_at=work.now,
            facts=dict(facts),
        )
        work.session.add(case)
        held.hold(work, case, is_new=True)
        if owner_id:
            await joining.take_part(work, case, [owner_id], "reporter")
        work.record(
            "case.opened", ("case", case.id), case_id=case.id, unit_no=unit_no,
            kind=kind, title=title, definition=newest.name,
        )  # fmt: skip
        await flow.advance(work, case)
        work.tell("case", case=case.id)
    # Numbers of a series stand in one row, and whoever takes one holds it until the end: so the end is where it is taken, or one slow
    # report would hold up every other report of the company.
    work.at_last(partial(_give_number, work, case, series))
    return case


async def _give_number(work: Work, case: Case, series: str) -> None:
    async with work.seeing_all():
        await repository.give_number(work, case, series)
        work.record(
            "case.numbered", ("case", case.id), case_id=case.id, unit_no=case.unit_no, number=case.number
        )

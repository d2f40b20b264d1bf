"""Opening cases side by side: nobody waits for a slow report, and numbers have neither gaps nor doubles."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, update

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.settings import Settings
from anhuan_platform.hazards.service import reporting
from anhuan_platform.loops import numbers
from anhuan_platform.loops.definition import write
from anhuan_platform.loops.errors import DefinitionInvalid
from anhuan_platform.loops.library.hazard import HAZARD
from anhuan_platform.loops.models import Case, CaseNumber
from anhuan_platform.loops.service import opening
from tests.support.plant import Plant, a_plant


@pytest.fixture
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def _number(plant: Plant, case_id: UUID) -> int:
    async with plant.company.house() as work:
        case = await work.session.get_one(Case, (work.tenant_id, case_id))
    return int(case.number.rsplit("-", 1)[1])


async def test_a_slow_report_holds_up_no_other(plant: Plant) -> None:
    slow = new_id()
    async with plant.as_("lin") as work:
        await reporting.report(work, reporting.Report(id=slow, description="地面油污"))
        async with asyncio.timeout(3):
            quick = await plant.report("wei")

    assert (await _number(plant, quick), await _number(plant, slow)) == (1, 2)


async def test_a_report_that_fails_takes_no_number(plant: Plant) -> None:
    with pytest.raises(ZeroDivisionError):
        async with plant.as_("lin") as work:
            await reporting.report(work, reporting.Report(id=new_id(), description="地面油污"))
            raise ZeroDivisionError

    assert await _number(plant, await plant.report()) == 1


async def test_reports_at_once_get_numbers_in_a_row_and_the_record_knows_them(plant: Plant) -> None:
    cases = await asyncio.gather(*(plant.report() for _ in range(8)))

    numbers = [await _number(plant, case) for case in cases]
    async with plant.company.house() as work:
        entries = await work.session.scalars(select(RecordEntry).where(RecordEntry.act == "case.numbered"))
        recorded = {entry.subject_id: int(entry.body["number"].rsplit("-", 1)[1]) for entry in entries}
    assert sorted(numbers) == list(range(1, 9))
    assert recorded == dict(zip(cases, numbers, strict=True))


async def test_two_reports_in_one_transaction_get_a_number_each(plant: Plant) -> None:
    first, second = new_id(), new_id()
    async with plant.as_("lin") as work:
        for one in (first, second):
            await reporting.report(work, reporting.Report(id=one, description="地面油污"))

    assert (await _number(plant, first), await _number(plant, second)) == (1, 2)


async def test_a_loop_that_would_strand_a_case_is_not_published(plant: Plant) -> None:
    body = write(HAZARD)
    first, *others = body["steps"]
    body["steps"] = [first | {"clocks": [{"rule": "grading", "minutes": 10**15}]}, *others]

    with pytest.raises(DefinitionInvalid):
        async with plant.company.work() as work:
            await opening.publish(work, body)

    async with plant.company.work() as work:
        assert (await opening.publish(work, write(HAZARD))).version == 2


@pytest.mark.parametrize("before", [9, 99_998, 99_999, 1_234_567])
async def test_a_number_is_written_in_the_database_as_everywhere(plant: Plant, before: int) -> None:
    await plant.report()
    async with plant.company.house() as work:
        await work.session.execute(update(CaseNumber).values(last=before))

    case_id = await plant.report()

    async with plant.company.house() as work:
        case = await work.session.get_one(Case, (work.tenant_id, case_id))
        [series] = await work.session.scalars(select(CaseNumber.series))
    assert case.number == numbers.written(series, before + 1)

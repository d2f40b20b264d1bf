"""What is late climbs: warned before, told upwards step by step, stopped at the end; never early, never twice."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select, update

from anhuan_infra.db.engine import Sessions
from anhuan_infra.deadlines import scan
from anhuan_infra.settings import Settings
from anhuan_infra.work import Work
from anhuan_platform.loops import jobs
from anhuan_platform.loops.deadline_models import Deadline, Escalation
from anhuan_platform.loops.models import Case, StopOrder, Task
from anhuan_platform.notices.models import Notice
from anhuan_tenants.calendars import service as calendars
from tests.support.plant import Plant, a_plant


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def _dispatched(plant: Plant) -> UUID:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")
    await plant.assign(hazard_id, "tlead")
    return hazard_id


async def _rungs(plant: Plant, hazard_id: UUID) -> list[Deadline]:
    async with plant.company.house() as work:
        rows = await work.session.scalars(
            select(Deadline)
            .where(
                Deadline.case_id == hazard_id, Deadline.cancelled_at.is_(None), Deadline.fired_at.is_(None)
            )
            .order_by(Deadline.rung)
        )
        return list(rows)


async def _let_pass(plant: Plant, hazard_id: UUID, span: timedelta) -> None:
    """Time passes for the open deadlines of this case."""
    async with plant.company.house() as work:
        await work.session.execute(
            update(Deadline)
            .where(Deadline.case_id == hazard_id, Deadline.fired_at.is_(None))
            .values(due_at=Deadline.due_at - span)
        )


async def _scan_and_run(plant: Plant, settings: Settings, hazard_id: UUID) -> list[int]:
    """One look of the scheduler and the jobs that it put off; the rungs that fired for this case."""
    async with await psycopg.AsyncConnection.connect(
        settings.clock_database_url, autocommit=True
    ) as connection:
        while await scan.fire(connection):
            pass
    async with plant.company.house() as work:
        query = select(Escalation).where(Escalation.case_id == hazard_id, Escalation.effected_at.is_(None))
        fired = [(row.id, row.rung) for row in await work.session.scalars(query.order_by(Escalation.rung))]
    for escalation_id, _ in fired:
        for _twice in range(2):
            async with plant.company.house() as work:
                await jobs.escalate(work, escalation_id)
    return [rung for _, rung in fired]


async def _told(plant: Plant, hazard_id: UUID, kind: str) -> set[str]:
    names = {person: account for account, person in plant.people.items()}
    async with plant.company.house() as work:
        rows = await work.session.scalars(
            select(Notice).where(Notice.case_id == hazard_id, Notice.kind == kind)
        )
        return {names.get(row.person_id, "?") for row in rows}


async def test_the_ladder_stands_as_rows_from_the_moment_the_task_opens(plant: Plant) -> None:
    hazard_id = await _dispatched(plant)

    rungs = await _rungs(plant, hazard_id)

    # Equipment puts it right for the branch: 72 h by grade and 72 h by tier; 12 h before, at the hour, +25, +50, +100 %.
    hours = [round((rung.due_at - rungs[1].due_at) / timedelta(hours=1)) for rung in rungs]
    assert hours == [-12, 0, 18, 36, 72]
    assert rungs[-1].effect["effect"] == "stop_work"


async def test_nothing_fires_early(plant: Plant, settings: Settings) -> None:
    hazard_id = await _dispatched(plant)

    assert await _scan_and_run(plant, settings, hazard_id) == []
    await _let_pass(plant, hazard_id, timedelta(hours=59, minutes=59))
    assert await _scan_and_run(plant, settings, hazard_id) == []


async def test_late_work_climbs_to_a_stop_of_work_and_each_rung_fires_once(
    plant: Plant, settings: Settings
) -> None:
    hazard_id = await _dispatched(plant)

    await _let_pass(plant, hazard_id, timedelta(hours=60, minutes=1))
    assert await _scan_and_run(plant, settings, hazard_id) == [1]
    assert "fitter" in await _told(plant, hazard_id, "task.due_soon")
    await _let_pass(plant, hazard_id, timedelta(hours=12))
    assert await _scan_and_run(plant, settings, hazard_id) == [2]
    assert {"wei", "dhead"} & await _told(plant, hazard_id, "case.escalated")
    await _let_pass(plant, hazard_id, timedelta(hours=72))
    assert await _scan_and_run(plant, settings, hazard_id) == [3, 4, 5]
    assert await _scan_and_run(plant, settings, hazard_id) == []

    assert {"leader", "director", "gm"} <= await _told(plant, hazard_id, "case.escalated")
    async with plant.company.house() as work:
        case = await work.session.get_one(Case, (work.tenant_id, hazard_id))
        orders = (await work.session.scalars(select(StopOrder).where(StopOrder.case_id == hazard_id))).all()
    assert case.level == 5
    assert [(order.cause, order.unit_no) for order in orders] == [("ladder", plant.units["equipment"])]
    assert plant.people["gm"] in case.people


async def test_finished_work_climbs_no_further(plant: Plant, settings: Settings) -> None:
    hazard_id = await _dispatched(plant)
    await plant.rectify(hazard_id)

    await _let_pass(plant, hazard_id, timedelta(days=30))
    fired = await _scan_and_run(plant, settings, hazard_id)

    async with plant.company.house() as work:
        rows = await work.session.scalars(select(Escalation).where(Escalation.case_id == hazard_id))
        steps = {(await work.session.get_one(Task, (work.tenant_id, row.task_id))).step for row in rows}
    assert "rectify" not in steps
    assert fired != []


async def test_a_new_grade_silences_the_old_clock(plant: Plant) -> None:
    hazard_id = await _dispatched(plant)
    before = {rung.id for rung in await _rungs(plant, hazard_id)}

    await plant.grade(hazard_id, "B")

    after = await _rungs(plant, hazard_id)
    assert before.isdisjoint(rung.id for rung in after)
    assert {rung.generation for rung in after if rung.effect["side"] == "before"} >= {2}


async def test_a_new_calendar_moves_clocks_of_working_time_and_no_others(plant: Plant) -> None:
    hazard_id = await _dispatched(plant)
    await plant.rectify(hazard_id)
    async with plant.company.house() as work:
        before = await _task(work, hazard_id, "accept")
    round_the_clock = {str(day): [["00:00", "24:00"]] for day in range(7)}
    async with plant.company.work() as work:
        row = await calendars.set_calendar(
            work, unit_id=plant.unit_ids["branch"], name="连续生产", zone="Asia/Shanghai",
            shifts=round_the_clock, exceptions={}, uses_public_holidays=False,
        )  # fmt: skip
    async with plant.company.house() as work:
        await jobs.recalendar(work, row.id)
        await jobs.reset(work, hazard_id)

    async with plant.company.house() as work:
        after = await _task(work, hazard_id, "accept")

    assert after.due_at == after.opened_at + timedelta(hours=48)
    assert before.due_at != after.due_at
    assert after.generation == before.generation + 1


async def _task(work: Work, hazard_id: UUID, step: str) -> Task:
    query = (
        select(Task).where(Task.case_id == hazard_id, Task.step == step).order_by(Task.round.desc()).limit(1)
    )
    return (await work.session.scalars(query)).one()

"""Rows that hang on a case, in PostgreSQL itself: seen with their case, and added only by who sees it."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_infra.work import Work
from anhuan_platform.hazards.service import reporting
from anhuan_platform.loops.service import talk
from tests.support.plant import Plant, a_plant

NEW_ROWS = {
    "comments": "insert into comments (tenant_id, id, case_id, author_id, body) values (:tenant, :id, :case, :me, 'x')",
    "tasks": "insert into tasks (tenant_id, id, case_id, step, round, mode, need, opened_at)"
    " values (:tenant, :id, :case, 'extra', 9, 'parallel', 1, now())",
    "case_people": "insert into case_people (tenant_id, id, case_id, person_id, part) values (:tenant, :id, :case, :me, 'group')",
    "stop_orders": "insert into stop_orders (tenant_id, id, case_id, unit_no, reason, cause, issued_at)"
    " values (:tenant, :id, :case, :unit, 'x', 'person', now())",
    "hazard_progress": "insert into hazard_progress (tenant_id, id, hazard_id, author_id, note) values (:tenant, :id, :case, :me, 'x')",
    "seats": "insert into seats (tenant_id, id, case_id, task_id, no, who, status, candidates)"
    " select :tenant, :id, :case, cast(:task as uuid), 9, '{}', 'open', '{}'",
    "deadlines": "insert into deadlines (tenant_id, id, case_id, task_id, generation, rung, due_at, effect)"
    " select :tenant, :id, :case, cast(:task as uuid), 9, 9, now(), '{}'",
    "handovers": "insert into handovers (tenant_id, id, case_id, seat_id, from_person_id, to_person_id, reason)"
    " select :tenant, :id, :case, cast(:seat as uuid), :me, :me, 'x'",
    "evidence": "insert into evidence (tenant_id, id, case_id, uploaded_by, name, declared_type, size, sha256, object_key)"
    " values (:tenant, :id, :case, :me, 'x', 'image/jpeg', 1, 'x', 'x')",
}


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


@pytest.fixture(scope="module")
async def hazard_id(plant: Plant) -> UUID:
    """A report by lin; `other`, in another workshop, has one of their own and does not see it."""
    async with plant.as_("other") as work:
        await reporting.report(work, reporting.Report(id=new_id(), description="地面油污"))
    return await plant.report()


async def _add(work: Work, plant: Plant, account: str, table: str, case_id: UUID) -> None:
    async with work.seeing_all():
        query = "select t.id task, s.id seat from tasks t join seats s on s.task_id = t.id where t.case_id = :case"
        task, seat = (await work.session.execute(text(query), {"case": case_id})).one()
    values = {
        "tenant": work.tenant_id, "id": new_id(), "case": case_id, "me": plant.people[account],
        "unit": plant.units["team"], "task": task, "seat": seat,
    }  # fmt: skip
    await work.session.execute(text(NEW_ROWS[table]), values)


@pytest.mark.parametrize("table", NEW_ROWS)
async def test_who_does_not_see_a_case_adds_nothing_to_it(plant: Plant, hazard_id: UUID, table: str) -> None:
    with pytest.raises(ProgrammingError, match="violates row-level security policy"):
        async with plant.as_("other") as work:
            await _add(work, plant, "other", table, hazard_id)


@pytest.mark.parametrize("table", NEW_ROWS)
async def test_who_sees_it_may_as_far_as_the_database_knows(
    plant: Plant, hazard_id: UUID, table: str
) -> None:
    async with plant.as_("wei") as work:
        await _add(work, plant, "wei", table, hazard_id)
        await work.session.rollback()


async def test_a_comment_still_comes_by_its_verb_and_is_recorded(plant: Plant, hazard_id: UUID) -> None:
    comment_id = new_id()
    async with plant.as_("lin") as work:
        await talk.comment(work, hazard_id, comment_id=comment_id, body="已设围栏", mentions=[], evidence=[])

    async with plant.company.house() as work:
        query = text("select act from record_entries where subject_id = :id")
        assert (await work.session.scalars(query, {"id": comment_id})).all() == ["case.commented"]


async def test_a_hazard_is_seen_with_its_own_case_and_not_with_any_other(
    plant: Plant, hazard_id: UUID
) -> None:
    query = text(
        "select (select count(*) from cases), count(*), count(*) filter (where id = :id) from hazards"
    )
    seen = {}
    for account in ("other", "lin"):
        async with plant.as_(account) as work:
            seen[account] = tuple((await work.session.execute(query, {"id": hazard_id})).one())

    assert seen == {"other": (1, 1, 0), "lin": (1, 1, 1)}

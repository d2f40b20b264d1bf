"""New rows go together in one statement, and neither that nor the narrowing of sight by need lets anything through."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.outbox.models import Postponed
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.loops.models import Case, Comment, StopOrder
from anhuan_tenants.organisation.models import Person, Unit
from tests.support.plant import Plant, a_plant
from tests.support.trips import counting

_SIGHT = text("select current_setting('app.see_case', true)")


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def test_what_an_act_writes_is_one_statement(plant: Plant, sessions: Sessions) -> None:
    case_id = await plant.report()
    actor = await plant.company.actor(plant.people["wei"])

    async with open_work(sessions, actor) as work:
        with counting(sessions) as trips:
            for number in range(5):
                work.session.add(_comment(plant, case_id, f"第 {number} 条"))
                work.record("case.commented", ("case", case_id), case_id=case_id, number=number)
                work.put_off("loops.said", case_id)
            work.tell("case", case=case_id)
            await work.settle()

    assert len(trips) == 1, str(trips)
    async with plant.company.house() as work:
        written = await work.session.scalars(
            select(RecordEntry.body)
            .where(RecordEntry.case_id == case_id, RecordEntry.act == "case.commented")
            .order_by(RecordEntry.at)
        )
        assert [body["number"] for body in written] == [0, 1, 2, 3, 4]
        jobs = select(Postponed).where(Postponed.job == "loops.said", Postponed.arguments == [str(case_id)])
        assert len((await work.session.scalars(jobs)).all()) == 5


async def test_values_come_back_as_they_were_given(plant: Plant) -> None:
    case_id = await plant.report()
    hazard_id, said = new_id(), '引号 " 反斜杠 \\ 换行\n制表\t表情 🦺 {json} %s :name'
    async with plant.company.house() as work:
        seen_at = work.now - timedelta(days=3, microseconds=7)
        case = await work.session.get_one(Case, (work.tenant_id, case_id))
        again = {
            column.key: getattr(case, column.key)
            for column in Case.__mapper__.column_attrs
            if column.key not in ("id", "number", "created_at")
        }
        work.session.add(Case(id=hazard_id, number=f"X-{hazard_id}", **again))
        work.session.add(
            Hazard(
                id=hazard_id, description=said, type_code="other", latitude=31.230416789, longitude=-0.1,
                seen_at=seen_at, similar=[{"case": str(case_id), "percent": 60}], statutory_clause={"条": [1, None]},
                is_anonymous=False, is_statutory_major=True, recurrence_count=2,
            )
        )  # fmt: skip
        work.session.add(_comment(plant, hazard_id, said, [plant.people["gm"], plant.people["lin"]]))

    async with plant.company.house() as work:
        read = await work.session.get_one(Hazard, (work.tenant_id, hazard_id))
        twin = await work.session.get_one(Case, (work.tenant_id, hazard_id))
        first = await work.session.get_one(Case, (work.tenant_id, case_id))
        comment = (await work.session.scalars(select(Comment).where(Comment.case_id == hazard_id))).one()

    assert (read.description, comment.body) == (said, said)
    assert (read.latitude, read.longitude, read.seen_at) == (31.230416789, -0.1, seen_at)
    assert (read.similar, read.statutory_clause) == (
        [{"case": str(case_id), "percent": 60}],
        {"条": [1, None]},
    )
    assert (read.suggested_type, read.grade, read.is_statutory_major, read.recurrence_count) == (
        None,
        None,
        True,
        2,
    )
    assert comment.mentions == [plant.people["gm"], plant.people["lin"]]
    assert (twin.people, twin.facts, twin.opened_at) == (first.people, first.facts, first.opened_at)


async def test_a_row_that_was_written_can_be_read_and_changed_at_once(plant: Plant) -> None:
    case_id = await plant.report()
    async with plant.company.house() as work:
        row = StopOrder(
            id=new_id(), case_id=case_id, unit_no=1, reason="烟", cause="person", issued_at=work.now
        )
        work.session.add(row)
        await work.session.flush()
        assert (row.created_at, row.lifted_at) == (work.now, None)
        row.reason = "明火"

    async with plant.company.house() as work:
        assert (await work.session.get_one(StopOrder, (work.tenant_id, row.id))).reason == "明火"


async def test_what_points_at_a_row_of_the_ordinary_way_waits_for_it(plant: Plant) -> None:
    case_id, person_id = await plant.report(), new_id()
    async with plant.company.house() as work:
        work.session.add(
            Person(
                id=person_id, account=f"p{person_id.hex[-8:]}", name="新人", name_sort="xin", home_unit_no=1
            )
        )
        work.record("person.added", ("person", person_id))
        work.session.add(_comment(plant, case_id, "新人来了"))

    async with plant.company.house() as work:
        assert (await work.session.get_one(Person, (work.tenant_id, person_id))).name == "新人"


async def test_nobody_adds_to_a_case_that_they_do_not_see(plant: Plant) -> None:
    case_id = await plant.report()

    with pytest.raises(DBAPIError) as refused:
        async with plant.as_("other") as work:
            work.session.add(_comment(plant, case_id, "偷偷说"))

    assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)


async def test_a_child_of_nothing_is_refused(plant: Plant) -> None:
    with pytest.raises(DBAPIError):
        async with plant.company.house() as work:
            work.session.add(_comment(plant, new_id(), "没有这个隐患"))


async def test_sight_is_narrow_again_for_whatever_comes_next(plant: Plant) -> None:
    case_id = await plant.report()

    async def by_query(work: Any) -> Any:
        return await work.session.scalar(select(Case.id).where(Case.id == case_id))

    async def by_key(work: Any) -> Any:
        return await work.session.get(Case, (work.tenant_id, case_id))

    async def by_text(work: Any) -> Any:
        return await work.session.scalar(text("select id from cases where id = :id"), {"id": case_id})

    for ask in (by_query, by_key, by_text):
        async with plant.as_("other") as work:
            async with work.seeing_all():
                assert await work.session.scalar(_SIGHT) == "all"
            assert await ask(work) is None
            assert "all" not in await work.session.scalar(_SIGHT)


async def test_what_is_added_after_wide_sight_is_written_under_ones_own(plant: Plant) -> None:
    case_id = await plant.report()

    with pytest.raises(DBAPIError):
        async with plant.as_("other") as work:
            async with work.seeing_all():
                await work.session.scalar(select(Unit.no).limit(1))
            work.session.add(_comment(plant, case_id, "偷偷说"))


async def test_two_blocks_of_wide_sight_on_end_ask_once(plant: Plant, sessions: Sessions) -> None:
    async with plant.as_("lin") as work:
        with counting(sessions) as trips:
            for _ in range(3):
                async with work.seeing_all():
                    pass
        assert len(trips) == 1, str(trips)
        assert "all" not in await work.session.scalar(_SIGHT)


async def test_hints_are_told_with_the_commit_and_each_once(plant: Plant, settings: Settings) -> None:
    case_id = await plant.report()
    with psycopg.connect(settings.clock_database_url, autocommit=True) as listener:
        listener.execute("listen changes")
        async with plant.as_("wei") as work:
            work.tell("case", case=case_id)
            work.record("case.seen", ("case", case_id), case_id=case_id)
            await work.session.flush()
            work.tell("notice", notice=case_id)
        heard = [json.loads(one.payload) for one in listener.notifies(timeout=5, stop_after=2)]

    assert [one["topic"] for one in heard] == ["case", "notice"]
    assert {one["tenant"] for one in heard} == {str(plant.company.id)}


def _comment(plant: Plant, case_id: UUID, body: str, mentions: list[UUID] | None = None) -> Comment:
    return Comment(
        id=new_id(),
        case_id=case_id,
        author_id=plant.people["wei"],
        body=body,
        mentions=mentions or [],
        evidence=[],
    )

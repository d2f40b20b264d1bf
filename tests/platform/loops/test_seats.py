"""Seats pass on: by hand, to a deputy, never to who did the work, never into an empty chair."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import BadInput, Forbidden, NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.loops import jobs, joining
from anhuan_platform.loops.errors import CannotAct, ReasonNeeded
from anhuan_platform.loops.models import Case, Comment, Handover, Seat, SeatStatus
from anhuan_platform.loops.service import seats, talk
from anhuan_tenants.organisation.models import Absence, Person
from tests.support.plant import Plant, a_plant


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def _open_seat(plant: Plant, hazard_id: object) -> Seat:
    async with plant.company.house() as work:
        query = select(Seat).where(Seat.case_id == hazard_id, Seat.status == SeatStatus.OPEN)
        return (await work.session.scalars(query)).one()


async def test_a_seat_is_handed_over_with_a_reason_and_history(plant: Plant) -> None:
    hazard_id = await plant.report()
    seat = await _open_seat(plant, hazard_id)

    with pytest.raises(ReasonNeeded):
        async with plant.as_("wei") as work:
            await seats.hand_over(work, hazard_id, seat.id, to=plant.people["director"], reason=" ")
    async with plant.as_("wei") as work:
        await seats.hand_over(work, hazard_id, seat.id, to=plant.people["director"], reason="外出培训")

    assert await plant.open_steps(hazard_id) == {"grade": ["director"]}
    async with plant.company.house() as work:
        row = (await work.session.scalars(select(Handover).where(Handover.case_id == hazard_id))).one()
    assert (row.from_person_id, row.to_person_id, row.reason) == (
        plant.people["wei"], plant.people["director"], "外出培训",
    )  # fmt: skip


async def test_who_has_no_part_cannot_hand_over(plant: Plant) -> None:
    hazard_id = await plant.report()
    seat = await _open_seat(plant, hazard_id)

    with pytest.raises(Forbidden):
        async with plant.as_("lin") as work:
            await seats.hand_over(work, hazard_id, seat.id, to=plant.people["lin"], reason="我来")
    with pytest.raises(NotFound):
        async with plant.as_("other") as work:
            await seats.hand_over(work, hazard_id, seat.id, to=plant.people["lin"], reason="我来")


async def test_nobody_is_seated_who_could_not_act(plant: Plant) -> None:
    hazard_id = await plant.report()
    seat = await _open_seat(plant, hazard_id)

    with pytest.raises(CannotAct):
        async with plant.as_("wei") as work:
            await seats.hand_over(work, hazard_id, seat.id, to=plant.people["lin"], reason="代我定级")

    assert await plant.open_steps(hazard_id) == {"grade": ["wei"]}


async def test_work_of_somebody_away_passes_to_the_deputy_now_and_later(plant: Plant) -> None:
    before = await plant.report()
    absence_id = new_id()
    async with plant.as_("wei") as work:
        now = work.now
        await seats.start_absence(
            work, absence_id=absence_id, person_id=plant.people["wei"], deputy_id=plant.people["director"],
            starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(days=3), reason="年休假",
        )  # fmt: skip
    async with plant.company.house() as work:
        await jobs.cover(work, absence_id)

    after = await plant.report()

    assert await plant.open_steps(before) == {"grade": ["director"]}
    assert await plant.open_steps(after) == {"grade": ["director"]}
    async with plant.company.house() as work:
        row = await work.session.get_one(Absence, (work.tenant_id, absence_id))
        row.ended_at = work.now


async def test_an_absence_must_end_later_and_name_somebody_else(plant: Plant) -> None:
    async with plant.as_("wei") as work:
        for deputy, days in (("wei", 1), ("director", -1)):
            with pytest.raises(BadInput):
                await seats.start_absence(
                    work, absence_id=new_id(), person_id=plant.people["wei"], deputy_id=plant.people[deputy],
                    starts_at=work.now, ends_at=work.now + timedelta(days=days), reason="x",
                )  # fmt: skip


async def test_a_duty_that_nobody_holds_climbs_until_somebody_is_found(plant: Plant) -> None:
    async with plant.company.house() as work:
        director = await work.session.get_one(Person, (work.tenant_id, plant.people["wei"]))
        director.disabled_at = work.now

    hazard_id = await plant.report()

    waiting = await plant.open_steps(hazard_id)
    async with plant.company.house() as work:
        back = await work.session.get_one(Person, (work.tenant_id, plant.people["wei"]))
        back.disabled_at = None
    assert waiting["grade"] == ["director"]


async def test_a_mention_calls_somebody_in_who_could_not_see_it_before(plant: Plant) -> None:
    hazard_id = await plant.report()

    async with plant.as_("lin") as work:
        row = await talk.comment(
            work,
            hazard_id,
            comment_id=new_id(),
            body="@欧阳 请带备件过来",
            mentions=[plant.people["other"]],
            evidence=[],
        )
    async with plant.company.house() as work:
        await jobs.said(work, row.id)

    async with plant.as_("other") as work:
        assert (await work.session.get_one(Case, (work.tenant_id, hazard_id))).id == hazard_id
        seen = await work.session.scalars(select(Comment).where(Comment.case_id == hazard_id))
        assert [one.body for one in seen] == ["@欧阳 请带备件过来"]


async def test_a_mention_of_nobody_is_refused_and_nothing_is_said(plant: Plant) -> None:
    hazard_id = await plant.report()

    with pytest.raises(NotFound) as refused:
        async with plant.as_("lin") as work:
            await talk.comment(
                work, hazard_id, comment_id=new_id(), body="你好", mentions=[new_id()], evidence=[]
            )

    assert refused.value.path == "mentions"


async def test_two_who_call_people_in_at_once_both_succeed(plant: Plant) -> None:
    hazard_id = await plant.report()

    async with plant.company.house() as one, plant.company.house() as other:
        first = await one.session.get_one(Case, (one.tenant_id, hazard_id))
        second = await other.session.get_one(Case, (other.tenant_id, hazard_id))
        await joining.take_part(one, first, [plant.people["gm"]], "informed")
        adding = asyncio.create_task(joining.take_part(other, second, [plant.people["other"]], "group"))
        await asyncio.sleep(0.2)
        await one.session.commit()
        await adding

    async with plant.company.house() as work:
        case = await work.session.get_one(Case, (work.tenant_id, hazard_id))
    assert {plant.people["gm"], plant.people["other"]} <= set(case.people)

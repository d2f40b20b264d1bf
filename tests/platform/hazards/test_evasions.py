"""Ways round the loop that people under pressure find, each closed: grades, clocks, signatures, stops, sight."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import Forbidden
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.hazards.errors import GradeReasonNeeded, NoDuplicate
from anhuan_platform.hazards.service import checking, dispatch, grading, working
from anhuan_platform.loops import jobs
from anhuan_platform.loops.deadline_models import Deadline
from anhuan_platform.loops.errors import (
    CaseEnded,
    EvidenceNeeded,
    NotYourTurn,
    RankTooLow,
    SelfCheck,
    StepNotOpen,
    WorkStandsStill,
)
from anhuan_platform.loops.models import Case, Seat, SeatStatus, StopOrder, Task, TaskStatus
from anhuan_platform.loops.service import seats, stopping
from anhuan_tenants.identity.service import standing
from anhuan_tenants.organisation.models import Absence
from anhuan_tenants.parties.models import Party
from tests.support.plant import Plant, a_plant


@pytest.fixture
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def _task(plant: Plant, hazard_id: UUID, step: str) -> Task:
    async with plant.company.house() as work:
        query = (
            select(Task)
            .where(Task.case_id == hazard_id, Task.step == step)
            .order_by(Task.round.desc())
            .limit(1)
        )
        return (await work.session.scalars(query)).one()


async def _order(plant: Plant, hazard_id: UUID) -> StopOrder:
    async with plant.company.house() as work:
        return (await work.session.scalars(select(StopOrder).where(StopOrder.case_id == hazard_id))).one()


async def _controlled(plant: Plant, hazard_id: UUID) -> None:
    async with plant.as_("fitter") as work:
        await working.submit_control(work, hazard_id, measures="切断电源，设警戒区", proofs=[])


async def test_a_raised_grade_asks_for_the_signatures_of_the_new_grade(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "B")
    await plant.assign(hazard_id, "wei")
    await _controlled(plant, hazard_id)
    await plant.review(hazard_id, "dhead")

    await plant.grade(hazard_id, "A")

    assert (await plant.open_steps(hazard_id))["authorise"] == ["gm", "director"]


async def test_a_grade_raised_while_the_work_is_reviewed_holds_the_review_until_the_plan_is_signed(
    plant: Plant,
) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")
    await plant.assign(hazard_id, "tlead")
    await plant.rectify(hazard_id)

    await plant.grade(hazard_id, "A")

    assert set(await plant.open_steps(hazard_id)) == {"control"}
    await _controlled(plant, hazard_id)
    await plant.review(hazard_id, "gm")
    await plant.review(hazard_id, "director")
    assert await plant.open_steps(hazard_id) == {"accept": ["tlead"]}


async def test_a_grade_raised_before_dispatch_goes_to_who_dispatches_that_grade(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")

    await plant.grade(hazard_id, "A")

    assert await plant.open_steps(hazard_id) == {"assign": ["director"]}


@pytest.mark.parametrize("approve", [True, False])
async def test_work_is_not_decided_as_if_it_were_an_approval(plant: Plant, approve: bool) -> None:
    hazard_id = await plant.report()

    with pytest.raises(StepNotOpen):
        async with plant.as_("wei") as work:
            await checking.review(work, hazard_id, approve=approve, comment="x", proofs=[], step="grade")

    assert await plant.open_steps(hazard_id) == {"grade": ["wei"]}


async def test_neither_passing_on_nor_grading_again_buys_time(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")
    async with plant.as_("tlead") as work:
        await dispatch.assign(
            work,
            hazard_id,
            unit_id=plant.unit_ids["workshop"],
            person_id=plant.people["fitter"],
            party_id=None,
            note=None,
        )
    before = (await _task(plant, hazard_id, "rectify")).due_at

    async with plant.as_("wei") as work:
        await dispatch.assign(
            work,
            hazard_id,
            unit_id=plant.unit_ids["hq"],
            person_id=plant.people["fitter"],
            party_id=None,
            note=None,
        )
    await plant.grade(hazard_id, "C")
    await plant.grade(hazard_id, "B")

    assert (await _task(plant, hazard_id, "rectify")).due_at == before


async def test_looking_at_the_clocks_again_fires_nothing_twice_and_takes_no_grace_away(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")
    await plant.assign(hazard_id, "tlead")
    async with plant.company.house() as work:
        fired = update(Deadline).where(Deadline.case_id == hazard_id, Deadline.rung <= 3)
        await work.session.execute(fired.values(fired_at=work.now, due_at=work.now - timedelta(hours=1)))
    before = await _task(plant, hazard_id, "rectify")

    async with plant.company.house() as work:
        await jobs.reset(work, hazard_id)

    after = await _task(plant, hazard_id, "rectify")
    assert (after.due_at, after.generation) == (before.due_at, before.generation)


async def test_a_step_that_a_lower_grade_does_not_ask_for_waits_no_longer(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "B")
    await plant.assign(hazard_id, "wei")

    await plant.grade(hazard_id, "C", reason="复核后风险降低")

    assert await plant.open_steps(hazard_id) == {"rectify": ["fitter"]}
    assert (await _task(plant, hazard_id, "control")).status == TaskStatus.CANCELLED


async def test_a_report_that_stops_work_cannot_be_called_off_until_work_is_resumed_on_site(
    plant: Plant,
) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "A")
    order = await _order(plant, hazard_id)

    with pytest.raises(Forbidden):
        async with plant.as_("lin") as work:
            await checking.call_off(work, hazard_id, reason="算了", duplicate_of=None)
    with pytest.raises(SelfCheck):
        async with plant.as_("wei") as work:
            await checking.call_off(work, hazard_id, reason="误报", duplicate_of=None)
    with pytest.raises(WorkStandsStill):
        async with plant.as_("director") as work:
            await checking.call_off(work, hazard_id, reason="误报", duplicate_of=None)
    with pytest.raises(EvidenceNeeded):
        async with plant.as_("director") as work:
            await stopping.resume_work(work, order.id, reason="现场无粉尘", evidence=[])
    with pytest.raises(SelfCheck):
        async with plant.as_("wei") as work:
            await stopping.resume_work(work, order.id, reason="自己复工", evidence=[await plant.photo("wei")])
    async with plant.as_("director") as work:
        await stopping.resume_work(
            work, order.id, reason="现场无粉尘", evidence=[await plant.photo("director")]
        )
    async with plant.as_("director") as work:
        await checking.call_off(work, hazard_id, reason="误报", duplicate_of=None)

    lifted = await _order(plant, hazard_id)
    assert lifted.lifted_by == plant.people["director"]


async def test_two_reports_cannot_call_each_other_off(plant: Plant) -> None:
    one, other = await plant.report(), await plant.report()

    with pytest.raises(NoDuplicate):
        async with plant.as_("wei") as work:
            await checking.call_off(work, one, reason="重复", duplicate_of=one)
    async with plant.as_("wei") as work:
        await checking.call_off(work, one, reason="重复", duplicate_of=other)
    with pytest.raises(NoDuplicate):
        async with plant.as_("wei") as work:
            await checking.call_off(work, other, reason="重复", duplicate_of=one)


async def test_a_reporter_may_take_back_what_nobody_has_graded_yet(plant: Plant) -> None:
    hazard_id = await plant.report()

    async with plant.as_("lin") as work:
        await checking.call_off(work, hazard_id, reason="看错了", duplicate_of=None)

    assert await plant.open_steps(hazard_id) == {}


async def test_an_ended_case_is_not_dispatched_again(plant: Plant) -> None:
    hazard_id = await plant.report()
    async with plant.as_("wei") as work:
        await checking.call_off(work, hazard_id, reason="误报", duplicate_of=None)

    with pytest.raises(CaseEnded):
        async with plant.as_("wei") as work:
            await dispatch.assign(
                work, hazard_id, unit_id=None, person_id=plant.people["fitter"], party_id=None, note=None
            )


async def test_the_statutory_mark_stays_until_it_is_taken_away_with_a_reason(plant: Plant) -> None:
    hazard_id = await plant.report()
    async with plant.as_("wei") as work:
        by = grading.Statutory("MEM-10", "第三条第一项")
        await grading.grade(work, hazard_id, "A", statutory_by=by, reason=None)

    await plant.grade(hazard_id, "A")
    kept = await plant.hazard(hazard_id)
    with pytest.raises(GradeReasonNeeded):
        async with plant.as_("wei") as work:
            await grading.grade(work, hazard_id, "A", statutory_by=None, reason=None, is_statutory=False)

    assert kept.is_statutory_major is True
    assert kept.statutory_clause is not None
    assert kept.statutory_clause["clause"] == "第三条第一项"


async def _seat(plant: Plant, hazard_id: UUID, duty: str) -> Seat:
    async with plant.company.house() as work:
        query = select(Seat).where(Seat.case_id == hazard_id, Seat.status == SeatStatus.OPEN)
        return next(seat for seat in await work.session.scalars(query) if seat.who.get("duty") == duty)


async def test_a_double_signature_stays_high_and_stays_double(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "A")
    await plant.assign(hazard_id, "director")
    await _controlled(plant, hazard_id)
    seat = await _seat(plant, hazard_id, "general_manager")

    with pytest.raises(RankTooLow):
        async with plant.as_("gm") as work:
            await seats.hand_over(work, hazard_id, seat.id, to=plant.people["tlead"], reason="出差")
    with pytest.raises(SelfCheck):
        async with plant.as_("gm") as work:
            await seats.hand_over(work, hazard_id, seat.id, to=plant.people["director"], reason="出差")
    async with plant.as_("gm") as work:
        now = work.now
        absence = await seats.start_absence(
            work, absence_id=new_id(), person_id=plant.people["gm"], deputy_id=plant.people["leader"],
            starts_at=now, ends_at=now + timedelta(days=2), reason="出差",
        )  # fmt: skip
    async with plant.company.house() as work:
        await jobs.cover(work, absence.id)

    assert (await plant.open_steps(hazard_id))["authorise"] == ["leader", "director"]


async def test_what_a_deputy_did_not_decide_comes_back(plant: Plant) -> None:
    hazard_id = await plant.report()
    async with plant.as_("wei") as work:
        now = work.now
        absence = await seats.start_absence(
            work, absence_id=new_id(), person_id=plant.people["wei"], deputy_id=plant.people["director"],
            starts_at=now, ends_at=now + timedelta(days=2), reason="年假",
        )  # fmt: skip
    async with plant.company.house() as work:
        await jobs.cover(work, absence.id)
    assert await plant.open_steps(hazard_id) == {"grade": ["director"]}

    async with plant.as_("wei") as work:
        await seats.end_absence(work, absence.id)
    async with plant.company.house() as work:
        await jobs.uncover(work, absence.id)

    assert await plant.open_steps(hazard_id) == {"grade": ["wei"]}
    async with plant.company.house() as work:
        assert (await work.session.get_one(Absence, (work.tenant_id, absence.id))).ended_at is not None


async def test_who_is_shut_out_leaves_no_empty_chair(plant: Plant) -> None:
    hazard_id = await plant.report()
    async with plant.company.work() as work:
        await standing.disable_person(work, plant.people["wei"], "离职")
    async with plant.company.house() as work:
        await jobs.vacate(work, plant.people["wei"])

    assert await plant.open_steps(hazard_id) == {"grade": ["director"]}


async def test_work_sent_back_again_and_again_climbs(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")
    await plant.assign(hazard_id, "tlead")
    for _ in range(2):
        await plant.rectify(hazard_id)
        rejected = await _task(plant, hazard_id, "accept")
        await plant.review(hazard_id, "tlead", approve=False, comment="仍有异响")
        async with plant.company.house() as work:
            await jobs.rejected(work, rejected.id)

    async with plant.company.house() as work:
        case = await work.session.get_one(Case, (work.tenant_id, hazard_id))
    assert plant.people["leader"] in case.people
    assert case.level >= 2


async def test_a_firm_that_is_no_longer_responsible_no_longer_sees(plant: Plant) -> None:
    party_id = new_id()
    async with plant.company.house() as work:
        work.session.add(
            Party(id=party_id, code="P-1", name="安捷维保", kind="maintenance", unit_no=plant.units["branch"])
        )
    plant.people["outside"] = await plant.company.person(
        "万师傅", "contractor_worker", unit_no=plant.units["branch"], party_id=party_id
    )
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "B")
    async with plant.as_("wei") as work:
        await dispatch.assign(work, hazard_id, unit_id=None, person_id=None, party_id=party_id, note=None)
    async with plant.as_("outside") as work:
        assert list(await work.session.scalars(select(Case.id))) == [hazard_id]

    await plant.assign(hazard_id, "wei", to="fitter")

    async with plant.as_("outside") as work:
        assert list(await work.session.scalars(select(Case.id))) == []


async def test_a_lookalike_is_not_named_to_who_may_not_see_it(plant: Plant) -> None:
    await plant.report(text="张三违规操作冲床")

    again = await plant.hazard(await plant.report(account="other", text="张三违规操作冲床"))

    assert [set(one) for one in again.similar] == [{"case", "percent"}]


async def test_who_could_take_two_seats_takes_the_one_that_only_they_can(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")
    await plant.assign(hazard_id, "tlead")
    await plant.rectify(hazard_id)
    for account in ("tlead", "wei", "leader"):
        await plant.review(hazard_id, account)
    async with plant.company.house() as work:
        query = (
            select(Seat).where(Seat.case_id == hazard_id, Seat.status == SeatStatus.OPEN).order_by(Seat.no)
        )
        first = (await work.session.scalars(query)).first()
        assert first is not None
        first.candidates = [plant.people["wei"], plant.people["whead"]]

    await plant.review(hazard_id, "whead")
    with pytest.raises(NotYourTurn):
        await plant.review(hazard_id, "whead")
    await plant.review(hazard_id, "wei")

    assert await plant.open_steps(hazard_id) == {}

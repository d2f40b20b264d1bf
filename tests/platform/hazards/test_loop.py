"""The hazard loop from the report to the archive, by grade; no step skipped, nobody checks their own work."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import BadInput, Conflict, Forbidden, NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.settings import Settings
from anhuan_platform.hazards.errors import GradeReasonNeeded
from anhuan_platform.hazards.service import checking, dispatch, reporting, working
from anhuan_platform.loops.errors import (
    PURPOSES,
    EvidenceNeeded,
    FormInvalid,
    NotYourTurn,
    ReasonNeeded,
    StepNotOpen,
)
from anhuan_platform.loops.models import Case, CaseStatus, StopOrder, Task
from anhuan_platform.loops.service import steps
from anhuan_tenants.parties.models import Party
from tests.support.plant import Plant, a_plant


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def _case(plant: Plant, hazard_id: object) -> Case:
    async with plant.company.house() as work:
        return await work.session.get_one(Case, (work.tenant_id, hazard_id))


async def test_a_general_hazard_goes_round_the_whole_loop(plant: Plant) -> None:
    hazard_id = await plant.report()
    assert await plant.open_steps(hazard_id) == {"grade": ["wei"]}

    await plant.grade(hazard_id, "C")
    assert await plant.open_steps(hazard_id) == {"assign": ["tlead"]}

    await plant.assign(hazard_id, "tlead")
    assert await plant.open_steps(hazard_id) == {"rectify": ["fitter"]}

    await plant.rectify(hazard_id)
    for account in ("tlead", "wei", "leader"):
        assert await plant.open_steps(hazard_id) == {"accept": [account]}
        await plant.review(hazard_id, account)
    assert await plant.open_steps(hazard_id) == {"verify": ["wei", "whead"]}

    await plant.review(hazard_id, "whead")
    await plant.review(hazard_id, "wei")

    case = await _case(plant, hazard_id)
    assert (case.status, case.stage, case.due_at) == (CaseStatus.CLOSED, "closed", None)
    assert case.number.startswith("HZ-20")
    assert case.closed_at is not None


async def test_grade_a_stops_the_work_and_is_signed_twice(plant: Plant) -> None:
    hazard_id = await plant.report(text="粉尘爆炸风险，除尘器故障")

    await plant.grade(hazard_id, "A")

    async with plant.company.house() as work:
        order = (await work.session.scalars(select(StopOrder).where(StopOrder.case_id == hazard_id))).one()
    assert (order.cause, order.lifted_at, order.asset_id) == ("grade", None, plant.asset_id)
    assert await plant.open_steps(hazard_id) == {"assign": ["director"]}
    await plant.assign(hazard_id, "director")
    assert await plant.open_steps(hazard_id) == {"control": ["fitter"], "rectify": ["fitter"]}
    async with plant.as_("fitter") as work:
        await working.submit_control(work, hazard_id, measures="切断电源，设警戒区", proofs=[])
    assert await plant.open_steps(hazard_id) == {"rectify": ["fitter"], "authorise": ["gm", "director"]}
    await plant.review(hazard_id, "gm")
    await plant.review(hazard_id, "director")
    await plant.rectify(hazard_id)
    for account in ("tlead", "wei", "leader", "whead", "wei"):
        await plant.review(hazard_id, account)
    async with plant.company.house() as work:
        lifted = (await work.session.scalars(select(StopOrder).where(StopOrder.case_id == hazard_id))).one()
    assert lifted.lifted_at is not None
    assert lifted.lifted_by == plant.people["wei"]


async def test_the_earlier_clock_wins_and_says_so(plant: Plant) -> None:
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

    async with plant.company.house() as work:
        task = (
            await work.session.scalars(select(Task).where(Task.case_id == hazard_id, Task.step == "rectify"))
        ).one()

    # 72 h by grade C, 24 h because a workshop puts it right: the workshop's day is earlier.
    assert task.due_rule == "tier.workshop"
    assert task.due_at is not None
    assert task.due_at - task.opened_at == timedelta(hours=24)


async def test_rectification_needs_photos_and_a_passed_test(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")
    await plant.assign(hazard_id, "tlead")
    passed = working.TestResult(passed=True, summary="试运行正常")

    with pytest.raises(EvidenceNeeded) as missing:
        async with plant.as_("fitter") as work:
            proofs = [steps.Proof(await plant.photo("fitter"), "before")]
            await working.submit_rectification(work, hazard_id, measures="更换", test=passed, proofs=proofs)
    with pytest.raises(FormInvalid) as failed:
        async with plant.as_("fitter") as work:
            failing = working.TestResult(passed=False, summary="仍有异响")
            await working.submit_rectification(work, hazard_id, measures="更换", test=failing, proofs=[])

    assert missing.value.facts["purpose"] == PURPOSES["after"]
    assert failed.value.path == "test.passed"
    assert await plant.open_steps(hazard_id) == {"rectify": ["fitter"]}


async def test_a_rejection_leads_back_to_the_work_and_keeps_what_was_done(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")
    await plant.assign(hazard_id, "tlead")
    await plant.rectify(hazard_id)

    with pytest.raises(ReasonNeeded):
        await plant.review(hazard_id, "tlead", approve=False, comment="  ")
    await plant.review(hazard_id, "tlead", approve=False, comment="防护罩松动，重新固定")

    assert await plant.open_steps(hazard_id) == {"rectify": ["fitter"]}
    async with plant.company.house() as work:
        rows = await work.session.scalars(
            select(Task).where(Task.case_id == hazard_id, Task.step == "rectify").order_by(Task.round)
        )
        outcomes = [(task.round, task.outcome) for task in rows]
    assert outcomes == [(1, "returned"), (2, None)]


async def test_nobody_checks_their_own_work(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")
    await plant.assign(hazard_id, "tlead", to="tlead")

    await plant.rectify(hazard_id, "tlead")

    # The team leader did it, so the first review climbs past the team leader.
    waiting = (await plant.open_steps(hazard_id))["accept"]
    assert "tlead" not in waiting
    assert waiting
    with pytest.raises(NotYourTurn):
        await plant.review(hazard_id, "tlead")


async def test_steps_cannot_be_skipped_or_taken_out_of_turn(plant: Plant) -> None:
    hazard_id = await plant.report()

    with pytest.raises(StepNotOpen):
        await plant.review(hazard_id, "wei")
    with pytest.raises(Forbidden):
        await plant.grade(hazard_id, "C", account="lin")
    with pytest.raises(StepNotOpen):
        await plant.assign(hazard_id, "wei")

    assert await plant.open_steps(hazard_id) == {"grade": ["wei"]}


async def test_a_colleague_elsewhere_sees_nothing(plant: Plant) -> None:
    hazard_id = await plant.report()

    with pytest.raises(NotFound):
        async with plant.as_("other") as work:
            await checking.review(work, hazard_id, approve=True, comment=None, proofs=[])


async def test_the_same_report_twice_is_one_and_another_under_its_id_is_refused(plant: Plant) -> None:
    photo = await plant.photo("lin")
    given = reporting.Report(id=await plant.photo("lin"), description="配电箱漏电", evidence=[photo])

    async with plant.as_("lin") as work:
        first = await reporting.report(work, given)
    async with plant.as_("lin") as work:
        second = await reporting.report(work, given)
    with pytest.raises(Conflict):
        async with plant.as_("lin") as work:
            await reporting.report(
                work, reporting.Report(id=given.id, description="别的内容", evidence=[photo])
            )

    assert first.id == second.id
    assert first.type_code == "electrical"
    async with plant.company.house() as work:
        entries = await work.session.scalars(
            select(RecordEntry).where(RecordEntry.case_id == given.id, RecordEntry.act == "hazard.reported")
        )
        assert len(entries.all()) == 1


async def test_the_same_fault_again_is_known_as_recurring_and_a_twin_is_warned_of(plant: Plant) -> None:
    first = await plant.report(text="3号配电箱未接地", type_code="electrical")
    twin = await plant.report(text="三号配电箱没有接地", type_code="electrical")
    async with plant.as_("wei") as work:
        await checking.call_off(work, twin, reason="重复上报", duplicate_of=first)
    await plant.grade(first, "C")
    await plant.assign(first, "tlead")
    await plant.rectify(first)
    for account in ("tlead", "wei", "leader", "whead", "wei"):
        await plant.review(first, account)

    again = await plant.hazard(await plant.report(text="3号配电箱又未接地", type_code="electrical"))

    assert [one["case"] for one in (await plant.hazard(twin)).similar][:1] == [str(first)]
    assert (again.recurrence_of, again.recurrence_count) == (first, 1)
    assert (await _case(plant, twin)).status == CaseStatus.CANCELLED


async def test_the_same_machine_is_told_before_like_words_from_anywhere(plant: Plant) -> None:
    words = "打磨间风管里有火星声"
    nowhere = await plant.report(text=words, type_code="dust", asset_id=None)
    there = await plant.report(text="完全另一件事情", type_code="dust")

    again = await plant.hazard(await plant.report(text=words, type_code="dust"))

    assert [one["case"] for one in again.similar] == [str(there), str(nowhere)]


async def test_a_lower_grade_needs_a_reason_and_sets_the_clock_anew(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "B")
    await plant.assign(hazard_id, "wei")

    with pytest.raises(GradeReasonNeeded):
        await plant.grade(hazard_id, "C")
    await plant.grade(hazard_id, "C", reason="现场复核，风险降低")

    async with plant.company.house() as work:
        rows = await work.session.scalars(
            select(Task).where(Task.case_id == hazard_id, Task.step == "rectify")
        )
        task = rows.one()
    assert task.generation == 2


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"latitude": 91.0, "longitude": 0.0}, "latitude"),
        ({"latitude": 31.0}, "latitude"),
        ({"latitude": float("nan"), "longitude": 0.0}, "latitude"),
        ({"latitude": 0.0, "longitude": float("inf")}, "longitude"),
        ({"accuracy_m": -1.0}, "accuracyM"),
        ({"evidence": [new_id() for _ in range(21)]}, "evidence"),
    ],
)
async def test_what_cannot_be_is_refused_with_its_field(
    plant: Plant, wrong: dict[str, Any], path: str
) -> None:
    with pytest.raises(BadInput) as refused:
        async with plant.as_("lin") as work:
            await reporting.report(work, reporting.Report(id=new_id(), description="测试", **wrong))

    assert refused.value.path == path


async def test_an_outside_firm_puts_right_what_it_is_sent_and_sees_nothing_else(plant: Plant) -> None:
    party_id = new_id()
    async with plant.company.house() as work:
        work.session.add(
            Party(
                id=party_id,
                code=f"P-{party_id.hex[-6:]}",
                name="安捷维保",
                kind="maintenance",
                unit_no=plant.units["branch"],
            )
        )
    plant.people["outside"] = await plant.company.person(
        "万师傅", "contractor_worker", unit_no=plant.units["branch"], party_id=party_id
    )
    hazard_id, other_id = await plant.report(), await plant.report(text="另一处照明损坏")
    await plant.grade(hazard_id, "B")
    async with plant.as_("wei") as work:
        await dispatch.assign(work, hazard_id, unit_id=None, person_id=None, party_id=party_id, note=None)

    async with plant.as_("outside") as work:
        await working.submit_control(work, hazard_id, measures="断电挂牌，设置围栏", proofs=[])
    await plant.rectify(hazard_id, "outside")

    assert "accept" not in await plant.open_steps(hazard_id)
    assert set(await plant.open_steps(hazard_id)) == {"authorise"}
    async with plant.as_("outside") as work:
        seen = set(await work.session.scalars(select(Case.id)))
    assert seen == {hazard_id}
    assert other_id not in seen


async def test_a_unit_alone_answers_through_its_head(plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")
    async with plant.as_("tlead") as work:
        await dispatch.assign(
            work, hazard_id, unit_id=plant.unit_ids["workshop"], person_id=None, party_id=None, note=None
        )

    assert await plant.open_steps(hazard_id) == {"rectify": ["whead"]}

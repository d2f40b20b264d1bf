"""The verbs of the hazard loop in the order of a life, each handed to whoever wants to count or time it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.hazards.service import checking, dispatch, grading, reporting, working
from anhuan_platform.loops.models import Seat, SeatStatus
from anhuan_platform.loops.service import seats, steps, stopping, talk
from tests.support.plant import Plant

Act = Callable[[Work], Awaitable[Any]]
Run = Callable[[str, str, Act], Awaitable[None]]
"""Runs an act under a name, as the person of this account, in a transaction of its own."""


async def a_life(plant: Plant, run: Run) -> None:
    """A general hazard from the report to the archive, a grave one as far as a rejection, and one that is called off."""
    hazard_id = await _reported(plant, run)
    await run("grade C", "wei", lambda work: _grade(work, hazard_id, "C"))
    await run("assign", "tlead", lambda work: _assign(work, plant, hazard_id, "fitter"))
    photo = await plant.photo("fitter")
    await run("progress", "fitter", lambda work: _progress(work, hazard_id, [photo]))
    await run("comment", "fitter", lambda work: _comment(work, hazard_id, [plant.people["lin"]]))
    await run("invite", "wei", lambda work: talk.invite(work, hazard_id, [plant.people["gm"]]))
    await _rectify(plant, run, "rectify", hazard_id)
    for name, account in (
        ("accept, first", "tlead"),
        ("accept, second", "wei"),
        ("accept, last", "leader"),
        ("verify, first", "whead"),
        ("verify, last", "wei"),
    ):
        await _review(plant, run, name, account, hazard_id)

    grave_id = await plant.report(text="粉尘爆炸风险，除尘器故障")
    await run("grade A", "wei", lambda work: _grade(work, grave_id, "A"))
    order_id = new_id()
    await run("stop work", "wei", lambda work: _stop(work, grave_id, order_id))
    seen = await plant.photo("director")
    await run("resume work", "director", lambda work: _resume(work, order_id, seen))
    await run("assign A", "director", lambda work: _assign(work, plant, grave_id, "fitter"))
    await run("control", "fitter", lambda work: _control(work, grave_id))
    await _review(plant, run, "authorise, first", "gm", grave_id)
    await _review(plant, run, "authorise, last", "director", grave_id)
    await _rectify(plant, run, "rectify A", grave_id)
    await _review(plant, run, "reject", "tlead", grave_id, approve=False)
    await run("assign again", "director", lambda work: _assign(work, plant, grave_id, "dhead"))
    seat_id = await _seat_of(plant, grave_id, "dhead")
    await run("hand over", "dhead", lambda work: _hand_over(work, plant, grave_id, seat_id))

    false_id = await plant.report(text="照明不亮")
    await plant.grade(false_id, "C")
    await run("grade higher", "wei", lambda work: _grade(work, false_id, "B"))
    await run("call off", "director", lambda work: _call_off(work, false_id))


async def _reported(plant: Plant, run: Run) -> UUID:
    hazard_id, photo = new_id(), await plant.photo("lin")
    given = reporting.Report(
        id=hazard_id, description="冲床防护罩缺失", asset_id=plant.asset_id, evidence=[photo]
    )
    await run("report", "lin", lambda work: reporting.report(work, given))
    return hazard_id


async def _rectify(plant: Plant, run: Run, name: str, hazard_id: UUID) -> None:
    proofs = [steps.Proof(await plant.photo("fitter"), purpose) for purpose in ("before", "after")]
    test = working.TestResult(passed=True, summary="空载试车 10 分钟，联锁有效")
    await run(
        name,
        "fitter",
        lambda work: working.submit_rectification(
            work, hazard_id, measures="加装防护罩并校验联锁", test=test, proofs=proofs
        ),
    )


async def _review(
    plant: Plant, run: Run, name: str, account: str, hazard_id: UUID, *, approve: bool = True
) -> None:
    proofs = [steps.Proof(await plant.photo(account), "verification")]
    await run(
        name,
        account,
        lambda work: checking.review(work, hazard_id, approve=approve, comment="看过了", proofs=proofs),
    )


async def _grade(work: Work, hazard_id: UUID, level: str) -> None:
    await grading.grade(work, hazard_id, level, statutory_by=None, reason=None)


async def _assign(work: Work, plant: Plant, hazard_id: UUID, account: str) -> None:
    unit_id, person_id = plant.unit_ids["equipment"], plant.people[account]
    await dispatch.assign(work, hazard_id, unit_id=unit_id, person_id=person_id, party_id=None, note=None)


async def _progress(work: Work, hazard_id: UUID, photos: Sequence[UUID]) -> None:
    await working.add_progress(
        work, hazard_id, note_id=new_id(), note="已采购防护门", percent=30, evidence=photos
    )


async def _comment(work: Work, hazard_id: UUID, mentions: Sequence[UUID]) -> None:
    await talk.comment(work, hazard_id, comment_id=new_id(), body="请看这里", mentions=mentions, evidence=[])


async def _control(work: Work, hazard_id: UUID) -> None:
    await working.submit_control(work, hazard_id, measures="切断电源，设警戒区", proofs=[])


async def _stop(work: Work, hazard_id: UUID, order_id: UUID) -> None:
    await stopping.stop_work(
        work, hazard_id, order_id=order_id, reason="粉尘超标", area_id=None, asset_id=None
    )


async def _resume(work: Work, order_id: UUID, photo: UUID) -> None:
    await stopping.resume_work(work, order_id, reason="粉尘已清，检测合格", evidence=[photo])


async def _seat_of(plant: Plant, hazard_id: UUID, account: str) -> UUID:
    query = select(Seat.id).where(
        Seat.case_id == hazard_id,
        Seat.status == SeatStatus.OPEN,
        Seat.candidates.contains([plant.people[account]]),
    )
    async with plant.company.house() as work:
        return (await work.session.scalars(query.order_by(Seat.id).limit(1))).one()


async def _hand_over(work: Work, plant: Plant, hazard_id: UUID, seat_id: UUID) -> None:
    await seats.hand_over(work, hazard_id, seat_id, to=plant.people["fitter"], reason="出差")


async def _call_off(work: Work, hazard_id: UUID) -> None:
    await checking.call_off(work, hazard_id, reason="误报", duplicate_of=None)

"""A photo that was announced and never came: people are told, the case shows it, and nothing is slipped in after the end."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.outbox.models import Postponed
from anhuan_infra.settings import Settings
from anhuan_platform.evidence import jobs, service
from anhuan_platform.evidence.errors import EvidenceTooLate
from anhuan_platform.evidence.models import Evidence, EvidenceStatus
from anhuan_platform.hazards.service import checking
from anhuan_platform.loops.models import CaseStatus
from anhuan_platform.loops.service import talk
from anhuan_platform.notices.models import Notice
from tests.support.plant import Plant, a_plant


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def _announced(plant: Plant) -> UUID:
    """A photo that lin's phone announced and has not sent yet."""
    evidence_id = new_id()
    async with plant.as_("lin") as work:
        await service.request(
            work, evidence_id, name="油污.jpg", media_type="image/jpeg", size=10, sha256=evidence_id.hex * 2
        )
    return evidence_id


async def _told(plant: Plant, case_id: UUID) -> list[tuple[str, str]]:
    """Who was told of a missing photo of this case, and of which file."""
    names = {person: account for account, person in plant.people.items()}
    async with plant.company.house() as work:
        query = select(Notice).where(Notice.case_id == case_id, Notice.kind == "evidence.missing")
        return sorted((names[row.person_id], row.facts["note"]) for row in await work.session.scalars(query))


async def _remind(plant: Plant, evidence_id: UUID) -> None:
    async with plant.company.house() as work:
        await jobs.remind(work, evidence_id)


async def test_two_reminders_are_put_off_with_the_report(plant: Plant) -> None:
    photo = await _announced(plant)
    await plant.report(evidence=[photo, await plant.photo("lin")])

    async with plant.company.house() as work:
        rows = await work.session.scalars(
            select(Postponed).where(Postponed.job.startswith("evidence.remind"))
        )
        mine = {row.job: row.due_at - work.now for row in rows if row.arguments == [str(photo)]}
        others = [row for row in rows if row.arguments != [str(photo)]]
    assert {job: round(left / timedelta(hours=1)) for job, left in mine.items()} == {
        "evidence.remind": 24,
        "evidence.remind_again": 72,
    }
    assert others == []


async def test_who_took_it_and_who_waits_for_it_are_told_once_each_time(plant: Plant) -> None:
    photo = await _announced(plant)
    case_id = await plant.report(evidence=[photo])

    for _ in range(2):
        await _remind(plant, photo)
    first = await _told(plant, case_id)
    async with plant.company.house() as work:
        await jobs.remind_again(work, photo)

    assert first == [("lin", "油污.jpg"), ("wei", "油污.jpg")]
    assert await _told(plant, case_id) == sorted(first * 2)


async def test_nobody_is_told_of_a_photo_that_came_or_of_a_case_that_was_called_off(plant: Plant) -> None:
    came, late = await _announced(plant), await _announced(plant)
    quiet, ended = await plant.report(evidence=[came]), await plant.report(evidence=[late])
    async with plant.company.house() as work:
        await work.session.execute(
            update(Evidence).where(Evidence.id == came).values(status=EvidenceStatus.STORED)
        )
    async with plant.as_("lin") as work:
        await checking.call_off(work, ended, reason="误报", duplicate_of=None)

    await _remind(plant, came)
    await _remind(plant, late)

    assert (await _told(plant, quiet), await _told(plant, ended)) == ([], [])


async def test_the_case_tells_what_is_missing(plant: Plant) -> None:
    photo = await _announced(plant)
    case_id = await plant.report(evidence=[await plant.photo("lin"), photo])

    async with plant.as_("wei") as work:
        missing = [row.id for row in await service.missing(work, [case_id])]
    async with plant.as_("other") as work:
        hidden = await service.missing(work, [case_id])

    assert (missing, hidden) == ([photo], [])


async def test_after_the_end_files_come_with_comments_only(plant: Plant) -> None:
    case_id = await plant.report()
    async with plant.as_("lin") as work:
        await checking.call_off(work, case_id, reason="误报", duplicate_of=None)
    photo = await plant.photo("lin")

    with pytest.raises(EvidenceTooLate):
        async with plant.as_("lin") as work:
            await service.attach(work, service.Use(case_id, CaseStatus.CANCELLED), [(photo, "progress")])
    async with plant.as_("lin") as work:
        await talk.comment(work, case_id, comment_id=new_id(), body="补图", mentions=[], evidence=[photo])

    async with plant.company.house() as work:
        row = await work.session.get_one(Evidence, (work.tenant_id, photo))
    assert (row.case_id, row.purpose) == (case_id, "comment")

"""Telling people: each once, only those who are there, and nobody sees what others were told."""

from uuid import UUID

from anhuan_infra.ids import new_id
from anhuan_platform.notices import service
from tests.support.people import Cast, Company


async def _tell(company: Company, *people: UUID, key: str | None = None, urgent: bool = False) -> None:
    async with company.house() as work:
        await service.send(
            work,
            people=people,
            kind="hazard.reported",
            facts={"number": "HZ-1", "title": "t"},
            case_id=None,
            urgent=urgent,
            key=key or new_id().hex,
        )


async def test_a_person_is_told_once_however_often_the_job_runs(cast: Cast) -> None:
    key = new_id().hex

    await _tell(cast.a, cast.lin.person_id, cast.lin.person_id, key=key)
    await _tell(cast.a, cast.lin.person_id, key=key)

    async with cast.a.work(cast.lin) as work:
        assert [n.key for n in await service.listing(work)].count(key) == 1

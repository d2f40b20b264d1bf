"""Telling people: each once, only those who are there, and nobody sees what others were told."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import func, select

from anhuan_infra.errors import NotFound
from anhuan_infra.settings import Settings
from anhuan_platform.notices import service
from anhuan_platform.notices.models import Attempt, Notice
from anhuan_platform.notices.phrases import UnknownKind
from anhuan_tenants.identity.service import standing
from tests.platform.notices.world import World
from tests.support.people import Cast


async def test_a_person_is_told_once_however_often_the_job_runs(world: World) -> None:
    await world.email()
    key = await world.tell(world.lin, world.lin)

    await asyncio.gather(*(world.tell(key=key) for _ in range(8)))
    await world.carry()

    async with world.company.work(world.lin) as work:
        assert [notice.key for notice in await service.listing(work)] == [key]
    assert len(world.sink.attempts) == 1


async def test_who_is_disabled_is_not_told(world: World) -> None:
    gone = await world.company.person("老王")
    async with world.company.work() as work:
        await standing.disable_person(work, gone)

    key = await world.tell(gone, world.lin)

    async with world.company.house() as work:
        told = await work.session.scalars(select(Notice.person_id).where(Notice.key == key))
        assert list(told) == [world.lin]


async def test_who_is_disabled_meanwhile_is_not_disturbed(world: World) -> None:
    await world.email()
    await world.tell()
    async with world.company.work() as work:
        await standing.disable_person(work, world.lin)

    await world.carry()

    assert world.sink.attempts == []


async def test_nothing_is_said_without_words_for_it(world: World) -> None:
    with pytest.raises(UnknownKind):
        await world.tell(kind="case.unheard_of")


async def test_a_person_who_acts_can_tell_people_beyond_their_own_sight(world: World) -> None:
    wang = await world.company.person("王芳")
    async with world.company.work(world.lin) as work:
        await service.send(
            work, people=[wang], kind="case.invited", facts={}, case_id=None, urgent=False, key="by lin"
        )
        mine = await service.listing(work)

    assert mine == []
    assert (await world.notice("by lin", wang)).person_id == wang


async def test_facts_keep_ids_and_the_author_s_name(world: World) -> None:
    key = await world.tell(
        kind="comment.mention", facts={"author": world.lin, "body": "请看", "n": 1, "none": None}
    )

    facts = (await world.notice(key)).facts
    assert facts == {"author": str(world.lin), "author_name": "林小雨", "body": "请看", "n": 1, "none": None}


async def test_pages_are_newest_first_and_reading_counts_down(world: World) -> None:
    keys = [await world.tell() for _ in range(5)]

    async with world.company.work(world.lin) as work:
        first = await service.listing(work, limit=2)
        rest = await service.listing(work, after=first[-1].id, limit=10)
        await service.mark_read(work, first[0].id)
        await service.mark_read(work, first[0].id)
        unread = await service.listing(work, unread_only=True)

        assert [n.key for n in [*first, *rest]] == keys[::-1]
        assert [n.key for n in unread] == keys[-2::-1]
        assert await service.unread_count(work) == 4


async def test_reading_all_leaves_what_came_after_the_screen_was_shown(world: World) -> None:
    await world.tell()
    shown = await world.notice(await world.tell())
    newer = await world.tell()

    async with world.company.work(world.lin) as work:
        count = await service.mark_all_read(work, up_to=shown.id)
        left = [n.key for n in await service.listing(work, unread_only=True)]

    assert (count, left) == (2, [newer])


async def test_nobody_reads_or_marks_what_others_were_told(world: World, cast: Cast) -> None:
    notice = await world.notice(await world.tell())
    colleague = await world.company.person("小明")
    officer = await world.company.person("魏建国", "hq_safety_officer")

    for company, person in (
        (world.company, colleague),
        (world.company, officer),
        (cast.b, cast.sara.person_id),
    ):
        async with company.work(person) as work:
            assert await service.listing(work) == []
            assert await service.mark_all_read(work) == 0
            with pytest.raises(NotFound):
                await service.mark_read(work, notice.id)
    assert (await world.notice(notice.key)).read_at is None


async def test_the_database_itself_hides_notices_from_colleagues_and_other_companies(
    world: World, cast: Cast
) -> None:
    await world.email()
    await world.tell()
    await world.carry()
    colleague = await world.company.person("小明")
    officer = await world.company.person("魏建国", "hq_safety_officer")

    async def seen(person: UUID | None) -> tuple[int | None, int | None]:
        company = cast.b if person == cast.sara.person_id else world.company
        async with company.work(person) as work:
            here = [Notice.person_id == world.lin, Attempt.person_id == world.lin]
            return (
                await work.session.scalar(select(func.count()).select_from(Notice).where(here[0])),
                await work.session.scalar(select(func.count()).select_from(Attempt).where(here[1])),
            )

    assert [await seen(who) for who in (world.lin, officer, colleague, cast.sara.person_id)] == [
        (1, 1),
        (1, 1),
        (0, 0),
        (0, 0),
    ]


async def test_a_told_person_hears_it_live(world: World, listening: psycopg.AsyncConnection[object]) -> None:
    key = await world.tell()

    notice = await world.notice(key)
    async for notify in listening.notifies(timeout=5, stop_after=1):
        assert f'"notice":"{notice.id}"' in notify.payload
        assert f'"person":"{world.lin}"' in notify.payload
        return
    pytest.fail("nothing was said on the live channel")


@pytest.fixture
async def listening(settings: Settings) -> AsyncIterator[psycopg.AsyncConnection[object]]:
    connection = await psycopg.AsyncConnection.connect(settings.app_database_url, autocommit=True)
    async with connection:
        await connection.execute("listen changes")
        yield connection

"""Carrying notices outside the app: one channel after another, every try on paper, and nothing lost in silence."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from anhuan_infra.errors import NotFound
from anhuan_platform.notices import delivery, service
from anhuan_platform.notices.models import Reach
from anhuan_platform.notices.timing import ORDINARY, URGENT
from anhuan_tenants.organisation.models import Contact
from tests.platform.notices.world import SIGNING, World
from tests.support.sink import DROP, HANG, TAKE_THEN_DROP, Reply, error, too_many


async def test_the_first_channel_that_takes_it_is_enough(world: World) -> None:
    await world.email()
    await world.sms()

    key = await world.tell()
    await world.carry()

    notice = await world.notice(key)
    assert await world.tried(key) == [("mail", "accepted")]
    assert (notice.reach, notice.delivered_by, notice.undelivered_at) == (Reach.DELIVERED, "mail", None)
    assert [seen.channel for seen in world.sink.deliveries] == ["email"]


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (error(500), "unreachable"),
        (too_many(30), "unreachable"),
        (HANG, "unreachable"),
        (DROP, "unreachable"),
        (TAKE_THEN_DROP, "unreachable"),
        (error(400), "refused"),
    ],
    ids=lambda value: value.name if isinstance(value, Reply) else None,
)
async def test_a_channel_in_trouble_is_followed_by_the_next(world: World, trouble: Reply, state: str) -> None:
    await world.email()
    await world.sms()
    world.sink.answer(trouble, channel="email")

    key = await world.tell()
    await world.carry()

    assert await world.tried(key) == [("mail", state), ("sms", "accepted")]
    assert (await world.notice(key)).delivered_by == "sms"


async def test_a_try_says_when_where_and_what_came_of_it_without_showing_the_address(world: World) -> None:
    await world.sms()
    await world.email(rank=99)
    world.sink.answer(error(503), channel="sms_aliyun")

    key = await world.tell()
    await world.carry()

    sms, mail = await world.attempts(await world.notice(key))
    assert (sms.address, mail.address) == ("138****1111", "l***@plant.example")
    assert (sms.no, sms.round, mail.no, mail.round) == (1, 1, 1, 1)
    assert sms.detail == "http 503"
    assert mail.provider_id is not None
    assert sms.ended_at is not None and sms.ended_at > sms.started_at
    channels = {c.code: c.problem for c in await world.shown()}
    assert channels == {"mail": None, "sms": "http 503"}


async def test_what_no_channel_takes_is_seen_by_who_looks_after_it_until_it_is_read(world: World) -> None:
    await world.email()
    await world.sms()
    wei = await world.company.person("魏建国", "hq_safety_officer")
    ming = await world.company.person("小明", "worker")
    world.sink.answer(error(500))

    key = await world.tell()
    await world.carry()

    notice = await world.notice(key)
    assert notice.reach == Reach.UNDELIVERED and notice.undelivered_at is not None
    for person, expected in ((wei, [notice.id]), (world.company.founder_id, [notice.id]), (ming, [])):
        async with world.company.work(person) as work:
            assert [n.id for n in await service.undelivered(work)] == expected
            assert await service.undelivered_count(work) == len(expected)
    async with world.company.work(world.lin) as work:
        await service.mark_read(work, notice.id)
    async with world.company.work(wei) as work:
        assert await service.undelivered(work) == []


async def test_the_record_tells_what_got_through_and_what_did_not(world: World) -> None:
    await world.email()
    world.sink.answer(error(500), times=1)

    key = await world.tell()
    await world.carry()
    await world.pass_time(ORDINARY[0].total_seconds())
    await world.carry()

    notice = await world.notice(key)
    async with world.company.house() as work:
        query = text("select act, body ->> 'channel' from record_entries where subject_id = :id order by id")
        entries = (await work.session.execute(query, {"id": notice.id})).all()
    assert [tuple(entry) for entry in entries] == [
        ("notice.undelivered", None),
        ("notice.delivered", "mail"),
    ]


@pytest.mark.parametrize("urgent", [False, True])
async def test_it_is_tried_again_for_about_a_day_and_then_given_up(world: World, urgent: bool) -> None:
    await world.email()
    world.sink.answer(error(500))

    key = await world.tell(urgent=urgent)
    waits: list[timedelta] = []
    while (await world.carry()) and (next_at := (await world.notice(key)).next_at):
        waits.append(next_at - await world.now())
        await world.pass_time(waits[-1].total_seconds() + 1)

    expected = URGENT if urgent else ORDINARY
    assert [round(wait / timedelta(seconds=5)) for wait in waits] == [
        round(wait / timedelta(seconds=5)) for wait in expected
    ]
    assert timedelta(hours=20) < sum(waits, timedelta()) < timedelta(hours=26)
    assert await world.tried(key) == [("mail", "unreachable")] * (len(expected) + 1)
    assert (await world.notice(key)).reach == Reach.UNDELIVERED
    assert await world.due() == []


async def test_a_channel_that_is_well_again_delivers_in_the_next_round(world: World) -> None:
    await world.email()
    world.sink.answer(error(500))
    key = await world.tell()
    await world.carry()
    too_early = await world.carry()

    world.sink.behave()
    await world.pass_time(ORDINARY[0].total_seconds())
    await world.carry()

    notice = await world.notice(key)
    assert too_early == 0
    assert (notice.reach, notice.undelivered_at, notice.next_at) == (Reach.DELIVERED, None, None)
    assert await world.tried(key) == [("mail", "unreachable"), ("mail", "accepted")]


async def test_what_was_refused_for_good_is_not_sent_again_until_the_address_is_another(world: World) -> None:
    await world.email()
    world.sink.answer(error(400))
    key = await world.tell()
    await world.carry()
    world.sink.behave()

    await world.pass_time(ORDINARY[0].total_seconds())
    await world.carry()
    same = await world.tried(key)
    async with world.company.house() as work:
        await work.session.execute(
            update(Contact).where(Contact.id == world.lin).values(email="new@b.example")
        )
    await world.pass_time(ORDINARY[1].total_seconds())
    await world.carry()

    assert same == [("mail", "refused")]
    assert await world.tried(key) == [("mail", "refused"), ("mail", "accepted")]


async def test_a_provider_that_asks_for_patience_is_left_alone_for_so_long(world: World) -> None:
    await world.sms()
    world.sink.answer(too_many(3600))

    key = await world.tell(urgent=True)
    await world.carry()

    next_at = (await world.notice(key)).next_at
    assert next_at is not None
    assert timedelta(minutes=59) < next_at - await world.now() <= timedelta(hours=1)


async def test_an_urgent_notice_goes_by_text_message_and_the_first_channel_at_once(world: World) -> None:
    await world.email()
    await world.sms()

    key = await world.tell(urgent=True)
    await world.carry()

    mail, sms = await world.attempts(await world.notice(key))
    assert {(mail.channel, mail.state), (sms.channel, sms.state)} == {
        ("mail", "accepted"),
        ("sms", "accepted"),
    }
    assert mail.started_at == sms.started_at
    (seen,) = [seen for seen in world.sink.deliveries if seen.channel == "email"]
    assert seen.mail["Importance"] == "high"


async def test_the_reader_gets_plain_words_in_their_language_and_the_page_to_act_on(world: World) -> None:
    await world.email()
    english = await world.company.person("Lin", email=f"en.{world.company.code}@plant.example")
    async with world.company.house() as work:
        await work.session.execute(text("update people set language = 'en' where id = :id"), {"id": english})

    await world.tell(world.lin, english)
    await world.carry()

    mails = {seen.address[:2]: seen.mail for seen in world.sink.deliveries}
    assert mails["li"]["Subject"] == "新隐患：机械"
    assert mails["en"]["Subject"] == "New hazard: Machine"
    assert "三号冲床防护罩缺失（HZ-7）" in mails["li"].get_content()
    assert f"{world.company.settings.public_url}/app/notices" in mails["en"].get_content()


async def test_who_has_no_address_anywhere_counts_as_not_reached(world: World) -> None:
    await world.email()
    await world.sms()
    ming = await world.company.person("小明")

    key = await world.tell(ming)
    await world.carry()

    assert await world.tried(key, ming) == [("mail", "no_address"), ("sms", "no_address")]
    assert (await world.notice(key, ming)).reach == Reach.UNDELIVERED


async def test_a_company_without_channels_tells_in_the_app_and_calls_that_no_failure(world: World) -> None:
    key = await world.tell(urgent=True)

    notice = await world.notice(key)
    assert (notice.reach, notice.next_at, notice.undelivered_at) == (Reach.APP, None, None)
    assert await world.due() == []


async def test_a_lapsed_subscription_leaves_the_app_even_for_what_was_on_its_way(world: World) -> None:
    await world.email()
    underway = await world.tell()
    await world.lapse()

    afterwards = await world.tell()
    await world.carry()

    assert world.sink.attempts == []
    assert [(await world.notice(key)).reach for key in (underway, afterwards)] == [Reach.APP, Reach.APP]


async def test_what_was_read_in_the_app_is_not_sent_any_more(world: World) -> None:
    await world.email()
    key = await world.tell()
    async with world.company.work(world.lin) as work:
        await service.mark_read(work, (await world.notice(key)).id)

    await world.carry()

    assert world.sink.attempts == []
    assert (await world.notice(key)).reach == Reach.APP


async def test_a_group_is_told_once_for_all_who_are_told_the_same(world: World) -> None:
    await world.group()
    people = [world.lin, *[await world.company.person(f"人{n}") for n in range(4)]]

    key = await world.tell(*people)
    await asyncio.gather(*(world.run(row) for row in await world.due()))
    await world.pass_time(11)
    await world.carry()

    assert [await world.tried(key, person) for person in people] == [[("group", "delivered")]] * 5
    assert len(world.sink.attempts) == 1


async def test_having_told_a_group_does_not_settle_what_is_urgent(world: World) -> None:
    await world.group(rank=1)
    await world.email()
    await world.sms()
    world.sink.answer(error(500), channel="sms_aliyun")

    key = await world.tell(urgent=True)
    await world.carry()

    assert sorted(await world.tried(key)) == [
        ("group", "delivered"),
        ("mail", "accepted"),
        ("sms", "unreachable"),
    ]
    assert (await world.notice(key)).delivered_by == "mail"


async def test_where_only_a_group_can_be_told_that_is_enough(world: World) -> None:
    await world.group()
    await world.email()
    world.sink.answer(error(500), channel="email")

    key = await world.tell(urgent=True)
    await world.carry()

    notice = await world.notice(key)
    assert (notice.reach, notice.delivered_by) == (Reach.DELIVERED, "group")


async def test_a_system_of_the_company_gets_a_signed_call(world: World) -> None:
    await world.hook()

    key = await world.tell()
    await world.carry()

    (seen,) = world.sink.deliveries
    assert seen.channel == "webhook" and seen.path == "/hooks/1"
    assert seen.headers["webhook-signature"].startswith("v1,")
    assert seen.json["data"]["title"] == "新隐患：机械"
    (attempt,) = await world.attempts(await world.notice(key))
    assert attempt.address == "http://127.0.0.1/…"


async def test_nobody_sees_the_tries_of_others(world: World) -> None:
    await world.email()
    key = await world.tell()
    await world.carry()
    notice = await world.notice(key)
    ming = await world.company.person("小明")

    async with world.company.work(world.lin) as work:
        assert [a.channel for a in await service.attempts(work, notice.id)] == ["mail"]
    async with world.company.work(ming) as work:
        with pytest.raises(NotFound):
            await service.attempts(work, notice.id)


async def test_two_workers_at_once_do_not_both_tell_the_group(world: World) -> None:
    await world.group()
    ming = await world.company.person("小明")
    key = await world.tell(world.lin, ming)
    lins, mings = await world.notice(key), await world.notice(key, ming)

    async def second() -> delivery.Wave:
        async with world.company.house() as work:
            return await delivery.begin(work, mings.id)

    async with world.company.house() as work:
        first = await delivery.begin(work, lins.id)
        racing = asyncio.create_task(second())
        await asyncio.sleep(0.3)
    late = await racing

    assert len(first.tries) == 1
    assert (late.tries, late.again is not None) == ((), True)


async def test_a_long_row_of_dead_channels_is_gone_through_by_several_jobs(world: World) -> None:
    for number in range(9):
        url = f"{world.sink.url}/hooks/{number}"
        await world.set_up(f"hook{number}", "webhook", number, url=url, secret=SIGNING)
    world.sink.answer(error(500))

    key = await world.tell()
    jobs = await world.carry()

    assert [channel for channel, _ in await world.tried(key)] == [f"hook{number}" for number in range(9)]
    assert (jobs, (await world.notice(key)).rounds) == (2, 1)

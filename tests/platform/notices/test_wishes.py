"""What people want of notices: quiet hours, their own order of channels; and what is urgent all the same."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from anhuan_infra.errors import BadInput
from anhuan_platform.notices import service, timing
from anhuan_platform.notices.errors import ChannelUnknown, QuietHoursIncomplete
from anhuan_platform.notices.models import Preference, Reach
from tests.platform.notices.world import World
from tests.support.sink import error

SHANGHAI = ZoneInfo("Asia/Shanghai")


async def _quiet_now(world: World) -> datetime:
    """Lin wants quiet from an hour ago until an hour from now; when it ends."""
    now = (await world.now()).astimezone(SHANGHAI)
    end = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    async with world.company.work(world.lin) as work:
        await service.set_preferences(
            work, quiet_from=f"{now - timedelta(hours=1):%H:%M}", quiet_to=f"{end:%H:%M}"
        )
    return end


async def test_quiet_hours_hold_a_notice_until_they_end(world: World) -> None:
    await world.email()
    end = await _quiet_now(world)

    key = await world.tell()
    held = await world.notice(key)
    await world.carry()

    assert (held.reach, held.next_at) == (Reach.WAITING, end)
    assert world.sink.attempts == []
    async with world.company.work(world.lin) as work:
        assert await service.unread_count(work) == 1


async def test_a_job_that_comes_too_early_does_not_break_the_quiet(world: World) -> None:
    await world.email()
    end = await _quiet_now(world)
    key = await world.tell()

    await world.pass_time(3700)
    await world.carry()

    notice = await world.notice(key)
    assert world.sink.attempts == []
    assert (notice.next_at, notice.rounds, notice.undelivered_at) == (end, 0, None)


async def test_grade_a_goes_through_quiet_hours(world: World) -> None:
    await world.email()
    await _quiet_now(world)

    await world.tell(urgent=True)
    await world.carry()

    assert len(world.sink.deliveries) == 1


async def test_a_retry_waits_for_the_quiet_to_end_as_well(world: World) -> None:
    await world.email()
    world.sink.answer(error(500))
    key = await world.tell()
    end = await _quiet_now(world)

    await world.pass_time(1)
    await world.carry()

    assert (await world.notice(key)).next_at == end


async def test_a_person_s_own_order_goes_before_the_company_s(world: World) -> None:
    await world.email(rank=1)
    await world.sms(rank=2)
    async with world.company.work(world.lin) as work:
        await service.set_preferences(work, channels=["sms"])
    world.sink.answer(error(500), channel="sms_aliyun")

    key = await world.tell()
    await world.carry()

    assert await world.tried(key) == [("sms", "unreachable")]


async def test_nobody_opts_out_of_what_is_urgent(world: World) -> None:
    await world.email(rank=1)
    await world.sms(rank=2)
    async with world.company.work(world.lin) as work:
        await service.set_preferences(work, channels=["sms"])
    world.sink.answer(error(500), channel="sms_aliyun")

    key = await world.tell(urgent=True)
    await world.carry()

    assert await world.tried(key) == [("sms", "unreachable"), ("mail", "accepted")]


async def test_a_choice_of_which_nothing_is_left_falls_back_to_the_company_s_order(world: World) -> None:
    await world.email()
    await world.sms()
    async with world.company.work(world.lin) as work:
        await service.set_preferences(work, channels=["sms"])
    await world.remove("sms")

    key = await world.tell()
    await world.carry()

    assert await world.tried(key) == [("mail", "accepted")]


async def test_a_person_is_mentioned_in_the_group_by_their_own_id_there(world: World) -> None:
    await world.group()
    async with world.company.work(world.lin) as work:
        stored = await service.set_preferences(work, channels=["group"], addresses={"group": "LinXiaoyu"})

    key = await world.tell()
    await world.carry()

    (attempt,) = await world.attempts(await world.notice(key))
    assert stored.addresses == {"group": "LinXiaoyu"}
    assert attempt.address == "Li***"
    assert b"LinXiaoyu" in world.sink.deliveries[0].body


@pytest.mark.parametrize(
    ("wish", "refusal", "path"),
    [
        ({"quiet_from": "22:00"}, QuietHoursIncomplete, "quietTo"),
        ({"quiet_to": "06:00"}, QuietHoursIncomplete, "quietFrom"),
        ({"quiet_from": "24:00", "quiet_to": "06:00"}, QuietHoursIncomplete, "quietFrom"),
        ({"quiet_from": "22:00", "quiet_to": "6"}, QuietHoursIncomplete, "quietTo"),
        ({"channels": ["nowhere"]}, ChannelUnknown, "channels"),
        ({"channels": ["\x00" * 9999]}, ChannelUnknown, "channels"),
        ({"addresses": {"mail": "someone@else.example"}}, BadInput, "addresses.mail"),
        ({"addresses": {"group": "@all"}}, BadInput, "addresses.group"),
    ],
)
async def test_a_wish_that_makes_no_sense_is_refused_with_its_place(
    world: World, wish: dict[str, object], refusal: type[BadInput], path: str
) -> None:
    await world.email()
    await world.group()

    async with world.company.work(world.lin) as work:
        with pytest.raises(refusal) as refused:
            await service.set_preferences(work, **wish)  # type: ignore[arg-type]

    assert refused.value.path == path
    async with world.company.work(world.lin) as work:
        assert await service.preferences(work) is None


async def test_wishes_are_one_s_own(world: World) -> None:
    wang = await world.company.person("王芳")
    async with world.company.work(world.lin) as work:
        await service.set_preferences(work, quiet_from="22:00", quiet_to="06:00")
        await service.set_preferences(work, quiet_from="21:30", quiet_to="05:00")

    async with world.company.work(world.lin) as work:
        mine = await service.preferences(work)
    async with world.company.work(wang) as work:
        hers = await service.preferences(work)
        others = await work.session.get(Preference, (world.company.id, world.lin))

    assert mine is not None and (mine.quiet_from, mine.quiet_to) == ("21:30", "05:00")
    assert hers is None and others is None


def test_waits_grow_and_a_provider_may_only_lengthen_them() -> None:
    hour = timedelta(hours=1)
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)

    assert timing.wait_after(1, urgent=False) == timedelta(minutes=5)
    assert timing.wait_after(1, urgent=False, asked=hour) == hour
    assert timing.wait_after(1, urgent=True, asked=timedelta(seconds=1)) == timedelta(seconds=30)
    assert timing.wait_after(len(timing.ORDINARY) + 1, urgent=False) is None
    assert timing.earliest(now, None, "Asia/Shanghai", urgent=False) == now

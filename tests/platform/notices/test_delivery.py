"""Carrying notices outside the app: one channel after another, every try on paper, and nothing lost in silence."""

import pytest

from anhuan_platform.notices.models import Reach
from tests.platform.notices.world import World
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

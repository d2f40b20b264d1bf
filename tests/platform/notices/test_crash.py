"""A worker killed in the middle of a call: people are told at least once, the notice is one, and both tries are on paper."""

from pathlib import Path

from anhuan_infra.jobs.post import Parcel, Post
from anhuan_infra.jobs.works import LEASE_SECONDS
from anhuan_infra.settings import Settings
from anhuan_platform.notices.models import Reach
from tests.platform.notices.world import World
from tests.support import processes
from tests.support.sink import HANG
from tests.support.waiting import until


async def test_a_worker_killed_during_the_call_is_followed_by_another_under_the_same_key(
    world: World, settings: Settings, env: dict[str, str], tmp_path: Path
) -> None:
    await world.hook()
    world.sink.answer(HANG)
    key = await world.tell()
    (row,) = await world.due()
    allowed = env | {"ANHUAN_EGRESS_ALLOW": "127.0.0.0/8"}

    with processes.worker(allowed, tmp_path / "log", "anhuan_graphql.worker") as worker:
        Post(settings).send([Parcel(world.company.id, row, "notices.deliver")])
        await until(lambda: len(world.sink.attempts) == 1)
        worker.kill()
    halfway = await world.tried(key)
    world.sink.behave()
    await world.carry()
    too_early = len(world.sink.attempts)
    await world.pass_time(LEASE_SECONDS)
    await world.carry()

    notice = await world.notice(key)
    assert halfway == [("hook", "sending")]
    assert too_early == 1
    assert await world.tried(key) == [("hook", "unknown"), ("hook", "delivered")]
    assert (notice.reach, notice.rounds) == (Reach.DELIVERED, 0)
    first, second = world.sink.attempts
    assert first.key == second.key
    assert first.key is not None and first.key.startswith("e-")

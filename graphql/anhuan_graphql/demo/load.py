"""`anhuan demo load`: sets the demo group up once, with its last weeks, and writes down who may sign in."""

import argparse
import asyncio
import json
import os
import sys
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anhuan_graphql import jobs, tables
from anhuan_graphql.demo import playing, setting_up, stories, structure
from anhuan_graphql.demo.group import SIGN_INS
from anhuan_graphql.demo.stage import Stage
from anhuan_infra.db.engine import Sessions, create_engine, create_sessions
from anhuan_infra.errors import Refused
from anhuan_infra.evidence.address import Address
from anhuan_infra.evidence.inspector import Inspector
from anhuan_infra.evidence.store import Store
from anhuan_infra.settings import BadSetting, Settings
from anhuan_infra.stack.progress import Progress
from anhuan_platform.evidence import tools

FILE = "demo.json"
SILENCE = 2.5
"""Seconds after which a wait is said."""
STOPPED = "story stopped / 中止"
AT_ONCE = 3
"""Stories told side by side: one waits for the database or the store while another computes."""
_TABLES = tables.metadata
"""Rows point across rooms: every table must be known before the first is written."""


class NotInProduction(Refused):
    """The demo group has a password that is printed on the screen; it is not for production."""

    code = "DEMO_NOT_IN_PRODUCTION"
    zh = "演示集团使用公开显示的密码，不能在生产环境导入。"


async def load(settings: Settings, progress: Progress) -> Path:
    """Set everything up that is not there yet, and write HOME/demo.json last; twice is once."""
    if settings.is_production:
        raise NotInProduction()
    engine = create_engine(settings.app_database_url, pool_size=2 * AT_ONCE, application="anhuan demo")
    inspector = Inspector()
    tools.equip(Store(Address.parse(settings.s3_url), settings.s3_public_url), inspector)
    try:
        await _load(create_sessions(engine), settings, progress)
    finally:
        await inspector.close()
        await engine.dispose()
    return write(settings)


async def _load(sessions: Sessions, settings: Settings, progress: Progress) -> None:
    progress.say("demo", f"{structure.NAME}: company and roles / 建立企业与角色")
    stage = await setting_up.found(sessions, settings)
    steps: tuple[tuple[str, Callable[[Stage], Awaitable[Any]]], ...] = (
        ("650 people by workbook / 按工作簿导入 650 人", setting_up.bring_people),
        ("8 areas and 28 machines / 8 个区域、28 台设备", setting_up.mark_places),
        ("working calendars / 工作日历", setting_up.set_calendars),
        (f"{len(SIGN_INS)} sign-ins / 演示账号", setting_up.let_in),
        ("quiet hours / 免打扰时段", setting_up.set_wishes),
    )
    for said, step in steps:
        progress.say("demo", said)
        async with _heard(progress, lambda: "…"):
            await step(stage)
    await _tell_history(stage, progress)


async def _tell_history(stage: Stage, progress: Progress) -> None:
    """All stories in order, a few at once; those of one place one after another, since the later ones refer to the earlier."""
    total = len(stories.STORIES)
    progress.say("demo", f"{total} hazards of the last weeks / 近期 {total} 条隐患")
    turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
    free = asyncio.Semaphore(AT_ONCE)
    told = 0

    async def tell(number: int) -> None:
        nonlocal told
        async with free, turns[stories.STORIES[number].place]:
            try:
                await playing.play(stage, number)
            except Refused as refusal:
                # A hazard that goes no further is no reason to keep everyone out of the rest.
                progress.say("demo", f"{STOPPED} {number}: {refusal.code}: {refusal}")
        told += 1

    async with _heard(progress, lambda: f"{told}/{total}"), asyncio.TaskGroup() as group:
        for number in range(total):
            group.create_task(tell(number))


@asynccontextmanager
async def _heard(progress: Progress, how_far: Callable[[], str]) -> AsyncGenerator[None]:
    """Say every few seconds how far it is, however long it takes."""

    async def say() -> None:
        while True:
            await asyncio.sleep(SILENCE)
            progress.say("demo", how_far())

    saying = asyncio.create_task(say())
    try:
        yield
    finally:
        saying.cancel()


def write(settings: Settings) -> Path:
    """The sign-ins, for whoever prints or plays them; complete or not there at all."""
    password = setting_up.password(settings)
    entries = [
        {
            "who": f"{one.zh} / {one.en} · {one.name}",
            "tenant": structure.CODE,
            "account": one.account,
            "password": password,
        }
        for one in SIGN_INS
    ]
    path = settings.home / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_suffix(".new")
    content = json.dumps({"url": settings.public_url, "sign_ins": entries}, ensure_ascii=False, indent=1)
    descriptor = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
    begun.replace(path)
    return path


def main(argv: Sequence[str] | None = None) -> int:
    """Load from the environment; 0 when everything is there, 2 with one line when it cannot be."""
    parser = argparse.ArgumentParser(
        prog="anhuan demo load", description="Set up the demo group / 导入演示集团"
    )
    parser.parse_args(argv)
    progress = Progress()
    try:
        settings = Settings.from_env()
        jobs.load()
        path = asyncio.run(load(settings, progress))
    except (BadSetting, Refused) as problem:
        print(problem, file=sys.stderr)
        return 2
    progress.say("demo", f"ready / 已就绪 {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

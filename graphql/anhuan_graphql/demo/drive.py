"""`anhuan demo drive`: a whole day of the demo group over the public API, told step by step; non-zero at the first surprise."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx

from anhuan_graphql.demo import drill, load, proof, scenes
from anhuan_graphql.demo.api import Declined, Unexpected
from anhuan_graphql.demo.day import Album, Day, arrive, read_sign_ins
from anhuan_graphql.demo.listening import screen

EXPECTED = {
    "wei": {"hazard.reported", "case.escalated"},
    "ding": {"work.stopped", "case.escalated"},
    "gao": {"hazard.graded", "case.escalated"},
    "su": {"comment.mention"},
    "deng": {"task.due_soon"},
    "chen": {"task.rejected", "seat.handed_over"},
}
"""What some people must have been told by the end of the day."""


async def drive(
    url: str, entries: Sequence[dict[str, str]], album: Album, heads: Path | None, fast: bool
) -> None:
    """Play the day; Declined or Unexpected at whatever goes otherwise."""
    since = datetime.now(UTC) - timedelta(seconds=2)
    async with httpx.AsyncClient(base_url=url, timeout=30, trust_env=False) as client:
        visitors = await arrive(client, entries)
        me = await visitors["ding"].ask("{ me { company { id name zone } } }")
        print(
            f"{me['company']['name']} · {len(visitors)} people signed in / {len(visitors)} 人已登录",
            flush=True,
        )
        machines = await visitors["ding"].ask("{ assets { id code } }")
        async with screen(visitors["wei"], url) as watching:
            day = Day(
                url, visitors, album, watching, fast, me["company"]["id"], ZoneInfo(me["company"]["zone"]),
                machines={one["code"]: one["id"] for one in machines},
            )  # fmt: skip
            noted = [one for one in [await proof.head(day)] if one]
            late = await drill.begin(day)
            await scenes.general(day)
            await scenes.major(day)
            await scenes.by_outsiders(day)
            climbed = await drill.watch(day, late)
        await proof.prove(day, noted, heads)
        await proof.notices(day, since, EXPECTED)
        print(
            f"\n✔ {len(day.closed)} 条隐患闭环，{len(climbed['escalations'])} 级升级如期触发，操作记录完整 · "
            f"{len(day.closed)} cases closed, {len(climbed['escalations'])} rungs fired in time, the record is whole",
            flush=True,
        )


def main(argv: Sequence[str] | None = None) -> int:
    """0 when the whole day went as written; 1 and one line otherwise."""
    home = Path(os.environ.get("ANHUAN_HOME") or ".anhuan")
    parser = argparse.ArgumentParser(
        prog="anhuan demo drive", description="Play a day of the demo group / 演示集团的一天"
    )
    parser.add_argument("--url", help="where the program answers / 服务地址")
    parser.add_argument("--home", type=Path, default=home, help="data folder / 数据目录")
    parser.add_argument("--photos", type=Path, help="folder of photos to send / 照片目录")
    parser.add_argument("--fast", action="store_true", help="without pauses / 不停顿")
    asked = parser.parse_args(argv)
    try:
        url, entries = read_sign_ins(asked.home / load.FILE)
        heads = Path(os.environ.get("ANHUAN_HEADS_DIR") or asked.home / "heads")
        asyncio.run(drive((asked.url or url).rstrip("/"), entries, Album(asked.photos), heads, asked.fast))
    except (Unexpected, Declined, httpx.HTTPError, OSError) as problem:
        print(
            f"\n✘ 与预期不符 · not as expected: {problem or type(problem).__name__}",
            file=sys.stderr,
            flush=True,
        )
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

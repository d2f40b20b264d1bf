"""The program as a visitor meets it: `up` loads the demo group, a second load changes nothing, and a whole day goes as written."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from anhuan_graphql.demo import load, stories
from anhuan_graphql.demo.api import Visitor
from anhuan_infra.stack import state
from tests.infra.stack.running import READY, ROOT, Running

UP = (sys.executable, "-m", "anhuan_graphql.cli", "up", "--for-tests")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A whole installation with the demo group, freshly loaded; ended with the module."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    with Running(folder, UP) as stack:
        stack.until(READY, timeout=240)
        yield folder


def _anhuan(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command beside the running installation."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("ANHUAN_")}
    return subprocess.run(
        [sys.executable, "-m", "anhuan_graphql.cli", *words],
        cwd=ROOT,
        env=clean | state.read_runtime(home),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


async def _figures(home: Path) -> dict[str, Any]:
    """How much there is, as the safety director sees it over the API."""
    kept = json.loads((home / load.FILE).read_text())
    entry = next(one for one in kept["sign_ins"] if one["account"] == "ding")
    async with httpx.AsyncClient(base_url=kept["url"], timeout=30, trust_env=False) as client:
        ding = Visitor(client, "ding", "丁安平", "")
        await ding.sign_in(entry["tenant"], entry["password"])
        first = ding.tokens["refreshToken"]
        # A day is longer than a token lives; the next question renews it.
        ding.tokens["accessExpiresAt"] = datetime.now(UTC).isoformat()
        await ding.token()
        assert ding.tokens["refreshToken"] != first
        return {
            "people": (await ding.ask("{ people(first: 1) { totalCount } }"))["totalCount"],
            "hazards": (await ding.ask("{ hazards(first: 1) { totalCount } }"))["totalCount"],
            "units": len(await ding.ask("{ organisation { id } }")),
            "areas": len(await ding.ask("{ areas { id } }")),
            "assets": len(await ding.ask("{ assets { id } }")),
            "parties": sorted(one["kind"] for one in await ding.ask("{ parties { kind } }")),
        }


async def test_up_loads_the_whole_group_and_a_second_load_changes_nothing(home: Path) -> None:
    first = await _figures(home)

    again = _anhuan(home, "demo", "load")

    assert first == {
        "people": 650 + 11,
        "hazards": len(stories.STORIES),
        "units": 68,
        "areas": 8,
        "assets": 28,
        "parties": ["CONTRACTOR", "CONTRACTOR", "MAINTENANCE", "SUPPLIER", "SUPPLIER"],
    }
    assert load.STOPPED not in (home / "log" / "demo.log").read_text(), (
        "every story goes as far as it is told"
    )
    assert again.returncode == 0, again.stderr
    assert await _figures(home) == first


async def test_a_whole_day_goes_as_written_with_photos_from_real_cameras(home: Path, data: Path) -> None:
    played = _anhuan(home, "demo", "drive", "--fast", "--photos", str(data / "exif_photos"))

    assert played.returncode == 0, played.stdout[-3000:] + played.stderr
    assert "4 cases closed, 5 rungs fired in time, the record is whole" in played.stdout
    assert "rung 5 climbs and stops the work" in played.stdout
    assert "entries whole, against the anchors" in played.stdout
    assert "DSCN0010.jpg" in played.stdout


async def test_what_goes_otherwise_ends_the_day_with_one_line_and_a_code(home: Path, tmp_path: Path) -> None:
    kept = json.loads((home / load.FILE).read_text())
    for entry in kept["sign_ins"]:
        entry["password"] = "Not-the-0ne"
    (tmp_path / load.FILE).write_text(json.dumps(kept))

    played = _anhuan(home, "demo", "drive", "--fast", "--home", str(tmp_path))

    assert played.returncode == 1
    assert played.stderr.strip().count("\n") == 0
    assert "SIGN_IN" in played.stderr

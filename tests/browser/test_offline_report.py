"""A hazard is reported where there is no network, by a phone that dies twice, over a network that loses answers: it arrives once and whole."""

import json
import os
import random
from pathlib import Path

import pytest
from playwright.async_api import Playwright

from anhuan_infra.ids import new_id
from anhuan_platform.evidence.models import EvidenceStatus
from tests.browser import ledger
from tests.browser.crew import a_worker
from tests.browser.house import House
from tests.browser.pocket import begin, dies_and_comes_back
from tests.support.browser import axe
from tests.support.browser.faulty import Answered, Changed, Lost
from tests.support.browser.profile import Profile
from tests.support.plant import Plant

KILLS = int(os.environ.get("ANHUAN_KILLS", "3"))
"""How many moments of the second death are tried."""
LATEST = 4.0
"""Seconds after the network is back within which the second death falls."""


@pytest.mark.parametrize("moment", range(KILLS))
async def test_a_report_survives_two_deaths_and_a_bad_network(
    playwright: Playwright, house: House, plant: Plant, photos: list[Path], tmp_path: Path, moment: int
) -> None:
    account = await a_worker(plant)
    owner = (plant.company.id, plant.people[account])
    async with Profile(playwright, tmp_path / "profile", house.web.url) as profile:
        window, field = await begin(profile, plant, account)
        await window.context.set_offline(True)
        house.out_of_reach()

        await field.says("无网络，可照常上报")
        await field.count_taps()
        await field.snap(photos[0])
        await field.add(*photos[1:3])
        await field.photos_are(3)
        await window.look(field.page, "report")
        await axe.check(field.page)
        await field.submit("机械防护")
        await field.says("已保存到本机")
        assert await field.taps() == (4, 0)  # camera, gallery, kind, submit; nothing typed
        await window.look(field.page, "saved-offline")
        await axe.check(field.page)

        window, field, seconds = await dies_and_comes_back(profile, offline=True)
        print(f"opened without network in {seconds:.2f} s")
        await field.says("1 条待上传")
        await window.look(field.page, "home-offline-waiting")
        await axe.check(field.page)
        kept = await field.base(*owner)
        assert (len(kept["acts"]), kept["bytes"]) == (1, 3)

        house.store.plan(Answered(503), to="/", skip=1)
        house.web.plan(Lost(), to="reportHazard", times=2)
        house.back()
        await window.context.set_offline(False)
        delay = random.Random(f"{moment}").uniform(0, LATEST)
        await field.page.wait_for_timeout(delay * 1000)
        print(f"killed {delay:.2f} s after the network was back, {house.web.times('reportHazard')} sent")

        window, field, _ = await dies_and_comes_back(profile, offline=False)
        await field.says("已上报，照片已归档")
        await window.look(field.page, "home-filed")

        [hazard] = await ledger.reported_by(plant, account)
        files = await ledger.photos_of(plant, account)
        assert kept["acts"][0]["id"] == str(hazard)
        assert len(files) == len({digest for _, digest in files.values()}) == 3
        assert {status for status, _ in files.values()} == {EvidenceStatus.DURABLE}
        left = await field.base(*owner)
        assert left["bytes"] == 0
        assert [(act["state"], act["receipt"]["level"]) for act in left["acts"]] == [("done", "durable")]
        assert window.unexpected() == []


async def test_photos_stay_on_the_phone_until_they_are_safe(
    playwright: Playwright, house: House, plant: Plant, photos: list[Path], tmp_path: Path
) -> None:
    account = await a_worker(plant)
    owner = (plant.company.id, plant.people[account])
    async with Profile(playwright, tmp_path / "profile", house.web.url) as profile:
        _, field = await begin(profile, plant, account)
        house.store.down()
        await field.snap(photos[0])
        await field.photos_are(1)
        await field.submit("消防")
        await field.says("上报成功")
        there = await field.base(*owner)
        house.store.up()
        await field.says("1 张照片已归档")

        assert there["bytes"] == 1
        assert (await field.base(*owner))["bytes"] == 0
        assert {status for status, _ in (await ledger.photos_of(plant, account)).values()} == {
            EvidenceStatus.DURABLE
        }


async def test_a_phone_that_forgot_its_number_would_be_noticed(
    playwright: Playwright, house: House, plant: Plant, tmp_path: Path
) -> None:
    """The detector detects: if each try carried a fresh id, the same journey would leave two hazards, and this is how it shows."""

    def with_a_fresh_id(body: bytes) -> bytes:
        asked = json.loads(body)
        asked["variables"]["input"]["id"] = str(new_id())
        return json.dumps(asked).encode()

    account = await a_worker(plant)
    async with Profile(playwright, tmp_path / "profile", house.web.url) as profile:
        _, field = await begin(profile, plant, account)
        house.web.plan(Changed(with_a_fresh_id), to="reportHazard", times=1)
        # In words: a photo that two reports name is refused, which would hide what is to be seen here.
        await field.write("配电室地面积水")
        await field.submit("电气线路")
        await field.says("上报成功")

        assert len(await ledger.reported_by(plant, account)) == 2

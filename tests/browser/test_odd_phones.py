"""Phones as they are: no camera, no position, no room, a clock that is a day wrong."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Geolocation, Page, Playwright, expect

from anhuan_platform.evidence.models import EvidenceStatus
from tests.browser import ledger
from tests.browser.crew import a_worker
from tests.browser.field import OF_THE_NETWORK, Field
from tests.browser.house import House, Open
from tests.browser.pocket import begin, dies_and_comes_back
from tests.support.browser import axe, chromium
from tests.support.browser.profile import Profile
from tests.support.browser.window import PRESS, Window, window
from tests.support.plant import Plant


async def test_without_a_camera_one_types_the_code(opened: Open, plant: Plant) -> None:
    phone = await opened(await a_worker(plant))
    page = await phone.context.new_page()
    # As a browser answers when the person, or the machine, says no.
    await page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    )
    await page.goto(f"{phone.url}/app/scan")
    field = Field(page)
    await field.says("没有相机权限")
    await phone.look(page, "scan-denied")
    await axe.check(page)
    await page.get_by_role("button", name="输入编号").click()

    await page.get_by_role("textbox", name="标签编号").wait_for()


BEIJING: Geolocation = {"latitude": 39.9042, "longitude": 116.4074, "accuracy": 15}


@pytest.mark.parametrize(
    ("place", "said"),
    [(None, "未定位（没有定位权限）"), (BEIJING, "已定位，精度约 15 米"), (PRESS, "冲压区")],
    ids=["denied", "far", "there"],
)
async def test_wherever_a_phone_is_one_reports_and_no_place_is_made_up(
    browser: Browser, house: House, plant: Plant, place: Geolocation | None, said: str
) -> None:
    account = await a_worker(plant)
    async with window(browser, house.web.url, place=place) as phone:
        await phone.sign_in(plant.company.code, account)
        field = Field(await phone.open("/app/"))
        await field.write("车间照明不足")
        await field.says(said)
        await field.submit("现场环境")
        await field.says("上报成功")

    [hazard] = [await plant.hazard(one) for one in await ledger.reported_by(plant, account)]
    told = place or {}
    assert (hazard.latitude, hazard.longitude) == (told.get("latitude"), told.get("longitude"))
    assert hazard.area_id == (plant.area_id if place == PRESS else None)


@pytest.fixture
async def candid(playwright: Playwright) -> AsyncIterator[Browser]:
    """A Chromium that tells pages how much room there really is; by default new ones tell everybody the same."""
    flags = [*chromium.FLAGS, "--disable-features=StaticStorageQuota"]
    browser = await playwright.chromium.launch(executable_path=chromium.find(), args=flags)
    yield browser
    await browser.close()


async def leave_room(phone: Window, page: Page, more: int) -> None:
    """Let the machine have so many bytes beyond what the app uses already."""
    used = await page.evaluate("async () => (await navigator.storage.estimate()).usage")
    session = await phone.context.new_cdp_session(page)
    await session.send("Storage.overrideQuotaForOrigin", {"origin": phone.url, "quotaSize": int(used) + more})


async def test_a_full_phone_takes_no_photos_and_still_reports(
    candid: Browser, house: House, plant: Plant, photos: list[Path]
) -> None:
    account = await a_worker(plant)
    async with window(candid, house.web.url) as phone:
        await phone.sign_in(plant.company.code, account)
        field = Field(await phone.open("/app/"))
        await field.is_ready()
        await leave_room(phone, field.page, 20_000)
        await field.snap(photos[0])
        await field.says("本机存储快满了，不能再加照片；文字仍可上报")
        await leave_room(phone, field.page, 300_000)
        await field.page.get_by_role("textbox").first.fill("机油泄漏，已放吸油毡")
        await field.submit("现场环境")
        await field.says("上报成功")

    assert len(await ledger.reported_by(plant, account)) == 1


async def test_a_phone_that_cannot_keep_it_says_so_and_hands_it_over(
    opened: Open, house: House, plant: Plant, photos: list[Path], tmp_path: Path
) -> None:
    account = await a_worker(plant)
    phone = await opened(account)
    phone.expects(OF_THE_NETWORK)
    field = Field(await phone.open("/app/"))
    await field.is_ready()
    house.out_of_reach()
    await field.snap(photos[0])
    await field.photos_are(1)
    # As a browser answers when the disk is full; its own quota is not enforced in windows that leave no trace.
    await field.page.evaluate(
        """() => {
            window.put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };
        }"""
    )
    await field.submit("现场环境")
    await field.says("没有保存成功")
    await phone.look(field.page, "not-saved")
    await axe.check(field.page)
    async with field.page.expect_download() as handed:
        await field.page.get_by_role("button", name="导出 / 发给安全员").click()
    written = tmp_path / "report.html"
    await (await handed.value).save_as(written)
    await field.page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    await field.page.get_by_role("button", name="重试").click()
    await field.says("已保存到本机")

    assert "现场环境" in written.read_text()
    assert "data:image/jpeg" in written.read_text()


FULL = ("--disable-features=StaticStorageQuota",)


async def test_a_phone_that_fills_up_keeps_what_it_promised_to_keep(
    playwright: Playwright, house: House, plant: Plant, photos: list[Path], tmp_path: Path
) -> None:
    account = await a_worker(plant)
    owner = (plant.company.id, plant.people[account])
    async with Profile(playwright, tmp_path / "profile", house.web.url, flags=FULL) as profile:
        phone, field = await begin(profile, plant, account)
        await phone.context.set_offline(True)
        house.out_of_reach()
        await field.snap(photos[0])
        await field.photos_are(1)
        await field.submit("机械防护")
        await field.says("已保存到本机")
        await field.page.goto(f"{house.web.url}/app/")
        await field.snap(photos[1])
        await field.photos_are(1)
        # The disk fills between the picture and the button.
        await leave_room(phone, field.page, -1)
        await field.submit("消防")
        await field.says("没有保存成功")
        await phone.look(field.page, "full-not-saved")

        _, field, _ = await dies_and_comes_back(profile, offline=True)
        await field.says("1 条待上传")
        assert (len((await field.base(*owner))["acts"]), (await field.base(*owner))["bytes"]) == (1, 1)
        house.back()
        _, field, _ = await dies_and_comes_back(profile, offline=False)
        await field.says("已上报，照片已归档")

    assert len(await ledger.reported_by(plant, account)) == 1
    assert [one for one, _ in (await ledger.photos_of(plant, account)).values()] == [EvidenceStatus.DURABLE]


MINUTES = re.compile(r"^剩 \d+ 分钟$")
"""What is left of the half hour that the gravest has until its first answer."""


@pytest.mark.parametrize("days", [-1, 1])
async def test_a_clock_that_is_a_day_wrong_is_said_and_does_no_harm(
    opened: Open, house: House, plant: Plant, days: int
) -> None:
    account = await a_worker(plant)
    case = await plant.report(account, "吊具变形")
    await plant.grade(case, "A")
    phone = await opened(account)
    phone.expects(f"{OF_THE_NETWORK}|404")
    page = await phone.open(f"/app/case/{case}")
    await expect(page.locator("main time").first).to_have_text(MINUTES)
    await page.close()
    page = await phone.context.new_page()
    # From one look to the next, as after an empty battery: what is remembered is shown first.
    await page.clock.set_system_time(datetime.now(UTC) + timedelta(days=days))
    await page.goto(f"{phone.url}/app/case/{case}")
    await expect(page.locator("main time").first).to_have_text(MINUTES, timeout=20_000)
    await page.goto(f"{phone.url}/app/")
    field = Field(page)
    await field.is_ready()
    await field.write("叉车超速")
    await field.says("本机时间与服务器相差约")
    await field.submit("厂内车辆")
    await field.says("上报成功")

    # Ids begin with the phone's own time, so that order says nothing here.
    [reported] = {*await ledger.reported_by(plant, account)} - {case}
    hazard = await plant.hazard(reported)
    assert hazard.seen_at is not None
    assert abs(hazard.seen_at - datetime.now(UTC)) < timedelta(minutes=5)

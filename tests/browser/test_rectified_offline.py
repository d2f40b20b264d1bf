"""Work is handed in where there is no network, by a phone that dies: it arrives once, somebody else checks it, and the case can be printed."""

import io
from pathlib import Path
from uuid import UUID

import pypdf
from playwright.async_api import Playwright
from sqlalchemy import select

from anhuan_infra.ids import new_id
from anhuan_platform.evidence.models import EvidenceStatus
from anhuan_platform.loops.models import CaseStatus, Task
from tests.browser import ledger
from tests.browser.hands import Hand, at_server, hand, moves_on, reaches
from tests.browser.house import House, Open
from tests.browser.pocket import begin, dies_and_comes_back
from tests.support.browser import axe
from tests.support.browser.faulty import Lost
from tests.support.browser.profile import Profile
from tests.support.plant import Plant


async def a_fitter(plant: Plant) -> str:
    """A fitter of this test's own, for whom nothing else waits."""
    account = f"chen{new_id().hex[-8:]}"
    plant.people[account] = await plant.company.person(
        "陈师傅", "fitter", unit_no=plant.units["equipment"], account=account
    )
    return account


async def handed_in(plant: Plant, case: UUID) -> list[Task]:
    """Every time that work was handed in for a case."""
    async with plant.company.house() as work:
        found = select(Task).where(Task.case_id == case, Task.step == "rectify", Task.done_at.is_not(None))
        return list(await work.session.scalars(found))


async def test_work_that_was_handed_in_without_network_is_checked_and_closed(
    playwright: Playwright, opened: Open, house: House, plant: Plant, photos: list[Path], tmp_path: Path
) -> None:
    fitter = await a_fitter(plant)
    case = await plant.report("lin", "剪板机光幕失灵")
    await plant.grade(case, "C")
    await plant.assign(case, "tlead", to=fitter)
    async with Profile(playwright, tmp_path / "profile", house.web.url) as profile:
        window, field = await begin(profile, plant, fitter)
        window.expects("404")  # the plant's first photo is a row without bytes in the store
        await field.go("待办")
        await field.page.get_by_text("剪板机光幕失灵").first.click()
        await (
            field.page.get_by_role("button", name="提交整改")
            .or_(field.page.get_by_role("link", name="提交整改"))
            .first.click()
        )
        await field.page.get_by_role("group", name="整改前").wait_for()
        await window.context.set_offline(True)
        house.out_of_reach()
        await Hand(window, field.page).put_right(photos[1], photos[2])
        await Hand(window, field.page).press("提交")
        await field.says("待上传")

        # The phone dies in the pit and is started there again.
        window, field, _ = await dies_and_comes_back(profile, offline=True, at=f"/app/case/{case}")
        window.expects("404")
        await field.says("待上传")
        await field.says("加装防护罩并校验联锁")
        await window.look(field.page, "rectified-offline-reopened")
        await axe.check(field.page)
        assert await handed_in(plant, case) == []

        # Back above ground, the server's answers are lost twice.
        house.web.plan(Lost(), to="submitRectification", times=2)
        house.back()
        await window.context.set_offline(False)
        await reaches(plant, case, "accept")

        [task] = await handed_in(plant, case)
        assert task.done_by == plant.people[fitter]
        assert (task.answers or {})["measures"] == "加装防护罩并校验联锁"
        await field.page.get_by_text("待上传").first.wait_for(state="hidden", timeout=60_000)
        files = await ledger.photos_of(plant, fitter)
        assert len({digest for _, digest in files.values()}) == len(files) == 2
        assert {status for status, _ in files.values()} <= {EvidenceStatus.STORED, EvidenceStatus.DURABLE}
        assert window.unexpected() == []

    before = await plant.open_steps(case)
    tlead = await hand(opened, "tlead", case, "review")
    tlead.phone.expects("404")
    await tlead.page.get_by_text("加装防护罩并校验联锁").first.wait_for()
    await tlead.approve(photos[0])
    await moves_on(plant, case, before)
    for account in ("wei", "leader", "whead", "wei"):
        await plant.review(case, account)

    assert (await at_server(plant, case)).status == CaseStatus.CLOSED
    page = await tlead.phone.open(f"/app/case/{case}")
    await page.get_by_text("已闭环").first.wait_for()
    address = await page.get_by_role("link", name="下载闭环单").get_attribute("href")
    paper = await tlead.phone.context.request.get(f"{house.web.url}{address}")
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(await paper.body())).pages)
    assert all(words in text for words in ("剪板机光幕失灵", "加装防护罩并校验联锁", "陈师傅")), text

"""A hazard goes round the whole loop in people's hands: reported, graded, assigned, put right, checked four times, closed and proven."""

import json
from pathlib import Path

from playwright.async_api import expect

from anhuan_platform.loops.models import CaseStatus
from tests.browser import ledger
from tests.browser.crew import a_worker
from tests.browser.field import OF_THE_NETWORK, Field
from tests.browser.hands import at_server, hand, moves_on, reaches
from tests.browser.house import House, Open
from tests.support.browser.window import DESK
from tests.support.plant import Plant
from tests.support.waiting import until

VERIFICATION = "query($id: UUID!) { caseVerification(id: $id) { state entries } }"


async def test_a_hazard_goes_round_the_whole_loop(
    opened: Open, house: House, plant: Plant, photos: list[Path]
) -> None:
    board = await opened("wei", DESK)
    board.expects(OF_THE_NETWORK)
    seen = await board.open("/console/board")
    # A column shows its first cards; other tests' hazards may be due before this one.
    await seen.get_by_text("按上报时间").click()
    await seen.wait_for_load_state("networkidle")
    reporter = await a_worker(plant)
    at_the_press = await opened(reporter)
    at_the_press.expects(OF_THE_NETWORK)
    lin = Field(await at_the_press.open("/app/"))
    await lin.snap(photos[0])
    await lin.photos_are(1)
    await lin.submit("机械防护")
    await lin.says("上报成功")
    [case] = await ledger.reported_by(plant, reporter)
    row = await at_server(plant, case)
    await expect(seen.get_by_text(row.number).first).to_be_visible(timeout=20_000)
    await board.look(seen, "board-live")

    wei = await hand(opened, "wei", case, "grade")
    await wei.page.get_by_role("radio", name="C · 一般隐患").click()
    await wei.press("确定等级")
    await reaches(plant, case, "assign")

    tlead = await hand(opened, "tlead", case, "assign")
    await tlead.page.get_by_role("button", name="责任人").click()
    await (
        tlead.page.get_by_role("searchbox")
        .or_(tlead.page.get_by_placeholder("姓名、拼音或账号"))
        .first.fill("陈师傅")
    )
    await tlead.page.get_by_role("dialog").get_by_text("陈师傅").first.click()
    await tlead.press("派发")
    await reaches(plant, case, "rectify")

    # In the pit there is no network: the work is handed in there all the same.
    fitter = await hand(opened, "fitter", case, "rectify")
    await fitter.page.get_by_role("group", name="整改前").wait_for()
    await fitter.page.wait_for_load_state("networkidle")
    house.out_of_reach()
    await fitter.put_right(photos[1], photos[2])
    await fitter.phone.look(fitter.page, "rectify-offline")
    await fitter.press("提交")
    await fitter.page.get_by_text("待上传").first.wait_for()
    await fitter.phone.look(fitter.page, "rectify-waiting")
    house.back()
    await fitter.page.evaluate("() => dispatchEvent(new Event('online'))")
    await reaches(plant, case, "accept")

    for account in ("tlead", "wei", "leader", "whead", "wei"):
        before = await plant.open_steps(case)
        reviewer = await hand(opened, account, case, "review")
        await reviewer.approve(photos[(3 + len(before)) % len(photos)])
        await moves_on(plant, case, before)

    closed = await at_server(plant, case)
    assert (closed.status, closed.stage) == (CaseStatus.CLOSED, "closed")
    paper = await board.context.request.get(f"{house.web.url}/cases/{case}.pdf")
    assert (paper.status, (await paper.body())[:5]) == (200, b"%PDF-")

    async def is_proven() -> bool:
        answer = await board.context.request.post(
            f"{house.web.url}/graphql", data={"query": VERIFICATION, "variables": {"id": str(case)}}
        )
        state: str = json.loads(await answer.text())["data"]["caseVerification"]["state"]
        return state == "VERIFIED"

    await until(is_proven)

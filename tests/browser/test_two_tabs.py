"""Two pages of the app in one browser: one queue, one session, each thing sent once."""

import asyncio

from tests.browser import ledger
from tests.browser.crew import a_worker
from tests.browser.field import OF_THE_NETWORK, Field
from tests.browser.house import House, Open
from tests.support.plant import Plant


async def test_two_pages_share_one_queue(opened: Open, house: House, plant: Plant) -> None:
    account = await a_worker(plant)
    phone = await opened(account)
    phone.expects(OF_THE_NETWORK)
    first, second = Field(await phone.open("/app/")), Field(await phone.open("/app/"))
    await first.is_ready()
    house.out_of_reach()
    for field, text in ((first, "护栏松动，已用警戒带隔离"), (second, "行车限位失灵，已停用")):
        await field.write(text)
        await field.submit("其他")
        await field.says("已保存到本机")
    await asyncio.gather(*(field.page.goto(f"{house.web.url}/app/") for field in (first, second)))
    await asyncio.gather(*(field.says("2 条待上传") for field in (first, second)))
    house.back()
    for field in (first, second):
        await field.page.evaluate("() => dispatchEvent(new Event('online'))")
    await asyncio.gather(*(field.says("2 条已上报") for field in (first, second)))

    assert len(await ledger.reported_by(plant, account)) == 2
    assert house.web.times("reportHazard") == 2


async def test_who_leaves_in_one_page_has_left_in_both(opened: Open, plant: Plant) -> None:
    phone = await opened(await a_worker(plant))
    first, second = Field(await phone.open("/app/")), Field(await phone.open("/app/"))
    await second.says("随手拍隐患")
    await first.leave()

    await second.page.get_by_label("企业代码").wait_for()

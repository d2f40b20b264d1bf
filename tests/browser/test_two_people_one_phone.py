"""Two people share a phone: what one left waiting is neither shown to the other nor sent in the other's name."""

from pathlib import Path

from tests.browser import ledger
from tests.browser.crew import a_worker, sign_out_from_afar
from tests.browser.field import OF_THE_NETWORK, Field
from tests.browser.house import House, Open
from tests.support.browser import axe
from tests.support.browser.faulty import Answered
from tests.support.plant import Plant
from tests.support.waiting import until


async def test_what_waits_belongs_to_one_person(
    opened: Open, house: House, plant: Plant, photos: list[Path]
) -> None:
    lin, wei = await a_worker(plant), await a_worker(plant)
    code = plant.company.code
    phone = await opened(None)
    phone.expects(OF_THE_NETWORK)
    field = Field(await phone.open("/app/"))
    await field.sign_in(code, lin)
    await field.is_ready()
    house.out_of_reach()
    await field.snap(photos[0])
    await field.photos_are(1)
    await field.submit("高处作业")
    await field.says("已保存到本机")

    # Weeks in a drawer: the session is gone, and the phone hears of it when it has network again.
    await sign_out_from_afar(plant, lin)
    house.back()
    await field.page.reload()
    await field.says("登录已过期，1 条待上传，重新登录后自动继续")
    await phone.look(field.page, "session-ended")
    await axe.check(field.page)

    # The other person comes in on the same phone.
    await field.page.goto(f"{house.web.url}/app/")
    house.web.plan(Answered(503), to="reportHazard", times=1000)
    await field.leave()
    await field.says("本机还有 1 条记录待上传")
    await axe.check(field.page)
    house.web.forget()
    await field.sign_in(code, wei)
    await field.go("首页")
    await field.says("随手拍隐患")
    assert "高处作业" not in await field.page.inner_text("body")
    assert "待上传" not in await field.page.inner_text("body")
    await field.go("上报")
    await field.says("还没有上报过隐患")
    base = await field.base(plant.company.id, plant.people[wei])
    assert base == {"acts": [], "bytes": 0}
    assert await ledger.reported_by(plant, wei) == []
    assert await ledger.reported_by(plant, lin) == []
    assert house.web.times("reportHazard") == 0

    # And the first one again.
    await field.leave()
    await field.sign_in(code, lin)

    async def has_arrived() -> bool:
        return len(await ledger.reported_by(plant, lin)) == 1

    await until(has_arrived, 40)
    assert await ledger.reported_by(plant, wei) == []

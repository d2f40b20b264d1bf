"""Sessions that run out, and renewals whose answer is lost: the person notices nothing while there is a way on."""

from tests.browser import ledger
from tests.browser.crew import a_worker, sign_out_from_afar
from tests.browser.field import OF_THE_NETWORK, Field
from tests.browser.house import House, Open
from tests.support.browser.faulty import Answered, Lost
from tests.support.people import PASSWORD
from tests.support.plant import Plant

UNAUTHORISED = "40[01]"


async def test_a_session_is_renewed_unseen_even_if_the_answer_is_lost(
    opened: Open, house: House, plant: Plant
) -> None:
    account = await a_worker(plant)
    phone = await opened(account)
    phone.expects(OF_THE_NETWORK)
    phone.expects(UNAUTHORISED)
    field = Field(await phone.open("/app/"))
    await field.is_ready()
    await phone.context.clear_cookies(name="anhuan_access")
    house.web.plan(Lost(), to="refresh", times=2)
    await field.write("消防通道被货物堵住")
    await field.submit("消防")
    await field.says("上报成功")

    assert house.web.times("refresh") >= 2
    assert len(await ledger.reported_by(plant, account)) == 1
    assert "登录已过期" not in await field.page.inner_text("body")


async def test_a_session_that_is_over_keeps_what_waits_for_the_same_person(
    opened: Open, house: House, plant: Plant
) -> None:
    account = await a_worker(plant)
    phone = await opened(account)
    phone.expects(OF_THE_NETWORK)
    phone.expects(UNAUTHORISED)
    field = Field(await phone.open("/app/"))
    await field.is_ready()
    await sign_out_from_afar(plant, account)
    await field.write("配电箱门缺失")
    await field.submit("电气线路")
    await field.says("登录已过期，1 条待上传，重新登录后自动继续")
    await field.page.get_by_role("button", name="重新登录").click()
    await field.says("你有 1 条待上传，登录后自动继续")
    assert await field.page.get_by_label("账号 / 手机号 / 邮箱").input_value() == account
    assert await field.page.get_by_label("账号 / 手机号 / 邮箱").is_editable() is False
    await field.page.get_by_label("密码", exact=True).fill(PASSWORD)
    await field.page.get_by_role("button", name="登录", exact=True).click()
    await field.says("上报成功")

    assert len(await ledger.reported_by(plant, account)) == 1


async def test_a_session_that_ends_amid_a_queue_leaves_nothing_behind_and_sends_nothing_twice(
    opened: Open, house: House, plant: Plant
) -> None:
    account = await a_worker(plant)
    phone = await opened(account)
    phone.expects(OF_THE_NETWORK)
    phone.expects(UNAUTHORISED)
    field = Field(await phone.open("/app/"))
    await field.is_ready()
    house.out_of_reach()
    for text in ("护栏缺一段", "灭火器过期", "通道堆料"):
        await field.page.goto(f"{house.web.url}/app/")
        await field.write(text)
        await field.submit("其他")
        await field.says("已保存到本机")
    waiting = [act["id"] for act in (await field.base(plant.company.id, plant.people[account]))["acts"]]
    await field.page.goto(f"{house.web.url}/app/")
    await field.says("3 条待上传")
    house.web.plan(Answered(503), to="reportHazard", times=1000, skip=1)
    house.back()
    await field.page.evaluate("() => dispatchEvent(new Event('online'))")
    await field.says("2 条待上传")
    await sign_out_from_afar(plant, account)
    house.web.forget()
    await field.page.goto(f"{house.web.url}/app/")
    await field.says("登录已过期，2 条待上传，重新登录后自动继续")
    assert len(await ledger.reported_by(plant, account)) == 1
    await phone.look(field.page, "queue-session-ended")
    await field.page.get_by_role("button", name="重新登录").click()
    await field.page.get_by_label("密码", exact=True).fill(PASSWORD)
    await field.page.get_by_role("button", name="登录", exact=True).click()
    await field.says("3 条已上报")

    assert [str(one) for one in await ledger.reported_by(plant, account)] == sorted(waiting)
    assert len(waiting) == 3

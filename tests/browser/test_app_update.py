"""A new version of the app arrives while something waits: nothing is lost, and nobody is torn out of their work."""

import httpx
import pytest

from tests.browser import ledger
from tests.browser.crew import a_worker
from tests.browser.field import OF_THE_NETWORK, Field
from tests.browser.house import House, Open
from tests.support.browser.faulty import Answered, Late
from tests.support.plant import Plant


@pytest.fixture
async def newer(house: House) -> bytes:
    """The service worker of a later build."""
    async with httpx.AsyncClient(trust_env=False) as client:
        text = (await client.get(f"{house.web.url}/app/sw.js")).text
    house.web.forget()
    assert "const CACHE = PREFIX + '" in text
    return text.replace("const CACHE = PREFIX + '", "const CACHE = PREFIX + 'later ").encode()


async def test_a_new_version_waits_until_it_is_let_in(
    opened: Open, house: House, plant: Plant, newer: bytes
) -> None:
    account = await a_worker(plant)
    phone = await opened(account)
    phone.expects(OF_THE_NETWORK)
    field = Field(await phone.open("/app/"))
    await field.is_ready()
    house.web.plan(Answered(503), to="/graphql", times=1000)
    await field.write("空压站异响")
    await field.submit("特种设备")
    await field.says("已保存到本机")
    house.web.plan(Answered(200, newer, "text/javascript"), to="/app/sw.js", times=1000)
    await field.page.goto(f"{house.web.url}/app/")
    await field.says("1 条待上传")
    await field.says("有新版本，点此更新")
    await phone.look(field.page, "update-ready")

    # While something is on its way, the new version is asked to wait.
    house.web.forget()
    house.web.plan(Answered(200, newer, "text/javascript"), to="/app/sw.js", times=1000)
    house.web.plan(Late(3), to="reportHazard")
    await field.page.evaluate("() => dispatchEvent(new Event('online'))")
    await field.page.get_by_text("有新版本，点此更新").click()
    await field.says("正在上传，完成后再更新")
    await field.says("1 条已上报")
    async with field.page.expect_navigation():
        await field.page.get_by_text("有新版本，点此更新").click()
    await field.is_ready()
    caches = await field.page.evaluate("() => caches.keys()")

    assert len(await ledger.reported_by(plant, account)) == 1
    assert len([name for name in caches if name.startswith("anhuan /app/")]) == 1
    assert "later" in caches[0]


async def test_a_version_that_cannot_be_had_whole_is_not_taken(
    opened: Open, house: House, plant: Plant, newer: bytes
) -> None:
    phone = await opened(await a_worker(plant))
    phone.expects(OF_THE_NETWORK)
    field = Field(await phone.open("/app/"))
    await field.is_ready()
    house.web.plan(Answered(200, newer, "text/javascript"), to="/app/sw.js", times=1000)
    house.web.plan(Answered(502), to="/app/assets/", times=1000)
    await field.page.evaluate(
        """async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            const update = registration.update().catch(() => undefined);
            await update;
            const worker = registration.installing;
            if (worker) await new Promise((done) => { worker.onstatechange = () => worker.state === 'redundant' && done(); });
        }"""
    )
    house.out_of_reach()
    await phone.context.set_offline(True)
    await field.page.reload()

    await field.says("随手拍隐患")

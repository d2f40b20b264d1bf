"""A server in trouble: errors, silence, answers that are cut. Reading says so and recovers, writing goes on by itself."""

import pytest

from tests.browser import ledger
from tests.browser.crew import a_worker
from tests.browser.field import OF_THE_NETWORK, Field
from tests.browser.house import House, Open
from tests.support.browser.faulty import Answered, Cut, Fault, Late, Lost
from tests.support.plant import Plant

TROUBLES: dict[str, list[Fault]] = {
    "error": [
        Answered(500),
        Answered(
            500,
            b'{"data":null,"errors":[{"message":"x","extensions":{"code":"INTERNAL"}}]}',
            "application/json",
        ),
    ],
    "gateway": [Answered(502), Answered(200, b"<html>Sign in to the hotel's network</html>")],
    "lost": [Lost(), Lost()],
    "cut": [Cut(), Cut()],
    "late": [Late(2.5)],
}


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_report_arrives_once_whatever_the_server_does(
    opened: Open, house: House, plant: Plant, trouble: str
) -> None:
    account = await a_worker(plant)
    phone = await opened(account)
    phone.expects(OF_THE_NETWORK)
    field = Field(await phone.open("/app/"))
    await field.is_ready()
    for fault in TROUBLES[trouble]:
        house.web.plan(fault, to="reportHazard")
    await field.write(f"安全阀过期未检（{trouble}）")
    await field.submit("特种设备")
    await field.says("上报成功")

    assert len(await ledger.reported_by(plant, account)) == 1


async def test_a_first_screen_without_answers_says_so_and_recovers(
    opened: Open, house: House, plant: Plant
) -> None:
    phone = await opened(await a_worker(plant))
    phone.expects(OF_THE_NETWORK)
    house.web.plan(Answered(500), to="/graphql", times=1000)
    field = Field(await phone.open("/app/"))
    await field.says("随手拍隐患")
    retry = field.page.get_by_role("button", name="重试").first
    await retry.wait_for()
    await phone.look(field.page, "home-error")
    house.web.forget()
    await retry.click()

    await field.says("暂无待办")

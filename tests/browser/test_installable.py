"""The small apps can be put on the home screen and open there without network."""

import io
import json
from urllib.parse import urljoin

import pytest
from PIL import Image

from tests.browser.crew import a_worker
from tests.browser.field import Field
from tests.browser.house import House, Open
from tests.support.plant import Plant

APPS = ("/app/", "/portal/")


@pytest.mark.parametrize("path", APPS)
async def test_the_manifest_is_one_that_phones_accept(opened: Open, house: House, path: str) -> None:
    phone = await opened(None)
    page = await phone.open(path)
    session = await phone.context.new_cdp_session(page)
    told = await session.send("Page.getAppManifest")
    problems = await session.send("Page.getInstallabilityErrors")
    manifest = json.loads(told["data"])

    assert told["errors"] == []
    # A fresh browser profile without a person's engagement is all that may be wanting.
    assert {one["errorId"] for one in problems["installabilityErrors"]} <= {"in-incognito"}
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == (path, path, "standalone")
    sizes = set[str]()
    for icon in manifest["icons"]:
        answer = await phone.context.request.get(urljoin(house.web.url, icon["src"]))
        assert answer.ok, icon
        if icon["type"] == "image/png":
            picture = Image.open(io.BytesIO(await answer.body()))
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
            sizes.add(icon["sizes"])
    assert {"192x192", "512x512"} <= sizes
    assert any("maskable" in icon.get("purpose", "") for icon in manifest["icons"])


async def test_every_screen_opens_cold_and_without_network(opened: Open, house: House, plant: Plant) -> None:
    phone = await opened(await a_worker(plant))
    phone.expects("net::ERR_")
    field = Field(await phone.open("/app/"))
    await field.is_ready()
    await field.page.close()
    house.out_of_reach()
    await phone.context.set_offline(True)

    for path, words in {
        "/app/": "随手拍隐患",
        "/app/report": "上报隐患",
        "/app/reports": "我的上报",
        "/app/scan": "扫码",
        "/app/mine": "离线使用",
        "/app/guide": "使用指南",
        "/app/tasks": "任务",
        "/app/notices": "消息",
    }.items():
        page = await phone.open(path)
        await Field(page).says(words)
        await phone.look(page, f"offline{path.replace('/', '-').rstrip('-')}")
        await page.close()

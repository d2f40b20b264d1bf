"""The installation as people meet it: API, worker and scheduler as processes on the shared servers, behind a proxy that can misbehave, and windows on it."""

import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Playwright, async_playwright

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_tenants.organisation.models import Person
from tests.browser.house import House, Open
from tests.support import processes, server
from tests.support.browser import chromium, faulty
from tests.support.browser.photos import photos as some_photos
from tests.support.browser.window import DESK, PHONE, Language, Shape, Theme, Window, window
from tests.support.plant import Plant, a_plant


@pytest.fixture(scope="session", autouse=True)
def ready_for_browsers() -> None:
    """A machine that has no browser says so, and has failed where everything must run."""
    if lacking := chromium.missing():
        if os.environ.get("CI"):
            pytest.fail(lacking)
        pytest.skip(lacking)


@pytest.fixture(scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    """The driver of browsers."""
    async with async_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
async def browser(playwright: Playwright) -> AsyncIterator[Browser]:
    """One Chromium for all tests of a process; each test has windows of its own."""
    browser = await playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
    yield browser
    await browser.close()


@pytest.fixture(scope="session")
async def house(env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """API, worker and scheduler; pages and their uploads go through proxies."""
    logs = tmp_path_factory.mktemp("house")
    async with faulty.proxy() as web, faulty.proxy(urlsplit(env["ANHUAN_S3_URL"]).port or 0) as store:
        own = {**env, "ANHUAN_PUBLIC_URL": web.url, "ANHUAN_S3_PUBLIC_URL": store.url}
        with server.running(own, logs / "api.log") as api:
            web.upstream = api.port
            with (
                processes.worker(own, logs / "worker.log", "anhuan_graphql.worker"),
                processes.scheduler(own, logs / "scheduler.log"),
            ):
                yield House(own, web, store)


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Files to send as evidence."""
    return some_photos(tmp_path_factory.mktemp("photos"))


@pytest.fixture(autouse=True)
def a_calm_network(house: House) -> None:
    """No test inherits the faults that another has planned."""
    house.web.forget()
    house.store.forget()


@pytest.fixture(scope="session")
async def plant(house: House, sessions: Sessions, settings: Settings) -> Plant:
    """A company with everyone whom the hazard loop asks for."""
    return await a_plant(sessions, settings)


@pytest.fixture
async def opened(browser: Browser, house: House, plant: Plant) -> AsyncGenerator[Open]:
    """Opens windows that are signed in as somebody; all are closed at the end, and none may have seen an error."""
    async with AsyncExitStack() as windows:

        async def a_window(
            account: str | None, shape: Shape = PHONE, language: Language = "zh", theme: Theme = "light"
        ) -> Window:
            entered = await windows.enter_async_context(
                window(browser, house.web.url, shape, language=language, theme=theme)
            )
            if account is not None:
                async with plant.company.house() as work:
                    person = await work.session.get_one(Person, (work.tenant_id, plant.people[account]))
                    person.language = language
                await entered.sign_in(plant.company.code, account)
            return entered

        yield a_window


@pytest.fixture
async def phone(opened: Open) -> Window:
    """Lin's phone: a worker of the team at the press."""
    return await opened("lin")


@pytest.fixture
async def desk(opened: Open) -> Window:
    """Wei's desk: the safety officer of the branch."""
    return await opened("wei", DESK)

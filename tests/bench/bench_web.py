"""How soon the web apps are there: a cheap phone on a bad network, an office computer, a second visit, no network at all.

`python -m tests.bench.bench_web`; with another number of visits: `ANHUAN_BENCH_VISITS=9 python -m tests.bench.bench_web`.
Milliseconds: median and, in brackets, the best. The machine's own load adds to all of them.
"""

import asyncio
import os
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.async_api import Browser, async_playwright

from anhuan_infra.db.engine import create_engine, create_sessions
from anhuan_infra.settings import Settings
from tests.support import server
from tests.support.browser import chromium, faulty
from tests.support.browser.faulty import Proxy
from tests.support.browser.speed import OFFICE, POOR_PHONE, Throttle, Timing, load, summed_up
from tests.support.browser.window import DESK, PHONE, Shape, Window, window
from tests.support.database import fresh_database
from tests.support.plant import Plant, a_plant
from tests.support.stack import ensure_stack

VISITS = int(os.environ.get("ANHUAN_BENCH_VISITS", "5"))
SECOND_VISIT = 1_000
"""Milliseconds that a warm or offline start of the field app may take."""


@dataclass(frozen=True)
class App:
    """One web app: where it is, who opens it on what, and how soon it has to be there (milliseconds)."""

    name: str
    path: str
    account: str
    shape: Shape
    throttle: Throttle
    lcp: int
    tti: int


APPS = (
    App("field", "/app/", "lin", PHONE, POOR_PHONE, 2_500, 3_000),
    App("portal", "/portal/", "lin", PHONE, POOR_PHONE, 2_800, 3_500),
    App("console", "/console/", "wei", DESK, OFFICE, 2_500, 2_500),
)


async def cold(browser: Browser, url: str, plant: Plant, app: App) -> list[Timing]:
    """Each visit is a first one."""
    timings: list[Timing] = []
    for _ in range(VISITS):
        async with window(browser, url, app.shape) as opened:
            await opened.sign_in(plant.company.code, app.account)
            timings.append(await load(opened.context, url + app.path, app.throttle))
    return timings


async def again(browser: Browser, proxy: Proxy, plant: Plant, app: App, *, offline: bool) -> list[Timing]:
    """The first visit is not counted; the service worker has everything before the second."""
    async with window(browser, proxy.url, app.shape) as opened:
        await opened.sign_in(plant.company.code, app.account)
        await installed(opened, app.path)
        if offline:
            opened.expects("net::ERR_")
            proxy.down()
            await opened.context.set_offline(True)
        try:
            return [await load(opened.context, proxy.url + app.path, app.throttle) for _ in range(VISITS)]
        finally:
            proxy.up()


async def installed(opened: Window, path: str) -> None:
    """Visit once and wait until the page's service worker is in charge."""
    page = await opened.open(path)
    await page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    await page.reload()
    await page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    await page.close()


async def measure() -> int:
    """Print every figure; the exit code tells whether the promised ones are kept."""
    if lacking := chromium.missing():
        print(f"NOT MEASURED / 未测量: {lacking}")
        return 1
    late: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        async with AsyncExitStack() as stack:
            env = stack.enter_context(fresh_database(ensure_stack(), home))
            proxy = await stack.enter_async_context(faulty.proxy())
            env = {**env, "ANHUAN_PUBLIC_URL": proxy.url}
            settings = Settings.from_env(env)
            engine = create_engine(settings.app_database_url)
            stack.push_async_callback(engine.dispose)
            plant = await a_plant(create_sessions(engine), settings)
            api = stack.enter_context(server.running(env, home / "api.log"))
            proxy.upstream = api.port
            driver = await stack.enter_async_context(async_playwright())
            browser = await driver.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
            stack.push_async_callback(browser.close)
            for app in APPS:
                timings = await cold(browser, proxy.url, plant, app)
                print(summed_up(f"{app.name} cold", timings), flush=True)
                late += judged(f"{app.name} cold LCP", [one.lcp for one in timings], app.lcp)
                late += judged(f"{app.name} cold TTI", [one.tti for one in timings], app.tti)
            for offline in (False, True):
                name = f"field {'offline' if offline else 'warm'}"
                timings = await again(browser, proxy, plant, APPS[0], offline=offline)
                print(summed_up(name, timings), flush=True)
                late += judged(f"{name} TTI", [one.tti for one in timings], SECOND_VISIT)
    print("\n".join(late))
    return 1 if late else 0


def judged(name: str, values: list[float], most: int) -> list[str]:
    """A promise is broken by its median."""
    middle = median(values)
    return [f"{name}: {middle:.0f} ms of {most}"] if middle > most else []


if __name__ == "__main__":
    sys.exit(asyncio.run(measure()))

"""How soon a page is there on a slow phone over a slow network: throttled over CDP, timed by the page itself."""

import asyncio
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page

BITS = 8
QUIET = 2.0
"""Seconds without a long task after which a page is done."""
PATIENCE = 60.0

WATCH = """
window.__speed = {lcp: 0, tasks: []};
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.__speed.lcp = entry.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.__speed.tasks.push([entry.startTime, entry.duration]);
}).observe({type: 'longtask', buffered: true});
"""
READ = """() => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0];
    const [navigation] = performance.getEntriesByType('navigation');
    return {
        ...window.__speed,
        fcp: painted ? painted.startTime : null,
        ready: navigation.domContentLoadedEventEnd,
        now: performance.now(),
        bytes: performance.getEntriesByType('resource').reduce((sum, entry) => sum + entry.transferSize, navigation.transferSize),
    };
}"""


@dataclass(frozen=True)
class Throttle:
    """A machine and its network."""

    cpu: float
    latency: float
    """Milliseconds."""
    down: float
    """Bits a second."""
    up: float

    async def apply(self, page: Page) -> CDPSession:
        """To one page; it ends with the page."""
        session = await page.context.new_cdp_session(page)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": self.cpu})
        await session.send("Network.enable")
        network = {
            "offline": False,
            "latency": self.latency,
            "downloadThroughput": self.down / BITS,
            "uploadThroughput": self.up / BITS,
        }
        await session.send("Network.emulateNetworkConditions", network)
        return session


POOR_PHONE = Throttle(cpu=6, latency=562, down=1_470_000, up=675_000)
OFFICE = Throttle(cpu=2, latency=40, down=10_000_000, up=10_000_000)


@dataclass(frozen=True)
class Timing:
    """Milliseconds since the navigation began, and bytes on the wire."""

    fcp: float
    lcp: float
    tti: float
    tbt: float
    kilobytes: float


async def load(context: BrowserContext, url: str, throttle: Throttle) -> Timing:
    """Open an address in a page of its own and wait until the page has come to rest."""
    page = await context.new_page()
    try:
        await page.add_init_script(WATCH)
        await throttle.apply(page)
        await page.goto(url, timeout=PATIENCE * 1000)
        return _timing(await _at_rest(page))
    finally:
        await page.close()


async def _at_rest(page: Page) -> dict[str, Any]:
    """What the page says of itself once it has painted, fetched everything and done nothing long for a while."""
    await page.wait_for_load_state("networkidle", timeout=PATIENCE * 1000)
    async with asyncio.timeout(PATIENCE):
        while True:
            said: dict[str, Any] = await page.evaluate(READ)
            last = max((start + took for start, took in said["tasks"]), default=0.0)
            since = said["now"] - max(last, said["lcp"], said["fcp"] or said["now"])
            if said["fcp"] is not None and since > QUIET * 1000:
                return said
            await asyncio.sleep(0.2)


def _timing(said: dict[str, Any]) -> Timing:
    ends = [start + took for start, took in said["tasks"]]
    tasks = [(start, took) for start, took in said["tasks"] if start + took > said["fcp"]]
    return Timing(
        fcp=said["fcp"],
        lcp=max(said["lcp"], said["fcp"]),
        tti=max([said["fcp"], said["ready"], *ends]),
        tbt=sum(max(0.0, took - 50) for _, took in tasks),
        kilobytes=said["bytes"] / 1000,
    )


def summed_up(name: str, timings: list[Timing]) -> str:
    """One line: medians, the best in brackets."""

    def told(values: list[float]) -> str:
        return f"{median(values):6.0f} ({min(values):.0f})"

    fields = ("fcp", "lcp", "tti", "tbt")
    parts = [f"{field.upper()} {told([getattr(one, field) for one in timings]):>14}" for field in fields]
    return f"{name:24}{'  '.join(parts)}  {timings[0].kilobytes:6.0f} kB"

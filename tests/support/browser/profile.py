"""A Chromium with a memory: a process of ours over a folder of its own, killed like a tab when the phone runs out of memory."""

import asyncio
import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import Self

from playwright.async_api import Browser, Error, Page, Playwright

from tests.support.browser import chromium
from tests.support.browser.window import ANDROID, LOCALES, PHONE, Language, Window

BOOT = 30.0
SETTLED = 5.0
FLUSH = 0.7


class Profile:
    """One person's browser; what it stores outlives it. Use as a context, so that nothing outlives a failed test."""

    def __init__(
        self,
        playwright: Playwright,
        folder: Path,
        url: str,
        language: Language = "zh",
        flags: tuple[str, ...] = (),
    ) -> None:
        self._playwright = playwright
        self._folder = folder
        self._url = url
        self._language: Language = language
        self._flags = flags
        self._process: subprocess.Popen[bytes] | None = None
        self._browser: Browser | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    async def start(self) -> Window:
        """Start it where it was left; its window, with pages yet to be opened."""
        assert self._process is None, "it runs already"
        self._folder.mkdir(parents=True, exist_ok=True)
        told = self._folder / "DevToolsActivePort"
        for left in (told, *self._folder.glob("Singleton*")):
            left.unlink(missing_ok=True)
        self._process = self._spawn()
        async with asyncio.timeout(BOOT):
            while not (told.exists() and told.read_text().count("\n")):
                assert self._process.poll() is None, (self._folder / "chromium.log").read_text()
                await asyncio.sleep(0.05)
        port = told.read_text().splitlines()[0]
        self._browser = await self._playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        window = Window(self._browser.contexts[0], self._url, PHONE, self._language, "light")
        await window.listen()
        return window

    def _spawn(self) -> subprocess.Popen[bytes]:
        program = chromium.find()
        assert program is not None
        command = [
            program, "--headless=new", *chromium.FLAGS, *self._flags, f"--user-data-dir={self._folder}", "--remote-debugging-port=0",
            f"--lang={LOCALES[self._language]}", f"--accept-lang={LOCALES[self._language]}",
            f"--window-size={PHONE.width},{PHONE.height}", "about:blank",
        ]  # fmt: skip
        with (self._folder / "chromium.log").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    async def open(self, window: Window, path: str) -> Page:
        """A page as a phone shows it."""
        page = await self.dressed(window, await window.context.new_page())
        await page.goto(self._url + path)
        return page

    async def dressed(self, window: Window, page: Page) -> Page:
        """A page of a context that we did not make has no options; it is told what it is on."""
        session = await window.context.new_cdp_session(page)
        size = {"width": PHONE.width, "height": PHONE.height, "deviceScaleFactor": 2, "mobile": True}
        await session.send("Emulation.setDeviceMetricsOverride", size)
        await session.send("Emulation.setScrollbarsHidden", {"hidden": True})
        await session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        await session.send(
            "Emulation.setUserAgentOverride", {"userAgent": ANDROID.format(version=self._version)}
        )
        await session.send("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Shanghai"})
        return page

    async def quit(self) -> None:
        """Close it as a person does, hours later: everything that it had in mind is on the disk."""
        browser, self._browser = self._browser, None
        process, self._process = self._process, None
        assert browser is not None
        assert process is not None
        # What pages left in local storage is written when the last of them goes, or seconds later; a busy machine may not wait.
        for page in browser.contexts[0].pages:
            await page.close()
        await asyncio.sleep(FLUSH)
        session = await browser.new_browser_cdp_session()
        with contextlib.suppress(Error):
            await session.send("Browser.close")
        await asyncio.to_thread(process.wait, BOOT)
        await browser.close()

    async def kill(self) -> None:
        """SIGKILL to all of it, as the machine would; writes that were not durable are gone."""
        browser, self._browser = self._browser, None
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(SETTLED)
        if browser is not None:
            await browser.close()

    @property
    def _version(self) -> str:
        assert self._browser is not None
        return self._browser.version

"""Phones and desks: browser windows of a size, a language and a person, in which no error passes unseen."""

import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Geolocation, Page, WebError, expect

from tests.support.browser import faulty
from tests.support.database import ROOT
from tests.support.people import PASSWORD

SCREENS = ROOT / ".artifacts" / "screens"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 13; M2101K9C) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{version} Mobile Safari/537.36"
)
PRESS: Geolocation = {"latitude": 31.2304, "longitude": 121.4737, "accuracy": 12}
"""Where the plant's press stands."""
PATIENCE = 30_000.0
"""Milliseconds that a test waits for what should be there at once; the machine is small, and what comes costs no wait."""

REJECTED = """addEventListener('unhandledrejection', ({reason}) => {
    if (reason instanceof Error) return;
    const isThing = typeof reason === 'object' && reason !== null;
    const told = isThing ? {name: reason.name ?? reason.constructor?.name, message: reason.message, keys: Object.keys(reason)} : {value: String(reason)};
    console.error(`rejected with what is no Error: ${JSON.stringify(told)}`);
});"""
"""A browser reports such a rejection as "object" and nothing more."""

Language = Literal["zh", "en"]
Theme = Literal["light", "dark"]
LOCALES: dict[Language, str] = {"zh": "zh-CN", "en": "en-US"}


@dataclass(frozen=True)
class Shape:
    """A kind of machine."""

    name: str
    width: int
    height: int
    is_mobile: bool


PHONE = Shape("phone", 360, 640, is_mobile=True)
DESK = Shape("desk", 1920, 1080, is_mobile=False)


@dataclass
class Window:
    """A browser context with what went wrong in it."""

    context: BrowserContext
    url: str
    shape: Shape
    language: Language
    theme: Theme
    wrong: list[str] = field(default_factory=list[str])
    _expected: list[str] = field(default_factory=list[str])

    def expects(self, pattern: str) -> None:
        """From now on such errors are part of the test, for example `net::ERR_` while the network is away."""
        self._expected.append(pattern)

    def unexpected(self) -> list[str]:
        """Errors on the console, thrown and not caught, or forbidden by the content security policy."""
        return [said for said in self.wrong if not any(re.search(known, said) for known in self._expected)]

    async def open(self, path: str) -> Page:
        """A page at this path of the installation."""
        page = await self.context.new_page()
        await page.goto(self.url + path)
        return page

    async def sign_in(self, company: str, account: str, password: str = PASSWORD) -> None:
        """Begin a session as the apps do, without their form: cookies that no script can read, and who it is in the app's memory."""
        query = (
            "mutation($input: SignInInput!) { signIn(input: $input) { result { personId } errors { code } } }"
        )
        given = {"company": company, "name": account, "password": password, "cookie": True}
        begun = (await self._ask(query, input=given))["signIn"]
        assert begun["result"], begun
        who_am_i = next((text for text in faulty.documents().values() if "query WhoAmI" in text), None)
        assert who_am_i is not None, f"{faulty.DOCUMENTS} is missing: run make web"
        who = (await self._ask(who_am_i))["me"]
        await self.remember({"anhuan.who": json.dumps(who), "anhuan.language": self.language})

    async def remember(self, kept: dict[str, str]) -> None:
        """Put words into the origin's local storage before any page of the app is open."""
        page = await self.empty()
        await page.evaluate(
            "(kept) => Object.entries(kept).forEach(([key, value]) => localStorage.setItem(key, value))", kept
        )
        await page.close()

    async def empty(self) -> Page:
        """A page of the installation's origin on which nothing happens."""
        page = await self.context.new_page()
        await page.route(
            f"{self.url}/empty",
            lambda route: route.fulfill(content_type="text/html", body="<!doctype html><title>-</title>"),
        )
        await page.goto(f"{self.url}/empty")
        return page

    async def _ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """A question with the browser's cookies."""
        answer = await self.context.request.post(
            f"{self.url}/graphql", data={"query": query, "variables": variables}
        )
        said = await answer.json()
        assert not said.get("errors"), said
        found: dict[str, Any] = said["data"]
        return found

    async def look(self, page: Page, name: str) -> None:
        """Keep a picture of the page for people."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        file = SCREENS / f"{name}-{self.shape.name}-{self.language}-{self.theme}.png"
        await page.screenshot(path=file, animations="disabled")

    async def listen(self) -> None:
        """Hear every page and worker of the context."""
        await self.context.add_init_script(REJECTED)
        self.context.on("console", self._console)
        self.context.on("weberror", self._thrown)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.wrong.append(f"console: {message.text} ({where})")

    def _thrown(self, problem: WebError) -> None:
        self.wrong.append(f"thrown: {problem.error}")


@asynccontextmanager
async def window(
    browser: Browser,
    url: str,
    shape: Shape = PHONE,
    *,
    language: Language = "zh",
    theme: Theme = "light",
    place: Geolocation | None = PRESS,
) -> AsyncGenerator[Window]:
    """A fresh one, with camera and, if it has a place, location granted; leaving it with an unexpected error is a failure."""
    expect.set_options(timeout=PATIENCE)
    context = await browser.new_context(
        viewport={"width": shape.width, "height": shape.height},
        device_scale_factor=2 if shape.is_mobile else 1,
        is_mobile=shape.is_mobile,
        has_touch=shape.is_mobile,
        user_agent=ANDROID.format(version=browser.version) if shape.is_mobile else None,
        locale=LOCALES[language],
        timezone_id="Asia/Shanghai",
        color_scheme=theme,
        reduced_motion="reduce",
        geolocation=place,
        permissions=["camera", *(["geolocation"] if place else [])],
    )
    context.set_default_timeout(PATIENCE)
    opened = Window(context, url, shape, language, theme)
    await opened.listen()
    try:
        yield opened
    finally:
        await context.close()
    assert not opened.unexpected(), "\n".join(opened.unexpected())

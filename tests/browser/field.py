"""The field app as a hand meets it: what is tapped, by the words on it, and what the phone says back."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from tests.support.people import PASSWORD

OF_THE_NETWORK = "net::ERR_|50[0234]|CORS|Failed to load resource"
"""Errors that a browser writes to its console of a network that fails."""
PATIENCE = 60_000
"""Milliseconds for what the phone has to work at; a busy machine takes long, and what comes costs no wait."""
COUNT_TAPS = """
window.__taps = 0;
window.__typed = 0;
addEventListener('pointerdown', (event) => { if (event.isTrusted) window.__taps += 1; }, true);
addEventListener('keydown', (event) => { if (event.isTrusted) window.__typed += 1; }, true);
"""
READ_BASE = """(name) => new Promise((done, failed) => {
    const asked = indexedDB.open(name);
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
        const base = asked.result;
        const work = base.transaction(['acts', 'bytes']);
        const acts = work.objectStore('acts').getAll();
        const bytes = work.objectStore('bytes').count();
        work.oncomplete = () => { base.close(); done({acts: acts.result, bytes: bytes.result}); };
    };
})"""


class Field:
    """One open page of the app, in Chinese."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def sign_in(self, company: str, account: str) -> None:
        """At the door, by hand."""
        await self.page.get_by_label("企业代码").fill(company)
        await self.page.get_by_label("账号 / 手机号 / 邮箱").fill(account)
        await self.page.get_by_label("密码", exact=True).fill(PASSWORD)
        await self.page.get_by_role("button", name="登录", exact=True).click()

    async def is_ready(self) -> None:
        """Wait until the app says that it works without network."""
        await expect(self.page.get_by_text("离线可用")).to_be_visible(timeout=PATIENCE)

    async def count_taps(self) -> None:
        """From now on."""
        await self.page.evaluate(COUNT_TAPS)

    async def taps(self) -> tuple[int, int]:
        """Taps and typed keys since they are counted."""
        taps, typed = await self.page.evaluate("() => [window.__taps, window.__typed]")
        return int(taps), int(typed)

    async def snap(self, photo: Path) -> None:
        """The first tap: the camera card of the first screen, and the picture that the camera gives back."""
        async with self.page.expect_file_chooser() as chosen:
            await self.page.get_by_text("随手拍隐患").click()
        await (await chosen.value).set_files(photo)

    async def add(self, *photos: Path) -> None:
        """One more tap: further photos from the gallery, all at once."""
        async with self.page.expect_file_chooser() as chosen:
            await self.page.get_by_text("从相册选").click()
        await (await chosen.value).set_files(list(photos))

    async def write(self, text: str) -> None:
        """Report in words instead."""
        await self.page.get_by_text("不方便拍照").click()
        await self.page.get_by_role("textbox").first.fill(text)

    async def photos_are(self, number: int) -> None:
        """Wait until so many are made ready."""
        await expect(self.page.get_by_role("button", name="张照片，点开查看")).to_have_count(
            number, timeout=PATIENCE
        )

    async def submit(self, kind: str) -> None:
        """The second tap and the third."""
        await self.page.get_by_role("button", name=kind, exact=True).click()
        await self.page.get_by_role("button", name="提交").click()

    async def says(self, words: str) -> None:
        """Wait until these words are on the screen."""
        await expect(self.page.get_by_text(words).first).to_be_visible(timeout=PATIENCE)

    async def go(self, tab: str) -> None:
        """To another tab by the bar at the foot."""
        await self.page.get_by_role("navigation", name="主导航").get_by_role("link", name=tab).click()

    async def leave(self) -> None:
        """Sign out, as a person does."""
        await self.go("我的")
        await self.page.get_by_role("button", name="退出登录").click()
        await self.page.get_by_role("dialog").get_by_role("button", name="退出登录").click()
        await self.page.get_by_label("企业代码").wait_for()

    async def base(self, company: object, person: object) -> dict[str, Any]:
        """What the phone has stored of a person: the acts and the number of photos whose bytes are still there."""
        found: dict[str, Any] = await self.page.evaluate(READ_BASE, f"anhuan:{company}.{person}")
        return found

"""What somebody does at a case with their phone: the screen of the act, its photos, its one button; and how far the loop has come."""

from pathlib import Path
from uuid import UUID

from playwright.async_api import Page, expect

from anhuan_platform.loops.models import Case
from tests.browser.field import OF_THE_NETWORK
from tests.browser.house import Open
from tests.support.browser.window import Window
from tests.support.plant import Plant
from tests.support.waiting import until


class Hand:
    """One person's phone in this case."""

    def __init__(self, phone: Window, page: Page) -> None:
        self.phone = phone
        self.page = page

    async def photo(self, of: str, file: Path) -> None:
        """Take one for a purpose."""
        group = self.page.get_by_role("group", name=of)
        await group.locator("input[type=file]").set_input_files(file)
        await expect(group.get_by_role("img")).to_have_count(1, timeout=30_000)

    async def press(self, words: str) -> None:
        """The one button of the screen."""
        await self.page.get_by_role("contentinfo").get_by_role("button", name=words, exact=True).click()

    async def put_right(self, before: Path, after: Path) -> None:
        """Everything that finished work asks for, up to its button."""
        await self.photo("整改前", before)
        await self.photo("整改后", after)
        await self.page.get_by_label("措施").fill("加装防护罩并校验联锁")
        box = self.page.get_by_role("group", name="试验合格").or_(self.page.get_by_label("试验合格")).first
        yes = box.get_by_text("是", exact=True)
        await (yes if await yes.count() else box).click()
        await self.page.get_by_label("试验情况").fill("空载试车 10 分钟，联锁有效")

    async def approve(self, photo: Path) -> None:
        """Say yes, in the words that are offered, with whatever photos are asked for."""
        await self.page.get_by_role("radio", name="同意").click()
        await self.page.get_by_role("button", name="整改到位，同意").click()
        groups = self.page.get_by_role("group").filter(has_text="至少")
        for index in range(await groups.count()):
            await groups.nth(index).locator("input[type=file]").set_input_files(photo)
            await expect(groups.nth(index).get_by_role("img")).to_have_count(1, timeout=30_000)
        await self.press("同意")


async def hand(opened: Open, account: str, case: object, act: str) -> Hand:
    """The phone of somebody, at what waits for them."""
    phone = await opened(account)
    phone.expects(OF_THE_NETWORK)
    page = await phone.open(f"/app/case/{case}/do/{act}")
    return Hand(phone, page)


async def at_server(plant: Plant, case: UUID) -> Case:
    """The case as it stands."""
    async with plant.company.house() as work:
        return await work.session.get_one(Case, (work.tenant_id, case))


async def reaches(plant: Plant, case: UUID, step: str) -> None:
    """Wait until the loop has come so far."""

    async def is_there() -> bool:
        return step in await plant.open_steps(case)

    await until(is_there)


async def moves_on(plant: Plant, case: UUID, before: dict[str, list[str]]) -> None:
    """Wait until something else waits for somebody else."""

    async def has_moved() -> bool:
        return await plant.open_steps(case) != before

    await until(has_moved)

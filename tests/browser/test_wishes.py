"""What a person wishes of the screen is theirs after a restart, and large letters or a magnified page push nothing out of sight."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Playwright, expect

from tests.browser.crew import a_worker
from tests.browser.field import Field
from tests.browser.house import House
from tests.browser.pocket import begin
from tests.support.browser import axe
from tests.support.browser.profile import Profile
from tests.support.browser.window import Language, Shape, Theme, window
from tests.support.plant import Plant

MAGNIFIED = Shape("magnified", 180, 320, is_mobile=True)
"""A phone of 360 points at 200 %."""
STICKS_OUT = """() => {
    const wide = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - wide;
    const out = over > 0 ? [`the page by ${over} px`] : [];
    const scrolls = (one) => one && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    for (const one of document.querySelectorAll('main *, header *, footer *, nav *')) {
        const box = one.getBoundingClientRect();
        const words = one.children.length === 0 ? one.textContent.trim() : '';
        if (words && box.width > 1 && (box.right > wide + 1 || box.left < -1) && !scrolls(one))
            out.push(`${words.slice(0, 30)}: ${Math.round(box.left)}…${Math.round(box.right)}`);
    }
    return out;
}"""
"""Whether the page scrolls sideways, and what is cut off; a row of chips that scrolls by itself is meant to."""
LOOKS = """() => ({
    letters: getComputedStyle(document.documentElement).fontSize,
    first: [...document.querySelectorAll('footer button, footer label')].map((one) => [one.textContent.trim(), one.getBoundingClientRect().left])
        .sort((a, b) => a[1] - b[1]).map(([words]) => words),
})"""


async def test_left_hand_and_large_letters_outlive_a_restart(
    playwright: Playwright, house: House, plant: Plant, tmp_path: Path
) -> None:
    async with Profile(playwright, tmp_path / "profile", house.web.url) as profile:
        _, field = await begin(profile, plant, await a_worker(plant))
        await field.write("爬梯无护笼")
        await field.submit("高处作业")
        await field.says("上报成功")
        usual = await field.page.evaluate(LOOKS)
        address = field.page.url
        await field.page.goto(f"{house.web.url}/app/mine")
        await field.page.get_by_role("radio", name="特大").click()
        await field.page.get_by_role("switch", name="左手操作").click()
        await profile.quit()
        window = await profile.start()
        field = Field(await profile.open(window, address.removeprefix(house.web.url)))
        await field.says("上报成功")
        wished = await field.page.evaluate(LOOKS)
        await window.look(field.page, "saved-left-huge")
        await field.page.goto(f"{house.web.url}/app/mine")

        await expect(field.page.get_by_role("switch", name="左手操作")).to_be_checked()
        await expect(field.page.get_by_role("radio", name="特大")).to_be_checked()
        assert wished["first"] == usual["first"][::-1] != usual["first"]
        assert float(wished["letters"][:-2]) >= 1.3 * float(usual["letters"][:-2])


@pytest.mark.parametrize(
    ("language", "theme"), [("zh", "light"), ("en", "dark")], ids=["zh-light", "en-dark"]
)
async def test_a_magnified_page_scrolls_one_way_only(
    browser: Browser, house: House, plant: Plant, language: Language, theme: Theme
) -> None:
    case = await plant.report(text="冲床防护罩缺失，联锁被短接，夜班仍在使用")
    await plant.grade(case, "B")
    found: list[str] = []
    async with window(browser, house.web.url, MAGNIFIED, language=language, theme=theme) as phone:
        phone.expects("404")  # the plant's photos are rows without bytes in the store
        await phone.sign_in(plant.company.code, "wei")
        for path in ("/report", "/tasks", f"/case/{case}"):
            page = await phone.open(f"/app{path}")
            await settled(page)
            await phone.look(page, f"zoom-{path.split('/')[1]}")
            found += [f"{path}: {one}" for one in await page.evaluate(STICKS_OUT)]
            found += [f"{path}: {one}" for one in await axe.violations(page)]
            await page.close()
    assert not found, "\n" + "\n".join(found)


async def settled(page: Page) -> None:
    """Everything asked was answered, and no part is still busy."""
    await page.wait_for_load_state("networkidle")
    await page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")

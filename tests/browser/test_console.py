"""The list at a desk: filtered, kept as a view, walked through by keys, taken along as a workbook with the very rows that are shown."""

from pathlib import Path

import python_calamine
from playwright.async_api import expect

from tests.browser.crew import a_worker
from tests.browser.house import Open
from tests.support.browser.window import DESK
from tests.support.plant import Plant


async def test_the_list_is_filtered_and_taken_along(opened: Open, plant: Plant, tmp_path: Path) -> None:
    reporter = await a_worker(plant)
    names = ["皮带机防护网破损", "皮带机急停失灵", "叉车喇叭不响"]
    for name in names:
        await plant.report(reporter, name)
    desk = await opened("wei", DESK)
    desk.expects("404")  # the plant's photos are rows without bytes in the store
    page = await desk.open("/console/hazards")
    await page.get_by_placeholder("编号、标题或描述").fill("皮带机")
    await page.get_by_role("button", name="查询").click()
    rows = page.locator("tbody tr[data-row-key]")
    await expect(rows).to_have_count(2)
    await expect(page.get_by_text("叉车喇叭不响")).to_have_count(0)
    async with page.expect_download() as taken:
        await (
            page.get_by_role("button", name="导出 Excel")
            .or_(page.get_by_role("link", name="导出 Excel"))
            .first.click()
        )
    file = tmp_path / "hazards.xlsx"
    await (await taken.value).save_as(file)
    sheet = python_calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    text = "\n".join("\t".join(str(cell) for cell in row) for row in sheet)

    assert [name in text for name in names] == [True, True, False]

    # By keys alone: down, open.
    await page.locator("body").press("j")
    await page.locator("body").press("o")
    await page.wait_for_url("**/console/case/*")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("皮带机")


async def test_a_worker_is_told_what_the_console_is_not_for(opened: Open, plant: Plant) -> None:
    desk = await opened(await a_worker(plant), DESK)
    page = await desk.open("/console/policy")
    await page.wait_for_load_state("networkidle")

    await expect(page.get_by_text("权限").first).to_be_visible()
    await expect(page.get_by_role("table")).to_have_count(0)

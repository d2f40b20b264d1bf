"""The list at a desk: filtered, kept as a view, walked through by keys, taken along as a workbook with the very rows that are shown."""

from pathlib import Path

import openpyxl
import python_calamine
from playwright.async_api import Page, expect
from sqlalchemy import select

from anhuan_platform.boards.models import SavedView
from tests.browser import ledger
from tests.browser.crew import a_worker
from tests.browser.field import Field
from tests.browser.hands import at_server
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


async def test_the_list_is_walked_through_by_keys(opened: Open, plant: Plant) -> None:
    reporter = await a_worker(plant)
    cases = [await plant.report(reporter, f"行车{reporter}：{name}") for name in ("吊钩", "制动", "限位")]
    desk = await opened("wei", DESK)
    desk.expects("404")
    page = await desk.open(f"/console/hazards?text={reporter}&order=OPENED")
    await expect(page.locator("tbody tr[data-row-key]")).to_have_count(3)
    for key in "jjjk":
        await page.locator("body").press(key)
    await page.locator("body").press("Enter")
    await page.wait_for_url(f"**/console/case/{cases[1]}*")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("制动")


async def test_what_a_reporter_wrote_is_text_in_the_workbook(
    opened: Open, plant: Plant, tmp_path: Path
) -> None:
    reporter = await a_worker(plant)
    hostile = f'=HYPERLINK("http://evil.example","{reporter}")'
    await plant.report(reporter, hostile, asset_id=None)
    desk = await opened("wei", DESK)
    desk.expects("404")
    page = await desk.open(f"/console/hazards?text={reporter}")
    await expect(page.locator("tbody tr[data-row-key]")).to_have_count(1)
    async with page.expect_download() as taken:
        await page.locator("body").press("e")
    file = tmp_path / "hazards.xlsx"
    await (await taken.value).save_as(file)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(file)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    ]

    assert hostile in [cell.value for cell in cells]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


async def test_columns_and_a_view_are_there_again(opened: Open, plant: Plant) -> None:
    reporter = await a_worker(plant)
    for name in (f"球磨机{reporter}漏油", "球磨机异响"):
        await plant.report(reporter, name)
    clerk = f"officer{reporter}"
    plant.people[clerk] = await plant.company.person(
        "齐安全", "branch_safety_officer", unit_no=plant.units["branch"], account=clerk
    )
    desk = await opened(clerk, DESK)
    desk.expects("404")
    page = await desk.open("/console/hazards")
    await page.get_by_placeholder("编号、标题或描述").fill(reporter)
    await page.get_by_role("button", name="查询").click()
    await expect(page.locator("tbody tr[data-row-key]")).to_have_count(1)
    await page.get_by_role("button", name="列设置").click()
    await page.get_by_role("checkbox", name="上报人").uncheck()
    await page.get_by_role("checkbox", name="位置说明").check()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="常用视图").click()
    await page.get_by_role("button", name="保存当前视图").click()
    await page.get_by_label("名称").fill("我的球磨机")
    await page.get_by_role("checkbox", name="打开台账时默认使用").check()
    await page.get_by_role("dialog").get_by_role("button", name="保存").click()
    await page.get_by_text("视图已保存").wait_for()
    await page.reload()
    await shows(page)

    # And at another desk, which knows nothing but who sits there.
    other = await opened(clerk, DESK)
    other.expects("404")
    page = await other.open("/console/hazards")
    await shows(page)
    await other.look(page, "console-view")
    async with plant.as_(clerk) as work:
        mine = select(SavedView).where(SavedView.person_id == plant.people[clerk])
        [view] = await work.session.scalars(mine)
    assert (view.name, view.is_default, view.body["filter"]["text"]) == ("我的球磨机", True, reporter)


async def shows(page: Page) -> None:
    """One row, with the place and without the reporter."""
    await expect(page.locator("tbody tr[data-row-key]")).to_have_count(1)
    heads = page.locator("thead th")
    await expect(heads.filter(has_text="位置说明")).to_have_count(1)
    await expect(heads.filter(has_text="上报人")).to_have_count(0)


async def test_a_report_from_a_phone_is_on_an_open_board_at_once(opened: Open, plant: Plant) -> None:
    reporter = await a_worker(plant)
    desk = await opened("wei", DESK)
    desk.expects("404")
    board = await desk.open(f"/console/board?text={reporter}")
    await board.get_by_role("heading", level=1).wait_for()
    await board.wait_for_load_state("networkidle")
    await board.evaluate("() => { window.isTheSame = true; }")
    assert reporter not in await board.inner_text("main")
    field = Field(await (await opened(reporter)).open("/app/"))
    await field.write(f"吊篮钢丝绳断丝 {reporter}")
    await field.submit("高处作业")
    await field.says("上报成功")
    [case] = await ledger.reported_by(plant, reporter)
    number = (await at_server(plant, case)).number
    await expect(board.locator("main").get_by_text(number).first).to_be_visible(timeout=40_000)

    assert await board.evaluate("() => window.isTheSame") is True


async def test_a_worker_is_told_what_the_console_is_not_for(opened: Open, plant: Plant) -> None:
    desk = await opened(await a_worker(plant), DESK)
    page = await desk.open("/console/policy")
    await page.wait_for_load_state("networkidle")

    await expect(page.get_by_text("权限").first).to_be_visible()
    await expect(page.get_by_role("table")).to_have_count(0)

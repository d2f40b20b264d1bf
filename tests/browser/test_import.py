"""People come in by a workbook of which some rows are wrong: those are named by row, the others are in and can come in themselves."""

import io
from pathlib import Path

import xlsxwriter
from playwright.async_api import Browser, Page, expect
from sqlalchemy import select

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_platform.loops.service import opening
from anhuan_tenants.organisation.models import Person
from tests.browser.house import House
from tests.support.browser import axe
from tests.support.browser.window import DESK, window
from tests.support.people import Company, a_company
from tests.tenants.organisation import sheets

GOOD = ["1001", "1003", "1005"]
BAD = {3: "NOWHERE", 5: "12345", 7: "宇航员"}
"""By the row that Excel shows, and what is wrong there."""
PEOPLE = [
    sheets.person("1001", 姓名="赵一", 职责="班组长"),
    sheets.person("1002", "NOWHERE", 姓名="钱二"),
    sheets.person("1003", 姓名="孙三"),
    sheets.person("1004", 姓名="李四", 手机="12345"),
    sheets.person("1005", 姓名="周五", 职责="安全员"),
    sheets.person("1006", 姓名="吴六", 职责="宇航员"),
]


def a_workbook(file: Path) -> Path:
    """Units and people as a secretary would have written them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, rows in sheets.book(*PEOPLE).items():
        page = book.add_worksheet(name)
        for at, row in enumerate(rows or ()):
            page.write_row(at, 0, row)
    book.close()
    file.write_bytes(out.getvalue())
    return file


async def accounts(company: Company) -> set[str]:
    """Whoever is there."""
    async with company.house() as work:
        return set(await work.session.scalars(select(Person.account))) - {"founder"}


async def bad_rows(page: Page) -> dict[int, str]:
    """The rows that the page names, and what it says of each."""
    lines = page.locator("tbody tr[data-row-key^='岗位人员']")
    await expect(lines).to_have_count(len(BAD))
    cells = [await line.locator("td").all_inner_texts() for line in await lines.all()]
    return {int(row): f"{column} {said}" for _, row, column, said, _ in cells}


async def test_the_rows_that_are_wrong_are_named_and_the_others_are_in(
    browser: Browser, house: House, sessions: Sessions, settings: Settings, tmp_path: Path
) -> None:
    company = await a_company(sessions, settings, after=(opening.install_library,))
    async with window(browser, house.web.url, DESK) as desk:
        await desk.sign_in(company.code, "founder")
        page = await desk.open("/console/import")
        await page.locator("input[type=file]").set_input_files(a_workbook(tmp_path / "人员.xlsx"))
        await page.get_by_text("有 3 处错误，所在行不会导入").wait_for(timeout=60_000)
        tried = await bad_rows(page)
        assert await accounts(company) == set()
        await desk.look(page, "import-tried")
        await axe.check(page)
        await page.get_by_role("button", name="正式导入").click()
        await page.get_by_text("激活码（3 人）").wait_for(timeout=60_000)
        await desk.look(page, "import-done")
        done = await bad_rows(page)

        assert tried == done
        assert {row: wrong in done.get(row, "") for row, wrong in BAD.items()} == dict.fromkeys(BAD, True)
        assert await accounts(company) == set(GOOD)
        codes = page.get_by_role("row").filter(has_text="1001")
        await expect(codes.first).to_contain_text("赵一")

"""Workbooks by hand, as rows of cells, and what an import made of them."""

from sqlalchemy import func, select

from anhuan_tenants.organisation import cells, repository
from anhuan_tenants.organisation.importing.outcome import ImportOutcome
from anhuan_tenants.organisation.models import Unit
from anhuan_tenants.organisation.service import posts, workbook
from tests.support.people import Company

UNIT_HEADINGS = ["组织编码", "组织名称", "上级编码", "类型", "职能", "负责人工号"]
PEOPLE_HEADINGS = ["工号", "姓名", "手机", "邮箱", "所属组织编码", "岗位", "职责", "角色", "相关方"]
HQ = ["HT", "恒泰集团", "", "总部", "", ""]
SHOP = ["W1", "冲压车间", "HT", "车间", "", ""]
TEAM = ["T1", "甲班", "W1", "班组", "", ""]


def person(account: str, unit: str = "T1", **changes: str) -> list[str]:
    row = dict.fromkeys(PEOPLE_HEADINGS, "") | {
        "工号": account,
        "姓名": f"员工{account}",
        "所属组织编码": unit,
    }
    return list((row | changes).values())


def book(*people: list[str], units: tuple[list[str], ...] = (HQ, SHOP, TEAM)) -> cells.Sheets:
    sheets: cells.Sheets = {"组织": [UNIT_HEADINGS, *units]} if units else {}
    return sheets | {"岗位人员": [PEOPLE_HEADINGS, *people]}


async def bring(company: Company, content: bytes | cells.Sheets, **how: bool) -> ImportOutcome:
    async with company.work() as work:
        return await workbook.import_workbook(work, company.settings, content, **how)


async def count(company: Company, *tables: type) -> tuple[int, ...]:
    async with company.house() as work:
        return tuple(
            [await work.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
        )


async def posts_of(company: Company, account: str) -> list[tuple[str, str, list[str]]]:
    """Unit code, post name and roles of what somebody holds now."""
    async with company.house() as work:
        someone = await repository.person_with_account(work, account)
        assert someone is not None
        codes = dict((await work.session.execute(select(Unit.no, Unit.code))).all())
        return [
            (codes[held.unit_no], post.name, post.roles)
            for held, post in await posts.held_by(work, someone.id)
        ]


def mistakes(outcome: ImportOutcome) -> list[tuple[str, int, str, str]]:
    return [(error.sheet, error.row, error.column, error.code) for error in outcome.errors]

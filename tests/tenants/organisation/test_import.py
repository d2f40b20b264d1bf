"""The organisation comes out of one workbook: all sound rows land, nothing twice, and every mistake is told at its place."""

import asyncio
import time

import pytest
from sqlalchemy import text

from anhuan_infra.errors import Forbidden
from anhuan_infra.ids import new_id
from anhuan_tenants.organisation import cells, repository, template
from anhuan_tenants.organisation.models import Contact, Holding, Person, Post, Unit, UnitMove
from anhuan_tenants.organisation.service import workbook
from anhuan_tenants.parties.models import Party
from tests.support.people import Cast, Company
from tests.tenants.organisation import group, sheets


async def test_a_group_of_650_people_is_in_within_five_seconds_and_a_second_time_changes_nothing(
    company: Company,
) -> None:
    content = template.write(group.units(), group.people(650, 13_800_000_000 + new_id().int % 10**7 * 10))

    # By the processor's clock: the machine may have other things to do.
    began = time.process_time()
    first = await sheets.bring(company, content)
    took = time.process_time() - began
    rows = await sheets.count(company, Unit, Person, Post, Holding, Contact)
    second = await sheets.bring(company, content)

    assert (first.units.created, first.people.created, first.errors) == (29, 650, ())
    assert len({activation.code for activation in first.activations}) == 650
    assert took < 5
    assert (second.created, second.updated, second.ended, second.unchanged) == (0, 0, 0, 680)
    assert second.activations == ()
    # The founder and the founding unit were there before.
    assert rows == await sheets.count(company, Unit, Person, Post, Holding, Contact) == (30, 651, 5, 650, 651)


async def test_a_dry_run_says_the_same_and_writes_nothing(company: Company) -> None:
    content = template.write(group.units(), group.people(30, 13_700_000_000))
    tables = (Unit, Person, Post, Holding, Contact, Party)
    async with company.house() as work:
        entries = await work.session.scalar(text("select count(*) from record_entries"))
    before = await sheets.count(company, *tables)

    dry = await sheets.bring(company, content, dry_run=True)

    assert before == await sheets.count(company, *tables)
    async with company.house() as work:
        assert await work.session.scalar(text("select count(*) from record_entries")) == entries
    wet = await sheets.bring(company, content)
    assert (dry.units, dry.people, dry.posts, dry.errors) == (wet.units, wet.people, wet.posts, wet.errors)
    assert dry.activations == ()


async def test_what_is_downloaded_changes_nothing_when_imported_again(company: Company) -> None:
    welder = sheets.person("9", 相关方="宏达安装公司", 岗位="焊工", 手机="13911112222")
    desk = sheets.person(
        "8", 手机="0512-65432100", 邮箱="Desk@Example.cn", 职责="班组长、督导", 岗位="班长、督导员"
    )
    await sheets.bring(company, sheets.book(welder, desk, sheets.person("7", 角色="审计员、员工")))

    async with company.work() as work:
        content = await workbook.download(work)
    again = await sheets.bring(company, content)

    assert (again.created, again.updated, again.ended, again.errors, again.notes) == (0, 0, 0, (), ())
    assert again.people.unchanged == 4


async def test_the_first_workbook_gives_the_founding_unit_its_own_code(company: Company) -> None:
    await sheets.bring(company, sheets.book())

    async with company.house() as work:
        root = (await repository.tree(work))[0]
    assert (root.code, root.name, root.no, root.path) == ("HT", "恒泰集团", 1, "u1")
    other = await sheets.bring(company, sheets.book(units=(["XX", "别的集团", "", "总部", "", ""],)))
    assert sheets.mistakes(other) == [("组织", 2, "上级编码", "SECOND_ROOT")]


async def test_sound_rows_land_and_bad_ones_are_told_at_their_place(company: Company) -> None:
    units = (
        sheets.HQ,
        sheets.SHOP,
        sheets.TEAM,
        ["B!", "坏", "HT", "分厂", "", ""],
        ["T2", "乙科", "W9", "部门", "", ""],
        ["T3", "丙组", "T2", "部门", "", ""],
        ["W2", "焊接车间", "HT", "车间", "", "404"],
    )
    people = [
        sheets.person("1", 职责="班组长"),
        sheets.person("2", 手机="12"),
        sheets.person("3", "T2"),
        sheets.person("4", "W2"),
        sheets.person("1", 职责="厨子", 姓名="员工1"),
        sheets.person("5", 职责="外部人员"),
    ]

    outcome = await sheets.bring(company, sheets.book(*people, units=units))

    assert sheets.mistakes(outcome) == [
        ("组织", 5, "组织编码", "BAD_CODE"),
        ("组织", 6, "上级编码", "UNKNOWN_UNIT"),
        ("组织", 7, "上级编码", "UNIT_REFUSED"),
        ("组织", 8, "负责人工号", "UNKNOWN_HEAD"),
        ("岗位人员", 3, "手机", "BAD_PHONE"),
        ("岗位人员", 4, "所属组织编码", "UNIT_REFUSED"),
        ("岗位人员", 6, "职责", "UNKNOWN_DUTY"),
        ("岗位人员", 7, "相关方", "PARTY_MISSING"),
    ]
    assert [activation.account for activation in outcome.activations] == ["1", "4"]
    assert (outcome.units.created, outcome.people.created) == (3, 2)
    assert await sheets.posts_of(company, "1") == [("T1", "班组长", ["team_leader"])]


async def test_a_mended_sheet_brings_in_the_rest_and_only_that(company: Company) -> None:
    await sheets.bring(company, sheets.book(sheets.person("1"), sheets.person("2", 手机="12")))

    mended = await sheets.bring(
        company, sheets.book(sheets.person("1"), sheets.person("2", 手机="13100131001"))
    )

    assert (mended.people.created, mended.people.unchanged, mended.people.updated) == (1, 1, 0)


async def test_a_new_parent_moves_the_unit_with_its_history(company: Company) -> None:
    await sheets.bring(company, sheets.book(sheets.person("1")))

    other = ["W2", "焊接车间", "HT", "车间", "", ""]
    moved = await sheets.bring(
        company,
        sheets.book(units=(sheets.HQ, sheets.SHOP, other, [*sheets.TEAM[:2], "W2", *sheets.TEAM[3:]])),
    )

    assert (moved.units.created, moved.units.updated, moved.errors) == (1, 1, ())
    assert await sheets.count(company, UnitMove) == (1,)
    async with company.house() as work:
        rows = {unit.code: unit for unit in await repository.tree(work)}
    assert rows["T1"].path == f"u1.u{rows['W2'].no}.u{rows['T1'].no}"


async def test_units_and_moves_of_one_sheet_end_where_it_says(company: Company) -> None:
    departments = [
        [name, name, above, "部门", "", ""] for name, above in (("A", "HT"), ("B", "A"), ("C", "B"))
    ]
    await sheets.bring(company, sheets.book(units=(sheets.HQ, *departments)))

    # C comes to the top, A under a new D under C, B stays under A.
    turned = [[n, n, above, "部门", "", ""] for n, above in (("C", "HT"), ("D", "C"), ("A", "D"), ("B", "A"))]
    outcome = await sheets.bring(company, sheets.book(units=(sheets.HQ, *turned)))

    assert outcome.errors == ()
    async with company.house() as work:
        no = {unit.code: unit.no for unit in await repository.tree(work)}
        for unit in await repository.tree(work):
            line = {"C": "C", "D": "CD", "A": "CDA", "B": "CDAB"}.get(unit.code, "")
            assert unit.path == ".".join(["u1", *(f"u{no[code]}" for code in line)])
    circle = await sheets.bring(company, sheets.book(units=(["C", "C", "A", "部门", "", ""],)))
    assert sheets.mistakes(circle) == [("组织", 2, "上级编码", "CYCLE")]


async def test_closed_units_and_people_who_are_shut_out_are_told(company: Company) -> None:
    await sheets.bring(company, sheets.book(sheets.person("1")))
    async with company.house() as work:
        await work.session.execute(text("update people set disabled_at = now() where account = '1'"))
        await work.session.execute(text("update units set closed_at = now() where code = 'T1'"))

    outcome = await sheets.bring(company, sheets.book(sheets.person("1", "W1")))

    assert sheets.mistakes(outcome) == [("组织", 4, "组织编码", "UNIT_CLOSED")]
    assert [(note.row, note.code) for note in outcome.notes] == [(2, "PERSON_DISABLED")]


async def test_two_imports_at_once_are_one_after_another(company: Company) -> None:
    content = template.write(group.units(), group.people(120, 13_600_000_000))

    done = await asyncio.gather(*(sheets.bring(company, content) for _ in range(3)))

    assert sorted(outcome.created for outcome in done) == [0, 0, 29 + 120 + 5]
    assert await sheets.count(company, Person, Holding) == (121, 120)


async def test_only_who_manages_the_whole_company_imports(cast: Cast) -> None:
    for who in (cast.lin.person_id, cast.wei.person_id):
        async with cast.a.work(who) as work:
            with pytest.raises(Forbidden):
                await workbook.import_workbook(work, cast.a.settings, sheets.book(), dry_run=True)
    async with cast.a.work(cast.lin.person_id) as work:
        with pytest.raises(Forbidden):
            await workbook.download(work)


async def test_a_file_that_is_no_workbook_is_refused_before_anything_is_read(company: Company) -> None:
    with pytest.raises(cells.NotAWorkbook):
        await sheets.bring(company, b"PK\x03\x04 not really")

"""The organisation comes out of one workbook: all sound rows land, nothing twice, and every mistake is told at its place."""

import asyncio
import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from anhuan_infra.errors import Forbidden
from anhuan_infra.ids import new_id
from anhuan_infra.work import Place
from anhuan_tenants.companies import directory
from anhuan_tenants.identity.service import credentials, sign_in
from anhuan_tenants.organisation import cells, repository, template
from anhuan_tenants.organisation.importing.outcome import ImportOutcome
from anhuan_tenants.organisation.models import Contact, Duty, Holding, Person, Post, Unit, UnitMove
from anhuan_tenants.organisation.rows import PersonRow, PostRow
from anhuan_tenants.organisation.service import posts, workbook
from anhuan_tenants.parties.models import Party
from tests.support.people import PASSWORD, Cast, Company
from tests.tenants.organisation import group

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


async def test_a_group_of_650_people_is_in_within_five_seconds_and_a_second_time_changes_nothing(
    company: Company,
) -> None:
    content = template.write(group.units(), group.people(650, 13_800_000_000 + new_id().int % 10**7 * 10))

    # By the processor's clock: the machine may have other things to do.
    began = time.process_time()
    first = await bring(company, content)
    took = time.process_time() - began
    rows = await count(company, Unit, Person, Post, Holding, Contact)
    second = await bring(company, content)

    assert (first.units.created, first.people.created, first.errors) == (29, 650, ())
    assert len({activation.code for activation in first.activations}) == 650
    assert took < 5
    assert (second.created, second.updated, second.ended, second.unchanged) == (0, 0, 0, 680)
    assert second.activations == ()
    # The founder and the founding unit were there before.
    assert rows == await count(company, Unit, Person, Post, Holding, Contact) == (30, 651, 5, 650, 651)


async def test_a_dry_run_says_the_same_and_writes_nothing(company: Company) -> None:
    content = template.write(group.units(), group.people(30, 13_700_000_000))
    tables = (Unit, Person, Post, Holding, Contact, Party)
    async with company.house() as work:
        entries = await work.session.scalar(text("select count(*) from record_entries"))
    before = await count(company, *tables)

    dry = await bring(company, content, dry_run=True)

    assert before == await count(company, *tables)
    async with company.house() as work:
        assert await work.session.scalar(text("select count(*) from record_entries")) == entries
    wet = await bring(company, content)
    assert (dry.units, dry.people, dry.posts, dry.errors) == (wet.units, wet.people, wet.posts, wet.errors)
    assert dry.activations == ()


async def test_what_is_downloaded_changes_nothing_when_imported_again(company: Company) -> None:
    welder = person("9", 相关方="宏达安装公司", 岗位="焊工", 手机="13911112222")
    desk = person("8", 手机="0512-65432100", 邮箱="Desk@Example.cn", 职责="班组长、督导", 岗位="班长、督导员")
    await bring(company, book(welder, desk, person("7", 角色="审计员、员工")))

    async with company.work() as work:
        content = await workbook.download(work)
    again = await bring(company, content)

    assert (again.created, again.updated, again.ended, again.errors, again.notes) == (0, 0, 0, (), ())
    assert again.people.unchanged == 4


async def test_the_first_workbook_gives_the_founding_unit_its_own_code(company: Company) -> None:
    await bring(company, book())

    async with company.house() as work:
        root = (await repository.tree(work))[0]
    assert (root.code, root.name, root.no, root.path) == ("HT", "恒泰集团", 1, "u1")
    other = await bring(company, book(units=(["XX", "别的集团", "", "总部", "", ""],)))
    assert mistakes(other) == [("组织", 2, "上级编码", "SECOND_ROOT")]


async def test_a_new_person_activates_and_acts_by_the_post_of_the_sheet(company: Company) -> None:
    phone = f"138{new_id().int % 10**8:08d}"
    outcome = await bring(company, book(person("0017", 职责="班组长", 手机=phone)))

    code = outcome.activations[0].code
    await credentials.activate(company.sessions, company.settings, company.code, "0017", code, PASSWORD)
    entered = await sign_in.sign_in(company.sessions, company.settings, None, phone, PASSWORD)

    async with company.house() as work:
        team = (await work.session.scalars(select(Unit).where(Unit.code == "T1"))).one()
    access = (await company.actor(entered.person_id)).access
    assert access.allows("hazard.assign", Place(unit_no=team.no))
    assert not access.allows("hazard.assign", Place(unit_no=1))


async def test_a_duty_brings_the_role_of_the_tier_where_it_is_held(company: Company) -> None:
    officers = [person(str(at), unit, 职责="安全员") for at, unit in enumerate(("HT", "W1", "T1"))]

    await bring(company, book(*officers))

    assert await posts_of(company, "0") == [("HT", "安全员", ["hq_safety_officer"])]
    assert await posts_of(company, "1") == [("W1", "安全员", ["workshop_safety_officer"])]
    assert (await count(company, Post)) == (2,)


async def test_sound_rows_land_and_bad_ones_are_told_at_their_place(company: Company) -> None:
    units = (
        HQ,
        SHOP,
        TEAM,
        ["B!", "坏", "HT", "分厂", "", ""],
        ["T2", "乙科", "W9", "部门", "", ""],
        ["T3", "丙组", "T2", "部门", "", ""],
        ["W2", "焊接车间", "HT", "车间", "", "404"],
    )
    people = [
        person("1", 职责="班组长"),
        person("2", 手机="12"),
        person("3", "T2"),
        person("4", "W2"),
        person("1", 职责="厨子", 姓名="员工1"),
        person("5", 职责="外部人员"),
    ]

    outcome = await bring(company, book(*people, units=units))

    assert mistakes(outcome) == [
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
    assert await posts_of(company, "1") == [("T1", "班组长", ["team_leader"])]


async def test_a_mended_sheet_brings_in_the_rest_and_only_that(company: Company) -> None:
    await bring(company, book(person("1"), person("2", 手机="12")))

    mended = await bring(company, book(person("1"), person("2", 手机="13100131001")))

    assert (mended.people.created, mended.people.unchanged, mended.people.updated) == (1, 1, 0)


async def test_changed_rows_change_people_and_an_empty_cell_takes_nothing_away(company: Company) -> None:
    phone = f"+86137{new_id().int % 10**8:08d}"
    await bring(company, book(person("1", 手机=phone, 邮箱="one@example.cn")))

    outcome = await bring(company, book(person("1", "W1", 姓名="李 娜娜", 手机="")))

    assert (outcome.people.updated, outcome.created) == (1, 0)
    async with company.house() as work:
        changed = await repository.person_with_account(work, "1")
        assert changed is not None
        contact = await work.session.get_one(Contact, (work.tenant_id, changed.id))
        codes = dict((await work.session.execute(select(Unit.no, Unit.code))).all())
    assert (changed.name, changed.name_sort, codes[changed.home_unit_no]) == ("李娜娜", "li na na", "W1")
    assert (contact.phone, contact.email, codes[contact.unit_no]) == (phone, "one@example.cn", "W1")


async def test_the_posts_that_a_row_says_replace_those_held_and_silence_leaves_them(company: Company) -> None:
    await bring(company, book(person("1", 职责="班组长", 岗位="班长")))

    silent = await bring(company, book(person("1", 手机="13100131002")))
    kept = await posts_of(company, "1")
    demoted = await bring(company, book(person("1", 职责="工人", 岗位="冲压工")))
    back = await bring(company, book(person("1", 职责="班组长", 岗位="班长")))

    assert (silent.ended, kept) == (0, [("T1", "班长", ["team_leader"])])
    assert (demoted.ended, demoted.people.updated) == (1, 1)
    assert back.ended == 1
    assert await posts_of(company, "1") == [("T1", "班长", ["team_leader"])]


async def test_a_refused_row_of_a_person_ends_none_of_their_posts(company: Company) -> None:
    both = (person("1", 职责="班组长"), person("1", "W1", 职责="督导"))
    await bring(company, book(*both))

    torn = await bring(company, book(person("1", 职责="班组长"), person("1", "W1", 职责="督到")))

    assert torn.ended == 0
    assert [held[1] for held in await posts_of(company, "1")] == ["班组长", "督导"]


async def test_a_named_head_holds_the_post_of_a_head_unless_they_do_already(company: Company) -> None:
    headed = (HQ, [*SHOP[:5], "1"], [*TEAM[:5], "2"])

    await bring(company, book(person("1", "W1"), person("2", 职责="班组长", 岗位="大班长"), units=headed))
    again = await bring(company, book(person("1", "W1"), units=headed))

    assert ("W1", "车间主任", ["workshop_head"]) in await posts_of(company, "1")
    assert await posts_of(company, "2") == [("T1", "大班长", ["team_leader"])]
    assert (again.created, again.updated, again.ended) == (0, 0, 0)


async def test_a_post_that_the_company_changed_stays_as_it_was_changed(company: Company) -> None:
    sheet = book(person("1", 职责="安全员"), person("2", 职责="班组长"))
    await bring(company, sheet)
    async with company.work() as work:
        for post in await repository.posts(work):
            await posts.change_post(work, post.id, roles=[*post.roles, "supervisor"])

    again = await bring(company, sheet)

    assert (again.created, again.updated, again.ended) == (0, 0, 0)


async def test_a_new_parent_moves_the_unit_with_its_history(company: Company) -> None:
    await bring(company, book(person("1")))

    other = ["W2", "焊接车间", "HT", "车间", "", ""]
    moved = await bring(company, book(units=(HQ, SHOP, other, [*TEAM[:2], "W2", *TEAM[3:]])))

    assert (moved.units.created, moved.units.updated, moved.errors) == (1, 1, ())
    assert await count(company, UnitMove) == (1,)
    async with company.house() as work:
        rows = {unit.code: unit for unit in await repository.tree(work)}
    assert rows["T1"].path == f"u1.u{rows['W2'].no}.u{rows['T1'].no}"


async def test_units_and_moves_of_one_sheet_end_where_it_says(company: Company) -> None:
    departments = [
        [name, name, above, "部门", "", ""] for name, above in (("A", "HT"), ("B", "A"), ("C", "B"))
    ]
    await bring(company, book(units=(HQ, *departments)))

    # C comes to the top, A under a new D under C, B stays under A.
    turned = [[n, n, above, "部门", "", ""] for n, above in (("C", "HT"), ("D", "C"), ("A", "D"), ("B", "A"))]
    outcome = await bring(company, book(units=(HQ, *turned)))

    assert outcome.errors == ()
    async with company.house() as work:
        no = {unit.code: unit.no for unit in await repository.tree(work)}
        for unit in await repository.tree(work):
            line = {"C": "C", "D": "CD", "A": "CDA", "B": "CDAB"}.get(unit.code, "")
            assert unit.path == ".".join(["u1", *(f"u{no[code]}" for code in line)])
    circle = await bring(company, book(units=(["C", "C", "A", "部门", "", ""],)))
    assert mistakes(circle) == [("组织", 2, "上级编码", "CYCLE")]


async def test_an_address_of_a_colleague_refuses_the_row_and_may_be_passed_on(company: Company) -> None:
    await bring(company, book(person("1", 手机="13100131003"), person("2", 手机="13100131004")))

    taken = await bring(company, book(person("3", 手机="13100131003"), person("4")))
    swapped = await bring(company, book(person("1", 手机="13100131004"), person("2", 手机="13100131003")))

    assert mistakes(taken) == [("岗位人员", 2, "手机", "PHONE_TAKEN")]
    assert "工号 1 " in taken.errors[0].zh
    assert taken.people.created == 1
    assert (swapped.people.updated, swapped.errors) == (2, ())
    leads = await directory.people_of(company.sessions, company.settings.secrets, "13100131004")
    async with company.house() as work:
        first = await repository.person_with_account(work, "1")
    assert first is not None
    assert first.id in [lead.person_id for lead in leads]


async def test_outside_people_come_with_their_party_and_do_not_change_sides(company: Company) -> None:
    await bring(company, book(person("1"), person("C1", 相关方="宏达安装公司", 岗位="焊工")))

    async with company.house() as work:
        party = (await work.session.scalars(select(Party))).one()
        welder = await repository.person_with_account(work, "C1")
    assert welder is not None
    assert (party.name, welder.party_id) == ("宏达安装公司", party.id)
    assert await posts_of(company, "C1") == [("T1", "焊工", ["contractor_worker"])]
    crossed = await bring(company, book(person("1", 相关方="宏达安装公司"), person("C1", 职责="班组长")))
    assert [(row, code) for _, row, _, code in mistakes(crossed)] == [
        (2, "PARTY_CHANGE"),
        (3, "PARTY_MISSING"),
    ]


async def test_closed_units_and_people_who_are_shut_out_are_told(company: Company) -> None:
    await bring(company, book(person("1")))
    async with company.house() as work:
        await work.session.execute(text("update people set disabled_at = now() where account = '1'"))
        await work.session.execute(text("update units set closed_at = now() where code = 'T1'"))

    outcome = await bring(company, book(person("1", "W1")))

    assert mistakes(outcome) == [("组织", 4, "组织编码", "UNIT_CLOSED")]
    assert [(note.row, note.code) for note in outcome.notes] == [(2, "PERSON_DISABLED")]


async def test_two_imports_at_once_are_one_after_another(company: Company) -> None:
    content = template.write(group.units(), group.people(120, 13_600_000_000))

    done = await asyncio.gather(*(bring(company, content) for _ in range(3)))

    assert sorted(outcome.created for outcome in done) == [0, 0, 29 + 120 + 5]
    assert await count(company, Person, Holding) == (121, 120)


async def test_only_who_manages_the_whole_company_imports(cast: Cast) -> None:
    for who in (cast.lin.person_id, cast.wei.person_id):
        async with cast.a.work(who) as work:
            with pytest.raises(Forbidden):
                await workbook.import_workbook(work, cast.a.settings, book(), dry_run=True)
    async with cast.a.work(cast.lin.person_id) as work:
        with pytest.raises(Forbidden):
            await workbook.download(work)


async def test_a_file_that_is_no_workbook_is_refused_before_anything_is_read(company: Company) -> None:
    with pytest.raises(cells.NotAWorkbook):
        await bring(company, b"PK\x03\x04 not really")


async def test_every_naughty_name_is_kept_or_refused_at_its_row(company: Company, data: Path) -> None:
    words = json.loads((data / "naughty_strings" / "blns_first200.json").read_text())
    rows = [person(f"N{at}", 姓名=word, 岗位=word[:60]) for at, word in enumerate(words)]

    outcome = await bring(company, book(*rows))
    again = await bring(company, book(*rows))

    told = {row for _, row, _, _ in mistakes(outcome)}
    async with company.house() as work:
        kept = dict((await work.session.execute(select(Person.account, Person.name))).all())
    for at, word in enumerate(words):
        if at + 2 in told:
            assert f"N{at}" not in kept
        else:
            assert "".join(kept[f"N{at}"].split()) != "" or not word.strip()
    assert outcome.people.created > 120
    assert (again.created, again.updated) == (0, 0)


async def test_someone_of_another_company_with_the_same_number_is_another(cast: Cast) -> None:
    await bring(cast.a, book(person("77")))
    await bring(cast.b, book(person("77", 姓名="同号")))

    async with cast.b.house() as work:
        theirs = await repository.person_with_account(work, "77")
    assert theirs is not None
    assert (theirs.name, theirs.tenant_id) == ("同号", cast.b.id)


def test_an_exported_person_without_a_post_at_home_still_says_where_home_is() -> None:
    away = PostRow("B1", "督导员", Duty.SUPERVISOR, ())
    someone = PersonRow(2, "1", "李娜", None, None, "HT", None, (away,))

    sheets = cells.read(template.write(group.units(), [someone, replace(someone, account="2", posts=())]))

    people = sheets["岗位人员"]
    assert people is not None
    assert [(row[0], row[4], row[5]) for row in people[1:]] == [
        ("1", "HT", ""),
        ("1", "B1", "督导员"),
        ("2", "HT", ""),
    ]

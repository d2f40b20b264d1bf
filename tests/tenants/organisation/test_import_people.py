"""What a workbook says of people: who they are, how they are reached, which posts they hold and no longer hold."""

import json
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from anhuan_infra.ids import new_id
from anhuan_infra.work import Place
from anhuan_tenants.companies import directory
from anhuan_tenants.identity.service import credentials, sign_in
from anhuan_tenants.organisation import cells, repository, template
from anhuan_tenants.organisation.models import Contact, Duty, Person, Post, Unit
from anhuan_tenants.organisation.rows import PersonRow, PostRow
from anhuan_tenants.organisation.service import posts
from anhuan_tenants.parties.models import Party
from tests.support.people import PASSWORD, Cast, Company
from tests.tenants.organisation import group, sheets


async def test_a_new_person_activates_and_acts_by_the_post_of_the_sheet(company: Company) -> None:
    phone = f"138{new_id().int % 10**8:08d}"
    outcome = await sheets.bring(company, sheets.book(sheets.person("0017", 职责="班组长", 手机=phone)))

    code = outcome.activations[0].code
    await credentials.activate(company.sessions, company.settings, company.code, "0017", code, PASSWORD)
    entered = await sign_in.sign_in(company.sessions, company.settings, None, phone, PASSWORD)

    async with company.house() as work:
        team = (await work.session.scalars(select(Unit).where(Unit.code == "T1"))).one()
    access = (await company.actor(entered.person_id)).access
    assert access.allows("hazard.assign", Place(unit_no=team.no))
    assert not access.allows("hazard.assign", Place(unit_no=1))


async def test_a_duty_brings_the_role_of_the_tier_where_it_is_held(company: Company) -> None:
    officers = [sheets.person(str(at), unit, 职责="安全员") for at, unit in enumerate(("HT", "W1", "T1"))]

    await sheets.bring(company, sheets.book(*officers))

    assert await sheets.posts_of(company, "0") == [("HT", "安全员", ["hq_safety_officer"])]
    assert await sheets.posts_of(company, "1") == [("W1", "安全员", ["workshop_safety_officer"])]
    assert (await sheets.count(company, Post)) == (2,)


async def test_changed_rows_change_people_and_an_empty_cell_takes_nothing_away(company: Company) -> None:
    phone = f"+86137{new_id().int % 10**8:08d}"
    await sheets.bring(company, sheets.book(sheets.person("1", 手机=phone, 邮箱="one@example.cn")))

    outcome = await sheets.bring(company, sheets.book(sheets.person("1", "W1", 姓名="李 娜娜", 手机="")))

    assert (outcome.people.updated, outcome.created) == (1, 0)
    async with company.house() as work:
        changed = await repository.person_with_account(work, "1")
        assert changed is not None
        contact = await work.session.get_one(Contact, (work.tenant_id, changed.id))
        codes = dict((await work.session.execute(select(Unit.no, Unit.code))).all())
    assert (changed.name, changed.name_sort, codes[changed.home_unit_no]) == ("李娜娜", "li na na", "W1")
    assert (contact.phone, contact.email, codes[contact.unit_no]) == (phone, "one@example.cn", "W1")


async def test_the_posts_that_a_row_says_replace_those_held_and_silence_leaves_them(company: Company) -> None:
    await sheets.bring(company, sheets.book(sheets.person("1", 职责="班组长", 岗位="班长")))

    silent = await sheets.bring(company, sheets.book(sheets.person("1", 手机="13100131002")))
    kept = await sheets.posts_of(company, "1")
    demoted = await sheets.bring(company, sheets.book(sheets.person("1", 职责="工人", 岗位="冲压工")))
    back = await sheets.bring(company, sheets.book(sheets.person("1", 职责="班组长", 岗位="班长")))

    assert (silent.ended, kept) == (0, [("T1", "班长", ["team_leader"])])
    assert (demoted.ended, demoted.people.updated) == (1, 1)
    assert back.ended == 1
    assert await sheets.posts_of(company, "1") == [("T1", "班长", ["team_leader"])]


async def test_a_refused_row_of_a_person_ends_none_of_their_posts(company: Company) -> None:
    both = (sheets.person("1", 职责="班组长"), sheets.person("1", "W1", 职责="督导"))
    await sheets.bring(company, sheets.book(*both))

    torn = await sheets.bring(
        company, sheets.book(sheets.person("1", 职责="班组长"), sheets.person("1", "W1", 职责="督到"))
    )

    assert torn.ended == 0
    assert [held[1] for held in await sheets.posts_of(company, "1")] == ["班组长", "督导"]


async def test_a_named_head_holds_the_post_of_a_head_unless_they_do_already(company: Company) -> None:
    headed = (sheets.HQ, [*sheets.SHOP[:5], "1"], [*sheets.TEAM[:5], "2"])

    await sheets.bring(
        company,
        sheets.book(sheets.person("1", "W1"), sheets.person("2", 职责="班组长", 岗位="大班长"), units=headed),
    )
    again = await sheets.bring(company, sheets.book(sheets.person("1", "W1"), units=headed))

    assert ("W1", "车间主任", ["workshop_head"]) in await sheets.posts_of(company, "1")
    assert await sheets.posts_of(company, "2") == [("T1", "大班长", ["team_leader"])]
    assert (again.created, again.updated, again.ended) == (0, 0, 0)


async def test_a_post_that_the_company_changed_stays_as_it_was_changed(company: Company) -> None:
    sheet = sheets.book(sheets.person("1", 职责="安全员"), sheets.person("2", 职责="班组长"))
    await sheets.bring(company, sheet)
    async with company.work() as work:
        for post in await repository.posts(work):
            await posts.change_post(work, post.id, roles=[*post.roles, "supervisor"])

    again = await sheets.bring(company, sheet)

    assert (again.created, again.updated, again.ended) == (0, 0, 0)


async def test_an_address_of_a_colleague_refuses_the_row_and_may_be_passed_on(company: Company) -> None:
    await sheets.bring(
        company, sheets.book(sheets.person("1", 手机="13100131003"), sheets.person("2", 手机="13100131004"))
    )

    taken = await sheets.bring(
        company, sheets.book(sheets.person("3", 手机="13100131003"), sheets.person("4"))
    )
    swapped = await sheets.bring(
        company, sheets.book(sheets.person("1", 手机="13100131004"), sheets.person("2", 手机="13100131003"))
    )

    assert sheets.mistakes(taken) == [("岗位人员", 2, "手机", "PHONE_TAKEN")]
    assert "工号 1 " in taken.errors[0].zh
    assert taken.people.created == 1
    assert (swapped.people.updated, swapped.errors) == (2, ())
    leads = await directory.people_of(company.sessions, company.settings.secrets, "13100131004")
    async with company.house() as work:
        first = await repository.person_with_account(work, "1")
    assert first is not None
    assert first.id in [lead.person_id for lead in leads]


async def test_outside_people_come_with_their_party_and_do_not_change_sides(company: Company) -> None:
    await sheets.bring(
        company, sheets.book(sheets.person("1"), sheets.person("C1", 相关方="宏达安装公司", 岗位="焊工"))
    )

    async with company.house() as work:
        party = (await work.session.scalars(select(Party))).one()
        welder = await repository.person_with_account(work, "C1")
    assert welder is not None
    assert (party.name, welder.party_id) == ("宏达安装公司", party.id)
    assert await sheets.posts_of(company, "C1") == [("T1", "焊工", ["contractor_worker"])]
    crossed = await sheets.bring(
        company, sheets.book(sheets.person("1", 相关方="宏达安装公司"), sheets.person("C1", 职责="班组长"))
    )
    assert [(row, code) for _, row, _, code in sheets.mistakes(crossed)] == [
        (2, "PARTY_CHANGE"),
        (3, "PARTY_MISSING"),
    ]


async def test_every_naughty_name_is_kept_or_refused_at_its_row(company: Company, data: Path) -> None:
    words = json.loads((data / "naughty_strings" / "blns_first200.json").read_text())
    rows = [sheets.person(f"N{at}", 姓名=word, 岗位=word[:60]) for at, word in enumerate(words)]

    outcome = await sheets.bring(company, sheets.book(*rows))
    again = await sheets.bring(company, sheets.book(*rows))

    told = {row for _, row, _, _ in sheets.mistakes(outcome)}
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
    await sheets.bring(cast.a, sheets.book(sheets.person("77")))
    await sheets.bring(cast.b, sheets.book(sheets.person("77", 姓名="同号")))

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

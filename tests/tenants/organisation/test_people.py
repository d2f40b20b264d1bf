"""People join, change, hold posts and are found."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from anhuan_infra.errors import BadInput, Conflict, Forbidden, NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_infra.work import Place
from anhuan_tenants.access import service as access
from anhuan_tenants.access.service import RoleGiven
from anhuan_tenants.companies import directory
from anhuan_tenants.identity.service import credentials, sign_in
from anhuan_tenants.organisation import errors, repository
from anhuan_tenants.organisation.models import Contact, Duty, Holding, Person, Post, Unit, UnitKind
from anhuan_tenants.organisation.service import people, posts
from anhuan_tenants.organisation.service.people import PersonChange, PersonGiven
from anhuan_tenants.organisation.service.posts import PostGiven, PostSet
from tests.support.people import PASSWORD, Cast, Company


async def unit_id(company: Company, no: int) -> UUID:
    async with company.house() as work:
        return (await work.session.scalars(select(Unit.id).where(Unit.no == no))).one()


async def given(company: Company, no: int = 1, **changes: str | None) -> PersonGiven:
    plain = PersonGiven(new_id(), f"w{new_id().hex[-8:]}", "周杰", await unit_id(company, no))
    return replace(plain, **changes)  # type: ignore[arg-type]


async def add(company: Company, asked: PersonGiven, by: UUID | None = None) -> tuple[Person, str | None]:
    async with company.work(by) as work:
        return await people.add_person(work, company.settings, asked)


async def change(company: Company, who: UUID, wanted: PersonChange, by: UUID | None = None) -> Person:
    async with company.work(by) as work:
        return await people.change_person(work, company.settings, who, wanted)


async def a_post(company: Company, duty: Duty, *roles: str) -> Post:
    async with company.work() as work:
        return await posts.add_post(work, PostGiven(new_id(), f"p{new_id().hex[-8:]}", "某岗", duty, roles))


async def set_post(
    company: Company, person: UUID, post: Post, no: int, by: UUID | None = None, **more: object
) -> Holding:
    where = await unit_id(company, no)
    async with company.work(by) as work:
        asked = PostSet(new_id(), person, post.id, where, **more)  # type: ignore[arg-type]
        return await posts.set_post(work, asked)


async def test_a_new_person_activates_the_account_and_signs_in_by_phone(company: Company) -> None:
    number = f"139{new_id().int % 10**8:08d}"
    asked = await given(company, account="0017", phone=number)

    person, code = await add(company, asked)
    assert code is not None
    door = (company.sessions, company.settings)
    await credentials.activate(*door, company.code, "0017", code, PASSWORD)
    entered = await sign_in.sign_in(*door, None, number, PASSWORD)

    assert entered.person_id == person.id == asked.id
    access = (await company.actor(person.id)).access
    assert access.allows("hazard.report", Place(unit_no=1, owner_id=person.id))
    assert not access.allows("hazard.grade", None)


async def test_the_same_person_sent_again_is_the_same_and_gets_no_second_code(company: Company) -> None:
    asked = await given(company)

    first, code = await add(company, asked)
    second, none = await add(company, asked)

    assert (first.id, none) == (second.id, None)
    assert code is not None and len(code) == 14
    with pytest.raises(Conflict):
        await add(company, replace(asked, name="别人"))


async def test_ten_at_once_with_one_account_or_phone_make_one_person(company: Company) -> None:
    accounts = [await given(company, account="X1") for _ in range(5)]
    phones = [await given(company, phone="13700137000") for _ in range(5)]

    done = await asyncio.gather(*(add(company, one) for one in accounts + phones), return_exceptions=True)

    kinds = [type(result).__name__ for result in done]
    assert sorted(kinds[:5]) == ["AccountTaken"] * 4 + ["tuple"]
    assert sorted(kinds[5:]) == ["ContactTaken"] * 4 + ["tuple"]


async def test_a_shared_desk_phone_is_kept_and_signs_nobody_in(company: Company, settings: Settings) -> None:
    one, _ = await add(company, await given(company, phone="0512-65432100"))
    two, _ = await add(company, await given(company, phone="0512 6543 2100"))

    async with company.house() as work:
        kept = {
            row.phone for row in await work.session.scalars(select(Contact).where(Contact.phone.is_not(None)))
        }
    assert kept == {"+8651265432100"}
    assert one.id != two.id
    assert await directory.people_of(company.sessions, settings.secrets, "+8651265432100") == []


async def test_a_changed_phone_signs_in_and_the_old_one_no_longer(company: Company) -> None:
    old, new = (f"138{new_id().int % 10**8:08d}" for _ in range(2))
    person, _ = await add(company, await given(company, phone=old, email="zhou@example.cn"))

    await change(company, person.id, PersonChange(phone=new, name="周 杰伦", email=""))

    secrets = company.settings.secrets
    assert await directory.people_of(company.sessions, secrets, old) == []
    assert [lead.person_id for lead in await directory.people_of(company.sessions, secrets, new)] == [
        person.id
    ]
    assert await directory.people_of(company.sessions, secrets, "zhou@example.cn") == []
    async with company.house() as work:
        contact = await work.session.get_one(Contact, (work.tenant_id, person.id))
        assert (contact.phone, contact.email) == (f"+86{new}", None)


async def test_a_person_who_moves_home_takes_the_contact_along(cast: Cast) -> None:
    lin = cast.lin.person_id
    assert lin is not None

    moved = await change(cast.a, lin, PersonChange(unit_id=await unit_id(cast.a, cast.branch)))

    assert moved.home_unit_no == cast.branch
    async with cast.a.house() as work:
        assert (await work.session.get_one(Contact, (work.tenant_id, lin))).unit_no == cast.branch


async def test_people_change_their_own_language_and_nothing_else(cast: Cast) -> None:
    lin, wei = cast.lin.person_id, cast.wei.person_id
    assert lin is not None and wei is not None

    assert (await change(cast.a, lin, PersonChange(language="en"), by=lin)).language == "en"
    for who, wanted in ((lin, PersonChange(phone="13100131000")), (wei, PersonChange(language="en"))):
        with pytest.raises((Forbidden, NotFound)):
            await change(cast.a, who, wanted, by=lin)
    with pytest.raises(errors.WordUnknown):
        await change(cast.a, lin, PersonChange(language="tlh"), by=lin)


async def test_only_who_manages_people_there_adds_one(cast: Cast) -> None:
    asked = await given(cast.a, cast.team)

    with pytest.raises(Forbidden):
        await add(cast.a, asked, by=cast.lin.person_id)
    with pytest.raises(NotFound):
        await add(cast.b, asked)
    with pytest.raises(NotFound):
        await add(cast.b, await given(cast.b, party_id=new_id()))  # type: ignore[arg-type]


async def test_a_post_brings_its_roles_until_it_ends(cast: Cast) -> None:
    a, lin = cast.a, cast.lin.person_id
    assert lin is not None
    leader = await a_post(a, Duty.TEAM_LEADER, "team_leader")
    here = Place(unit_no=cast.team)

    held = await set_post(a, lin, leader, cast.team, is_primary=True)
    again = await set_post(a, lin, leader, cast.team)
    with_it = (await a.actor(lin)).access.allows("hazard.assign", here)
    async with a.work() as work:
        await posts.end_post(work, held.id)
        await posts.end_post(work, held.id)

    assert held.id == again.id
    assert with_it
    assert not (await a.actor(lin)).access.allows("hazard.assign", here)
    async with a.house() as work:
        assert await posts.held_by(work, lin) == []


async def test_a_post_for_a_time_ends_by_itself(cast: Cast) -> None:
    a, lin = cast.a, cast.lin.person_id
    assert lin is not None
    leader = await a_post(a, Duty.TEAM_LEADER, "team_leader")
    async with a.house() as work:
        soon = work.now + timedelta(seconds=1)

    await set_post(a, lin, leader, cast.team, until=soon)
    during = (await a.actor(lin)).access.allows("hazard.assign", None)
    await asyncio.sleep(1.1)

    assert during
    assert not (await a.actor(lin)).access.allows("hazard.assign", None)


async def test_nobody_makes_themselves_more_by_a_post(cast: Cast) -> None:
    a = cast.a
    async with a.work() as work:
        permissions = [["person.manage", "unit"], ["unit.read", "tenant"], ["person.read", "unit"]]
        await access.add_role(work, new_id(), RoleGiven("hr", "人事", "HR", permissions))
    clerk = await a.person("人事员", "hr", "worker", unit_no=cast.branch)
    boss, hand = (
        await a_post(a, Duty.GENERAL_MANAGER, "general_manager"),
        await a_post(a, Duty.WORKER, "worker"),
    )

    await set_post(a, clerk, hand, cast.team, by=clerk)

    with pytest.raises(Forbidden):
        await set_post(a, clerk, boss, cast.branch, by=clerk)
    with pytest.raises(Forbidden):
        await set_post(a, clerk, hand, 1, by=clerk)


async def test_outside_posts_are_for_outside_people_only(cast: Cast) -> None:
    lin = cast.lin.person_id
    assert lin is not None

    with pytest.raises(errors.OutsideDuty):
        await set_post(cast.a, lin, await a_post(cast.a, Duty.OUTSIDE, "contractor_worker"), cast.team)


async def test_people_are_found_by_name_pinyin_initials_and_number(cast: Cast) -> None:
    async def found(words: str) -> list[str]:
        async with cast.a.work() as work:
            return [person.name for person in await repository.people(work, find=words)]

    for words in ("小雨", "linxiaoyu", "Lin Xiao", "lxy", "LIN", "xiaoyu"):
        assert await found(words) == ["林小雨"], words
    assert await found("w") == ["魏建国"]
    assert await found("%") == await found("_") == await found("王") == []


async def test_people_are_listed_by_name_page_by_page_and_by_unit(cast: Cast) -> None:
    for name in ("白云", "陈晨", "安宁"):
        await cast.a.person(name, unit_no=cast.team)
    async with cast.a.work() as work:
        branch = await unit_id(cast.a, cast.branch)
        first = await repository.people(work, unit_id=branch, limit=2)
        second = await repository.people(
            work, unit_id=branch, limit=2, after=(first[-1].name_sort, first[-1].id)
        )

    assert [person.name for person in first + second] == ["安宁", "白云", "陈晨", "林小雨"]


async def test_every_naughty_string_is_kept_exactly_or_refused_with_its_field(
    company: Company, data: Path
) -> None:
    words = json.loads((data / "naughty_strings" / "blns_first200.json").read_text())
    department = await company.unit("综合科", UnitKind.DEPARTMENT)
    person, _ = await add(company, await given(company, department))
    kept = 0
    async with company.work() as work:
        for word in [*words, "\x00", "\ud800", "名" * 201]:
            try:
                await people.change_person(work, company.settings, person.id, PersonChange(name=word))
            except BadInput as refusal:
                assert refusal.path == "name"
                continue
            await work.session.flush()
            row = await repository.person(work, person.id)
            assert row.name == word
            kept += 1
            for asked in (PersonChange(email=word or "x"), PersonChange(phone=word or "x")):
                with pytest.raises(BadInput):
                    await people.change_person(work, company.settings, person.id, asked)

    assert kept > 150

"""Roles given, taken and changed: by whom, how far, and from the next request on."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select

from anhuan_infra.errors import Forbidden, NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.work import Place, Work
from anhuan_tenants.access import repository, service
from anhuan_tenants.access.errors import (
    AdministratorsRole,
    OutsideRole,
    PermissionUnknown,
    RoleChanged,
    RoleCodeTaken,
)
from anhuan_tenants.access.service import RoleGiven
from anhuan_tenants.companies import versions
from anhuan_tenants.identity.entry import Member
from anhuan_tenants.identity.errors import LastAdministrator
from anhuan_tenants.identity.service import standing
from anhuan_tenants.organisation.models import Unit, UnitKind
from anhuan_tenants.parties.models import Party
from tests.support.people import Cast, Company


async def unit_id(company: Company, no: int) -> UUID:
    async with company.house() as work:
        return (await work.session.scalars(select(Unit.id).where(Unit.no == no))).one()


async def give(company: Company, person: UUID, role: str, no: int, by: UUID | None = None) -> None:
    where = await unit_id(company, no)
    async with company.work(by) as work:
        await service.give_role(work, person, role, where)


async def take(company: Company, person: UUID, role: str, no: int, by: UUID | Member | None = None) -> bool:
    where = await unit_id(company, no)
    async with company.work(by) as work:
        return await service.take_role(work, person, role, where)


async def acts(work: Work) -> list[str]:
    return list(await work.session.scalars(select(RecordEntry.act).order_by(RecordEntry.at)))


async def test_a_role_works_from_the_next_request_on_and_no_longer_once_taken(cast: Cast) -> None:
    a, lin = cast.a, cast.lin.person_id
    assert lin is not None
    here = Place(unit_no=cast.team)

    await give(a, lin, "workshop_safety_officer", cast.workshop)
    given = (await a.actor(lin)).access
    was_there = await take(a, lin, "workshop_safety_officer", cast.workshop)
    taken = (await a.actor(lin)).access

    assert given.allows("hazard.grade", here)
    assert not given.allows("hazard.grade", Place(unit_no=cast.branch))
    assert was_there
    assert not taken.allows("hazard.grade", here)
    async with a.house() as work:
        assert [act for act in await acts(work) if act.startswith("role.")] == ["role.given", "role.taken"]


async def test_giving_twice_is_once_and_taking_what_was_not_given_says_so(cast: Cast) -> None:
    lin = cast.lin.person_id
    assert lin is not None

    await give(cast.a, lin, "fitter", cast.team)
    await give(cast.a, lin, "fitter", cast.team)

    async with cast.a.house() as work:
        held = [grant.role_code for grant in await repository.grants_of(work, lin)]
        assert sorted(held) == ["fitter", "worker"]
        assert (await acts(work)).count("role.given") == 1
    assert not await take(cast.a, lin, "fitter", cast.branch)


async def test_who_may_not_manage_policy_gives_nothing(cast: Cast) -> None:
    wei = cast.wei.person_id
    assert wei is not None

    with pytest.raises(Forbidden) as refusal:
        await give(cast.a, wei, "tenant_admin", 1, by=wei)

    assert refusal.value.facts["act"] == "policy.manage"


async def test_a_branch_administrator_gives_what_they_hold_there_and_no_more(cast: Cast) -> None:
    a, lin = cast.a, cast.lin.person_id
    assert lin is not None
    async with a.work() as work:
        permissions = [["policy.manage", "unit"], ["unit.read", "tenant"], ["hazard.grade", "unit"]]
        await service.add_role(work, new_id(), RoleGiven("branch_admin", "分厂管理员", "Admin", permissions))
        only_grade = RoleGiven("grader", "定级员", "Grader", [["hazard.grade", "unit"]])
        await service.add_role(work, new_id(), only_grade)
    other_branch = await a.unit("第二分厂", UnitKind.BRANCH)
    deputy = await a.person("何副", "branch_admin", unit_no=cast.branch)

    await give(a, lin, "grader", cast.team, by=deputy)

    assert (await a.actor(lin)).access.allows("hazard.grade", Place(unit_no=cast.team))
    for role, no in (("tenant_admin", cast.branch), ("worker", cast.team), ("grader", other_branch)):
        with pytest.raises(Forbidden):
            await give(a, deputy, role, no, by=deputy)


async def test_someone_of_an_outside_party_gets_no_inside_role(cast: Cast) -> None:
    party = new_id()
    async with cast.a.house() as work:
        work.session.add(Party(id=party, code="HD", name="宏达安装", kind="contractor", unit_no=1))
    welder = await cast.a.person("焊工甲", "contractor_worker", party_id=party)

    with pytest.raises(OutsideRole):
        await give(cast.a, welder, "worker", 1)
    await give(cast.a, welder, "supplier_user", 1)

    async with cast.a.work() as work:
        with pytest.raises(OutsideRole):
            await service.change_role(work, "contractor_worker", [["case.read", "unit"]])


async def test_the_last_administrator_stays_one(cast: Cast) -> None:
    a = cast.a
    with pytest.raises(LastAdministrator):
        await take(a, a.founder_id, "tenant_admin", 1)

    second = await a.person("副手", "tenant_admin")
    assert await take(a, a.founder_id, "tenant_admin", 1, by=second)

    assert not (await a.actor(a.founder_id)).access.allows("policy.manage", None)


async def test_two_administrators_who_take_each_others_role_leave_one(cast: Cast) -> None:
    a = cast.a
    second = await a.person("副手", "tenant_admin")

    # Both have been let in before either has done anything.
    one, other = await a.actor(a.founder_id), await a.actor(second)
    done = await asyncio.gather(
        take(a, a.founder_id, "tenant_admin", 1, by=other),
        take(a, second, "tenant_admin", 1, by=one),
        return_exceptions=True,
    )

    assert sorted(type(result).__name__ for result in done) == ["LastAdministrator", "bool"]


async def test_changing_a_role_reaches_all_who_hold_it(cast: Cast) -> None:
    a, lin = cast.a, cast.lin.person_id
    assert lin is not None
    async with a.work() as work:
        before = await versions.current(work)
        await service.change_role(work, "worker", [["case.read", "tenant"]])
        again = await service.change_role(work, "worker", [["case.read", "tenant"]])

    access = (await a.actor(lin)).access
    assert access.settings()["app.see_case"] == "all"
    assert not access.allows("hazard.report", None)
    assert again.permissions == [["case.read", "tenant"]]
    async with a.house() as work:
        assert await versions.current(work) > before
        assert (await acts(work)).count("role.changed") == 1


async def test_of_two_administrators_who_looked_at_the_same_role_the_second_is_told(cast: Cast) -> None:
    async with cast.a.work() as work:
        seen = service.version_of(await repository.role(work, "worker"))
    mine, theirs = [["case.read", "own"]], [["case.read", "unit"]]

    async def change(to: list[list[str]], seen: str | None) -> str:
        async with cast.a.work() as work:
            return service.version_of(await service.change_role(work, "worker", to, seen=seen))

    done = await asyncio.gather(change(mine, seen), change(theirs, seen), return_exceptions=True)

    (refused,) = [one for one in done if isinstance(one, RoleChanged)]
    (now,) = [one for one in done if isinstance(one, str)]
    assert (refused.code, refused.path) == ("CONFLICT", "seen")
    async with cast.a.work() as work:
        row = await repository.role(work, "worker")
        first, second = (mine, theirs) if row.permissions == mine else (theirs, mine)
        assert row.permissions == first
        assert service.version_of(row) == now != seen
    # What was done and is sent again, its answer lost, is no quarrel; nor is a change by who never says what they saw.
    assert await change(first, seen) == now
    assert await change(second, now) not in (now, seen)
    assert await change(first, None) == now


async def test_the_administrators_role_keeps_its_power_and_words_must_be_known(cast: Cast) -> None:
    async with cast.a.work() as work:
        with pytest.raises(AdministratorsRole):
            await service.change_role(work, "tenant_admin", [["case.read", "tenant"]])
        for pair in (["case.fly", "own"], ["case.read", "moon"], ["case.read"]):
            with pytest.raises(PermissionUnknown) as refusal:
                await service.change_role(work, "worker", [["case.read", "own"], pair])
            assert refusal.value.path == "permissions.1"
        with pytest.raises(RoleCodeTaken):
            await service.add_role(work, new_id(), RoleGiven("worker", "又", "Again", []))


async def test_a_role_is_added_once_however_often_it_is_sent(cast: Cast) -> None:
    role, given = new_id(), RoleGiven("watch", "值班", "Watch", [["case.read", "unit"]])

    async with cast.a.work() as work:
        first = await service.add_role(work, role, given)
    async with cast.a.work() as work:
        second = await service.add_role(work, role, given)

    assert first.id == second.id == role
    assert second.permissions == [["case.read", "unit"]]


async def test_people_units_and_roles_of_another_company_do_not_exist(cast: Cast) -> None:
    sara, lin = cast.sara.person_id, cast.lin.person_id
    assert sara is not None and lin is not None
    foreign = await unit_id(cast.b, 1)

    async with cast.a.work() as work:
        for stranger in (sara, new_id()):
            with pytest.raises(NotFound) as refusal:
                await service.give_role(work, stranger, "worker", foreign)
            assert refusal.value.facts == {"kind": "person", "id": stranger}
        with pytest.raises(NotFound) as refusal:
            await service.give_role(work, lin, "worker", foreign)
        assert refusal.value.facts == {"kind": "unit", "id": foreign}
        with pytest.raises(NotFound):
            await service.give_role(work, lin, "no_such_role", await unit_id(cast.a, 1))


async def test_whether_another_may_act_is_answered_for_who_asks_with_little_sight(cast: Cast) -> None:
    wei, lin, sara = cast.wei.person_id, cast.lin.person_id, cast.sara.person_id
    assert wei is not None and lin is not None and sara is not None
    here = Place(unit_no=cast.team)

    async with cast.a.work(lin) as work:
        assert await service.may(work, wei, "hazard.grade", here)
        assert not await service.may(work, lin, "hazard.grade", here)
        assert not await service.may(work, sara, "hazard.grade", here)
        async with work.seeing_all():
            assert await service.may(work, wei, "hazard.grade", here)
            everyone = set(await work.session.scalars(select(RecordEntry.id)))
        assert len(everyone) > 1
        assert list(await work.session.scalars(select(RecordEntry.id))) == []


async def test_someone_shut_out_may_nothing(cast: Cast) -> None:
    wei = cast.wei.person_id
    assert wei is not None
    async with cast.a.work() as work:
        await standing.disable_person(work, wei)
        await work.session.flush()

        assert not await service.may(work, wei, "hazard.grade", Place(unit_no=cast.team))

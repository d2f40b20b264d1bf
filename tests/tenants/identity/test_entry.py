"""What an administrator changes holds at the very next request, under the same access token."""

import pytest
from sqlalchemy import delete, select, text

from anhuan_infra.errors import Forbidden, NotFound, NotSignedIn
from anhuan_infra.ids import new_id
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.models import Grant, Role
from anhuan_tenants.companies import service, versions
from anhuan_tenants.companies.rules import SettingOutOfRange, Strictness
from anhuan_tenants.identity import entry, errors
from anhuan_tenants.identity.entry import Member
from anhuan_tenants.identity.service import credentials, sign_in, standing
from anhuan_tenants.organisation.models import Holding, Person, Post
from anhuan_tenants.subscriptions import service as subscriptions
from anhuan_tenants.subscriptions.models import Terms
from anhuan_tenants.subscriptions.rules import ModuleNotSubscribed
from tests.support.people import PASSWORD, Cast, Company


async def _token(company: Company, account: str) -> str:
    signed_in = await sign_in.sign_in(company.sessions, company.settings, company.code, account, PASSWORD)
    return signed_in.tokens.access_token


async def _enter(company: Company, token: str) -> Member:
    return await entry.authenticate(company.sessions, company.settings, token)


async def test_a_disabled_person_is_out_at_once_and_in_again_only_by_a_new_sign_in(company: Company) -> None:
    person = await company.person("林小雨", account="lin")
    token = await _token(company, "lin")
    await _enter(company, token)

    async with company.work() as work:
        await standing.disable_person(work, person, "离职")
    with pytest.raises(NotSignedIn):
        await _enter(company, token)
    with pytest.raises(errors.AccountDisabled):
        await _token(company, "lin")
    with pytest.raises(errors.SignInRefused):
        await sign_in.sign_in(company.sessions, company.settings, company.code, "lin", "wrong")

    async with company.work() as work:
        await standing.enable_person(work, person)
    with pytest.raises(NotSignedIn):
        await _enter(company, token)
    assert (await _enter(company, await _token(company, "lin"))).person_id == person


async def test_only_who_manages_people_disables_them_and_never_themselves(cast: Cast) -> None:
    lin, wei = cast.lin.person_id, cast.wei.person_id
    assert lin and wei

    async with cast.a.work(cast.lin) as work:
        with pytest.raises(Forbidden):
            await standing.disable_person(work, wei)
    async with cast.a.work(cast.wei) as work:
        with pytest.raises(Forbidden):
            await standing.disable_person(work, lin)
    async with cast.b.work() as work:
        with pytest.raises(NotFound):
            await standing.disable_person(work, lin)
    async with cast.a.work() as work:
        with pytest.raises(errors.NotYourself):
            await standing.disable_person(work, cast.a.founder_id)


async def test_the_last_administrator_cannot_be_shut_out(company: Company) -> None:
    second = await company.person("副管理员", "tenant_admin")

    async with company.work(second) as work:
        await standing.disable_person(work, company.founder_id)

    async with company.house() as work:
        with pytest.raises(errors.LastAdministrator):
            await standing.disable_person(work, second)


async def test_who_only_manages_people_has_no_power_over_an_administrator(company: Company) -> None:
    async with company.house() as work:
        permissions = [["person.manage", "tenant"], ["person.read", "tenant"], ["unit.read", "tenant"]]
        work.session.add(Role(code="people_only", name_zh="人事", name_en="HR", permissions=permissions))
    clerk = await company.person("人事", "people_only")
    worker = await company.person("林小雨")
    await company.person("副管理员", "tenant_admin")

    async with company.work(clerk) as work:
        with pytest.raises(Forbidden):
            await standing.disable_person(work, company.founder_id)
        with pytest.raises(Forbidden):
            await credentials.invite(work, company.settings, [company.founder_id])
        disabled = await standing.disable_person(work, worker)

    assert disabled.disabled_at == work.now


async def test_a_new_role_works_and_a_withdrawn_one_stops_at_the_next_request(company: Company) -> None:
    person = await company.person("林小雨", account="lin")
    token = await _token(company, "lin")
    assert not (await _enter(company, token)).access.allows(Act.HAZARD_GRADE, None)

    async with company.house() as work:
        work.session.add(Grant(person_id=person, role_code="hq_safety_officer", unit_no=1))
        await versions.policy_changed(work)
    assert (await _enter(company, token)).access.allows(Act.HAZARD_GRADE, None)

    async with company.house() as work:
        await work.session.execute(
            delete(Grant).where(Grant.person_id == person, Grant.role_code == "hq_safety_officer")
        )
        await versions.policy_changed(work)
    assert not (await _enter(company, token)).access.allows(Act.HAZARD_GRADE, None)


async def test_without_a_raised_version_rights_come_from_memory(company: Company) -> None:
    """The control of the test above: it is the version that makes the change hold."""
    person = await company.person("林小雨", account="lin")
    token = await _token(company, "lin")
    before = await _enter(company, token)

    async with company.house() as work:
        work.session.add(Grant(person_id=person, role_code="hq_safety_officer", unit_no=1))

    assert (await _enter(company, token)).access is before.access


async def test_a_post_held_for_a_time_brings_its_roles_only_until_then(company: Company) -> None:
    person = await company.person("林小雨", account="lin")
    async with company.house() as work:
        post = Post(id=new_id(), code="duty", name="值班", duty="worker", roles=["hq_safety_officer"])
        work.session.add(post)
        await work.session.flush()
        until = await work.session.scalar(text("select clock_timestamp() + interval '1500 ms'"))
        work.session.add(Holding(person_id=person, post_id=post.id, unit_no=1, until=until))
        await versions.policy_changed(work)

    held = (await company.actor(person)).access.allows(Act.HAZARD_GRADE, None)
    async with company.house() as work:
        await work.session.execute(text("select pg_sleep(1.6)"))
    after = (await company.actor(person)).access.allows(Act.HAZARD_GRADE, None)

    assert (held, after) == (True, False)


async def test_a_person_sees_by_the_compiled_policy(cast: Cast) -> None:
    async with cast.a.work(cast.lin) as work:
        seen_by_lin = set(await work.session.scalars(select(Person.name)))
    async with cast.b.work(cast.sara) as work:
        seen_by_sara = set(await work.session.scalars(select(Person.name)))

    assert "林小雨" in seen_by_lin
    assert "萨拉" not in seen_by_lin
    assert "萨拉" in seen_by_sara
    assert "林小雨" not in seen_by_sara


async def test_a_module_given_up_is_gone_at_the_next_request(company: Company) -> None:
    token = await _token(company, "founder")
    member = await _enter(company, token)
    member.require("collaboration", write=True)
    assert member.terms["collaboration"] is Terms.TRIAL

    async with company.work() as work:
        await subscriptions.unsubscribe(work, new_id(), "collaboration")

    with pytest.raises(ModuleNotSubscribed):
        (await _enter(company, token)).require("collaboration", write=False)


async def test_how_strict_the_door_is_can_be_set_within_limits(company: Company) -> None:
    token = await _token(company, "founder")

    async with company.work() as work:
        for wanted in (
            Strictness(idle_minutes=0),
            Strictness(lock_after=1000),
            Strictness(session_days=365),
            Strictness(stay_hours=0),
            Strictness(stay_hours=24 * 90 + 1),
            Strictness(stay_days=366),
        ):
            with pytest.raises(SettingOutOfRange):
                await service.set_strictness(work, wanted)
        await service.set_strictness(work, Strictness(idle_minutes=5))
    async with company.house() as work:
        await work.session.execute(text("update sign_ins set used_at = now() - interval '6 min'"))

    with pytest.raises(NotSignedIn):
        await _enter(company, token)

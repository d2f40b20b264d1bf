"""A company signs itself up once, whole or not at all, and is its own tenant from then on."""

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import BadInput, Conflict, Refused
from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry, RecordPersonal
from anhuan_infra.settings import Settings
from anhuan_infra.work import Source, Work
from anhuan_tenants.access import roles
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.models import Grant, Role
from anhuan_tenants.companies import rules, service
from anhuan_tenants.companies.models import Company as CompanyRow
from anhuan_tenants.identity.password_rules import PasswordRefused
from anhuan_tenants.identity.service import sign_in
from anhuan_tenants.organisation.models import Contact, Person, Unit
from anhuan_tenants.subscriptions.models import Subscription
from tests.support.people import CHEAP_HASH, PASSWORD, Company, a_company, a_sign_up


async def test_a_company_begins_with_a_root_roles_a_founder_and_trials(
    sessions: Sessions, settings: Settings
) -> None:
    mark = new_id().hex[-10:]
    asked = a_sign_up(
        code=f" Heng-{mark.upper()} ",
        name="恒泰 “金属” <制品>\u202e有限公司",
        email=f"Zhao.{mark}@Hengtai.example",
        phone="138 1234 5678",
        industry_code="C33",
        region_code="330100",
    )

    founded = await service.sign_up(sessions, settings, asked, Source(address="203.0.113.7"))

    company = Company(sessions, settings, founded.company_id, founded.code, founded.founder_id)
    async with company.house() as work:
        row = await work.session.get_one(CompanyRow, asked.id)
        root = (await work.session.scalars(select(Unit))).one()
        founder = await work.session.get_one(Person, (asked.id, founded.founder_id))
        contact = await work.session.get_one(Contact, (asked.id, founder.id))
        shipped = set(await work.session.scalars(select(Role.code)))
        granted = set(await work.session.scalars(select(Grant.role_code)))
        trials = list(await work.session.scalars(select(Subscription)))
        entry = (
            await work.session.scalars(select(RecordEntry).where(RecordEntry.act == "company.signed_up"))
        ).one()
        personal = set(
            await work.session.scalars(
                select(RecordPersonal.value).where(RecordPersonal.entry_id == entry.id)
            )
        )
    assert (row.code, row.name) == (f"heng-{mark}", asked.name)
    assert (row.industry_code, row.region_code, row.next_unit_no) == ("C33", "330100", 2)
    assert (root.no, root.kind, root.path, root.name) == (1, "hq", "u1", asked.name)
    assert (founder.name, founder.account, founder.name_sort) == ("赵敏", "founder", "zhao min")
    assert (contact.email, contact.phone) == (f"zhao.{mark}@hengtai.example", "+8613812345678")
    assert shipped == set(roles.SHIPPED)
    assert granted == {"tenant_admin", "hq_safety_officer"}
    assert {trial.module for trial in trials} == {"hazards", "collaboration", "channels", "audit", "parties"}
    assert {(trial.ends_at - trial.starts_at).days for trial in trials} == {30}
    assert (entry.actor_id, entry.actor_kind) == (founder.id, "person")
    assert personal == {"赵敏", "203.0.113.7", contact.email, contact.phone}


async def test_the_founder_signs_in_and_administers(sessions: Sessions, settings: Settings) -> None:
    asked = a_sign_up()

    founded = await service.sign_up(sessions, settings, asked)
    signed_in = await sign_in.sign_in(sessions, settings, asked.code, asked.account, asked.password)

    company = Company(sessions, settings, founded.company_id, founded.code, founded.founder_id)
    founder = await company.actor(signed_in.person_id)
    assert founder.access.allows(Act.PERSON_MANAGE, None)
    assert founder.access.allows(Act.HAZARD_GRADE, None)


async def test_the_same_request_again_gives_the_same_answer_and_another_is_a_conflict(
    sessions: Sessions, settings: Settings
) -> None:
    asked = a_sign_up()

    first = await service.sign_up(sessions, settings, asked)
    again = await service.sign_up(sessions, settings, asked)
    with pytest.raises(Conflict):
        await service.sign_up(sessions, settings, a_sign_up(id=asked.id, name="另一家公司"))
    with pytest.raises(Conflict):
        await service.sign_up(sessions, settings, a_sign_up(id=asked.id, password="Another-pass-77"))

    assert first == again
    async with Company(sessions, settings, first.company_id, first.code, first.founder_id).house() as work:
        assert (await work.session.get_one(CompanyRow, asked.id)).name == asked.name
        assert await work.session.scalar(select(func.count()).select_from(Person)) == 1


async def test_of_many_that_want_one_code_exactly_one_gets_it(sessions: Sessions, settings: Settings) -> None:
    code = f"race-{new_id().hex[-10:]}"

    async def try_it() -> str:
        try:
            asked = a_sign_up(code=code).checked()
            await service.found(sessions, settings, asked, CHEAP_HASH)
        except Refused as refused:
            assert refused.path == "code"
            return refused.code
        return "FOUNDED"

    said = await asyncio.gather(*(try_it() for _ in range(12)))

    assert sorted(said) == ["COMPANY_CODE_TAKEN"] * 11 + ["FOUNDED"]


async def test_a_taken_code_leaves_nothing_behind_and_the_same_id_may_try_another(
    sessions: Sessions, settings: Settings
) -> None:
    taken = await a_company(sessions, settings)
    asked = a_sign_up(code=taken.code)

    with pytest.raises(service.CompanyCodeTaken):
        await service.sign_up(sessions, settings, asked)
    founded = await service.sign_up(sessions, settings, a_sign_up(id=asked.id))

    assert founded.company_id == asked.id


async def test_what_is_laid_into_a_company_is_in_the_same_transaction(
    sessions: Sessions, settings: Settings
) -> None:
    asked = a_sign_up()

    async def fails(work: Work) -> None:
        assert work.actor.name == "赵敏"
        raise RuntimeError("the shipped library is broken")

    with pytest.raises(RuntimeError):
        await service.sign_up(sessions, settings, asked, after=[fails])
    async with Company(sessions, settings, asked.id, asked.code, new_id()).house() as work:
        assert await work.session.scalar(select(func.count()).select_from(CompanyRow)) == 0
    assert (await service.sign_up(sessions, settings, asked)).company_id == asked.id


async def test_another_companys_id_opens_nothing_of_it(sessions: Sessions, settings: Settings) -> None:
    victim = await a_company(sessions, settings)
    laid: list[str] = []

    async def lay(work: Work) -> None:
        laid.append("laid")

    with pytest.raises(Conflict):
        await service.sign_up(sessions, settings, a_sign_up(id=victim.id, name="夺取"), after=[lay])

    assert laid == []


@pytest.mark.parametrize(
    ("path", "bad"),
    [
        ("code", "ab"),
        ("code", "恒泰"),
        ("code", "1st-company"),
        ("code", "a" * 41),
        ("code", "a;drop"),
        ("name", ""),
        ("name", "\u200b"),
        ("name", "x" * 201),
        ("founder", "a\x00b"),
        ("account", "\ud800"),
        ("account", "x" * 65),
        ("email", "no-at-sign"),
        ("email", "a@b"),
        ("email", "a b@c.de"),
        ("email", "x" * 300 + "@c.de"),
        ("phone", "12"),
        ("phone", "10086-a"),
        ("language", "fr"),
        ("zone", "Mars/Base"),
        ("zone", "../../etc/passwd"),
        ("zone", "\x00"),
        ("industry_code", "Z99999"),
        ("region_code", "33"),
    ],
)
async def test_a_bad_field_is_refused_by_its_name(
    sessions: Sessions, settings: Settings, path: str, bad: str
) -> None:
    with pytest.raises(BadInput) as refused:
        await service.sign_up(sessions, settings, a_sign_up(**{path: bad}))

    assert refused.value.path == path


async def test_a_weak_password_is_refused(sessions: Sessions, settings: Settings) -> None:
    with pytest.raises(PasswordRefused):
        await service.sign_up(sessions, settings, a_sign_up(password="Founder-2026-x"))


async def test_naughty_names_are_stored_exactly_or_refused(
    sessions: Sessions, settings: Settings, data: Path
) -> None:
    naughty: list[str] = json.loads((data / "naughty_strings" / "blns_first200.json").read_text("utf-8"))
    stored = 0

    for string in naughty:
        try:
            company = await a_company(sessions, settings, name=string, founder=string, account=string)
        except (BadInput, PasswordRefused) as refused:
            assert refused.path in ("name", "founder", "account", "password")
            continue
        async with company.house() as work:
            row = await work.session.get_one(CompanyRow, company.id)
            founder = await work.session.get_one(Person, (company.id, company.founder_id))
            assert (row.name, founder.name, founder.account) == (string, string, string.strip())
        if stored % 8 == 0:
            signed_in = await sign_in.sign_in(sessions, settings, company.code, string, PASSWORD)
            assert signed_in.person_id == company.founder_id
        stored += 1

    assert stored > 100


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13812345678", "+8613812345678"),
        ("+86 138-1234-5678", "+8613812345678"),
        ("0049 30 901820", "+4930901820"),
    ],
)
def test_a_telephone_number_has_one_form(written: str, kept: str) -> None:
    assert rules.phone(written) == kept
    assert rules.phone("１３８１２３４５６７８") == "+8613812345678"


async def test_companies_do_not_see_one_another(sessions: Sessions, settings: Settings) -> None:
    a, b = await a_company(sessions, settings), await a_company(sessions, settings)

    async with a.house() as work:
        seen = set(await work.session.scalars(select(CompanyRow.tenant_id)))
        await work.session.execute(
            text("update companies set name = 'taken over' where tenant_id = :b"), {"b": b.id}
        )
    async with b.house() as work:
        name = await work.session.scalar(select(CompanyRow.name))

    assert seen == {a.id}
    assert name == "恒泰金属制品有限公司"

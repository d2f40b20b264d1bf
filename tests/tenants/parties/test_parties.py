"""Outside parties come and go; with a party its people go."""

from uuid import UUID

import pytest
from sqlalchemy import select

from anhuan_infra.errors import Conflict, Forbidden, NotFound
from anhuan_infra.ids import new_id
from anhuan_tenants.organisation.errors import CodeTaken, PartyEnded, WordUnknown
from anhuan_tenants.organisation.models import Unit
from anhuan_tenants.organisation.service import people
from anhuan_tenants.organisation.service.people import PersonGiven
from anhuan_tenants.parties import service
from anhuan_tenants.parties.service import CreditCodeWrong, PartyGiven
from tests.support.people import Cast, Company


async def unit_id(company: Company, no: int) -> UUID:
    async with company.house() as work:
        return (await work.session.scalars(select(Unit.id).where(Unit.no == no))).one()


async def given(cast: Cast, code: str = "HD", no: int = 1, kind: str = "contractor") -> PartyGiven:
    return PartyGiven(new_id(), code, "宏达安装有限公司", kind, await unit_id(cast.a, no))


async def test_a_party_is_added_once_and_seen_where_it_is_looked_after(cast: Cast) -> None:
    asked = await given(cast, no=cast.branch)
    async with cast.a.work() as work:
        first = await service.add_party(work, asked)
    async with cast.a.work() as work:
        again = await service.add_party(work, asked)
    officer = await cast.a.person("分厂安全员", "branch_safety_officer", unit_no=cast.branch)

    assert first.id == again.id == asked.id
    for person, count in ((officer, 1), (cast.lin.person_id, 0)):
        async with cast.a.work(person) as work:
            assert len(await service.listing(work)) == count
    async with cast.b.work() as work:
        assert await service.listing(work) == []
        with pytest.raises(NotFound):
            await service.get(work, asked.id)


async def test_a_branch_officer_manages_the_parties_of_the_branch_only(cast: Cast) -> None:
    officer = await cast.a.person("分厂安全员", "branch_safety_officer", unit_no=cast.branch)

    async with cast.a.work(officer) as work:
        await service.add_party(work, await given(cast, "OK", cast.workshop))
        with pytest.raises(Forbidden):
            await service.add_party(work, await given(cast, "NO", 1))


async def test_codes_kinds_and_requests_are_checked(cast: Cast) -> None:
    asked = await given(cast)
    async with cast.a.work() as work:
        await service.add_party(work, asked)

        with pytest.raises(CodeTaken):
            await service.add_party(work, await given(cast, "hd"))
        with pytest.raises(WordUnknown):
            await service.add_party(work, await given(cast, "X", kind="friend"))
        with pytest.raises(Conflict):
            await service.add_party(work, PartyGiven(asked.id, "HD", "别家", "supplier", asked.unit_id))


@pytest.mark.parametrize(
    ("code", "is_right"),
    [
        # Codes of public companies: Huawei, Tencent (Shenzhen), Alibaba (China).
        ("914403001922038216", True),
        ("9144030071526726XG", True),
        ("91330100799655058B", True),
        ("914403001922038215", False),
        ("91330100799655058C", False),
        ("9133010079965505OB", False),
        ("123", False),
    ],
)
def test_a_credit_code_is_checked_by_its_last_sign(code: str, is_right: bool) -> None:
    if is_right:
        assert service.credit_code(code.lower()) == code
    else:
        with pytest.raises(CreditCodeWrong):
            service.credit_code(code)


async def test_when_a_party_ends_its_people_are_shut_out_from_the_next_request(cast: Cast) -> None:
    asked = await given(cast)
    async with cast.a.work() as work:
        await service.add_party(work, asked)
        person = PersonGiven(new_id(), "C01", "焊工", asked.unit_id, party_id=asked.id)
        welder, _ = await people.add_person(work, cast.a.settings, person)
    await cast.a.actor(welder.id)

    async with cast.a.work() as work:
        await service.end_party(work, asked.id, "合同到期")
        await service.end_party(work, asked.id)

    with pytest.raises(NotFound):
        await cast.a.actor(welder.id)
    async with cast.a.work() as work:
        another = PersonGiven(new_id(), "C02", "焊工乙", asked.unit_id, party_id=asked.id)
        with pytest.raises(PartyEnded):
            await people.add_person(work, cast.a.settings, another)

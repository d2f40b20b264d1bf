"""An administrator learns why somebody can or cannot see a thing, and nothing about what they cannot see themselves."""

from uuid import UUID

import pytest

from anhuan_infra.errors import Forbidden, NotFound
from anhuan_infra.ids import new_id
from anhuan_tenants.access import repository, service
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.errors import PermissionUnknown, SubjectUnknown
from anhuan_tenants.access.explain import Explanation
from anhuan_tenants.access.models import Grant
from anhuan_tenants.organisation.models import Duty, Holding, Post
from tests.support.people import Cast
from tests.support.policies import a_case


async def why(cast: Cast, person: UUID | None, act: str, subject: tuple[str, UUID] | None) -> Explanation:
    assert person is not None
    async with cast.a.work() as work:
        return await service.explain_access(work, person, act, subject)


def codes(explanation: Explanation) -> list[list[str]]:
    return [sorted(reason.code for reason in answer.reasons) for answer in explanation.answers]


async def test_a_worker_cannot_see_a_colleagues_case_and_the_answer_says_why(cast: Cast) -> None:
    case = await a_case(cast.a, unit_no=cast.team, owner_id=cast.wei.person_id)

    lin = await why(cast, cast.lin.person_id, "case.read", ("case", case))
    wei = await why(cast, cast.wei.person_id, "case.read", ("case", case))

    assert (lin.allowed, codes(lin)) == (False, [["NOT_ASSIGNED", "NOT_OWNER"]])
    assert lin.answers[0].zh == "在“甲班”任“员工”：不成立"
    assert wei.allowed
    assert "IN_TENANT" in codes(wei)[0]


async def test_a_right_that_comes_with_a_post_is_named_as_such(cast: Cast) -> None:
    case = await a_case(cast.a, unit_no=cast.team)
    async with cast.a.house() as work:
        post = Post(id=new_id(), code="bz", name="班长", duty=Duty.TEAM_LEADER, roles=["team_leader"])
        work.session.add(post)
        await work.session.flush()
        work.session.add(Holding(person_id=cast.lin.person_id, post_id=post.id, unit_no=cast.team))

    lin = await why(cast, cast.lin.person_id, "case.read", ("case", case))

    assert lin.allowed
    assert [answer.grant.post for answer in lin.answers] == [None, post.id]
    assert "IN_UNIT" in codes(lin)[1]


async def test_the_explanation_says_what_the_compiled_policy_decides(cast: Cast) -> None:
    case = await a_case(cast.a, unit_no=cast.branch, owner_id=cast.lin.person_id)
    for person in (cast.lin.person_id, cast.wei.person_id, cast.a.founder_id):
        assert person is not None
        async with cast.a.house() as work:
            place = await repository.place_of(work, "case", case)
            access = await service.access_of(work, person)
        for act in Act:
            assert (await why(cast, person, act, ("case", case))).allowed is access.allows(act, place)
            assert (await why(cast, person, act, None)).allowed is access.allows(act, None)


@pytest.mark.parametrize("kind", ["area", "asset", "case", "party", "person", "record", "unit"])
async def test_a_thing_of_another_company_is_not_found_like_one_that_does_not_exist(
    cast: Cast, kind: str
) -> None:
    foreign = await a_case(cast.b, unit_no=1) if kind == "case" else cast.sara.person_id
    assert foreign is not None

    for subject in (foreign, new_id()):
        with pytest.raises(NotFound) as refusal:
            await why(cast, cast.lin.person_id, "case.read", (kind, subject))
        assert refusal.value.facts == {"kind": kind, "id": subject}


async def test_only_who_may_read_policy_is_answered(cast: Cast) -> None:
    lin = cast.lin.person_id
    assert lin is not None

    async with cast.a.work(lin) as work:
        with pytest.raises(Forbidden):
            await service.explain_access(work, lin, "case.read")


async def test_unknown_words_and_people_are_refused(cast: Cast) -> None:
    with pytest.raises(PermissionUnknown):
        await why(cast, cast.lin.person_id, "case.fly", None)
    with pytest.raises(SubjectUnknown):
        await why(cast, cast.lin.person_id, "case.read", ("secret", new_id()))
    with pytest.raises(NotFound):
        await why(cast, cast.sara.person_id, "case.read", None)


async def test_a_grant_whose_role_is_gone_is_told(cast: Cast) -> None:
    lin = cast.lin.person_id
    async with cast.a.house() as work:
        work.session.add(Grant(person_id=lin, role_code="role_of_old", unit_no=1))

    answer = await why(cast, lin, "case.read", None)

    assert ["ROLE_GONE"] in codes(answer)

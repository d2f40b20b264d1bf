"""A post in a safety department holds for the unit that the department looks after; other departments answer for themselves."""

import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_infra.work import Place
from anhuan_tenants.companies import versions
from anhuan_tenants.organisation.models import Duty, Function, Holding, Post, UnitKind
from tests.support.people import a_company


@pytest.mark.parametrize(
    ("function", "answers_for_workshop"), [(Function.SAFETY, True), (Function.FINANCE, False)]
)
async def test_what_a_post_in_a_department_reaches(
    sessions: Sessions, settings: Settings, function: Function, answers_for_workshop: bool
) -> None:
    company = await a_company(sessions, settings)
    branch = await company.unit("一分厂", UnitKind.BRANCH)
    elsewhere = await company.unit("二分厂", UnitKind.BRANCH)
    workshop = await company.unit("冲压车间", UnitKind.WORKSHOP, branch)
    department = await company.unit("科室", UnitKind.DEPARTMENT, branch, function=function)
    person = await company.person("魏建国", "worker", unit_no=department)
    async with company.house() as work:
        post = Post(
            id=new_id(), code="SO", name="安全员", duty=Duty.SAFETY_OFFICER, roles=["workshop_safety_officer"]
        )
        work.session.add(post)
        work.session.add(Holding(person_id=person, post_id=post.id, unit_no=department, is_primary=True))
        await versions.policy_changed(work)

    access = (await company.actor(person)).access

    assert access.allows("hazard.grade", Place(unit_no=workshop)) is answers_for_workshop
    assert access.allows("hazard.grade", Place(unit_no=department)) is True
    assert access.allows("hazard.grade", Place(unit_no=elsewhere)) is False

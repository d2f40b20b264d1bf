"""A small company on a running product: it signs itself up over the API, then gets units, posts and people."""

from dataclasses import dataclass
from uuid import UUID

from anhuan_infra.db.engine import create_engine, create_sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_tenants.organisation.models import Duty, UnitKind
from tests.support.people import PASSWORD, Company
from tests.support.phones import Phone
from tests.support.posts import give_post

OFFICER = "wei"
_LADDER = (
    # account, name, role, duty, where
    (OFFICER, "魏建国", "branch_safety_officer", Duty.SAFETY_OFFICER, "branch"),
    ("leader", "冷副总", "responsible_leader", Duty.RESPONSIBLE_LEADER, "branch"),
    ("director", "丁安", "safety_director", Duty.SAFETY_DIRECTOR, "hq"),
    ("gm", "高总", "general_manager", Duty.GENERAL_MANAGER, "hq"),
    ("whead", "吴主任", "workshop_head", Duty.WORKSHOP_HEAD, "workshop"),
    ("tlead", "唐班长", "team_leader", Duty.TEAM_LEADER, "team"),
)


@dataclass(frozen=True)
class Site:
    """The company and who reports in it."""

    tenant_id: UUID
    code: str
    reporters: tuple[str, ...]

    def phone(self, url: str, account: str) -> Phone:
        """A phone of one of its people, signed in."""
        phone = Phone(url, self.code, account)
        phone.sign_in()
        return phone


async def a_site(settings: Settings, url: str, reporters: int = 4) -> Site:
    """Sign up over the wire; then a branch, a workshop and a team with everyone whom the hazard loop climbs to."""
    tenant_id = new_id()
    code = f"c{tenant_id.hex[-12:]}"
    founder = Phone(url, code, "founder")
    told = {"name": "恒泰金属制品有限公司", "founder": "赵敏", "account": "founder", "password": PASSWORD}
    founded = founder.act("signUp", "{ companyId founderId }", id=str(tenant_id), code=code, **told)
    founder.close()
    assert UUID(founded["companyId"]) == tenant_id
    engine = create_engine(settings.app_database_url)
    company = Company(create_sessions(engine), settings, tenant_id, code, UUID(founded["founderId"]))
    units = {"hq": 1, "branch": await company.unit("第一分厂", UnitKind.BRANCH)}
    units["workshop"] = await company.unit("冲压车间", UnitKind.WORKSHOP, units["branch"])
    units["team"] = await company.unit("甲班", UnitKind.TEAM, units["workshop"])
    for account, name, role, duty, where in _LADDER:
        person = await company.person(name, role, unit_no=units[where], account=account)
        async with company.house() as work:
            await give_post(work, person, duty, units[where])
    accounts = tuple(f"worker{number}" for number in range(1, reporters + 1))
    for account in accounts:
        await company.person("林小雨", "worker", unit_no=units["team"], account=account)
    await engine.dispose()
    return Site(tenant_id, code, accounts)

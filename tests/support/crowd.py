"""A company with many hazards, written set-wise in seconds: for measuring, and for lists that do not fit on a page."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_infra.work import Work
from anhuan_platform.loops.service import opening
from anhuan_tenants.organisation.models import UnitKind
from tests.support.people import Company, a_company

TEAMS_OF_A_WORKSHOP, WORKSHOPS_OF_A_BRANCH, BRANCHES = 3, 4, 5
PEOPLE = 650

_PEOPLE = """
    insert into people (tenant_id, id, account, name, name_sort, home_unit_no)
    select :tenant, gen_random_uuid(), 'p' || n, '员工' || n, 'yuan gong ' || n, (cast(:teams as int[]))[1 + n % :many]
    from generate_series(1, :count) n
"""
# Nine of ten are closed. Every moment follows from the number, so that two runs are alike.
_CASES = """
    insert into cases (tenant_id, id, number, kind, definition_id, title, status, stage, unit_no, owner_id, people, grade,
        due_at, due_rule, opened_at, closed_at, facts)
    select :tenant, gen_random_uuid(), 'HZ-CROWD-' || lpad(n::text, 6, '0'), 'hazard', d.id, '冲床防护罩缺失 ' || n,
        case when n % 10 = 0 then 'open' else 'closed' end, case when n % 10 = 0 then 'rectification' else 'closed' end,
        (cast(:teams as int[]))[1 + n % :many], (cast(:owners as uuid[]))[1 + n * 7 % :owning], '{}',
        (array['A', 'B', 'B', 'C', 'C', 'C', 'C', 'C'])[1 + n % 8],
        case when n % 10 = 0 then now() + (n % 97 - 48) * interval '1 hour' end,
        case when n % 10 = 0 then 'grade.C' end,
        now() - (n % 365) * interval '1 day' - interval '8 days',
        case when n % 10 > 0 then now() - (n % 365) * interval '1 day' - interval '8 days' + (4 + n % 150) * interval '1 hour' end,
        jsonb_build_object(
            'graded_at', now() - (n % 365) * interval '1 day' - interval '8 days' + (10 + n % 50) * interval '1 minute',
            'assigned_at', now() - (n % 365) * interval '1 day' - interval '8 days' + (70 + n % 90) * interval '1 minute')
    from generate_series(1, :count) n, (select id from loop_definitions where code = 'hazard' limit 1) d
"""
_HAZARDS = """
    insert into hazards (tenant_id, id, description, type_code, grade)
    select tenant_id, id, title || '，防护门联锁失效，需停机处理',
        (array['machine_guard', 'electrical', 'fire', 'dust', 'height', 'lifting', 'other'])[1 + abs(hashtext(number)) % 7], grade
    from cases where number like 'HZ-CROWD-%'
"""
_TASKS = """
    insert into tasks (tenant_id, id, case_id, step, round, status, mode, need, opened_at, due_at, due_rule, done_at, outcome)
    select c.tenant_id, gen_random_uuid(), c.id, s.step, 1,
        case when c.status = 'open' and s.step = 'rectify' then 'open' else 'done' end, 'parallel', 1,
        c.opened_at + s.no * interval '1 hour', c.opened_at + s.no * interval '1 hour' + interval '3 days', 'grade.C',
        case when c.status = 'open' and s.step = 'rectify' then null else
            c.opened_at + s.no * interval '1 hour' + (coalesce(c.closed_at, now()) - c.opened_at) / 2 end,
        case when c.status = 'open' and s.step = 'rectify' then null when s.no < 4 then 'done' else 'approved' end
    from cases c, (values (1, 'grade'), (2, 'assign'), (3, 'rectify'), (4, 'accept'), (5, 'verify')) s (no, step)
    where c.number like 'HZ-CROWD-%' and (c.status = 'closed' or s.no < 4)
"""


@dataclass(frozen=True)
class Crowd:
    """The company; its units by level; somebody who sees all of it, and the head of one branch."""

    company: Company
    branches: list[int]
    teams: list[int]
    director: UUID
    leader: UUID
    """Of the first branch."""


async def a_crowd(sessions: Sessions, settings: Settings, count: int) -> Crowd:
    """A group of 650 people, 80 units and so many hazards of the last year."""
    company = await a_company(sessions, settings, after=(opening.install_library,))
    branches: list[int] = []
    teams: list[int] = []
    for branch in range(BRANCHES):
        branches.append(await company.unit(f"分厂{branch + 1}", UnitKind.BRANCH))
        for workshop in range(WORKSHOPS_OF_A_BRANCH):
            above = await company.unit(f"车间{branch + 1}-{workshop + 1}", UnitKind.WORKSHOP, branches[-1])
            for team in range(TEAMS_OF_A_WORKSHOP):
                teams.append(await company.unit(f"班组{team + 1}", UnitKind.TEAM, above))
    director = await company.person("丁安", "safety_director", account="director")
    leader = await company.person("冷副总", "responsible_leader", unit_no=branches[0], account="leader")
    async with company.house() as work:
        await _fill(work, teams, count)
    return Crowd(company, branches, teams, director, leader)


async def _fill(work: Work, teams: list[int], count: int) -> None:
    await work.session.execute(text("set local statement_timeout = 0"))
    values = {"tenant": work.tenant_id, "teams": teams, "many": len(teams)}
    await work.session.execute(text(_PEOPLE), values | {"count": PEOPLE})
    owners = list(
        await work.session.scalars(text("select id from people where account like 'p%' order by account"))
    )
    # A third of the people never reports anything.
    owning = owners[: len(owners) * 2 // 3]
    await work.session.execute(
        text(_CASES), values | {"count": count, "owners": owning, "owning": len(owning)}
    )
    await work.session.execute(text(_HAZARDS))
    await work.session.execute(text(_TASKS))

"""Companies with open cases, tasks and deadlines, planted by the thousand; no person acts in them."""

from typing import Any
from uuid import UUID

import psycopg

from anhuan_infra.ids import new_id

_COMPANY = """
insert into companies (tenant_id, code, name) values (%(tenant)s, %(code)s, %(code)s);
insert into units (id, no, code, name, name_sort, kind, path) values (uuidv7(), 1, 'hq', '总部', 'zongbu', 'hq', 'u1');
insert into loop_definitions (id, code, version, body) values (%(definition)s, 'hazard', 1, '{}')
"""
_CASES = """
insert into cases (id, number, kind, definition_id, title, stage, unit_no, opened_at)
select uuidv7(), %(series)s || n, 'hazard', (select id from loop_definitions), '隐患', 'rectify', 1, now()
from generate_series(1, %(cases)s) n
"""
_TASKS = """
insert into tasks (id, case_id, step, round, mode, need, opened_at)
select uuidv7(), id, 'rectify', 1, 'one', 1, now() from cases
"""
_DEADLINES = """
insert into deadlines (id, case_id, task_id, generation, rung, due_at, effect)
select uuidv7(), t.case_id, t.id, 1, rung,
    now() + make_interval(secs => %(first)s + (%(last)s - %(first)s) * random()), '{"tell": ["owner", "head"]}'
from tasks t, generate_series(1, %(rungs)s) rung
where not exists (select 1 from deadlines d where d.task_id = t.id)
"""


def plant(
    connection: psycopg.Connection[Any], cases: int, rungs: int, first: float, last: float
) -> tuple[UUID, int]:
    """A company of its own with so many cases, a task in each and the rungs of a ladder on it, due between `first` and
    `last` seconds from now. The connection enters as the app's role. Answers the company and how many deadlines."""
    tenant = new_id()
    with connection.transaction():
        connection.execute(
            "select set_config('app.tenant_id', %s, true), set_config('app.see_case', 'all', true)",
            (str(tenant),),
        )
        values = {"tenant": tenant, "code": f"c{tenant.hex}", "definition": new_id(), "series": "HZ-"}
        for statement in _COMPANY.split(";"):
            connection.execute(statement.encode(), values)
        connection.execute(_CASES.encode(), values | {"cases": cases})
        connection.execute(_TASKS.encode())
        planted = connection.execute(
            _DEADLINES.encode(), {"rungs": rungs, "first": first, "last": last}
        ).rowcount
    return tenant, planted

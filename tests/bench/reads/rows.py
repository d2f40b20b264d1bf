"""Rows of the measurement, set-wise: what a year of hazards leaves behind. Every value follows from a number, so that two runs are alike.

One hazard in ten is open, most of them the newest. All have a reporter, somebody responsible and two photos; tasks with their seats are there for the open ones and
for every fifth closed one.
"""

from collections.abc import Sequence
from uuid import UUID

import psycopg

_COMPANIES = """
    create temp table many as
    select c.tenant_id, c.hazards, d.id as definition_id, %(teams)s::int[] as teams
    from unnest(%(ids)s::uuid[], %(counts)s::int[]) c (tenant_id, hazards)
    join loop_definitions d on d.tenant_id = c.tenant_id and d.code = 'hazard'
"""
_PEOPLE = """
    insert into people (tenant_id, id, account, name, name_sort, home_unit_no)
    select m.tenant_id, uuidv7(), 'p' || n, '员工' || n, 'yuan gong ' || lpad(n::text, 4, '0'), m.teams[1 + n %% cardinality(m.teams)]
    from generate_series(1, %(people)s) n, many m order by n
"""
_KNOWN = """
    create temp table known as
    select m.*, (select array_agg(p.id order by p.account) from people p where p.tenant_id = m.tenant_id and p.account like 'p%%') as people
    from many m
"""
_CASES = """
    insert into cases (tenant_id, id, number, kind, definition_id, title, status, stage, unit_no, owner_id, people, grade,
        due_at, due_rule, opened_at, closed_at, facts)
    select m.tenant_id, uuidv7(t.opened - now()), 'HZ-2026-' || lpad(n::text, 6, '0'), 'hazard', m.definition_id,
        '冲床防护罩缺失，联锁失效 ' || n, case when t.is_open then 'open' else 'closed' end,
        case when t.is_open then (array['grading', 'rectification', 'review'])[1 + n % 3] else 'closed' end,
        m.teams[1 + n % cardinality(m.teams)], m.people[1 + n * 7 % cardinality(m.people)],
        array[m.people[1 + n * 7 % cardinality(m.people)], m.people[1 + n * 11 % cardinality(m.people)]],
        case when t.is_open and n % 3 = 0 then null else (array['A', 'B', 'B', 'C', 'C', 'C', 'C', 'C'])[1 + n % 8] end,
        case when t.is_open then now() + (n % 97 - 48) * interval '1 hour' end, case when t.is_open then 'grade.C' end,
        t.opened, case when not t.is_open then t.opened + (4 + n % 150) * interval '1 hour' end,
        jsonb_build_object('graded_at', t.opened + interval '20 minutes', 'assigned_at', t.opened + interval '90 minutes')
    from known m cross join lateral generate_series(1, m.hazards) n
    cross join lateral (select now() - (1 - n::float / m.hazards) * interval '365 days' - interval '8 days' as opened,
        n % 10 > 0 and n > m.hazards * 0.91 or n % 50 = 0 as is_open) t
    order by t.opened
"""
_HAZARDS = """
    insert into hazards (tenant_id, id, description, type_code, grade, graded_by, graded_at, responsible_unit_no, responsible_id)
    select tenant_id, id, title || '，防护门联锁失效，需停机处理，已通知班组长现场隔离',
        (array['machine_guard', 'electrical', 'fire', 'dust', 'height', 'lifting', 'other'])[1 + abs(hashtext(number)) % 7], grade,
        people[1], opened_at + interval '20 minutes', unit_no, people[2]
    from cases order by id
"""
_TASKS = """
    insert into tasks (tenant_id, id, case_id, step, round, status, mode, need, opened_at, due_at, due_rule, done_at, done_by, outcome)
    select c.tenant_id, uuidv7(c.opened_at + s.no * interval '1 hour' - now()), c.id, s.step, 1,
        case when s.is_open then 'open' else 'done' end, 'parallel', 1,
        c.opened_at + s.no * interval '1 hour', c.opened_at + s.no * interval '1 hour' + interval '3 days', 'grade.C',
        case when not s.is_open then c.opened_at + (s.no + 1) * interval '1 hour' end, case when not s.is_open then c.people[2] end,
        case when not s.is_open then 'done' end
    from cases c cross join lateral (
        select no, step, c.status = 'open' and no = last as is_open
        from (values (1, 'grade'), (2, 'assign'), (3, 'rectify'), (4, 'accept'), (5, 'verify')) s (no, step),
            (select case c.stage when 'grading' then 1 when 'rectification' then 3 when 'review' then 4 else 5 end as last) l
        where no <= last) s
    where c.status = 'open' or abs(hashtext(c.number)) % 5 = 0
    order by 2
"""
_SEATS = """
    insert into seats (tenant_id, id, case_id, task_id, no, who, status, candidates, decided_by, decided_at)
    select t.tenant_id, uuidv7(t.opened_at - now()), t.case_id, t.id, 1, '{"by": "duty", "duty": "safety_officer"}',
        case when t.status = 'open' then 'open' else 'approved' end, array[c.people[2], c.people[1]], t.done_by, t.done_at
    from tasks t join cases c on c.tenant_id = t.tenant_id and c.id = t.case_id order by t.id
"""
_PARTS = """
    insert into case_people (tenant_id, id, case_id, person_id, part)
    select c.tenant_id, uuidv7(c.opened_at - now()), c.id, c.people[1 + n], (array['reporter', 'owner'])[1 + n]
    from cases c, generate_series(0, 1) n order by c.id
"""
_EVIDENCE = """
    insert into evidence (tenant_id, id, case_id, purpose, uploaded_by, status, name, declared_type, media_type, size, sha256, object_key,
        version_id, view_version, thumbnail_version, width, height, phash, dhash, confirmed_at)
    select c.tenant_id, uuidv7(c.opened_at - now()), c.id, (array['report', 'after'])[n], c.people[n], 'durable', 'photo-' || n || '.jpg',
        'image/jpeg', 'image/jpeg', 240000, encode(sha256((c.id::text || n)::bytea), 'hex'), c.tenant_id || '/' || c.id || '/' || n,
        'v1', 'v1', 'v1', 1600, 1200, hashtext(c.id::text || n), hashtext(n || c.id::text), c.opened_at + interval '1 minute'
    from cases c, generate_series(1, 2) n order by c.id, n
"""
_RECORD = """
    insert into record_entries (tenant_id, id, at, actor_id, actor_kind, act, subject_kind, subject_id, case_id, unit_no, source, body)
    select c.tenant_id, uuidv7(c.opened_at + n * interval '1 hour' - now()), c.opened_at + n * interval '1 hour', c.people[1], 'person',
        (array['hazard.reported', 'hazard.graded', 'hazard.assigned'])[n], 'case', c.id, c.id, c.unit_no, '{"channel": "app"}',
        jsonb_build_object('number', c.number, 'grade', c.grade)
    from cases c, generate_series(1, 3) n order by c.opened_at
"""
_NUMBERS = """
    insert into case_numbers (tenant_id, id, series, last) select tenant_id, uuidv7(), 'HZ-2026', hazards from known
"""


def write(
    owner: "psycopg.Connection[tuple[object, ...]]",
    ids: Sequence[UUID],
    counts: Sequence[int],
    teams: Sequence[int],
    people: int,
) -> None:
    """All rows of all companies, mixed in time as they would have come."""
    given = {"ids": list(ids), "counts": list(counts), "teams": list(teams), "people": people}
    owner.execute("set work_mem = '256MB'")
    for statement in (_COMPANIES, _PEOPLE, _KNOWN):
        owner.execute(statement, given)
    for plain in (_CASES, _HAZARDS, _TASKS, _SEATS, _PARTS, _EVIDENCE, _RECORD, _NUMBERS):
        owner.execute(plain)
        owner.execute("analyze cases, tasks")

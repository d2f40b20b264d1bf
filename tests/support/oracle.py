"""The oracle: reads journal, database, object store and record, and says in sentences what does not fit together.

It sees all of one company and uses none of the product's own queries; an empty list means that nothing
acknowledged was lost, nothing was doubled, and every deadline did what it should, once, and not before its time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from anhuan_infra.settings import Settings
from anhuan_infra.work import system
from tests.support.journal import Journal

Eye = psycopg.Connection[Any]

# For each table: the id that the client made, and how often it is there.
_REPORTS: dict[str, LiteralString] = {
    "case": "select id, count(*) from cases where tenant_id = %s group by id",
    "hazard": "select id, count(*) from hazards where tenant_id = %s group by id",
    "request": "select id, count(*) from requests where tenant_id = %s and kind = 'hazard' group by id",
    "record entry hazard.reported": """
        select subject_id, count(*) from record_entries
        where tenant_id = %s and act = 'hazard.reported' group by 1""",
    "record entry case.opened": """
        select subject_id, count(*) from record_entries
        where tenant_id = %s and act = 'case.opened' group by 1""",
    "first task": "select case_id, count(*) from tasks where tenant_id = %s and step = 'grade' group by 1",
    "put-off job hazards.reported": """
        select (arguments ->> 0)::uuid, count(*) from outbox
        where tenant_id = %s and job = 'hazards.reported' group by 1""",
}
_NEVER: dict[str, LiteralString] = {
    "escalation before its time": """
        select id from escalations where tenant_id = %s
        and (fired_at < due_at or effected_at < fired_at or effected_at < due_at)""",
    "escalation without a deadline that fired": """
        select e.id from escalations e left join deadlines d using (tenant_id, task_id, generation, rung)
        where e.tenant_id = %s and (d.fired_at is null or d.fired_at <> e.fired_at or d.due_at <> e.due_at)""",
    "deadline that fired twice": """
        select min(id::text) from escalations where tenant_id = %s
        group by task_id, generation, rung having count(*) > 1""",
    "deadline that fired without an escalation": """
        select d.id from deadlines d left join escalations e using (tenant_id, task_id, generation, rung)
        where d.tenant_id = %s and d.fired_at is not null and e.id is null""",
    "deadline that fired although its task had ended": """
        select id from deadlines where tenant_id = %s and fired_at is not null and cancelled_at is not null
        and cancelled_at < fired_at""",
    "deadline that was due and never fired": """
        select id from deadlines where tenant_id = %s and fired_at is null and cancelled_at is null
        and due_at < clock_timestamp() - interval '2 s'""",
    "escalation that never took effect": """
        select id from escalations where tenant_id = %s and effected_at is null""",
    "escalation of a rung that the record does not show once for each time it fired": """
        select coalesce(e.case_id, r.case_id) from
            (select e.case_id, t.step, e.rung, count(*) times from escalations e
                join tasks t on t.tenant_id = e.tenant_id and t.id = e.task_id
                where e.tenant_id = %(tenant)s group by 1, 2, 3) e
            full join (select case_id, body ->> 'step' step, (body ->> 'rung')::int rung, count(*) times
                from record_entries where tenant_id = %(tenant)s and body ? 'rung'
                and act in ('case.escalated', 'case.escalation_overtaken') group by 1, 2, 3) r
            using (case_id, step, rung)
        where e.times is distinct from r.times""",
    "escalation whose people were not each told once": """
        select coalesce(n.case_id, r.case_id) from
            (select case_id, person_id::text person, count(*) times from notices
                where tenant_id = %(tenant)s and key like 'escalation:%%' group by 1, 2) n
            full join (select case_id, person.value person, count(*) times
                from record_entries, jsonb_array_elements_text(body -> 'people') person
                where tenant_id = %(tenant)s and act = 'case.escalated' and body ? 'rung' group by 1, 2) r
            using (case_id, person)
        where n.times is distinct from r.times""",
    "notice of an escalation that does not exist": """
        select n.id from notices n left join escalations e
            on e.tenant_id = n.tenant_id and 'escalation:' || e.id = n.key
        where n.tenant_id = %s and n.key like 'escalation:%%' and e.id is null""",
    "case whose level is not its highest overdue rung": """
        select c.id from cases c where c.tenant_id = %s and c.level <> coalesce((select max((r.body ->> 'rung')::int)
            from record_entries r where r.tenant_id = c.tenant_id and r.case_id = c.id
            and r.act = 'case.escalated' and r.body ->> 'side' = 'after'), 0)""",
    "hazard of which nobody was told": """
        select h.id from hazards h where h.tenant_id = %s and not exists (
            select 1 from notices n where n.tenant_id = h.tenant_id and n.key = 'reported:' || h.id)""",
    "open seat whose people were not told": """
        select s.id from seats s where s.tenant_id = %s and s.status = 'open' and not exists (
            select 1 from notices n where n.tenant_id = s.tenant_id and n.key like 'opened:' || s.id || ':%%')""",
    "job that was given up": "select id from outbox where tenant_id = %s and failed_at is not null",
    "job that was due and not done": """
        select id from outbox where tenant_id = %s and done_at is null and failed_at is null
        and due_at < clock_timestamp()""",
    "case number given twice": """
        select min(number) from cases where tenant_id = %s group by number having count(*) > 1""",
}


@dataclass(frozen=True)
class Figures:
    """How much was at stake, so that nobody mistakes an empty test for a good one."""

    reports: int
    escalations: int
    cancelled: int
    lateness: list[float]
    """Seconds from due to taken effect, for each escalation, ascending."""

    def late(self, share: float) -> float:
        """The lateness that this share of the escalations did not exceed."""
        return (
            self.lateness[min(len(self.lateness) - 1, int(share * len(self.lateness)))]
            if self.lateness
            else 0.0
        )


def opened(settings: Settings, tenant_id: UUID) -> Eye:
    """A connection that sees the whole company; the caller closes it."""
    eye = psycopg.connect(settings.app_database_url, autocommit=True)
    for name, value in system(tenant_id).context().items():
        eye.execute("select set_config(%s, %s, false)", (name, value))
    return eye


def complaints(eye: Eye, tenant_id: UUID, journal: Journal) -> list[str]:
    """Everything that is not as it was promised; call it when the product had time to finish."""
    found = [*_reports(eye, tenant_id, journal), *_grades(eye, tenant_id, journal)]
    for what, query in _NEVER.items():
        rows = eye.execute(query, {"tenant": tenant_id} if "%(tenant)s" in query else (tenant_id,)).fetchall()
        found += _said(what, [row[0] for row in rows])
    return found


def figures(eye: Eye, tenant_id: UUID) -> Figures:
    """What the database holds of this company."""
    rows = eye.execute(
        "select extract(epoch from effected_at - due_at)::float8 from escalations"
        " where tenant_id = %s and effected_at is not null order by 1",
        (tenant_id,),
    ).fetchall()
    reports, escalations, cancelled = eye.execute(
        """select (select count(*) from hazards where tenant_id = %(t)s),
            (select count(*) from escalations where tenant_id = %(t)s),
            (select count(*) from deadlines where tenant_id = %(t)s and cancelled_at is not null)""",
        {"t": tenant_id},
    ).fetchall()[0]
    return Figures(reports, escalations, cancelled, [row[0] for row in rows])


def unfinished(eye: Eye, tenant_id: UUID, soon: float = 60.0) -> str:
    """What the product is still about to do within so many seconds; empty when it is at rest."""
    row = eye.execute(
        """select
            (select count(*) from outbox where tenant_id = %(t)s and done_at is null and failed_at is null
                and due_at < clock_timestamp() + make_interval(secs => %(s)s)),
            (select count(*) from deadlines where tenant_id = %(t)s and fired_at is null and cancelled_at is null
                and due_at < clock_timestamp() + make_interval(secs => %(s)s)),
            (select count(*) from escalations where tenant_id = %(t)s and effected_at is null),
            (select count(*) from record_pending where tenant_id = %(t)s)""",
        {"t": tenant_id, "s": soon},
    ).fetchall()[0]
    names = ("jobs", "deadlines", "effects", "entries to seal")
    return ", ".join(f"{count} {name}" for count, name in zip(row, names, strict=True) if count)


def _reports(eye: Eye, tenant_id: UUID, journal: Journal) -> list[str]:
    intended = {told.id for told in journal.of("report")}
    acked = {told.id for told in journal.acked("report")}
    found: list[str] = []
    held: dict[str, set[UUID]] = {}
    for table, query in _REPORTS.items():
        times = dict(eye.execute(query, (tenant_id,)).fetchall())
        held[table] = set(times)
        found += _said(f"acknowledged report without {table}", acked - times.keys())
        found += _said(f"report with more than one {table}", [id for id, count in times.items() if count > 1])
        found += _said(f"{table} that nobody sent", times.keys() - intended)
    for table, ids in held.items():
        found += _said(f"report half there: a case, and {table} not", held["case"] - ids)
    return found


def _grades(eye: Eye, tenant_id: UUID, journal: Journal) -> list[str]:
    rows = eye.execute("select id, grade from hazards where tenant_id = %s", (tenant_id,)).fetchall()
    grades = dict(rows)
    wrong = [
        t.content
        for t in journal.acked("grade")
        if grades.get(UUID(t.content["hazard"])) != t.content["grade"]
    ]
    return _said("acknowledged grade that is not there", wrong)


def _said(what: str, which: Iterable[object]) -> list[str]:
    names: Sequence[str] = sorted(str(one) for one in which)
    return [f"{len(names)} × {what}: {', '.join(names[:3])}"] if names else []

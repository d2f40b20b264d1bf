"""The scanner: every deadline that is due fires once, as one statement over many rows.

Never early: due is what the database's clock says. Never twice: the row is locked, marked and its rung is unique.
Never lost: mark, escalation and outbox row are one statement. Whoever ends a task locks the same row to cancel it, so
either the rung had fired before or it never will; a row that someone holds is skipped and looked at again next time.
"""

from typing import Any, LiteralString

from psycopg import AsyncConnection

BATCH = 2_000
JOB = "loops.escalate"
"""What is put off for each rung that fires, with the escalation's id."""

# `statement_timestamp()` and not `clock_timestamp()`: a volatile function would keep the index from being used.
STATEMENT: LiteralString = """
    with due as materialized (
        select tenant_id, id, case_id, task_id, generation, rung, effect, due_at from deadlines
        where fired_at is null and cancelled_at is null and due_at <= statement_timestamp()
        order by due_at limit %(batch)s for update skip locked),
    fired as (
        update deadlines d set fired_at = statement_timestamp() from due
        where d.tenant_id = due.tenant_id and d.id = due.id),
    raised as (
        insert into escalations (tenant_id, id, case_id, task_id, generation, rung, effect, due_at, fired_at)
        select tenant_id, uuidv7(), case_id, task_id, generation, rung, effect, due_at, statement_timestamp()
        from due
        on conflict (tenant_id, task_id, generation, rung) do nothing
        returning tenant_id, id, due_at),
    told as (
        insert into outbox (tenant_id, id, job, arguments, due_at)
        select tenant_id, id, %(job)s, jsonb_build_array(id), due_at from raised)
    select count(*) from due
"""


async def fire(connection: AsyncConnection[Any], *, batch: int = BATCH) -> int:
    """Fire what is due, oldest first, at most a batch; how many deadlines. In autocommit, as the clock role.

    Any number of scanners may run at once. Fewer than a batch means that nothing more was due and free.
    """
    cursor = await connection.execute(STATEMENT, {"batch": batch, "job": JOB})
    row = await cursor.fetchone()
    return int(row[0]) if row else 0

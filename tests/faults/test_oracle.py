"""The oracle itself: broken builds and touched rows must not get past it, or its silence would mean nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg

from anhuan_infra.jobs.post import FULL, Parcel, Post
from tests.faults import programs
from tests.faults.ground import PATIENCE, Ground
from tests.support import oracle
from tests.support.processes import wait_for

_TABLES = (
    "cases", "hazards", "requests", "record_entries", "tasks", "outbox", "deadlines", "escalations", "notices", "seats",
)  # fmt: skip
_TOUCHES: dict[LiteralString, str] = {
    "update requests set kind = 'photo' where kind = 'hazard'": "acknowledged report without request",
    "update record_entries set act = 'x' where act = 'hazard.reported'": "without record entry hazard.reported",
    "update record_entries set act = 'hazard.reported' where act = 'case.opened'": "without record entry case.opened",
    "update record_entries set subject_id = case_id, act = 'case.opened' where act = 'task.opened'": "report with more than one record entry case.opened",
    "update outbox set job = 'x.y' where job = 'hazards.reported'": "without put-off job hazards.reported",
    "update escalations set fired_at = due_at - interval '1 ms'": "escalation before its time",
    "update escalations set effected_at = due_at - interval '1 ms'": "escalation before its time",
    "update escalations set effected_at = null": "escalation that never took effect",
    "delete from escalations": "deadline that fired without an escalation",
    "update deadlines set fired_at = null": "deadline that was due and never fired",
    "update deadlines set cancelled_at = fired_at - interval '1 s'": "although its task had ended",
    "update deadlines set due_at = due_at - interval '1 s'": "escalation without a deadline that fired",
    "update record_entries set act = 'x' where act = 'case.escalated'": "does not show once for each time",
    "delete from notices where key like 'escalation:%%'": "people were not each told once",
    "update notices set key = 'escalation:x' || key where key like 'escalation:%%'": "an escalation that does not exist",
    "update cases set level = level - 1": "level is not its highest overdue rung",
    "delete from notices where key like 'reported:%%'": "hazard of which nobody was told",
    "delete from notices where key like 'opened:%%'": "open seat whose people were not told",
    "update outbox set failed_at = now()": "job that was given up",
    "update outbox set done_at = null where due_at < now()": "job that was due and not done",
}
"""What somebody or something could do to the rows of a healthy company, and the complaint that must come of it."""


async def test_a_build_that_answers_before_it_commits_is_caught(ground: Ground, plain_api: str) -> None:
    phone = ground.phone(plain_api)
    told = ground.a_report(phone)
    with programs.api(ground.env, ground.log("hasty"), "tests.faults.hasty_api:create_app") as (process, url):
        phone.url = url
        phone.carry_out(ground.journal, told)
        process.kill()
    phone.close()

    said = ground.complaints()

    assert f"1 × acknowledged report without case: {told.id}" in said
    assert f"1 × acknowledged report without record entry hazard.reported: {told.id}" in said


async def test_a_build_whose_effects_forget_that_they_were_done_is_caught(
    ground: Ground, plain_api: str
) -> None:
    _one_climbing_case(ground, plain_api)
    with oracle.opened(ground.settings, ground.site.tenant_id) as eye:
        done = eye.execute("select id from outbox where job = 'loops.escalate'").fetchall()
        before = _acts(eye)
        parcels = [Parcel(ground.site.tenant_id, row[0], "loops.escalate") for row in done]

        post = Post(ground.settings)
        with programs.worker(ground.env, ground.log("plain")) as ours:
            post.send(parcels)
            wait_for(
                lambda: not sum(FULL - room for room in post.room().values()), PATIENCE, ground.log("plain")
            )
            ours.stop()
        sent_again_to_ours = ground.complaints()
        with programs.worker(ground.env, ground.log("forgetful"), "tests.faults.forgetful_worker"):
            post.send(parcels)
            wait_for(lambda: _acts(eye) >= before + len(parcels), PATIENCE, ground.log("forgetful"))
        post.close()

    assert sent_again_to_ours == []
    assert any("does not show once for each time it fired" in said for said in ground.complaints())


async def test_whatever_is_done_to_the_rows_is_complained_of(ground: Ground, plain_api: str) -> None:
    _one_climbing_case(ground, plain_api)

    unnoticed = []
    for touch, complaint in _TOUCHES.items():
        with _touched(ground, touch) as owner:
            said = oracle.complaints(owner, ground.site.tenant_id, ground.journal)
        if not any(complaint in one for one in said):
            unnoticed.append((touch, said))

    assert unnoticed == []
    assert ground.complaints() == [], "each was taken back"


def _one_climbing_case(ground: Ground, url: str) -> None:
    """A report whose whole first ladder has fired and taken effect."""
    phone = ground.phone(url)
    phone.carry_out(ground.journal, ground.a_report(phone))
    phone.close()
    assert ground.hurry() == 4
    ground.finish()
    assert ground.complaints() == []


def _acts(eye: oracle.Eye) -> int:
    row = eye.execute("select count(*) from record_entries where act = 'case.escalated'").fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _touched(ground: Ground, touch: LiteralString) -> Iterator[psycopg.Connection[Any]]:
    """The owner's eye on the company after this was done to it, which is then undone."""
    with psycopg.connect(ground.settings.database_url) as owner:
        for table in _TABLES:
            owner.execute(f"alter table {table} no force row level security".encode())
        where = " and tenant_id = %s" if " where " in touch else " where tenant_id = %s"
        assert owner.execute(f"{touch}{where}".encode(), (ground.site.tenant_id,)).rowcount > 0, touch
        yield owner
        owner.rollback()

"""Jobs whose effect can be counted: each leaves a row of its own under a mark, in the job's transaction."""

import asyncio
import os
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select, text

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.jobs.registry import job
from anhuan_infra.jobs.works import Works
from anhuan_infra.requests import Request
from anhuan_infra.work import Work, open_work, system
from tests.support.waiting import until

FOLDER = "EFFECTS_FOLDER"
"""Where jobs in another process see and leave signs."""


@job("effects.add")
async def add(work: Work, mark: UUID) -> None:
    """One effect."""
    work.session.add(_effect("effect", mark))


@job("effects.linger")
async def linger(work: Work, mark: UUID) -> None:
    """One effect, after which the job hangs in its open transaction while the sign `hang` stands."""
    work.session.add(_effect("effect", mark))
    await work.session.flush()
    folder = Path(os.environ[FOLDER])
    (folder / "reached").touch()
    await until(lambda: not (folder / "hang").exists(), 60.0)


@job("effects.fail", max_tries=3)
async def fail(work: Work, mark: UUID) -> None:
    """One effect that is taken back each time, with an error that quotes what nobody should read."""
    work.session.add(_effect("effect", mark))
    await work.session.flush()
    raise RuntimeError("身份证 110101199003070000")


@job("effects.chain")
async def chain(work: Work, mark: UUID) -> None:
    """An effect that another job brings about."""
    work.put_off("effects.add", mark)


@job("effects.call", queue="notices", max_tries=3, outside=True)
async def call(works: Works, mark: UUID) -> None:
    """An attempt written down, a call outside that `CALLS` stands for, and the answer."""
    async with works.open() as work:
        work.session.add(_effect("attempt", mark))
    await CALLS.call(mark)
    async with works.finish() as work:
        work.session.add(_effect("effect", mark))


class Calls:
    """The outside world: remembers who called, and answers when it is told to."""

    def __init__(self) -> None:
        self.marks: list[UUID] = []
        self.answers = asyncio.Event()
        self.answers.set()
        self.called = asyncio.Event()

    async def call(self, mark: UUID) -> None:
        """Take the call and wait for leave to answer."""
        self.marks.append(mark)
        self.called.set()
        await self.answers.wait()


CALLS = Calls()


def _effect(kind: str, mark: UUID) -> Request:
    return Request(id=new_id(), kind=kind, fingerprint=mark.bytes, person_id=None)


async def count(sessions: Sessions, tenant_id: UUID, mark: UUID, kind: str = "effect") -> int:
    """How many effects stand under a mark."""
    query = select(func.count()).where(Request.kind == kind, Request.fingerprint == mark.bytes)
    async with open_work(sessions, system(tenant_id)) as work:
        return await work.session.scalar(query) or 0


async def put_off(sessions: Sessions, tenant_id: UUID, job_name: str, *ids: UUID) -> UUID:
    """Put a job off, commit, hint at nothing; the id of its row."""
    async with open_work(sessions, system(tenant_id)) as work:
        work.put_off(job_name, *ids)
    return work.postponed[0].id


async def row(sessions: Sessions, tenant_id: UUID, outbox_id: UUID) -> dict[str, object]:
    """The outbox row as it stands; empty when there is none."""
    async with open_work(sessions, system(tenant_id)) as work:
        found = await work.session.execute(text("select * from outbox where id = :id"), {"id": outbox_id})
        first = found.mappings().one_or_none()
        return dict(first) if first else {}


async def pass_time(sessions: Sessions, tenant_id: UUID, outbox_id: UUID, seconds: float) -> None:
    """Let time pass for one row: what it waits for is that much nearer."""
    shift = "make_interval(secs => :seconds)"
    async with open_work(sessions, system(tenant_id)) as work:
        await work.session.execute(
            text(f"update outbox set due_at = due_at - {shift}, sent_at = sent_at - {shift} where id = :id"),
            {"id": outbox_id, "seconds": seconds},
        )

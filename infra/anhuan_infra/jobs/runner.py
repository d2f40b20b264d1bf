"""Running a job from its outbox row: the effect and the mark "done" are one transaction, so that it takes effect once."""

import asyncio
import random
import traceback
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from sqlalchemy import text

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import Refused
from anhuan_infra.jobs import registry
from anhuan_infra.jobs.registry import Job
from anhuan_infra.jobs.works import LEASE_SECONDS, OUTSIDE_SECONDS, LeaseLost, Works
from anhuan_infra.work import Send, open_work, system

INSIDE_SECONDS = 25.0
"""How long a job may hold its transaction; the database would end an idle one after 30 s."""
_SHORTEST, _LONGEST = 2.0, 3600.0
_log = structlog.get_logger()

# A row that another worker holds is skipped and not waited for: that worker finishes it, or the relay sends it again.
_TAKE = text("""
    select job, arguments, tries + 1 from outbox
    where tenant_id = :tenant and id = :id and done_at is null and failed_at is null
        and due_at <= clock_timestamp()
    for update skip locked
""")
_DONE = text("""
    update outbox set done_at = clock_timestamp(), problem = null where tenant_id = :tenant and id = :id
""")
_LEASE = text("""
    update outbox set tries = tries + 1, due_at = clock_timestamp() + make_interval(secs => :lease)
    where tenant_id = :tenant and id = :id
""")
_FAILED = text("""
    update outbox set tries = :tries, sends = 0, sent_at = null, problem = :problem,
        due_at = clock_timestamp() + make_interval(secs => :delay),
        failed_at = case when :last then clock_timestamp() end
    where tenant_id = :tenant and id = :id and done_at is null and failed_at is null and tries in (:tries, :tries - 1)
    returning id
""")


@dataclass
class _Try:
    """One try of one job; the number counts from 1, and 0 means that it never began."""

    tenant_id: UUID
    outbox_id: UUID
    job: str = ""
    arguments: list[UUID] = field(default_factory=list[UUID])
    number: int = 0

    def key(self) -> dict[str, UUID]:
        return {"tenant": self.tenant_id, "id": self.outbox_id}

    def names(self) -> dict[str, str | int]:
        return {
            "job": self.job,
            "tenant": str(self.tenant_id),
            "id": str(self.outbox_id),
            "number": self.number,
        }


class Runner:
    """Runs jobs in one process; any number of them may be given the same ids at the same time."""

    def __init__(self, sessions: Sessions, send: Send | None = None) -> None:
        self._sessions = sessions
        self._send = send

    async def run(self, tenant_id: UUID, outbox_id: UUID) -> bool:
        """Run what the row says if it still waits; True when it took effect here. Failures are noted, never raised."""
        attempt = _Try(tenant_id, outbox_id)
        try:
            return await self._attempt(attempt)
        except LeaseLost:
            _log.warning("job.overtaken", **attempt.names())
        except Exception as problem:  # noqa: BLE001 - whatever a job raises is a failed try
            _log.error("job.try_failed", **attempt.names(), exc_info=True)
            if attempt.number:
                await self._note(attempt, problem)
        return False

    async def _attempt(self, attempt: _Try) -> bool:
        async with (
            asyncio.timeout(INSIDE_SECONDS),
            open_work(self._sessions, system(attempt.tenant_id), self._send) as work,
        ):
            row = (await work.session.execute(_TAKE, attempt.key())).one_or_none()
            if row is None:
                return False
            attempt.job, arguments, attempt.number = row
            attempt.arguments = [UUID(value) for value in arguments]
            job = registry.find(attempt.job)
            if job is None:
                raise UnknownJob
            if not job.is_outside:
                await work.session.execute(_DONE, attempt.key())
                await job.function(work, *attempt.arguments)
                return True
            await work.session.execute(_LEASE, attempt.key() | {"lease": LEASE_SECONDS})
        return await self._outside(job, attempt)

    async def _outside(self, job: Job, attempt: _Try) -> bool:
        if attempt.number > job.max_tries:
            raise NeverAnswered
        works = Works(self._sessions, self._send, attempt.tenant_id, attempt.outbox_id, attempt.number)
        async with asyncio.timeout(OUTSIDE_SECONDS):
            await job.function(works, *attempt.arguments)
            if not works.is_finished:
                async with works.finish():
                    pass
        return True

    async def _note(self, attempt: _Try, problem: Exception) -> None:
        """Count the try and wait longer than before, or give up where everyone can see it."""
        job = registry.find(attempt.job)
        last = attempt.number >= (job.max_tries if job else 8)
        said = describe(problem)
        values = {"tries": attempt.number, "problem": said, "last": last, "delay": back_off(attempt.number)}
        try:
            async with open_work(self._sessions, system(attempt.tenant_id)) as work:
                noted = await work.session.scalar(_FAILED, attempt.key() | values)
                if noted is not None and last:
                    work.record(
                        "job.failed",
                        ("job", attempt.outbox_id),
                        job=attempt.job,
                        tries=attempt.number,
                        problem=said,
                    )
        except Exception:  # noqa: BLE001 - the row is as it was, and the relay will send it again
            _log.exception("job.not_noted", **attempt.names())
            return
        if last:
            _log.error("job.given_up", **attempt.names(), problem=said)


class UnknownJob(Exception):
    """No room of this release has a job of that name."""


class NeverAnswered(Exception):
    """Every try began and none came to an end."""


def back_off(tries: int) -> float:
    """Seconds until the next try: 2, 8, 32 … at most an hour, each up to a fifth longer, so that a crowd spreads out."""
    steady: float = min(_SHORTEST * 4.0 ** min(tries - 1, 10), _LONGEST)
    return steady * random.uniform(1.0, 1.2)  # noqa: S311 - no secret


def describe(problem: BaseException) -> str:
    """What went wrong and where, for the row and the record: never the message of an error that may quote data."""
    if isinstance(problem, Refused):
        return f"{problem.code}: {type(problem).__name__}"
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [
        frame
        for frame in frames
        if "anhuan_" in frame.filename and "anhuan_infra/jobs/" not in frame.filename
    ]
    where = f" at {ours[-1].filename.rpartition('/anhuan_')[2]}:{ours[-1].lineno}" if ours else ""
    return f"{type(problem).__name__}{where}"

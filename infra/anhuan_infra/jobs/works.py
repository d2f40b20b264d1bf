"""Works: what a job that calls the outside world gets, so that no transaction is open while it waits for an answer.

The row is leased for a while, not locked. Write down what you are about to do in `open()`, make the call, and write
the answer in `finish()`: the answer and "done" are one transaction. A worker killed in between leaves its attempt
visible and the lease runs out; then the job begins again. So the outside sees it at least once, ourselves once.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy import text

from anhuan_infra.db.engine import Sessions
from anhuan_infra.work import Send, Work, open_work, system

LEASE_SECONDS = 120.0
"""How long a job that calls outside keeps its row to itself."""
OUTSIDE_SECONDS = 90.0
"""How long it may take; shorter than the lease, so that it has stopped before another begins."""

_MINE = """
    tenant_id = :tenant and id = :id and tries = :tries and done_at is null and failed_at is null
"""
_HOLD = text(f"select id from outbox where {_MINE} for update")
_DONE = text(f"update outbox set done_at = clock_timestamp(), problem = null where {_MINE} returning id")


class LeaseLost(Exception):
    """Another worker has begun this job since; nothing more may be written here."""


class Works:
    """The transactions of one try of one job, each as the system inside the job's company."""

    def __init__(
        self, sessions: Sessions, send: Send | None, tenant_id: UUID, outbox_id: UUID, tries: int
    ) -> None:
        self.tenant_id = tenant_id
        self.tries = tries
        """Which try this is, counted from 1."""
        self.is_finished = False
        self._sessions = sessions
        self._send = send
        self._mine = {"tenant": tenant_id, "id": outbox_id, "tries": tries}

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[Work]:
        """One step, committed on the way out; refused with LeaseLost when this try is no longer the latest."""
        async with open_work(self._sessions, system(self.tenant_id), self._send) as work:
            if await work.session.scalar(_HOLD, self._mine) is None:
                raise LeaseLost
            yield work

    @asynccontextmanager
    async def finish(self) -> AsyncGenerator[Work]:
        """The last step: what is written here and the job's being done are one transaction."""
        async with open_work(self._sessions, system(self.tenant_id), self._send) as work:
            if await work.session.scalar(_DONE, self._mine) is None:
                raise LeaseLost
            yield work
        self.is_finished = True

"""A lane: one connection on which many people's reads travel close behind one another, each in a transaction of its own.

A read is three messages sent at once: the context (`set_config(…, true)`), the prepared statement, a Sync. Between two Syncs
PostgreSQL keeps one implicit transaction, so the context ends with the read that brought it, whether that succeeds or fails, and
a read costs one round trip. The answer leaves as PostgreSQL's own bytes.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic

import psycopg
from psycopg import pq
from psycopg.pq.abc import PGconn, PGresult

from anhuan_infra.db.engine import STATEMENT_TIMEOUT_MS

KNOWN = 300
"""Prepared statements that a connection keeps; the one not used for longest makes room."""
_STALE_PLANS = ("0A000", "26000", "42P05")
"""The table changed under a prepared statement, or the statement is gone or there after all: prepared anew, it works."""
_GONE = ("57P01", "57P02", "57P03")
CANCELLED = "57014"


class LaneFailed(Exception):
    """A read that came to nothing; `sqlstate` is PostgreSQL's reason, None where no server could be reached."""

    def __init__(self, sqlstate: str | None, message: str = "") -> None:
        super().__init__(message or sqlstate or "no server")
        self.sqlstate = sqlstate


@dataclass(frozen=True)
class Statement:
    """SQL with `$1…` that answers one row of one column; prepared once on each lane under a name made of its text."""

    name: bytes
    sql: bytes

    @classmethod
    def of(cls, sql: str) -> "Statement":
        """A statement out of its text."""
        text = sql.encode()
        return cls(b"s" + sha256(text).hexdigest()[:24].encode(), text)


@dataclass(eq=False)
class Call:
    """One read under way: whose context, which statement, and who waits for the answer."""

    context: Mapping[str, str]
    statement: Statement
    params: Sequence[bytes | None]
    answer: asyncio.Future[bytes | None]
    tries: int = 0
    is_doubled: bool = False
    """Also sent on another lane, since this one stands behind somebody slow."""

    @property
    def is_over(self) -> bool:
        """Answered, failed, or nobody waits any more."""
        return self.answer.done()


@dataclass
class Failure:
    """What PostgreSQL said instead of an answer, and after how many seconds."""

    sqlstate: str
    message: str
    after: float = 0.0


Settled = Callable[["Lane", Call, bytes | None, Failure | None], None]
"""Told of every call that left the lane with its value or its failure."""


@dataclass(eq=False)
class Lane:
    """One connection in pipeline mode. Not for direct use: `Lanes` deals calls out and deals with what fails."""

    connection: psycopg.AsyncConnection[tuple[object, ...]]
    on_settled: Settled
    on_lost: Callable[["Lane", list[Call]], None]
    calls: deque[Call] = field(default_factory=deque[Call])
    head_since: float = 0.0
    """When the first call came to its turn, by the monotonic clock."""
    is_cancelling: bool = False
    _socket: int = -1
    _known: OrderedDict[bytes, None] = field(default_factory=OrderedDict[bytes, None])
    _doubtful: set[bytes] = field(default_factory=set[bytes])
    _value: bytes | None = None
    _failure: Failure | None = None
    _is_flushing: bool = False
    _is_writing: bool = False
    _is_lost: bool = False

    @classmethod
    async def open(
        cls,
        url: str,
        application: str,
        on_settled: Settled,
        on_lost: Callable[["Lane", list[Call]], None],
    ) -> "Lane":
        """Connect; transactions of this connection cannot write, whatever is asked of it."""
        options = (
            f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c default_transaction_read_only=on"
            " -c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=1"
            # Left to itself PostgreSQL plans a long statement anew at every execution, for half of what that then costs.
            " -c plan_cache_mode=force_generic_plan -c jit=off"
        )
        connection = await psycopg.AsyncConnection.connect(
            url, autocommit=True, options=options, application_name=application, connect_timeout=5
        )
        lane = cls(connection, on_settled, on_lost)
        lane.wire.nonblocking = 1
        lane.wire.enter_pipeline_mode()
        lane._socket = lane.wire.socket
        asyncio.get_running_loop().add_reader(lane._socket, lane._read)
        return lane

    @property
    def wire(self) -> PGconn:
        """libpq's connection."""
        return self.connection.pgconn

    def head_age(self, now: float) -> float:
        """Seconds for which the first call has been running."""
        return now - self.head_since if self.calls else 0.0

    def send(self, call: Call) -> None:
        """Put a call behind the others."""
        try:
            self._send(call)
        except psycopg.OperationalError:
            self.calls.append(call)
            self.close()
            return
        except BaseException:
            # What was begun without its Sync would run in the transaction of the next one.
            self.close()
            raise
        if not self.calls:
            self.head_since = monotonic()
        self.calls.append(call)
        if not self._is_flushing and not self._is_writing:
            self._is_flushing = True
            asyncio.get_running_loop().call_soon(self._flush)

    async def cancel(self) -> None:
        """Ask PostgreSQL to give up what runs at this moment; that may by then be the next call, which is simply sent again."""
        if self.is_cancelling or self._is_lost:
            return
        self.is_cancelling = True
        try:
            await self.connection.cancel_safe(timeout=2)
        except psycopg.Error:
            pass  # the server's own time limit ends it
        finally:
            self.is_cancelling = False

    def close(self) -> None:
        """Give the connection up, dead or no longer needed; what was under way is handed back."""
        if self._is_lost:
            return
        self._is_lost = True
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._socket)
        loop.remove_writer(self._socket)
        self.wire.finish()
        left, self.calls = [call for call in self.calls if not call.is_over], deque()
        self.on_lost(self, left)

    def _send(self, call: Call) -> None:
        if call.context:
            names = tuple(call.context)
            self._prepared(_context_of(names))
            values = [value.encode() for value in call.context.values()]
            self.wire.send_query_prepared(_context_of(names).name, values)
        self._prepared(call.statement)
        self.wire.send_query_prepared(call.statement.name, list(call.params))
        self.wire.pipeline_sync()

    def _prepared(self, statement: Statement) -> None:
        name = statement.name
        if name in self._doubtful:
            self._doubtful.discard(name)
            self._known.pop(name, None)
            self.wire.send_close_prepared(name)
        if name in self._known:
            self._known.move_to_end(name)
            return
        if len(self._known) >= KNOWN:
            self.wire.send_close_prepared(self._known.popitem(last=False)[0])
        self._known[name] = None
        self.wire.send_prepare(name, statement.sql)

    def _flush(self) -> None:
        self._is_flushing = False
        if self._is_lost:
            return
        try:
            is_full = self.wire.flush() == 1
        except psycopg.OperationalError:
            self.close()
            return
        loop = asyncio.get_running_loop()
        if is_full and not self._is_writing:
            loop.add_writer(self._socket, self._flush)
        elif not is_full and self._is_writing:
            loop.remove_writer(self._socket)
        self._is_writing = is_full

    def _read(self) -> None:
        is_broken = False
        try:
            self.wire.consume_input()
        except psycopg.OperationalError:
            is_broken = True
        try:
            while self.calls and not self.wire.is_busy():
                result = self.wire.get_result()
                if result is None:
                    if is_broken or self.wire.status != pq.ConnStatus.OK:
                        break
                    continue
                self._take(result)
                if self._is_lost:
                    return
        except psycopg.OperationalError:
            is_broken = True
        if is_broken or self.wire.status != pq.ConnStatus.OK:
            self.close()

    def _take(self, result: PGresult) -> None:
        status = result.status
        if status == pq.ExecStatus.TUPLES_OK:
            self._value = result.get_value(0, 0) if result.ntuples else None
        elif status == pq.ExecStatus.FATAL_ERROR:
            state = (result.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()
            if state in _GONE:
                self.close()
                return
            message = (result.error_field(pq.DiagnosticField.MESSAGE_PRIMARY) or b"").decode(
                "utf-8", "replace"
            )
            self._failure = Failure(state, message)
        elif status == pq.ExecStatus.PIPELINE_SYNC:
            self._settle()

    def _settle(self) -> None:
        call = self.calls.popleft()
        now = monotonic()
        value, failure = self._value, self._failure
        self._value = self._failure = None
        if failure is not None:
            failure.after = now - self.head_since
            # Whether it is prepared by now is not certain, and a plan may be what failed.
            self._doubtful.update((call.statement.name, _context_of(tuple(call.context)).name))
        self.head_since = now
        self.on_settled(self, call, None if failure else value, failure)


def is_stale_plan(failure: Failure) -> bool:
    """Whether preparing anew helps."""
    return failure.sqlstate in _STALE_PLANS


_contexts: dict[tuple[str, ...], Statement] = {}


def _context_of(names: tuple[str, ...]) -> Statement:
    """The statement that sets these settings; there are as many as there are kinds of access, a few dozen."""
    found = _contexts.get(names)
    if found is None:
        calls = ", ".join(f"set_config('{name}', ${place}, true)" for place, name in enumerate(names, 1))
        found = _contexts[names] = Statement.of(f"select {calls}")
    return found

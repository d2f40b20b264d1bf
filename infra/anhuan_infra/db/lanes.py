"""Lanes: a few connections that carry the reads of everybody, with order among them and patience for what fails.

Reads may be sent twice without harm, and that is what keeps them quick: a read behind a slow one is sent on another lane as well,
one whose connection died or that was hit by a neighbour's cancelling is sent again, and whoever waits has an end to their waiting.
"""

import asyncio
from collections import deque
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Self

import psycopg

from anhuan_infra.db.engine import STATEMENT_TIMEOUT_MS
from anhuan_infra.db.lane import CANCELLED, Call, Failure, Lane, LaneFailed, Statement, is_stale_plan

CROWDED = "53300"
"""Too many wait already; PostgreSQL's own code for too many connections."""
GREEDY = "53400"
"""One company's slow questions may not take every connection; PostgreSQL's own code for a limit that was set."""
_LOOK = 0.05
_TRIES = 3


@dataclass(frozen=True)
class Limits:
    """How much is let in: connections kept and at most, calls sent ahead on one, calls that may wait, and seconds."""

    size: int = 2
    most: int = 6
    depth: int = 4
    queue: int = 1_000
    patience: float = STATEMENT_TIMEOUT_MS / 1_000
    stall: float = 0.1
    """A call that runs longer than this holds nobody up: those behind it go round it."""
    slow: int = 2
    """So many long ones of one company at the same time; its further ones are turned away until one has ended."""


@dataclass
class Counts:
    """What happened, for the metrics."""

    asked: int = 0
    again: int = 0
    doubled: int = 0
    refused: int = 0
    lost: int = 0
    timed_out: int = 0


@dataclass(eq=False)
class Lanes:
    """The pool; `async with Lanes(url) as lanes: await lanes.ask(context, statement, params)`."""

    url: str
    application: str = "anhuan reads"
    limits: Limits = field(default_factory=Limits)
    counts: Counts = field(default_factory=Counts)
    _lanes: list[Lane] = field(default_factory=list[Lane])
    _waiting: deque[Call] = field(default_factory=deque[Call])
    _opening: int = 0
    _backoff: float = 0.0
    _is_closed: bool = False
    _tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    _watch: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        """Begin to connect; nobody waits for it here, so that a server that is not there yet stops no start."""
        for _ in range(self.limits.size):
            self._open_one()
        return self

    async def __aexit__(self, *_: object) -> None:
        """End every connection; whoever still waits is told."""
        self._is_closed = True
        if self._watch:
            self._watch.cancel()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for lane in list(self._lanes):
            lane.close()
        while self._waiting:
            _fail(self._waiting.popleft(), LaneFailed(None, "closed"))

    async def ask(
        self, context: Mapping[str, str], statement: Statement, params: Sequence[bytes | None] = ()
    ) -> bytes | None:
        """The answer's one value as PostgreSQL writes it, None for null or no row.

        Raises:
            LaneFailed: PostgreSQL declined (its SQLSTATE), it took too long (57014), too many wait (53300), the company has too many
                slow ones under way (53400), or no server is there (None).
        """
        if self._is_closed:
            raise LaneFailed(None, "closed")
        if self._slow_of(context) >= self.limits.slow:
            self.counts.refused += 1
            raise LaneFailed(GREEDY, "the company's others take too long")
        if len(self._waiting) >= self.limits.queue:
            self.counts.refused += 1
            raise LaneFailed(CROWDED, "too many wait")
        self.counts.asked += 1
        call = Call(context, statement, params, asyncio.get_running_loop().create_future())
        self._place(call)
        try:
            async with asyncio.timeout(self.limits.patience):
                return await call.answer
        except TimeoutError:
            self.counts.timed_out += 1
            raise LaneFailed(None if not self._lanes else CANCELLED, "out of patience") from None
        finally:
            if not call.answer.done() or call.answer.cancelled():
                call.answer.cancel()
                self._stop_running(call)

    def _slow_of(self, context: Mapping[str, str]) -> int:
        now, tenant = monotonic(), context.get("app.tenant_id")
        heads = [
            lane.calls[0] for lane in self._lanes if lane.head_age(now) >= self.limits.stall and lane.calls
        ]
        return sum(1 for call in heads if call.context.get("app.tenant_id") == tenant)

    def is_open(self) -> bool:
        """Whether any connection stands."""
        return bool(self._lanes)

    def _place(self, call: Call, *, first: bool = False) -> None:
        lane = self._free()
        if lane is not None:
            lane.send(call)
            self._look_soon()
            return
        if first:
            self._waiting.appendleft(call)
        else:
            self._waiting.append(call)
        self._widen()
        self._look_soon()

    def _free(self, other_than: Lane | None = None) -> Lane | None:
        now = monotonic()
        open_ones = [
            lane
            for lane in self._lanes
            if lane is not other_than
            and len(lane.calls) < self.limits.depth
            and lane.head_age(now) < self.limits.stall
        ]
        return min(open_ones, key=lambda lane: len(lane.calls), default=None)

    def _widen(self) -> None:
        """More connections while all that there are stand behind something slow, fewer again when it is quiet."""
        now = monotonic()
        many = len(self._lanes) + self._opening
        are_stuck = all(lane.head_age(now) >= self.limits.stall for lane in self._lanes)
        if many < self.limits.size or (many < self.limits.most and not self._opening and are_stuck):
            self._open_one()

    def _open_one(self) -> None:
        self._opening += 1
        self._run(self._opened())

    async def _opened(self) -> None:
        try:
            await asyncio.sleep(self._backoff)
            lane = await Lane.open(self.url, self.application, self._settled, self._lost)
        except psycopg.Error:
            self._backoff = min(2.0, self._backoff * 2 or 0.05)
            self._opening -= 1
            if not self._is_closed and len(self._lanes) + self._opening < self.limits.size:
                self._open_one()
            return
        except BaseException:
            self._opening -= 1
            raise
        self._backoff = 0.0
        self._opening -= 1
        self._lanes.append(lane)
        self._next()

    def _next(self) -> None:
        while self._waiting:
            if self._waiting[0].is_over:
                self._waiting.popleft()
                continue
            lane = self._free()
            if lane is None:
                return
            lane.send(self._waiting.popleft())

    def _settled(self, lane: Lane, call: Call, value: bytes | None, failure: Failure | None) -> None:
        if failure is None:
            if not call.is_over:
                call.answer.set_result(value)
        elif not call.is_over:
            self._failed(call, failure)
        if len(self._lanes) > self.limits.size and not lane.calls and not self._waiting:
            lane.close()
        self._next()

    def _failed(self, call: Call, failure: Failure) -> None:
        # Whoever is cancelled long before the time limit was not meant: a neighbour before it was.
        is_hit = failure.sqlstate == CANCELLED and failure.after < STATEMENT_TIMEOUT_MS / 1_000 * 0.9
        if (is_hit or is_stale_plan(failure)) and call.tries < _TRIES:
            self._again(call)
        else:
            _fail(call, LaneFailed(failure.sqlstate, failure.message))

    def _again(self, call: Call) -> None:
        call.tries += 1
        self.counts.again += 1
        self._place(call, first=True)

    def _lost(self, lane: Lane, left: list[Call]) -> None:
        if lane in self._lanes:
            self._lanes.remove(lane)
            self.counts.lost += bool(left)
        for call in reversed(left):
            if self._is_closed or call.tries >= _TRIES:
                _fail(call, LaneFailed(None, "connection lost"))
            else:
                self._again(call)
        if not self._is_closed and len(self._lanes) + self._opening < self.limits.size:
            self._open_one()

    def _stop_running(self, call: Call) -> None:
        """Nobody waits for it any more: if it runs at this moment, PostgreSQL need not end it."""
        with suppress(ValueError):
            self._waiting.remove(call)
        for lane in self._lanes:
            if lane.calls and lane.calls[0] is call and not self._is_closed:
                self._run(lane.cancel())

    def _look_soon(self) -> None:
        if self._watch is None and not self._is_closed:
            self._watch = asyncio.get_running_loop().call_later(_LOOK, self._look)

    def _look(self) -> None:
        """While anything is under way: lead calls round a slow one, and give up a connection that has fallen silent."""
        self._watch = None
        now = monotonic()
        for lane in list(self._lanes):
            age = lane.head_age(now)
            if age > self.limits.patience + 1:
                lane.close()
            elif age >= self.limits.stall:
                self._lead_round(lane)
                if lane.calls and lane.calls[0].is_over and not lane.calls[0].is_doubled:
                    self._run(lane.cancel())
        self._next()
        if self._waiting:
            self._widen()
        if self._waiting or any(lane.calls for lane in self._lanes):
            self._look_soon()

    def _lead_round(self, slow: Lane) -> None:
        for call in list(slow.calls)[1:]:
            if call.is_over or call.is_doubled:
                continue
            call.is_doubled = True
            self.counts.doubled += 1
            lane = self._free(other_than=slow)
            if lane is not None:
                lane.send(call)
            else:
                self._waiting.appendleft(call)

    def _run(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _fail(call: Call, problem: LaneFailed) -> None:
    if not call.is_over:
        call.answer.set_exception(problem)

"""The floor: the very statements that our program sends, prepared and pipelined by libpq alone, and what PostgreSQL uses for them.

pgbench cannot carry them (it takes the colons inside their texts for variables), so a loop of ours does what it would do.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from psycopg import pq
from psycopg.conninfo import make_conninfo

from anhuan_infra.db.lane import Statement
from anhuan_infra.db.lanes import Lanes
from tests.bench.reads import spent


@dataclass(frozen=True)
class Sent:
    """One read as it went to PostgreSQL."""

    context: Mapping[str, str]
    statement: Statement
    params: Sequence[bytes | None]


@dataclass
class Ear:
    """What was sent while it listened."""

    heard: list[Sent] = field(default_factory=list[Sent])


@contextmanager
def listening() -> Iterator[Ear]:
    """Hear every read that is asked of a lane in this process."""
    ear, ask = Ear(), Lanes.ask

    async def heard(
        lanes: Lanes, context: Any, statement: Any, params: Any = (), *more: Any, **named: Any
    ) -> Any:
        ear.heard.append(Sent(dict(context), statement, list(params)))
        return await ask(lanes, context, statement, params, *more, **named)

    Lanes.ask = heard  # type: ignore[assignment,method-assign]
    try:
        yield ear
    finally:
        Lanes.ask = ask  # type: ignore[method-assign]


def microseconds(
    url: str, options: str, reads: Sequence[Sent], seconds: float, connections: int = 4
) -> float:
    """PostgreSQL's time on a CPU for one of these reads, a few connections at once."""
    lines = [_Line(url, options, reads[no::connections] or reads) for no in range(connections)]
    for line in lines:
        line.warm()
    before = spent.nanoseconds(line.pid for line in lines)
    threads = [threading.Thread(target=line.run, args=(perf_counter() + seconds,)) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = spent.between(before, spent.nanoseconds(line.pid for line in lines))
    done = sum(line.done for line in lines)
    for line in lines:
        line.wire.finish()
    return used / done / 1_000


class _Line:
    """One connection."""

    def __init__(self, url: str, options: str, reads: Sequence[Sent]) -> None:
        self.wire = pq.PGconn.connect(make_conninfo(url, options=options).encode())
        assert self.wire.status == pq.ConnStatus.OK, self.wire.get_error_message()
        self.pid = self.wire.backend_pid
        self.reads = reads
        self.done = 0
        self._known: set[bytes] = set()
        self.wire.enter_pipeline_mode()

    def warm(self) -> None:
        for read in self.reads:
            self._ask(read)

    def run(self, until: float) -> None:
        self.done = 0
        while perf_counter() < until:
            self._ask(self.reads[self.done % len(self.reads)])
            self.done += 1

    def _ask(self, read: Sent) -> None:
        calls = ", ".join(f"set_config('{name}', ${n}, true)" for n, name in enumerate(read.context, 1))
        self._prepared(b"context", f"select {calls}".encode())
        self.wire.send_query_prepared(b"context", [value.encode() for value in read.context.values()])
        self._prepared(read.statement.name, read.statement.sql)
        self.wire.send_query_prepared(read.statement.name, list(read.params))
        self.wire.pipeline_sync()
        while True:
            result = self.wire.get_result()
            if result is None:
                continue
            if result.status == pq.ExecStatus.PIPELINE_SYNC:
                return
            assert result.status in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK), result.error_message

    def _prepared(self, name: bytes, sql: bytes) -> None:
        if name not in self._known:
            self._known.add(name)
            self.wire.send_prepare(name, sql)

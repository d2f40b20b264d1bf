"""Hurry: time made to pass for open deadlines, so that ladders of hours and days climb within a test."""

import random
import threading
from typing import LiteralString

import psycopg

from anhuan_infra.jobs import works

# A deadline is moved once, and only while it is far away: one that is nearly due is never taken back or delayed.
_MOVE: LiteralString = """
    update deadlines set due_at = clock_timestamp() + make_interval(secs => %s + random() * (%s::float8 - %s::float8))
    where fired_at is null and cancelled_at is null and due_at > clock_timestamp() + interval '3 minutes'
        and id in (select id from deadlines
            where fired_at is null and cancelled_at is null and due_at > clock_timestamp() + interval '3 minutes'
            order by random() limit %s)
"""
# A try that began ten seconds ago and is not done belongs to a worker that is dead: no job here takes so long.
_RELEASE: LiteralString = """
    update outbox set due_at = clock_timestamp() where tries > 0 and done_at is null and failed_at is null
        and due_at > clock_timestamp() and due_at < clock_timestamp() + make_interval(secs => %s)
"""


def release(url: str) -> None:
    """Leave out the two minutes for which a killed worker's call to the outside keeps its job to itself."""
    with psycopg.connect(url, autocommit=True) as clock:
        clock.execute(_RELEASE, (works.LEASE_SECONDS - 10,))


def once(url: str, within: tuple[float, float], batch: int) -> int:
    """Have so many open deadlines fall due within these seconds; how many were moved."""
    low, high = within
    with psycopg.connect(url, autocommit=True) as clock:
        return clock.execute(_MOVE, (low, high, low, batch)).rowcount


class Hurry:
    """A thread that, as the role of the scheduler, has open deadlines fall due within seconds."""

    def __init__(
        self, url: str, seed: int, *, within: tuple[float, float] = (0.5, 9.0), batch: int = 25
    ) -> None:
        self._url = url
        self._seed = random.Random(seed).random()
        self._within = within
        self._batch = batch
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.moved = 0

    def begin(self) -> None:
        """Go on until `end`."""
        self._thread.start()

    def end(self) -> None:
        """No deadline is moved afterwards."""
        self._stop.set()
        self._thread.join(15)
        assert not self._thread.is_alive(), "the hurrying thread hangs"

    def _run(self) -> None:
        low, high = self._within
        while not self._stop.wait(0.3):
            try:
                with psycopg.connect(self._url, autocommit=True, connect_timeout=2) as clock:
                    clock.execute("select setseed(%s)", (self._seed,))
                    while not self._stop.wait(0.3):
                        self.moved += clock.execute(_MOVE, (low, high, low, self._batch)).rowcount
            except psycopg.Error:
                continue

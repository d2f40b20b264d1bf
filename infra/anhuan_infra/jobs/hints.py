"""Hints after a commit: what was put off is told to the workers at once, from a thread of its own, or not at all."""

import threading
import time
from queue import Empty, Full, Queue

import redis
import structlog

from anhuan_infra.jobs.post import Parcel, Post
from anhuan_infra.work import Work

_KEEP = 2_000
"""Parcels held for the thread; beyond that the relay brings them."""
_REST = 1.0
"""Seconds without a further try once the broker did not answer."""
_log = structlog.get_logger()


class Hints:
    """The `Send` of a process that opens works. Calling it never raises and never waits for the broker."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._parcels: Queue[Parcel | None] = Queue(_KEEP)
        self._rest_until = 0.0
        self._thread = threading.Thread(target=self._run, name="hints", daemon=True)
        self._thread.start()

    def __call__(self, work: Work) -> None:
        """Hint at everything this work put off that is due already; later ones are the relay's."""
        for row in work.postponed:
            if row.due_at > work.now:
                continue
            try:
                self._parcels.put_nowait(Parcel(work.tenant_id, row.id, row.job))
            except Full:
                return

    def close(self) -> None:
        """Send what is held and end the thread; waits two seconds at most."""
        try:
            self._parcels.put(None, timeout=1.0)
        except Full:
            return
        self._thread.join(2.0)

    def _run(self) -> None:
        while True:
            batch = [self._parcels.get()]
            while len(batch) < 100:
                try:
                    batch.append(self._parcels.get_nowait())
                except Empty:
                    break
            self._deliver([parcel for parcel in batch if parcel is not None])
            if None in batch:
                return

    def _deliver(self, parcels: list[Parcel]) -> None:
        if time.monotonic() < self._rest_until:
            return
        try:
            self._post.send(parcels)
        except redis.RedisError as problem:
            self._rest_until = time.monotonic() + _REST
            _log.warning(
                "jobs.broker_unreachable", problem=type(problem).__name__, left_to_relay=len(parcels)
            )

"""A worker process: Dramatiq's threads around one event loop, one engine and one actor."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import dramatiq
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.broker import Broker
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AsyncIO, CurrentMessage, Middleware, Retries
from sqlalchemy.ext.asyncio import AsyncEngine

from anhuan_infra.db.engine import create_engine, create_sessions
from anhuan_infra.jobs import post
from anhuan_infra.jobs.hints import Hints
from anhuan_infra.jobs.post import Post
from anhuan_infra.jobs.runner import Runner
from anhuan_infra.settings import Settings

Ending = Callable[[], Awaitable[None]]


class _Workplace(Middleware):
    """The engine and the hints of this process: made when the worker boots, never inherited over a fork."""

    def __init__(self, settings: Settings, endings: Sequence[Ending]) -> None:
        self._settings = settings
        self._endings = endings
        self._engine: AsyncEngine | None = None
        self._hints: Hints | None = None
        self.runner: Runner | None = None

    def before_worker_boot(self, broker: Broker, worker: Any) -> None:
        self._engine = create_engine(self._settings.app_database_url, application="anhuan worker")
        self._hints = Hints(Post(self._settings))
        self.runner = Runner(create_sessions(self._engine), self._hints)

    def after_worker_shutdown(self, broker: Broker, worker: Any) -> None:
        # Runs before AsyncIO's own, because Dramatiq goes through the list backwards here: the loop still turns.
        loop = get_event_loop_thread()
        if self._engine is not None and loop is not None:
            for end in (*self._endings, self._engine.dispose):
                loop.run_coroutine(end())
        if self._hints is not None:
            self._hints.close()


def build(settings: Settings, *endings: Ending) -> RedisBroker:
    """The broker that `dramatiq` runs. Tries are counted in the outbox, so Dramatiq itself never repeats or dates out.

    `endings` are awaited on the worker's loop when it shuts down, to close what the rooms were equipped with.
    """
    workplace = _Workplace(settings, endings)
    broker = post.broker(settings, [AsyncIO(), CurrentMessage(), Retries(max_retries=0), workplace])

    async def run(tenant_id: str, outbox_id: str) -> None:
        if workplace.runner is not None:
            await workplace.runner.run(UUID(tenant_id), UUID(outbox_id))

    dramatiq.actor(actor_name=post.ACTOR, broker=broker)(run)
    return broker

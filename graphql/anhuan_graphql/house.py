"""What stands while the API runs: the doors to database, broker, object store and live changes, opened and closed together."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from time import monotonic

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from anhuan_graphql.documents import Documents
from anhuan_graphql.front import Front
from anhuan_graphql.limiter import Limiter
from anhuan_graphql.planner.planner import Planner
from anhuan_graphql.schema import schema
from anhuan_infra.db.engine import Sessions, create_engine, create_sessions
from anhuan_infra.db.lanes import Lanes
from anhuan_infra.evidence.address import Address
from anhuan_infra.evidence.inspector import Inspector
from anhuan_infra.evidence.store import Store
from anhuan_infra.jobs.hints import Hints
from anhuan_infra.jobs.post import Post
from anhuan_infra.live.hub import Hub
from anhuan_infra.recent import Recent
from anhuan_infra.settings import Settings
from anhuan_infra.work import Send, Source
from anhuan_platform.evidence import tools
from anhuan_platform.notices import tools as notices
from anhuan_tenants.identity import entry
from anhuan_tenants.identity.arrivals import TOUCH, Arrival

log = structlog.get_logger("anhuan.wire")


@dataclass(frozen=True)
class House:
    """Everything of one process that requests share."""

    settings: Settings
    front: Front
    engine: AsyncEngine
    sessions: Sessions
    reads: Sessions
    """The same database, in transactions that PostgreSQL itself keeps from writing."""
    send: Send
    limiter: Limiter
    store: Store
    hub: Hub
    documents: Documents
    planner: Planner
    arrivals: Recent[str, Arrival] = field(default_factory=lambda: Recent[str, Arrival](4_096))
    """By access token: whose next read asks for itself whether they still stand."""
    under_way: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    """What nobody waits for; held, so that it is not swept away."""

    async def authenticate(self, token: str | None, source: Source) -> entry.Member | None:
        """Who holds this token now; None without one, a refusal for one that is not good (any more)."""
        if token is None:
            return None
        arrival = await entry.arrive(self.sessions, self.settings, token, source)
        self.arrivals.put(token, arrival)
        return arrival.member

    def in_use(self, token: str, arrival: Arrival) -> None:
        """Somebody read without being asked for at the door: once a minute their session's idle clock is set, after the answer."""
        if monotonic() - arrival.touched >= TOUCH.total_seconds():
            self.arrivals.put(token, replace(arrival, touched=monotonic()))
            task = asyncio.create_task(self._touch(arrival))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)

    async def _touch(self, arrival: Arrival) -> None:
        try:
            await entry.touch(self.sessions, arrival)
        except Exception as problem:  # noqa: BLE001  nobody waits for it
            # The clock only runs on, and at its end the person signs in again.
            log.warning("not_touched", problem=type(problem).__name__)


@asynccontextmanager
async def open_house(settings: Settings, front: Front) -> AsyncGenerator[House]:
    """Open every door, close them in the opposite order; whatever cannot be reached yet shows in /health."""
    engine = create_engine(settings.app_database_url, application="anhuan api")
    post = Post(settings)
    hints = Hints(post)
    limiter = Limiter(settings)
    store = Store(Address.parse(settings.s3_url), settings.s3_public_url)
    inspector = Inspector()
    tools.equip(store, inspector)
    way_out = notices.equip(settings)
    try:
        async with (
            Hub.open(settings.app_database_url) as hub,
            Lanes(settings.app_database_url, "anhuan api reads") as lanes,
        ):
            yield House(
                settings=settings,
                front=front,
                engine=engine,
                sessions=create_sessions(engine),
                reads=create_sessions(engine.execution_options(postgresql_readonly=True)),
                send=hints,
                limiter=limiter,
                store=store,
                hub=hub,
                documents=Documents(front.web, only_trusted=front.only_trusted),
                planner=Planner(schema, lanes),
            )
    finally:
        await way_out.close()
        await inspector.close()
        await limiter.close()
        hints.close()
        post.close()
        await engine.dispose()

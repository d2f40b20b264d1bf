"""The way to the workers: messages that carry two ids and promise nothing, since the outbox row is the promise."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

import redis
from dramatiq import Message
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import Middleware
from redis.backoff import NoBackoff
from redis.retry import Retry

from anhuan_infra.jobs import registry
from anhuan_infra.settings import Settings

ACTOR = "run"
"""The one actor; which job it runs stands in the outbox row."""
FULL = 1_000
"""As many messages may wait in a queue before the relay leaves further rows where they are safe and cost nothing."""


@dataclass(frozen=True)
class Parcel:
    """A waiting row, as much of it as a message needs."""

    tenant_id: UUID
    id: UUID
    job: str


def namespace(settings: Settings) -> str:
    """The prefix of our keys; two installations, or two databases of one, can share a broker."""
    database = urlsplit(settings.app_database_url).path.strip("/")
    return f"anhuan.{settings.secrets.key(f'broker/{database}', 6).hex()}"


def broker(settings: Settings, middleware: list[Middleware], *, timeout: float = 5.0) -> RedisBroker:
    """Dramatiq's broker with all our queues; no connection is made before the first message."""
    client = redis.Redis.from_url(
        settings.broker_url,
        socket_connect_timeout=timeout,
        socket_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=30,
    )
    # A message whose worker died goes back to its queue after 15 s; looking for such costs 2 % of the commands.
    made = RedisBroker(  # type: ignore[no-untyped-call]
        client=client,
        middleware=middleware,
        namespace=namespace(settings),
        heartbeat_timeout=15_000,
        maintenance_chance=20_000,
    )
    for queue in registry.QUEUES:
        made.declare_queue(queue)
    return made


class Post:
    """Puts messages on the queues. Blocks for about a second at most, raises redis.RedisError; meant for a thread."""

    def __init__(self, settings: Settings) -> None:
        self._broker = broker(settings, [], timeout=1.0)

    def send(self, parcels: Iterable[Parcel]) -> None:
        """One message for each parcel; when this raises, some may have been sent."""
        for parcel in parcels:
            self._broker.enqueue(
                Message(
                    queue_name=registry.queue_of(parcel.job),
                    actor_name=ACTOR,
                    args=(str(parcel.tenant_id), str(parcel.id)),
                    kwargs={},
                    options={},
                )
            )

    def room(self) -> dict[str, int]:
        """How many more messages each queue takes before it is full."""
        pipeline = self._broker.client.pipeline(transaction=False)
        for queue in registry.QUEUES:
            pipeline.llen(f"{self._broker.namespace}:{queue}")
        lengths = pipeline.execute()
        return {
            queue: max(0, FULL - int(length)) for queue, length in zip(registry.QUEUES, lengths, strict=True)
        }

    def close(self) -> None:
        """Give the connections back."""
        self._broker.client.close()
        self._broker.client.connection_pool.disconnect()

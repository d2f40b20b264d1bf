"""A quiet installation: nothing waits, nothing is due and the broker is empty, whatever earlier tests left behind."""

import psycopg
import redis

from anhuan_infra.jobs import post
from anhuan_infra.settings import Settings


def quieten(settings: Settings) -> None:
    """Forget every job and message of this run's database and cancel its open deadlines."""
    empty_the_broker(settings)
    with psycopg.connect(settings.clock_database_url, autocommit=True) as clock:
        clock.execute("delete from outbox")
        clock.execute(
            "update deadlines set cancelled_at = now() where fired_at is null and cancelled_at is null"
        )


def empty_the_broker(settings: Settings) -> None:
    """Everything under our prefix is gone, as when the broker lost its disk; others may use the same broker."""
    with redis.Redis.from_url(settings.broker_url) as client:
        for key in client.scan_iter(f"{post.namespace(settings)}:*"):
            client.delete(key)

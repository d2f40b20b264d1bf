"""The scheduler process: fires deadlines, relays the outbox, seals the record. Run as many as you like; one leads."""

import asyncio
import contextlib
import signal
import sys
from typing import Any

from psycopg import AsyncConnection

from anhuan_graphql import jobs, logs
from anhuan_infra.clock import leadership, pulse, rounds
from anhuan_infra.clock.rounds import Round
from anhuan_infra.deadlines import scan
from anhuan_infra.jobs.post import Post
from anhuan_infra.outbox import relay, state
from anhuan_infra.record import sealer
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.settings import BadSetting, Settings

RECORD_KEY = "record/1"
"""The label of the key that signs heads; the same wherever the record is verified."""


class Scheduler:
    """The rounds of one installation."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._post = Post(settings)
        self._keys = Keyring(settings.secrets.key(RECORD_KEY))
        self._anchors = Anchors(settings.heads_dir)
        self._pulse = pulse.Pulse(pulse.path(settings.home))

    async def run(self, stop: asyncio.Event) -> None:
        """Lead, or wait to lead, until told to stop."""

        async def duty() -> None:
            try:
                await rounds.keep(self.rounds(), self._settings.clock_database_url, self._pulse, stop)
            finally:
                self._pulse.clear()

        try:
            await leadership.lead(self._settings.clock_database_url, stop, duty)
        finally:
            self._post.close()

    def rounds(self) -> list[Round]:
        """What the leader does, and how often when there is nothing to do."""
        return [
            Round("relay", 0.2, self._relay),
            Round("deadlines", 0.5, self._deadlines),
            Round("record", 1.0, self._record),
            Round("anchors", 60.0, self._catch_up),
            Round("sweep", 60.0, self._sweep),
            Round("pulse", 1.0, self._beat),
        ]

    async def _relay(self, connection: AsyncConnection[Any]) -> bool:
        return await relay.relay(connection, self._post) > 0

    async def _deadlines(self, connection: AsyncConnection[Any]) -> bool:
        return await scan.fire(connection) == scan.BATCH

    async def _record(self, connection: AsyncConnection[Any]) -> bool:
        return await sealer.seal(connection, self._keys, self._anchors) >= sealer.BATCH

    async def _catch_up(self, connection: AsyncConnection[Any]) -> bool:
        await sealer.catch_up(connection, self._keys, self._anchors)
        return False

    async def _sweep(self, connection: AsyncConnection[Any]) -> bool:
        return await relay.forget(connection) > 0

    async def _beat(self, connection: AsyncConnection[Any]) -> bool:
        self._pulse.backlog = await state.read(connection)
        await asyncio.to_thread(self._pulse.write)
        return False


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; ends within two seconds of it, and anything left half done is done by the next."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    running = asyncio.create_task(Scheduler(settings).run(stop))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    _, late = await asyncio.wait({running}, timeout=1.5)
    for task in (*late, stopping):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    if not late:
        running.result()


def main() -> int:
    """Start from the environment; a bad one is one line and exit code 2."""
    try:
        settings = Settings.from_env()
    except BadSetting as problem:
        print(problem, file=sys.stderr)
        return 2
    logs.configure()
    jobs.load()
    asyncio.run(serve(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())

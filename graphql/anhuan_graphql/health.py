"""Whether this process can serve: each part asked for real, within a second, with how long it took."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from litestar import Request, Response, get
from sqlalchemy import text

from anhuan_graphql.house import House
from anhuan_graphql.tables import metadata
from anhuan_infra.clock import leadership
from anhuan_infra.evidence.address import Address

PATIENCE = 2.0
"""Seconds that a part has to answer."""
FRESH = 1.0
"""Seconds for which an answer is given again, so that asking costs nothing."""
_COLUMNS = """
    select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
"""


@dataclass(frozen=True)
class Part:
    """One part: `ok`, `down` or, of what stands elsewhere and comes later, `absent`."""

    state: str
    ms: float
    problem: str | None = None


class Health:
    """The parts of one house. The scheduler is reported but not waited for: it starts after us and may move."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._looks: dict[str, Callable[[], Awaitable[None]]] = {
            "database": self._database,
            "migrations": self._schema,
            "live": self._live,
            "broker": house.limiter.ping,
            "store": self._store,
            "mqtt": self._mqtt,
        }
        self._known: tuple[float, bool, dict[str, Part]] = (0.0, False, {})
        self._asking = asyncio.Lock()

    async def look(self) -> tuple[bool, dict[str, Part]]:
        """Whether all is well, and each part."""
        async with self._asking:
            at, well, parts = self._known
            if time.monotonic() - at > FRESH:
                found = await asyncio.gather(*(_timed(look) for look in self._looks.values()))
                parts = dict(zip(self._looks, found, strict=True))
                well = all(part.state == "ok" for part in found)
                scheduler = await _timed(self._scheduler)
                parts["scheduler"] = scheduler if scheduler.state == "ok" else Part("absent", scheduler.ms)
                self._known = (time.monotonic(), well, parts)
            return well, parts

    async def _database(self) -> None:
        async with self._house.engine.connect() as connection:
            await connection.execute(text("select 1"))

    async def _schema(self) -> None:
        """Every column that this program knows is there; a database that knows more is one step ahead, which is fine."""
        async with self._house.engine.connect() as connection:
            rows = await connection.execute(text(_COLUMNS))
            there = {(table, column) for table, column in rows}
        wanted = {(table.name, column.name) for table in metadata.tables.values() for column in table.columns}
        if missing := wanted - there:
            raise BehindError(f"{len(missing)} columns are missing: run anhuan migrate")

    async def _live(self) -> None:
        if not self._house.hub.is_listening:
            raise ConnectionError("not listening")

    async def _store(self) -> None:
        address = Address.parse(self._house.settings.s3_url)
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            answer = await client.head(f"{address.endpoint}/{address.bucket}")
            if answer.status_code >= 500:
                raise ConnectionError(str(answer.status_code))

    async def _mqtt(self) -> None:
        parts = urlsplit(self._house.settings.mqtt_url)
        _, writer = await asyncio.open_connection(parts.hostname, parts.port or 1883)
        writer.close()
        await writer.wait_closed()

    async def _scheduler(self) -> None:
        async with self._house.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            if not await leadership.is_held(driver):
                raise ConnectionError("nobody leads")


class BehindError(Exception):
    """The database is older than the program."""


async def _timed(look: Callable[[], Awaitable[None]]) -> Part:
    began = time.perf_counter()
    problem: str | None = None
    try:
        async with asyncio.timeout(PATIENCE):
            await look()
    except BehindError as behind:
        problem = str(behind)
    except Exception as failure:  # noqa: BLE001 - whatever it is, the part is down; its text may hold addresses
        problem = type(failure).__name__
    ms = round((time.perf_counter() - began) * 1000, 1)
    return Part("down" if problem else "ok", ms, problem)


@get("/health", summary="Whether this process can serve")
async def health(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """200 when every part answers, 503 otherwise; each part with its state and latency in milliseconds."""
    well, parts = await request.app.state.health.look()
    said = {"ready": well, "parts": {name: asdict(part) for name, part in parts.items()}}
    return Response(said, status_code=200 if well else 503)

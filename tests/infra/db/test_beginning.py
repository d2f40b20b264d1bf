"""A transaction begins in one round trip, and a beginning that fails or is called off leaves nothing behind for the next one."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from anhuan_infra.db import engine
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work, system

_PERSON = text("select current_setting('app.tenant_id', true)")


@pytest.fixture
async def single(settings: Settings) -> AsyncIterator[Sessions]:
    """Sessions that share one connection, so that what one leaves behind is what the next one finds."""
    one = engine.create_engine(settings.app_database_url, pool_size=1)
    yield engine.create_sessions(one)
    await one.dispose()


async def test_the_first_statement_tells_the_time_and_sets_the_context(single: Sessions) -> None:
    tenant = new_id()
    async with open_work(single, system(tenant)) as work:
        assert await work.session.scalar(text("select now()")) == work.now
        assert abs((datetime.now(UTC) - work.now).total_seconds()) < 60
        assert await work.session.scalar(_PERSON) == str(tenant)
    async with single() as session:
        assert not await session.scalar(_PERSON)


async def test_a_beginning_that_is_called_off_spoils_no_connection(
    single: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(connection: psycopg.AsyncConnection[Any], _context: Mapping[str, str]) -> datetime:
        async with connection.pipeline():
            await connection.execute("select pg_sleep(4)")
        raise AssertionError

    with monkeypatch.context() as patch, pytest.raises(TimeoutError):
        patch.setattr(engine, "_begin", slow)
        async with asyncio.timeout(0.3), open_work(single, system(new_id())):
            pass

    for _ in range(3):
        tenant = new_id()
        async with open_work(single, system(tenant)) as work:
            assert await work.session.scalar(_PERSON) == str(tenant)


async def test_a_beginning_that_postgresql_declines_is_an_error_as_any_other(
    single: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(connection: psycopg.AsyncConnection[Any], _context: Mapping[str, str]) -> datetime:
        async with connection.pipeline():
            await connection.execute("select set_config('no such setting', '', true)")
        raise AssertionError

    with monkeypatch.context() as patch, pytest.raises(DBAPIError):
        patch.setattr(engine, "_begin", refused)
        async with open_work(single, system(new_id())):
            pass

    async with open_work(single, system(new_id())) as work:
        assert await work.session.scalar(text("select 1")) == 1

"""A transaction's first statement tells the time and gives it its context, which ends with it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

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

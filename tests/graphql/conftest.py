"""One application for this folder's tests, with the usual cast."""

from collections.abc import AsyncIterator

import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from tests.support.people import Cast
from tests.support.posts import a_cast_at_work
from tests.support.wire import Wire, open_wire


@pytest.fixture(scope="session")
async def wire(settings: Settings) -> AsyncIterator[Wire]:
    """The API."""
    async with open_wire(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
async def cast(sessions: Sessions, settings: Settings) -> Cast:
    """Companies A and B with lin, wei and sara, and the shipped loops."""
    return await a_cast_at_work(sessions, settings)


@pytest.fixture(scope="session")
async def lin(wire: Wire, cast: Cast) -> str:
    """The worker's access token."""
    return await wire.token(cast.lin)


@pytest.fixture(scope="session")
async def wei(wire: Wire, cast: Cast) -> str:
    """The safety officer's access token."""
    return await wire.token(cast.wei)


@pytest.fixture(scope="session")
async def sara(wire: Wire, cast: Cast) -> str:
    """The other company's manager's access token."""
    return await wire.token(cast.sara)

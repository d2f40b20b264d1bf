"""One application for this folder's tests, with the usual cast."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_infra.work import Actor
from anhuan_platform.loops.service.opening import install_library
from anhuan_tenants.organisation.models import Duty
from tests.support.people import Cast, a_cast
from tests.support.posts import give_post
from tests.support.wire import Wire, open_wire


@pytest.fixture(scope="session")
async def wire(settings: Settings) -> AsyncIterator[Wire]:
    """The API."""
    async with open_wire(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
async def cast(sessions: Sessions, settings: Settings) -> Cast:
    """Companies A and B with lin, wei and sara, and the shipped loops."""
    cast = await a_cast(sessions, settings, after=[install_library])
    async with cast.a.house() as work:
        await give_post(work, _id(cast.wei), Duty.SAFETY_OFFICER, 1)
        await give_post(work, _id(cast.lin), Duty.TEAM_LEADER, cast.team)
    return cast


def _id(actor: Actor) -> UUID:
    assert actor.person_id is not None
    return actor.person_id


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

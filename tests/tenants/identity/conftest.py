"""The people who stand at the door in these tests."""

import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from tests.support.people import Cast, Company, a_cast, a_company


@pytest.fixture(scope="session")
async def cast(sessions: Sessions, settings: Settings) -> Cast:
    """Companies A and B with lin, wei and sara; tests of this room leave them as they are."""
    return await a_cast(sessions, settings)


@pytest.fixture
async def company(sessions: Sessions, settings: Settings) -> Company:
    """A company of the test's own."""
    return await a_company(sessions, settings)

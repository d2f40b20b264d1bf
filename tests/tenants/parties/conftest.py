"""The companies whose outside parties these tests meet."""

import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from tests.support.people import Cast, Company, a_cast, a_company


@pytest.fixture
async def cast(sessions: Sessions, settings: Settings) -> Cast:
    """Companies A and B of the test's own, with lin, wei and sara."""
    return await a_cast(sessions, settings)


@pytest.fixture
async def company(sessions: Sessions, settings: Settings) -> Company:
    """A company of the test's own, as it is on its first day."""
    return await a_company(sessions, settings)

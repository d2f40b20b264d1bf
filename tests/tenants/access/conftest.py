"""The companies in which rights are given and taken in these tests."""

import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from tests.support.people import Cast, a_cast


@pytest.fixture
async def cast(sessions: Sessions, settings: Settings) -> Cast:
    """Companies A and B of the test's own, with lin, wei and sara."""
    return await a_cast(sessions, settings)

"""Two companies with people who can be reached, a world that takes messages, and this process equipped to send them."""

from collections.abc import AsyncIterator, Iterator

import pytest
from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings

from tests.support.people import Cast, a_cast


@pytest.fixture(scope="session")
async def cast(sessions: Sessions, settings: Settings) -> Cast:
    """Companies A and B with lin, wei and sara."""
    return await a_cast(sessions, settings)

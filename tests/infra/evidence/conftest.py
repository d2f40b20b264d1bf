"""One warm inspector for the room's tests, and a way to hand it bytes."""

from collections.abc import AsyncIterator

import pytest

from anhuan_infra.evidence.inspector import Inspector


@pytest.fixture(scope="session")
async def inspector() -> AsyncIterator[Inspector]:
    """An inspector with the limits of production."""
    inspector = Inspector()
    yield inspector
    await inspector.close()

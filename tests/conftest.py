"""What every test may ask for: real servers, a database of this run's own, the settings, sessions, and the real data."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from anhuan_infra.db.engine import Sessions, create_engine, create_sessions
from anhuan_infra.settings import Settings
from tests.support.database import ROOT, fresh_database
from tests.support.stack import ensure_stack


@pytest.fixture(scope="session")
def stack() -> dict[str, str]:
    """The environment of the running servers."""
    return ensure_stack()


@pytest.fixture(scope="session")
def env(stack: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The same servers with an empty, migrated database."""
    with fresh_database(stack, tmp_path_factory.mktemp("home")) as own:
        yield own


@pytest.fixture(scope="session")
def settings(env: dict[str, str]) -> Settings:
    """The settings as the product would read them."""
    return Settings.from_env(env)


@pytest.fixture(scope="session")
async def sessions(settings: Settings) -> AsyncIterator[Sessions]:
    """Sessions as the app's own role."""
    engine = create_engine(settings.app_database_url)
    yield create_sessions(engine)
    await engine.dispose()


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data; tests that need it say loudly when it is not there."""
    folder = Path(os.environ.get("ANHUAN_TEST_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"REAL DATA MISSING: {folder} (set ANHUAN_TEST_DATA)")
    return folder

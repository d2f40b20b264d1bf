"""A company on the shared servers, with a journal, for faults that need no servers of their own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from anhuan_infra.settings import Settings
from tests.faults import programs
from tests.faults.ground import Ground
from tests.support.journal import Journal
from tests.support.pictures import a_photo
from tests.support.quiet import quieten
from tests.support.site import a_site


@pytest.fixture(scope="session")
def plain_api(env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the product's own API on the shared servers."""
    with programs.api(env, tmp_path_factory.mktemp("api") / "api.log") as (_, url):
        yield url


@pytest.fixture
async def ground(
    settings: Settings, env: dict[str, str], plain_api: str, tmp_path: Path
) -> AsyncIterator[Ground]:
    """A new company; nothing waits from other tests."""
    quieten(settings)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(a_photo(7, size=(320, 240)))
    site = await a_site(settings, plain_api, reporters=1)
    journal = Journal(tmp_path / "journal.jsonl")
    yield Ground(settings, env, site, journal, tmp_path, photo)
    journal.close()

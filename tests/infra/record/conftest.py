"""What the tests of the record share: keys, anchors, and the scheduler's own connection."""

import functools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.verifier import anhuan_verify
from anhuan_infra.settings import Settings


@pytest.fixture(autouse=True, scope="session")
def tables_made_once() -> Iterator[None]:
    """The verifier makes a table for each key in each run; thousands of runs over the same key share one here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anhuan_verify, "Key", functools.cache(anhuan_verify.Key))
        yield


@pytest.fixture
def ring(settings: Settings) -> Keyring:
    """The installation's own key."""
    return Keyring(settings.secrets.key("record"))


@pytest.fixture
def anchors(tmp_path: Path) -> Anchors:
    """An empty folder for heads."""
    return Anchors(tmp_path / "heads")


@pytest.fixture
async def clock(settings: Settings) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """A connection as the scheduler has it."""
    async with await psycopg.AsyncConnection[Any].connect(
        settings.clock_database_url, autocommit=True
    ) as connection:
        yield connection

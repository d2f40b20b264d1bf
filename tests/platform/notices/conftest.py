"""Companies with people who can be reached, a world that takes messages, and this process equipped to send them."""

from collections.abc import AsyncIterator, Iterator

import pytest

from anhuan_graphql import jobs
from anhuan_infra.db.engine import Sessions
from anhuan_infra.notify.egress import Egress, parse_allow
from anhuan_infra.notify.wire import Wire
from anhuan_infra.settings import Settings
from anhuan_platform.notices import tools
from tests.platform.notices.world import World
from tests.support.people import Cast, a_cast, a_company
from tests.support.sink import Sink

LOOPBACK = parse_allow("127.0.0.0/8")
PATIENCE = 0.6
"""Seconds until a server that hangs is given up here; ten in earnest."""


@pytest.fixture(scope="session")
async def cast(sessions: Sessions, settings: Settings) -> Cast:
    """Companies A and B with lin, wei and sara."""
    return await a_cast(sessions, settings)


@pytest.fixture(scope="session")
def running_sink() -> Iterator[Sink]:
    with Sink() as running:
        yield running


@pytest.fixture
def sink(running_sink: Sink) -> Sink:
    """Well-behaved and empty at the start of each test."""
    running_sink.behave()
    running_sink.clear()
    return running_sink


@pytest.fixture
async def wire(settings: Settings) -> AsyncIterator[Wire]:
    """This process can send, and reaches loopback because the operator said so."""
    jobs.load()
    async with Wire(Egress(LOOPBACK), total=PATIENCE) as open_wire:
        tools.equip(settings, open_wire)
        yield open_wire


@pytest.fixture
async def world(sessions: Sessions, settings: Settings, wire: Wire, sink: Sink) -> World:
    """A company of its own for each test, without any channel yet."""
    company = await a_company(sessions, settings, email="zhao@plant.example")
    lin = await company.person("林小雨", email=f"lin.{company.code}@plant.example", phone="13800001111")
    return World(company, sink, sessions, lin)

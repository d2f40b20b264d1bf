"""A sink, a wire that may reach it, and one message in two urgencies."""

from collections.abc import AsyncIterator, Iterator

import pytest

from anhuan_infra.notify.egress import Egress, parse_allow
from anhuan_infra.notify.message import Message, Urgency
from anhuan_infra.notify.wire import Wire
from tests.support.sink import Sink

LOOPBACK = parse_allow("127.0.0.0/8")


@pytest.fixture(scope="module")
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
async def wire() -> AsyncIterator[Wire]:
    """Reaches loopback, and waits as long as in production; tests of hanging servers shorten `total`."""
    async with Wire(Egress(LOOPBACK)) as open_wire:
        yield open_wire


@pytest.fixture
def message() -> Message:
    return Message(
        "A级隐患：冲压车间防护罩缺失",
        "三号冲床防护罩被拆除，请立即停机整改。",
        "https://anhuan.example/h/1",
        "notice-0199a0-1",
        Urgency.URGENT,
    )

"""Live changes through a real server: who may listen, what they hear, and when they hear no more."""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from anhuan_infra.ids import new_id
from anhuan_tenants.identity.service import standing
from tests.support.people import Cast
from tests.support.server import Server, running
from tests.support.wire import Wire, fresh

CHANGES = "subscription { changes { topic caseId } }"


@pytest.fixture(scope="module")
def server(env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real one."""
    with running(env, tmp_path_factory.mktemp("server") / "log") as started:
        yield started


@asynccontextmanager
async def connected(server: Server, token: str | None, **options: Any) -> AsyncGenerator[ClientConnection]:
    """A connection past its greeting."""
    async with connect(server.live, subprotocols=[Subprotocol("graphql-transport-ws")], **options) as socket:
        payload = {"authorization": f"Bearer {fresh(token)}"} if token else {}
        await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        yield socket


async def heard(socket: ClientConnection, seconds: float = 5.0) -> dict[str, Any]:
    """The next message."""
    found: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), seconds))
    return found


async def subscribed(socket: ClientConnection, query: str = CHANGES, number: str = "1") -> None:
    """Past the acknowledgement, with one subscription."""
    assert (await heard(socket))["type"] == "connection_ack"
    await socket.send(json.dumps({"id": number, "type": "subscribe", "payload": {"query": query}}))
    await asyncio.sleep(0.3)  # nothing says that a subscription stands


async def reported(server: Server, token: str) -> str:
    """A hazard reported over HTTP."""
    hazard = str(new_id())
    query = "mutation($i: ReportHazardInput!) { reportHazard(input: $i) { result { id } errors { code } } }"
    async with httpx.AsyncClient(base_url=server.url) as client:
        answer = await client.post(
            "/graphql",
            json={"query": query, "variables": {"i": {"id": hazard, "description": "行车吊钩裂纹"}}},
            headers={"authorization": f"Bearer {fresh(token)}"},
        )
    assert answer.json()["data"]["reportHazard"]["errors"] == []
    return hazard


async def test_a_change_is_heard_by_who_may_see_it_and_by_nobody_else(
    server: Server, lin: str, wei: str, sara: str
) -> None:
    async with connected(server, wei) as officer, connected(server, sara) as stranger:
        await subscribed(officer)
        await subscribed(stranger)

        hazard = await reported(server, lin)

        said = await heard(officer)
        assert said["type"] == "next"
        assert said["payload"]["data"]["changes"] == {"topic": "case", "caseId": hazard}
        with pytest.raises(TimeoutError):
            await heard(stranger, 1.0)


async def test_a_worker_hears_nothing_of_cases_of_others(
    server: Server, wire: Wire, cast: Cast, wei: str
) -> None:
    other = await cast.a.person("旁人", "worker", unit_no=cast.branch)
    async with connected(server, await wire.token_of(cast.a.id, other)) as socket:
        await subscribed(socket)

        await reported(server, wei)

        with pytest.raises(TimeoutError):
            await heard(socket, 1.0)


async def test_who_is_shut_out_hears_no_more(server: Server, wire: Wire, cast: Cast, lin: str) -> None:
    gone = await cast.a.person("离职者", "hq_safety_officer")
    async with connected(server, await wire.token_of(cast.a.id, gone)) as socket:
        await subscribed(socket)
        await reported(server, lin)
        assert (await heard(socket))["type"] == "next"

        async with cast.a.work() as work:
            await standing.disable_person(work, gone)
        await reported(server, lin)

        last = await heard(socket)
        assert last["payload"]["errors"][0]["extensions"]["code"] == "NOT_SIGNED_IN"
        assert (await heard(socket))["type"] == "complete"


@pytest.mark.parametrize("token", [None, "", "nonsense", "a.b.c"])
async def test_without_a_good_token_the_connection_ends(server: Server, token: str | None) -> None:
    async with connected(server, token) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await heard(socket)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4403


async def test_a_page_of_another_origin_gets_no_connection(server: Server, wei: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connected(server, wei, origin="https://evil.example"):
            pass

    assert refused.value.response.status_code == 403


async def test_our_own_page_may_ride_on_the_cookie(server: Server, wei: str) -> None:
    origin = f"http://127.0.0.1:{server.port}"
    cookie = {"Cookie": f"anhuan_access={wei}"}
    async with connected(server, None, origin=origin, additional_headers=cookie) as socket:
        assert (await heard(socket))["type"] == "connection_ack"


async def test_the_old_protocol_is_not_spoken(server: Server) -> None:
    with pytest.raises(InvalidStatus):
        async with connect(server.live, subprotocols=[Subprotocol("graphql-ws")]):
            pass


NOT_FOR_SOCKETS = {
    "a query": "{ me { language } }",
    "an act": "mutation { signOut(input: {}) { result } }",
    "nonsense": "subscription {",
    "an unknown field": "subscription { chnges { topic } }",
    "too much": "subscription { " + " ".join(f"a{i}: __typename" for i in range(101)) + "}",
}


@pytest.mark.parametrize("what", NOT_FOR_SOCKETS)
async def test_only_subscriptions_come_over_a_socket(server: Server, wei: str, what: str) -> None:
    async with connected(server, wei) as socket:
        await subscribed(socket, NOT_FOR_SOCKETS[what])

        said = await heard(socket)

        assert said["type"] == "error", said
        assert said["payload"][0]["extensions"]["code"] in ("BAD_REQUEST", "LIMIT_EXCEEDED")
        assert "Traceback" not in json.dumps(said)


@pytest.mark.parametrize(
    "message",
    [
        "[]",
        "1",
        "null",
        "{}",
        '{"type":1}',
        '{"type":"subscribe"}',
        '{"type":"subscribe","id":{}}',
        "{",
        "[" * 5_000,
        "x" * 70_000,
    ],
)
async def test_a_message_out_of_shape_ends_the_connection(server: Server, wei: str, message: str) -> None:
    async with connected(server, wei) as socket:
        assert (await heard(socket))["type"] == "connection_ack"
        await socket.send(message)

        with pytest.raises(ConnectionClosed) as closed:
            await heard(socket)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4400


async def test_subscriptions_on_one_connection_are_counted(server: Server, wei: str) -> None:
    async with connected(server, wei) as socket:
        assert (await heard(socket))["type"] == "connection_ack"
        for number in range(11):
            await socket.send(
                json.dumps({"id": str(number), "type": "subscribe", "payload": {"query": CHANGES}})
            )

        said = await heard(socket)

    assert (said["id"], said["type"]) == ("10", "error")
    assert said["payload"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


async def test_the_server_stops_in_order(
    env: dict[str, str], tmp_path_factory: pytest.TempPathFactory, wei: str
) -> None:
    log = tmp_path_factory.mktemp("stop") / "log"
    with running(env, log) as started:
        async with connected(started, wei) as socket:
            await subscribed(socket)
            started.process.terminate()
            code = await asyncio.to_thread(started.process.wait, 10)

    assert code == 0, log.read_text()
    assert "Traceback" not in log.read_text()

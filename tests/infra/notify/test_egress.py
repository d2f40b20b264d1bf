"""Nobody outside chooses an address that leads inside: by shape, by name, by number, by a second answer of the DNS."""

import asyncio
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anhuan_infra.notify.channel import Outcome, State
from anhuan_infra.notify.egress import Egress, EgressRefused, parse_allow
from anhuan_infra.notify.wire import Answer, Wire
from tests.support.sink import Sink, says

OUTSIDE = "93.184.215.14"


async def outside(host: str, port: int) -> list[str]:
    """A DNS in which every name is somewhere outside."""
    return [OUTSIDE]


async def tell(url: str, egress: Egress) -> str:
    """Why the URL is refused before a packet leaves; 'open' where a connection would be tried."""
    try:
        parsed = egress.check(url)
        await egress.addresses(parsed.raw_host.decode(), parsed.port or 80)
    except EgressRefused as error:
        return error.reason
    return "open"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/", "address"),
        ("http://127.1/", "host"),
        ("http://0/", "host"),
        ("http://0.0.0.0/", "address"),
        ("http://2130706433/", "host"),
        ("http://017700000001/", "host"),
        ("http://0177.0.0.1/", "url"),
        ("http://0x7f.0.0.1/", "host"),
        ("http://0x7f000001/", "host"),
        ("http://127.0.0.0x1/", "host"),
        ("http://127.0.0.1./", "host"),
        ("http://[::1]/", "address"),
        ("http://[::]/", "address"),
        ("http://[::ffff:127.0.0.1]/", "address"),
        ("http://[::ffff:7f00:1]/", "address"),
        ("http://[::127.0.0.1]/", "address"),
        ("http://[64:ff9b::7f00:1]/", "address"),
        ("http://[64:ff9b:1::7f00:1]/", "address"),
        ("http://[2002:7f00:1::]/", "address"),
        ("http://[2001:0:7f00:1::]/", "address"),
        ("http://[fe80::1]/", "address"),
        ("http://[fc00::1]/", "address"),
        ("http://[fd00:ec2::254]/", "address"),
        ("http://[ff02::1]/", "address"),
        ("http://[2001:db8::1]/", "address"),
        ("http://10.0.0.1/", "address"),
        ("http://172.16.3.4/", "address"),
        ("http://192.168.1.1/", "address"),
        ("http://169.254.169.254/latest/meta-data/", "address"),
        ("http://169.254.0.23/", "address"),
        ("http://100.100.100.200/latest/meta-data/", "address"),
        ("http://192.0.0.192/", "address"),
        ("http://168.63.129.16/", "address"),
        ("http://198.18.0.1/", "address"),
        ("http://224.0.0.1/", "address"),
        ("http://255.255.255.255/", "address"),
        ("https://user@outside.example/", "userinfo"),
        ("https://outside.example:443@127.0.0.1/", "userinfo"),
        ("https://outside.example\\@127.0.0.1/", "url"),
        ("https://outside.example/ x", "url"),
        ("https://outside.example/\r\nHost: inner", "url"),
        ("https://outside.example/\x00", "url"),
        ("https://127。0。0。1/", "address"),
        ("https://１２７.0.0.1/", "url"),
        ("https://①②⑦.0.0.1/", "url"),
        ("https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "url"),
        ("https://%31%32%37.0.0.1/", "host"),
        ("https://-bad-.example/", "host"),
        ("https://a..example/", "host"),
        ("https:///nowhere", "host"),
        ("http://[fe80::1%25eth0]/", "address"),
        ("http+unix://%2Fvar%2Frun%2Fdocker.sock/info", "scheme"),
        ("unix:///var/run/docker.sock", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://outside.example/", "scheme"),
        ("ftp://outside.example/", "scheme"),
        ("//outside.example/", "scheme"),
        ("outside.example", "scheme"),
        ("", "scheme"),
        ("https://outside.example:22/", "port"),
        ("https://outside.example:25/", "port"),
        ("https://outside.example:0/", "port"),
        ("https://outside.example:5432/", "port"),
        ("https://outside.example:6379/", "port"),
        ("https://outside.example:99999/", "port"),
        ("https://outside.example/" + "a" * 3000, "url"),
        ("https://outside.example/hook?token=1", "open"),
        ("http://outside.example:8080/hook", "open"),
        ("https://OUTSIDE.example./", "open"),
        ("https://安全.中国/hook", "open"),
        ("https://xn--fiqs8s/", "open"),
        ("https://8.8.8.8/", "open"),
        ("https://[2606:4700::1111]/", "open"),
    ],
)
async def test_the_shape_of_a_url_decides_before_any_packet(url: str, reason: str) -> None:
    assert await tell(url, Egress(resolve=outside)) == reason


@pytest.mark.parametrize(
    "numbers",
    [
        ["127.0.0.1"],
        ["::1"],
        ["::ffff:10.0.0.1"],
        ["169.254.169.254"],
        [OUTSIDE, "192.168.0.1"],
        ["fe80::1%2"],
        ["rubbish"],
    ],
)
async def test_a_name_is_refused_if_any_of_its_numbers_is_inside(numbers: list[str]) -> None:
    async def answer(host: str, port: int) -> list[str]:
        return numbers

    assert await tell("https://outside.example/", Egress(resolve=answer)) == "address"


async def test_localhost_is_refused_by_what_it_resolves_to() -> None:
    assert await tell("http://localhost:8080/", Egress()) == "address"


@given(st.ip_addresses())
async def test_only_global_numbers_are_open(address: object) -> None:
    host = f"[{address}]" if ":" in str(address) else str(address)

    told = await tell(f"http://{host}/", Egress(resolve=outside))

    assert told == "address" or getattr(address, "is_global", False) or str(address).startswith("::ffff:")


async def test_an_allowed_network_is_open_and_its_neighbour_is_not() -> None:
    egress = Egress(parse_allow("10.1.0.0/16, fd00:1::/32"), outside)

    assert await tell("http://10.1.2.3/", egress) == "open"
    assert await tell("http://[::ffff:10.1.2.3]/", egress) == "open"
    assert await tell("http://[fd00:1::9]/", egress) == "open"
    assert await tell("http://10.2.2.3/", egress) == "address"
    assert await tell("http://10.1.2.3:5432/", egress) == "port"


def test_an_unreadable_allow_list_stops_the_start() -> None:
    with pytest.raises(ValueError, match="99"):
        parse_allow("10.1.0.0/99")


class Rebinding:
    """A DNS that says `first` once and `then` for ever after, and counts how often it was asked."""

    def __init__(self, first: str, then: str) -> None:
        self.first = first
        self.then = then
        self.asked = 0

    async def __call__(self, host: str, port: int) -> list[str]:
        """Answer."""
        self.asked += 1
        return [self.first if self.asked == 1 else self.then]


@asynccontextmanager
async def a_wire(egress: Egress) -> AsyncIterator[Wire]:
    """A wire that does not wait long for an outside that is not there."""
    async with Wire(egress, connect=0.3, total=0.6) as wire:
        yield wire


async def test_rebinding_between_judging_and_connecting_reaches_nothing(sink: Sink) -> None:
    # The first number is allowed and has nobody listening; the second is where the trap would be.
    dns = Rebinding("127.0.0.9", "127.0.0.1")
    port = sink.url.rpartition(":")[2]

    async with a_wire(Egress(parse_allow("127.0.0.9/32"), dns)) as wire:
        first = await wire.post(f"http://rebind.example:{port}/", b"{}", {})
        second = await wire.post(f"http://rebind.example:{port}/", b"{}", {})

    assert isinstance(first, Outcome) and first.state is State.UNREACHABLE
    assert isinstance(second, Outcome) and second.detail == "address not allowed: address"
    assert dns.asked == 2
    assert sink.attempts == []


async def test_the_judged_number_is_called_under_the_name_of_the_host(sink: Sink) -> None:
    dns = Rebinding("127.0.0.1", "127.0.0.9")
    port = sink.url.rpartition(":")[2]

    async with a_wire(Egress(parse_allow("127.0.0.1/32"), dns)) as wire:
        answer = await wire.post(f"http://hooks.example:{port}/a?b=1", b"{}", {"webhook-id": "k"})

    assert isinstance(answer, Answer)
    assert answer.status == 200
    assert sink.attempts[0].headers["host"] == f"hooks.example:{port}"
    assert sink.attempts[0].path == "/a?b=1"
    assert dns.asked == 1


async def test_a_dead_number_gives_way_to_the_next(sink: Sink) -> None:
    async def two(host: str, port: int) -> list[str]:
        return ["127.0.0.9", "127.0.0.1"]

    port = sink.url.rpartition(":")[2]
    async with a_wire(Egress(parse_allow("127.0.0.0/8"), two)) as wire:
        answer = await wire.post(f"http://hooks.example:{port}/", b"{}", {"webhook-id": "k"})

    assert isinstance(answer, Answer)
    assert sink.count("k") == 1


async def test_a_name_that_does_not_exist_is_unreachable() -> None:
    async def nothing(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    async with a_wire(Egress(resolve=nothing)) as wire:
        answer = await wire.post("https://gone.example/", b"", {})

    assert isinstance(answer, Outcome)
    assert (answer.state, answer.uncertain) == (State.UNREACHABLE, False)


async def test_a_name_server_that_hangs_ends_with_the_patience() -> None:
    async def hang(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return [OUTSIDE]

    async with a_wire(Egress(resolve=hang)) as wire:
        answer = await wire.post("https://slow.example/", b"", {})

    assert isinstance(answer, Outcome)
    assert answer.detail == "no answer within 0.6 s"


async def test_a_proxy_of_the_environment_is_not_used(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")

    async with a_wire(Egress(parse_allow("127.0.0.1/32"))) as wire:
        answer = await wire.post(f"{sink.url}/", b"{}", {"webhook-id": "k"})

    assert isinstance(answer, Answer)
    assert sink.count("k") == 1


@pytest.fixture
def tls_server(certificate: Path) -> Iterator[tuple[int, list[str]]]:
    """A web server with a certificate for hooks.example, and the names by which it was asked for (SNI)."""
    asked: list[str] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda connection, name, around: asked.append(name or "")

    class Quiet(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing to the screen."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that does not trust us hangs up."""

    server = Server(("127.0.0.1", 0), Quiet)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server.server_address[1], asked
    server.shutdown()
    server.server_close()
    thread.join(10)


async def local(host: str, port: int) -> list[str]:
    """A DNS in which every name is here."""
    return ["127.0.0.1"]


@pytest.mark.parametrize(
    ("host", "trusted", "detail"),
    [
        ("hooks.example", True, None),
        ("other.example", True, "the certificate is not trusted or TLS failed"),
        ("hooks.example", False, "the certificate is not trusted or TLS failed"),
    ],
)
async def test_the_certificate_is_checked_for_the_name_and_not_for_the_number(
    tls_server: tuple[int, list[str]], certificate: Path, host: str, trusted: bool, detail: str | None
) -> None:
    port, asked = tls_server
    trust = ssl.create_default_context(cafile=str(certificate)) if trusted else None

    async with Wire(Egress(parse_allow("127.0.0.1/32"), local), trust=trust, total=5) as wire:
        answer = await wire.post(f"https://{host}:{port}/", b"{}", {})

    assert asked == [host]
    if detail is None:
        assert isinstance(answer, Answer) and answer.status == 200
    else:
        assert isinstance(answer, Outcome)
        assert (answer.state, answer.detail, answer.uncertain) == (State.UNREACHABLE, detail, False)


async def test_an_endless_answer_is_read_to_a_limit(sink: Sink, wire: Wire) -> None:
    sink.answer(says({"words": "x" * 1_000_000}))

    answer = await wire.post(f"{sink.url}/", b"{}", {})

    assert isinstance(answer, Answer)
    assert len(answer.body) == 64 * 1024

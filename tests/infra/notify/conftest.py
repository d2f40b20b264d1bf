"""A sink, a wire that may reach it, and one message in two urgencies."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

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


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for mail.example and hooks.example, signed by itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("mail.example"), x509.DNSName("hooks.example")]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "mail.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path

"""E-mail: one mailbox, one Message-ID per notice, the server's own words, and a name that the certificate must bear."""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from anhuan_infra.notify.channel import State
from anhuan_infra.notify.egress import Egress, parse_allow
from anhuan_infra.notify.mail import Mail, MailServer
from anhuan_infra.notify.message import Message
from anhuan_infra.notify.wire import Wire
from tests.support.sink import Sink, says_smtp


def a_mail(sink: Sink, wire: Wire) -> Mail:
    return Mail(wire, MailServer(sink.smtp_host, sink.smtp_port, "bot@anhuan.example", security="none"))


async def test_a_mail_says_everything(sink: Sink, wire: Wire, message: Message) -> None:
    outcome = await a_mail(sink, wire).send(message, "lin@plant.example")

    (attempt,) = sink.attempts
    mail = attempt.mail
    assert outcome.provider_id == "2.0.0 taken"
    assert attempt.address == "lin@plant.example"
    assert mail["Subject"] == "A级隐患：冲压车间防护罩缺失"
    assert mail["From"] == "安环 Anhuan <bot@anhuan.example>"
    assert mail["To"] == "lin@plant.example"
    assert mail["Message-ID"] == f"<{message.key}@anhuan.example>"
    assert (mail["Auto-Submitted"], mail["Importance"]) == ("auto-generated", "high")
    assert mail.get_content().split() == [
        "三号冲床防护罩被拆除，请立即停机整改。",
        "https://anhuan.example/h/1",
    ]
    assert attempt.body.isascii()


async def test_a_title_cannot_add_a_header(sink: Sink, wire: Wire) -> None:
    nasty = Message("三号\r\nBcc: all@plant.example\ud800", "a\x00\r\n.\r\nb", None, "k")

    outcome = await a_mail(sink, wire).send(nasty, "lin@plant.example")

    (attempt,) = sink.attempts
    assert outcome.state is State.ACCEPTED
    assert attempt.mail["Bcc"] is None
    assert attempt.mail["Subject"] == "三号 Bcc: all@plant.example?"
    assert attempt.mail.get_content().split() == ["a", ".", "b"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "lin",
        "lin@",
        "@plant.example",
        "lin@plant.example,all@plant.example",
        "lin@plant.example\r\nRCPT TO:<all@plant.example>",
        "Lin <lin@plant.example>",
        "lin wei@plant.example",
        "林@plant.example",
        "lin@plant..example",
        "x" * 300 + "@plant.example",
    ],
)
async def test_what_is_not_one_mailbox_is_refused(
    sink: Sink, wire: Wire, message: Message, address: str
) -> None:
    outcome = await a_mail(sink, wire).send(message, address)

    assert (outcome.state, outcome.detail) == (State.REFUSED, "the address is not a mailbox")
    assert sink.attempts == []


async def test_a_chinese_domain_is_reached_by_its_ascii_name(
    sink: Sink, wire: Wire, message: Message
) -> None:
    await a_mail(sink, wire).send(message, "lin@例子.测试")

    assert sink.attempts[0].address == "lin@xn--fsqu00a.xn--0zwm56d"


@pytest.mark.parametrize(
    ("line", "state", "detail"),
    [
        ("550 5.1.1 <{address}> unknown", State.REFUSED, "smtp 550: 5.1.1 <***> unknown"),
        ("552 5.2.2 mailbox full", State.REFUSED, "smtp 552: 5.2.2 mailbox full"),
        ("451 4.7.1 greylisted", State.UNREACHABLE, "smtp 451: 4.7.1 greylisted"),
        ("421 4.3.2 going down", State.UNREACHABLE, "smtp 421: 4.3.2 going down"),
    ],
)
async def test_the_servers_words_are_kept_without_the_address(
    sink: Sink, wire: Wire, message: Message, line: str, state: State, detail: str
) -> None:
    sink.answer(says_smtp(line))

    outcome = await a_mail(sink, wire).send(message, "lin@plant.example")

    assert (outcome.state, outcome.detail, outcome.uncertain) == (state, detail, False)


async def test_a_mail_server_inside_is_refused(message: Message) -> None:
    async with Wire(Egress()) as wire:
        inside = Mail(wire, MailServer("127.0.0.1", 25, "bot@anhuan.example"))
        database = Mail(wire, MailServer("mail.example", 5432, "bot@anhuan.example"))

        outcomes = [await way.send(message, "lin@plant.example") for way in (inside, database)]

    assert [outcome.detail for outcome in outcomes] == [
        "address not allowed: address",
        "address not allowed: port",
    ]


def test_a_password_is_never_sent_in_the_clear() -> None:
    with pytest.raises(ValueError, match="clear"):
        MailServer("mail.example", 25, "bot@anhuan.example", "bot", "pw", "none")
    with pytest.raises(ValueError, match="ASCII"):
        MailServer("mail.example", 587, "bot@anhuan.example", "bot", "密码")
    with pytest.raises(ValueError, match="mailbox"):
        MailServer("mail.example", 587, "bot\n@anhuan.example")


class Postman:
    """Takes every mail and counts them."""

    def __init__(self) -> None:
        self.mails = 0

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        """Take it."""
        self.mails += 1
        return "250 taken"


@pytest.fixture
def starttls_server(certificate: Path) -> Iterator[tuple[int, Postman]]:
    """A server that insists on STARTTLS, as mail.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    postman = Postman()

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(postman, "127.0.0.1", port, tls_context=context, require_starttls=True)
    controller.start()
    yield port, postman
    controller.stop()


async def loopback(host: str, port: int) -> list[str]:
    """A DNS in which every name is here."""
    return ["127.0.0.1"]


@pytest.mark.parametrize(
    ("host", "trusted", "security", "state", "detail"),
    [
        ("mail.example", True, "starttls", State.ACCEPTED, ""),
        (
            "other.example",
            True,
            "starttls",
            State.UNREACHABLE,
            "the certificate is not trusted or TLS failed",
        ),
        (
            "mail.example",
            False,
            "starttls",
            State.UNREACHABLE,
            "the certificate is not trusted or TLS failed",
        ),
        ("mail.example", True, "tls", State.UNREACHABLE, "the certificate is not trusted or TLS failed"),
        ("mail.example", True, "none", State.REFUSED, "smtp 530: "),
    ],
)
async def test_the_certificate_must_bear_the_name_although_the_number_is_called(
    starttls_server: tuple[int, Postman],
    certificate: Path,
    message: Message,
    host: str,
    trusted: bool,
    security: str,
    state: State,
    detail: str,
) -> None:
    port, postman = starttls_server
    trust = ssl.create_default_context(cafile=str(certificate) if trusted else None)
    async with Wire(Egress(parse_allow("127.0.0.1/32"), loopback), total=5) as wire:
        server = MailServer(host, port, "bot@anhuan.example", security=security)  # type: ignore[arg-type]
        outcome = await Mail(wire, server, trust=trust).send(message, "lin@plant.example")

    assert outcome.state is state
    assert outcome.detail.startswith(detail)
    assert postman.mails == (1 if state is State.ACCEPTED else 0)


async def test_a_server_without_starttls_gets_neither_mail_nor_password(
    sink: Sink, wire: Wire, message: Message
) -> None:
    server = MailServer(sink.smtp_host, sink.smtp_port, "bot@anhuan.example", "bot", "SECRET-pw")

    outcome = await Mail(wire, server).send(message, "lin@plant.example")

    assert outcome.state is State.REFUSED
    assert "STARTTLS" in outcome.detail
    assert sink.attempts == []


class Doorkeeper:
    """Knows one account, and writes down what was tried."""

    def __call__(
        self, server: object, session: object, envelope: object, mechanism: str, login: Any
    ) -> AuthResult:
        """Let `bot` in with the right password."""
        return AuthResult(success=login.login == b"bot" and login.password == b"SECRET-pw", handled=False)


@pytest.mark.filterwarnings(
    "ignore:Requiring AUTH while not requiring TLS:UserWarning"
)  # TLS is there already
@pytest.mark.parametrize(
    ("password", "state", "mails"), [("SECRET-pw", State.ACCEPTED, 1), ("SECRET-old", State.REFUSED, 0)]
)
async def test_an_account_signs_in_under_tls_from_the_first_byte(
    certificate: Path, message: Message, password: str, state: State, mails: int
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    postman = Postman()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(
        postman,
        "127.0.0.1",
        port,
        ssl_context=context,
        authenticator=Doorkeeper(),
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()

    async with Wire(Egress(parse_allow("127.0.0.1/32"), loopback), total=5) as wire:
        server = MailServer("mail.example", port, "bot@anhuan.example", "bot", password, "tls")
        trust = ssl.create_default_context(cafile=str(certificate))
        outcome = await Mail(wire, server, trust=trust).send(message, "lin@plant.example")
    controller.stop()

    assert (outcome.state, postman.mails) == (state, mails)
    assert "SECRET" not in repr(outcome)
    assert outcome.detail == ("" if mails else "smtp 535: 5.7.8 Authentication credentials invalid")

"""E-mail by SMTP, with the server's own words as the outcome.

The standard library's client in a small pool of threads of its own: apprise would only say yes or no, and a hanging
mail server must not take the threads that look up names.
"""

import asyncio
import contextlib
import re
import smtplib
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import Literal

from anhuan_infra.notify.channel import Channel, Outcome, State, refused, unreachable
from anhuan_infra.notify.egress import MAIL_PORTS, EgressRefused, is_open_port
from anhuan_infra.notify.message import Message, clip, one_line, plain
from anhuan_infra.notify.wire import Wire, scrub

_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_SUBJECT_LIMIT = 300
_BODY_LIMIT = 100_000
_THREADS = ThreadPoolExecutor(8, thread_name_prefix="anhuan-mail")


@dataclass(frozen=True, slots=True)
class MailServer:
    """A submission server and the mailbox that speaks for us."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: Literal["tls", "starttls", "none"] = "starttls"
    sender_name: str = "安环 Anhuan"

    def __post_init__(self) -> None:
        if self.password and self.security == "none":
            raise ValueError("a password is never sent to a mail server in the clear")
        if not is_mailbox(self.sender):
            raise ValueError("the sender is not a mailbox")
        if not (self.user + self.password).isascii():
            raise ValueError("SMTP signs in with ASCII only")


class Mail:
    """Address: one mailbox. Message-ID is made from the message's key, so a repeated mail is known as the same one."""

    kind = "email"

    def __init__(self, wire: Wire, server: MailServer, *, trust: ssl.SSLContext | None = None) -> None:
        self._wire = wire
        self._server = server
        self._trust = trust or ssl.create_default_context()

    async def send(self, message: Message, address: str) -> Outcome:
        """Accepted once the server took the whole mail; a mail may still bounce later, which no outcome shows."""
        mailbox = _ascii_mailbox(address)
        if mailbox is None:
            return refused("the address is not a mailbox")
        call: _Call | None = None
        try:
            async with asyncio.timeout(self._wire.total):
                numbers = await self._look_up()
                call = _Call(self._server, self._trust, numbers, self._wire.connect, self._wire.total)
                mail = self._compose(message, mailbox)
                return await asyncio.get_running_loop().run_in_executor(_THREADS, call.run, mail, mailbox)
        except EgressRefused as error:
            return refused(f"address not allowed: {error.reason}")
        except TimeoutError:
            return unreachable(
                f"no answer within {self._wire.total:g} s", uncertain=bool(call and call.handed_over)
            )
        except OSError:
            return unreachable("could not connect")
        finally:
            if call is not None:
                call.abort()

    async def _look_up(self) -> list[str]:
        """The numbers of the server, judged like every other address that somebody else chose."""
        if not is_open_port(self._server.port, MAIL_PORTS):
            raise EgressRefused(reason="port")
        return await self._wire.egress.addresses(self._server.host, self._server.port)

    def _compose(self, message: Message, mailbox: str) -> bytes:
        mail = EmailMessage(policy=SMTP_POLICY)
        domain = self._server.sender.rpartition("@")[2]
        mail["Subject"] = clip(one_line(message.title), _SUBJECT_LIMIT)
        mail["From"] = Address(one_line(self._server.sender_name), addr_spec=self._server.sender)
        mail["To"] = Address(addr_spec=mailbox)
        mail["Date"] = format_datetime(self._wire.now())
        mail["Message-ID"] = f"<{message.key}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        if message.is_urgent:
            mail["Importance"] = "high"
            mail["X-Priority"] = "1"
        text = clip(plain(message.body), _BODY_LIMIT) + (f"\n\n{message.url}\n" if message.url else "\n")
        mail.set_content(text, cte="base64")
        return mail.as_bytes()


class _PinnedSmtp(smtplib.SMTP):
    """Connects to a judged number, under TLS from the first byte where asked; the name stays for the certificate."""

    def __init__(self, call: "_Call", number: str) -> None:
        self._call = call
        self._number = number
        super().__init__(
            call.server.host, call.server.port, local_hostname="anhuan.invalid", timeout=call.connect
        )

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection: socket.socket = socket.create_connection((self._number, port), timeout)
        self._call.socket = connection
        connection.settimeout(self._call.total)
        if self._call.server.security == "tls":
            connection = self._call.trust.wrap_socket(connection, server_hostname=host)
            self._call.socket = connection
        return connection


class _Call:
    """One attempt on its thread. Its socket can be shut from outside, which ends the thread at once."""

    def __init__(
        self, server: MailServer, trust: ssl.SSLContext, numbers: list[str], connect: float, total: float
    ) -> None:
        self.server = server
        self.trust = trust
        self.numbers = numbers
        self.connect = connect
        self.total = total
        self.socket: socket.socket | None = None
        self.handed_over = False
        self.aborted = False

    def abort(self) -> None:
        """End whatever still runs; nothing happens to an attempt that is over."""
        self.aborted = True
        if self.socket is not None:
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)

    def run(self, mail: bytes, mailbox: str) -> Outcome:
        """Try each number until one can be connected to; then everything depends on that one."""
        try:
            for number in self.numbers[:3]:
                if self.aborted:
                    break
                try:
                    smtp = _PinnedSmtp(self, number)
                except (smtplib.SMTPException, ssl.SSLError):
                    raise
                except OSError:
                    continue
                with contextlib.closing(smtp):
                    return self._talk(smtp, mail, mailbox)
            return unreachable("could not connect")
        except smtplib.SMTPResponseException as error:
            return self._judge(error.smtp_code, error.smtp_error, mailbox)
        except smtplib.SMTPNotSupportedError:
            return refused("the server does not offer what is asked of it (STARTTLS or sign-in)")
        except ssl.SSLError:
            return unreachable("the certificate is not trusted or TLS failed")
        except TimeoutError:
            return unreachable(f"no answer within {self.total:g} s", uncertain=self.handed_over)
        except (smtplib.SMTPException, OSError):
            return unreachable("the connection broke before an answer", uncertain=self.handed_over)

    def _talk(self, smtp: smtplib.SMTP, mail: bytes, mailbox: str) -> Outcome:
        if self.server.security == "starttls":
            smtp.starttls(context=self.trust)
            self.socket = smtp.sock
        if self.server.user:
            smtp.login(self.server.user, self.server.password)
        smtp.ehlo_or_helo_if_needed()
        for code, said in (smtp.mail(self.server.sender), smtp.rcpt(mailbox)):
            if code not in (250, 251):
                return self._judge(code, said, mailbox)
        self.handed_over = True
        code, said = smtp.data(mail)
        if code != 250:
            return self._judge(code, said, mailbox)
        with contextlib.suppress(smtplib.SMTPException, OSError):
            smtp.quit()  # the mail is taken whatever becomes of the farewell
        return Outcome(State.ACCEPTED, provider_id=self._clean(said, mailbox) or None)

    def _judge(self, code: int, said: bytes | str, mailbox: str) -> Outcome:
        detail = f"smtp {code}: {self._clean(said, mailbox)}"
        # 4xx is the protocol's "later"; greylisting is the usual case and wants some minutes.
        return refused(detail) if 500 <= code < 600 else unreachable(detail)

    def _clean(self, said: bytes | str, mailbox: str) -> str:
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        return scrub(text, mailbox, self.server.password, self.server.user)


def is_mailbox(text: str) -> bool:
    """Whether this is exactly one plain mailbox, in ASCII."""
    return len(text) <= 254 and _MAILBOX.fullmatch(text) is not None


def _ascii_mailbox(address: str) -> str | None:
    """The mailbox with its domain in ASCII; none for anything that is not exactly one plain mailbox."""
    local, at, domain = address.strip().rpartition("@")
    try:
        mailbox = f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return None
    return mailbox if is_mailbox(mailbox) else None


_: type[Channel] = Mail

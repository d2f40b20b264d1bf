"""The outside world in one object: a local HTTP and SMTP server that takes notices, and misbehaves when told.

    with Sink() as sink:
        sink.answer(error(500), times=2)            # the next two attempts, on whatever channel
        sink.answer(HANG, channel="dingtalk_robot")  # until told otherwise, on this one
        ...
        assert sink.count("key-1") == 1              # how often a person would have seen it

Both servers run in threads on free loopback ports, so other processes reach them too.
"""

import json
import socket
import struct
import threading
import time
from asyncio import sleep
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller

Json = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """How to treat one attempt. `takes` says whether the message counts as seen."""

    name: str
    status: int = 200
    body: Json | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    smtp: str = "250 2.0.0 taken"
    takes: bool = True


OK = Reply("ok")
HANG = Reply("hang", takes=False)
DROP = Reply("drop", takes=False)
TAKE_THEN_DROP = Reply("take then drop")
"""The worst of all: the message is seen, and the sender never learns it."""
DRIP = Reply("drip", takes=False)
"""An answer that never ends, one byte at a time."""


def error(status: int = 500) -> Reply:
    """A plain HTTP failure; by mail a 4xx is "no such mailbox" and a 5xx "later"."""
    smtp = "451 4.3.0 internal error" if status >= 500 else "550 5.1.1 <{address}> no such mailbox"
    return Reply(f"http {status}", status=status, body={}, smtp=smtp, takes=False)


def too_many(retry_after: int | str) -> Reply:
    """429 with a Retry-After; by mail a greylisting."""
    headers = {"Retry-After": str(retry_after)}
    return Reply("too many", 429, {}, headers, "451 4.7.1 greylisted, try later", takes=False)


def redirect(location: str) -> Reply:
    """A redirect, which no channel may follow."""
    return Reply("redirect", 307, {}, {"Location": location}, takes=False)


def says(body: Json, *, status: int = 200, takes: bool = False) -> Reply:
    """The platform's own words."""
    return Reply("says", status, body, takes=takes)


def says_smtp(line: str) -> Reply:
    """The mail server's own words; `{address}` becomes the recipient."""
    return Reply("says", smtp=line, takes=line.startswith("2"))


@dataclass(frozen=True)
class Attempt:
    """One message as it came in."""

    channel: str
    key: str | None
    path: str
    headers: dict[str, str]
    body: bytes
    reply: Reply
    address: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The query of the URL, first values."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}

    @property
    def json(self) -> Json:
        """The body as JSON; what a body without JSON raises is for the test to see."""
        return cast(Json, json.loads(self.body))

    @property
    def mail(self) -> EmailMessage:
        """The body as a mail."""
        return message_from_bytes(self.body, policy=policy.default)


class Sink:
    """Start it with `with`. Records everything that comes in; `deliveries` is what a person would have seen."""

    def __init__(self) -> None:
        self.attempts: list[Attempt] = []
        self.other_requests: list[str] = []
        """Paths of what was no message: token requests and redirect targets."""
        self._replies: list[tuple[Reply, str | None, int | None]] = []
        self._changed = threading.Condition()
        self.released = threading.Event()

    def __enter__(self) -> Self:
        self._http = _HttpServer(("127.0.0.1", 0), _HttpHandler)
        self._http.sink = self
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        self.smtp_host = "127.0.0.1"
        with socket.socket() as probe:
            probe.bind((self.smtp_host, 0))
            self.smtp_port: int = probe.getsockname()[1]
        self._smtp = Controller(_SmtpHandler(self), self.smtp_host, self.smtp_port, ready_timeout=20)
        self._smtp.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(10)
        self._smtp.stop()

    def answer(self, reply: Reply, *, channel: str | None = None, times: int | None = None) -> None:
        """Treat attempts so: the next `times`, or all until told otherwise. Counted orders go before lasting ones."""
        with self._changed:
            if times is None:
                kept = [order for order in self._replies if order[2] is not None or order[1] != channel]
                self._replies = [*kept, (reply, channel, None)]
            else:
                self._replies.insert(
                    sum(order[2] is not None for order in self._replies), (reply, channel, times)
                )

    def behave(self) -> None:
        """Take everything from now on, and let go of what hangs."""
        with self._changed:
            self._replies.clear()
        self.released.set()
        self.released = threading.Event()

    def clear(self) -> None:
        """Forget what came in."""
        with self._changed:
            self.attempts.clear()
            self.other_requests.clear()

    @property
    def deliveries(self) -> list[Attempt]:
        """What was taken, in order; a message that was taken twice is in it twice."""
        return [attempt for attempt in list(self.attempts) if attempt.reply.takes]

    def count(self, key: str) -> int:
        """How often the message of this key was taken."""
        return Counter(attempt.key for attempt in self.deliveries)[key]

    def wait_for(self, key: str, timeout: float = 5.0) -> Attempt:
        """The first delivery of this key; raises TimeoutError if none comes."""
        until = time.monotonic() + timeout
        with self._changed:
            while True:
                for attempt in self.deliveries:
                    if attempt.key == key:
                        return attempt
                if not self._changed.wait(until - time.monotonic()):
                    raise TimeoutError(f"nothing with the key {key} came within {timeout} s")

    def treat(
        self,
        channel: str,
        key: str | None,
        path: str,
        headers: dict[str, str],
        body: bytes,
        address: str = "",
    ) -> Reply:
        """Record one attempt and say how to treat it; for the two servers."""
        with self._changed:
            reply = self._next(channel)
            self.attempts.append(Attempt(channel, key, path, headers, body, reply, address))
            self._changed.notify_all()
            return reply

    def treat_token(self) -> Reply:
        """How to treat a request for WeCom's access token: as ordered for the channel `wecom_token`, and only then."""
        with self._changed:
            return (
                self._next("wecom_token") if any(order[1] == "wecom_token" for order in self._replies) else OK
            )

    def _next(self, channel: str) -> Reply:
        # The last lasting order wins, but one for this channel goes before one for all.
        fitting = [order for order in self._replies if order[1] in (None, channel)]
        counted = next((order for order in fitting if order[2] is not None), None)
        if counted is None:
            lasting = sorted(fitting, key=lambda order: order[1] is not None)
            return lasting[-1][0] if lasting else OK
        reply, wanted, times = counted
        place = self._replies.index(counted)
        self._replies[place : place + 1] = [(reply, wanted, times - 1)] if times and times > 1 else []
        return reply


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    sink: Sink

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that hangs up on us is what some tests are about."""


class _HttpHandler(BaseHTTPRequestHandler):
    server: _HttpServer

    def log_message(self, format: str, *args: object) -> None:
        """Nothing to the screen."""

    def do_GET(self) -> None:
        if self.path.startswith("/cgi-bin/gettoken"):
            self.server.sink.other_requests.append(self.path)
            reply = self.server.sink.treat_token()
            token = {"errcode": 0, "errmsg": "ok", "access_token": "token-of-the-sink", "expires_in": 7200}
            self._answer(reply.status, token if reply.body is None else reply.body, reply.headers)
        else:
            self.server.sink.other_requests.append(self.path)
            self._answer(200, {}, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        channel, key, good = _recognise(self.path, headers, body)
        reply = self.server.sink.treat(channel, key, self.path, headers, body)
        if reply is HANG:
            self.server.sink.released.wait(60)
        elif reply is DRIP:
            self._drip()
        elif reply in (DROP, TAKE_THEN_DROP):
            # Linger zero: the other side sees a reset and no polite end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        else:
            self._answer(reply.status, good if reply.body is None else reply.body, reply.headers)

    def _answer(self, status: int, body: Json, headers: dict[str, str]) -> None:
        content = json.dumps(body).encode()
        with suppress(OSError):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def _drip(self) -> None:
        with suppress(OSError):
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            while not self.server.sink.released.wait(0.02):
                self.wfile.write(b"{")


def _recognise(path: str, headers: dict[str, str], body: bytes) -> tuple[str, str | None, Json]:
    """Which platform is meant, the key that drops the second of two, and that platform's own words for yes."""
    key = headers.get("idempotency-key")
    ok: Json = {"errcode": 0, "errmsg": "ok"}
    if path.startswith("/cgi-bin/webhook/send"):
        return "wecom_robot", key, ok
    if path.startswith("/cgi-bin/message/send"):
        return "wecom_app", key, {**ok, "invaliduser": "", "msgid": "wecom-msg-1"}
    if path.startswith("/robot/send"):
        return "dingtalk_robot", key, ok
    if path.startswith("/open-apis/bot/v2/hook/"):
        return "feishu_robot", key, {"code": 0, "msg": "success", "data": {}}
    if headers.get("x-acs-action") == "SendSms":
        key = parse_qs(urlsplit(path).query)["OutId"][0]
        return "sms_aliyun", key, {"Code": "OK", "Message": "OK", "BizId": "biz-1", "RequestId": "r-1"}
    if headers.get("x-tc-action") == "SendSms":
        key = json.loads(body)["SessionContext"]
        status = {"SerialNo": "serial-1", "Code": "Ok", "Message": "send success", "SessionContext": key}
        return "sms_tencent", key, {"Response": {"SendStatusSet": [status], "RequestId": "r-1"}}
    return "webhook", headers.get("webhook-id", key), {}


class _SmtpHandler:
    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Treat one mail; the key is the local part of its Message-ID."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        key = str(mail["Message-ID"] or "").strip("<>").rpartition("@")[0] or None
        headers = {name.lower(): str(value) for name, value in mail.items()}
        address = str(envelope.rcpt_tos[0])
        reply = self._sink.treat("email", key, "", headers, envelope.content, address)
        released = self._sink.released
        while reply in (HANG, DRIP) and not released.is_set():  # noqa: ASYNC110 - set from another thread
            await sleep(0.02)
        if reply in (DROP, TAKE_THEN_DROP):
            server.transport.abort()
        return reply.smtp.replace("{address}", address)

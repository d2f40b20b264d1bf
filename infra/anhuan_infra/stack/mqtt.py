"""The one MQTT exchange that the supervisor needs: does this broker let us in?"""

import contextlib
import socket
import ssl
from urllib.parse import unquote, urlsplit

REFUSALS = {
    1: "protocol version",
    2: "client id",
    3: "server unavailable",
    4: "user name or password",
    5: "not authorised",
}


def connect(url: str, timeout: float) -> int:
    """Sign in by MQTT 3.1.1 and leave at once; the broker's answer: 0 = welcome. OSError when nobody answers."""
    parts = urlsplit(url)
    secure = parts.scheme in ("mqtts", "ssl", "tls")
    address = (parts.hostname or "127.0.0.1", parts.port or (8883 if secure else 1883))
    with contextlib.ExitStack() as stack:
        line: socket.socket = stack.enter_context(socket.create_connection(address, timeout))
        if secure:
            context = ssl.create_default_context()
            line = stack.enter_context(context.wrap_socket(line, server_hostname=parts.hostname))
        line.settimeout(timeout)
        line.sendall(_hello(unquote(parts.username or ""), unquote(parts.password or "")))
        answer = b""
        while len(answer) < 4:
            more = line.recv(4 - len(answer))
            if not more:
                raise ConnectionResetError("closed before an answer")
            answer += more
        if answer[0] != 0x20:
            raise ConnectionResetError("not an MQTT broker")
        line.sendall(b"\xe0\x00")
        return answer[3]


def accepted(url: str, timeout: float) -> bool:
    """Whether the broker lets us in now."""
    try:
        return connect(url, timeout) == 0
    except OSError:
        return False


def _hello(user: str, password: str) -> bytes:
    flags = 0x02 | (0x80 if user else 0) | (0x40 if password else 0)
    body = _text("MQTT") + bytes([4, flags]) + (10).to_bytes(2, "big") + _text("")
    body += (_text(user) if user else b"") + (_text(password) if password else b"")
    length, encoded = len(body), b""
    while True:
        length, digit = divmod(length, 128)
        encoded += bytes([digit | (0x80 if length else 0)])
        if not length:
            return b"\x10" + encoded + body


def _text(value: str) -> bytes:
    raw = value.encode()
    return len(raw).to_bytes(2, "big") + raw

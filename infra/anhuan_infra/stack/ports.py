"""Loopback ports: kept from start to start, chosen anew when somebody else took them."""

import contextlib
import secrets
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

LOW, HIGH = 20_000, 31_900
"""Below the range from which Linux takes ports for outgoing connections, so that no client sits on ours."""


def free(port: int) -> bool:
    """Whether nobody listens there now, nor has claimed it. A port that only cools down after a restart counts as free."""
    flag = claim(port)
    if flag is None:
        return False
    flag.close()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            return False
    return True


def accepts(port: int, timeout: float = 0.2) -> bool:
    """Whether somebody answers a TCP connection."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout):
        return True
    return False


def choose(preferred: Sequence[int] = ()) -> int:
    """A free port: one of the preferred, else any in our range."""
    for port in preferred:
        if free(port):
            return port
    while True:
        port = LOW + secrets.randbelow(HIGH - LOW)
        if free(port):
            return port


def claim(port: int) -> socket.socket | None:
    """Tell the other installations of this machine that a port is ours while the socket is open; None when it is theirs.

    The web server shares its port with any program that asks to (SO_REUSEPORT). Two installations that found the same
    port free while neither server was up yet would each get a part of the other's requests, and nobody would be told.
    """
    flag = socket.socket(socket.AF_UNIX)
    if sys.platform == "linux":
        try:
            flag.bind(f"\0anhuan-port-{port}")
        except OSError:
            flag.close()
            return None
    return flag


def hold(port: int) -> socket.socket | None:
    """Keep others off a port until its server starts; None when somebody was quicker. Close it to let go."""
    guard = socket.socket()
    guard.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        guard.bind(("127.0.0.1", port))
        guard.listen(1)
    except OSError:
        guard.close()
        return None
    return guard


def seaweed_sockets(base: int, folder: Path = Path("/tmp")) -> list[Path]:  # noqa: S108 - fixed by SeaweedFS
    """The Unix sockets whose names SeaweedFS derives from its ports and whose folder it does not let us choose."""
    offsets = {"master": 1, "volume": 3, "filer": 5, "s3": 7, "admin": 10_008}
    return [folder / f"seaweedfs-{part}-grpc-{base + offset}.sock" for part, offset in offsets.items()]


def seaweed_block_free(base: int) -> bool:
    """Nine neighbours and the administrator's gRPC port, with no socket left by somebody whose files we may not remove.

    A stale socket of another user never lets the server come up and never makes it exit.
    """
    if not all(free(port) for port in (*range(base, base + 9), base + 10_008)):
        return False
    for stale in seaweed_sockets(base):
        with contextlib.suppress(FileNotFoundError):
            try:
                stale.unlink()
            except PermissionError:
                return False
    return True


def choose_seaweed_block() -> int:
    """The first port of a free block for SeaweedFS."""
    while True:
        base = LOW + secrets.randbelow(1_800)
        if seaweed_block_free(base):
            return base

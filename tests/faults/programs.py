"""Our programs beside the servers that all tests share, each in a process of its own that can be exchanged for a broken one."""

import socket
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.processes import Process, wait_for


@contextmanager
def api(
    env: Mapping[str, str], log: Path, factory: str = "anhuan_graphql.app:create_app"
) -> Generator[tuple[Process, str]]:
    """An API that answers, and its address."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    granian = [str(Path(sys.executable).parent / "granian"), "--interface", "asgi", "--factory"]
    place = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", factory]
    with _running([*granian, *place], env, log) as process:
        wait_for(lambda: _answers(url), 40, log)
        yield process, url


@contextmanager
def worker(env: Mapping[str, str], log: Path, module: str = "anhuan_graphql.worker") -> Generator[Process]:
    """A worker that was started; it may still be booting."""
    dramatiq = str(Path(sys.executable).parent / "dramatiq")
    with _running(
        [dramatiq, module, "-p", "1", "-t", "2", "--worker-fork-timeout", "3000"], env, log
    ) as process:
        yield process


@contextmanager
def scheduler(
    env: Mapping[str, str], log: Path, module: str = "anhuan_graphql.scheduler"
) -> Generator[Process]:
    """A scheduler that was started; it may not lead yet."""
    with _running([sys.executable, "-m", module], env, log) as process:
        yield process


@contextmanager
def _running(command: list[str], env: Mapping[str, str], log: Path) -> Generator[Process]:
    process = Process(command, dict(env), log)
    try:
        yield process
    finally:
        process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False

"""Real servers for the tests: one stack for all processes of a test run, started by the first that asks.

With ANHUAN_TEST_RUNTIME naming the runtime.json of a running stack that one is used and left alone. Otherwise the
stack lives in `.artifacts/test-stack`, begins empty, and stops by itself when the last test process has ended,
however it ended.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from anhuan_infra.stack import state, supervisor

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".artifacts" / "test-stack"
START_TIMEOUT = 180.0

_env: dict[str, str] = {}
_held: list[int] = []
"""Locks that stay with this process until it ends."""
_keepers: list[subprocess.Popen[bytes]] = []
"""Held, not waited for: the keeper outlives whoever started it."""


def ensure_stack() -> dict[str, str]:
    """The environment of running servers (no programs of ours); fast from the second call on."""
    if not _env:
        named = os.environ.get("ANHUAN_TEST_RUNTIME")
        _env.update(json.loads(Path(named).read_text()) if named else _shared())
    return dict(_env)


def _shared() -> dict[str, str]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    # A keeper that is just stopping holds this lock until it has stopped.
    _held.append(_lock(FOLDER / "users", fcntl.LOCK_SH))
    starting = _lock(FOLDER / "starting", fcntl.LOCK_EX)
    try:
        if not _keeper_lives():
            _start_keeper()
        return state.read_runtime(FOLDER / "home")
    finally:
        os.close(starting)


def _lock(path: Path, kind: int) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, kind)
    return descriptor


def _keeper_lives() -> bool:
    try:
        os.close(_lock(FOLDER / "keeper", fcntl.LOCK_EX | fcntl.LOCK_NB))
    except BlockingIOError:
        return True
    return False


def _start_keeper() -> None:
    log = FOLDER / "keeper.log"
    with log.open("wb") as out:
        keeper = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            env={key: value for key, value in os.environ.items() if not key.startswith("ANHUAN_")},
        )
    _keepers.append(keeper)
    deadline = time.monotonic() + START_TIMEOUT
    while not (FOLDER / "ready").exists():
        if keeper.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the servers for the tests did not start:\n{log.read_text()}")
        time.sleep(0.05)


def _keep() -> int:
    """The keeper: an empty stack, until nobody holds the users' lock any more."""
    keeping = _lock(FOLDER / "keeper", fcntl.LOCK_EX)
    ready = FOLDER / "ready"
    ready.unlink(missing_ok=True)
    home = FOLDER / "home"
    shutil.rmtree(home, ignore_errors=True)
    stack = supervisor.Stack(home, durable=False)
    last_look = time.monotonic()

    def look() -> None:
        nonlocal last_look
        if time.monotonic() - last_look < 0.5:
            return
        last_look = time.monotonic()
        try:
            _held.append(_lock(FOLDER / "users", fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            return
        stack.ask_to_stop()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stack.ask_to_stop)
    try:
        stack.start()
        ready.touch()
        stack.watch(look)
    finally:
        ready.unlink(missing_ok=True)
        stack.stop()
        os.close(keeping)
    return 0


if __name__ == "__main__":
    sys.exit(_keep())

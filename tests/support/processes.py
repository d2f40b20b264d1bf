"""Programs of ours as processes of their own, so that a test can kill them as the machine would."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from tests.support.database import ROOT


class Process:
    """A running program with everything it started."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as out:
            self._popen = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | env, stdout=out, stderr=out, start_new_session=True
            )

    def kill(self) -> None:
        """SIGKILL to all of it."""
        self._signal(signal.SIGKILL)
        self._popen.wait(10)

    def stop(self) -> float:
        """SIGTERM and wait; the seconds it took."""
        began = time.monotonic()
        self._popen.terminate()
        self._popen.wait(15)
        return time.monotonic() - began

    def freeze(self) -> None:
        """SIGSTOP to all of it."""
        self._signal(signal.SIGSTOP)

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._popen.pid, number)
        except ProcessLookupError:
            return

    def said(self, words: str) -> bool:
        """Whether the words are in its log."""
        return words in self.log.read_text(errors="replace")


@contextmanager
def worker(
    env: dict[str, str], log: Path, module: str = "tests.support.effects_worker"
) -> Generator[Process]:
    """A worker with one process and two threads, ready to take messages."""
    command = [str(Path(sys.executable).parent / "dramatiq"), module, "-p", "1", "-t", "2"]
    with _running(command, env, log) as process:
        wait_for(lambda: process.said("ready for action"), 30, log)
        yield process


@contextmanager
def scheduler(env: dict[str, str], log: Path) -> Generator[Process]:
    """A scheduler, started but not yet leading."""
    with _running([sys.executable, "-m", "anhuan_graphql.scheduler"], env, log) as process:
        yield process


@contextmanager
def _running(command: list[str], env: dict[str, str], log: Path) -> Generator[Process]:
    process = Process(command, env, log)
    try:
        yield process
    finally:
        process.kill()


def wait_for(done: Callable[[], bool], seconds: float, log: Path) -> None:
    """Wait until it is so; shows the log when it does not come."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, log.read_text(errors="replace")[-4000:]
        time.sleep(0.05)

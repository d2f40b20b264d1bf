"""A stack in a process of its own, as a person would start it, with what a test wants to do to it."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil

from anhuan_infra.stack import leftovers, state

ROOT = Path(__file__).resolve().parents[3]
READY = "Anhuan is ready"
UP = (sys.executable, "-m", "anhuan_infra.stack", "up", "--servers-only")
DRIVER = (sys.executable, str(Path(__file__).with_name("driver.py")))


@dataclass
class Running:
    """One `up`; use as a context, so that nothing outlives a failed test."""

    home: Path
    command: Sequence[str] = UP
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    prefix: Sequence[str] = ()
    cwd: Path = ROOT
    log_beside: Path | None = None
    process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        if self.started.poll() is None:
            self.started.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.started.wait(15)
        self.started.kill()
        self.started.wait()

    @property
    def started(self) -> subprocess.Popen[str]:
        """The supervisor's process."""
        assert self.process is not None, "begin() comes first"
        return self.process

    @property
    def log(self) -> Path:
        """What it printed."""
        return (self.log_beside or self.home).with_name(self.home.name + ".out")

    def begin(self) -> None:
        """Start it, without waiting; nothing of the tester's own ANHUAN_ names reaches it."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith("ANHUAN_")}
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [*self.prefix, *self.command, "--home", str(self.home)],
                cwd=self.cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                text=True,
                env={**clean, **self.env},
                start_new_session=True,
            )

    def until(self, pattern: str, timeout: float = 60.0) -> str:
        """Wait until it prints this; what it printed so far."""
        deadline = time.monotonic() + timeout
        while not re.search(pattern, text := self.log.read_text()):
            assert self.started.poll() is None, f"ended with {self.started.returncode}:\n{text}"
            assert time.monotonic() < deadline, f"no {pattern!r} in {timeout} s:\n{text}"
            time.sleep(0.05)
        return text

    def ready(self) -> dict[str, str]:
        """Wait until everything answers; the environment of its children."""
        self.until(READY)
        return state.read_runtime(self.home)

    def ended(self, timeout: float = 30.0) -> tuple[int, str]:
        """Wait for its end; exit code and all it printed."""
        return self.started.wait(timeout), self.log.read_text()

    def interrupt(self) -> float:
        """Ctrl-C; the seconds that it took to end."""
        began = time.monotonic()
        self.started.send_signal(signal.SIGINT)
        self.started.wait(30)
        return time.monotonic() - began

    def children(self) -> dict[str, psutil.Process]:
        """Every process below the supervisor, by name of the program that we started; grandchildren as name/pid."""
        found: dict[str, psutil.Process] = {}
        for child in leftovers.read(self.home):
            for pid in leftovers.family(child.pid, child.start):
                name = child.name if pid == child.pid else f"{child.name}/{pid}"
                with contextlib.suppress(psutil.NoSuchProcess):
                    found[name] = psutil.Process(pid)
        return found


def alive(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Those that still run; a zombie does not."""
    found: list[psutil.Process] = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def gone_within(processes: Sequence[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Wait until all are gone; those that are not after so many seconds."""
    deadline = time.monotonic() + seconds
    while (left := alive(processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left

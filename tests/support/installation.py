"""The whole product in a folder of its own, started as a person starts it, and killed as no person would."""

import contextlib
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import psutil

from anhuan_infra.settings import Settings
from anhuan_infra.stack import ports, state
from tests.infra.stack.running import Running

UP = (sys.executable, "-m", "anhuan_infra.stack", "up")


class Installation:
    """One data folder; use as a context, so that nothing outlives a failed test."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._running = Running(home, UP, {"ANHUAN_DEMO": "0"})
        self.env: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._running.process is not None:
            self._running.__exit__()
        self.kill_everything(random.Random(0))

    @property
    def settings(self) -> Settings:
        """As its programs read them."""
        return Settings.from_env(self.env)

    @property
    def url(self) -> str:
        """Where the API answers."""
        return f"http://127.0.0.1:{self.env['ANHUAN_API_PORT']}"

    @property
    def printed(self) -> str:
        """What the supervisor said since its last start."""
        return self._running.log.read_text()

    def start(self) -> float:
        """Start it and wait until it says that it is ready; how many seconds that took."""
        began = time.monotonic()
        if not self.home.exists():
            # Far from the usual web port: other tests start installations of their own at the same moment.
            self.home.mkdir()
            (self.home / state.STATE).write_text(json.dumps({"ports": {"api": ports.choose()}}))
        self._running.begin()
        self.env = self._running.ready()
        return time.monotonic() - began

    def stop(self) -> float:
        """Ctrl-C; the seconds that it took to end."""
        return self._running.interrupt()

    def programs(self) -> dict[str, psutil.Process]:
        """Every running process by the name of its program; those that a program started as name/pid."""
        return self._running.children()

    def kill_everything(self, dice: random.Random) -> int:
        """SIGKILL to every process of the installation in no particular order, also to those that are born meanwhile.

        How many were alive when it began.
        """
        members = self.members()
        alive = len(members)
        while members:
            dice.shuffle(members)
            for process in members:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            members = self.members()
        if self._running.process is not None:
            self._running.process.wait(5)
        return alive

    def members(self) -> list[psutil.Process]:
        """Every living process that belongs to this folder: by its command, its working folder or its environment."""
        home = str(self.home)
        found: list[psutil.Process] = []
        for process in psutil.process_iter():
            if process.pid == os.getpid():
                continue
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                if process.status() != psutil.STATUS_ZOMBIE and home in _marks(process.pid):
                    found.append(process)
        return found


def _marks(pid: int) -> str:
    folder = Path("/proc") / str(pid)
    marks = ""
    with contextlib.suppress(OSError):
        marks += (folder / "cmdline").read_bytes().decode(errors="replace")
    with contextlib.suppress(OSError):
        marks += (folder / "environ").read_bytes().decode(errors="replace")
    with contextlib.suppress(OSError):
        marks += str((folder / "cwd").readlink())
    return marks


def names(processes: Sequence[psutil.Process]) -> list[str]:
    """Who they are, for a message."""
    found: list[str] = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            found.append(f"{process.pid} {' '.join(process.cmdline())[:120]}")
    return found

"""Starting and ending programs: each in its own session, under the chosen account, with its own log."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anhuan_infra.stack import launch, leftovers, problems, state
from anhuan_infra.stack.account import Account

LOG_SIZE = 10_000_000
"""A log longer than this is set aside when its program starts; three old ones are kept."""


@dataclass
class Child:
    """One started program; its pid is also its session."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals
    log: Path
    born: float
    start: int

    @property
    def pid(self) -> int:
        """Leader of the session."""
        return self.process.pid

    @property
    def alive(self) -> bool:
        """Whether the leader still runs."""
        return self.process.poll() is None

    def last_words(self, lines: int = 15) -> str:
        """The end of its log, indented, for a person who must find out why it died."""
        with contextlib.suppress(OSError), self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - 20_000))
            text = file.read().decode(errors="replace").splitlines()[-lines:]
            return "\n".join("        | " + line for line in text)
        return ""


@dataclass
class Launcher:
    """Starts programs for one data folder and keeps the list that the reaper reads.

    Use it from the main thread only: the kernel ties the death signal to the thread that started the child.
    """

    home: Path
    account: Account | None
    env: Mapping[str, str]
    children: list[Child] = field(default_factory=list[Child])

    def own(self, path: Path, mode: int = 0o700) -> Path:
        """A folder that the servers may write to."""
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(mode)
        if self.account:
            os.chown(path, *self.account.owner)
        return path

    def write(self, path: Path, text: str) -> Path:
        """A private file that the servers may read."""
        state.write_private(path, text, self.account.owner if self.account else None)
        return path

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        cwd: Path | None = None,
    ) -> Child:
        """Start a program; it goes on until it is stopped, and does not outlive this process."""
        log = self.home / "log" / f"{name}.log"
        rotate(log)
        spec = {
            "uid": self.account.uid if self.account else None,
            "gid": self.account.gid if self.account else None,
            "reach": bool(self.account and self.account.reach),
            "death_signal": int(stop_signal),
            "parent": os.getpid(),
            "umask": 0o077,
        }
        own_home = {"HOME": str(self.home)} if self.account else {}
        with log.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", launch.__file__, json.dumps(spec), *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=cwd or self.home,
                env={**self.env, **own_home, **(env or {})},
                start_new_session=True,
            )
        child = Child(name, process, stop_signal, log, time.monotonic(), leftovers.start_ticks(process.pid))
        self.children.append(child)
        self._note()
        return child

    def run(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        timeout: float = 120.0,
    ) -> Iterator[None]:
        """Run a program to its end, giving way while it works; it must end well."""
        child = self.start(name, command, env=env, cwd=cwd)
        while child.alive:
            if time.monotonic() - child.born > timeout:
                self.kill(child)
                raise problems.Died(
                    f"{name} did not finish in {timeout:.0f} s", f"{name} 在 {timeout:.0f} 秒内未完成"
                )
            yield
        self.forget(child)
        if child.process.returncode != 0:
            raise died(child)

    def wait_until(self, child: Child, ready: Callable[[], bool], timeout: float = 60.0) -> Iterator[None]:
        """Give way until the program answers; it must not end before, nor take longer than `timeout` seconds."""
        while not ready():
            if not child.alive:
                raise died(child)
            if time.monotonic() - child.born > timeout:
                raise problems.Died(
                    f"{child.name} did not answer in {timeout:.0f} s; its log ends:\n{child.last_words()}",
                    f"{child.name} 在 {timeout:.0f} 秒内没有响应",
                )
            yield

    def forget(self, child: Child) -> None:
        """The program ended: end what it may have left in its session, and drop it from the list."""
        leftovers.signal_all(leftovers.family(child.pid, child.start), signal.SIGKILL)
        if child in self.children:
            self.children.remove(child)
        self._note()

    def kill(self, child: Child) -> None:
        """End a program and all it started, now."""
        leftovers.signal_all(leftovers.family(child.pid, child.start), signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(5)
        self.forget(child)

    def stop(self, children: Sequence[Child], patience: float) -> None:
        """Ask all of these to stop at once, and kill after `patience` seconds what is left of each."""
        for child in children:
            if child.alive:
                child.process.send_signal(child.stop_signal)
        deadline = time.monotonic() + patience
        for child in children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.05, deadline - time.monotonic()))
            self.kill(child)

    def _note(self) -> None:
        """Write the list down before anything else can happen to us."""
        content = [leftovers.Started(c.name, c.pid, c.start, int(c.stop_signal)) for c in self.children]
        state.write_private(self.home / leftovers.CHILDREN, json.dumps(content))


def died(child: Child) -> problems.Died:
    """Why a program ended, as far as its exit and its log tell."""
    code = child.process.returncode
    return problems.Died(
        f"{child.name} ended with {code}; its log ends:\n{child.last_words()}\n        whole log: {child.log}",
        f"{child.name} 意外退出（{code}）",
    )


def rotate(log: Path, size: int = LOG_SIZE, keep: int = 3) -> None:
    """Set a long log aside; the oldest goes."""
    if not log.exists() or log.stat().st_size < size:
        return
    for number in range(keep, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        newer = log.with_name(f"{log.name}.{number - 1}") if number > 1 else log
        if newer.exists():
            newer.replace(older)


def start_reaper(home: Path, lock: int) -> subprocess.Popen[bytes]:
    """Start the process that tidies when we are gone, however we went: it sees our end of its pipe close.

    It shares the folder's lock, so that nobody starts anew before it has finished.
    """
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", leftovers.__file__, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(lock,),
        start_new_session=True,
    )

"""One service under supervision: it boots, runs, may die, waits a little longer each time, and boots again."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from anhuan_infra.stack import problems
from anhuan_infra.stack.progress import Progress
from anhuan_infra.stack.service import Service
from anhuan_infra.stack.spawn import Child, Launcher, died

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
STEADY = 60.0
"""Seconds of life after which earlier deaths are forgotten."""
DEATHS_ALLOWED = 6
PORT_ATTEMPTS = 3


@dataclass
class Unit:
    """The state of one service."""

    service: Service
    launcher: Launcher
    progress: Progress
    child: Child | None = None
    up: bool = False
    ever_up: bool = False
    deaths: int = 0
    _boot: Iterator[None] | None = None
    _began: float = field(default_factory=time.monotonic)
    _attempts: int = 0
    _not_before: float = 0.0

    @property
    def name(self) -> str:
        """The service's."""
        return self.service.name

    def boot(self) -> None:
        """Begin to come up; `step` carries it on."""
        self.up = False
        self._began = time.monotonic()
        self._boot = self.service.boot(self.launcher, self._begun)

    def step(self) -> None:
        """One small piece of work: carry a boot on, notice a death, start again when its pause is over.

        Raises Died when it dies at its first boot, or has died too often.
        """
        if self._boot is not None:
            self._carry_on(self._boot)
        elif self.up and self.child is not None and not self.child.alive:
            self._bury(died(self.child))
        elif not self.up and time.monotonic() >= self._not_before:
            self.boot()

    def _carry_on(self, boot: Iterator[None]) -> None:
        try:
            next(boot)
        except StopIteration:
            self._boot = None
            self.up = self.ever_up = True
            pid = f"pid {self.child.pid}" if self.child else "done / 完成"
            self.progress.say(self.name, f"ready in / 就绪 {time.monotonic() - self._began:.1f} s  {pid}")
        except problems.Died as death:
            self._boot = None
            self._bury(death)

    def _begun(self, child: Child) -> None:
        self.child = child

    def _bury(self, death: problems.Died) -> None:
        """Clear away what is left of it, and decide when to try again, or not at all."""
        lived = 0.0
        words = ""
        if self.child is not None:
            lived = time.monotonic() - self.child.born
            words = self.child.last_words().lower()
            self.launcher.kill(self.child)
            self.child = None
        self.up = False
        if not self.ever_up:
            self._attempts += 1
            # Somebody took the port between our look and the server's: the next boot chooses another.
            if "address already in use" not in words or self._attempts >= PORT_ATTEMPTS:
                raise death
            return
        self.deaths = 1 if lived > STEADY else self.deaths + 1
        if self.deaths > DEATHS_ALLOWED:
            raise death
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self.deaths - 1))
        self._not_before = time.monotonic() + pause
        self.progress.say(self.name, f"{death.english}\n        again in / {pause:.0f} 秒后重启")

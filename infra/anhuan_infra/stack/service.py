"""What the supervisor can run: a name, a way to boot, a stop signal. Servers and our own programs alike."""

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from anhuan_infra.stack.spawn import Child, Launcher


class Service(Protocol):
    """One program to keep running."""

    @property
    def name(self) -> str:
        """As in the log's file name and in every line about it."""
        ...

    def boot(self, launcher: Launcher, begun: Callable[[Child], None]) -> Iterator[None]:
        """Bring it up: tell `begun` the long-lived child, yield while waiting, return when it answers."""
        ...


@dataclass(frozen=True)
class App:
    """One of our own programs; started when every server answers and the database is migrated."""

    name: str
    command: Sequence[str]
    ready: Callable[[Mapping[str, str]], bool] = field(default=lambda env: True)
    """One quick look whether it answers, given the environment of the stack."""
    once: bool = False
    """True: it runs to its end before the next one starts (migrations, first load of data)."""
    wanted: Callable[[Mapping[str, str]], bool] = field(default=lambda env: True)
    """Whether it is to be run at all at this start."""
    timeout: float = 120.0
    stop_signal: signal.Signals = signal.SIGTERM

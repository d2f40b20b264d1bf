"""What the supervisor can keep running: a server or a program of ours, seen the same way."""

from collections.abc import Callable, Iterator
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

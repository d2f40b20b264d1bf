"""What browser tests stand in: the installation's environment, the network before it, and how windows are opened."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol

from tests.support.browser.faulty import Proxy
from tests.support.browser.window import PHONE, Language, Shape, Theme, Window


@dataclass(frozen=True)
class House:
    """The environment of the programs, the network to the API, and the network to the object store."""

    env: dict[str, str]
    web: Proxy
    store: Proxy

    def out_of_reach(self) -> None:
        """The whole installation, as in a tunnel or with the plug pulled."""
        self.web.down()
        self.store.down()

    def back(self) -> None:
        """Within reach again."""
        self.web.up()
        self.store.up()


class Open(Protocol):
    """A window that is signed in as somebody of the plant, or (None) as nobody."""

    def __call__(
        self, account: str | None, shape: Shape = PHONE, language: Language = "zh", theme: Theme = "light"
    ) -> Awaitable[Window]:
        """It is closed at the end of the test."""
        ...

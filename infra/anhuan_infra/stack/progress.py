"""What the person at the terminal sees: one line for each thing that happened, and never five silent seconds."""

import sys
import time
from collections.abc import Iterable
from typing import TextIO

SILENCE = 4.0
"""Seconds without a line after which the wait itself is said."""


class Progress:
    """Lines with the seconds since the beginning."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._began = time.monotonic()
        self._spoke = self._began

    def say(self, name: str, text: str) -> None:
        """One line: since when, about whom, what."""
        self._spoke = time.monotonic()
        print(f"{self._spoke - self._began:6.1f} s  {name:<10} {text}", file=self._out, flush=True)

    def plain(self, text: str) -> None:
        """Text as it is, for the closing summary."""
        self._spoke = time.monotonic()
        print(text, file=self._out, flush=True)

    def waiting(self, names: Iterable[str]) -> None:
        """Name those that are waited for, if nothing was said for a while."""
        if time.monotonic() - self._spoke >= SILENCE:
            self.say("…", "waiting for / 等待 " + ", ".join(names))

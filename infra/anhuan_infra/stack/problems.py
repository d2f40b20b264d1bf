"""What can keep the stack from running; each message is one line for the person at the keyboard, in two languages."""


class CannotRun(Exception):
    """The stack cannot run as asked; `exit_code` is what the command answers."""

    exit_code = 1

    def __init__(self, english: str, chinese: str) -> None:
        self.english = english
        self.chinese = chinese
        super().__init__(f"{english} / {chinese}")


class Busy(CannotRun):
    """Another supervisor holds this data folder."""

    exit_code = 2


class Unusable(CannotRun):
    """A server named in the environment cannot be reached, refuses us, or is too old."""

    exit_code = 3


class Died(CannotRun):
    """A program ended while it should have come up; its last words are in the message."""

    exit_code = 4

"""What every channel promises: one attempt, one outcome, and never an exception for what the world does."""

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from anhuan_infra.notify.message import Message


class State(StrEnum):
    """What became of one attempt, in the only four ways that call for different next steps."""

    DELIVERED = "delivered"
    """The system in which it is read says that it has it. Done."""
    ACCEPTED = "accepted"
    """A carrier (mail server, SMS gateway) took it over and may still fail. Done unless a receipt says otherwise."""
    REFUSED = "refused"
    """Understood and declined: the same again would be declined again. Go to the next channel now."""
    UNREACHABLE = "unreachable"
    """No answer, or "not now". Try again after `retry_after`, or go to the next channel if it cannot wait."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one attempt, safe to store and to show to an administrator."""

    state: State
    provider_id: str | None = None
    """The provider's own number of the message: what its support asks for, and what a receipt names."""
    detail: str = ""
    """Why, in few words. Never a secret, an address or a URL."""
    retry_after: timedelta | None = None
    """How long the other side asked us to wait, if it did."""
    uncertain: bool = False
    """True where the other side may have it all the same: a second attempt on a channel without keys may be read twice."""

    @property
    def is_done(self) -> bool:
        """True where nothing more is to be tried."""
        return self.state in (State.DELIVERED, State.ACCEPTED)


def refused(detail: str) -> Outcome:
    """Declined for good."""
    return Outcome(State.REFUSED, detail=detail)


def unreachable(detail: str, *, retry_after: timedelta | None = None, uncertain: bool = False) -> Outcome:
    """Not now."""
    return Outcome(State.UNREACHABLE, detail=detail, retry_after=retry_after, uncertain=uncertain)


@runtime_checkable
class Channel(Protocol):
    """A configured way out. Safe to share between tasks; holds its secrets, shows none."""

    @property
    def kind(self) -> str:
        """The stable name of this sort of channel, as stored with each attempt."""
        ...

    async def send(self, message: Message, address: str) -> Outcome:
        """Make one attempt, within ten seconds. What `address` is depends on the kind; see `catalogue`."""
        ...


@dataclass
class NullChannel:
    """Sends nothing and remembers everything: the twin for tests, and for an installation that must stay silent."""

    kind: str = "null"
    answers: deque[Outcome] = field(default_factory=deque[Outcome])
    """What to answer next; when used up, everything is delivered."""
    sent: list[tuple[Message, str]] = field(default_factory=list[tuple[Message, str]])

    async def send(self, message: Message, address: str) -> Outcome:
        """Remember the attempt and answer as told."""
        self.sent.append((message, address))
        return self.answers.popleft() if self.answers else Outcome(State.DELIVERED, provider_id=message.key)

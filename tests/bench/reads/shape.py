"""The shape of the measurement's data: how many companies of which size, and the units that each has."""

from dataclasses import dataclass
from uuid import UUID

BRANCHES, WORKSHOPS_OF_A_BRANCH, TEAMS_OF_A_WORKSHOP = 5, 4, 3


@dataclass(frozen=True)
class Size:
    """How many companies, and how many hazards the first and each other one has."""

    name: str
    companies: int
    largest: int
    usual: int

    @property
    def hazards(self) -> int:
        """In all."""
        return self.largest + (self.companies - 1) * self.usual


FULL = Size("full", 50, 55_000, 5_000)
SMALL = Size("small", 3, 10_000, 5_000)


@dataclass(frozen=True)
class Founded:
    """Companies, the largest first, and who asks: company, person, level."""

    companies: list[UUID]
    askers: list[tuple[UUID, UUID, str]]


def branches() -> list[int]:
    """Numbers of the branches; 1 is headquarters."""
    return list(range(2, 2 + BRANCHES))


def workshops() -> list[int]:
    """Numbers of the workshops."""
    first = 2 + BRANCHES
    return list(range(first, first + BRANCHES * WORKSHOPS_OF_A_BRANCH))


def teams() -> list[int]:
    """Numbers of the teams, at which hazards are found."""
    first = workshops()[-1] + 1
    return list(range(first, first + len(workshops()) * TEAMS_OF_A_WORKSHOP))

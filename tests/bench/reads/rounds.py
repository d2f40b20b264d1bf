"""Alternating rounds: each contender in turn is asked the same for some seconds, and what it and PostgreSQL used is read from the kernel."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from anhuan_infra.settings import APP_ROLE
from tests.bench.reads import load, spent
from tests.bench.reads.contenders import Contender


@dataclass(frozen=True)
class Round:
    """One contender's part of one round; microseconds are for one answer."""

    answers: int
    failed: int
    rate: float
    p50: float
    p99: float
    app_us: float
    pg_us: float
    size: float
    planned: float
    """Share of the answers that took one statement and no more."""
    first_failure: str

    @property
    def us(self) -> float:
        """All in all."""
        return self.app_us + self.pg_us


@dataclass(frozen=True)
class Figures:
    """All rounds of one contender."""

    rounds: Sequence[Round]

    def of(self, what: Callable[[Round], float]) -> float:
        """The median."""
        return median(what(one) for one in self.rounds)

    @property
    def failed(self) -> int:
        """Answers with errors, of which there must be none."""
        return sum(one.failed for one in self.rounds)


@dataclass(frozen=True)
class Spread:
    """A ratio of rounds that belong together."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, above: Figures, below: Figures, what: Callable[[Round], float]) -> "Spread":
        """Round by round, so that what the machine does besides weighs on both."""
        ratios = [what(a) / what(b) for a, b in zip(above.rounds, below.rounds, strict=True)]
        return cls(median(ratios), min(ratios), max(ratios))

    def __str__(self) -> str:
        return f"{self.middle:.2f} [{self.least:.2f}..{self.most:.2f}]"


Requests = Callable[[Contender, int], list[bytes]]
"""`(contender, round)`: what it is asked in this round."""


def alternate(
    contenders: Sequence[Contender],
    requests: Requests,
    postmaster: int,
    *,
    rounds: int,
    seconds: float,
    connections: int,
) -> dict[str, Figures]:
    """So many rounds of each, every second one in the opposite order."""
    found: dict[str, list[Round]] = {one.name: [] for one in contenders}
    for number in range(rounds):
        for contender in contenders if number % 2 == 0 else reversed(contenders):
            asked = requests(contender, number)
            order = load.Order(contender.port, asked, connections, seconds, start=number * 131)
            found[contender.name].append(_one(contender, order, postmaster))
    return {name: Figures(of_it) for name, of_it in found.items()}


def _one(contender: Contender, order: load.Order, postmaster: int) -> Round:
    planned = contender.planned()
    app, serving = spent.tree(contender.pid), spent.backends(postmaster, APP_ROLE)
    before_app, before_pg = spent.nanoseconds(app), spent.nanoseconds(serving)
    heard = load.run(order)
    after_app = spent.nanoseconds(spent.tree(contender.pid))
    after_pg = spent.nanoseconds(spent.backends(postmaster, APP_ROLE))
    return Round(
        answers=heard.answers,
        failed=heard.failed,
        rate=heard.answers / heard.seconds,
        p50=heard.p50,
        p99=heard.p99,
        app_us=spent.between(before_app, after_app) / heard.answers / 1_000,
        pg_us=spent.between(before_pg, after_pg) / heard.answers / 1_000,
        size=heard.size,
        planned=(contender.planned() - planned) / heard.answers,
        first_failure=heard.first_failure,
    )


def machine() -> str:
    """How busy it is."""
    one, five, _ = os.getloadavg()
    return f"load {one:.1f} (5 min {five:.1f}) on {os.cpu_count()} cores"

"""What is printed, and what is promised."""

from dataclasses import dataclass, field

from tests.bench.reads import rounds, spent
from tests.bench.reads.contenders import Contender
from tests.bench.reads.rounds import Figures, Round, Spread

TIMES = {"list": 3.0, "detail": 4.0, "report": 4.0}
"""How many times less CPU an answer must take than PostGraphile's, app and PostgreSQL together."""
FLOOR = 1.15
APP_OF_LIST = 0.3
"""Our own process against PostgreSQL, on the list."""
SLOWEST_OF_LIST = 1 / 3
MEMORY = 1 / 3
GROWTH = 2.0


@dataclass
class Line:
    """What one measurement says; `broken` names promises that were not kept."""

    broken: list[str] = field(default_factory=list[str])

    def judge(self, name: str, found: float, most: float) -> None:
        """A promise of at most this much."""
        if found > most:
            self.broken.append(f"BROKEN {name}: {found:.2f}, promised at most {most:.2f}")


def line(name: str, ours: Figures, theirs: Figures, ground: float | None) -> Line:
    """Both contenders at one question."""
    print(f"\n## {name}   {rounds.machine()}")
    print(
        f"{'':14}{'answers/s':>10}{'p50 ms':>9}{'p99 ms':>9}{'app us':>9}{'pg us':>9}{'sum us':>9}{'bytes':>8}"
    )
    for who, found in (("ours", ours), ("PostGraphile", theirs)):
        print(
            f"{who:14}{found.of(_rate):10.0f}{found.of(_p50):9.1f}{found.of(_p99):9.1f}{found.of(_app):9.0f}"
            f"{found.of(_pg):9.0f}{found.of(_us):9.0f}{found.of(_size):8.0f}"
        )
    times = Spread.of(theirs, ours, _us)
    slowest = Spread.of(ours, theirs, _p99)
    share = ours.of(_app) / ours.of(_pg)
    print(
        f"CPU {times} times less; p99 {slowest} of theirs; app/pg {share:.2f}; {ours.of(_planned):.0%} planned",
        end="",
    )
    print(f"; pg {ours.of(_pg) / ground:.2f} of the floor ({ground:.0f} us)" if ground else "", flush=True)
    said = Line()
    if name in TIMES and times.middle < TIMES[name]:
        said.broken.append(f"BROKEN {name}: {times.middle:.2f} times less CPU, promised {TIMES[name]:.1f}")
    if ground:
        said.judge(f"{name}: PostgreSQL against its floor", ours.of(_pg) / ground, FLOOR)
    if name == "list":
        said.judge("list: our process against PostgreSQL", share, APP_OF_LIST)
        said.judge("list: the slowest hundredth against PostGraphile's", slowest.middle, SLOWEST_OF_LIST)
    for who, found in (("ours", ours), ("PostGraphile", theirs)):
        if found.failed:
            first = next(one.first_failure for one in found.rounds if one.failed)
            said.broken.append(f"BROKEN {name}: {found.failed} answers of {who} failed: {first[:200]}")
    return said


def memory(ours: Contender, theirs: Contender) -> Line:
    """After all that work."""
    mine, other = spent.memory(ours.pid), spent.memory(theirs.pid)
    print(f"\n## memory   ours {mine:.0f} MB, PostGraphile {other:.0f} MB: {mine / other:.2f}", flush=True)
    said = Line()
    said.judge("memory against PostGraphile", mine / other, MEMORY)
    return said


def growth(large: Figures, usual: Figures) -> Line:
    """The same page of a company eleven times as large."""
    ratio = Spread.of(large, usual, _us)
    print(f"\n## list with its count, largest company against a usual one   {ratio} of the CPU", flush=True)
    said = Line()
    said.judge("list: largest company against a usual one", ratio.middle, GROWTH)
    return said


def _rate(one: Round) -> float:
    return one.rate


def _p50(one: Round) -> float:
    return one.p50


def _p99(one: Round) -> float:
    return one.p99


def _app(one: Round) -> float:
    return one.app_us


def _pg(one: Round) -> float:
    return one.pg_us


def _us(one: Round) -> float:
    return one.us


def _planned(one: Round) -> float:
    return one.planned


def _size(one: Round) -> float:
    return one.size

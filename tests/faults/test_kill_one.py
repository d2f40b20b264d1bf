"""One process after the other dies while reports stream in; the rest goes on, and the product comes back by itself."""

import random
import time

import psutil
import pytest

from tests.faults.test_kill_everything import SEED
from tests.support.installation import Installation
from tests.support.trial import Trial

LEADERS = ("api", "worker", "scheduler", "postgres", "valkey", "seaweed", "nats")
GRANDCHILDREN = ("api", "worker")
"""Programs whose work is done by a process of theirs; it dies alone as well."""


async def test_nothing_acknowledged_is_lost_while_single_processes_are_killed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("faults")
    dice = random.Random(SEED)
    victims = [*LEADERS, *(f"{name}/" for name in GRANDCHILDREN), "postgres", "scheduler", "worker"]
    dice.shuffle(victims)
    with Installation(folder / "home") as installation:
        installation.start()
        trial = await Trial.begin(installation, folder)
        trial.load(SEED)
        killed: list[str] = []
        for victim in victims:
            time.sleep(dice.uniform(0.8, 2.0))  # noqa: ASYNC251 - the load runs in threads
            _kill(installation, victim, dice)
            killed.append(victim)

        time.sleep(2)  # noqa: ASYNC251
        trial.unload()
        took = trial.resend()
        settled = trial.settle()

        trial.report(seed=SEED, killed=killed, resent=round(took, 2), settled=round(settled, 2))
        assert await trial.judge() == [], f"seed {SEED}, {killed}"
        at_stake = trial.figures()
        assert at_stake.reports >= 30
        assert at_stake.escalations >= 30
        trial.end()


def _kill(installation: Installation, victim: str, dice: random.Random) -> None:
    """SIGKILL to this one process alone, as soon as it is there: it may still be coming up after an earlier death."""
    deadline = time.monotonic() + 20
    while not (found := _called(installation, victim)):
        assert time.monotonic() < deadline, f"no {victim}:\n{installation.printed}"
        time.sleep(0.1)
    dice.choice(found).kill()


def _called(installation: Installation, victim: str) -> list[psutil.Process]:
    programs = installation.programs()
    if victim.endswith("/"):
        return [process for name, process in programs.items() if name.startswith(victim)]
    return [programs[victim]] if victim in programs else []

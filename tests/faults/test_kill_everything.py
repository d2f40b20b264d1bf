"""Everything dies at once, at any moment, under load: nothing acknowledged is lost, nothing happens twice or too early."""

import os
import random
import time

import pytest

from tests.support.installation import Installation
from tests.support.trial import Trial

ROUNDS = int(os.environ.get("ANHUAN_FAULT_ROUNDS", "3"))
SEED = int(os.environ.get("ANHUAN_FAULT_SEED") or random.SystemRandom().randrange(1_000_000))
"""Another one in each run; printed, so that a run can be repeated with its chances."""


async def test_nothing_acknowledged_is_lost_when_every_process_is_killed_at_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("faults")
    with Installation(folder / "home") as installation:
        installation.start()
        trial = await Trial.begin(installation, folder)
        for seed in range(SEED, SEED + ROUNDS):
            dice = random.Random(seed)
            trial.load(seed)
            time.sleep(dice.uniform(3.0, 7.0))  # noqa: ASYNC251 - the load runs in threads

            killed = installation.kill_everything(dice)
            trial.unload()
            took = trial.recover()
            took["settled"] = trial.settle()

            trial.report(seed=seed, killed=killed, **{what: round(value, 2) for what, value in took.items()})
            assert await trial.judge() == [], f"seed {seed}"
            assert killed >= 15, "servers and programs with their own, supervisor and reaper"
        at_stake = trial.figures()
        assert at_stake.reports >= 10 * ROUNDS
        assert at_stake.escalations >= 10 * ROUNDS
        assert len(trial.journal.acked("photo")) >= ROUNDS
        trial.end()

"""Killed between two steps that belong together: what comes after finishes the work, and does none of it twice."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults import programs, windows
from tests.faults.ground import PATIENCE, Ground
from tests.support import proofs
from tests.support.phones import Unanswered, send_again
from tests.support.processes import wait_for


async def test_the_api_dies_between_any_two_steps_of_a_report(ground: Ground, plain_api: str) -> None:
    phone = ground.phone(plain_api)
    for at in windows.API:
        env, sign = _armed(ground, at)
        with programs.api(env, ground.log(at), "tests.faults.mortal_api:create_app") as (_, url):
            phone.url = url
            told = ground.a_photo(phone) if at.startswith("photo") else ground.a_report(phone)
            with pytest.raises(Unanswered):
                phone.carry_out(ground.journal, told)
            assert sign.exists(), f"{at} was never reached"
    stands = [ground.has_case(told) for told in ground.journal.of("report")]

    phone.url = plain_api
    send_again(ground.journal, [phone])
    ground.finish()
    phone.close()

    assert stands == [False, True], "lost before the commit, kept after it"
    assert ground.complaints() == []
    assert await proofs.record(ground.settings, ground.site.tenant_id, ground.folder) == []
    assert proofs.evidence(ground.settings, ground.site.tenant_id, ground.journal) == []


@pytest.mark.parametrize("wing", ["worker", "scheduler"])
async def test_worker_and_scheduler_die_between_any_two_steps_of_an_escalation(
    ground: Ground, plain_api: str, wing: str
) -> None:
    phone = ground.phone(plain_api)
    modules = {"worker": "anhuan_graphql.worker", "scheduler": "anhuan_graphql.scheduler"}
    modules[wing] = f"tests.faults.mortal_{wing}"
    for at in windows.WORKER if wing == "worker" else windows.SCHEDULER:
        env, sign = _armed(ground, at)
        phone.carry_out(ground.journal, ground.a_report(phone))
        assert ground.hurry() > 0
        with ExitStack() as running:
            running.enter_context(programs.worker(env, ground.log(f"worker {at}"), modules["worker"]))
            running.enter_context(
                programs.scheduler(env, ground.log(f"scheduler {at}"), modules["scheduler"])
            )
            wait_for(sign.exists, PATIENCE, ground.log(f"{wing} {at}"))
    phone.close()

    ground.finish()

    assert ground.complaints() == []
    assert await proofs.record(ground.settings, ground.site.tenant_id, ground.folder) == []


def _armed(ground: Ground, at: str) -> tuple[dict[str, str], Path]:
    sign = ground.folder / f"{at}.reached"
    return ground.env | {windows.AT: at, windows.SIGN: str(sign)}, sign

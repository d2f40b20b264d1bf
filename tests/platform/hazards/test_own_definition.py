"""A company's own version of the loop: any two of three reviewers are enough, and running cases keep the version they began with."""

import json
from typing import Any

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_platform.loops import definition
from anhuan_platform.loops.library.hazard import HAZARD
from anhuan_platform.loops.service import opening
from tests.support.plant import a_plant


def _two_of_three() -> dict[str, Any]:
    body: dict[str, Any] = json.loads(json.dumps(definition.write(HAZARD)))
    accept = next(step for step in body["steps"] if step["code"] == "accept")
    accept.update(mode="parallel", need=2)
    return body


async def test_two_of_three_are_enough_and_running_cases_keep_their_version(
    sessions: Sessions, settings: Settings
) -> None:
    plant = await a_plant(sessions, settings)
    before = await plant.report()
    async with plant.as_("director") as work:
        row = await opening.publish(work, _two_of_three())
        version = row.version
    after = await plant.report(text="另一处防护缺失")
    for hazard_id in (before, after):
        await plant.grade(hazard_id, "C")
        await plant.assign(hazard_id, "tlead")
        await plant.rectify(hazard_id)

    assert version == 2
    assert await plant.open_steps(before) == {"accept": ["tlead"]}
    assert await plant.open_steps(after) == {"accept": ["tlead", "wei", "leader"]}
    await plant.review(after, "leader")
    assert await plant.open_steps(after) == {"accept": ["tlead", "wei"]}
    await plant.review(after, "tlead")
    assert await plant.open_steps(after) == {"verify": ["wei", "whead"]}

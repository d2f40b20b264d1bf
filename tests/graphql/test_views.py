"""Saved views over the API: saved, listed, changed, shared, removed."""

from typing import Any

import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from tests.support.plant import Plant, a_plant
from tests.support.wire import Wire

LISTED = '{ savedViews(target: "hazards") { id name body rank isDefault isMine owner { name } sharedWith { name } } }'
RESULT = "{ id name isMine sharedWith { name } }"


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def test_a_view_is_saved_shared_changed_and_removed(wire: Wire, plant: Plant) -> None:
    wei, leader = [await wire.token_of(plant.company.id, plant.people[one]) for one in ("wei", "leader")]
    given: dict[str, Any] = {
        "id": str(new_id()), "target": "hazards", "name": "本厂超期", "body": {"filter": {"overdue": True}, "order": "DUE"},
        "unitId": str(plant.unit_ids["branch"]), "isDefault": True,
    }  # fmt: skip

    saved = await wire.done("saveView", RESULT, wei, **given)
    again = await wire.done("saveView", RESULT, wei, **given)
    (theirs,) = await wire.data(LISTED, leader)
    declined = await wire.act("removeView", "", leader, id=given["id"])
    await wire.done("saveView", RESULT, wei, **(given | {"unitId": None, "name": "我的超期"}))
    after, (mine,) = await wire.data(LISTED, leader), await wire.data(LISTED, wei)

    assert (
        saved
        == again
        == {"id": given["id"], "name": "本厂超期", "isMine": True, "sharedWith": {"name": "第一分厂"}}
    )
    assert (theirs["isMine"], theirs["owner"], theirs["body"]) == (False, {"name": "魏建国"}, given["body"])
    assert [problem["code"] for problem in declined["errors"]] == ["VIEW_NOT_YOURS"]
    assert after == []
    assert (mine["name"], mine["isDefault"], mine["sharedWith"]) == ("我的超期", True, None)
    assert await wire.done("removeView", "", wei, id=given["id"]) is True
    assert await wire.data(LISTED, wei) == []


async def test_a_body_that_does_not_fit_is_refused_with_its_place(wire: Wire, plant: Plant) -> None:
    wei = await wire.token_of(plant.company.id, plant.people["wei"])
    said = await wire.act(
        "saveView",
        "{ id }",
        wei,
        id=str(new_id()),
        target="hazards",
        name="x",
        body={"filter": {"grades": ["Z"]}},
    )

    assert [(one["code"], one["path"]) for one in said["errors"]] == [("BAD_INPUT", "body.filter.grades.0")]

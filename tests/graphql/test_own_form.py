"""A company whose form asks for more than the shipped one: what it asks for can be answered, and is asked for by name."""

import json
from typing import Any

import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.loops import definition
from anhuan_platform.loops.library.hazard import HAZARD
from tests.support.plant import Plant, a_plant
from tests.support.wire import Wire

SAID = "{ status tasks { step answers } }"
LOTO = {"type": "string", "pattern": "^LOTO-[0-9]{3}$"}


def with_more(**forms: dict[str, Any]) -> dict[str, Any]:
    """The shipped loop whose named steps ask for these fields too."""
    body: dict[str, Any] = json.loads(json.dumps(definition.write(HAZARD)))
    for step in body["steps"]:
        if more := forms.get(step["code"]):
            step["form"]["properties"] |= more
            step["form"]["required"] += list(more)
    return body


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings, wire: Wire) -> Plant:
    """A company whose interim control and rectification ask for a lock-out number."""
    plant = await a_plant(sessions, settings)
    director = await wire.token_of(plant.company.id, plant.people["director"])
    body = with_more(control={"loto": LOTO}, rectify={"loto": LOTO, "cost": {"type": "number", "minimum": 0}})
    await wire.done("publishDefinition", "{ version }", director, body=body)
    return plant


async def rectifying(plant: Plant) -> dict[str, Any]:
    """A hazard that waits for its work, and the work handed in as the shipped form asks."""
    hazard = await plant.report()
    await plant.grade(hazard, "C")
    await plant.assign(hazard, "tlead")
    proofs = [{"evidenceId": str(await plant.photo("fitter")), "purpose": one} for one in ("BEFORE", "AFTER")]
    test = {"passed": True, "summary": "空载试车合格"}
    return {"hazardId": str(hazard), "measures": "加装防护罩", "test": test, "evidence": proofs}


def answers_to(said: dict[str, Any], step: str) -> Any:
    return next(task["answers"] for task in said["result"]["tasks"] if task["step"] == step)


async def test_what_the_form_asks_for_is_named_and_can_be_answered(wire: Wire, plant: Plant) -> None:
    fitter = await wire.token_of(plant.company.id, plant.people["fitter"])
    given = await rectifying(plant)

    missing = await wire.act("submitRectification", SAID, fitter, **given)
    unfit = await wire.act(
        "submitRectification", SAID, fitter, **given, answers={"loto": "LOTO-1", "cost": 12.5}
    )
    done = await wire.act(
        "submitRectification", SAID, fitter, **given, answers={"loto": "LOTO-017", "cost": 12.5}
    )

    assert [(one["code"], one["path"]) for one in missing["errors"]] == [("FORM_INVALID", "loto")]
    assert [(one["code"], one["path"]) for one in unfit["errors"]] == [("FORM_INVALID", "loto")]
    assert done["errors"] == []
    assert answers_to(done, "rectify") == {
        "measures": "加装防护罩",
        "test": given["test"],
        "loto": "LOTO-017",
        "cost": 12.5,
    }


async def test_interim_control_takes_them_too(wire: Wire, plant: Plant) -> None:
    fitter = await wire.token_of(plant.company.id, plant.people["fitter"])
    hazard = await plant.report()
    await plant.grade(hazard, "B")
    await plant.assign(hazard, "wei")
    given = {"hazardId": str(hazard), "measures": "断电挂牌，设专人监护"}

    missing = await wire.act("submitControl", SAID, fitter, **given)
    done = await wire.act("submitControl", SAID, fitter, **given, answers={"loto": "LOTO-018"})

    assert [(one["code"], one["path"]) for one in missing["errors"]] == [("FORM_INVALID", "loto")]
    assert answers_to(done, "control") == {"measures": given["measures"], "loto": "LOTO-018"}


async def test_named_arguments_win_and_only_an_object_is_taken(wire: Wire, plant: Plant) -> None:
    fitter = await wire.token_of(plant.company.id, plant.people["fitter"])
    given = await rectifying(plant)
    more = {"loto": "LOTO-019", "cost": 1}

    for odd in ([], "x", 7, [more]):
        said = await wire.act("submitRectification", SAID, fitter, **given, answers=odd)
        assert [(one["code"], one["path"]) for one in said["errors"]] == [("BAD_INPUT", "answers")]
    forged = {"measures": "另一种说法", "test": {"passed": False, "summary": "未通过"}}
    done = await wire.act("submitRectification", SAID, fitter, **given, answers=more | forged)

    assert answers_to(done, "rectify") == more | {"measures": "加装防护罩", "test": given["test"]}


async def test_other_answers_under_the_same_id_are_a_conflict(wire: Wire, plant: Plant) -> None:
    fitter = await wire.token_of(plant.company.id, plant.people["fitter"])
    given = (await rectifying(plant)) | {"id": str(new_id())}
    more = {"loto": "LOTO-020", "cost": 3}

    first = await wire.act("submitRectification", SAID, fitter, **given, answers=more)
    again = await wire.act("submitRectification", SAID, fitter, **given, answers=more)
    other = await wire.act("submitRectification", SAID, fitter, **given, answers=more | {"cost": 4})
    without = await wire.act("submitRectification", SAID, fitter, **given)

    assert first == again and first["errors"] == []
    for said in (other, without):
        assert [(one["code"], one["path"]) for one in said["errors"]] == [("CONFLICT", "id")]


async def test_a_form_that_nobody_could_fill_is_still_no_form(wire: Wire, plant: Plant) -> None:
    """A phone asks for what the form describes; a field that is only demanded could never be answered."""
    director = await wire.token_of(plant.company.id, plant.people["director"])
    undescribed, closed, graded = with_more(), with_more(), with_more()
    undescribed["steps"][2]["form"]["required"].append("loto")
    closed["steps"][2]["form"]["properties"] = {"loto": LOTO}
    closed["steps"][2]["form"] |= {"required": ["loto"], "additionalProperties": False}
    graded["steps"][0]["form"] = {"required": ["loto"], "properties": {"loto": LOTO}}

    for body in (undescribed, closed, graded):
        said = await wire.act("publishDefinition", "{ version }", director, body=body)
        assert [one["code"] for one in said["errors"]] == ["DEFINITION_INVALID"]
        assert "asks for what nobody is asked" in said["errors"][0]["message"]

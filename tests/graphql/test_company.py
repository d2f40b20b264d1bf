"""When a company works and how strict its door is, set over the API by who may, with what was before on record."""

from typing import Any

import pytest
from sqlalchemy import select

from anhuan_infra.db.engine import Sessions
from anhuan_infra.outbox.models import Postponed
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.settings import Settings
from tests.support.plant import Plant, a_plant
from tests.support.wire import Wire

CALENDARS = (
    "{ workCalendars { name shifts exceptions usesPublicHolidays version unit { name } changedBy { name } } }"
)
STRICT = "{ idleMinutes lockAfter stayHours ranges { name least most } }"
WEEK: dict[str, Any] = {str(day): [["07:30", "11:30"], ["12:30", "16:30"]] for day in range(6)}
GIVEN: dict[str, Any] = {
    "name": "六天常日班",
    "zone": "Asia/Shanghai",
    "shifts": WEEK,
    "exceptions": {"2026-11-23": "rest"},
}


@pytest.fixture
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


@pytest.fixture
async def admin(wire: Wire, plant: Plant) -> str:
    return await wire.token_of(plant.company.id, plant.company.founder_id)


async def recorded(plant: Plant, act: str) -> list[dict[str, Any]]:
    async with plant.company.house() as work:
        query = (
            select(RecordEntry.body).where(RecordEntry.act == act).order_by(RecordEntry.at, RecordEntry.id)
        )
        return [dict(body) for body in await work.session.scalars(query)]


async def recounted(plant: Plant) -> int:
    async with plant.company.house() as work:
        query = select(Postponed.id).where(Postponed.job == "loops.recalendar")
        return len((await work.session.scalars(query)).all())


async def test_a_calendar_is_set_for_the_company_and_for_a_unit_and_taken_away(
    wire: Wire, plant: Plant, admin: str
) -> None:
    assert await wire.data(CALENDARS, admin) == []
    shipped = await wire.data("{ shippedWeek }", admin)
    assert shipped["0"] == [["08:00", "12:00"], ["13:00", "17:00"]] and shipped["6"] == []

    first = await wire.done("setCalendar", "{ version }", admin, **GIVEN)
    again = await wire.done("setCalendar", "{ version }", admin, **GIVEN)
    unit = str(plant.unit_ids["workshop"])
    await wire.done("setCalendar", "{ version }", admin, **(GIVEN | {"name": "车间"}), unitId=unit)
    company, workshop = await wire.data(CALENDARS, admin)
    removed = [await wire.done("removeCalendar", "", admin, unitId=unit) for _ in range(2)]

    assert first == again
    assert company["shifts"] == WEEK and company["exceptions"] == {"2026-11-23": "rest"}
    assert (company["unit"], workshop["unit"]) == (None, {"name": "冲压车间"})
    assert company["changedBy"] is not None and company["usesPublicHolidays"] is True
    assert removed == [True, False]
    assert len(await wire.data(CALENDARS, admin)) == 1
    assert [one["before"] for one in await recorded(plant, "calendar.set")] == [None, None]
    assert len(await recorded(plant, "calendar.removed")) == 1
    assert await recounted(plant) == 3


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"shifts": []}, "shifts"),
        ({"shifts": {}}, "shifts"),
        ({"shifts": {str(day): [] for day in range(7)}}, "shifts"),
        ({"shifts": WEEK | {"2": [["08:00", "25:00"]]}}, "shifts.2"),
        ({"exceptions": {"2026-02-30": "rest"}}, "exceptions.2026-02-30"),
        ({"exceptions": "rest"}, "exceptions"),
        ({"zone": "Asia/Anhuan"}, "zone"),
        ({"name": ""}, "name"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_its_field(
    wire: Wire, admin: str, wrong: dict[str, Any], path: str
) -> None:
    said = await wire.act("setCalendar", "{ version }", admin, **(GIVEN | wrong))

    assert [(one["code"], one["path"]) for one in said["errors"]] == [("BAD_INPUT", path)]
    assert await wire.data(CALENDARS, admin) == []


async def test_a_calendar_that_somebody_else_changed_meanwhile_stays(
    wire: Wire, plant: Plant, admin: str
) -> None:
    seen = (await wire.done("setCalendar", "{ version }", admin, **GIVEN))["version"]
    theirs = await wire.done("setCalendar", "{ version }", admin, **(GIVEN | {"name": "甲"}), seen=seen)
    mine = await wire.act("setCalendar", "{ version }", admin, **(GIVEN | {"name": "乙"}), seen=seen)

    assert [(one["code"], one["path"]) for one in mine["errors"]] == [("CONFLICT", "seen")]
    (now,) = await wire.data(CALENDARS, admin)
    assert (now["name"], now["version"]) == ("甲", theirs["version"])
    first, second = await recorded(plant, "calendar.set")
    assert second["before"] == first["after"] and second["after"]["name"] == "甲"


async def test_the_door_is_made_stricter_field_by_field(wire: Wire, plant: Plant, admin: str) -> None:
    before = await wire.data(f"{{ strictness {STRICT} }}", admin)
    after = await wire.done("setStrictness", STRICT, admin, idleMinutes=15)
    await wire.done("setStrictness", STRICT, admin, idleMinutes=15)

    assert after == before | {"idleMinutes": 15} == await wire.data(f"{{ strictness {STRICT} }}", admin)
    (entry,) = await recorded(plant, "company.strictness_changed")
    assert (entry["before"]["idle_minutes"], entry["after"]["idle_minutes"]) == (30, 15)
    for one in before["ranges"]:
        for value in (one["least"] - 1, one["most"] + 1):
            said = await wire.act("setStrictness", STRICT, admin, **{one["name"]: value})
            assert [(problem["code"], problem["path"]) for problem in said["errors"]] == [
                ("BAD_INPUT", one["name"])
            ]
    assert len(await recorded(plant, "company.strictness_changed")) == 1


async def test_who_may_not_is_refused_and_a_branch_keeps_its_own_calendar(wire: Wire, plant: Plant) -> None:
    lin, wei = [await wire.token_of(plant.company.id, plant.people[one]) for one in ("lin", "wei")]
    branch = str(plant.unit_ids["branch"])

    for token in (lin, wei):
        said = await wire.act("setStrictness", STRICT, token, idleMinutes=600)
        assert [one["code"] for one in said["errors"]] == ["FORBIDDEN"]
        said = await wire.act("setCalendar", "{ version }", token, **GIVEN)
        assert [one["code"] for one in said["errors"]] == ["FORBIDDEN"]
    for question in (CALENDARS, "{ strictness { idleMinutes } }"):
        said = await wire.ask(question, lin)
        assert [one["extensions"]["code"] for one in said["errors"]] == ["FORBIDDEN"]
    await wire.done("setCalendar", "{ version }", wei, **GIVEN, unitId=branch)

    assert [one["unit"] for one in await wire.data(CALENDARS, wei)] == [{"name": "第一分厂"}]

"""The overview on the wire: in the reader's language, for who is signed in, within a branch for who sees a branch."""

from typing import Any

import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from tests.support.plant import Plant, a_plant
from tests.support.wire import Wire

ASKED = """query($unit: UUID, $from: DateTime, $until: DateTime) { overview(unit: $unit, from: $from, until: $until) {
    asOf zone unit { name } standing { open a b c ungraded overdue } here { open } units { unit { id name } standing { open c } }
    longestOverdue { id number } stopOrdersInForce stopOrders { reason } reported closed calledOff step series { day reported closed }
    stages { stage hours n } stagesRule closingRate { numerator denominator percent rule } onTimeRate { percent rule }
    participation { numerator denominator rule } types { type { code nameZh } open reported } } }"""


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def _asked(wire: Wire, plant: Plant, account: str, **variables: Any) -> Any:
    token = await wire.token_of(plant.company.id, plant.people[account])
    return await wire.data(ASKED, token, **variables)


async def test_a_manager_reads_figures_with_the_rule_behind_each(wire: Wire, plant: Plant) -> None:
    hazard_id = await plant.report()
    await plant.grade(hazard_id, "C")

    said = await _asked(wire, plant, "wei")

    assert said["unit"]["name"] == "第一分厂"
    assert said["standing"] == {"open": 1, "a": 0, "b": 0, "c": 1, "ungraded": 0, "overdue": 0}
    assert [(one["unit"]["name"], one["standing"]["open"]) for one in said["units"]] == [
        ("冲压车间", 1), ("喷涂车间", 0), ("设备科", 0),
    ]  # fmt: skip
    assert (said["reported"], said["closed"], said["step"], len(said["series"])) == (1, 0, "DAY", 31)
    assert (said["closingRate"]["denominator"], said["closingRate"]["percent"]) == (1, 0)
    assert said["closingRate"]["rule"].startswith("期内上报")
    assert said["onTimeRate"]["percent"] is None
    assert [one["stage"] for one in said["stages"]] == [
        "GRADING",
        "DISPATCH",
        "RECTIFICATION",
        "REVIEW",
        "CLOSING",
    ]
    assert said["types"] == [
        {"type": {"code": "machine_guard", "nameZh": "机械防护"}, "open": 1, "reported": 1}
    ]
    assert said["zone"] == "Asia/Shanghai"


async def test_who_heads_another_workshop_counts_nothing_of_this_one(wire: Wire, plant: Plant) -> None:
    await plant.report()
    elsewhere = await plant.company.person("喷涂主任", "workshop_head", unit_no=plant.units["other"])
    token = await wire.token_of(plant.company.id, elsewhere)
    theirs = await wire.data(ASKED, token)
    peeking = await wire.data(ASKED, token, unit=str(plant.unit_ids["workshop"]))
    ours = await _asked(wire, plant, "whead")

    assert (theirs["unit"]["name"], theirs["standing"]["open"], theirs["reported"]) == ("喷涂车间", 0, 0)
    assert (peeking["standing"]["open"], peeking["reported"], peeking["participation"]) == (0, 0, None)
    assert ours["standing"]["open"] == ours["reported"] > 0


@pytest.mark.parametrize(
    "span",
    [
        {"until": "0001-01-01T00:00:00Z"},
        {"from": "0001-01-01T00:00:00Z", "until": "0001-01-10T00:00:00Z"},
        {"from": "9999-12-01T00:00:00Z", "until": "9999-12-31T23:59:59Z"},
        {"from": "1899-12-31T23:59:59Z"},
    ],
)
async def test_the_ends_of_time_are_no_times(wire: Wire, plant: Plant, span: dict[str, str]) -> None:
    """A zone cannot be added there; kept in a report, such a time would keep its case from ever being printed."""
    token = await wire.token_of(plant.company.id, plant.people["wei"])

    asked = await wire.ask(ASKED, token, **span)
    told = await wire.ask(
        "mutation($i: ReportHazardInput!) { reportHazard(input: $i) { result { id } errors { code } } }", token,
        i={"id": str(new_id()), "description": "x", "seenAt": next(iter(span.values()))},
    )  # fmt: skip

    for said in (asked, told):
        assert {one["extensions"]["code"] for one in said["errors"]} == {"BAD_REQUEST"}


async def test_a_span_that_is_none_is_refused_with_its_field(wire: Wire, plant: Plant) -> None:
    token = await wire.token_of(plant.company.id, plant.people["wei"])
    said = await wire.ask(ASKED, token, **{"from": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"})

    assert said["errors"][0]["extensions"] == {"code": "BAD_INPUT", "path": "from"}

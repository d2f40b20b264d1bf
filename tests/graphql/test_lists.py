"""Lists: pages that miss and repeat nothing, cursors that fit only their own list, filters that all hold."""

import base64
from typing import Any

import pytest
from sqlalchemy import event

from anhuan_infra.ids import new_id
from tests.support.people import Cast
from tests.support.wire import Wire

BOARD = """query($first: Int, $after: String, $filter: HazardFilter, $orderBy: HazardOrder! = DUE) {
  hazards(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { node { id dueAt openedAt grade } cursor } pageInfo { hasNextPage endCursor hasPreviousPage } totalCount } }"""


@pytest.fixture(scope="module")
async def reporter(wire: Wire, cast: Cast) -> tuple[str, list[str]]:
    """A worker of their own with 23 hazards, of which one is graded."""
    person = await cast.a.person("上报人", "worker", unit_no=cast.workshop)
    token = await wire.token_of(cast.a.id, person)
    ids = [str(new_id()) for _ in range(23)]
    for number, hazard in enumerate(ids):
        text = "叉车超速行驶" if number % 2 else f"灭火器过期 第{number}处"
        await wire.done("reportHazard", "{ id }", token, id=hazard, description=text)
    return token, ids


async def walked(wire: Wire, token: str, **given: Any) -> list[str]:
    """Every id of a list, page by page."""
    found: list[str] = []
    after = None
    while True:
        page = await wire.data(BOARD, token, first=5, after=after, **given)
        found += [edge["node"]["id"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


@pytest.mark.parametrize("order", ["DUE", "OPENED"])
async def test_pages_miss_nothing_and_repeat_nothing(
    wire: Wire, reporter: tuple[str, list[str]], order: str
) -> None:
    token, ids = reporter

    found = await walked(wire, token, orderBy=order)

    assert sorted(found) == sorted(ids)
    assert found == (ids if order == "DUE" else ids[::-1])


async def test_the_whole_is_counted_when_asked(wire: Wire, reporter: tuple[str, list[str]]) -> None:
    token, _ = reporter
    page = await wire.data(BOARD, token, first=2)

    assert (page["totalCount"], len(page["edges"])) == (23, 2)


async def test_filters_all_hold(wire: Wire, cast: Cast, wei: str, reporter: tuple[str, list[str]]) -> None:
    token, _ = reporter
    units = {unit["name"]: unit["id"] for unit in await wire.data("{ organisation { id name } }", wei)}

    async def count(who: str, **narrowed: Any) -> int:
        page: dict[str, Any] = await wire.data(BOARD, who, filter=narrowed)
        return int(page["totalCount"])

    assert await count(token, text="第2") == 2 + 1  # 第2处, 第20处, 第22处
    assert await count(token, type="fire") == 12
    assert await count(token, type="fire", text="叉车") == 0
    assert await count(wei, unit=units["冲压车间"], text="灭火器过期") == 12
    assert await count(wei, unit=units["第一分厂"], text="灭火器过期") == 12
    assert await count(wei, unit=units["甲班"], text="灭火器过期") == 0
    assert await count(token, overdue=True) == 0
    assert await count(token, overdue=False) == 23
    assert await count(token, mine=True) == 23
    assert await count(token, reported=True) == 23
    # Wei, the safety officer, has a part in each as who grades it, and reported none of them.
    assert await count(wei, mine=True, text="灭火器过期") == 12
    assert await count(wei, reported=True, text="灭火器过期") == 0
    assert await count(token, grades=["A"]) == 0
    assert await count(token, status="CLOSED") == 0
    assert await count(token, openedFrom="2100-01-01T00:00:00Z") == 0
    assert await count(token, text="100%_") == 0


async def test_a_number_is_found_however_it_is_typed(wire: Wire, reporter: tuple[str, list[str]]) -> None:
    token, ids = reporter
    hazard = await wire.data("query($id: UUID!) { hazard(id: $id) { number } }", token, id=ids[0])
    number = str(hazard["number"])

    for typed in (number, number.lower()):
        page = await wire.data(BOARD, token, filter={"text": typed})
        assert [edge["node"]["id"] for edge in page["edges"]] == ids[:1]


async def test_a_cursor_fits_only_its_own_list(
    wire: Wire, wei: str, sara: str, reporter: tuple[str, list[str]]
) -> None:
    token, _ = reporter
    cursor = (await wire.data(BOARD, token, first=2))["pageInfo"]["endCursor"]
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[-2] ^= 1
    forged = base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")
    people = "query($after: String) { people(after: $after) { totalCount } }"

    tries = {
        "another company": await wire.ask(BOARD, sara, after=cursor),
        "another order": await wire.ask(BOARD, token, after=cursor, orderBy="OPENED"),
        "another filter": await wire.ask(BOARD, token, after=cursor, filter={"text": "x"}),
        "another list": await wire.ask(people, token, after=cursor),
        "forged": await wire.ask(BOARD, token, after=forged),
        "nonsense": await wire.ask(BOARD, token, after="nonsense"),
        "not ASCII": await wire.ask(BOARD, token, after="游标"),
        "empty": await wire.ask(BOARD, token, after=""),
        "endless": await wire.ask(BOARD, token, after="A" * 9_000),
    }

    for how, said in tries.items():
        assert [problem["extensions"] for problem in said["errors"]] == [
            {"code": "BAD_CURSOR", "path": "after"}
        ], how
    assert (await wire.data(BOARD, token, after=cursor, first=2))["pageInfo"]["hasPreviousPage"] is True


@pytest.mark.parametrize("first", [0, -1, 101, 2_000_000_000])
async def test_a_page_has_from_one_to_a_hundred(wire: Wire, lin: str, first: int) -> None:
    said = await wire.ask(BOARD, lin, first=first)

    assert said["errors"][0]["extensions"] == {"code": "BAD_INPUT", "path": "first"}


async def test_lists_within_lists_are_read_in_few_statements(
    wire: Wire, reporter: tuple[str, list[str]]
) -> None:
    """Twenty cases with their tasks, seats and people cost as many statements as two."""
    token, _ = reporter
    query = "query($n: Int) { hazards(first: $n) { edges { node { unit { name } reporter { name } people { person { name } } tasks { stepName seats { candidates { name } } } } } } }"
    told: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        told.append(statement)

    engine = wire.house.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        counts = []
        for size in (2, 20):
            wire.house.planner.forget()
            told.clear()
            await wire.data(query, token, n=size)
            counts.append(len(told))
    finally:
        event.remove(engine, "before_cursor_execute", note)

    assert counts[0] == counts[1]
    assert counts[1] <= 16, told


async def test_people_of_an_outside_party(wire: Wire, cast: Cast) -> None:
    admin = await wire.token_of(
        cast.a.id, await cast.a.person("管理员甲", "tenant_admin", unit_no=cast.workshop)
    )
    unit = (await wire.data("{ organisation { id } }", admin))[0]["id"]
    parties = [str(new_id()), str(new_id())]
    for no, party in enumerate(parties):
        await wire.done(
            "addParty",
            "{ id }",
            admin,
            id=party,
            code=f"PT{no}",
            name=f"外协{no}",
            kind="CONTRACTOR",
            unitId=unit,
        )
        await wire.done(
            "addPerson",
            "{ activationCode }",
            admin,
            id=str(new_id()),
            account=f"outside{no}",
            name=f"外协工{no}",
            unitId=unit,
            partyId=party,
        )

    query = "query($party: UUID) { people(party: $party) { edges { node { name } } totalCount } }"
    found = await wire.data(query, admin, party=parties[1])

    assert [edge["node"]["name"] for edge in found["edges"]] == ["外协工1"]
    assert found["totalCount"] == 1

"""Saved views: one's own, shared with a unit and what is under it, changed by their owner alone, never by another company."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import CursorResult, Delete, Update, delete, func, select, text, update
from sqlalchemy.exc import ProgrammingError

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import BadInput, Forbidden, NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.settings import Settings
from anhuan_infra.work import Work
from anhuan_platform.boards import rules, service
from anhuan_platform.boards.errors import ViewNotYours, ViewsTooMany, ViewUnfit, ViewUnknownList
from anhuan_platform.boards.models import SavedView
from anhuan_platform.boards.service import ViewGiven
from tests.support.plant import Plant, a_plant

BODY = {
    "filter": {"status": "OPEN", "grades": ["A", "B"], "overdue": True},
    "order": "DUE",
    "columns": ["number"],
}


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def _save(plant: Plant, account: str, **more: Any) -> UUID:
    usual: dict[str, Any] = {"id": new_id(), "target": "hazards", "name": "超期未改", "body": BODY}
    given = ViewGiven(**(usual | more))
    async with plant.as_(account) as work:
        return (await service.save(work, given)).id


async def _seen(plant: Plant, account: str) -> list[UUID]:
    async with plant.as_(account) as work:
        return [row.id for row in await service.views(work, "hazards")]


async def test_what_is_not_shared_is_seen_by_its_owner_alone(plant: Plant) -> None:
    view = await _save(plant, "wei")

    assert view in await _seen(plant, "wei")
    for account in ("gm", "director", "leader", "lin"):
        assert view not in await _seen(plant, account)


async def test_what_is_shared_is_seen_by_who_reads_cases_in_the_unit_or_under_it(plant: Plant) -> None:
    with_workshop = await _save(plant, "wei", unit_id=plant.unit_ids["workshop"])
    with_branch = await _save(plant, "leader", unit_id=plant.unit_ids["branch"])

    seen = {
        account: set(await _seen(plant, account)) for account in ("gm", "whead", "tlead", "fitter", "lin")
    }
    both = {with_workshop, with_branch}
    assert {account: both & views for account, views in seen.items()} == {
        "gm": both, "whead": both, "tlead": both, "fitter": set(), "lin": set(),
    }  # fmt: skip
    outsider = await plant.company.person("喷涂主任", "workshop_head", unit_no=plant.units["other"])
    async with plant.company.work(outsider) as work:
        assert both & {row.id for row in await service.views(work, "hazards")} == {with_branch}


async def test_one_shares_only_where_one_reads_cases(plant: Plant) -> None:
    with pytest.raises(Forbidden):
        await _save(plant, "whead", unit_id=plant.unit_ids["other"])
    with pytest.raises(NotFound):
        await _save(plant, "wei", unit_id=new_id())


async def test_only_its_owner_changes_or_removes_a_view(plant: Plant) -> None:
    view = await _save(plant, "wei", unit_id=plant.unit_ids["branch"])

    with pytest.raises(ViewNotYours):
        await _save(plant, "leader", id=view, name="改名")
    with pytest.raises(ViewNotYours):
        async with plant.as_("leader") as work:
            await service.remove(work, view)
    with pytest.raises(NotFound):
        async with plant.as_("lin") as work:
            await service.remove(work, view)
    async with plant.as_("wei") as work:
        await service.remove(work, view)
    assert view not in await _seen(plant, "wei")


async def test_saving_again_changes_it_and_takes_it_back(plant: Plant) -> None:
    view = await _save(plant, "wei", unit_id=plant.unit_ids["branch"])
    await _save(plant, "wei", id=view, name="我的超期", body={"order": "OPENED"}, rank=3)

    async with plant.as_("wei") as work:
        row = await work.session.get_one(SavedView, (work.tenant_id, view))
        assert (row.name, row.body, row.rank, row.unit_no, row.shared_with) == (
            "我的超期", {"order": "OPENED"}, 3, None, [],
        )  # fmt: skip
    assert view not in await _seen(plant, "leader")
    async with plant.company.house() as work:
        query = select(RecordEntry.act).where(RecordEntry.subject_id == view)
        assert list(await work.session.scalars(query)) == ["view.shared", "view.shared"]


async def test_one_view_of_a_person_opens_first(plant: Plant) -> None:
    first = await _save(plant, "director", is_default=True)
    second = await _save(plant, "director", is_default=True)
    others = await _save(plant, "ehead", is_default=True)

    async with plant.as_("director") as work:
        rows = {row.id: row.is_default for row in await service.views(work, "hazards")}
    assert (rows[first], rows[second]) == (False, True)
    async with plant.as_("ehead") as work:
        assert (await work.session.get_one(SavedView, (work.tenant_id, others))).is_default


async def test_there_is_a_limit(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    view = await _save(plant, "dhead")
    monkeypatch.setattr(rules, "MOST_VIEWS", 1)

    with pytest.raises(ViewsTooMany):
        await _save(plant, "dhead")
    await _save(plant, "dhead", id=view, name="仍可修改")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ([], "body"),
        ("x", "body"),
        ({"filter": {"tenant": "x"}}, "body.filter"),
        ({"filter": {"grades": ["Z"]}}, "body.filter.grades.0"),
        ({"filter": {"unit": "not-an-id"}}, "body.filter.unit"),
        ({"filter": {"openedFrom": "yesterday"}}, "body.filter.openedFrom"),
        ({"order": "RANDOM"}, "body.order"),
        ({"columns": ["a"] * 2}, "body.columns"),
        ({"lastDays": 0}, "body.lastDays"),
        ({"script": "x"}, "body"),
    ],
)
async def test_a_body_that_is_no_view_is_refused_with_its_place(plant: Plant, body: Any, path: str) -> None:
    with pytest.raises(ViewUnfit) as refused:
        await _save(plant, "wei", body=body)

    assert refused.value.path == path


async def test_a_heap_is_refused_and_eight_kilobytes_are_kept(plant: Plant) -> None:
    room = rules.MOST_BYTES - len('{"show": {"x": ""}}')
    await _save(plant, "wei", body={"show": {"x": "a" * room}})

    with pytest.raises(ViewUnfit, match="8193 bytes, at most 8192"):
        await _save(plant, "wei", body={"show": {"x": "a" * (room + 1)}})
    with pytest.raises(ViewUnknownList):
        await _save(plant, "wei", target="people")
    with pytest.raises(BadInput):
        await _save(plant, "wei", rank=-1)


async def test_another_company_sees_none_of_it(plant: Plant, sessions: Sessions, settings: Settings) -> None:
    view = await _save(plant, "wei", unit_id=plant.unit_ids["branch"])
    elsewhere = await a_plant(sessions, settings)
    count = select(func.count()).where(SavedView.id == view)

    async with elsewhere.as_("gm") as work:
        assert await work.session.scalar(count) == 0
    async with plant.as_("gm") as work:
        assert await work.session.scalar(count) == 1


async def test_nobody_writes_a_view_in_the_name_of_another(plant: Plant) -> None:
    insert = text(
        "insert into saved_views (tenant_id, id, person_id, target, name, body)"
        " values (:tenant, :id, :person, 'hazards', 'x', '{}')"
    )
    async with plant.as_("wei") as work:
        values = {"tenant": work.tenant_id, "id": new_id(), "person": plant.people["gm"]}
        with pytest.raises(Exception, match="violates row-level security policy"):
            await work.session.execute(insert, values)
        await work.session.rollback()


async def test_the_database_itself_keeps_a_view_its_owners(plant: Plant) -> None:
    """As if a service had forgotten to ask: a colleague who sees the view can neither change it, take it away nor make it theirs."""
    view = await _save(plant, "wei", unit_id=plant.unit_ids["branch"])
    mine = SavedView.id == view

    async with plant.as_("leader") as work:
        assert await work.session.scalar(select(SavedView.name).where(mine)) == "超期未改"
        assert await _touched(work, update(SavedView).where(mine).values(name="改名")) == 0
        taking = update(SavedView).where(mine).values(person_id=plant.people["leader"])
        assert await _touched(work, taking) == 0
        assert await _touched(work, delete(SavedView).where(mine)) == 0

    async with plant.as_("wei") as work:
        assert await work.session.scalar(select(SavedView.name).where(mine)) == "超期未改"
        # Positive control: the same statements reach one's own; nor is it given away.
        assert await _touched(work, update(SavedView).where(mine).values(name="改名")) == 1
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with work.session.begin_nested():
                giving = update(SavedView).where(mine).values(person_id=plant.people["leader"])
                await work.session.execute(giving)
        assert await _touched(work, delete(SavedView).where(mine)) == 1


async def _touched(work: Work, statement: Update | Delete) -> int:
    done = await work.session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)
    return done.rowcount

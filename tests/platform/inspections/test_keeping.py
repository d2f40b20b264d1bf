"""Checklists of a company: drafts, versions that never change, retiring and copying, who may, and that another company sees none."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import BadInput, Forbidden, NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.settings import Settings
from anhuan_platform.inspections import checklist as checklists
from anhuan_platform.inspections import library, repository
from anhuan_platform.inspections.checklist import Fit
from anhuan_platform.inspections.errors import (
    ChecklistCodeTaken,
    ChecklistMoved,
    ChecklistRetired,
    ChecklistUnfit,
)
from anhuan_platform.inspections.rules import Situation, fits
from anhuan_platform.inspections.service import drafting, shipping, using
from anhuan_platform.inspections.service.drafting import DraftGiven
from tests.support.checklists import a_list, an_item
from tests.support.people import a_company
from tests.support.plant import Plant, a_plant


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


def _body(code: str, *items: Any, **more: Any) -> dict[str, Any]:
    return checklists.write(a_list(*(items or (an_item("a", points=1),)), **more)) | {"code": code}


async def _draft(plant: Plant, body: dict[str, Any], list_id: UUID | None = None, **more: Any) -> UUID:
    async with plant.as_("director") as work:
        return (await drafting.save(work, DraftGiven(list_id or new_id(), body, **more))).id


async def _publish(plant: Plant, list_id: UUID) -> int:
    async with plant.as_("director") as work:
        return (await drafting.publish(work, list_id)).version


async def _acts(plant: Plant, list_id: UUID) -> Sequence[str]:
    async with plant.company.house() as work:
        query = select(RecordEntry.act).where(RecordEntry.subject_id == list_id).order_by(RecordEntry.id)
        return (await work.session.scalars(query)).all()


async def test_a_draft_may_be_unfit_and_is_published_only_when_it_is_not(plant: Plant) -> None:
    broken = await _draft(plant, _body("broken", an_item("a", show="later == 'ok'")))
    async with plant.as_("director") as work:
        assert [fault.code for fault in await drafting.look(work, broken)] == ["CONDITION_READS"]
        with pytest.raises(ChecklistUnfit):
            await drafting.publish(work, broken)

    async with plant.as_("director") as work:
        row = await repository.get(work, broken)
        seen_at = row.draft_at
    await _draft(plant, _body("broken"), broken, seen_at=seen_at)

    assert await _publish(plant, broken) == 1
    assert await _acts(plant, broken) == ["checklist.drafted", "checklist.drafted", "checklist.published"]


async def test_a_new_version_leaves_the_old_one_to_the_rounds_that_began_with_it(plant: Plant) -> None:
    list_id = await _draft(plant, _body("daily"))
    await _publish(plant, list_id)
    await _draft(plant, _body("daily", an_item("a", points=1), an_item("b", points=2)), list_id)

    assert await _publish(plant, list_id) == 2
    assert await _publish(plant, list_id) == 2  # no draft, nothing to do

    async with plant.as_("lin") as work:
        assert len((await using.take(work, list_id)).by_code) == 2
        assert len((await using.take(work, list_id, 1)).by_code) == 1
        assert [row.version for row in await repository.versions(work, list_id)] == [2, 1]


@pytest.mark.parametrize(
    "verb",
    ["update checklist_versions set version = 9", "delete from checklist_versions", "delete from checklists"],
)
async def test_the_database_itself_keeps_what_is_published(plant: Plant, verb: str) -> None:
    await _publish(plant, await _draft(plant, _body(f"kept_{new_id().hex[-8:]}")))

    with pytest.raises(ProgrammingError, match="permission denied"):
        async with plant.as_("director") as work:
            await work.session.execute(text(verb))


async def test_nobodys_later_draft_is_written_over(plant: Plant) -> None:
    list_id = await _draft(plant, _body("shared"))
    async with plant.as_("director") as work:
        seen_at = (await repository.get(work, list_id)).draft_at

    await _draft(plant, _body("shared", an_item("b")), list_id, seen_at=seen_at)
    await _draft(plant, _body("shared", an_item("b")), list_id, seen_at=seen_at)  # sent again
    with pytest.raises(ChecklistMoved):
        await _draft(plant, _body("shared", an_item("c")), list_id, seen_at=seen_at)


async def test_a_code_is_one_lists_for_good(plant: Plant) -> None:
    list_id = await _draft(plant, _body("taken"))

    with pytest.raises(ChecklistCodeTaken):
        await _draft(plant, _body("taken"))
    with pytest.raises(BadInput):
        await _draft(plant, _body("renamed"), list_id)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "x",
        {"code": ""},
        {"code": "a", "x": float("inf")},
        {"code": "a", "x": "\ud800"},
        {"code": "a", "x": "\0"},
        {"code": "a", "x": "字" * 1_000_000},
    ],
)
async def test_what_cannot_be_stored_is_no_draft(plant: Plant, body: object) -> None:
    with pytest.raises(BadInput):
        async with plant.as_("director") as work:
            await drafting.save(work, DraftGiven(new_id(), body))


async def test_a_copy_is_a_draft_of_its_own(plant: Plant) -> None:
    list_id = await _draft(plant, _body("origin"))
    await _publish(plant, list_id)
    copy_id = new_id()
    for _ in range(2):  # sent again
        async with plant.as_("director") as work:
            await drafting.copy(work, list_id, copy_id, "duplicate")

    assert await _publish(plant, copy_id) == 1
    async with plant.as_("lin") as work:
        assert (await using.take(work, copy_id)).sections == (await using.take(work, list_id)).sections


async def test_a_retired_list_begins_no_round_until_it_is_published_again(plant: Plant) -> None:
    list_id = await _draft(plant, _body("old"))
    await _publish(plant, list_id)
    async with plant.as_("director") as work:
        await drafting.retire(work, list_id)

    async def is_offered() -> bool:
        async with plant.as_("lin") as work:
            return list_id in [row.id for row, _ in await using.in_force(work)]

    assert not await is_offered()
    async with plant.as_("lin") as work:
        assert (await using.take(work, list_id, 1)).code == "old"
        with pytest.raises(ChecklistRetired):
            await using.take(work, list_id)
    await _draft(plant, _body("old", an_item("b")), list_id)
    await _publish(plant, list_id)
    assert await is_offered()


async def test_a_draft_can_be_thrown_away_once_something_is_in_force(plant: Plant) -> None:
    list_id = await _draft(plant, _body("second_thoughts"))
    await _publish(plant, list_id)
    await _draft(plant, _body("second_thoughts", an_item("b")), list_id)
    async with plant.as_("director") as work:
        assert (await drafting.drop(work, list_id)).draft is None

    assert await _publish(plant, list_id) == 1


async def test_only_who_keeps_checklists_changes_them(plant: Plant) -> None:
    list_id = await _draft(plant, _body("mine"))
    await _publish(plant, list_id)

    for account in ("lin", "wei", "whead", "gm"):
        for act in (drafting.publish, drafting.retire, drafting.drop, drafting.look):
            async with plant.as_(account) as work:
                with pytest.raises(Forbidden):
                    await act(work, list_id)
        async with plant.as_(account) as work:
            with pytest.raises(Forbidden):
                await drafting.save(work, DraftGiven(new_id(), _body("theirs")))
        async with plant.as_(account) as work:
            with pytest.raises(Forbidden):
                await drafting.copy(work, list_id, new_id(), "theirs")


async def test_another_company_sees_nothing(plant: Plant, sessions: Sessions, settings: Settings) -> None:
    list_id = await _draft(plant, _body("secret"))
    await _publish(plant, list_id)
    other = await a_company(sessions, settings)

    async with other.work() as work:
        assert await using.in_force(work) == []
        with pytest.raises(NotFound):
            await using.take(work, list_id)
        with pytest.raises(NotFound):
            await drafting.publish(work, list_id)


async def test_the_library_comes_once_and_never_over_what_a_company_has(plant: Plant) -> None:
    first = library.shipped()[0].code
    own = await _draft(plant, _body(first))

    async with plant.company.house() as work:
        came = await shipping.install_library(work)
        assert await shipping.install_library(work) == 0

    assert came == len(library.shipped()) - 1
    async with plant.as_("lin") as work:
        offered = {row.code: row for row, _ in await using.in_force(work)}
        assert first not in offered
        row = offered[library.shipped()[1].code]
        assert row.from_library == f"{row.code}@1"
        assert (await repository.get(work, own)).newest == 0


def test_a_list_fits_by_colour_trade_machine_and_industry() -> None:
    fit = Fit(risks=("major", "larger"), trades=("forging",), assets=("冲床",), industries=("C33",))

    assert fits(fit, Situation())
    assert fits(Fit(), Situation(risk="low", trade="x", asset="y", industry="A01"))
    assert fits(fit, Situation(risk="major", industry="C3311"))
    assert fits(fit, Situation(industry="C"))
    assert not fits(fit, Situation(risk="low"))
    assert not fits(fit, Situation(trade="welding"))
    assert not fits(fit, Situation(asset="行车"))
    assert not fits(fit, Situation(industry="C34"))

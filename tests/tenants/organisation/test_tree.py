"""The tree grows, moves and shrinks, and what happened stays where it happened."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, text

from anhuan_infra.errors import Conflict, Forbidden, NotFound, Refused
from anhuan_infra.ids import new_id
from anhuan_tenants.companies import versions
from anhuan_tenants.organisation import errors, repository
from anhuan_tenants.organisation.models import Unit, UnitKind, UnitMove
from anhuan_tenants.organisation.service import tree
from anhuan_tenants.organisation.service.tree import UnitChange, UnitGiven
from tests.support.people import Cast, Company
from tests.support.policies import a_case


async def unit(company: Company, no: int) -> Unit:
    async with company.house() as work:
        return (await work.session.scalars(select(Unit).where(Unit.no == no))).one()


async def given(company: Company, parent_no: int, kind: str = "team", **changes: str) -> UnitGiven:
    words = {"code": f"T-{new_id().hex[-8:]}", "name": "乙班", "kind": kind} | changes
    return UnitGiven(id=new_id(), parent_id=(await unit(company, parent_no)).id, **words)


async def add(company: Company, asked: UnitGiven, by: UUID | None = None) -> Unit:
    async with company.work(by) as work:
        return await tree.add_unit(work, asked)


async def move(company: Company, no: int, to: int) -> Unit:
    source, target = await unit(company, no), await unit(company, to)
    async with company.work() as work:
        return await tree.move_unit(work, source.id, target.id)


async def close(company: Company, no: int) -> Unit:
    row = await unit(company, no)
    async with company.work() as work:
        return await tree.close_unit(work, row.id)


async def sees(company: Company, person: UUID, case: UUID) -> bool:
    async with company.work(person) as work:
        found = await work.session.scalar(text("select count(*) from cases where id = :id"), {"id": case})
        return bool(found)


async def test_a_unit_is_added_under_its_parent_once_however_often_it_is_sent(cast: Cast) -> None:
    asked = await given(cast.a, cast.workshop, name="乙班", function="production")

    first = await add(cast.a, asked)
    second = await add(cast.a, asked)

    assert first.id == second.id == asked.id
    assert first.path == f"u1.u{cast.branch}.u{cast.workshop}.u{first.no}"
    assert (first.name_sort, first.function) == ("yi ban", "production")
    with pytest.raises(Conflict):
        await add(cast.a, UnitGiven(asked.id, asked.code, "丙班", asked.kind, asked.parent_id))


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [("branch", errors.KindOrder), ("hq", errors.KindOrder), ("ship", errors.WordUnknown)],
)
async def test_a_unit_stands_only_where_its_kind_may(cast: Cast, kind: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        await add(cast.a, await given(cast.a, cast.workshop, kind))


async def test_a_code_belongs_to_one_unit_large_or_small(cast: Cast) -> None:
    await add(cast.a, await given(cast.a, cast.workshop, code="T-9"))

    with pytest.raises(errors.CodeTaken):
        await add(cast.a, await given(cast.a, cast.workshop, code="ｔ-9"))
    with pytest.raises(errors.CodeMalformed):
        await add(cast.a, await given(cast.a, cast.workshop, code="T 9!"))


async def test_ten_at_once_with_one_code_make_one_unit(cast: Cast) -> None:
    asked = [await given(cast.a, cast.workshop, code="T-10") for _ in range(10)]

    done = await asyncio.gather(*(add(cast.a, one) for one in asked), return_exceptions=True)

    assert sum(isinstance(result, Unit) for result in done) == 1
    assert sum(isinstance(result, errors.CodeTaken) for result in done) == 9


async def test_only_who_manages_the_units_there_changes_them(cast: Cast) -> None:
    lin = cast.lin.person_id
    asked = await given(cast.a, cast.team)

    with pytest.raises(Forbidden):
        await add(cast.a, asked, by=lin)
    async with cast.b.work() as work:
        with pytest.raises(NotFound):
            await tree.add_unit(work, asked)
        with pytest.raises(NotFound):
            await tree.close_unit(work, asked.parent_id)


async def test_a_unit_is_renamed_and_sorted_by_its_new_name(cast: Cast) -> None:
    row = await unit(cast.a, cast.team)

    async with cast.a.work() as work:
        changed = await tree.change_unit(work, row.id, UnitChange(name="丁班", code="T4"))
        await tree.change_unit(work, row.id, UnitChange(name="丁班", code="T4"))

    assert (changed.name, changed.name_sort, changed.code, changed.no) == (
        "丁班",
        "ding ban",
        "T4",
        cast.team,
    )
    async with cast.a.house() as work:
        count = "select count(*) from record_entries where act = 'unit.changed'"
        assert await work.session.scalar(text(count)) == 1


async def test_a_moved_unit_takes_its_cases_out_of_one_sight_into_another(cast: Cast) -> None:
    a = cast.a
    other = await a.unit("第二分厂", UnitKind.BRANCH)
    case = await a_case(a, unit_no=cast.team)
    old = await a.person("旧安全员", "branch_safety_officer", unit_no=cast.branch)
    new = await a.person("新安全员", "branch_safety_officer", unit_no=other)
    before = (await sees(a, old, case), await sees(a, new, case))

    moved = await move(a, cast.workshop, other)

    assert before == (True, False)
    assert (await sees(a, old, case), await sees(a, new, case)) == (False, True)
    assert moved.path == f"u1.u{other}.u{cast.workshop}"
    assert (await unit(a, cast.team)).path == f"u1.u{other}.u{cast.workshop}.u{cast.team}"
    later = await a_case(a, unit_no=cast.team)
    assert (await sees(a, old, later), await sees(a, new, later)) == (False, True)


async def test_a_move_leaves_numbers_alone_and_keeps_the_tree_of_the_day(cast: Cast) -> None:
    a = cast.a
    other = await a.unit("第二分厂", UnitKind.BRANCH)
    case = await a_case(a, unit_no=cast.team)

    await move(a, cast.workshop, other)

    async with a.house() as work:
        kept = "select unit_no from cases where id = :id"
        assert await work.session.scalar(text(kept), {"id": case}) == cast.team
        moves = {row.path_before: row.path_after for row in await work.session.scalars(select(UnitMove))}
    old, new = f"u1.u{cast.branch}.u{cast.workshop}", f"u1.u{other}.u{cast.workshop}"
    assert moves == {old: new, f"{old}.u{cast.team}": f"{new}.u{cast.team}"}


async def test_moving_to_where_it_stands_changes_nothing(cast: Cast) -> None:
    await move(cast.a, cast.workshop, cast.branch)

    async with cast.a.house() as work:
        assert list(await work.session.scalars(select(UnitMove))) == []


async def test_a_unit_does_not_move_under_itself_nor_the_root_anywhere(cast: Cast) -> None:
    department = await cast.a.unit("综合科", UnitKind.DEPARTMENT, cast.branch)
    below = await cast.a.unit("档案室", UnitKind.DEPARTMENT, department)

    for source, target in ((department, department), (department, below)):
        with pytest.raises(errors.UnderItself):
            await move(cast.a, source, target)
    with pytest.raises(errors.RootStays):
        await move(cast.a, 1, cast.branch)
    other_team = await cast.a.unit("丙班", UnitKind.TEAM, cast.branch)
    with pytest.raises(errors.KindOrder):
        await move(cast.a, cast.workshop, other_team)


async def test_two_moves_at_once_never_close_a_circle(cast: Cast) -> None:
    one = await cast.a.unit("甲科", UnitKind.DEPARTMENT)
    two = await cast.a.unit("乙科", UnitKind.DEPARTMENT)

    done = await asyncio.gather(move(cast.a, one, two), move(cast.a, two, one), return_exceptions=True)

    assert sorted(type(result).__name__ for result in done) == ["UnderItself", "Unit"]
    async with cast.a.house() as work:
        for row in await repository.tree(work):
            assert row.path.split(".")[0] == "u1"
            assert len(set(row.path.split("."))) == row.path.count(".") + 1


async def test_a_subtree_too_deep_for_its_new_place_stays(cast: Cast) -> None:
    deep = 1
    for number in range(8):
        deep = await cast.a.unit(f"第{number}级", UnitKind.DEPARTMENT, deep)
    chain = top = await cast.a.unit("另一支", UnitKind.DEPARTMENT)
    for number in range(3):
        chain = await cast.a.unit(f"支{number}", UnitKind.DEPARTMENT, chain)

    with pytest.raises(errors.TooDeep):
        await move(cast.a, top, deep)
    assert (await unit(cast.a, chain)).path.startswith(f"u1.u{top}.")


async def test_a_unit_closes_only_when_nothing_and_nobody_is_left(cast: Cast) -> None:
    a = cast.a
    case = await a_case(a, unit_no=cast.team)

    with pytest.raises(errors.UnitBusy) as busy:
        await close(a, cast.team)
    assert (busy.value.facts["people"], busy.value.facts["cases"], busy.value.facts["units"]) == (1, 1, 0)
    with pytest.raises(errors.UnitBusy) as above:
        await close(a, cast.workshop)
    assert above.value.facts["units"] == 1

    async with a.house() as work:
        await work.session.execute(text("update cases set status = 'closed' where id = :id"), {"id": case})
        await work.session.execute(text("update people set disabled_at = now() where account = 'lin'"))
    closed = await close(a, cast.team)
    assert closed.closed_at == (await close(a, cast.team)).closed_at is not None
    with pytest.raises(errors.RootStays):
        await close(a, 1)
    with pytest.raises(errors.UnitClosed):
        await add(a, await given(a, cast.team, "department"))


async def test_every_change_of_the_tree_raises_the_version(cast: Cast) -> None:
    async with cast.a.house() as work:
        before = await versions.current(work)

    await add(cast.a, await given(cast.a, cast.workshop))

    async with cast.a.house() as work:
        assert await versions.current(work) > before


async def test_the_tree_is_listed_parents_first_and_siblings_by_pinyin(cast: Cast) -> None:
    for name in ("总装车间", "安装车间"):
        await add(cast.a, await given(cast.a, cast.branch, "workshop", name=name))

    async with cast.a.work() as work:
        names = [row.name for row in await repository.tree(work)]

    assert names == ["恒泰金属制品有限公司", "第一分厂", "安装车间", "冲压车间", "甲班", "总装车间"]

"""The overview against a count by hand of the same rows, and against what each person may see."""

import statistics
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import BadInput, NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.hazards.service import checking
from anhuan_platform.insights import rules, service
from anhuan_platform.insights.rules import Share, Span
from anhuan_platform.insights.service import Overview
from anhuan_platform.loops.service import stopping
from tests.support.crowd import Crowd, a_crowd
from tests.support.plant import Plant, a_plant

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
async def crowd(sessions: Sessions, settings: Settings) -> Crowd:
    return await a_crowd(sessions, settings, 1_500)


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


async def _rows(crowd: Crowd, query: str) -> list[Any]:
    async with crowd.company.house() as work:
        return list((await work.session.execute(text(query))).all())


async def _of(crowd: Crowd, account: str, days: int, unit_no: int | None = None) -> Overview:
    async with crowd.company.work(getattr(crowd, account)) as work:
        unit_id = None
        if unit_no is not None:
            unit_id = await work.session.scalar(text("select id from units where no = :no"), {"no": unit_no})
        return await service.overview(work, unit_id, work.now - timedelta(days=days), work.now)


def _within(moment: datetime | None, span: Span) -> bool:
    return moment is not None and span.start <= moment < span.end


def _median(hours: Iterable[float]) -> float | None:
    found = list(hours)
    return round(statistics.median(found), 2) if found else None


@pytest.mark.parametrize("days", [20, 200])
@pytest.mark.parametrize("account", ["director", "leader"])
async def test_every_figure_is_what_a_count_by_hand_gives(crowd: Crowd, account: str, days: int) -> None:
    found = await _of(crowd, account, days)
    units = await _rows(crowd, "select no, path::text, kind from units")
    top = f"u{crowd.branches[0]}" if account == "leader" else "u1"
    inside = {no for no, path, _ in units if top in path.split(".")}
    cases = [c for c in await _rows(crowd, "select * from cases") if c.unit_no in inside]
    tasks = [
        t
        for t in await _rows(crowd, "select * from tasks where step = 'rectify'")
        if t.case_id in {c.id for c in cases}
    ]
    span, now = found.span, found.as_of

    open_ones = [c for c in cases if c.status == "open"]
    assert +found.total.grades == Counter(c.grade for c in open_ones)
    assert found.total.overdue == sum(c.due_at < now for c in open_ones) > 0
    late = sorted((c for c in open_ones if c.due_at < now), key=lambda c: (c.due_at, c.id))
    assert [case.id for case, _ in found.late] == [c.id for c in late[:10]]

    reported = [c for c in cases if _within(c.opened_at, span)]
    closed = [c for c in cases if _within(c.closed_at, span)]
    assert (found.reported, found.closed, found.called_off) == (len(reported), len(closed), 0)
    assert found.closing == Share(sum(c.status == "closed" for c in reported), len(reported))
    assert sum(new for _, new, _ in found.series) == len(reported)
    assert sum(done for _, _, done in found.series) == len(closed)
    width = timedelta(days=1 if days == 20 else 7)
    for day, new, done in found.series:
        starts = [c.opened_at.astimezone(SHANGHAI).date() for c in reported]
        ends = [c.closed_at.astimezone(SHANGHAI).date() for c in closed]
        assert new == sum(day <= one < day + width for one in starts)
        assert done == sum(day <= one < day + width for one in ends)

    handed = {t.case_id: t.done_at for t in tasks if t.outcome == "done"}

    def hours(start: Any, end: Any) -> list[float]:
        return [(end(c) - start(c)).total_seconds() / 3600 for c in closed]

    def fact(name: str) -> Any:
        return lambda c: datetime.fromisoformat(c.facts[name])

    expected = {
        "grading": hours(lambda c: c.opened_at, fact("graded_at")),
        "dispatch": hours(lambda c: c.opened_at, fact("assigned_at")),
        "rectification": hours(fact("assigned_at"), lambda c: handed[c.id]),
        "review": hours(lambda c: handed[c.id], lambda c: c.closed_at),
        "closing": hours(lambda c: c.opened_at, lambda c: c.closed_at),
    }
    for stage, spent in expected.items():
        n, median = found.stages[stage]
        assert n == len(spent) > 0
        assert median == pytest.approx(_median(spent), abs=0.011)

    due = [t for t in tasks if _within(t.due_at, span) and t.due_at < now]
    in_time = [t for t in due if t.done_at is not None and t.done_at <= t.due_at]
    assert found.on_time == Share(len(in_time), len(due))
    assert 0 < len(in_time) < len(due)

    people = await _rows(
        crowd, "select id, home_unit_no from people where party_id is null and disabled_at is null"
    )
    here = {p.id for p in people if p.home_unit_no in inside}
    everywhere = {c.owner_id for c in cases if _within(c.opened_at, span)}
    assert found.participation == Share(len(here & everywhere), len(here))

    kinds = dict(await _rows(crowd, "select id, type_code from hazards"))
    assert {code: (still, new) for code, still, new in found.types} == {
        code: (sum(kinds[c.id] == code for c in open_ones), sum(kinds[c.id] == code for c in reported))
        for code in {kinds[c.id] for c in open_ones + reported}
    }


async def test_the_next_level_adds_up_to_the_whole(crowd: Crowd) -> None:
    whole = await _of(crowd, "director", 30)
    branch = await _of(crowd, "director", 30, crowd.branches[2])
    team = await _of(crowd, "director", 30, crowd.teams[0])

    assert [unit.no for unit, _ in whole.branches] == crowd.branches
    assert sum(one.grades.total() for _, one in whole.branches) == whole.total.grades.total()
    assert sum(one.overdue for _, one in whole.branches) == whole.total.overdue
    assert whole.here.grades.total() == 0
    assert {unit.no: one.grades for unit, one in whole.branches}[crowd.branches[2]] == branch.total.grades
    assert len(branch.branches) == 4
    assert (team.branches, team.here.grades) == ([], team.total.grades)
    assert team.total.grades.total() > 0


async def test_each_sees_figures_of_what_each_may_see(crowd: Crowd) -> None:
    whole, part = await _of(crowd, "director", 365), await _of(crowd, "leader", 365)
    worker = await crowd.company.person("新员工", "worker", unit_no=crowd.teams[0])
    async with crowd.company.work(worker) as work:
        own = await service.overview(work, None, None, None)

    assert 0 < part.reported < whole.reported
    assert (own.total.grades.total(), own.reported, own.closed, own.late) == (0, 0, 0, [])
    assert own.participation is None


async def test_another_company_counts_nothing_of_this_one(crowd: Crowd, plant: Plant) -> None:
    async with plant.as_("gm") as work:
        found = await service.overview(work, None, None, None)
        unit_here = await work.session.scalar(text("select id from units where no = 1"))
    async with crowd.company.work(crowd.director) as work:
        with pytest.raises(NotFound):
            await service.overview(work, unit_here, None, None)

    assert found.participation is not None
    assert found.participation.denominator == len(plant.people) + 1


async def test_stop_orders_in_force_and_hazards_not_graded_show(plant: Plant) -> None:
    ungraded, grave = await plant.report(), await plant.report(text="粉尘爆炸风险")
    await plant.grade(grave, "A")
    off = await plant.report(text="误报")
    async with plant.as_("wei") as work:
        await checking.call_off(work, off, reason="不是隐患", duplicate_of=None)
        await stopping.stop_work(
            work, ungraded, order_id=new_id(), reason="先停", area_id=None, asset_id=None
        )
    async with plant.as_("gm") as work:
        found = await service.overview(work, None, None, None)

    assert (found.total.grades[None], found.total.grades["A"]) == (1, 1)
    assert {order.case_id for order in found.orders} == {ungraded, grave}
    assert (found.reported, found.called_off, found.closing) == (3, 1, Share(0, 2))
    assert found.participation is not None
    assert found.participation.numerator == 1


def test_a_span_is_counted_by_day_or_by_week_on_the_companys_calendar() -> None:
    end = datetime(2026, 11, 21, 17, tzinfo=UTC)  # already the 22nd in Shanghai
    days = Span.of(end - timedelta(days=2), end, end)
    weeks = Span.of(end - timedelta(days=90), end, end)

    assert [str(day) for day in days.marks("Asia/Shanghai")] == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert [str(day) for day in days.marks("UTC")] == ["2026-11-19", "2026-11-20", "2026-11-21"]
    assert weeks.step == "week"
    assert {day.weekday() for day in weeks.marks("Asia/Shanghai")} == {0}
    assert Span.of(None, None, end) == Span(end - rules.USUAL, end, "day")


def test_a_span_that_is_none_is_refused() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    for start, end in ((now, now), (now, now - timedelta(1)), (now - timedelta(1101), now)):
        with pytest.raises(BadInput):
            Span.of(start, end, now)


def test_nothing_of_nothing_is_no_rate() -> None:
    assert Share(0, 0).percent is None
    assert Share(1, 3).percent == 33.3
    for figure in rules.MEANINGS:
        assert rules.meaning(figure, "zh") != rules.meaning(figure, "en")

"""The overview: how it stands with hazards in a unit and in what is under it, and what happened in a span of time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.insights import repository
from anhuan_platform.insights.rules import Share, Span
from anhuan_platform.loops.models import Case, StopOrder
from anhuan_tenants.access.acts import Act
from anhuan_tenants.companies.models import Company
from anhuan_tenants.organisation.models import Unit

MOST_LATE = 10
STAGES = ("grading", "dispatch", "rectification", "review", "closing")
"""In the order in which a hazard passes them; the last is the whole way."""


@dataclass
class Standing:
    """Open hazards: how many of each grade (None: not graded yet), and how many are late."""

    grades: Counter[str | None] = field(default_factory=Counter[str | None])
    overdue: int = 0

    def add(self, grade: str | None, count: int, overdue: int) -> None:
        """Count these too."""
        self.grades[grade] += count
        self.overdue += overdue


@dataclass(frozen=True)
class Overview:
    """All figures of one moment; `branches` are the next level below, each with everything under it."""

    as_of: datetime
    span: Span
    zone: str
    unit: Unit | None
    total: Standing
    here: Standing
    """Of these, the ones that stand at the unit itself and not at one below."""
    branches: list[tuple[Unit, Standing]]
    late: list[tuple[Case, Hazard]]
    orders: list[StopOrder]
    reported: int
    closed: int
    called_off: int
    series: list[tuple[date, int, int]]
    stages: dict[str, tuple[int, float | None]]
    """For each stage how many cases it is of, and the median in hours."""
    closing: Share
    on_time: Share
    participation: Share | None
    """None where there is no unit of which this person reads every hazard: a part of the reports would make a false rate."""
    types: list[tuple[str, int, int]]


async def overview(
    work: Work, unit_id: UUID | None, start: datetime | None, end: datetime | None
) -> Overview:
    """Of a unit and everything under it; without one, of the units whose hazards this person reads, or else of what they see."""
    span = Span.of(start, end, work.now)
    seen = await repository.units(work)
    read = [unit for unit in seen if work.can(Act.CASE_READ, unit)]
    if unit_id is None and read:
        seen = read
    top = _top(seen, unit_id)
    branches = _branches(seen, top)
    under = {unit.no: _under(seen, unit) for unit in branches}
    numbers = _under(seen, top) if top else {unit.no for unit in seen}
    units = sorted(numbers)
    company = await work.session.get(Company, work.tenant_id)
    zone = company.zone if company else "Asia/Shanghai"

    total, here = Standing(), Standing()
    below = {unit.no: Standing() for unit in branches}
    leads_to = {no: branch for branch, inside in under.items() for no in inside}
    for row in await repository.standing(work, units):
        branch = leads_to.get(row.unit_no)
        for place in (total, here if branch is None else below[branch]):
            place.add(row.grade, row.open, row.overdue)
    period = await repository.period(work, units, span, zone)
    readable = sorted(numbers & {unit.no for unit in read})
    participation = await repository.participation(work, readable, span) if readable else None
    types = [(row.type_code, row.open, row.reported) for row in await repository.types(work, units, span)]
    reported, closed, called_off = period["totals"]
    return Overview(
        as_of=work.now,
        span=span,
        zone=zone,
        unit=top,
        total=total,
        here=here,
        branches=[
            (unit, below[unit.no]) for unit in branches if unit.closed_at is None or below[unit.no].grades
        ],
        late=await repository.longest_overdue(work, units, MOST_LATE),
        orders=await repository.standing_orders(work, units),
        reported=reported,
        closed=closed,
        called_off=called_off,
        series=_series(span.marks(zone), period["series"]),
        stages=_stages(period["stages"]),
        closing=Share(*period["closing"]),
        on_time=Share(*period["on_time"]),
        participation=participation,
        types=sorted(types, key=lambda one: (-one[2], -one[1], one[0])),
    )


def _top(seen: Sequence[Unit], unit_id: UUID | None) -> Unit | None:
    """The unit that was named, or the one above everything that is seen, where there is one."""
    if unit_id is not None:
        found = next((unit for unit in seen if unit.id == unit_id), None)
        if found is None:
            raise NotFound(path="unit", kind="unit", id=unit_id)
        return found
    highest = _highest(seen)
    return highest[0] if len(highest) == 1 else None


def _highest(seen: Sequence[Unit]) -> list[Unit]:
    known = {unit.id for unit in seen}
    return [unit for unit in seen if unit.parent_id not in known]


def _branches(seen: Sequence[Unit], top: Unit | None) -> list[Unit]:
    """The next level, by name."""
    level = _highest(seen) if top is None else [unit for unit in seen if unit.parent_id == top.id]
    return sorted(level, key=lambda unit: (unit.name_sort, unit.no))


def _under(seen: Iterable[Unit], top: Unit) -> set[int]:
    return {unit.no for unit in seen if f"{unit.path}.".startswith(f"{top.path}.")}


def _series(marks: Sequence[date], counted: Mapping[str, Sequence[int]]) -> list[tuple[date, int, int]]:
    """Every day or week of the span, also those on which nothing happened."""
    found: dict[str, Sequence[int]] = defaultdict(lambda: (0, 0)) | dict(counted)
    return [(mark, int(found[str(mark)][0]), int(found[str(mark)][1])) for mark in marks]


def _stages(counted: Mapping[str, Sequence[Any]]) -> dict[str, tuple[int, float | None]]:
    found: dict[str, tuple[int, float | None]] = {}
    for stage in STAGES:
        count, seconds = counted[stage]
        found[stage] = (count, None if seconds is None else round(float(seconds) / 3600, 2))
    return found

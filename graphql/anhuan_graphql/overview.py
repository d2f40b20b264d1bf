"""The overview (总览) on the wire: figures of a unit with the rule behind each, never a number without its denominator."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry

from anhuan_graphql.cases.parts import StopOrder
from anhuan_graphql.context import Info
from anhuan_graphql.fields import query
from anhuan_graphql.hazards.types import Hazard, HazardType
from anhuan_graphql.people import Unit
from anhuan_platform.hazards.types import BY_CODE
from anhuan_platform.insights import rules, service

HAZARDS = "hazards"


@strawberry.enum(description="Days, or weeks that begin on Monday.")
class SeriesStep(Enum):
    """How the series is counted."""

    DAY = "day"
    WEEK = "week"


@strawberry.enum(description="Grading, dispatch, rectification, review; closing is the whole way.")
class Stage(Enum):
    """A stretch of the way from the report to the closing."""

    GRADING = "grading"
    DISPATCH = "dispatch"
    RECTIFICATION = "rectification"
    REVIEW = "review"
    CLOSING = "closing"


@strawberry.type
class Standing:
    """Open hazards by grade, and how many of them are late."""

    open: int
    a: int
    b: int
    c: int
    ungraded: int
    overdue: int

    @classmethod
    def of(cls, found: service.Standing) -> "Standing":
        """As counted."""
        grades = found.grades
        return cls(
            open=grades.total(),
            a=grades["A"],
            b=grades["B"],
            c=grades["C"],
            ungraded=grades[None],
            overdue=found.overdue,
        )


@strawberry.type
class UnitStanding:
    """How it stands in a unit and everything under it."""

    unit: Unit
    standing: Standing


@strawberry.type
class Rate:
    """So many of so many; `percent` is null of nothing. `rule` says in your language what is counted."""

    numerator: int
    denominator: int
    percent: float | None
    rule: str

    @classmethod
    def of(cls, share: rules.Share, figure: str, language: str) -> "Rate":
        """With its meaning."""
        return cls(
            numerator=share.numerator,
            denominator=share.denominator,
            percent=share.percent,
            rule=rules.meaning(figure, language),
        )


@strawberry.type
class StageTime:
    """The median of a stage in hours, and of how many hazards."""

    stage: Stage
    hours: float | None
    n: int


@strawberry.type
class SeriesPoint:
    """What was reported and closed on a day, or in the week that begins on it."""

    day: date
    reported: int
    closed: int


@strawberry.type
class TypeCount:
    """Hazards of a kind: open now, reported in the period."""

    type: HazardType
    open: int
    reported: int


@strawberry.type
class Overview:
    """How it stands with hazards, as far as you can see them: what is open is of now, the rest of the period."""

    as_of: datetime
    since: datetime
    until: datetime
    zone: str
    unit: Unit | None
    standing: Standing
    here: Standing
    """Of `standing`, what stands at the unit itself and not at one below."""
    units: list[UnitStanding]
    """The next level below."""
    longest_overdue: list[Hazard]
    """At most ten, the latest first."""
    stop_orders_in_force: int
    stop_orders: list[StopOrder]
    """The newest twenty in force."""
    reported: int
    closed: int
    called_off: int
    """Of those reported in the period."""
    step: SeriesStep
    series: list[SeriesPoint]
    stages: list[StageTime]
    stages_rule: str
    closing_rate: Rate
    on_time_rate: Rate
    participation: Rate | None
    """Null where there is no unit of which you see every hazard."""
    types: list[TypeCount]

    @classmethod
    def of(cls, found: service.Overview, language: str) -> "Overview":
        """In the reader's language."""
        return cls(
            as_of=found.as_of,
            since=found.span.start,
            until=found.span.end,
            zone=found.zone,
            unit=Unit.of(found.unit) if found.unit else None,
            standing=Standing.of(found.total),
            here=Standing.of(found.here),
            units=[UnitStanding(unit=Unit.of(unit), standing=Standing.of(one)) for unit, one in found.branches],
            longest_overdue=[Hazard.of(case, row) for case, row in found.late],
            stop_orders_in_force=len(found.orders),
            stop_orders=[StopOrder.of(row) for row in found.orders[:20]],
            reported=found.reported,
            closed=found.closed,
            called_off=found.called_off,
            step=SeriesStep(found.span.step),
            series=[SeriesPoint(day=day, reported=new, closed=done) for day, new, done in found.series],
            stages=[StageTime(stage=Stage(name), hours=hours, n=n) for name, (n, hours) in found.stages.items()],
            stages_rule=rules.meaning("stages", language),
            closing_rate=Rate.of(found.closing, "closing", language),
            on_time_rate=Rate.of(found.on_time, "on_time", language),
            participation=Rate.of(found.participation, "participation", language)
            if found.participation
            else None,
            types=[
                TypeCount(type=HazardType.of(BY_CODE[code]), open=standing, reported=reported)
                for code, standing, reported in found.types
                if code in BY_CODE
            ],
        )  # fmt: skip


@query(HAZARDS)
async def overview(
    info: Info,
    unit: UUID | None = None,
    since: Annotated[datetime | None, strawberry.argument(name="from")] = None,
    until: datetime | None = None,
) -> Overview:
    """Figures of a unit and everything under it, or of the units whose hazards you read; of the last 30 days unless said otherwise."""
    async with info.context.reading() as work:
        found = await service.overview(work, unit, since, until)
    return Overview.of(found, info.context.language)


QUERIES = [overview]

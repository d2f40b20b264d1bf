"""What a company says of itself as a whole: when it works, and how strict it is at its door."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
import strawberry

from anhuan_graphql.context import Info
from anhuan_graphql.fields import act, query
from anhuan_graphql.people import Person, Unit, person_or_none, unit_of
from anhuan_graphql.planner.pieces import Piece
from anhuan_graphql.planner.readings import At, Env, One, Told, noun, table_of
from anhuan_graphql.planner.roots import Rows, Whole, allowed
from anhuan_graphql.scalars import Json
from anhuan_graphql.shown import planned
from anhuan_infra.errors import BadInput
from anhuan_infra.work import Work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.calendars import service as calendars
from anhuan_tenants.calendars import stored
from anhuan_tenants.calendars.models import WorkCalendar as CalendarRow
from anhuan_tenants.calendars.rules import OFFICE_WEEK
from anhuan_tenants.companies import service as companies
from anhuan_tenants.companies.models import Company
from anhuan_tenants.companies.rules import RANGES
from anhuan_tenants.companies.rules import Strictness as StrictnessRules
from anhuan_tenants.subscriptions.catalogue import CORE

_SAID = ("name", "zone", "shifts", "exceptions", "uses_public_holidays")


def _calendar(at: At, _env: Env) -> sa.ColumnElement[Any]:
    return sa.func.json_build_array(*(at.own[name] for name in _SAID))


def _version(facts: list[Any], _member: object) -> str:
    return calendars.version_of(CalendarRow(**dict(zip(_SAID, facts, strict=True))))


@noun(CalendarRow, version=Told(_calendar, _version))
@strawberry.type
class WorkCalendar:
    """When a unit works, with everything beneath that has no calendar of its own. `shifts` has weekdays 0 (Monday) to 6 with lists of
    `["08:00", "12:00"]`, `exceptions` days with `rest`, `work` or such a list. `version` marks what it says, for `setCalendar`."""

    id: UUID
    name: str
    zone: str
    shifts: Json
    exceptions: Json
    uses_public_holidays: bool
    version: str
    unit_no: strawberry.Private[int | None]
    changed_by_id: strawberry.Private[UUID | None]

    @classmethod
    def of(cls, row: CalendarRow) -> "WorkCalendar":
        """Out of its row."""
        return cls(
            id=row.id,
            name=row.name,
            zone=row.zone,
            shifts=Json(row.shifts),
            exceptions=Json(row.exceptions),
            uses_public_holidays=row.uses_public_holidays,
            version=calendars.version_of(row),
            unit_no=row.unit_no,
            changed_by_id=row.changed_by,
        )

    @planned(One("Unit", CalendarRow.unit_no, "no"))
    async def unit(self, info: Info) -> Unit | None:
        """Whose it is; null is the whole company's."""
        return await unit_of(info.context, self.unit_no)

    @planned(One("Person", CalendarRow.changed_by))
    async def changed_by(self, info: Info) -> Person | None:
        """Who wrote it last."""
        return await person_or_none(info.context, self.changed_by_id)


@strawberry.type
class SettingRange:
    """Between which numbers a setting may lie."""

    name: str
    least: int
    most: int


@strawberry.type
class Strictness:
    """How strict the company is at its door; what ships satisfies 等保 level 2. `idleMinutes` and `sessionDays` end a session that is
    not used, or too old; `stayHours` and `stayDays` do for one that was asked to stay; `passwordDays` 0 lets a password grow old."""

    idle_minutes: int
    lock_after: int
    lock_minutes: int
    password_days: int
    session_days: int
    stay_days: int
    stay_hours: int
    ranges: list[SettingRange] = strawberry.field(
        description="What may be set, by the names of the fields here."
    )

    @classmethod
    def of(cls, found: StrictnessRules) -> "Strictness":
        """As the rules have it."""
        ranges = [
            SettingRange(name=_camel(name), least=least, most=most) for name, (least, most) in RANGES.items()
        ]
        return cls(**asdict(found), ranges=ranges)


@strawberry.input
class SetCalendarInput:
    """The whole calendar of a unit, or of the company without one. With `seen`, the version that one looked at, what somebody else has
    changed meanwhile stays."""

    unit_id: UUID | None = None
    name: str
    zone: str
    shifts: Json
    exceptions: Json | None = None
    uses_public_holidays: bool = True
    seen: str | None = None


@strawberry.input
class RemoveCalendarInput:
    """The unit that is to work as the one above it again; without one the company, by the week that ships."""

    unit_id: UUID | None = None


@strawberry.input
class SetStrictnessInput:
    """What is to be different at the door; what is left out stays."""

    idle_minutes: int | None = None
    lock_after: int | None = None
    lock_minutes: int | None = None
    password_days: int | None = None
    session_days: int | None = None
    stay_days: int | None = None
    stay_hours: int | None = None


def _settings(_env: Env, _given: object) -> Piece:
    row = sa.alias(table_of(Company), "company")
    return sa.select(row.c.settings.cast(sa.Text())).scalar_subquery()


@query(
    CORE,
    Rows(
        "WorkCalendar",
        lambda _at, _env, _given: [],
        lambda at, _env, _given: [at[CalendarRow.unit_no].asc().nulls_first()],
        guard=allowed(Act.CALENDAR_MANAGE),
    ),
)
async def work_calendars(info: Info) -> list[WorkCalendar]:
    """The calendars that were set, the company's own first; for who may keep them."""
    async with info.context.reading() as work:
        work.allow(Act.CALENDAR_MANAGE)
        return [WorkCalendar.of(row) for row in await calendars.calendars(work)]


SHIPPED = Json(stored.written(OFFICE_WEEK))


@query(CORE, Whole(lambda _facts, _member: SHIPPED))
async def shipped_week(info: Info) -> Json:
    """The shifts that hold where no calendar was set, with the public holidays."""
    return SHIPPED


def _strictness(settings: dict[str, Any], _member: object) -> Strictness:
    return Strictness.of(StrictnessRules.of(settings))


@query(CORE, Whole(_strictness, _settings, guard=allowed(Act.POLICY_READ)))
async def strictness(info: Info) -> Strictness:
    """How strict the company is at its door; for who may read policy."""
    async with info.context.reading() as work:
        work.allow(Act.POLICY_READ)
        company = await work.session.get_one(Company, work.tenant_id)
        return Strictness.of(StrictnessRules.of(company.settings))


@act(CORE)
async def set_calendar(work: Work, input: SetCalendarInput) -> WorkCalendar:
    """Say when a unit or the company works; limits counted in working time are set anew."""
    row = await calendars.set_calendar(
        work,
        unit_id=input.unit_id,
        name=input.name,
        zone=input.zone,
        shifts=_object(input.shifts, "shifts"),
        exceptions=_object({} if input.exceptions is None else input.exceptions, "exceptions"),
        uses_public_holidays=input.uses_public_holidays,
        seen=input.seen,
    )
    return WorkCalendar.of(row)


@act(CORE)
async def remove_calendar(work: Work, input: RemoveCalendarInput) -> bool:
    """Take a calendar away; whether there was one."""
    return await calendars.remove_calendar(work, input.unit_id)


@act(CORE)
async def set_strictness(work: Work, input: SetStrictnessInput) -> Strictness:
    """Change how strict the door is; holds at once, for sessions that are open too."""
    changes = {name: value for name, value in asdict(input).items() if value is not None}
    return Strictness.of(await companies.change_strictness(work, changes))


def _object(given: object, path: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise BadInput(path=path, reason="{…}")
    return cast("dict[str, Any]", given)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)


QUERIES = [work_calendars, shipped_week, strictness]
MUTATIONS = [set_calendar, remove_calendar, set_strictness]

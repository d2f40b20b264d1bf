"""Working time: whether a moment is worked, how much work lies between two, and when an amount of it is used up.

A shift belongs to the date on which it begins, as a duty roster (排班表) says it, and ends on the next date when
it closes no later than it opened. Everything is counted between moments, so a night on which the clocks change
is as long as it really was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar
from zoneinfo import ZoneInfo

from anhuan_infra.errors import Refused
from anhuan_tenants.calendars.holidays import DayKind, HolidaySource, kind_of

HORIZON = timedelta(days=3660)
_DAY = timedelta(days=1)
_REMEMBERED_DAYS = 4096


class NoWorkingTime(Refused):
    """This calendar has no {hours} working hours in the ten years after {start}; check its week and its rest days."""

    code = "NO_WORKING_TIME"
    zh = "自 {start} 起十年内，该工作日历没有 {hours} 小时的工作时间，请检查每周班次和休息日设置。"


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """A stretch of wall-clock time; 00:00 to 00:00 is the whole day, 22:00 to 06:00 a night shift (夜班)."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("a shift is wall-clock time; the calendar has the zone")

    def moments(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first moment and the first moment after it, UTC, when it begins on this date."""
        last_day = day if self.closes > self.opens else day + _DAY
        opens = datetime.combine(day, self.opens, tzinfo=zone)
        closes = datetime.combine(last_day, self.closes, tzinfo=zone)
        return opens.astimezone(UTC), closes.astimezone(UTC)


Shifts = tuple[Shift, ...]
REST: Shifts = ()
OFFICE_HOURS: Shifts = (Shift(time(8), time(12)), Shift(time(13), time(17)))
WHOLE_DAY: Shifts = (Shift(time(0), time(0)),)
OFFICE_WEEK: tuple[Shifts, ...] = (OFFICE_HOURS,) * 5 + (REST, REST)
WHOLE_WEEK: tuple[Shifts, ...] = (WHOLE_DAY,) * 7


@dataclass(frozen=True, slots=True)
class Due:
    """When working time is used up; `provisional` when a date on the way has no published holidays yet, so ask again later."""

    at: datetime
    provisional: bool = False
    capped: bool = False
    """The calendar-day ceiling came first."""


@dataclass(frozen=True)
class Calendar:
    """One company's or unit's working time: a week from Monday to Sunday, public holidays, and its own exceptions."""

    zone: str = "Asia/Shanghai"
    week: tuple[Shifts, ...] = OFFICE_WEEK
    exceptions: Mapping[date, Shifts] = field(default_factory=dict[date, Shifts], hash=False)
    """The company's own word on a date wins over everything: no shifts is rest, shifts are work."""
    holidays: HolidaySource = HolidaySource.CHINA
    make_up: Shifts | None = None
    """Worked on a make-up day that the week leaves free; by default the first working day of the week."""
    confirmed_to: date | None = None
    """Up to this date the company has entered its holidays itself, so nothing before it is provisional."""

    standard: ClassVar["Calendar"]
    """Monday to Friday, 8 to 12 and 13 to 17, with the public holidays of China."""
    continuous: ClassVar["Calendar"]
    """Round the clock, every day of the year (连续生产)."""

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days, from Monday")
        ZoneInfo(self.zone)
        object.__setattr__(self, "exceptions", MappingProxyType(dict(self.exceptions)))

    def shifts_on(self, day: date) -> Shifts:
        """The shifts that begin on this date."""
        exception = self.exceptions.get(day)
        if exception is not None:
            return exception
        usual = self.week[day.weekday()]
        match kind_of(self.holidays, day):
            case DayKind.HOLIDAY:
                return REST
            case DayKind.MAKE_UP:
                return usual or self._make_up_shifts
            case DayKind.ORDINARY | DayKind.UNKNOWN:
                return usual

    def is_provisional(self, day: date) -> bool:
        """Whether a notice that is still to come may change this date."""
        if day in self.exceptions or (self.confirmed_to is not None and day <= self.confirmed_to):
            return False
        return kind_of(self.holidays, day) is DayKind.UNKNOWN

    def is_working(self, at: datetime) -> bool:
        """Whether the moment lies in a shift; the moment at which a shift closes does not."""
        at = _utc(at)
        return next(self._stretches(at, at + timedelta.resolution), None) is not None

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none when the end is not after the start."""
        start, end = _utc(start), _utc(end)
        return sum((closes - opens for opens, closes in self._stretches(start, end)), timedelta())

    def add_working(self, start: datetime, work: timedelta, ceiling: timedelta | None = None) -> Due:
        """The first moment by which this much working time has passed since the start, never later than start + ceiling."""
        start = _utc(start)
        if work < timedelta() or (ceiling is not None and ceiling < timedelta()):
            raise ValueError("working time and ceiling run forward")
        limit = start + (HORIZON if ceiling is None else min(ceiling, HORIZON))
        at = self._used_up(start, work, limit)
        if at is not None:
            return Due(at, provisional=self._any_provisional(start, at))
        if ceiling is None:
            raise NoWorkingTime(hours=work / timedelta(hours=1), start=start.isoformat())
        return Due(start + ceiling, provisional=self._any_provisional(start, limit), capped=True)

    def _used_up(self, start: datetime, work: timedelta, limit: datetime) -> datetime | None:
        if not work:
            return start
        left = work
        for opens, closes in self._stretches(start, limit):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        return None

    def _any_provisional(self, start: datetime, end: datetime) -> bool:
        first, last = start.astimezone(self._zone).date(), end.astimezone(self._zone).date()
        return any(self.is_provisional(first + n * _DAY) for n in range((last - first).days + 1))

    def _stretches(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The worked stretches between two moments, in order, none touching a later one twice."""
        floor = start
        # A night shift of the day before may still be running.
        day = start.astimezone(self._zone).date() - _DAY
        last = end.astimezone(self._zone).date()
        while day <= last:
            for opens, closes in self._moments_of(day):
                opens, closes = max(opens, floor), min(closes, end)
                if opens < closes:
                    yield opens, closes
                    floor = closes
            day += _DAY

    def _moments_of(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        found = self._remembered.get(day)
        if found is None:
            if len(self._remembered) >= _REMEMBERED_DAYS:
                self._remembered.clear()
            found = tuple(sorted(shift.moments(day, self._zone) for shift in self.shifts_on(day)))
            self._remembered[day] = found
        return found

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def _make_up_shifts(self) -> Shifts:
        return self.make_up if self.make_up is not None else next((s for s in self.week if s), REST)

    @cached_property
    def _remembered(self) -> dict[date, tuple[tuple[datetime, datetime], ...]]:
        return {}


Calendar.standard = Calendar()
Calendar.continuous = Calendar(week=WHOLE_WEEK, holidays=HolidaySource.NONE)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("working time is asked about moments with a time zone")
    return at.astimezone(UTC)

"""Working time against a walk minute by minute, and the cases that people argue about."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anhuan_tenants.calendars import rules
from anhuan_tenants.calendars.holidays import HolidaySource
from anhuan_tenants.calendars.rules import OFFICE_HOURS, REST, WHOLE_DAY, Calendar, NoWorkingTime, Shift

SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu")

wall_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
shifts = st.lists(st.builds(Shift, wall_times, wall_times), max_size=3).map(tuple)


def minutes_of(first: date, last: date) -> st.SearchStrategy[datetime]:
    zero = datetime.combine(first, time(), tzinfo=UTC)
    return st.integers(0, (last - first).days * 1440).map(lambda n: zero + n * MINUTE)


starts = st.one_of(
    minutes_of(date(2004, 1, 1), date(2028, 12, 1)),
    # Nights on which clocks change, and a long public holiday.
    minutes_of(date(2025, 3, 8), date(2025, 3, 31)),
    minutes_of(date(2025, 10, 1), date(2025, 11, 3)),
    minutes_of(date(2026, 2, 10), date(2026, 3, 1)),
)


@st.composite
def calendars(draw: st.DrawFn, near: datetime) -> Calendar:
    days = st.integers(-2, 12).map(lambda n: near.date() + timedelta(days=n))
    return Calendar(
        zone=draw(st.sampled_from(ZONES)),
        week=tuple(draw(st.lists(shifts, min_size=7, max_size=7))),
        exceptions=draw(st.dictionaries(days, shifts, max_size=3)),
        holidays=draw(st.sampled_from(HolidaySource)),
        make_up=draw(st.none() | shifts),
    )


def shanghai(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=SHANGHAI).astimezone(UTC)


def walked(calendar: Calendar, start: datetime, days: int) -> Iterator[bool]:
    """Whether each minute from the start on is worked, found without any of the arithmetic under test."""
    zone = ZoneInfo(calendar.zone)
    worked: set[int] = set()
    for n in range(-2, days + 2):
        day = start.astimezone(zone).date() + timedelta(days=n)
        for shift in expected_shifts(calendar, day):
            overnight = timedelta(days=shift.closes <= shift.opens)
            opens = datetime.combine(day, shift.opens).replace(tzinfo=zone).timestamp()
            closes = datetime.combine(day + overnight, shift.closes).replace(tzinfo=zone).timestamp()
            worked.update(range(int(opens) // 60, int(closes) // 60))
    first = int(start.timestamp()) // 60
    return (minute in worked for minute in range(first, first + days * 1440))


def expected_shifts(calendar: Calendar, day: date) -> tuple[Shift, ...]:
    if day in calendar.exceptions:
        return calendar.exceptions[day]
    usual = calendar.week[day.weekday()]
    if calendar.holidays is HolidaySource.NONE or not 2004 <= day.year <= 2026:
        return usual
    rests, name = chinese_calendar.get_holiday_detail(day)
    if name is None or (not rests and usual):
        return usual
    if rests:
        return ()
    return calendar.make_up if calendar.make_up is not None else next((s for s in calendar.week if s), ())


@settings(max_examples=400, deadline=None)
@given(st.data(), starts, st.integers(0, 60 * 60))
def test_every_due_moment_is_the_one_a_minute_by_minute_walk_finds(
    data: st.DataObject, start: datetime, minutes: int
) -> None:
    calendar = data.draw(calendars(start))
    worked = list(walked(calendar, start, days=9))

    due = calendar.add_working(start, minutes * MINUTE, ceiling=timedelta(days=9))

    walk = 0
    while minutes > sum(worked[:walk]) and walk < len(worked):
        missing = minutes - sum(worked[:walk])
        walk = min(walk + missing, len(worked))
    assert due.at == start + walk * MINUTE
    assert due.capped == (sum(worked) < minutes)


@settings(max_examples=300, deadline=None)
@given(st.data(), starts, st.integers(0, 3 * 1440))
def test_working_between_and_is_working_agree_with_the_walk(
    data: st.DataObject, start: datetime, minutes: int
) -> None:
    calendar = data.draw(calendars(start))
    worked = list(walked(calendar, start, days=4))

    assert calendar.working_between(start, start + minutes * MINUTE) == sum(worked[:minutes]) * MINUTE
    assert calendar.is_working(start + minutes * MINUTE) is worked[minutes]


@settings(max_examples=300, deadline=None)
@given(starts, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_what_was_added_lies_between_start_and_due_and_not_a_moment_earlier(
    start: datetime, work: timedelta
) -> None:
    due = Calendar.standard.add_working(start, work)

    assert Calendar.standard.working_between(start, due.at) == work
    if work:
        assert Calendar.standard.working_between(start, due.at - timedelta.resolution) < work


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        # Friday afternoon to Monday morning.
        ("2026-11-20T16:00", 2, "2026-11-23T09:00"),
        # Used up exactly at noon is noon, not one o'clock.
        ("2026-11-20T08:00", 4, "2026-11-20T12:00"),
        # Reported at night, counted from the morning.
        ("2026-11-18T23:00", 1, "2026-11-19T09:00"),
        # Saturday 10 October 2026 is a make-up day for the National Day holiday (1-7 October).
        ("2026-10-09T16:00", 2, "2026-10-10T09:00"),
        # Across the whole holiday.
        ("2026-09-30T16:00", 2, "2026-10-08T09:00"),
    ],
)
def test_office_hours_in_china(start: str, hours: int, due: str) -> None:
    found = Calendar.standard.add_working(shanghai(start), timedelta(hours=hours))

    assert found == rules.Due(shanghai(due))


def test_a_deadline_never_falls_after_the_calendar_ceiling() -> None:
    eve = shanghai("2026-09-30T16:00")

    due = Calendar.standard.add_working(eve, timedelta(hours=24), ceiling=timedelta(hours=72))

    assert due.at == eve + timedelta(hours=72)
    assert due.capped


def test_a_year_without_a_published_notice_counts_weekdays_and_says_so() -> None:
    new_years_eve = shanghai("2026-12-31T16:00")

    due = Calendar.standard.add_working(new_years_eve, timedelta(hours=2))
    settled = Calendar(confirmed_to=date(2027, 12, 31), exceptions={date(2027, 1, 1): REST})

    assert (due.at.astimezone(SHANGHAI).date(), due.provisional) == (date(2027, 1, 1), True)
    assert settled.add_working(new_years_eve, timedelta(hours=2)) == rules.Due(
        shanghai("2027-01-04T09:00"), provisional=False
    )


def test_a_six_day_factory_works_ordinary_saturdays_and_rests_on_holidays() -> None:
    factory = Calendar(week=(OFFICE_HOURS,) * 6 + (REST,))

    assert factory.is_working(shanghai("2026-11-21T09:00"))
    assert not factory.is_working(shanghai("2026-11-22T09:00"))
    assert not factory.is_working(shanghai("2026-10-03T09:00"))


def test_round_the_clock_work_knows_no_holiday() -> None:
    new_year = shanghai("2027-01-01T03:00")

    assert Calendar.continuous.add_working(new_year, timedelta(hours=72)) == rules.Due(
        new_year + timedelta(hours=72)
    )


def test_a_night_shift_is_an_hour_longer_when_the_clocks_go_back() -> None:
    berlin = Calendar("Europe/Berlin", ((Shift(time(22), time(6)),),) * 7, holidays=HolidaySource.NONE)
    saturday = datetime(2025, 10, 25, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))

    assert berlin.working_between(saturday, saturday + timedelta(days=1)) == timedelta(hours=9)


def test_the_companys_own_word_on_a_date_wins() -> None:
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    calendar = Calendar(exceptions={sunday: WHOLE_DAY, monday: REST})

    assert calendar.is_working(shanghai("2026-11-22T03:00"))
    assert not calendar.is_working(shanghai("2026-11-23T09:00"))


def test_a_calendar_that_never_works_is_refused_and_with_a_ceiling_falls_due_there() -> None:
    idle = Calendar(week=(REST,) * 7)
    start = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)

    with pytest.raises(NoWorkingTime, match="10"):
        idle.add_working(start, timedelta(hours=10))
    assert idle.add_working(start, timedelta(hours=10), ceiling=timedelta(days=3)).at == start + timedelta(
        days=3
    )


def test_a_moment_without_a_time_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Calendar.standard.is_working(datetime(2026, 11, 20, 9, 0))  # noqa: DTZ001

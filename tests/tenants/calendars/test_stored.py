"""Stored calendars read into working time, and broken ones are refused with the place of the mistake."""

from datetime import date, time

import pytest

from anhuan_infra.errors import BadInput
from anhuan_tenants.calendars import stored
from anhuan_tenants.calendars.holidays import HolidaySource
from anhuan_tenants.calendars.rules import OFFICE_HOURS, REST, WHOLE_DAY, Calendar, Shift

OFFICE = {str(n): [["08:00", "12:00"], ["13:00", "17:00"]] for n in range(5)}


def test_the_office_week_reads_as_the_standard_calendar() -> None:
    assert stored.read("Asia/Shanghai", OFFICE, {}, True) == Calendar.standard


def test_midnight_closes_a_whole_day_and_a_night_shift_runs_over_it() -> None:
    found = stored.read("Asia/Shanghai", {"0": [["00:00", "24:00"]], "1": [["22:00", "06:00"]]}, {}, False)

    assert found.week[:2] == (WHOLE_DAY, (Shift(time(22), time(6)),))
    assert found.holidays is HolidaySource.NONE


def test_a_date_may_rest_or_work_as_usual_or_by_its_own_shifts() -> None:
    days = {"2026-11-21": "work", "2026-11-23": "rest", "2026-11-24": [["09:00", "10:00"]]}

    found = stored.read("Asia/Shanghai", OFFICE, days, True)

    assert found.shifts_on(date(2026, 11, 21)) == OFFICE_HOURS
    assert found.shifts_on(date(2026, 11, 23)) == REST
    assert found.shifts_on(date(2026, 11, 24)) == (Shift(time(9), time(10)),)


@pytest.mark.parametrize(
    ("zone", "shifts", "days", "path"),
    [
        ("Mars/Olympus", OFFICE, {}, "zone"),
        ("../../etc/passwd", OFFICE, {}, "zone"),
        ("Asia/Shang\0hai", OFFICE, {}, "zone"),
        ("", OFFICE, {}, "zone"),
        ("Asia/Shanghai", {"7": []}, {}, "shifts"),
        ("Asia/Shanghai", {"0": "08:00"}, {}, "shifts.0"),
        ("Asia/Shanghai", {"0": [["08:00"]]}, {}, "shifts.0"),
        ("Asia/Shanghai", {"0": [["08:00", 9]]}, {}, "shifts.0"),
        ("Asia/Shanghai", {"0": [["25:00", "26:00"]]}, {}, "shifts.0"),
        ("Asia/Shanghai", {"0": [["08:00+08:00", "09:00"]]}, {}, "shifts.0"),
        ("Asia/Shanghai", {"0": [["08:00", "09:00"]] * 13}, {}, "shifts.0"),
        ("Asia/Shanghai", OFFICE, {"2026-02-30": "rest"}, "exceptions.2026-02-30"),
        ("Asia/Shanghai", OFFICE, {"2026-02-03": "holiday"}, "exceptions.2026-02-03"),
        ("Asia/Shanghai", OFFICE, {"2026-02-03": None}, "exceptions.2026-02-03"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(
    zone: str, shifts: dict[str, object], days: dict[str, object], path: str
) -> None:
    with pytest.raises(BadInput) as refused:
        stored.read(zone, shifts, days, True)

    assert refused.value.path == path

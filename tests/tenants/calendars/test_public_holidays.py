"""The public calendar day by day, against an independent table of the State Council's notices."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from anhuan_tenants.calendars.holidays import HolidaySource
from anhuan_tenants.calendars.rules import OFFICE_WEEK, Calendar


@pytest.fixture(scope="module")
def working_days(data: Path) -> dict[date, bool]:
    table = data / "holidays_cn" / "daily_2004_2024.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        return {date.fromisoformat(row["date"]): row["is_workday"] == "1" for row in csv.DictReader(lines)}


def disagreements(calendar: Calendar, working_days: dict[date, bool]) -> list[date]:
    return [day for day, works in working_days.items() if bool(calendar.shifts_on(day)) is not works]


def test_the_standard_calendar_works_exactly_on_the_published_days(working_days: dict[date, bool]) -> None:
    assert len(working_days) > 7_600
    assert disagreements(Calendar.standard, working_days) == []


def test_a_calendar_that_rests_on_make_up_days_is_caught(working_days: dict[date, bool]) -> None:
    no_make_up = Calendar(make_up=())
    saturday = datetime(2024, 2, 4, 0, 0, tzinfo=UTC)

    wrong = disagreements(no_make_up, working_days)

    assert len(wrong) > 100
    assert all(day.weekday() >= 5 and working_days[day] for day in wrong)
    assert no_make_up.add_working(saturday, timedelta(hours=1)) != Calendar.standard.add_working(
        saturday, timedelta(hours=1)
    )


def test_a_calendar_without_public_holidays_is_caught(working_days: dict[date, bool]) -> None:
    assert len(disagreements(Calendar(holidays=HolidaySource.NONE), working_days)) > 400


def test_the_default_week_is_monday_to_friday() -> None:
    assert [bool(shifts) for shifts in OFFICE_WEEK] == [True] * 5 + [False] * 2

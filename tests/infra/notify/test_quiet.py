"""Quiet hours hold back everything but grade A, in the person's own zone, on every night of the year."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anhuan_infra.notify.quiet import QuietHours, send_at

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(time(22), time(7, 30), SHANGHAI)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """A wall-clock moment of the zone, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        ("2026-03-04 21:59", "2026-03-04 21:59"),
        ("2026-03-04 22:00", "2026-03-05 07:30"),
        ("2026-03-04 23:59", "2026-03-05 07:30"),
        ("2026-03-05 00:00", "2026-03-05 07:30"),
        ("2026-03-05 07:29", "2026-03-05 07:30"),
        ("2026-03-05 07:30", "2026-03-05 07:30"),
        ("2026-12-31 23:00", "2027-01-01 07:30"),
    ],
)
def test_the_night_is_quiet_until_its_end(now: str, sent: str) -> None:
    assert send_at(at(now), NIGHT, urgent=False) == at(sent)


def test_grade_a_goes_through() -> None:
    assert send_at(at("2026-03-05 03:00"), NIGHT, urgent=True) == at("2026-03-05 03:00")


def test_a_quiet_noon_does_not_pass_midnight() -> None:
    noon = QuietHours(time(12), time(13, 30), SHANGHAI)

    assert send_at(at("2026-03-05 12:10"), noon, urgent=False) == at("2026-03-05 13:30")
    assert send_at(at("2026-03-05 23:00"), noon, urgent=False) == at("2026-03-05 23:00")


def test_nobody_is_quiet_without_asking_for_it() -> None:
    never = QuietHours(time(8), time(8), SHANGHAI)

    assert send_at(at("2026-03-05 08:00"), None, urgent=False) == at("2026-03-05 08:00")
    assert send_at(at("2026-03-05 08:00"), never, urgent=False) == at("2026-03-05 08:00")


def test_the_zone_is_the_persons_and_not_the_callers() -> None:
    now = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai, 16:00 in Berlin

    assert send_at(now, NIGHT, urgent=False) == datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    assert send_at(now, QuietHours(time(22), time(7, 30), BERLIN), urgent=False) == now


def test_an_hour_that_runs_twice_is_quiet_twice() -> None:
    quiet = QuietHours(time(22), time(2, 30), BERLIN)
    second_half_past_two = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 for the second time

    assert send_at(second_half_past_two, quiet, urgent=False) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_end_that_the_clock_jumps_over_is_the_jump() -> None:
    quiet = QuietHours(time(22), time(2, 30), BERLIN)

    assert send_at(at("2026-03-29 01:00", BERLIN), quiet, urgent=False) == datetime(
        2026, 3, 29, 1, 0, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: QuietHours(time(22, tzinfo=UTC), time(7), SHANGHAI),
        lambda: QuietHours(time(22, 0, 1), time(7), SHANGHAI),
        lambda: send_at(datetime(2026, 1, 1), NIGHT, urgent=False),  # noqa: DTZ001 - the mistake itself
    ],
)
def test_a_time_that_means_nothing_is_a_mistake_of_ours(make: "object") -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=r"zone|minute"):
        make()


minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
# Nights on which a clock is put forward or back, and ordinary ones; Lord Howe moves by half an hour, Apia lost a whole day.
moments = st.sampled_from(
    [
        ("Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 1, 0, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 6, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 10, 3, 6, tzinfo=UTC)),
        ("America/Santiago", datetime(2026, 9, 5, 12, tzinfo=UTC)),
        ("Pacific/Apia", datetime(2011, 12, 30, 0, tzinfo=UTC)),
        ("Asia/Shanghai", datetime(2026, 3, 4, 0, tzinfo=UTC)),
    ]
)


@settings(max_examples=300, deadline=None)
@given(minutes, minutes, moments, st.integers(0, 30 * 60))
def test_the_answer_is_what_a_walk_by_minutes_finds(
    start: time, end: time, moment: tuple[str, datetime], later: int
) -> None:
    zone, base = moment
    quiet = QuietHours(start, end, ZoneInfo(zone))
    now = base + timedelta(minutes=later)

    walk = now
    while quiet.holds(walk):
        walk += timedelta(minutes=1)

    assert send_at(now, quiet, urgent=False) == walk

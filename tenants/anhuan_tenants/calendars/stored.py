"""A calendar as it is stored and sent, read into working time; whatever does not make sense is refused with its place."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from anhuan_infra.errors import BadInput, Words
from anhuan_tenants.calendars.holidays import HolidaySource
from anhuan_tenants.calendars.rules import OFFICE_HOURS, REST, Calendar, Shift, Shifts

MOST_SHIFTS = 12
MOST_EXCEPTIONS = 2000


def read(
    zone: str, shifts: Mapping[str, object], exceptions: Mapping[str, object], uses_public_holidays: bool
) -> Calendar:
    """The calendar of a stored row: weekdays `0`-`6` and dates to shifts, a date also to `rest` or `work`."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise BadInput(
            path="zone", reason=Words(f"没有时区“{zone[:60]}”", f"there is no time zone {zone[:60]!r}")
        ) from unknown
    strange = set(shifts) - set("0123456")
    if strange:
        raise BadInput(
            path="shifts",
            reason=Words(
                f"“{min(strange)[:20]}”不是星期（0–6）", f"{min(strange)[:20]!r} is not a weekday 0–6"
            ),
        )
    if len(exceptions) > MOST_EXCEPTIONS:
        raise BadInput(path="exceptions", reason=f"> {MOST_EXCEPTIONS}")
    week = tuple(_shifts(f"shifts.{n}", shifts.get(str(n), ())) for n in range(7))
    usual = next((day for day in week if day), OFFICE_HOURS)
    days = dict(_exception(day, value, week, usual) for day, value in exceptions.items())
    source = HolidaySource.CHINA if uses_public_holidays else HolidaySource.NONE
    return Calendar(zone, week, days, source)


def written(week: Sequence[Shifts]) -> dict[str, list[list[str]]]:
    """A week as it is stored and sent."""
    return {
        str(day): [[f"{one.opens:%H:%M}", f"{one.closes:%H:%M}"] for one in shifts]
        for day, shifts in enumerate(week)
    }


def _exception(text: str, value: object, week: Sequence[Shifts], usual: Shifts) -> tuple[date, Shifts]:
    path = f"exceptions.{text[:20]}"
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(path=path, reason="YYYY-MM-DD") from wrong
    if value == "rest":
        return day, REST
    if value == "work":
        return day, week[day.weekday()] or usual
    return day, _shifts(path, value)


def _shifts(path: str, value: object) -> Shifts:
    if not isinstance(value, list | tuple):
        raise BadInput(path=path, reason='[["08:00", "12:00"], …]')
    pairs = cast("Sequence[object]", value)
    if len(pairs) > MOST_SHIFTS:
        raise BadInput(path=path, reason=f"> {MOST_SHIFTS}")
    return tuple(_shift(path, pair) for pair in pairs)


def _shift(path: str, value: object) -> Shift:
    pair = cast("Sequence[object]", value) if isinstance(value, list | tuple) else ()
    match pair:
        case [str(opens), str(closes)]:
            return Shift(_time(path, opens), _time(path, "00:00" if closes == "24:00" else closes))
        case _:
            raise BadInput(path=path, reason='["08:00", "12:00"]')


def _time(path: str, text: str) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(path=path, reason="HH:MM") from wrong
    if found.tzinfo is not None or found.microsecond or found.second:
        raise BadInput(path=path, reason="HH:MM")
    return found

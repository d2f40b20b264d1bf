"""Public holidays of mainland China and their make-up working days (调休), from the State Council's yearly notices."""

from datetime import date
from enum import StrEnum
from functools import lru_cache

from chinese_calendar import constants


class DayKind(StrEnum):
    """What the public calendar says of a date; `UNKNOWN` where no notice has been published yet."""

    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    ORDINARY = "ordinary"
    UNKNOWN = "unknown"


class HolidaySource(StrEnum):
    """Whose public holidays a calendar keeps."""

    CHINA = "china"
    NONE = "none"


_HOLIDAYS: frozenset[date] = frozenset(constants.holidays)
_MAKE_UPS: frozenset[date] = frozenset(constants.workdays)
FIRST_YEAR = min(day.year for day in _HOLIDAYS)
LAST_YEAR = max(day.year for day in _HOLIDAYS)


@lru_cache(maxsize=8192)
def kind_of(source: HolidaySource, day: date) -> DayKind:
    """What the source says of the day. A weekend that no notice mentions is ordinary: the company's week decides it."""
    if source is HolidaySource.NONE:
        return DayKind.ORDINARY
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return DayKind.UNKNOWN
    if day in _MAKE_UPS:
        return DayKind.MAKE_UP
    return DayKind.HOLIDAY if day in _HOLIDAYS else DayKind.ORDINARY

"""When a notice goes out: not in a person's quiet hours unless urgent, and again later when every channel failed. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from anhuan_infra.notify.quiet import QuietHours, send_at
from anhuan_platform.notices.models import Preference

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
ORDINARY = (5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 6 * _HOUR, 12 * _HOUR)
"""The waits after the first, second … round in vain: about a day in all."""
URGENT = (_MINUTE / 2, 2 * _MINUTE, 5 * _MINUTE, 15 * _MINUTE, _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR)
"""The same for grade A and emergencies."""


def quiet_hours(preference: Preference | None, zone: str) -> QuietHours | None:
    """A person's quiet hours on the company's clock; None where they never asked for any."""
    if preference is None or preference.quiet_from is None or preference.quiet_to is None:
        return None
    start, end = time.fromisoformat(preference.quiet_from), time.fromisoformat(preference.quiet_to)
    return QuietHours(start, end, ZoneInfo(zone))


def earliest(now: datetime, preference: Preference | None, zone: str, *, urgent: bool) -> datetime:
    """When this may first disturb the person."""
    return send_at(now, quiet_hours(preference, zone), urgent=urgent)


def wait_after(rounds: int, *, urgent: bool, asked: timedelta | None = None) -> timedelta | None:
    """How long to wait after so many rounds in vain, or longer where a provider asked for it; None to give up."""
    waits = URGENT if urgent else ORDINARY
    if rounds > len(waits):
        return None
    return max(waits[rounds - 1], asked or timedelta())

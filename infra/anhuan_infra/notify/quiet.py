"""Quiet hours (免打扰): when a notice may disturb this person. A pure rule; the caller brings the clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` until before `end` on the person's own clock; may pass midnight; equal ends mean never quiet."""

    start: time
    end: time
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise ValueError("quiet hours are wall-clock times; the zone stands beside them")
        if self.start.second or self.end.second or self.start.microsecond or self.end.microsecond:
            raise ValueError("quiet hours begin and end on a minute")

    def holds(self, moment: datetime) -> bool:
        """Whether the person's wall clock stands within the quiet hours at this moment."""
        clock = moment.astimezone(self.zone).time().replace(tzinfo=None)
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


def send_at(now: datetime, quiet: QuietHours | None, *, urgent: bool) -> datetime:
    """The earliest moment, from now on, at which this may be sent; urgent is always now. Same zone as `now`."""
    if now.tzinfo is None:
        raise ValueError("a moment without a zone is no moment")
    if urgent or quiet is None or not quiet.holds(now):
        return now
    return _end_after(now, quiet).astimezone(now.tzinfo)


def _end_after(now: datetime, quiet: QuietHours) -> datetime:
    """The end of the quiet hours that hold now, also on the night when the clock is put forward or back."""
    today = now.astimezone(quiet.zone).date()
    # Compared in UTC: two moments of one zone would be compared by their wall clocks, which run twice on some nights.
    ends = [
        datetime.combine(today + timedelta(days=days), quiet.end, quiet.zone)
        .replace(fold=fold)
        .astimezone(UTC)
        for days in (0, 1)
        for fold in (0, 1)
    ]
    end = min(end for end in ends if end > now and not quiet.holds(end))
    # An end that the clock jumps over is put behind the jump by its own length; people may be disturbed from the jump on.
    while end - _MINUTE > now and not quiet.holds(end - _MINUTE):
        end -= _MINUTE
    return end

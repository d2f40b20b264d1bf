"""When a step is due and when each rung of its ladder fires; pure, from the definition and a calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from anhuan_platform.loops import conditions
from anhuan_platform.loops.definition import Clock, Rung, Step
from anhuan_tenants.calendars.rules import Calendar

WORKING_CEILING = timedelta(days=120)
"""Working time is never stretched further than this, whatever a calendar says."""


@dataclass(frozen=True)
class Limit:
    """The due time that won, by which rule, since when it runs; provisional where holidays are not published yet."""

    due_at: datetime
    rule: str
    since: datetime
    provisional: bool


def limit(step: Step, opened_at: datetime, facts: Mapping[str, Any], calendar: Calendar) -> Limit | None:
    """The earliest of all clocks that apply; None where the step has no clock."""
    found = [
        _run(clock, opened_at, facts, calendar)
        for clock in step.clocks
        if conditions.holds(clock.when, facts)
    ]
    return min(found, key=lambda one: one.due_at, default=None)


def _run(clock: Clock, opened_at: datetime, facts: Mapping[str, Any], calendar: Calendar) -> Limit:
    kept = facts.get(clock.since) if clock.since else None
    since = datetime.fromisoformat(kept) if isinstance(kept, str) else opened_at
    span = timedelta(minutes=clock.minutes)
    if not clock.working:
        return Limit(since + span, clock.rule, since, provisional=False)
    due = calendar.add_working(since, span, WORKING_CEILING)
    return Limit(due.at, clock.rule, since, due.provisional)


def with_grace(won: Limit, step: Step, opened_at: datetime) -> Limit:
    """After a rejection the old due time stays, but never with less time left than the definition grants."""
    least = opened_at + timedelta(minutes=step.again)
    if step.again and won.due_at < least:
        return Limit(least, f"{won.rule}+again", opened_at, won.provisional)
    return won


def rungs(ladder: Sequence[Rung], won: Limit) -> list[tuple[int, datetime, Rung]]:
    """When each rung fires, numbered from 1; a warning before is at most half of the window away when given as a share."""
    window = won.due_at - won.since
    return [(no, _moment(rung, won.due_at, window), rung) for no, rung in enumerate(ladder, start=1)]


def _moment(rung: Rung, due_at: datetime, window: timedelta) -> datetime:
    fixed = timedelta(minutes=rung.minutes)
    share = window * rung.percent / 100
    if rung.side == "before":
        return due_at - (min(fixed, share) if rung.minutes and rung.percent else fixed or share)
    return due_at + max(fixed, share)

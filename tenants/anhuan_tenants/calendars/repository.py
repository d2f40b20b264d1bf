"""Which calendar counts where: a unit's own, else its nearest ancestor's, else the company's, else the standard week."""

from collections.abc import Sequence

from sqlalchemy import select

from anhuan_infra.work import Work
from anhuan_tenants.calendars import stored
from anhuan_tenants.calendars.models import WorkCalendar
from anhuan_tenants.calendars.rules import Calendar


async def calendar_at(work: Work, nearest_first: Sequence[int]) -> Calendar:
    """The calendar for a unit, given its number and its ancestors' from near to far."""
    query = select(WorkCalendar).execution_options(autoflush=False)
    rows = {row.unit_no: row for row in await work.session.scalars(query)}
    for unit_no in (*nearest_first, None):
        if unit_no in rows:
            row = rows[unit_no]
            return stored.read(row.zone, row.shifts, row.exceptions, row.uses_public_holidays)
    return Calendar.standard

"""Setting a working calendar: for the whole company, or for a unit that works otherwise."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.errors import NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.text import clean
from anhuan_infra.work import Place, Work
from anhuan_tenants.calendars import stored
from anhuan_tenants.calendars.models import WorkCalendar
from anhuan_tenants.organisation.models import Unit

ROOT = 1


async def set_calendar(
    work: Work,
    *,
    unit_id: UUID | None,
    name: str,
    zone: str,
    shifts: Mapping[str, Any],
    exceptions: Mapping[str, Any],
    uses_public_holidays: bool,
) -> WorkCalendar:
    """Write the calendar of a unit (or of the company); clocks that run in working time are set anew afterwards."""
    unit = await work.session.get(Unit, (work.tenant_id, unit_id)) if unit_id else None
    if unit_id and unit is None:
        raise NotFound(path="unitId", kind="unit", id=unit_id)
    work.allow("calendar.manage", Place(unit_no=unit.no if unit else ROOT))
    title = clean(name, "name")
    stored.read(zone, shifts, exceptions, uses_public_holidays)
    unit_no = unit.no if unit else None
    row = await work.session.scalar(
        select(WorkCalendar).where(WorkCalendar.unit_no.is_not_distinct_from(unit_no))
    )
    if row is None:
        row = WorkCalendar(id=new_id(), unit_no=unit_no)
        work.session.add(row)
    row.name, row.zone, row.shifts, row.exceptions = title, zone, dict(shifts), dict(exceptions)
    row.uses_public_holidays, row.changed_by = uses_public_holidays, work.actor.person_id
    await work.session.flush()
    work.record(
        "calendar.set", ("calendar", row.id), unit_no=unit_no or ROOT,
        name=title, zone=zone, shifts=row.shifts, exceptions=row.exceptions,
    )  # fmt: skip
    work.put_off("loops.recalendar", row.id)
    return row


async def calendars(work: Work) -> Sequence[WorkCalendar]:
    """All calendars of the company, its own first."""
    query = select(WorkCalendar).order_by(WorkCalendar.unit_no.asc().nulls_first())
    return (await work.session.scalars(query)).all()

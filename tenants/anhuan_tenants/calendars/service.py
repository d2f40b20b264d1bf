"""Setting a working calendar: for the whole company, or for a unit that works otherwise."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.errors import BadInput, Conflict, NotFound
from anhuan_infra.fingerprint import fingerprint
from anhuan_infra.ids import new_id
from anhuan_infra.text import clean
from anhuan_infra.work import Place, Work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.calendars import stored
from anhuan_tenants.calendars.models import WorkCalendar
from anhuan_tenants.organisation.models import Unit

ROOT = 1


class NeverWorked(BadInput):
    """{path}: no shift in the whole week; time limits counted in working time would never end."""

    zh = "{path}：整周没有任何班次，按工作时间计算的时限将永远不会到期。"


class CalendarChanged(Conflict):
    """Somebody else has changed this calendar since you looked at it; nothing was changed, look again."""

    zh = "该工作日历在您查看之后已被他人修改，本次未做任何更改，请重新查看。"


async def set_calendar(
    work: Work,
    *,
    unit_id: UUID | None,
    name: str,
    zone: str,
    shifts: Mapping[str, Any],
    exceptions: Mapping[str, Any],
    uses_public_holidays: bool,
    seen: str | None = None,
) -> WorkCalendar:
    """Write the calendar of a unit (or of the company); clocks that run in working time are set anew afterwards. The same again
    changes nothing; with `seen`, the version that one looked at, neither does a change upon another.
    """
    unit_no = await _unit_no(work, unit_id)
    title = clean(name, "name")
    if not any(stored.read(zone, shifts, exceptions, uses_public_holidays).week):
        raise NeverWorked(path="shifts")
    row = await _of_unit(work, unit_no)
    before = _said(row) if row else None
    after = {
        "name": title,
        "zone": zone,
        "shifts": dict(shifts),
        "exceptions": dict(exceptions),
        "uses_public_holidays": uses_public_holidays,
    }
    if row is not None and before == after:
        return row
    if seen is not None and (row is None or seen != version_of(row)):
        raise CalendarChanged(path="seen")
    if row is None:
        row = WorkCalendar(id=new_id(), unit_no=unit_no)
        work.session.add(row)
    row.name, row.zone, row.shifts, row.exceptions = title, zone, dict(shifts), dict(exceptions)
    row.uses_public_holidays, row.changed_by = uses_public_holidays, work.actor.person_id
    await work.session.flush()
    work.record("calendar.set", ("calendar", row.id), unit_no=unit_no or ROOT, before=before, after=after)
    work.put_off("loops.recalendar", row.id)
    return row


async def remove_calendar(work: Work, unit_id: UUID | None) -> bool:
    """Have a unit work as the one above it again, or the company by the week that ships; whether there was a calendar."""
    unit_no = await _unit_no(work, unit_id)
    row = await _of_unit(work, unit_no)
    if row is None:
        return False
    await work.session.delete(row)
    await work.session.flush()
    work.record("calendar.removed", ("calendar", row.id), unit_no=unit_no or ROOT, before=_said(row))
    work.put_off("loops.recalendar", row.id)
    return True


async def calendars(work: Work) -> Sequence[WorkCalendar]:
    """All calendars of the company, its own first."""
    query = select(WorkCalendar).order_by(WorkCalendar.unit_no.asc().nulls_first())
    return (await work.session.scalars(query)).all()


def version_of(row: WorkCalendar) -> str:
    """A mark of what the calendar says now; it is another one when somebody has changed it."""
    return fingerprint(_said(row)).hex()[:16]


def _said(row: WorkCalendar) -> dict[str, Any]:
    return {
        "name": row.name,
        "zone": row.zone,
        "shifts": row.shifts,
        "exceptions": row.exceptions,
        "uses_public_holidays": row.uses_public_holidays,
    }


async def _of_unit(work: Work, unit_no: int | None) -> WorkCalendar | None:
    query = select(WorkCalendar).where(WorkCalendar.unit_no.is_not_distinct_from(unit_no)).with_for_update()
    return await work.session.scalar(query)


async def _unit_no(work: Work, unit_id: UUID | None) -> int | None:
    """Of the unit whose calendar one may keep; None is the whole company."""
    unit = await work.session.get(Unit, (work.tenant_id, unit_id)) if unit_id else None
    if unit_id and unit is None:
        raise NotFound(path="unitId", kind="unit", id=unit_id)
    work.allow(Act.CALENDAR_MANAGE, Place(unit_no=unit.no if unit else ROOT))
    return unit.no if unit else None

"""A company's working calendar, and that of units which work otherwise."""

from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow
from anhuan_infra.db.rls import Rls


class WorkCalendar(TenantRow):
    """Shifts by weekday and days that differ; a unit without one uses its nearest ancestor's."""

    __tablename__ = "work_calendars"
    __table_args__ = (
        UniqueConstraint("tenant_id", "unit_no", postgresql_nulls_not_distinct=True),
        {"info": {"rls": Rls()}},
    )

    unit_no: Mapped[int | None]
    name: Mapped[str]
    zone: Mapped[str]
    shifts: Mapped[dict[str, Any]]
    """Weekday `0`-`6` (Monday first) to a list of `["08:00", "12:00"]`; `24:00` ends a day."""
    exceptions: Mapped[dict[str, Any]]
    """Date `YYYY-MM-DD` to `rest` or `work`."""
    uses_public_holidays: Mapped[bool] = mapped_column(server_default="true")
    changed_by: Mapped[UUID | None]

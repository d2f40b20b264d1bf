"""A saved view: the filter, order and columns of a list under a name."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from anhuan_infra.db.base import TenantRow, tenant_key
from anhuan_infra.db.rls import PERSON, Rls

_MINE = f"person_id = {PERSON}"
_WRITTEN = f"{_MINE} or {PERSON} is null"
"""By its owner, or by the system, which acts as nobody."""
_EVERYTHING = "(select current_setting('app.see_case', true) like '%all%')"
_MY_UNITS = "(select nullif(current_setting('app.units_case', true), '')::int[])::int[]"
_SHARED = f"unit_no is not null and ({_EVERYTHING} or shared_with && {_MY_UNITS})"


class SavedView(TenantRow):
    """One person's way of looking at a list. Shared, it is seen by who reads cases in that unit or anywhere under it; only its owner
    changes it."""

    __tablename__ = "saved_views"
    __table_args__ = (
        tenant_key("person_id", "people"),
        tenant_key("unit_no", "units", remote="no"),
        Index("ix_saved_views_person", "tenant_id", "person_id", "target", "rank"),
        Index("ix_saved_views_unit", "tenant_id", "unit_no", postgresql_where=text("unit_no is not null")),
        {"info": {"rls": Rls(scope=f"{_MINE} or ({_SHARED})", insert=_WRITTEN, change=_WRITTEN)}},
    )

    person_id: Mapped[UUID]
    target: Mapped[str]
    """Which list it is of: `hazards`."""
    name: Mapped[str]
    body: Mapped[dict[str, Any]]
    unit_no: Mapped[int | None]
    """The unit that it is shared with."""
    shared_with: Mapped[list[int]] = mapped_column(server_default=text("'{}'::int[]"))
    """That unit and everything under it, as it was when the view was saved."""
    rank: Mapped[int] = mapped_column(server_default="0")
    is_default: Mapped[bool] = mapped_column(server_default="false")
    """The one that opens first; one for each person and list."""
    changed_at: Mapped[datetime] = mapped_column(server_default=text("now()"))

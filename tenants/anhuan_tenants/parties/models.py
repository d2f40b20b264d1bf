"""An outside company (相关方) as one company knows it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from anhuan_infra.db.base import TenantRow
from anhuan_infra.db.rls import Rls, sees
from anhuan_infra.work import Place


class PartyKind(StrEnum):
    """Contractor (承包商), supplier (供应商), outside maintenance firm (外部维保单位)."""

    CONTRACTOR = "contractor"
    SUPPLIER = "supplier"
    MAINTENANCE = "maintenance"


class Party(TenantRow):
    """A contractor, supplier or maintenance firm, looked after by one unit of the company."""

    __tablename__ = "parties"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        {"info": {"rls": Rls(scope=sees("party", party="id"), verbs="select, insert, update")}},
    )

    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    credit_code: Mapped[str | None]
    """Unified social credit code (统一社会信用代码), 18 characters."""
    unit_no: Mapped[int]
    ended_at: Mapped[datetime | None]

    def place(self) -> Place:
        """A party stands at the unit that looks after it, and is its own party."""
        return Place(unit_no=self.unit_no, party_id=self.id)

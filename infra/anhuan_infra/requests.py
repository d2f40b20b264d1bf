"""Requests already carried out: the same id with the same content gives the same answer, for ever."""

from uuid import UUID

from sqlalchemy.orm import Mapped

from anhuan_infra.db.base import TenantRow
from anhuan_infra.db.rls import APPEND_ONLY, Rls


class Request(TenantRow):
    """One accepted input under the id that its sender chose; phones come back from drawers, so rows are kept."""

    __tablename__ = "requests"
    __table_args__ = ({"info": {"rls": Rls(verbs=APPEND_ONLY)}},)

    kind: Mapped[str]
    fingerprint: Mapped[bytes]
    person_id: Mapped[UUID | None]

"""What every row has: a tenant, an identity of its own, and types that PostgreSQL keeps fast under row-level security."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, ForeignKeyConstraint, Integer, MetaData, Table, Text, Uuid, event, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, Session, UOWTransaction, mapped_column

from anhuan_infra.ids import new_id

type_map: dict[Any, Any] = {
    datetime: DateTime(timezone=True),
    str: Text(),
    UUID: Uuid(),
    dict[str, Any]: JSONB(),
    list[Any]: JSONB(),
    list[str]: ARRAY(Text()),
    list[int]: ARRAY(Integer()),
    list[UUID]: ARRAY(Uuid()),
}


class Base(DeclarativeBase):
    """All tables. Status columns are text: enum comparison is not leakproof and would lose its index under row-level security."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = type_map


class TenantRow(Base):
    """A row that belongs to one company; the key starts with the tenant, so the schema can be spread by tenant unchanged."""

    __abstract__ = True

    tenant_id: Mapped[UUID] = mapped_column(
        primary_key=True,
        server_default=text("nullif(current_setting('app.tenant_id', true), '')::uuid"),
        sort_order=-20,
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-10)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"), sort_order=90)


def tenant_key(column: str, target: str, remote: str = "id") -> ForeignKeyConstraint:
    """A foreign key that carries the tenant: `tenant_key("case_id", "cases")`; without it a row could point into another company."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{target}.tenant_id", f"{target}.{remote}"])


@event.listens_for(Session, "before_flush")
def _give_tenant(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """New rows take the tenant of their session, so that no caller can name another."""
    tenant_id = session.info.get("tenant_id")
    for row in session.new:
        if isinstance(row, TenantRow) and tenant_id is not None:
            row.tenant_id = tenant_id


@event.listens_for(Mapper, "after_configured")
def _order_by_foreign_keys() -> None:
    """Rows of one flush go in as their tables point at one another. SQLAlchemy orders by relationships, which we do not declare,
    and else by class name; its own sort key is the one place to say otherwise, and a test holds it."""
    rank = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if isinstance(table, Table):
            mapper._sort_key = f"{rank[table.name]:04d}.{mapper.class_.__name__}"  # pyright: ignore[reportPrivateUsage]

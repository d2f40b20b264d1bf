"""Indexes for what hangs on a case, and for people by name: what is looked up by its case need not read the whole company."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_INDEXES = (
    "create index ix_escalations_case on escalations (tenant_id, case_id, fired_at, id)",
    "create index ix_stop_orders_case on stop_orders (tenant_id, case_id, id)",
    "create index ix_people_name on people (tenant_id, name_sort, id)",
)


def upgrade() -> None:
    """Build them; each takes about a second for a million rows."""
    op.execute("set local lock_timeout = '5s'")
    for statement in _INDEXES:
        op.execute(statement)


def downgrade() -> None:
    """Take them away."""
    for name in ("ix_people_name", "ix_stop_orders_case", "ix_escalations_case"):
        op.execute(f"drop index {name}")

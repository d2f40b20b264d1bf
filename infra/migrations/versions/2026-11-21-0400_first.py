"""The first schema: companies, organisation, identity, access, loops, hazards, evidence, notices, record, outbox."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything from the SQL beside this file."""
    op.execute("set local lock_timeout = '5s'")
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text("utf-8").replace("%", "%%"))


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise SystemExit("the first schema has no predecessor")

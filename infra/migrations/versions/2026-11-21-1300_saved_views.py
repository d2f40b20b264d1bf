"""Saved views: a person's ways of looking at a list, shared with a unit where they like."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and its policies from the SQL beside this file."""
    op.execute("set local lock_timeout = '5s'")
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text("utf-8").replace("%", "%%"))


def downgrade() -> None:
    """Saved views are nobody's evidence; they can go."""
    op.execute("drop table saved_views")

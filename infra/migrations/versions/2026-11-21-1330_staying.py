"""Sessions that stay: a phone in one pocket need not ask for a password after every break."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Sessions that are open now go on as they began; a default that is a constant rewrites no row."""
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table sign_ins add column stays boolean not null default false")


def downgrade() -> None:
    """Those that stay end as idle ones do."""
    op.execute("alter table sign_ins drop column stays")

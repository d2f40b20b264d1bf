"""Saved views: the database itself lets only their owner change them or take them away."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WRITTEN = (
    "person_id = (select nullif(current_setting('app.person_id', true), '')::uuid)"
    " or (select nullif(current_setting('app.person_id', true), '')::uuid) is null"
)


def upgrade() -> None:
    """Who sees a view because it is shared could change it, if only a service forgot to ask."""
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        f"create policy changing on saved_views as restrictive for update to anhuan_app using ({_WRITTEN}) with check ({_WRITTEN})"
    )
    op.execute(
        f"create policy removing on saved_views as restrictive for delete to anhuan_app using ({_WRITTEN})"
    )


def downgrade() -> None:
    """Back to the service's word alone."""
    op.execute("drop policy changing on saved_views")
    op.execute("drop policy removing on saved_views")

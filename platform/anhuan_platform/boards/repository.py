"""Every query about saved views. Row-level security supplies the tenant, one's own views and those that are shared with one."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, update

from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_platform.boards.models import SavedView


async def get(work: Work, view_id: UUID) -> SavedView:
    """The view, if this person may see it."""
    row = await work.session.get(SavedView, (work.tenant_id, view_id))
    if row is None:
        raise NotFound(path="id", kind="view", id=view_id)
    return row


async def views(work: Work, target: str) -> Sequence[SavedView]:
    """Views of a list: one's own first, in their order, then those of others by name."""
    query = (
        select(SavedView)
        .where(SavedView.target == target)
        .order_by(SavedView.person_id != work.actor.person_id, SavedView.rank, SavedView.name, SavedView.id)
    )
    return (await work.session.scalars(query)).all()


async def count_own(work: Work, target: str) -> int:
    """How many views of a list this person has."""
    query = select(func.count()).where(
        SavedView.target == target, SavedView.person_id == work.actor.person_id
    )
    return await work.session.scalar(query) or 0


async def only_default(work: Work, target: str, view_id: UUID) -> None:
    """No other view of this person opens first any more."""
    await work.session.execute(
        update(SavedView)
        .where(
            SavedView.target == target,
            SavedView.person_id == work.actor.person_id,
            SavedView.id != view_id,
            SavedView.is_default,
        )
        .values(is_default=False)
    )

"""Giving people posts, so that loops find them by duty."""

from uuid import UUID

from sqlalchemy import select

from anhuan_infra.work import Work
from anhuan_tenants.companies import versions
from anhuan_tenants.organisation.models import Duty, Holding, Post


async def give_post(work: Work, person_id: UUID, duty: Duty, unit_no: int) -> None:
    """Have a person hold a post with this duty in a unit; the post brings no roles."""
    post = await work.session.scalar(select(Post).where(Post.code == duty.value))
    if post is None:
        post = Post(code=duty.value, name=duty.value, duty=duty.value, roles=[])
        work.session.add(post)
        await work.session.flush()
    work.session.add(Holding(person_id=person_id, post_id=post.id, unit_no=unit_no, is_primary=True))
    await versions.policy_changed(work)

"""Giving people posts, so that loops find them by duty."""

from uuid import UUID

from sqlalchemy import select

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_infra.work import Actor, Work
from anhuan_platform.loops.service.opening import install_library
from anhuan_tenants.companies import versions
from anhuan_tenants.organisation.models import Duty, Holding, Post
from tests.support.people import Cast, a_cast


async def give_post(work: Work, person_id: UUID, duty: Duty, unit_no: int) -> None:
    """Have a person hold a post with this duty in a unit; the post brings no roles."""
    post = await work.session.scalar(select(Post).where(Post.code == duty.value))
    if post is None:
        post = Post(code=duty.value, name=duty.value, duty=duty.value, roles=[])
        work.session.add(post)
        await work.session.flush()
    work.session.add(Holding(person_id=person_id, post_id=post.id, unit_no=unit_no, is_primary=True))
    await versions.policy_changed(work)


async def a_cast_at_work(sessions: Sessions, settings: Settings) -> Cast:
    """Companies A and B with the shipped loops; wei is the safety officer of company A and lin leads the team."""
    cast = await a_cast(sessions, settings, after=[install_library])
    async with cast.a.house() as work:
        await give_post(work, _id(cast.wei), Duty.SAFETY_OFFICER, 1)
        await give_post(work, _id(cast.lin), Duty.TEAM_LEADER, cast.team)
    return cast


def _id(actor: Actor) -> UUID:
    assert actor.person_id is not None
    return actor.person_id

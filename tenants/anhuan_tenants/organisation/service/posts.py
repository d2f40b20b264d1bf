"""Posts (岗位), and who holds them where; what a post brings holds from the next request on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update

from anhuan_infra import text
from anhuan_infra.errors import Conflict
from anhuan_infra.work import Place, Work
from anhuan_tenants.access import giving
from anhuan_tenants.access import repository as access
from anhuan_tenants.access.acts import Act
from anhuan_tenants.companies import versions
from anhuan_tenants.organisation import errors, repository, rules
from anhuan_tenants.organisation.models import Duty, Holding, Person, Post


@dataclass(frozen=True, slots=True)
class PostGiven:
    """A post as somebody enters it; `roles` are codes that come with it where it is held."""

    id: UUID
    code: str
    name: str
    duty: str
    roles: tuple[str, ...] = ()


async def add_post(work: Work, given: PostGiven) -> Post:
    """Add a post to the company; the same id with the same content is the same post."""
    work.allow(Act.UNIT_MANAGE, giving.EVERYWHERE)
    code, name = rules.code(given.code), text.clean(given.name, "name")
    duty = rules.word(Duty, given.duty, "duty")
    for role in given.roles:
        await access.role(work, role)
    if not await work.once("post", given.id, asdict(given)):
        return await repository.post(work, given.id, "id")
    await versions.policy_changed(work)
    if await work.session.scalar(select(Post.id).where(func.lower(Post.code) == code.lower())):
        raise errors.CodeTaken(path="code", value=code)
    row = Post(id=given.id, code=code, name=name, duty=duty, roles=list(given.roles))
    work.session.add(row)
    await work.session.flush()
    work.record("post.added", ("post", row.id), code=code, name=name, duty=duty, roles=list(given.roles))
    work.tell("organisation", post=row.id)
    return row


async def change_post(
    work: Work, post_id: UUID, *, name: str | None = None, roles: Sequence[str] | None = None
) -> Post:
    """Rename a post, or change the roles that it brings to everyone who holds it."""
    row = await repository.post(work, post_id)
    work.allow(Act.UNIT_MANAGE, giving.EVERYWHERE)
    if roles is not None:
        work.allow(Act.POLICY_MANAGE, giving.EVERYWHERE)
        for role in roles:
            await access.role(work, role)
    await versions.policy_changed(work)
    row = await repository.post(work, post_id)
    before = {"name": row.name, "roles": list(row.roles)}
    row.name = row.name if name is None else text.clean(name, "name")
    row.roles = row.roles if roles is None else list(dict.fromkeys(roles))
    after = {"name": row.name, "roles": list(row.roles)}
    if before != after:
        work.record("post.changed", ("post", row.id), before=before, after=after)
        work.tell("organisation", post=row.id)
    return row


@dataclass(frozen=True, slots=True)
class PostSet:
    """Somebody is to hold a post in a unit, for good or until a time."""

    id: UUID
    person_id: UUID
    post_id: UUID
    unit_id: UUID
    is_primary: bool = False
    until: datetime | None = None


async def set_post(work: Work, given: PostSet) -> Holding:
    """Have somebody hold a post in a unit; held there already, it is that holding. What the post brings must be the actor's to give."""
    person = await repository.person(work, given.person_id)
    unit = await repository.unit(work, given.unit_id)
    post = await repository.post(work, given.post_id)
    work.allow(Act.PERSON_MANAGE, person)
    work.allow(Act.PERSON_MANAGE, Place(unit_no=unit.no))
    if unit.closed_at is not None:
        raise errors.UnitClosed(path="unitId", name=unit.name)
    async with work.seeing_all():
        await _check_fits(work, person, post, unit.no)
        await versions.policy_changed(work)
        query = select(Holding).where(
            Holding.person_id == person.id, Holding.post_id == post.id, Holding.unit_no == unit.no
        )
        row = await work.session.scalar(query)
        if row is None:
            other = await work.session.get(Holding, (work.tenant_id, given.id))
            if other is not None:
                raise Conflict(path="id", id=given.id)
            row = Holding(id=given.id, person_id=person.id, post_id=post.id, unit_no=unit.no)
            work.session.add(row)
        row.until = given.until
        row.is_primary = given.is_primary or row.is_primary or False
        await work.session.flush()
        if given.is_primary:
            await _only_primary(work, row)
        work.record(
            "post.set",
            ("person", person.id),
            unit_no=unit.no,
            post=post.code,
            name=post.name,
            until=given.until,
        )
    work.tell("people", person=person.id)
    return row


async def end_post(work: Work, holding_id: UUID) -> Holding:
    """End that somebody holds a post; twice is once. The row stays, as the history of who was responsible."""
    row = await repository.holding(work, holding_id)
    person = await repository.person(work, row.person_id)
    work.allow(Act.PERSON_MANAGE, person)
    work.allow(Act.PERSON_MANAGE, Place(unit_no=row.unit_no))
    async with work.seeing_all():
        await versions.policy_changed(work)
        row = await repository.holding(work, holding_id)
        if row.until is not None and row.until <= work.now:
            return row
        post = await repository.post(work, row.post_id)
        row.until, row.is_primary = work.now, False
        work.record("post.ended", ("person", person.id), unit_no=row.unit_no, post=post.code, name=post.name)
    work.tell("people", person=person.id)
    return row


async def held_by(work: Work, person_id: UUID) -> list[tuple[Holding, Post]]:
    """The posts that a person holds now, the primary one first."""
    rows = await work.session.execute(
        select(Holding, Post)
        .join(Post, (Post.tenant_id == Holding.tenant_id) & (Post.id == Holding.post_id))
        .where(Holding.person_id == person_id, or_(Holding.until.is_(None), Holding.until > func.now()))
        .order_by(Holding.is_primary.desc(), Holding.id)
    )
    return [(holding, post) for holding, post in rows]


async def _check_fits(work: Work, person: Person, post: Post, unit_no: int) -> None:
    if (post.duty == Duty.OUTSIDE) is not (person.party_id is not None):
        raise errors.OutsideDuty(path="postId")
    company = await access.policy_of(work)
    brought = [company.roles[code] for code in post.roles if code in company.roles]
    giving.check(work, brought, unit_no, company.tree, person)


async def _only_primary(work: Work, row: Holding) -> None:
    await work.session.execute(
        update(Holding)
        .where(Holding.person_id == row.person_id, Holding.id != row.id)
        .values(is_primary=False)
        .execution_options(synchronize_session=False)
    )
